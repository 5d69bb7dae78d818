"""Euros on an axis: in euros, thousands or millions, so that the numbers stay short."""

from collections.abc import Iterable

import attrs

from biotoop.engine.reports.charts.row_places import IntervalRow
from biotoop.engine.reports.charts.rows import Axis
from biotoop.engine.reports.pen import Pen


@attrs.frozen(kw_only=True)
class EuroScale:
    """By what amounts are divided, and how that is said."""

    divisor: float
    title: str

    def row(self, one: IntervalRow) -> IntervalRow:
        """Bring a row to this scale."""
        parts = ("value", "low", "high", "tick", "filled_to")
        found = {name: getattr(one, name) for name in parts}
        return attrs.evolve(
            one,
            **{name: part / self.divisor for name, part in found.items() if part is not None},
        )

    @property
    def axis(self) -> Axis:
        """The axis that goes with it, with bands."""
        return Axis(title=self.title, thick=True)


def euro_scale(pen: Pen, amounts: Iterable[float], price_year: int) -> EuroScale:
    """Choose the scale on which the largest amount is short to write."""
    largest = max((abs(amount) for amount in amounts), default=0.0)
    name, divisor = next(
        (name, size)
        for name, size in (("millions", 1e6), ("thousands", 1e3), ("ones", 1.0))
        if largest >= 2 * size or size == 1.0
    )
    return EuroScale(divisor=divisor, title=pen.plain(f"euro.axis_{name}", year=str(price_year)))
