"""Inverse probability weighting: people count for all who had their chance to be reached."""

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Mask, Vector
from biotoop.engine.effects.influence import Influence, effective_n, influence_error
from biotoop.engine.effects.plan import Estimand
from biotoop.engine.effects.propensity import Propensity, fit_propensity
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.sums import apply, cross, dot


def inverse_probability(sample: Sample, *, estimand: Estimand, trim: float | None = None) -> Answer:
    """Weigh people by the inverse of their chance to be on their side; weights sum to 1 a side.

    Hajek 1971; the error allows for the estimation of the chances (Lunceford & Davidian 2004).

    Parameters
    ----------
    sample
        The people.
    estimand
        For the reached (ATT: the comparison is weighed by odds), for everyone (ATE), or for those
        who could have been on either side (overlap: weighed by the chance to be on the other
        side, Li, Morgan & Zaslavsky 2018).
    trim
        Leave out people whose chance lies outside [trim, 1 - trim], then estimate the chances
        anew (Crump and others 2009); nobody is left out when not given.

    Raises
    ------
    Refused
        The covariates separate the sides, or trimming leaves a side empty.
    """
    used = np.ones(len(sample.n), dtype=bool)
    fitted = _fit(sample)
    warnings: tuple[Note, ...] = ()
    if trim is not None:
        used = (fitted.chance >= trim) & (fitted.chance <= 1.0 - trim)
        if not (used & sample.treated).any() or not (used & ~sample.treated).any():
            raise Refused("effects.refused.trimmed_empty", trim=trim)
        warnings = _trimming(sample, used, trim)
        fitted = _fit(sample.take(used))
    kept = sample.take(used)
    weights, pull = _weights(fitted.chance, kept.treated, estimand)
    value, influence = _hajek(kept, fitted, weights, pull)
    standing = kept.standing(weights)
    people = [effective_n(kept.n, standing * side) for side in (kept.treated, ~kept.treated)]
    unknowns = fitted.X.shape[1] + 1
    error = influence_error(
        influence,
        n=kept.n,
        within=kept.within,
        clusters=kept.clusters,
        weight=kept.weight,
        df=sum(people) - 2.0,
        factor=kept.rows / max(kept.rows - unknowns, 1),
        convention="influence_factor",
    )
    return Answer(
        value=value,
        error=error,
        method=note(
            "effects.method.inverse_probability",
            covariates=sample.names,
            over=note(f"effects.estimand.{estimand.value}"),
        ),
        used=used,
        weights=_spread(weights, used),
        propensity=_spread(fitted.chance, used),
        warnings=warnings,
    )


def _fit(sample: Sample) -> Propensity:
    return fit_propensity(sample.X, n=sample.people, treated=sample.treated, names=sample.names)


def _trimming(sample: Sample, used: Mask, trim: float) -> tuple[Note, ...]:
    out = round(float(sample.n[~used].sum()))
    return (note("effects.warning.trimmed", n=out, trim=trim),) if out else ()


def _spread(values: Vector, used: Mask) -> Vector:
    whole = np.zeros(len(used))
    whole[used] = values
    return whole


def _weights(chance: Vector, treated: Mask, estimand: Estimand) -> tuple[Vector, Vector]:
    """Give the weight of a row and its derivative to the log odds of being reached."""
    if estimand is Estimand.ATT:
        odds = chance / (1.0 - chance)
        return np.where(treated, 1.0, odds), np.where(treated, 0.0, odds)
    if estimand is Estimand.OVERLAP:
        spread = chance * (1.0 - chance)
        return np.where(treated, 1.0 - chance, chance), np.where(treated, -spread, spread)
    own = np.where(treated, chance, 1.0 - chance)
    slope = np.where(treated, -(1.0 - chance) / chance, chance / (1.0 - chance))
    return 1.0 / own, slope


@attrs.frozen(kw_only=True, eq=False)
class _Side:
    mean: float
    influence: Influence
    gradient: Vector


def _hajek(
    sample: Sample, fitted: Propensity, weights: Vector, pull: Vector
) -> tuple[float, Influence]:
    reached = _side(sample, fitted, weights, pull, sample.treated)
    others = _side(sample, fitted, weights, pull, ~sample.treated)
    gap = reached.gradient - others.gradient
    direction: Vector = np.asarray(np.linalg.solve(fitted.information, gap), dtype=np.float64)
    surprise = np.asarray(sample.treated - fitted.chance, dtype=np.float64)
    through = surprise * apply(fitted.X, direction)
    estimated = Influence(slope=np.zeros(len(weights)), at_mean=through)
    return reached.mean - others.mean, reached.influence - others.influence + estimated


def _side(sample: Sample, fitted: Propensity, weights: Vector, pull: Vector, side: Mask) -> _Side:
    weight = weights * side
    total = dot(sample.people, weight)
    mean = dot(sample.people * weight, sample.mean) / total
    away = sample.mean - mean
    share = weight / total
    stretch = share
    if sample.clusters is None:
        # as HC3: a heavy person pulls the mean towards himself; one alone has no residual
        own = sample.standing(share)
        stretch = share / np.where(own < 1.0, 1.0 - own, 1.0)
    return _Side(
        mean=mean,
        influence=Influence(slope=stretch, at_mean=stretch * away),
        gradient=cross(fitted.X, sample.people * side * pull * away) / total,
    )
