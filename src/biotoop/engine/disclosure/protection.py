"""Protect linked tables, and attack the result: the two ends of one promise."""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.disclosure.attack import known_bounds, with_marks, work_out
from biotoop.engine.disclosure.linking import Nesting, System, link
from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.disclosure.primary import Ground, Requirement, requirements
from biotoop.engine.disclosure.suppression import Pattern, suppress
from biotoop.engine.disclosure.tables import (
    CellStatus,
    Key,
    ReleasedTable,
    Table,
    keys_of,
    rounded_to,
)

Flags = NDArray[np.bool_]


@attrs.frozen(kw_only=True)
class AttackedCell:
    """What the attacker learned about one cell that must stay hidden.

    Attributes
    ----------
    key
        The cell.
    ground
        Why it must stay hidden.
    low, high
        The smallest and largest value that fit everything a reader knows.
    safe
        Whether that is wide enough.
    """

    key: Key
    ground: Ground
    low: float
    high: float
    safe: bool


@attrs.frozen(kw_only=True)
class AttackReport:
    """What a reader can work out from everything published together.

    Attributes
    ----------
    cells
        Every cell that must stay hidden, with what the attacker learned of it.
    """

    cells: tuple[AttackedCell, ...]

    @property
    def recovered(self) -> tuple[AttackedCell, ...]:
        """The cells about which the attacker learned too much."""
        return tuple(cell for cell in self.cells if not cell.safe)

    @property
    def is_safe(self) -> bool:
        """Whether the attacker learned too much about no cell at all."""
        return not self.recovered


@attrs.frozen(kw_only=True)
class Protection:
    """Tables as they may be shown, with the attack that they withstood.

    Attributes
    ----------
    tables
        The tables, in the order in which they were given.
    attack
        What a reader can work out from them.
    grounds
        For each cell hidden for its own sake: why.
    shown, hidden_primary, hidden_secondary
        Number of cells, each counted once although tables share it.
    too_large
        Characteristics of full cross-tables that were too large for the attack.
    """

    tables: tuple[ReleasedTable, ...]
    attack: AttackReport
    grounds: tuple[tuple[Key, Ground], ...]
    shown: int
    hidden_primary: int
    hidden_secondary: int
    too_large: tuple[tuple[str, ...], ...]


def protect(
    tables: Sequence[Table],
    policy: SurveyPolicy,
    *,
    earlier: Sequence[ReleasedTable] = (),
    nestings: Sequence[Nesting] = (),
    public: Sequence[Key] = (),
    within: Sequence[tuple[Key, Key]] = (),
) -> Protection:
    """Hide what must be hidden in linked tables, and prove it by attacking the result.

    Parameters
    ----------
    tables
        The tables of this release, on the same people.
    policy
        The rules.
    earlier
        Tables released before on these people.
    nestings
        Characteristics whose categories lie within those of another, such as neighbourhoods.
    public
        Cells whose value is known from elsewhere and that cannot be hidden.
    within
        Pairs of cells of which the people of the smaller lie within those of the larger.

    Returns
    -------
    Protection
        The tables; ``attack.is_safe`` is False when earlier releases or public figures tell so
        much that nothing can protect a cell any more.

    Raises
    ------
    InconsistentTables
        A cell has two values, or a part is larger than its whole.
    """
    system = link(tables, earlier, nestings, public, within)
    needed = requirements(system, policy)
    pattern = suppress(system, needed, rounding=policy.rounding)
    attack = _attack(system, needed, pattern.shown, policy.rounding, {})
    places = system.places()
    grounds = {system.keys[item.place]: item.ground for item in reversed(needed)}
    return Protection(
        tables=tuple(_released(table, system, places, pattern, policy) for table in tables),
        attack=attack,
        grounds=tuple(
            (name, grounds[name])
            for place, name in enumerate(system.keys)
            if pattern.primary[place]
        ),
        shown=int(np.count_nonzero(pattern.shown)),
        hidden_primary=int(np.count_nonzero(pattern.primary)),
        hidden_secondary=int(np.count_nonzero(pattern.secondary)),
        too_large=system.too_large,
    )


def audit(
    tables: Sequence[Table],
    released: Sequence[ReleasedTable],
    policy: SurveyPolicy,
    *,
    earlier: Sequence[ReleasedTable] = (),
    nestings: Sequence[Nesting] = (),
    public: Sequence[Key] = (),
    within: Sequence[tuple[Key, Key]] = (),
    marks: Mapping[str, tuple[float, float]] | None = None,
) -> AttackReport:
    """Attack tables as somebody published them, ours or not.

    Parameters
    ----------
    tables
        The true tables.
    released
        The same tables as published.
    policy
        What must stay hidden.
    earlier, nestings, public, within
        As in ``protect``.
    marks
        What a mark says about a hidden cell, by its written identity: ``{"people: x=1": (0, 4)}``
        for a cell printed as "<5".

    Raises
    ------
    InconsistentTables, ImpossibleKnowledge
        What is published contradicts itself.
    """
    system = link(tables, earlier, nestings, public, within)
    places = system.places()
    shown = np.zeros(len(system.keys), dtype=bool)
    for table in released:
        names = keys_of(table.dimensions, table.population, table.measure)
        for name, value in zip(names, table.values, strict=True):
            shown[places[name]] |= value is not None
    needed = requirements(system, policy)
    return _attack(system, needed, shown, policy.rounding, marks or {})


def _attack(
    system: System,
    needed: Sequence[Requirement],
    shown: Flags,
    rounding: int | None,
    marks: Mapping[str, tuple[float, float]],
) -> AttackReport:
    low, high = known_bounds(system, shown, rounding=rounding)
    low, high = with_marks(low, high, system, marks)
    learned = work_out(system, low, high, [item.place for item in needed])
    cells = tuple(
        AttackedCell(
            key=system.keys[item.place],
            ground=item.ground,
            low=float(learned.low[item.place]),
            high=float(learned.high[item.place]),
            safe=item.is_met(float(learned.low[item.place]), float(learned.high[item.place])),
        )
        for item in needed
    )
    return AttackReport(cells=cells)


def _released(
    table: Table,
    system: System,
    places: Mapping[Key, int],
    pattern: Pattern,
    policy: SurveyPolicy,
) -> ReleasedTable:
    """Lay the pattern over one table; shown counts are rounded where the policy asks for it."""
    names = keys_of(table.dimensions, table.population, table.measure)
    own = [places[name] for name in names]
    values = system.values[own]
    rounding = None if table.amounts is not None else policy.rounding
    if rounding is not None:
        values = rounded_to(values, rounding)
    shown = pattern.shown[own]
    primary = pattern.primary[own]
    status = np.where(primary, CellStatus.PRIMARY, CellStatus.SECONDARY)
    return ReleasedTable(
        name=table.name,
        dimensions=table.dimensions,
        population=table.population,
        measure=table.measure,
        is_amount=table.amounts is not None,
        values=tuple(
            float(value) if seen else None for value, seen in zip(values, shown, strict=True)
        ),
        status=tuple(
            CellStatus.SHOWN if seen else CellStatus(word)
            for seen, word in zip(shown, status, strict=True)
        ),
        rounding=rounding,
    )
