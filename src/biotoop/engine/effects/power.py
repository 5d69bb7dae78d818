"""How many people a plan needs, and what it can see with those there are (domain.md 5.4)."""

import math

import attrs
import scipy.stats

from biotoop.engine.core.errors import InvalidValue

ATTRITION = 0.30


@attrs.frozen(kw_only=True)
class Needed:
    """People to start with.

    Attributes
    ----------
    complete
        People with an outcome, per group (in all for before and after).
    approached
        The same with those who will drop out, rounded up.
    design_effect
        1 + (m - 1) ICC.
    """

    complete: int
    approached: int
    design_effect: float


def design_effect(cluster_size: float, icc: float) -> float:
    """Give 1 + (m - 1) ICC, by which clusters inflate a variance (Kish 1965)."""
    return 1.0 + (cluster_size - 1.0) * icc


def two_groups(
    *,
    difference: float,
    sd: float,
    power: float = 0.80,
    alpha: float = 0.05,
    cluster_size: float = 1.0,
    icc: float = 0.0,
    attrition: float = ATTRITION,
) -> Needed:
    """Give the people per group that see a difference in means.

    n = 2 ((z_(1-alpha/2) + z_power) sd / difference)^2, times the design effect, over
    1 - attrition.

    Raises
    ------
    InvalidValue
        The difference is zero, or a share is outside (0, 1).
    """
    return _needed(2.0 * _ratio(difference, sd, power, alpha) ** 2, cluster_size, icc, attrition)


def before_and_after(
    *,
    difference: float,
    sd_change: float,
    power: float = 0.80,
    alpha: float = 0.05,
    cluster_size: float = 1.0,
    icc: float = 0.0,
    attrition: float = ATTRITION,
) -> Needed:
    """Give the people in all that see a mean change.

    n = ((z_(1-alpha/2) + z_power) sd_change / difference)^2, times the design effect, over
    1 - attrition.
    """
    return _needed(_ratio(difference, sd_change, power, alpha) ** 2, cluster_size, icc, attrition)


def smallest_difference(
    *,
    n: float,
    sd: float,
    power: float = 0.80,
    alpha: float = 0.05,
    cluster_size: float = 1.0,
    icc: float = 0.0,
) -> float:
    """Give the smallest difference in means that two groups of n complete people can see."""
    seen = n / design_effect(cluster_size, icc)
    return _quantiles(power, alpha) * sd * math.sqrt(2.0 / seen)


def _quantiles(power: float, alpha: float) -> float:
    for name, share in (("power", power), ("alpha", alpha)):
        if not 0.0 < share < 1.0:
            raise InvalidValue(field=name, value=share, allowed="0 .. 1")
    return float(scipy.stats.norm.ppf(1.0 - alpha / 2.0) + scipy.stats.norm.ppf(power))


def _ratio(difference: float, sd: float, power: float, alpha: float) -> float:
    if difference == 0.0:
        raise InvalidValue(field="difference", value=difference, allowed="> 0")
    return _quantiles(power, alpha) * sd / abs(difference)


def _needed(people: float, cluster_size: float, icc: float, attrition: float) -> Needed:
    if not 0.0 <= attrition < 1.0:
        raise InvalidValue(field="attrition", value=attrition, allowed="0 .. 1")
    inflated = people * design_effect(cluster_size, icc)
    # rounding before the ceiling keeps 63.0000000001 at 63
    complete = math.ceil(round(inflated, 9))
    approached = math.ceil(round(inflated / (1.0 - attrition), 9))
    return Needed(
        complete=complete, approached=approached, design_effect=design_effect(cluster_size, icc)
    )
