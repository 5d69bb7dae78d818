"""How many people a plan needs, and what it can see with those there are (domain.md 5.4)."""

import math

import attrs

from biotoop.engine.core.distributions import normal_quantile
from biotoop.engine.core.errors import InvalidValue

ATTRITION = 0.30


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked of a plan, and how its people hang together.

    Attributes
    ----------
    power, alpha
        Chance to see what is there, and to see what is not.
    cluster_size, icc
        People per cluster, and how alike they are.
    attrition
        Share that drops out; 30 % when nothing is known.
    """

    power: float = 0.80
    alpha: float = 0.05
    cluster_size: float = 1.0
    icc: float = 0.0
    attrition: float = ATTRITION

    def __attrs_post_init__(self) -> None:
        """Refuse shares that are none."""
        for name in ("power", "alpha"):
            if not 0.0 < getattr(self, name) < 1.0:
                raise InvalidValue(field=name, value=getattr(self, name), allowed="0 .. 1")
        if not 0.0 <= self.attrition < 1.0:
            raise InvalidValue(field="attrition", value=self.attrition, allowed="0 .. 1")

    @property
    def quantiles(self) -> float:
        """z_(1-alpha/2) + z_power."""
        return normal_quantile(1.0 - self.alpha / 2.0) + normal_quantile(self.power)

    @property
    def design_effect(self) -> float:
        """1 + (m - 1) ICC, by which clusters inflate a variance (Kish 1965)."""
        return 1.0 + (self.cluster_size - 1.0) * self.icc


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


USUAL = Asked()


def two_groups(*, difference: float, sd: float, asked: Asked = USUAL) -> Needed:
    """Give the people per group that see a difference in means.

    n = 2 ((z_(1-alpha/2) + z_power) sd / difference)^2, times the design effect, over
    1 - attrition.

    Raises
    ------
    InvalidValue
        The difference is zero.
    """
    return _needed(2.0 * _ratio(difference, sd, asked) ** 2, asked)


def before_and_after(*, difference: float, sd_change: float, asked: Asked = USUAL) -> Needed:
    """Give the people in all that see a mean change.

    n = ((z_(1-alpha/2) + z_power) sd_change / difference)^2, times the design effect, over
    1 - attrition.
    """
    return _needed(_ratio(difference, sd_change, asked) ** 2, asked)


def smallest_difference(*, n: float, sd: float, asked: Asked = USUAL) -> float:
    """Give the smallest difference in means that two groups of n complete people can see.

    Attrition plays no part: n counts who are still there.
    """
    return asked.quantiles * sd * math.sqrt(2.0 * asked.design_effect / n)


def _ratio(difference: float, sd: float, asked: Asked) -> float:
    if difference == 0.0:
        raise InvalidValue(field="difference", value=difference, allowed="> 0")
    return asked.quantiles * sd / abs(difference)


def _needed(people: float, asked: Asked) -> Needed:
    inflated = people * asked.design_effect
    # rounding before the ceiling keeps 63.0000000001 at 63
    return Needed(
        complete=math.ceil(round(inflated, 9)),
        approached=math.ceil(round(inflated / (1.0 - asked.attrition), 9)),
        design_effect=asked.design_effect,
    )
