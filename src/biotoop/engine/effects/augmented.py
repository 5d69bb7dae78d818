"""Doubly robust: weights and a regression together, right when either is.

Robins, Rotnitzky & Zhao 1994 (everyone); for the reached with weights that sum to one, as
Sant'Anna & Zhao 2020. The error allows for the estimation of chances and regressions.
"""

import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.influence import Influence, effective_n, influence_error
from biotoop.engine.effects.one_side import inverse_on_a_side
from biotoop.engine.effects.plan import Estimand
from biotoop.engine.effects.propensity import Propensity, fit_propensity
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.sums import apply, cross, dot, gram


def doubly_robust(sample: Sample, *, estimand: Estimand) -> Answer:
    """Take what a regression on each side expects off, and weigh what is left.

    Parameters
    ----------
    sample
        The people.
    estimand
        For the reached (ATT) or for everyone (ATE).

    Raises
    ------
    Refused
        The covariates separate the sides.
    """
    fit = fit_propensity(sample.X, n=sample.people, treated=sample.treated, names=sample.names)
    chance, reached = fit.chance, sample.treated
    if estimand is Estimand.ATT:
        value, influence = _reached(sample, fit)
        weights = np.where(reached, 1.0, chance / (1.0 - chance))
    else:
        value, influence = _everyone(sample, fit)
        weights = 1.0 / np.where(reached, chance, 1.0 - chance)
    standing = sample.standing(weights)
    people = [effective_n(sample.n, standing * side) for side in (reached, ~reached)]
    unknowns = 2 * fit.X.shape[1] + 1
    return Answer(
        value=value,
        error=influence_error(
            influence,
            n=sample.n,
            within=sample.within,
            clusters=sample.clusters,
            weight=sample.weight,
            df=sum(people) - 2.0,
            factor=sample.rows / max(sample.rows - unknowns, 1),
            convention="influence_rows",
        ),
        method=note(
            "effects.method.doubly_robust",
            covariates=sample.names,
            over=note(f"effects.estimand.{estimand.value}"),
        ),
        used=np.ones(len(sample.n), dtype=bool),
        weights=weights,
        propensity=chance,
    )


def _reached(sample: Sample, fit: Propensity) -> tuple[float, Influence]:
    X, chance, n = fit.X, fit.chance, sample.people
    mine = np.asarray(sample.treated, dtype=np.float64)
    odds = (1.0 - mine) * chance / (1.0 - chance)
    left, inverse = _left(sample, X, 1.0 - mine)
    total, heavy = dot(n, mine), dot(n, odds)
    own, other = dot(n * mine, left) / total, dot(n * odds, left) / heavy
    through = cross(X, n * mine) / total - cross(X, n * odds) / heavy
    slope = mine / total - odds / heavy - (1.0 - mine) * apply(X, _by(inverse, through))
    away = mine * (left - own) / total - odds * (left - other) / heavy
    away -= (1.0 - mine) * left * apply(X, _by(inverse, through))
    gap = -cross(X, n * odds * (left - other)) / heavy
    away += (mine - chance) * apply(X, _solved(fit, gap))
    return own - other, Influence(slope=slope, at_mean=away)


def _everyone(sample: Sample, fit: Propensity) -> tuple[float, Influence]:
    X, chance, n = fit.X, fit.chance, sample.people
    total = float(n.sum())
    value, gap = 0.0, np.zeros(X.shape[1])
    slope, away = np.zeros(len(n)), np.zeros(len(n))
    for side, own, sign in ((sample.treated, chance, 1.0), (~sample.treated, 1.0 - chance, -1.0)):
        there = np.asarray(side, dtype=np.float64)
        left, inverse = _left(sample, X, there)
        expected = sample.mean - left
        part = expected + there * left / own
        mean = dot(n, part) / total
        through = cross(X, n * (1.0 - there / own)) / total
        pulled = there * apply(X, _by(inverse, through))
        slope += sign * (there / own / total + pulled)
        away += sign * ((part - mean) / total + left * pulled)
        gap -= cross(X, n * there * left * (1.0 - own) / own) / total
        value += sign * mean
    surprise = np.asarray(sample.treated, dtype=np.float64) - chance
    away += surprise * apply(X, _solved(fit, gap))
    return value, Influence(slope=slope, at_mean=away)


def _left(sample: Sample, X: Matrix, side: Vector) -> tuple[Vector, Matrix]:
    """Give what a regression on one side leaves of all, and the inverse of its products."""
    inverse = inverse_on_a_side(gram(X, sample.people * side), sample.names)
    slopes = _by(inverse, cross(X, sample.people * side * sample.mean))
    return sample.mean - apply(X, slopes), inverse


def _by(M: Matrix, v: Vector) -> Vector:
    return np.asarray(np.einsum("ij,j->i", M, v), dtype=np.float64)


def _solved(fit: Propensity, gap: Vector) -> Vector:
    return np.asarray(np.linalg.solve(fit.information, gap), dtype=np.float64)
