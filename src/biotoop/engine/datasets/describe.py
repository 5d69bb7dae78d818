"""What a table holds: how many, what is missing and why, how values lie.

Everything is counted inside the data engine and exact: quantiles are order statistics, not
approximations. Which of these figures may leave the room is for the disclosure service.
"""

import math
from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.cells import compress
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, quoted
from biotoop.engine.datasets.row_selection import RowFilter, Selection, selection, usable
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@attrs.frozen(kw_only=True)
class MissingCount:
    """Rows without a value for one reason.

    Attributes
    ----------
    code
        The code that stood there; empty for a cell without anything.
    reason
        The reason in the words of the codebook; None for a cell without anything.
    count
        Number of rows.
    """

    code: str
    reason: Text | None
    count: int


@attrs.frozen(kw_only=True)
class Description:
    """How the values of one column lie.

    Attributes
    ----------
    column, label, type
        Name, label and kind of the column.
    n
        Rows with a value.
    missing
        Rows without, per reason, largest first.
    mean, sd
        Mean and standard deviation (n - 1); None for words, sd None below two values.
    quantiles
        Value at each share of ``QUANTILES``, linear between order statistics (type 7 of Hyndman
        & Fan 1996); empty for words.
    frequencies
        Rows per code for categories and yes/no, in the order of the codebook.
    """

    column: str
    label: Text | None
    type: ColumnType
    n: int
    missing: tuple[MissingCount, ...] = ()
    mean: float | None = None
    sd: float | None = None
    quantiles: Mapping[float, float] = attrs.field(factory=dict)
    frequencies: Mapping[str, int] = attrs.field(factory=dict)


def describe(
    snapshot: Snapshot,
    columns: Sequence[str] | None = None,
    *,
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> tuple[Description, ...]:
    """Describe columns of a table: counts, missing by reason, mean, spread, quantiles.

    Parameters
    ----------
    snapshot
        The table.
    columns
        Columns to describe; None takes all but the key.
    where
        Filters; a row takes part when it passes all.
    engine
        The data engine; DuckDB when not given.

    Raises
    ------
    UnknownColumn
        A column is not in the table.
    """
    key = () if snapshot.dataset is None else snapshot.dataset.key
    names = [column.name for column in snapshot.columns if column.name not in key]
    chosen = engine or DuckEngine()
    asked = [snapshot.column(name) for name in (names if columns is None else columns)]
    with chosen.open() as session:
        return tuple(_describe(session, snapshot, column, where, chosen) for column in asked)


def _describe(
    session: Session,
    snapshot: Snapshot,
    column: SnapshotColumn,
    where: Sequence[RowFilter],
    engine: DataEngine,
) -> Description:
    label = _label(snapshot, column.name)
    missing = _missing(session, snapshot, column, selection(snapshot, where))
    filled = usable(snapshot, [column.name], where)
    base = Description(
        column=column.name,
        label=label,
        type=column.type,
        missing=missing,
        n=_count(session, snapshot, filled),
    )
    if column.type in (ColumnType.CATEGORY, ColumnType.BOOLEAN):
        cells = compress(snapshot, by=[column.name], outcomes=[], where=where, engine=engine)
        codes = cells.labels.get(column.name, ("false", "true"))
        places = cells.by[column.name].astype(int)
        counted = {codes[place]: int(n) for place, n in zip(places, cells.n, strict=True)}
        return attrs.evolve(base, frequencies=counted)
    if column.type in (ColumnType.NUMBER, ColumnType.INTEGER) and base.n:
        mean, sd = _moments(snapshot, column.name, where, engine)
        quantiles = _quantiles(session, snapshot, column, filled, base.n)
        return attrs.evolve(base, mean=mean, sd=sd, quantiles=quantiles)
    return base


def _label(snapshot: Snapshot, name: str) -> Text | None:
    described = () if snapshot.dataset is None else snapshot.dataset.columns
    return next((column.label for column in described if column.name == name), None)


def _count(session: Session, snapshot: Snapshot, chosen: Selection) -> int:
    rows = session.rows_of(snapshot.path)
    found = session.table(f"SELECT count(*) AS n FROM {rows} WHERE {chosen.sql}", chosen.params)
    return int(found["n"][0].as_py())


def _missing(
    session: Session, snapshot: Snapshot, column: SnapshotColumn, chosen: Selection
) -> tuple[MissingCount, ...]:
    if not column.missing:
        return ()
    code = "NULL" if column.reasons is None else quoted(column.reasons)
    number = column.type is ColumnType.NUMBER
    empty = f"{as_double(column) if number else quoted(column.name)} IS NULL"
    found = session.table(
        f"SELECT coalesce(CAST({code} AS VARCHAR), '') AS code, count(*) AS n"
        f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql} AND {empty}"
        f" GROUP BY ALL ORDER BY n DESC, code",
        chosen.params,
    )
    reasons = {item.code: item.reason for item in snapshot.exclusions if item.column == column.name}
    return tuple(
        MissingCount(
            code=row["code"],
            count=row["n"],
            reason=reasons.get(row["code"]) if row["code"] else None,
        )
        for row in found.to_pylist()
    )


def _moments(
    snapshot: Snapshot, name: str, where: Sequence[RowFilter], engine: DataEngine
) -> tuple[float, float | None]:
    cells = compress(snapshot, by=[], outcomes=[name], where=where, engine=engine)
    n, shift = float(cells.n[0]), float(cells.deviations[name][0])
    mean = cells.centre[name] + shift / n
    if n < 2:
        return mean, None
    within = max(float(cells.squares[name][0]) - shift * shift / n, 0.0)
    return mean, math.sqrt(within / (n - 1))


def _quantiles(
    session: Session, snapshot: Snapshot, column: SnapshotColumn, chosen: Selection, n: int
) -> dict[float, float]:
    """Find the order statistics on both sides of each quantile, from counts per value."""
    places = {share: (n - 1) * share for share in QUANTILES}
    wanted = sorted(
        {math.floor(place) for place in places.values()}
        | {math.ceil(place) for place in places.values()}
    )
    picked = ", ".join(f"min(v) FILTER (WHERE upto > {rank}) AS q{rank}" for rank in wanted)
    found = session.table(
        f"WITH counted AS (SELECT {as_double(column)} AS v, count(*) AS k"
        f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql} GROUP BY v),"
        f" ranked AS (SELECT v, sum(k) OVER (ORDER BY v) AS upto FROM counted)"
        f" SELECT {picked} FROM ranked",
        chosen.params,
    ).to_pylist()[0]
    values = {rank: float(found[f"q{rank}"]) for rank in wanted}
    return {
        share: values[math.floor(place)]
        + (place - math.floor(place)) * (values[math.ceil(place)] - values[math.floor(place)])
        for share, place in places.items()
    }
