"""Coarsened exact matching: compare only people who are alike in every coarsened covariate."""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Codes, Mask, Vector
from biotoop.engine.effects.influence import Influence, influence_error
from biotoop.engine.effects.plan import Coarsening, Estimand
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.robust import StandardError
from biotoop.engine.effects.sample import Sample, weighted_moments
from biotoop.engine.effects.sums import dot

_MOST_EXACT = 10


def coarsened_exact_matching(
    sample: Sample,
    *,
    covariates: Sequence[str],
    coarsening: Sequence[Coarsening],
    estimand: Estimand,
) -> Answer:
    """Match within strata of coarsened covariates and average the differences.

    Iacus, King & Porro 2012. Strata with one side only fall out and are counted. The error is
    that of post-stratification with estimated strata sizes, with squared residuals divided by
    1 - 1/n within a stratum; a person alone in a stratum gets the usual spread of that side.
    With clusters the weights are taken as given, which errs on the side of caution.

    Parameters
    ----------
    sample
        The people.
    covariates
        Columns to match on.
    coarsening
        Cut points of the plan; a column without them is matched exactly when categorical or
        when it has at most 10 values, else in equal classes by the rule of Sturges.
    estimand
        Strata weigh by the reached in them (ATT) or by all in them (ATE).

    Raises
    ------
    Refused
        No stratum holds people of both sides.
    """
    strata, said = stratify(sample, covariates, coarsening)
    reached = np.bincount(strata, weights=sample.people * sample.treated)
    others = np.bincount(strata, weights=sample.people * ~sample.treated)
    matched = (reached > 0) & (others > 0)
    if not matched.any():
        raise Refused("effects.refused.no_match", covariates=tuple(covariates))
    stands_for = reached if estimand is Estimand.ATT else reached + others
    size = np.where(matched, stands_for, 0.0).astype(np.float64)
    own = np.where(sample.treated, reached[strata], others[strata])
    weights = np.where(matched[strata], size[strata] / np.maximum(own, 1e-300), 0.0)
    value, influence = _stratified(sample, strata, size, weights, estimand)
    if sample.clusters is not None:
        influence = _fixed(sample, weights, float(size.sum()))
    return Answer(
        value=value,
        used=matched[strata],
        weights=weights,
        error=_error(sample, matched[strata], influence, int(matched.sum())),
        method=note(
            "effects.method.coarsened_exact_matching",
            covariates=tuple(covariates),
            strata=int(matched.sum()),
            over=note(f"effects.estimand.{estimand.value}"),
        ),
        warnings=(*said, *_unmatched(sample, matched[strata])),
    )


def _error(sample: Sample, used: Mask, influence: Influence, strata: int) -> StandardError:
    kept = sample.take(used)
    df = max(kept.rows - strata - 1.0, 1.0)
    return influence_error(
        Influence(slope=influence.slope[used], at_mean=influence.at_mean[used]),
        n=kept.n,
        within=kept.within,
        clusters=kept.clusters,
        weight=kept.weight,
        df=df,
        convention="stratified",
    )


def _unmatched(sample: Sample, used: Mask) -> tuple[Note, ...]:
    reached = sample.count(~used & sample.treated)
    others = sample.count(~used & ~sample.treated)
    if not reached and not others:
        return ()
    return (note("effects.warning.unmatched", reached=reached, others=others),)


@attrs.frozen(kw_only=True, eq=False)
class _Side:
    """Mean of each stratum, and how far one row of each cell moves the answer."""

    means: Vector
    influence: Influence


def _stratified(
    sample: Sample, strata: Codes, size: Vector, weights: Vector, estimand: Estimand
) -> tuple[float, Influence]:
    total = float(size.sum())
    reached = _side(sample, strata, weights * sample.treated, total)
    others = _side(sample, strata, weights * ~sample.treated, total)
    gaps = np.where(size > 0, reached.means - others.means, 0.0)
    value = dot(size, gaps) / total
    # the strata sizes are estimated too: by the people whom the question is about
    about = (weights > 0) & (sample.treated | (estimand is Estimand.ATE))
    drawn = Influence(slope=np.zeros(len(weights)), at_mean=about * (gaps[strata] - value) / total)
    return value, reached.influence - others.influence + drawn


def _side(sample: Sample, strata: Codes, weights: Vector, total: float) -> _Side:
    side = weights > 0
    count = int(strata.max()) + 1
    rows = np.asarray(np.bincount(strata, weights=sample.n * side, minlength=count), np.float64)
    mass = np.asarray(np.bincount(strata, weights=sample.people * side, minlength=count))
    sums = np.bincount(strata, weights=sample.people * side * sample.mean, minlength=count)
    means = np.divide(sums, mass, where=mass > 0, out=np.zeros(count))
    away = np.where(side, sample.mean - means[strata], 0.0)
    alone = side & (rows[strata] == 1.0)
    leverage = sample.standing(np.ones(len(weights))) / np.where(side, mass[strata], 1.0)
    free = np.where(side & ~alone, 1.0 - leverage, 1.0)
    stretch = weights / total / np.sqrt(free)
    lone = np.where(alone, weights / total * _usual_spread(sample, side, away, rows), 0.0)
    return _Side(means=means, influence=Influence(slope=stretch, at_mean=stretch * away + lone))


def _usual_spread(sample: Sample, side: Mask, away: Vector, rows: Vector) -> float:
    """Pooled standard deviation within strata, which stands in for those who are alone."""
    squares = float(((sample.within + sample.n * away**2) * side).sum())
    left = float(rows.sum()) - float((rows > 0).sum())
    if left > 0:
        return float(np.sqrt(squares / left))
    _, variance = weighted_moments(sample.mean[side], sample.n[side])
    return float(np.sqrt(variance * rows.sum() / max(float(rows.sum()) - 1.0, 1.0)))


def _fixed(sample: Sample, weights: Vector, total: float) -> Influence:
    """Influence when the weights are taken as given: each row against the mean of its side."""
    sides = np.where(sample.treated, 1.0, -1.0)
    slope = sides * weights / total
    means = np.where(
        sample.treated,
        weighted_moments(sample.mean, sample.people * weights * sample.treated)[0],
        weighted_moments(sample.mean, sample.people * weights * ~sample.treated)[0],
    )
    return Influence(slope=slope, at_mean=slope * (sample.mean - means))


def stratify(
    sample: Sample, covariates: Sequence[str], coarsening: Sequence[Coarsening]
) -> tuple[Codes, tuple[Note, ...]]:
    """Give each cell its stratum of coarsened covariates, and say which rule cut what.

    Returns
    -------
    tuple
        Stratum of each cell, from 0, shape (c,); and a note for each column that was cut by
        the automatic rule.
    """
    cuts = {item.column: np.asarray(item.cuts, dtype=np.float64) for item in coarsening}
    strata = np.zeros(len(sample.n), dtype=np.int64)
    said: list[Note] = []
    for name in covariates:
        values = sample.columns[name]
        if name in cuts:
            classes = np.searchsorted(cuts[name], values, side="left")
        elif name in sample.categories or len(np.unique(values)) <= _MOST_EXACT:
            classes = np.unique(values, return_inverse=True)[1]
        else:
            edges = _sturges(values, sample.n)
            classes = np.searchsorted(edges, values, side="left")
            said.append(note("effects.warning.automatic_cuts", column=name, classes=len(edges) + 1))
        strata = np.unique(strata * (int(classes.max()) + 1) + classes, return_inverse=True)[1]
    return strata.astype(np.int64), tuple(said)


def _sturges(values: Vector, n: Vector) -> Vector:
    """Upper bounds of log2(N) + 1 classes of equal width (Sturges 1926), but the last."""
    classes = int(np.ceil(np.log2(float(n.sum())))) + 1
    return np.linspace(values.min(), values.max(), classes + 1)[1:-1]
