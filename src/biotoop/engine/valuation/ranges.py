"""Inputs that say how sure they are: a range by three quantiles, or a named distribution."""

from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text


class Shape(StrEnum):
    """How a range spreads."""

    QUANTILES = "quantiles"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    BETA = "beta"
    GAMMA = "gamma"
    TRIANGULAR = "triangular"
    UNIFORM = "uniform"
    FIXED = "fixed"


NEEDS: dict[Shape, tuple[str, ...]] = {
    Shape.QUANTILES: ("low", "mid", "high"),
    Shape.NORMAL: ("mean", "sd"),
    Shape.LOGNORMAL: ("mean", "sd"),
    Shape.BETA: ("mean", "sd"),
    Shape.GAMMA: ("mean", "sd"),
    Shape.TRIANGULAR: ("least", "mode", "most"),
    Shape.UNIFORM: ("least", "most"),
    Shape.FIXED: ("value",),
}
"""Which numbers each distribution asks for; any other number is refused."""

NUMBERS = ("low", "mid", "high", "mean", "sd", "least", "mode", "most", "value")


@attrs.frozen(kw_only=True)
class Range:
    """A number with its uncertainty: low, mid and high, or a named distribution."""

    low: float | None = field(
        "P5: in 5 of 100 cases it is lower than this.", default=None, examples=[8]
    )
    mid: float | None = field("P50: as often lower as higher.", default=None, examples=[22])
    high: float | None = field(
        "P95: in 5 of 100 cases it is higher than this.", default=None, examples=[36]
    )
    distribution: Shape = field(
        "How it spreads. quantiles: low, mid, high; normal, lognormal, beta, gamma: mean, sd; "
        "triangular: least, mode, most; uniform: least, most; fixed: value and because.",
        default=Shape.QUANTILES,
    )
    mean: float | None = field("Mean of the number itself.", default=None)
    sd: float | None = field(
        "Standard deviation of the number itself.", default=None, exclusiveMinimum=0
    )
    least: float | None = field("Smallest possible value.", default=None)
    mode: float | None = field("Most likely value (triangular).", default=None)
    most: float | None = field("Largest possible value.", default=None)
    value: float | None = field("The value, when it is certain.", default=None)
    because: Text | None = field(
        "Why it is certain (fixed), or why it is nil. Asked for with fixed.", default=None
    )
    source: Text | None = field("Where the numbers come from.", default=None)
    via: tuple[str, ...] | None = field(
        "Codes of the links that this number hangs on; those of its item if left out.",
        default=None,
    )

    def given(self) -> tuple[str, ...]:
        """Name the numbers that were filled in."""
        return tuple(name for name in NUMBERS if getattr(self, name) is not None)
