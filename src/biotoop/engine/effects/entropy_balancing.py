"""Entropy balancing: weights as equal as can be that make the means of the covariates agree."""

import attrs
import numpy as np
import scipy.optimize

from biotoop.engine.core.messages import note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Mask, Matrix, Vector
from biotoop.engine.effects.influence import Influence, effective_n, influence_error
from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.plan import Estimand
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sample import Sample
from biotoop.engine.effects.sums import apply, by_columns, cross, dot, gram

GAP = 1e-10
_STEPS = 200
_ALONE = 1.0 - 1e-10


def entropy_balancing(sample: Sample, *, estimand: Estimand) -> Answer:
    """Reweigh a side to the covariate means of those whom the question is about.

    Hainmueller 2012; consistent if either the outcome or the log odds of being reached is
    linear in the terms (Zhao & Percival 2017). The error allows for the estimation of the
    weights and of the target means; without clusters, residuals are divided by 1 - leverage in the
    weighted side, as HC3 does.

    Parameters
    ----------
    sample
        The people.
    estimand
        ATT weighs the comparison to the means of the reached; ATE weighs both to those of all.

    Raises
    ------
    Refused
        No weights can bring the means together.
    """
    everyone = np.ones(len(sample.n), dtype=bool)
    about = sample.treated if estimand is Estimand.ATT else everyone
    target = cross(sample.X, sample.people * about) / float(sample.people[about].sum())
    sides = (sample.treated, ~sample.treated)
    parts = [_side(sample, side, about, target) for side in sides]
    weights = parts[0].weights + parts[1].weights
    error = influence_error(
        parts[0].influence - parts[1].influence,
        n=sample.n,
        within=sample.within,
        clusters=sample.clusters,
        weight=sample.weight,
        convention="influence_leverage",
        df=sum(effective_n(sample.n, sample.standing(part.weights)) for part in parts) - 2.0,
    )
    return Answer(
        value=parts[0].mean - parts[1].mean,
        error=error,
        used=everyone,
        weights=weights,
        method=note(
            "effects.method.entropy_balancing",
            covariates=sample.names,
            over=note(f"effects.estimand.{estimand.value}"),
        ),
    )


@attrs.frozen(kw_only=True, eq=False)
class _Side:
    mean: float
    weights: Vector
    influence: Influence


def _side(sample: Sample, side: Mask, about: Mask, target: Vector) -> _Side:
    """Weigh one side to the target; a side that is the target itself keeps weight 1."""
    n, weights = sample.people, np.zeros(len(sample.n))
    itself = np.array_equal(side, about)
    weights[side] = 1.0 if itself else balance(sample.X[side], n[side], target, sample.names)
    share = weights / dot(n, weights)
    mean = dot(n * share, sample.mean)
    predicted, free = _explained(sample, weights, target if not itself else None)
    stretch = share if sample.clusters is not None else share / free
    own = Influence(slope=stretch, at_mean=stretch * (sample.mean - mean - predicted))
    moved = about * predicted / float(n[about].sum())
    through = Influence(slope=np.zeros(len(n)), at_mean=moved)
    return _Side(mean=mean, weights=weights, influence=own + through)


def _explained(sample: Sample, weights: Vector, target: Vector | None) -> tuple[Vector, Vector]:
    """Give what the terms explain on the weighted side, zero at the target, and 1 - leverage.

    Without a target nothing was balanced: the terms explain nothing.
    """
    inside = weights > 0
    X = np.ones((len(weights), 1))
    if target is not None:
        X = np.column_stack([X, sample.X - target])
    fit = least_squares(
        X[inside],
        n=sample.n[inside],
        mean=sample.mean[inside],
        within=sample.within[inside],
        weights=sample.standing(weights)[inside],
    )
    slopes = np.zeros(X.shape[1])
    slopes[fit.kept] = fit.coefficients
    free = np.ones(len(weights))
    # a row that only explains itself has no residual to stretch
    free[inside] = np.where(fit.leverage < _ALONE, 1.0 - fit.leverage, 1.0)
    return apply(X[:, 1:], slopes[1:]), free


def balance(X: Matrix, n: Vector, target: Vector, names: tuple[str, ...] = ()) -> Vector:
    """Give weights (mean 1 over the rows) whose weighted means equal the target.

    Newton's method on the convex dual, on cells, until the largest gap is below 1e-10 standard
    deviations.

    Parameters
    ----------
    X
        Terms, shape (c, k).
    n
        Rows in each cell, shape (c,).
    target
        Means to reach, shape (k,).
    names
        Name of each term, for messages.

    Raises
    ------
    Refused
        The target lies outside what weights on these people can reach.
    """
    scale = np.sqrt(cross((X - cross(X, n) / n.sum()) ** 2, n) / n.sum())
    flat = scale <= 1e-12 * np.maximum(np.abs(target), 1.0)
    gaps = np.abs(X[0] - target) if len(X) else np.zeros(len(target))
    stuck = flat & (gaps > 1e-9 * np.maximum(np.abs(target), 1.0))
    if stuck.any():
        raise Refused("effects.refused.cannot_balance", terms=_named(names, stuck))
    Z = by_columns((X[:, ~flat] - target[~flat]) / scale[~flat])
    solution = _newton(Z, n)
    if solution is None:
        guilty = np.zeros(len(target), dtype=bool)
        guilty[np.flatnonzero(~flat)] = _out_of_reach(Z)
        raise Refused("effects.refused.cannot_balance", terms=_named(names, guilty))
    return solution * float(n.sum()) / dot(n, solution)


def _named(names: tuple[str, ...], which: Mask) -> tuple[str, ...]:
    return tuple(name for name, guilty in zip(names, which, strict=True) if guilty)


def _newton(Z: Matrix, n: Vector) -> Vector | None:
    """Minimise log sum n exp(Z a); its gradient is the gap in the means.

    Where Z a is below zero for everyone, a plane has all people on one side of the target: no
    weights reach it.
    """
    a = np.zeros(Z.shape[1])
    level, weights = _dual(Z, n, a)
    for _ in range(_STEPS):
        share = n * weights
        gap = cross(Z, share)
        if np.max(np.abs(gap), initial=0.0) < GAP:
            return weights
        curvature = gram(Z, share) - np.outer(gap, gap)
        step = np.asarray(-np.linalg.lstsq(curvature, gap, rcond=1e-14)[0], dtype=np.float64)
        moved = _step_down(Z, n, a, step, level, gap)
        if moved is None:
            return None
        a, level, weights = moved
        if np.max(apply(Z, a), initial=-np.inf) < 0.0:
            return None
    return None


def _step_down(
    Z: Matrix, n: Vector, a: Vector, step: Vector, level: float, gap: Vector
) -> tuple[Vector, float, Vector] | None:
    slope = float(gap @ step)
    for halving in range(40):
        size = 0.5**halving
        trial = a + size * step
        reached, weights = _dual(Z, n, trial)
        if reached <= level + 1e-4 * size * slope + 1e-15 * abs(level):
            return trial, reached, weights
    return None


def _dual(Z: Matrix, n: Vector, a: Vector) -> tuple[float, Vector]:
    index = apply(Z, a)
    top = float(index.max())
    raw = np.exp(index - top)
    total = dot(n, raw)
    return top + float(np.log(total)), np.asarray(raw / total, dtype=np.float64)


def _out_of_reach(Z: Matrix) -> Mask:
    """Tell which terms stay apart in the least bad weighting (a linear programme)."""
    people, k = Z.shape
    costs = np.concatenate([np.zeros(people), np.ones(2 * k)])
    gaps = np.hstack([Z.T, np.eye(k), -np.eye(k)])
    whole = np.concatenate([np.ones(people), np.zeros(2 * k)])
    found = scipy.optimize.linprog(
        costs, A_eq=np.vstack([gaps, whole]), b_eq=np.append(np.zeros(k), 1.0)
    )
    left = found.x[people : people + k] + found.x[people + k :]
    apart: Mask = left > 1e-7
    return apart if apart.any() else np.ones(k, dtype=bool)
