"""Amounts and probabilities over the draws, each with its own Monte Carlo error."""

import math

import numpy as np

from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.result import Band, Chance

QUANTILES = (0.05, 0.5, 0.95)


def mean_and_error(values: FloatArray, scrambles: int) -> tuple[float, float]:
    """Give the mean and its standard error from the spread between scrambles.

    Parameters
    ----------
    values
        Shape (draws,), rows of one scramble together.
    scrambles
        Number of independent scrambles of equal size.
    """
    parts = values.reshape(scrambles, -1).mean(axis=1)
    return float(parts.mean()), float(parts.std(ddof=1) / math.sqrt(scrambles))


def band(values: FloatArray, mid: float, scrambles: int) -> Band:
    """Summarise an amount over the draws beside its value at the middle of every input."""
    mean, error = mean_and_error(values, scrambles)
    p5, p50, p95 = (float(x) for x in np.quantile(values, QUANTILES))
    return Band(mean=mean, mean_error=error, mid=mid, p5=p5, p50=p50, p95=p95)


def chance(happens: FloatArray, scrambles: int) -> Chance:
    """Give the share of draws in which something happens (0 or 1 in each)."""
    value, error = mean_and_error(happens, scrambles)
    return Chance(value=value, error=error)


def chance_positive(values: FloatArray, scrambles: int) -> Chance:
    """Give the probability that an amount is above nil."""
    return chance((values > 0).astype(np.float64), scrambles)
