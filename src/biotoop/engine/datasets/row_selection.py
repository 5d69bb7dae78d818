"""Which rows take part: chosen by codes, and counted when a value is missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import attrs

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.core.messages import note
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import Params, Session, Value, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn


class RowFilter(Protocol):
    """Rows in which a column has one of these codes; the filters of a plan fit this."""

    @property
    def column(self) -> str:
        """The column."""
        ...

    @property
    def values(self) -> tuple[str, ...]:
        """The codes that take part."""
        ...


def _written(values: Iterable[str | float]) -> tuple[str, ...]:
    """Write codes as they stand in a file: 1 and 1.0 as "1", True as "true"."""
    if isinstance(values, str):
        raise InvalidValue(field="values", value=values, allowed=(f'("{values}",)',))
    return tuple(value if isinstance(value, str) else _as_code(value) for value in values)


def _as_code(value: float) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if float(value).is_integer() else repr(float(value))


@attrs.frozen(kw_only=True)
class Where:
    """A filter made in code: ``Where(column="wave", values=("w1",))``; numbers may be codes too.

    Raises
    ------
    InvalidValue
        The values are one text: its letters would be taken for codes.
    """

    column: str
    values: tuple[str, ...] = attrs.field(converter=_written)


@attrs.frozen(kw_only=True)
class Selection:
    """A condition in SQL with its parameters.

    Attributes
    ----------
    sql
        The condition.
    params
        Its parameters.
    """

    sql: str
    params: Params


@attrs.frozen(kw_only=True)
class RowCount:
    """What became of the rows.

    Attributes
    ----------
    rows
        Rows that the filters let through.
    used
        Rows in which nothing needed is missing.
    missing
        Rows without a value, per column; a row may count in several.
    """

    rows: int
    used: int
    missing: Mapping[str, int]


def present(column: SnapshotColumn) -> str:
    """Write the condition that a column has a value."""
    number = column.type is ColumnType.NUMBER
    return f"{as_double(column) if number else quoted(column.name)} IS NOT NULL"


def selection(snapshot: Snapshot, where: Sequence[RowFilter]) -> Selection:
    """Write the filters as SQL; every code goes in as a parameter.

    Raises
    ------
    UnknownColumn
        A filter names a column that the table lacks.
    InvalidData
        A filter on a column of numbers has a code that is no number.
    """
    parts: list[str] = []
    params: dict[str, Value] = {}
    for place, item in enumerate(where):
        column = snapshot.column(item.column)
        names = [f"f{place}_{index}" for index in range(len(item.values))]
        params.update(zip(names, _codes(column, item.values, snapshot), strict=True))
        listed = ", ".join(f"${name}" for name in names) or "NULL"
        parts.append(f"{_comparable(column)} IN ({listed})")
    return Selection(sql=" AND ".join(parts) or "TRUE", params=params)


def usable(snapshot: Snapshot, needed: Sequence[str], where: Sequence[RowFilter]) -> Selection:
    """Write the filters together with the condition that nothing needed is missing."""
    chosen = selection(snapshot, where)
    columns = [snapshot.column(name) for name in dict.fromkeys(needed)]
    holed = [present(column) for column in columns if column.missing]
    return Selection(sql=" AND ".join([chosen.sql, *holed]), params=chosen.params)


def _comparable(column: SnapshotColumn) -> str:
    words = column.type in (ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.DATE)
    return f"CAST({quoted(column.name)} AS VARCHAR)" if words else as_double(column)


def _codes(
    column: SnapshotColumn, values: Sequence[str], snapshot: Snapshot
) -> Sequence[str | float]:
    if column.type in (ColumnType.CATEGORY, ColumnType.TEXT, ColumnType.DATE):
        return values
    truth = {"true": 1.0, "false": 0.0} if column.type is ColumnType.BOOLEAN else {}
    try:
        return [truth[item.lower()] if item.lower() in truth else float(item) for item in values]
    except ValueError as error:
        reason = note("datasets.reason.no_numbers", column=column.name, values=tuple(values))
        raise InvalidData(file=snapshot.path.name, reason=reason) from error


def count_rows(
    session: Session,
    snapshot: Snapshot,
    needed: Sequence[str],
    where: Sequence[RowFilter],
    *,
    wanted: Sequence[str] = (),
) -> RowCount:
    """Count the rows that the filters let through and, of those, what is missing.

    A row is used when no needed column is missing; missing values of wanted columns are counted
    only. Without filters and without missing values nothing has to be read.
    """
    columns = [snapshot.column(name) for name in dict.fromkeys((*needed, *wanted))]
    holed = [column for column in columns if column.missing]
    if not where and not holed:
        none = {column.name: 0 for column in columns}
        return RowCount(rows=snapshot.rows, used=snapshot.rows, missing=none)
    chosen = selection(snapshot, where)
    strict = [column for column in holed if column.name in needed]
    whole = " AND ".join(present(column) for column in strict) or "TRUE"
    counts = "".join(
        f", count(*) FILTER (WHERE NOT ({present(column)})) AS m{place}"
        for place, column in enumerate(holed)
    )
    found = session.table(
        f"SELECT count(*) AS n, count(*) FILTER (WHERE {whole}) AS used{counts}"
        f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql}",
        chosen.params,
    ).to_pylist()[0]
    by_name = {column.name: int(found[f"m{place}"]) for place, column in enumerate(holed)}
    missing = {column.name: by_name.get(column.name, 0) for column in columns}
    return RowCount(rows=int(found["n"]), used=int(found["used"]), missing=missing)
