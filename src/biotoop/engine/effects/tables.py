"""The table of one plan: the waves of the same people side by side, written by the data engine."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import DataEngine, Session, literal, quoted
from biotoop.engine.datasets.fixed_point import number
from biotoop.engine.datasets.row_selection import Where
from biotoop.engine.datasets.snapshot_files import open_snapshot
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn
from biotoop.engine.effects.refusals import Refused

_WORDS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.DATE})
_LONG = "wave"


@attrs.frozen(kw_only=True)
class AnalysisTable:
    """A table on which a plan can run, and what its columns are called there.

    Attributes
    ----------
    snapshot
        The rows: one for each person, or one for each person and wave.
    where
        Limits that the waves bring.
    paired
        Whether before and after of the same people stand in one row. Then a column has its value
        before, ``after(column)`` and ``change(column)`` give the others.
    period
        Column that tells before from after, when these are other people; None otherwise.
    earlier
        Waves before the one before, nearest first, for ``earlier_change``.
    """

    snapshot: Snapshot
    where: tuple[Where, ...] = ()
    paired: bool = False
    period: str | None = None
    earlier: tuple[str, ...] = ()


def after(column: str) -> str:
    """Give the name of a column at the wave after."""
    return f"{column}__after"


def change(column: str) -> str:
    """Give the name of the change of a column from before to after."""
    return f"{column}__change"


def earlier_change(column: str, wave: str) -> str:
    """Give the name of the change of a column from an earlier wave to the wave before."""
    return f"{column}__since_{wave}"


def wave_column(snapshot: Snapshot) -> str | None:
    """Give the column with the wave; None when the table has no waves."""
    dataset = snapshot.dataset
    if dataset is None or not dataset.waves:
        return None
    return dataset.wave or _LONG


def single_table(snapshot: Snapshot, wave: str | None) -> AnalysisTable:
    """Take a table as it is, or the rows of one wave of it."""
    column = wave_column(snapshot)
    if wave is None or column is None:
        return AnalysisTable(snapshot=snapshot)
    return AnalysisTable(snapshot=snapshot, where=(Where(column=column, values=(wave,)),))


def stacked_table(snapshot: Snapshot, before: str, last: str) -> AnalysisTable:
    """Take two waves with other people in each, and the waves before those."""
    column = _required_wave(snapshot)
    return AnalysisTable(
        snapshot=snapshot,
        where=(Where(column=column, values=(before, last)),),
        period=column,
        earlier=_earlier(snapshot, before),
    )


def _required_wave(snapshot: Snapshot) -> str:
    column = wave_column(snapshot)
    if column is None:
        raise Refused("effects.refused.no_waves")
    return column


def _earlier(snapshot: Snapshot, before: str) -> tuple[str, ...]:
    waves = () if snapshot.dataset is None else snapshot.dataset.waves
    names = [wave.id for wave in waves]
    return tuple(reversed(names[: names.index(before)])) if before in names else ()


@attrs.frozen(kw_only=True)
class Pairing:
    """What to put side by side.

    Attributes
    ----------
    before, after
        The waves.
    keep
        Columns to keep as they were before.
    treatment
        Column that says who was reached, as it was after; None without groups.
    outcomes
        Columns of which the change is wanted.
    """

    before: str
    after: str
    keep: tuple[str, ...]
    treatment: str | None
    outcomes: tuple[str, ...]


def paired_table(
    snapshot: Snapshot, pairing: Pairing, folder: Path, *, engine: DataEngine
) -> AnalysisTable:
    """Write one row for each person of the wave before, with the outcomes after and the change.

    People who are not in the wave after keep their row, with the outcome missing.

    Raises
    ------
    Refused
        The table has no waves, a person stands in a wave twice, or people were reached before
        the wave before already.
    """
    column = snapshot.column(_required_wave(snapshot))
    dataset = snapshot.dataset
    keys = tuple(k for k in (dataset.key if dataset else ()) if k != column.name)
    earlier = _earlier(snapshot, pairing.before)
    waves = {"b": pairing.before, "a": pairing.after}
    waves |= {f"e{place}": wave for place, wave in enumerate(earlier)}
    with engine.open() as session:
        sources = {
            alias: f"(SELECT * FROM {session.rows_of(snapshot.path)} WHERE {_is(column, wave)})"
            for alias, wave in waves.items()
        }
        for alias in ("b", "a"):
            _refuse_twice(session, sources[alias], keys, waves[alias])
        joined = _joined(sources, keys)
        if pairing.treatment is not None:
            _refuse_already_reached(session, joined, pairing.treatment)
        columns = ", ".join(
            f"{sql} AS {quoted(name)}" for name, sql in _columns(snapshot, pairing, earlier).items()
        )
        stage = folder / "paired.parquet"
        session.run(f"COPY (SELECT {columns} FROM {joined}) TO {literal(str(stage))}")
    written = attrs.evolve(open_snapshot(stage, engine=engine), dataset=dataset)
    return AnalysisTable(snapshot=written, paired=True, earlier=earlier)


def _is(column: SnapshotColumn, code: str) -> str:
    if column.type in _WORDS:
        return f"CAST({quoted(column.name)} AS VARCHAR) = {literal(code)}"
    try:
        return f"{as_double(column)} = {number(float(code))}"
    except ValueError as error:
        raise Refused("effects.refused.no_such_wave", wave=code) from error


def _joined(sources: Mapping[str, str], keys: Sequence[str]) -> str:
    parts = [f"{sources['b']} b"]
    for alias, source in sources.items():
        if alias != "b":
            same = " AND ".join(f"b.{quoted(key)} = {alias}.{quoted(key)}" for key in keys)
            parts.append(f"LEFT JOIN {source} {alias} ON {same}")
    return " ".join(parts)


def _refuse_twice(session: Session, source: str, keys: Sequence[str], wave: str) -> None:
    if not keys:
        raise Refused("effects.refused.no_key")
    listed = ", ".join(quoted(key) for key in keys)
    found = session.table(
        f"SELECT count(*) AS n, count(DISTINCT ({listed})) AS people FROM {source}"
    ).to_pylist()[0]
    if not found["n"]:
        raise Refused("effects.refused.no_such_wave", wave=wave)
    if found["n"] != found["people"]:
        twice = found["n"] - found["people"]
        raise Refused("effects.refused.twice", wave=wave, rows=twice, key=tuple(keys))


def _refuse_already_reached(session: Session, joined: str, treatment: str) -> None:
    """Where the column changes over time, nobody may stand on the reached side before."""
    name = quoted(treatment)
    found = session.table(
        f"SELECT count(*) FILTER (WHERE b.{name} <> a.{name}) AS moved,"
        f" count(DISTINCT b.{name}) AS before FROM {joined}"
    ).to_pylist()[0]
    if found["moved"] and found["before"] > 1:
        raise Refused("effects.refused.already_reached", column=treatment, n=found["moved"])


def _columns(snapshot: Snapshot, pairing: Pairing, earlier: Sequence[str]) -> dict[str, str]:
    chosen = {name: f"b.{quoted(name)}" for name in (*pairing.keep, *pairing.outcomes)}
    if pairing.treatment is not None:
        name = quoted(pairing.treatment)
        chosen[pairing.treatment] = f"coalesce(a.{name}, b.{name})"
    for name in pairing.outcomes:
        old, new = (_number(snapshot.column(name), alias) for alias in ("b", "a"))
        chosen[after(name)] = new
        chosen[change(name)] = f"{new} - {old}"
        for place, wave in enumerate(earlier):
            once = _number(snapshot.column(name), f"e{place}")
            chosen[earlier_change(name, wave)] = f"{old} - {once}"
    return chosen


def _number(column: SnapshotColumn, alias: str) -> str:
    return as_double(column).replace(quoted(column.name), f"{alias}.{quoted(column.name)}")
