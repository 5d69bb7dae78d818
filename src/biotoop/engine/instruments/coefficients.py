"""The arithmetic of reliability over many draws at once: covariances, alpha, omega, one factor."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
_CELLS = 1 << 22
_SWEEPS = 2000
_STILL = 1e-12
_LARGEST = 0.995**0.5


def covariances(points: Floats, weights: Floats) -> Floats:
    """Give weighted covariance matrices (divisor: sum of weights - 1).

    The sums run over whole-number codes and counts, so they are exact and do not depend on order.

    Parameters
    ----------
    points
        Item points, shape (n, k).
    weights
        How often each person counts in each draw, shape (draws, n).

    Returns
    -------
    Floats
        Shape (draws, k, k).
    """
    k = points.shape[1]
    rows, columns = np.triu_indices(k)
    products = points[:, rows] * points[:, columns]
    size = weights.sum(axis=1)[:, None]
    sums = np.einsum("bn,nk->bk", weights, points)
    crossed = np.einsum("bn,np->bp", weights, products)
    upper = (crossed - sums[:, rows] * sums[:, columns] / size) / (size - 1)
    found = np.empty((len(weights), k, k))
    found[:, rows, columns] = upper
    found[:, columns, rows] = upper
    return found


def alphas(covariance: Floats) -> Floats:
    """Give Cronbach's alpha for each covariance matrix, shape (draws,); nan without spread."""
    k = covariance.shape[-1]
    own = np.trace(covariance, axis1=1, axis2=2)
    total = covariance.sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(total > 0, k / (k - 1) * (1 - own / total), np.nan)
    return found


def omegas(covariance: Floats) -> Floats:
    """Give McDonald's omega for each covariance matrix, shape (draws,); nan without spread."""
    own = np.diagonal(covariance, axis1=1, axis2=2)
    usable = (own > 0).all(axis=1)
    found = np.full(len(covariance), np.nan)
    loadings, _ = one_factor(covariance[usable])
    spread = np.sqrt(own[usable])
    common = (loadings * spread).sum(axis=1) ** 2
    unique = (own[usable] * (1 - loadings**2)).sum(axis=1)
    found[usable] = common / (common + unique)
    return found


def one_factor(covariance: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Fit one factor to the correlations by minimum residuals.

    Each sweep sets every loading to the value that makes the squared residuals of its own
    correlations smallest, given the others (Harman and Jones 1966, Psychometrika 31, 351-368;
    from memory), until no loading moves. Loadings are held at sqrt(.995) when they would pass it
    (a Heywood case).

    Parameters
    ----------
    covariance
        Covariance matrices with positive variances, shape (draws, k, k), k >= 3.

    Returns
    -------
    tuple
        Standardised loadings, shape (draws, k), with a positive sum; and whether a loading was
        held at its bound, shape (draws,).
    """
    spread = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    r = covariance / (spread[:, :, None] * spread[:, None, :])
    k = r.shape[-1]
    loadings = np.linalg.eigh(r)[1][:, :, -1] * 0.7 * np.sqrt(k)
    r = r * (1 - np.eye(k))
    for _ in range(_SWEEPS):
        before = loadings.copy()
        for item in range(k):
            others = (loadings**2).sum(axis=1) - loadings[:, item] ** 2
            pull = np.einsum("bk,bk->b", r[:, item, :], loadings)
            fresh = np.divide(pull, others, out=np.zeros_like(pull), where=others > 0)
            loadings[:, item] = np.clip(fresh, -_LARGEST, _LARGEST)
        if loadings.size == 0 or np.abs(loadings - before).max() < _STILL:
            break
    sign = np.where(loadings.sum(axis=1) < 0, -1.0, 1.0)
    return loadings * sign[:, None], (np.abs(loadings) >= _LARGEST).any(axis=1)


def resampled(points: Floats, seed: int, draws: int, statistic: Statistic) -> Floats:
    """Draw people with replacement and compute a statistic in each draw, shape (draws,).

    People with the same answers are drawn together, so the work does not grow with n once the
    answer patterns are few.
    """
    patterns, counts = np.unique(points, axis=0, return_counts=True)
    n = int(counts.sum())
    generator = np.random.default_rng(seed)
    size = max(1, _CELLS // len(patterns))
    found = []
    for start in range(0, draws, size):
        drawn = generator.multinomial(n, counts / n, size=min(size, draws - start))
        found.append(statistic(covariances(patterns, drawn.astype(np.float64))))
    return np.concatenate(found)


def percentiles(values: Floats, tails: Floats) -> tuple[float, float]:
    """Give the bounds that leave the tails out; draws without spread do not count."""
    low, high = np.nanquantile(values, tails)
    return float(low), float(high)
