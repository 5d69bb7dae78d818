"""Collect the cells and sums of linked tables, each once."""

import itertools
from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.disclosure.faults import InconsistentTables
from biotoop.engine.disclosure.joint import (
    LARGEST,
    Categories,
    Core,
    crossings,
    cyclic_core,
    size_of,
)
from biotoop.engine.disclosure.tables import (
    CellStatus,
    Condition,
    Dimension,
    Key,
    ReleasedTable,
    Table,
    key,
    keys_of,
    rounding_range,
    sums_of,
    two_largest,
    with_margins,
)

Floats = NDArray[np.float64]
REST = "rest of"
JOINT = "full cross of"
_CLOSE = 1e-6


@attrs.define
class Cell:
    """One cell while the system is being built; the fields are those of ``linking.System``."""

    value: float = np.nan
    people: float = np.nan
    largest: float = np.nan
    second: float = np.nan
    is_amount: bool = False
    can_show: bool = False
    low: float = 0.0
    high: float = np.inf
    guarded: bool = False
    joint: bool = False
    worth: float = 1.0


class Builder:
    """Collects cells and sums, each once, in the order in which they come by."""

    def __init__(self) -> None:
        self.cells: dict[Key, Cell] = {}
        self.sums: dict[tuple[Key, tuple[Key, ...]], None] = {}
        self.groups: dict[tuple[Key, tuple[Key, ...]], None] = {}
        self.layouts: dict[tuple[str, tuple[Condition, ...]], list[tuple[Dimension, ...]]] = {}
        self.too_large: list[tuple[str, ...]] = []

    def add_table(self, table: Table) -> None:
        """Add the cells and sums of a table of this release."""
        keys = self._lay_out(table)
        people = with_margins(table.counts).ravel()
        impossible, kept = _impossible(table), _kept(table)
        tops: list[Floats] = [np.full(people.shape, np.nan)] * 2
        values: Floats = people.astype(np.float64)
        if table.amounts is not None:
            values = with_margins(table.amounts.sums).ravel()
            tops = [top.ravel() for top in two_largest(table.amounts.largest, table.amounts.second)]
        for place, name in enumerate(keys):
            cell = self.cells.setdefault(name, Cell(is_amount=table.amounts is not None))
            _agree(name, cell.value, float(values[place]))
            cell.value, cell.people = float(values[place]), float(people[place])
            cell.largest, cell.second = float(tops[0][place]), float(tops[1][place])
            if impossible[place]:
                cell.low = cell.high = 0.0
            cell.worth = max(cell.worth, table.worth) if cell.can_show else table.worth
            cell.can_show = True
            cell.guarded |= bool(kept[place])
        answers = tuple(part.answer and table.amounts is None for part in table.dimensions)
        self._add_sums(keys, table.shape, answers)

    def add_earlier(self, table: ReleasedTable) -> None:
        """Add what an earlier release told, and what it hid for its own sake."""
        keys = self._lay_out(table)
        base = 1 if table.rounding is None or table.is_amount else table.rounding
        for place, name in enumerate(keys):
            cell = self.cells.setdefault(name, Cell(is_amount=table.is_amount))
            shown = table.values[place]
            if shown is not None:
                low, high = rounding_range(np.array(shown), base)
                cell.low, cell.high = max(cell.low, float(low)), min(cell.high, float(high))
                _agree(name, cell.value, shown, base // 2)
                if np.isnan(cell.value) and base == 1:
                    cell.value = shown
                    cell.people = np.nan if table.is_amount else shown
            cell.guarded |= table.status[place] == CellStatus.PRIMARY
        self._add_sums(keys, table.shape, (False,) * len(table.shape))

    def _lay_out(self, table: Table | ReleasedTable) -> list[Key]:
        same = (table.measure, tuple(sorted(table.population)))
        self.layouts.setdefault(same, []).append(table.dimensions)
        return list(keys_of(table.dimensions, table.population, table.measure))

    def add_joints(self) -> None:
        """Lay out the full cross-table behind tables that go round in a circle."""
        for (measure, population), layouts in self.layouts.items():
            categories: dict[str, tuple[str, ...]] = {}
            for part in itertools.chain.from_iterable(layouts):
                categories.setdefault(part.name, part.categories)
            usable = [
                layout
                for layout in layouts
                if all(part.categories == categories[part.name] for part in layout)
            ]
            core = cyclic_core([frozenset(part.name for part in layout) for layout in usable])
            if core is None:
                continue
            if size_of(core, categories) > LARGEST:
                self.too_large.append(core.names)
                continue
            self._add_joint(core, categories, measure, population)

    def _add_joint(
        self, core: Core, categories: Categories, measure: str, population: tuple[Condition, ...]
    ) -> None:
        margins: dict[Key, list[Key]] = {}
        for conditions in crossings(core, categories):
            full = key(f"{JOINT} {measure}", (*population, *conditions))
            chosen = dict(conditions)
            for edge in core.edges:
                own = tuple((name, chosen[name]) for name in edge)
                margins.setdefault(key(measure, (*population, *own)), []).append(full)
            first = next(iter(margins))
            self.cells[full] = Cell(is_amount=self.cells[first].is_amount, joint=True)
        for total, parts in margins.items():
            self.sums[total, tuple(parts)] = None

    def make_public(self, name: Key) -> None:
        """Record that everybody knows the value of a cell, if there is such a cell."""
        cell = self.cells.get(name)
        if cell is not None and not np.isnan(cell.value):
            cell.low = cell.high = cell.value

    def _add_sums(self, keys: list[Key], shape: tuple[int, ...], answers: Sequence[bool]) -> None:
        for axis, total, parts in sums_of(shape):
            line = (keys[total], tuple(keys[part] for part in parts))
            self.sums[line] = None
            if answers[axis]:
                self.groups[line] = None

    def add_within(self, first: Key, second: Key) -> None:
        """Record that the people of one cell lie within those of another, as far as is known.

        The smaller lies within the larger; what is left over is a cell too. Where one of them is
        hidden for ever, that only limits what the other can be.
        """
        if first not in self.cells or second not in self.cells or first == second:
            return
        known = [self.cells[name].value for name in (first, second)]
        total, part = (second, first) if known[1] > known[0] else (first, second)
        rest = Key(f"{REST} {total.measure}", (*total.conditions, ("-", str(part))))
        whole, piece = self.cells[total], self.cells[part]
        self.cells[rest] = Cell(
            value=whole.value - piece.value,
            people=whole.people - piece.people,
            joint=bool(np.isnan(known).any()),
        )
        self.sums[total, (part, rest)] = None

    def add_split(self, total: Key, parts: tuple[Key, ...]) -> None:
        """Add a sum with what is left over as a part of its own."""
        left = tuple(name for name in parts if name in self.cells)
        if not left or total not in self.cells or total in left:
            return
        known = {frozenset(line[1]) for line in self.sums if line[0] == total}
        if any(frozenset(left) <= line for line in known):
            return
        rest = Key(f"{REST} {total.measure}", (*total.conditions, ("-", _names(left, total))))
        whole, pieces = self.cells[total], [self.cells[name] for name in left]
        cell = Cell(
            value=whole.value - sum(piece.value for piece in pieces),
            people=whole.people - sum(piece.people for piece in pieces),
            is_amount=whole.is_amount,
        )
        if cell.value < -_CLOSE:
            raise InconsistentTables(cell=str(total), first=whole.value, second=_total(pieces))
        self.cells[rest] = cell
        self.sums[total, (*left, rest)] = None


def _total(pieces: list[Cell]) -> float:
    return float(sum(piece.value for piece in pieces))


def _names(parts: tuple[Key, ...], total: Key) -> str:
    """Name the parts by what they add to the conditions of the total."""
    own = [[c for c in name.conditions if c not in total.conditions] for name in parts]
    return " + ".join("=".join(condition) for line in own for condition in line)


def _impossible(table: Table) -> NDArray[np.bool_]:
    """Tell which cells everybody knows to be empty: all their inner cells are."""
    if table.impossible is None:
        return np.zeros(int(np.prod(table.shape)), dtype=bool)
    possible = with_margins((~table.impossible).astype(np.int64))
    found: NDArray[np.bool_] = possible.ravel() == 0
    return found


def _kept(table: Table) -> NDArray[np.bool_]:
    """Tell which cells must stay hidden whatever their number: none of the margins."""
    found = np.zeros(table.shape, dtype=bool)
    if table.kept is not None:
        found[tuple(slice(0, len(part.categories)) for part in table.dimensions)] = table.kept
    flat: NDArray[np.bool_] = found.ravel()
    return flat


def _agree(name: Key, first: float, second: float, slack: float = 0.0) -> None:
    if abs(first - second) > slack + _CLOSE:  # nan compares false: not yet known
        raise InconsistentTables(cell=str(name), first=first, second=second)
