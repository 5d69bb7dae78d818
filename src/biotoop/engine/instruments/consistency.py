"""Cronbach's alpha, McDonald's omega and Spearman-Brown with their intervals.

All functions take item points (reversed items already turned), use complete answers only, and
count the people left out. Intervals: Feldt's F interval, Fisher's z, or a percentile bootstrap
with an explicit seed.
"""

import numpy as np
from numpy.typing import NDArray

from biotoop.engine.core.distributions import f_quantiles, normal_quantile
from biotoop.engine.core.errors import TooFewCases
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.instruments.coefficients import (
    alphas,
    covariances,
    omegas,
    one_factor,
    percentiles,
    resampled,
)
from biotoop.engine.instruments.faults import NoSpread

Floats = NDArray[np.float64]
DRAWS = 1000
_FEW_CATEGORIES = 5
_FEWEST = 3
_ITEMS = Text(nl="vragen in de schaal", en="items in the scale")
_ANSWERS = Text(nl="mensen die alles beantwoordden", en="people who answered everything")


def complete(points: Floats) -> tuple[Floats, int]:
    """Keep the people without a missing answer; give them and the number left out."""
    whole = ~np.isnan(points).any(axis=1)
    return points[whole], int(np.count_nonzero(~whole))


def cronbach_alpha(
    points: Floats, *, level: float = 0.95, seed: int | None = None, draws: int = DRAWS
) -> Estimate:
    """Estimate Cronbach's alpha, with Feldt's interval or a bootstrap.

    alpha = k / (k - 1) * (1 - sum of item variances / variance of the sum). Feldt's interval
    takes F with n - 1 and (n - 1)(k - 1) degrees of freedom (Feldt 1965, Psychometrika 30,
    357-370) and assumes parallel items; with a seed, the percentile bootstrap does not.

    Parameters
    ----------
    points
        Item points, shape (n, k), k >= 2; people with a missing answer are left out.
    level
        Coverage that the interval aims at.
    seed
        Seed of a bootstrap; None for Feldt's interval.
    draws
        Bootstrap draws.

    Raises
    ------
    TooFewCases
        Fewer than 3 complete answers, or fewer than 2 items.
    NoSpread
        The sum does not vary.
    """
    whole, missing = _checked(points, 2)
    n, k = whole.shape
    alpha = float(alphas(covariances(whole, np.ones((1, n))))[0])
    tails = np.array([1 - level, 1 + level]) / 2
    if seed is None:
        quantiles = f_quantiles(tails[::-1], n - 1, (n - 1) * (k - 1))
        low, high = (float(bound) for bound in 1 - (1 - alpha) * quantiles)
    else:
        low, high = percentiles(resampled(whole, seed, draws, alphas), tails)
    interval = note("instruments.feldt") if seed is None else _bootstrap_note(seed, draws)
    return Estimate(
        value=alpha, low=low, high=high, level=level, n=n, missing=missing,
        method=note("instruments.alpha", items=k), interval=interval,
        assumptions=(note("instruments.alpha_assumes"),), warnings=_ordinal(whole),
    )  # fmt: skip


def mcdonald_omega(
    points: Floats, *, seed: int, level: float = 0.95, draws: int = DRAWS
) -> Estimate:
    """Estimate McDonald's omega from a one-factor model, with a percentile bootstrap.

    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances), in the metric
    of the summed points; the model is fitted to the correlations by minimum residuals (Harman
    and Jones 1966).

    Parameters
    ----------
    points
        Item points, shape (n, k), k >= 3; people with a missing answer are left out.
    seed
        Seed of the bootstrap.
    level
        Coverage that the interval aims at.
    draws
        Bootstrap draws.

    Raises
    ------
    TooFewCases
        Fewer than 3 complete answers, or fewer than 3 items.
    NoSpread
        An item does not vary.
    """
    whole, missing = _checked(points, _FEWEST)
    n, k = whole.shape
    covariance = covariances(whole, np.ones((1, n)))
    if (np.diagonal(covariance[0]) <= 0).any():
        raise NoSpread(what=Text(nl="een vraag", en="an item"))
    loadings, held = one_factor(covariance)
    value = float(omegas(covariance)[0])
    tails = np.array([1 - level, 1 + level]) / 2
    low, high = percentiles(resampled(whole, seed, draws, omegas), tails)
    warnings = list(_ordinal(whole))
    if held[0]:
        warnings.append(note("instruments.heywood"))
    if (loadings[0] < 0).any():
        warnings.append(note("instruments.negative_loading"))
    return Estimate(
        value=value, low=low, high=high, level=level, n=n, missing=missing,
        method=note("instruments.omega", items=k), interval=_bootstrap_note(seed, draws),
        assumptions=(note("instruments.omega_assumes"),), warnings=tuple(warnings),
    )  # fmt: skip


def spearman_brown(points: Floats, *, level: float = 0.95) -> Estimate:
    """Estimate the reliability of a scale of two items: 2r / (1 + r).

    The interval turns Fisher's z interval of the correlation (Eisinga, Te Grotenhuis and Pelzer
    2013 argue for this coefficient; from memory).

    Parameters
    ----------
    points
        Item points, shape (n, 2).
    level
        Coverage that the interval aims at.

    Raises
    ------
    TooFewCases
        Fewer than 4 complete answers, or another number of items than 2.
    NoSpread
        An item does not vary.
    """
    whole, missing = _checked(points, 2)
    n, k = whole.shape
    if k != 2 or n <= _FEWEST:
        raise TooFewCases(what="Spearman-Brown", n=n if k == 2 else k, needed=4 if k == 2 else 2)
    covariance = covariances(whole, np.ones((1, n)))[0]
    if (np.diagonal(covariance) <= 0).any():
        raise NoSpread(what=Text(nl="een vraag", en="an item"))
    r = float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))
    reach = normal_quantile((1 + level) / 2) / np.sqrt(n - 3)
    middle = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    low, high = (float(2 * b / (1 + b)) for b in np.tanh(middle + np.array([-reach, reach])))
    return Estimate(
        value=2 * r / (1 + r), low=low, high=high, level=level, n=n, missing=missing,
        method=note("instruments.spearman_brown"), interval=note("instruments.fisher_z"),
        assumptions=(note("instruments.spearman_brown_assumes"),), warnings=_ordinal(whole),
    )  # fmt: skip


def _checked(points: Floats, items: int) -> tuple[Floats, int]:
    whole, missing = complete(points)
    n, k = whole.shape
    if k < items:
        raise TooFewCases(what=_ITEMS, n=k, needed=items)
    if n < _FEWEST:
        raise TooFewCases(what=_ANSWERS, n=n, needed=_FEWEST)
    if is_flat(whole):
        raise NoSpread(what=Text(nl="de som", en="the sum"))
    return whole, missing


def _bootstrap_note(seed: int, draws: int) -> Note:
    return note("instruments.bootstrap", seed=seed, draws=draws)


def _ordinal(points: Floats) -> tuple[Note, ...]:
    """Warn when an item has so few answers that a correlation says too little."""
    fewest = min(len(np.unique(column)) for column in points.T)
    if fewest >= _FEW_CATEGORIES:
        return ()
    return (note("instruments.few_categories", fewest=fewest),)


def is_flat(points: Floats) -> bool:
    """Tell whether everybody has the same sum."""
    return len(points) == 0 or float(np.ptp(points.sum(axis=1))) == 0.0
