"""The figures of a table that every later pass needs, and the hash of what it says."""

import hashlib
import math
from collections.abc import Mapping
from fractions import Fraction

import attrs
import pyarrow as pa

from biotoop.engine.core.ids import canonical_json
from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.data_engine import Session, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.fixed_point import LARGEST, exact_sum, number
from biotoop.engine.datasets.snapshots import SnapshotColumn

_NEVER_NUMERIC = frozenset({ColumnType.DATE, ColumnType.TEXT})


def as_double(column: SnapshotColumn) -> str:
    """Write a column as a double in SQL; nan and words become NULL."""
    name = quoted(column.name)
    if column.type is ColumnType.CATEGORY:
        return f"TRY_CAST({name} AS DOUBLE)"
    if column.type is ColumnType.NUMBER:
        return f"nullif(CAST({name} AS DOUBLE), CAST('nan' AS DOUBLE))"
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
    rows = int(session.table(f"SELECT count(*) AS n FROM {source}")["n"][0].as_py())
    columns = [
        _range(session, source, SnapshotColumn(name=name, type=kind), file)
        for name, kind in types.items()
    ]
    return rows, tuple(_centre(session, source, column, rows) for column in columns)


def _range(session: Session, source: str, column: SnapshotColumn, file: str) -> SnapshotColumn:
    value = "NULL" if column.type in _NEVER_NUMERIC else as_double(column)
    present = quoted(column.name)
    if column.type is ColumnType.NUMBER:
        present = value
    found = session.table(
        f"SELECT count(*) - count({present}) AS missing, count(*) AS n, count({value}) AS numbers,"
        f" min({value}) AS least, max({value}) AS most,"
        f" bool_and({value} = trunc({value})) AS whole FROM {source}"
    ).to_pylist()[0]
    column = attrs.evolve(column, missing=found["missing"])
    if found["numbers"] != found["n"] - found["missing"] or not found["numbers"]:
        return column
    least, most = float(found["least"]), float(found["most"])
    if max(-least, most) > LARGEST:
        raise InvalidData(file=file, reason=f"{column.name}: {least:g} .. {most:g}")
    return attrs.evolve(column, numeric=True, whole=found["whole"], minimum=least, maximum=most)


def _centre(session: Session, source: str, column: SnapshotColumn, rows: int) -> SnapshotColumn:
    if column.minimum is None or column.maximum is None:
        return column
    middle = column.minimum / 2 + column.maximum / 2
    bound = max(column.maximum - middle, middle - column.minimum)
    offset = f"({as_double(column)} - {number(middle)})"
    first = exact_sum(session, offset, bound=bound)
    second = exact_sum(session, f"{offset} * {offset}", bound=bound * bound, usual=0.0)
    found = session.table(f"SELECT {first.sql} AS a, {second.sql} AS b FROM {source}")
    count = rows - column.missing
    shift = first.exact(int(found["a"][0].as_py())) / count
    square = second.exact(int(found["b"][0].as_py())) / count
    variance = max(square - shift * shift, Fraction(0))
    return attrs.evolve(
        column, mean=float(Fraction(middle) + shift), deviation=math.sqrt(variance)
    )


def table_hash(
    session: Session, source: str, types: Mapping[str, ColumnType], rows: int
) -> str:
    """Hash names, types and values of a table, whatever the order of its rows and columns.

    Every row is written as text with the length of each value before it, hashed with MD5, and
    the two halves of the hashes are summed over the rows; the sums, the number of rows and the
    columns are hashed with SHA-256. Equal rows count as often as they occur.
    """
    names = sorted(types)
    row = " || ".join(_cell(name, types[name]) for name in names) or "''"
    found = session.table(
        f"SELECT sum(CAST(h >> 64 AS HUGEINT)) AS high,"
        f" sum(CAST(h & 18446744073709551615 AS HUGEINT)) AS low"
        f" FROM (SELECT md5_number({row}) AS h FROM {source})"
    )
    high, low = (int(found[name][0].as_py() or 0) for name in ("high", "low"))
    said = [[[name, types[name].value] for name in names], rows, str(high), str(low)]
    return hashlib.sha256(canonical_json(said)).hexdigest()


def _cell(name: str, kind: ColumnType) -> str:
    value = quoted(name)
    if kind is ColumnType.NUMBER:
        value = f"nullif(CAST({value} AS DOUBLE), CAST('nan' AS DOUBLE))"
        value = f"CASE WHEN {value} = 0 THEN 0.0 ELSE {value} END"
    text = f"CAST({value} AS VARCHAR)"
    return f"coalesce(length({text}) || ':' || {text}, '-')"


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
