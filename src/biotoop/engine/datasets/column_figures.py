"""The figures of a table that every later pass needs, and the hash of what it says."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import attrs
import pyarrow as pa

from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.messages import note
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.data_engine import Session, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.fixed_point import LARGEST, ExactSum, exact_sum, number
from biotoop.engine.datasets.snapshots import SnapshotColumn

_NEVER_NUMERIC = frozenset({ColumnType.DATE, ColumnType.TEXT})


def as_double(column: SnapshotColumn) -> str:
    """Write a column as a double in SQL; nan and words become NULL.

    A comparison with nan will not do: the smallest and largest value that a parquet file tells
    leave nan out, and the data engine then takes the comparison to be false everywhere.
    """
    name = quoted(column.name)
    if column.type is ColumnType.CATEGORY:
        return f"TRY_CAST({name} AS DOUBLE)"
    if column.type is ColumnType.NUMBER and column.nan:
        return f"CASE WHEN NOT isnan(CAST({name} AS DOUBLE)) THEN CAST({name} AS DOUBLE) END"
    return f"CAST({name} AS DOUBLE)"


def measure(
    session: Session, source: str, types: Mapping[str, ColumnType], *, file: str
) -> tuple[int, tuple[SnapshotColumn, ...]]:
    """Count rows and missing values, and find range, mean and spread of every column.

    Parameters
    ----------
    session
        The data engine.
    source
        FROM item with the rows.
    types
        Kind of each column, in order.
    file
        Name for messages.

    Returns
    -------
    tuple
        Number of rows, and the columns with their figures. The same for any order of rows.

    Raises
    ------
    InvalidData
        A column holds infinite values, or values beyond 1e150.
    """
    columns = [SnapshotColumn(name=name, type=kind) for name, kind in types.items()]
    parts = [part for place, column in enumerate(columns) for part in _range_sql(column, place)]
    said = session.table(f"SELECT {', '.join(['count(*) AS n', *parts])} FROM {source}")
    found = said.to_pylist()[0]
    rows = int(found["n"])
    ranged = [_range(column, found, place, file) for place, column in enumerate(columns)]
    return rows, _centred(session, source, ranged, rows)


def _range_sql(column: SnapshotColumn, place: int) -> list[str]:
    if column.type in _NEVER_NUMERIC:
        return [f"count({quoted(column.name)}) AS c{place}"]
    value = as_double(column)
    present = value if column.type is ColumnType.NUMBER else quoted(column.name)
    nan = f"isnan(CAST({quoted(column.name)} AS DOUBLE))"
    number = column.type is ColumnType.NUMBER
    return [
        f"{f'coalesce(bool_or({nan}), false)' if number else 'false'} AS i{place}",
        f"count({present}) AS c{place}",
        f"count({value}) AS k{place}",
        f"min({value}) AS a{place}",
        f"max({value}) AS b{place}",
        f"bool_and({value} = trunc({value})) AS w{place}",
    ]


def _range(
    column: SnapshotColumn, found: Mapping[str, Any], place: int, file: str
) -> SnapshotColumn:
    present = found[f"c{place}"]
    nan = bool(found.get(f"i{place}", False))
    column = attrs.evolve(column, missing=found["n"] - present, nan=nan)
    if not present or found.get(f"k{place}") != present:
        return column
    least, most = float(found[f"a{place}"]), float(found[f"b{place}"])
    if max(-least, most) > LARGEST:
        raise InvalidData(
            file=file,
            reason=note(
                "datasets.reason.too_far", column=column.name, low=f"{least:g}", high=f"{most:g}"
            ),
        )
    whole = bool(found[f"w{place}"])
    return attrs.evolve(column, numeric=True, whole=whole, minimum=least, maximum=most)


def _centred(
    session: Session, source: str, columns: Sequence[SnapshotColumn], rows: int
) -> tuple[SnapshotColumn, ...]:
    """Find mean and spread of the columns with numbers, from exact sums about mid-range."""
    sums = {column.name: _sums(session, column) for column in columns if column.numeric}
    if not sums:
        return tuple(columns)
    totals = [
        f"CAST({pair[0].sql} AS VARCHAR) AS a{place}, CAST({pair[1].sql} AS VARCHAR) AS b{place}"
        for place, pair in enumerate(sums.values())
    ]
    found = session.table(f"SELECT {', '.join(totals)} FROM {source}").to_pylist()[0]
    figures = {
        name: (pair[0].exact(int(found[f"a{place}"])), pair[1].exact(int(found[f"b{place}"])))
        for place, (name, pair) in enumerate(sums.items())
    }
    return tuple(
        _with_moments(column, *figures[column.name], rows - column.missing)
        if column.numeric
        else column
        for column in columns
    )


def _middle(column: SnapshotColumn) -> float:
    return (column.minimum or 0.0) / 2 + (column.maximum or 0.0) / 2


def _sums(session: Session, column: SnapshotColumn) -> tuple[ExactSum, ExactSum]:
    """Write the sums of the offsets from mid-range, and of their squares."""
    offset = f"({as_double(column)} - {number(_middle(column))})"
    bound = (column.maximum or 0.0) - _middle(column)
    return (
        exact_sum(session, offset, bound=bound),
        exact_sum(session, f"{offset} * {offset}", bound=bound * bound, usual=0.0),
    )


def _with_moments(
    column: SnapshotColumn, offsets: Fraction, squares: Fraction, count: int
) -> SnapshotColumn:
    shift = offsets / count
    variance = max(squares / count - shift * shift, Fraction(0))
    mean = float(Fraction(_middle(column)) + shift)
    return attrs.evolve(column, mean=mean, deviation=math.sqrt(variance))


def table_hash(session: Session, source: str, types: Mapping[str, ColumnType], rows: int) -> str:
    """Hash names, types and values of a table, whatever the order of its rows and columns.

    Every row is written as text (words with their length before them), hashed with MD5, and the
    two halves of the hashes are summed over the rows; the sums, the number of rows and the
    columns are hashed with SHA-256. Equal rows count as often as they occur.
    """
    names = sorted(types)
    row = ", '|', ".join(_cell(name, types[name]) for name in names) or "''"
    found = session.table(
        f"SELECT sum(CAST(h >> 64 AS HUGEINT)) AS high,"
        f" sum(CAST(h & 18446744073709551615 AS HUGEINT)) AS low"
        f" FROM (SELECT md5_number(concat({row})) AS h FROM {source})"
    )
    high, low = (int(found[name][0].as_py() or 0) for name in ("high", "low"))
    said = [[[name, types[name].value] for name in names], rows, str(high), str(low)]
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _cell(name: str, kind: ColumnType) -> str:
    """Write a value as text; concat() writes nothing for a missing one."""
    value = quoted(name)
    if kind is ColumnType.NUMBER:
        value = f"CAST({value} AS DOUBLE)"
        return f"CASE WHEN isnan({value}) THEN NULL WHEN {value} = 0 THEN 0.0 ELSE {value} END"
    if kind in (ColumnType.CATEGORY, ColumnType.TEXT):
        return f"strlen({value}), ':', {value}"
    return value


def type_of(kind: pa.DataType) -> ColumnType | None:
    """Give the kind of column for an Arrow type; None for kinds that have no place here."""
    for test, column_type in _TYPES:
        if test(kind):
            return column_type
    return None


_TYPES = (
    (pa.types.is_boolean, ColumnType.BOOLEAN),
    (pa.types.is_integer, ColumnType.INTEGER),
    (pa.types.is_floating, ColumnType.NUMBER),
    (pa.types.is_decimal, ColumnType.NUMBER),
    (pa.types.is_date, ColumnType.DATE),
    (pa.types.is_string, ColumnType.CATEGORY),
    (pa.types.is_large_string, ColumnType.CATEGORY),
    (pa.types.is_dictionary, ColumnType.CATEGORY),
)
