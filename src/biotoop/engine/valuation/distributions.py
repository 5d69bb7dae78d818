"""From a range to the distribution that is drawn from, as a function of a normal score."""

import math
from collections.abc import Callable
from enum import StrEnum

import attrs
import numpy as np
from scipy import special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.valuation.quantile_fit import (
    OUTER,
    FloatArray,
    sinh_at,
    sinh_curve,
    tempered_at,
    tempered_curve,
)
from biotoop.engine.valuation.ranges import Range, Shape

Quantile = Callable[[FloatArray], FloatArray]
_GRID = np.linspace(-8.5, 8.5, 6801)
_WEIGHTS = np.exp(-0.5 * _GRID**2) / math.sqrt(2 * math.pi) * (_GRID[1] - _GRID[0])
_FAR = 8.5


class Support(StrEnum):
    """Which values an input can have."""

    SHARE = "share"
    AMOUNT = "amount"
    ANY = "any"


BOUNDS = {
    Support.SHARE: (0.0, 1.0),
    Support.AMOUNT: (0.0, math.inf),
    Support.ANY: (-math.inf, math.inf),
}


@attrs.frozen(kw_only=True)
class Distribution:
    """The distribution of one input.

    Attributes
    ----------
    quantile
        Value at a standard normal score: never falls; any array shape in and out.
    support
        Which values are possible.
    certain
        The value when it does not vary, else None.
    given
        P5, P50 and P95 as they were written, when they were.
    """

    quantile: Quantile
    support: Support
    certain: float | None = None
    given: tuple[float, float, float] | None = None

    def at(self, z: float) -> float:
        """Give the value at a normal score, such as ``OUTER`` for P95."""
        return float(self.quantile(np.array([z], dtype=np.float64))[0])

    @property
    def p5(self) -> float:
        """P5; as written when it was."""
        return self.at(-OUTER) if self.given is None else self.given[0]

    @property
    def mid(self) -> float:
        """P50; as written when it was."""
        return self.at(0.0) if self.given is None else self.given[1]

    @property
    def p95(self) -> float:
        """P95; as written when it was."""
        return self.at(OUTER) if self.given is None else self.given[2]

    @property
    def mean(self) -> float:
        """Mean, by quadrature over the normal score (relative error below 1e-6)."""
        if self.certain is not None:
            return self.certain
        return float(np.sum(self.quantile(_GRID) * _WEIGHTS))

    def chance_below(self, value: float) -> float:
        """Give the probability of a value up to and including this one, by bisection on z."""
        low, high = -_FAR, _FAR
        if value < self.at(low):
            return 0.0
        if value >= self.at(high):
            return 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.at(middle) <= value else (low, middle)
        return float(special.ndtr(low))


def distribution_of(given: Range, support: Support) -> Distribution:
    """Make the distribution of a range that has passed ``range_checks``.

    Parameters
    ----------
    given
        The range.
    support
        What the input can be: a share (0 to 1), an amount (0 and up) or any number. Quantiles
        inside it give a distribution that stays inside; a quantile on its border leaves the 5 %
        beyond on the border.
    """
    if given.distribution is Shape.FIXED:
        value = _number(given.value)
        return Distribution(quantile=_constant(value), support=support, certain=value)
    if given.distribution is Shape.QUANTILES:
        low, mid, high = _number(given.low), _number(given.mid), _number(given.high)
        curve = _three(low, mid, high, support)
        return Distribution(quantile=curve, support=support, given=(low, mid, high))
    return Distribution(quantile=_NAMED[given.distribution](given), support=support)


def distribution_of_estimate(estimate: Estimate) -> Distribution:
    """Make the distribution of an effect estimate: normal, or Student t with its df.

    The standard error is that of the estimate; without one it is read back from the interval.
    """
    scale = spread_of(estimate)
    df = estimate.df

    def quantile(z: FloatArray) -> FloatArray:
        score = z if df is None else _student(z, df)
        return estimate.value + scale * score

    return Distribution(quantile=quantile, support=Support.ANY)


def spread_of(estimate: Estimate) -> float:
    """Give the standard error of an estimate; nan when it has neither error nor interval."""
    if estimate.se is not None:
        return estimate.se
    if estimate.low is None or estimate.high is None:
        return math.nan
    tail = (1 + estimate.level) / 2
    df = estimate.df
    reach = special.ndtri(tail) if df is None else special.stdtrit(df, tail)
    return float((estimate.high - estimate.low) / (2 * reach))


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _constant(value: float) -> Quantile:
    return lambda z: np.full_like(z, value)


def fitted_scale(
    low: float, mid: float, high: float, support: Support
) -> tuple[float, float, float]:
    """Bring three quantiles to the scale on which they are fitted.

    Normal scores for a share, logarithms for an amount, the numbers themselves for any number and
    for quantiles on the border of what is possible.
    """
    least, most = BOUNDS[support]
    if support is Support.ANY or not (least < low and high < most):
        return low, mid, high
    if support is Support.AMOUNT:
        return math.log(low), math.log(mid), math.log(high)
    return float(special.ndtri(low)), float(special.ndtri(mid)), float(special.ndtri(high))


def _three(low: float, mid: float, high: float, support: Support) -> Quantile:
    least, most = BOUNDS[support]
    scale = fitted_scale(low, mid, high, support)
    if support is Support.ANY or not (least < low and high < most):
        plain = sinh_curve(*scale)
        return lambda z: np.clip(sinh_at(plain, z), least, most)
    if support is Support.AMOUNT:
        logs = tempered_curve(*scale)
        return lambda z: np.exp(tempered_at(logs, z))
    score = sinh_curve(*scale)
    return lambda z: np.asarray(special.ndtr(sinh_at(score, z)), dtype=np.float64)


def _student(z: FloatArray, df: float) -> FloatArray:
    """Student t at a normal score; both tails through the lower one, where digits are kept."""
    tail = special.stdtrit(df, special.ndtr(-np.abs(z)))
    return np.asarray(np.copysign(tail, z), dtype=np.float64)


def _normal(given: Range) -> Quantile:
    mean, sd = _number(given.mean), _number(given.sd)
    return lambda z: mean + sd * z


def _lognormal(given: Range) -> Quantile:
    mean, sd = _number(given.mean), _number(given.sd)
    variance = math.log1p((sd / mean) ** 2)
    centre, spread = math.log(mean) - variance / 2, math.sqrt(variance)
    return lambda z: np.exp(centre + spread * z)


def _beta(given: Range) -> Quantile:
    mean, sd = _number(given.mean), _number(given.sd)
    size = mean * (1 - mean) / sd**2 - 1
    a, b = mean * size, (1 - mean) * size

    def quantile(z: FloatArray) -> FloatArray:
        below, above = special.ndtr(np.minimum(z, 0)), special.ndtr(-np.maximum(z, 0))
        low, high = special.betaincinv(a, b, below), special.betainccinv(a, b, above)
        return np.asarray(np.where(z < 0, low, high), dtype=np.float64)

    return quantile


def _gamma(given: Range) -> Quantile:
    mean, sd = _number(given.mean), _number(given.sd)
    shape, scale = (mean / sd) ** 2, sd**2 / mean

    def quantile(z: FloatArray) -> FloatArray:
        below, above = special.ndtr(np.minimum(z, 0)), special.ndtr(-np.maximum(z, 0))
        low, high = special.gammaincinv(shape, below), special.gammainccinv(shape, above)
        return np.asarray(scale * np.where(z < 0, low, high), dtype=np.float64)

    return quantile


def _triangular(given: Range) -> Quantile:
    least, mode, most = _number(given.least), _number(given.mode), _number(given.most)
    turn = (mode - least) / (most - least)

    def quantile(z: FloatArray) -> FloatArray:
        below, above = special.ndtr(z), special.ndtr(-z)
        rising = least + np.sqrt(below * (most - least) * (mode - least))
        falling = most - np.sqrt(above * (most - least) * (most - mode))
        return np.asarray(np.where(below <= turn, rising, falling), dtype=np.float64)

    return quantile


def _uniform(given: Range) -> Quantile:
    least, most = _number(given.least), _number(given.most)
    return lambda z: least + (most - least) * np.asarray(special.ndtr(z), dtype=np.float64)


_NAMED: dict[Shape, Callable[[Range], Quantile]] = {
    Shape.NORMAL: _normal,
    Shape.LOGNORMAL: _lognormal,
    Shape.BETA: _beta,
    Shape.GAMMA: _gamma,
    Shape.TRIANGULAR: _triangular,
    Shape.UNIFORM: _uniform,
}
