"""How an effect may follow a dose: a smooth line, or a step for each level; nothing at dose 0.

The smooth line is a restricted cubic spline (Harrell 2015, Regression Modeling Strategies, 2.4.5):
cubic between the knots, straight before the first and after the last, with a jump at 0 for having
any dose at all.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

import attrs
import numpy as np

from biotoop.engine.effects.arrays import Matrix, Vector

SHARES = {3: (0.1, 0.5, 0.9), 4: (0.05, 0.35, 0.65, 0.95), 5: (0.05, 0.275, 0.5, 0.725, 0.95)}


class Basis(Protocol):
    """Columns that a dose becomes, all 0 at dose 0."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        ...

    def sql(self, dose: str) -> dict[str, str]:
        """Give the columns in SQL by name."""
        ...

    def values(self, doses: Vector) -> Matrix:
        """Give the columns at doses above 0, shape (m, k)."""
        ...


@attrs.frozen(kw_only=True)
class Spline:
    """A restricted cubic spline with a jump at 0.

    Attributes
    ----------
    dose
        Name of the dose.
    knots
        Three or more, growing.
    """

    dose: str
    knots: tuple[float, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns: the jump, the straight line, the bends."""
        bends = (f"{self.dose} bend {place + 1}" for place in range(len(self.knots) - 2))
        return (f"{self.dose} > 0", f"{self.dose} straight", *bends)

    @property
    def slope_names(self) -> tuple[str, ...]:
        """Names of the slopes of all columns but the jump."""
        return tuple(f"slope of {name}" for name in self.names[1:])

    def sql(self, dose: str) -> dict[str, str]:
        """Give the columns in SQL by name."""
        jump = f"CASE WHEN {dose} > 0 THEN 1.0 WHEN {dose} <= 0 THEN 0.0 END"
        bends = (self._bend_sql(dose, place, 3) for place in range(len(self.knots) - 2))
        return dict(zip(self.names, (jump, dose, *bends), strict=True))

    def slopes_sql(self, dose: str) -> dict[str, str]:
        """Give the slopes of all columns but the jump, in SQL by name."""
        bends = (self._bend_sql(dose, place, 2) for place in range(len(self.knots) - 2))
        return dict(zip(self.slope_names, ("1.0", *bends), strict=True))

    def values(self, doses: Vector) -> Matrix:
        """Give the columns at doses above 0."""
        bends = [self._bend(doses, place, 3) for place in range(len(self.knots) - 2)]
        return np.column_stack([np.ones_like(doses), doses, *bends])

    def slopes(self, doses: Vector) -> Matrix:
        """Give their slopes; the jump has none."""
        bends = [self._bend(doses, place, 2) for place in range(len(self.knots) - 2)]
        return np.column_stack([np.zeros_like(doses), np.ones_like(doses), *bends])

    def _parts(self, place: int, power: int) -> list[tuple[float, float]]:
        """Give knots and factors of one bend, or (power 2) of its slope."""
        *_, before, last = self.knots
        knot, size = self.knots[place], (last - self.knots[0]) ** 2
        factor = (1.0 if power == 3 else 3.0) / size
        return [
            (knot, factor),
            (before, -factor * (last - knot) / (last - before)),
            (last, factor * (before - knot) / (last - before)),
        ]

    def _bend(self, doses: Vector, place: int, power: int) -> Vector:
        total = np.zeros_like(doses)
        for knot, factor in self._parts(place, power):
            total += factor * np.maximum(doses - knot, 0.0) ** power
        return total

    def _bend_sql(self, dose: str, place: int, power: int) -> str:
        parts = []
        for knot, factor in self._parts(place, power):
            apart = f"({dose} - {_number(knot)})"
            raised = " * ".join([apart] * power)
            parts.append(f"{_number(factor)} * CASE WHEN {apart} > 0 THEN {raised} ELSE 0.0 END")
        return " + ".join(parts)


@attrs.frozen(kw_only=True)
class Levels:
    """A step for each level of a dose.

    Attributes
    ----------
    dose
        Name of the dose.
    edges
        Upper edges of all levels but the last.
    """

    dose: str
    edges: tuple[float, ...]

    @property
    def bounds(self) -> tuple[float, ...]:
        """Edges with 0 before them and no end after them."""
        return (0.0, *self.edges, np.inf)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the levels."""
        inner = zip(self.bounds, self.edges, strict=False)
        named = (f"{self.dose} > {low:g} to {high:g}" for low, high in inner)
        return (*named, f"{self.dose} > {self.bounds[-2]:g}")

    def sql(self, dose: str) -> dict[str, str]:
        """Give an indicator for each level."""
        columns = []
        for low, high in pairwise(self.bounds):
            under = "" if high == np.inf else f" AND {dose} <= {_number(high)}"
            columns.append(
                f"CASE WHEN {dose} > {_number(low)}{under} THEN 1.0 WHEN {dose} IS NOT NULL"
                " THEN 0.0 END"
            )
        return dict(zip(self.names, columns, strict=True))

    def values(self, doses: Vector) -> Matrix:
        """Give an indicator for each level."""
        place = np.searchsorted(np.array(self.edges), doses, side="left")
        return np.eye(len(self.names))[place]


def growing(values: Sequence[float]) -> bool:
    """Tell whether each value is above the one before."""
    return all(low < high for low, high in pairwise(values))


def _number(value: float) -> str:
    return f"CAST('{value!r}' AS DOUBLE)"
