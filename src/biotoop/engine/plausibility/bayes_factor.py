"""What an effect estimate says about "larger than the smallest effect that matters".

Interval null hypotheses after Morey & Rouder (2011); bias by design level as extra variance after
Turner et al. (2009).
"""

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr

Floats = NDArray[np.float64]


@attrs.frozen(kw_only=True, eq=False)
class BayesFactors:
    """Natural logs of the Bayes factors, not bounded; each has the shape of the input.

    Attributes
    ----------
    log_ratio
        For d > delta against d <= delta.
    log_harm
        For d < -delta against d >= -delta.
    """

    log_ratio: Floats
    log_harm: Floats


def bayes_factors(
    effect: ArrayLike, variance: ArrayLike, *, delta: ArrayLike, tau: float
) -> BayesFactors:
    """Give posterior odds over prior odds for benefit and for harm.

    Posterior N(m, v) with v = 1 / (1 / tau^2 + 1 / s*^2) and m = v d / s*^2, from the prior
    N(0, tau^2).

    Parameters
    ----------
    effect
        Standardised effect d; + is the intended direction.
    variance
        s*^2: squared standard error plus the variance of bias (and of transfer).
    delta
        Smallest effect that matters, in the same unit.
    tau
        Standard deviation of the prior.
    """
    d = np.asarray(effect, dtype=np.float64)
    s2 = np.asarray(variance, dtype=np.float64)
    border = np.asarray(delta, dtype=np.float64)
    v = 1 / (1 / tau**2 + 1 / s2)
    m = v * d / s2
    sd = np.sqrt(v)
    prior = _log_odds(-border / tau)
    return BayesFactors(
        log_ratio=np.asarray(_log_odds((m - border) / sd) - prior),
        log_harm=np.asarray(_log_odds((-m - border) / sd) - prior),
    )


def _log_odds(z: Floats) -> Floats:
    """Log odds of a standard normal value below z, exact far into both tails."""
    return np.asarray(log_ndtr(z) - log_ndtr(-z), dtype=np.float64)
