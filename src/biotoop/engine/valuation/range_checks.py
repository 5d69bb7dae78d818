"""What makes a range unusable: numbers missing, in the wrong order, or outside what is possible."""

import math
from collections.abc import Iterator

from scipy import special

from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.valuation.distributions import BOUNDS, Support, fitted_scale
from biotoop.engine.valuation.quantile_fit import MOST_SKEW, skewness
from biotoop.engine.valuation.ranges import NEEDS, Range, Shape

_BOUNDED = (Shape.QUANTILES, Shape.BETA, Shape.TRIANGULAR, Shape.UNIFORM, Shape.FIXED)
_SKEW_TO_MENTION = 5.0
_NEGLIGIBLE = 0.001
_POSITIVE = (Shape.LOGNORMAL, Shape.GAMMA)


def check_range(given: Range, support: Support, where: tuple[str | int, ...]) -> Iterator[Problem]:
    """Give every fault of one range.

    Parameters
    ----------
    given
        The range.
    support
        What the number can be: a share, an amount or anything.
    where
        Path of the range inside the document.
    """
    shape, needs = given.distribution, NEEDS[given.distribution]
    missing = tuple(name for name in needs if getattr(given, name) is None)
    extra = tuple(name for name in given.given() if name not in needs)
    if missing:
        yield problem(
            "valuation.range_incomplete", *where, missing=missing, distribution=shape.value
        )
    for name in extra:
        yield problem(
            "valuation.range_extra",
            *where,
            name,
            name=name,
            distribution=shape.value,
            allowed=needs,
        )
    if shape is Shape.FIXED and given.because is None:
        yield problem("valuation.fixed_without_reason", *where, value=given.value)
    if support is Support.SHARE and shape not in _BOUNDED:
        allowed = tuple(shape.value for shape in _BOUNDED)
        yield problem("valuation.share_shape", *where, distribution=shape.value, allowed=allowed)
        return
    if missing:
        return
    outside = tuple(_inside(given, support, where))
    yield from outside or _ordered(given, support, where)
    yield from _possible(given, support, where)


def _inside(given: Range, support: Support, where: tuple[str | int, ...]) -> Iterator[Problem]:
    least, most = BOUNDS[support]
    for name in given.given():
        number = getattr(given, name)
        if name != "sd" and not least <= number <= most:
            code = "valuation.not_a_share" if support is Support.SHARE else "valuation.negative"
            yield problem(code, *where, name, name=name, value=number)


def _ordered(given: Range, support: Support, where: tuple[str | int, ...]) -> Iterator[Problem]:
    if given.distribution is Shape.QUANTILES:
        low, mid, high = (float(getattr(given, name)) for name in ("low", "mid", "high"))
        if not low < mid < high:
            yield problem("valuation.range_order", *where, low=low, mid=mid, high=high)
            return
        skew = skewness(*fitted_scale(low, mid, high, support))
        if skew > MOST_SKEW:
            yield problem("valuation.range_too_skew", *where, low=low, mid=mid, high=high)
        elif skew > _SKEW_TO_MENTION:
            yield warning("valuation.range_skew", *where, low=low, mid=mid, high=high)
    elif given.distribution in (Shape.TRIANGULAR, Shape.UNIFORM):
        least, most = float(given.least or 0), float(given.most or 0)
        mode = least if given.mode is None else given.mode
        if not least <= mode <= most or least >= most:
            yield problem("valuation.bounds_order", *where, least=least, mode=mode, most=most)


def _possible(given: Range, support: Support, where: tuple[str | int, ...]) -> Iterator[Problem]:
    mean, sd = given.mean or 0.0, given.sd or 0.0
    shape = given.distribution
    if shape in _POSITIVE and mean <= 0:
        yield problem("valuation.mean_not_positive", *where, "mean", distribution=shape.value,
                      value=mean)  # fmt: skip
    if shape is Shape.BETA and not (0 < mean < 1 and sd**2 < mean * (1 - mean)):
        highest = math.sqrt(max(mean * (1 - mean), 0.0))
        yield problem("valuation.beta_too_wide", *where, mean=mean, sd=sd, highest=highest)
    if shape is Shape.NORMAL and support is Support.AMOUNT:
        below = float(special.ndtr(-mean / sd))
        if below > _NEGLIGIBLE:
            yield problem("valuation.normal_below_nil", *where, share=100 * below)
