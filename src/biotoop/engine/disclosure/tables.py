"""Tables of counts or amounts, with every margin, as cells that other tables may share.

A cell is known by what is counted and the conditions that hold for it. Two tables that hold the
same cell under the same conditions therefore share it, however they are laid out.
"""

import itertools
import math
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

import attrs
import numpy as np
from numpy.typing import ArrayLike, NDArray

from biotoop.engine.core.texts import Text
from biotoop.engine.disclosure.faults import FaultyTable

Floats = NDArray[np.float64]
Condition = tuple[str, str]
MARGIN = ""


@attrs.frozen
class Key:
    """The identity of a cell: what is measured, and for whom.

    Attributes
    ----------
    measure
        What is counted or added up, such as "people".
    conditions
        Pairs of characteristic and category, sorted; none for the grand total.
    """

    measure: str
    conditions: tuple[Condition, ...]

    def __str__(self) -> str:
        """Write the cell for a reader: "people: area=North, age=65+"."""
        shown = ", ".join(f"{name}={category}" for name, category in self.conditions)
        return f"{self.measure}: {shown or '*'}"


def key(measure: str, conditions: tuple[Condition, ...]) -> Key:
    """Make the identity of a cell, whatever the order of its conditions."""
    return Key(measure, tuple(sorted(conditions)))


@attrs.frozen(kw_only=True)
class Dimension:
    """One characteristic by which a table is split.

    Attributes
    ----------
    name
        Name, the same in every table that uses the characteristic.
    categories
        Its categories, which together hold everyone once.
    answer
        True for a sensitive answer: no group may give almost only one and the same.
    """

    name: str
    categories: tuple[str, ...]
    answer: bool = False


def _counts(values: ArrayLike) -> NDArray[np.int64]:
    found = np.asarray(values)
    whole = found.astype(np.int64)
    if not np.array_equal(whole, found) or (whole < 0).any():
        reason = Text(nl="aantallen zijn hele getallen vanaf 0", en="counts are whole, from 0 up")
        raise FaultyTable(table="-", reason=reason)
    return whole


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, np.float64)


@attrs.frozen(kw_only=True, eq=False)
class Amounts:
    """What is added up in the inner cells, when a table is of amounts.

    Attributes
    ----------
    sums
        Amount in each inner cell, from 0 up.
    largest, second
        The largest and the next contribution in each inner cell.
    """

    sums: Floats = attrs.field(converter=_floats)
    largest: Floats = attrs.field(converter=_floats)
    second: Floats = attrs.field(converter=_floats)


@attrs.frozen(kw_only=True, eq=False)
class Table:
    """A table that one wants to release.

    Attributes
    ----------
    name
        Name in messages.
    dimensions
        How it is split.
    counts
        People in each inner cell, one axis for each dimension; margins are added here.
    population
        Conditions that hold for the whole table, such as ("wave", "1").
    measure
        What is counted or added up.
    amounts
        For a table of amounts; the counts then say how many contribute.
    impossible
        Inner cells that cannot hold anyone, as everybody knows.
    kept
        Inner cells that must stay hidden whatever their number, such as one in which somebody
        else stands than at an earlier release.
    worth
        How dear it is to hide its cells beside those of other tables.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    counts: NDArray[np.int64] = attrs.field(converter=_counts)
    population: tuple[Condition, ...] = ()
    measure: str = "people"
    amounts: Amounts | None = None
    impossible: NDArray[np.bool_] | None = None
    kept: NDArray[np.bool_] | None = None
    worth: float = 1.0

    def __attrs_post_init__(self) -> None:
        """Refuse a table whose parts do not fit together."""
        shape = tuple(len(part.categories) for part in self.dimensions)
        arrays: list[NDArray[np.generic]] = [self.counts]
        arrays += [flags for flags in (self.impossible, self.kept) if flags is not None]
        if self.amounts is not None:
            arrays += [self.amounts.sums, self.amounts.largest, self.amounts.second]
        if any(np.shape(array) != shape for array in arrays):
            self._refuse(
                Text(
                    nl=f"de vorm is niet {shape}, zoals de kenmerken zeggen",
                    en=f"its shape is not {shape}, as its characteristics say",
                )
            )
        names = [part.name for part in self.dimensions] + [name for name, _ in self.population]
        if len(set(names)) != len(names):
            self._refuse(
                Text(nl="een kenmerk staat er twee keer in", en="a characteristic is doubled")
            )
        for part in self.dimensions:
            if len(set(part.categories)) != len(part.categories) or MARGIN in part.categories:
                self._refuse(
                    Text(
                        nl=f"{part.name} heeft een dubbele of lege categorie",
                        en=f"{part.name} has a doubled or empty category",
                    )
                )

    def _refuse(self, reason: Text) -> None:
        raise FaultyTable(table=self.name, reason=reason)

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each dimension, plus one for its margin."""
        return tuple(len(part.categories) + 1 for part in self.dimensions)


class CellStatus(StrEnum):
    """What became of a cell: shown, or hidden for itself or for the sake of another."""

    SHOWN = "shown"
    PRIMARY = "primary"
    SECONDARY = "secondary"


@attrs.frozen(kw_only=True)
class ReleasedTable:
    """A table as it may be shown, and as later releases must remember it.

    A hidden cell carries one and the same mark whatever the reason; the reasons are for the team.

    Attributes
    ----------
    name, dimensions, population, measure
        As in the table asked for.
    is_amount
        True for amounts, False for counts of people.
    values
        Values in C order of ``shape``, margins last on each axis; None where hidden.
    status
        Status of each cell, in the same order.
    rounding
        Base to which counts were rounded, or None.
    """

    name: str
    dimensions: tuple[Dimension, ...]
    population: tuple[Condition, ...]
    measure: str
    is_amount: bool
    values: tuple[float | None, ...]
    status: tuple[CellStatus, ...]
    rounding: int | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of categories of each dimension, plus one for its margin."""
        return tuple(len(part.categories) + 1 for part in self.dimensions)

    @property
    def array(self) -> Floats:
        """The values with their margins, shape ``shape``; nan where hidden."""
        plain = [math.nan if value is None else value for value in self.values]
        return np.array(plain, np.float64).reshape(self.shape)

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(value is None for value in self.values)

    def value(self, **categories: str) -> float | None:
        """Give one cell by category; a dimension that is left out means its margin.

        Raises
        ------
        ValueError
            A category does not exist.
        """
        place = tuple(
            part.categories.index(categories[part.name])
            if part.name in categories
            else len(part.categories)
            for part in self.dimensions
        )
        return self.values[int(np.ravel_multi_index(place, self.shape))]


Number = TypeVar("Number", np.float64, np.int64)


def with_margins(inner: NDArray[Number]) -> NDArray[Number]:
    """Append the sum over each axis as its last entry."""
    found = inner
    for axis in range(inner.ndim):
        found = np.concatenate([found, found.sum(axis=axis, keepdims=True)], axis=axis)
    return found


def two_largest(largest: Floats, second: Floats) -> tuple[Floats, Floats]:
    """Give the two largest contributions of every cell with margins.

    The two largest of a union are among the two largest of its parts, since nobody is in two
    inner cells.
    """
    for axis in range(largest.ndim):
        pooled = np.sort(np.concatenate([largest, second], axis=axis), axis=axis)
        top, next_ = (np.take(pooled, [place], axis=axis) for place in (-1, -2))
        largest = np.concatenate([largest, top], axis=axis)
        second = np.concatenate([second, next_], axis=axis)
    return largest, second


def keys_of(
    dimensions: tuple[Dimension, ...], population: tuple[Condition, ...], measure: str
) -> Iterator[Key]:
    """Give the identity of every cell with margins, in C order."""
    choices = [(*part.categories, MARGIN) for part in dimensions]
    for chosen in itertools.product(*choices):
        own = tuple(
            (part.name, category)
            for part, category in zip(dimensions, chosen, strict=True)
            if category != MARGIN
        )
        yield key(measure, (*population, *own))


def sums_of(shape: tuple[int, ...]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Give every sum in a table with margins: axis, place of the total, places of the parts."""
    places = np.arange(math.prod(shape)).reshape(shape)
    for axis in range(len(shape)):
        lines = np.moveaxis(places, axis, -1).reshape(-1, shape[axis])
        for line in lines:
            yield axis, int(line[-1]), tuple(int(place) for place in line[:-1])


def rounded_to(values: Floats, base: int) -> Floats:
    """Round to the nearest multiple of a base, halves up."""
    found: Floats = np.floor(values / base + 0.5) * base
    return found


def rounding_range(rounded: Floats, base: int) -> tuple[Floats, Floats]:
    """Give the lowest and highest whole number that rounds to each value."""
    bottom: Floats = np.maximum(rounded - base // 2, 0)
    top: Floats = rounded + (base - 1) // 2
    return bottom, top
