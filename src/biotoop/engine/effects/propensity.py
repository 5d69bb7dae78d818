"""The chance to be reached, by logistic regression on cells."""

import attrs
import numpy as np
import scipy.optimize

from biotoop.engine.effects.arrays import Mask, Matrix, Vector
from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sums import apply, by_columns, cross, dot, gram

_STEPS = 100
_CLOSE = 1e-8
_SUDDEN = 1e-2
_EXTREME = 30.0  # log odds at which rounding could pass for a maximum
_SEPARATED = 1e-7


@attrs.frozen(kw_only=True, eq=False)
class Propensity:
    """A fitted logistic regression of being reached.

    Attributes
    ----------
    chance
        Chance of one row of each cell, shape (c,).
    X
        Regressors with intercept, scaled, shape (c, k).
    information
        X' diag(n p (1-p)) X, shape (k, k).
    """

    chance: Vector
    X: Matrix
    information: Matrix


def fit_propensity(X: Matrix, *, n: Vector, treated: Mask, names: tuple[str, ...]) -> Propensity:
    """Fit by Newton's method with step halving.

    Parameters
    ----------
    X
        Covariate terms without intercept, shape (c, k); terms that others already say are
        left out, which does not change the chances.
    n, treated
        Rows of each cell, and whether they were reached, shape (c,).
    names
        Name of each term, for messages.

    Raises
    ------
    Refused
        The covariates separate the sides, wholly or in part, so that some chances are 0 or 1.
    """
    fit = least_squares(
        np.column_stack([np.ones(len(n)), X]),
        n=n,
        mean=treated.astype(float),
        within=np.zeros(len(n)),
    )
    scaled = _scaled(fit.X, n)
    beta: Vector = np.zeros(scaled.shape[1])
    share = float(n[treated].sum() / n.sum())
    beta[0] = np.log(share / (1.0 - share))
    chance, information, step = _look(scaled, n, treated, beta)
    sizes = [_reach(scaled, step)]
    while sizes[-1] >= _CLOSE and len(sizes) <= _STEPS and step is not None:
        beta = _uphill(scaled, n, treated, beta, step)
        chance, information, step = _look(scaled, n, treated, beta)
        sizes.append(_reach(scaled, step))
    settled = sizes[-1] < _CLOSE
    # near a true maximum steps shrink by squares; a sudden stop is rounding
    sudden = len(sizes) > 1 and sizes[-2] > _SUDDEN
    if not settled or sudden or np.max(np.abs(apply(scaled, beta))) > _EXTREME:
        _refuse_separation(scaled, treated, tuple(("1", *names)[place] for place in fit.kept))
    if not settled:
        raise Refused("effects.refused.no_convergence", method="logit")
    return Propensity(chance=chance, X=scaled, information=information)


def _look(
    X: Matrix, n: Vector, treated: Mask, beta: Vector
) -> tuple[Vector, Matrix, Vector | None]:
    """Give chances, information and Newton step; no step where the information is flat.

    With separation the steps do not shrink until rounding takes over.
    """
    chance = _chance(apply(X, beta))
    information = gram(X, n * chance * (1.0 - chance))
    gradient = cross(X, n * (treated - chance))
    try:
        step = np.asarray(np.linalg.solve(information, gradient), dtype=np.float64)
    except np.linalg.LinAlgError:
        return chance, information, None
    return chance, information, step if np.all(np.isfinite(step)) else None


def _reach(X: Matrix, step: Vector | None) -> float:
    """Give the largest change in log odds that a step makes."""
    return np.inf if step is None else float(np.max(np.abs(apply(X, step))))


def _scaled(X: Matrix, n: Vector) -> Matrix:
    centres = cross(X, n) / n.sum()
    centres[0] = 0.0
    scales = np.sqrt(cross((X - centres) ** 2, n) / n.sum())
    return by_columns((X - centres) / scales)


def _chance(index: Vector) -> Vector:
    chance: Vector = 1.0 / (1.0 + np.exp(-np.clip(index, -700.0, 700.0)))
    return chance


def _log_likelihood(X: Matrix, n: Vector, treated: Mask, beta: Vector) -> float:
    index = apply(X, beta)
    return dot(n, treated * index - np.logaddexp(0.0, index))


def _uphill(X: Matrix, n: Vector, treated: Mask, beta: Vector, step: Vector) -> Vector:
    start = _log_likelihood(X, n, treated, beta)
    for halving in range(30):
        trial = np.asarray(beta + step / 2**halving, dtype=np.float64)
        if _log_likelihood(X, n, treated, trial) >= start - 1e-12 * abs(start):
            return trial
    return beta


def _refuse_separation(X: Matrix, treated: Mask, names: tuple[str, ...]) -> None:
    """Refuse when some direction sorts the sides (Konis 2007): a linear programme decides."""
    signed = np.unique(np.where(treated, 1.0, -1.0)[:, None] * X, axis=0)
    found = scipy.optimize.linprog(
        -signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(signed)), bounds=(-1.0, 1.0)
    )
    if found.status == 0 and -found.fun > _SEPARATED * len(signed):
        guilty = tuple(
            name
            for name, weight in zip(names, found.x, strict=True)
            if name != "1" and abs(weight) > 1e-6
        )
        raise Refused("effects.refused.separation", terms=guilty)
