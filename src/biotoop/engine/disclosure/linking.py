"""All tables of a release as one system of cells and sums, earlier releases included.

Cells with the same identity are one cell. A table with one more condition than another is part
of it, so what lies outside that condition is a cell too, though nobody prints it: that is how a
difference between two tables gives a small group away, and why it is guarded here.
"""

from collections.abc import Iterator, Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.disclosure.building import Builder
from biotoop.engine.disclosure.tables import Condition, Key, ReleasedTable, Table, key

Floats = NDArray[np.float64]


@attrs.frozen(kw_only=True)
class Nesting:
    """Categories of one characteristic that lie within those of another.

    Attributes
    ----------
    fine, coarse
        Names of the characteristics, such as neighbourhood and district.
    parents
        For each fine category, its coarse one.
    """

    fine: str
    coarse: str
    parents: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Sum:
    """A total and its parts, by place in the system."""

    total: int
    parts: tuple[int, ...]


@attrs.frozen(kw_only=True)
class Group:
    """A group and how its sensitive answers divide, by place in the system."""

    whole: int
    answers: tuple[int, ...]


@attrs.frozen(kw_only=True, eq=False)
class System:
    """Every cell of all tables once, and every sum between them.

    Attributes
    ----------
    keys
        Identity of each cell, length c.
    values
        True value of each cell, shape (c,); nan where only an earlier release knows it.
    people
        People behind each cell, shape (c,); nan where unknown.
    largest, second
        Two largest contributions to an amount, shape (c,); nan for counts.
    is_amount
        Whether a cell is an amount, shape (c,).
    can_show
        Whether this release may show the cell: it stands in a table of it, shape (c,).
    low, high
        What earlier releases tell of the cell, shape (c,): from ``low`` to ``high``.
    guarded
        Cells that an earlier release hid for their own sake, shape (c,).
    worth
        How dear it is to hide each cell, shape (c,).
    joint
        Cells of the full cross-table behind several tables, which nobody prints, shape (c,).
    sums
        All sums.
    groups
        All groups with a sensitive answer.
    too_large
        Characteristics of full cross-tables that were too large to take into account.
    """

    keys: tuple[Key, ...]
    values: Floats
    people: Floats
    largest: Floats
    second: Floats
    is_amount: NDArray[np.bool_]
    can_show: NDArray[np.bool_]
    low: Floats
    high: Floats
    guarded: NDArray[np.bool_]
    joint: NDArray[np.bool_]
    worth: Floats
    sums: tuple[Sum, ...]
    groups: tuple[Group, ...]
    too_large: tuple[tuple[str, ...], ...]

    @property
    def public(self) -> NDArray[np.bool_]:
        """Cells whose value everybody knows already, shape (c,)."""
        found: NDArray[np.bool_] = self.low >= self.high
        return found

    @property
    def is_whole(self) -> NDArray[np.bool_]:
        """Cells that are whole numbers; those of a full cross-table are taken as any number."""
        return ~self.is_amount & ~self.joint

    def places(self) -> dict[Key, int]:
        """Give the place of every cell by its identity."""
        return {name: place for place, name in enumerate(self.keys)}


def _splits(keys: Sequence[Key]) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Give each cell with the cells that have one condition more, by that characteristic."""
    present = dict.fromkeys(keys)
    found: dict[tuple[Key, str], list[Key]] = {}
    for name in keys:
        for condition in name.conditions:
            left = tuple(other for other in name.conditions if other != condition)
            parent = Key(name.measure, left)
            if parent in present:
                found.setdefault((parent, condition[0]), []).append(name)
    for (parent, _), parts in found.items():
        yield parent, tuple(parts)


def _nested(keys: Sequence[Key], nesting: Nesting) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Give each cell of a coarse category with the cells of the fine ones within it."""
    for name in keys:
        coarse = dict(name.conditions).get(nesting.coarse)
        if coarse is not None:
            others: tuple[Condition, ...] = tuple(
                condition for condition in name.conditions if condition[0] != nesting.coarse
            )
            fine = [part for part, parent in nesting.parents.items() if parent == coarse]
            yield name, tuple(key(name.measure, (*others, (nesting.fine, part))) for part in fine)


def link(
    tables: Sequence[Table],
    earlier: Sequence[ReleasedTable] = (),
    nestings: Sequence[Nesting] = (),
    public: Sequence[Key] = (),
    within: Sequence[tuple[Key, Key]] = (),
) -> System:
    """Bring tables and earlier releases together in one system.

    Parameters
    ----------
    tables
        The tables of this release.
    earlier
        Tables released before on the same people.
    nestings
        Characteristics whose categories lie within those of another.
    public
        Cells of these tables whose value is known from elsewhere, such as the number of people
        in the study; they cannot be hidden.
    within
        Pairs of cells of which the people of the smaller lie within those of the larger, such as
        an analysis with one filter more, or the same table at an earlier release.

    Raises
    ------
    InconsistentTables
        A cell has two values, or a part is larger than its whole.
    """
    builder = Builder()
    for table in tables:
        builder.add_table(table)
    for released in earlier:
        builder.add_earlier(released)
    for name in public:
        builder.make_public(name)
    keys = list(builder.cells)
    for nesting in nestings:
        for total, parts in _nested(keys, nesting):
            builder.add_split(total, parts)
    for total, parts in _splits(keys):
        builder.add_split(total, parts)
    for first, second in within:
        builder.add_within(first, second)
    builder.add_joints()
    return _system(builder)


def _system(builder: Builder) -> System:
    places = {name: place for place, name in enumerate(builder.cells)}
    cells = list(builder.cells.values())

    def floats(name: str) -> Floats:
        return np.array([getattr(cell, name) for cell in cells], dtype=np.float64)

    def flags(name: str) -> NDArray[np.bool_]:
        return np.array([getattr(cell, name) for cell in cells], dtype=np.bool_)

    lines = [
        (places[total], tuple(places[part] for part in parts)) for total, parts in builder.sums
    ]
    groups = [
        (places[total], tuple(places[part] for part in parts)) for total, parts in builder.groups
    ]
    return System(
        keys=tuple(builder.cells),
        values=floats("value"),
        people=floats("people"),
        largest=floats("largest"),
        second=floats("second"),
        is_amount=flags("is_amount"),
        can_show=flags("can_show"),
        low=floats("low"),
        high=floats("high"),
        guarded=flags("guarded"),
        joint=flags("joint"),
        worth=floats("worth"),
        sums=tuple(Sum(total=total, parts=parts) for total, parts in lines),
        groups=tuple(Group(whole=total, answers=parts) for total, parts in groups),
        too_large=tuple(builder.too_large),
    )
