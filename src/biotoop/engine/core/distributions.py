"""Quantiles and tails of the distributions that intervals stand on.

The functions that ``scipy.stats`` itself calls, taken from ``scipy.special``: importing
``scipy.stats`` costs every start of the program more than a second.
"""

import math

import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]


def normal_quantile(probability: float) -> float:
    """Give the value below which a standard normal draw falls with this probability."""
    return float(special.ndtri(probability))


def t_quantile(probability: float, df: float) -> float:
    """Give the quantile of Student's t with ``df`` degrees of freedom."""
    return float(special.stdtrit(df, probability))


def chi_square_tail(statistic: float, df: float) -> float:
    """Give the probability that a chi-square draw with ``df`` degrees of freedom is larger.

    A statistic that rounding has put a hair below zero counts as zero; nan for ``df`` <= 0.
    """
    return float(special.chdtrc(df, max(statistic, 0.0))) if df > 0 else math.nan


def f_quantiles(probabilities: FloatArray, df_above: float, df_below: float) -> FloatArray:
    """Give quantiles of the F distribution; shape as ``probabilities``."""
    return np.asarray(special.fdtri(df_above, df_below, probabilities), dtype=float)
