"""Pooling items that depend on each other into one weight of evidence.

Effective number of items after Kish (1965): n / (1 + (n - 1) rho). The pool itself is a convention
of the scheme: a weak supporting item never dilutes, evidence against always counts, and turning
every likelihood ratio around turns the result around.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def effective_number(n: int, rho: float) -> float:
    """Give how many independent items n items with correlation rho are worth."""
    return n / (1 + (n - 1) * rho) if n else 0.0


def pool(log_ratios: Sequence[float], rho: float) -> float:
    """Pool one set of items; see ``pool_kept``. An empty set weighs 0."""
    return pool_kept(log_ratios, rho)[0]


def pool_kept(log_ratios: Sequence[float], rho: float) -> tuple[float, int]:
    """Pool one set of items: L = s max_j { mean x n_eff of what is kept }, not below 0.

    With s the sign of the sum: every item against s and every zero is kept, and of the items for s
    the j strongest.

    Parameters
    ----------
    log_ratios
        Natural logs of likelihood ratios.
    rho
        Correlation between the items, 0 to 1.

    Returns
    -------
    tuple of float and int
        L, and how many of the items for s count: the strongest j. Where nothing is left of them,
        L is 0 and j is their number.
    """
    rising = sorted(log_ratios)
    sign = -1.0 if sum(rising) < 0 else 1.0
    sides = [sign * value for value in (rising if sign < 0 else reversed(rising))]
    winning = sum(value > 0 for value in sides)
    total = sum(sides[winning:])
    best, kept = 0.0, winning
    for count, value in enumerate(sides[:winning], start=len(sides) - winning + 1):
        total += value
        weight = total / (1 + (count - 1) * rho)
        if weight > 0 and weight >= best:
            best, kept = weight, count - len(sides) + winning
    return (sign * best if best else 0.0), kept


def pool_rows(log_ratios: ArrayLike, rho: float) -> Floats:
    """Pool each row of items at once, for simulations; see ``pool_kept``.

    Parameters
    ----------
    log_ratios
        Natural logs of likelihood ratios, shape (sets, items).
    rho
        Correlation between the items, 0 to 1.

    Returns
    -------
    array
        L of each set, shape (sets,).
    """
    values = np.sort(np.asarray(log_ratios, dtype=np.float64), axis=1)
    sign = np.sign(values.sum(axis=1))
    sides = np.sort(values * sign[:, None], axis=1)[:, ::-1]
    winning = sides > 0
    against = np.where(winning, 0.0, sides).sum(axis=1)
    opposed = (~winning).sum(axis=1)
    kept = np.arange(1, values.shape[1] + 1)
    totals = np.cumsum(sides, axis=1) + against[:, None]
    weights = totals / (1 + (kept[None, :] + opposed[:, None] - 1) * rho)
    weights = np.where(winning, weights, -np.inf)
    best = weights.max(axis=1, initial=0.0)
    return np.asarray(sign * best, dtype=np.float64)
