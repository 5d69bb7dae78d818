"""Reading parquet: the columns are used where they lie."""

from pathlib import Path

import attrs
import pyarrow as pa
import pyarrow.parquet as pq

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import of_reading
from biotoop.engine.datasets.data_engine import literal
from biotoop.engine.datasets.raw_tables import RawColumn, RawKind, RawTable, counted_from_one

ROW_NUMBER = "file_row_number"


def read_parquet(path: Path, *, file: str) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Open a parquet file as a table, without copying it."""
    try:
        described = pq.ParquetFile(path)
        schema, rows = described.schema_arrow, described.metadata.num_rows
        described.close()
    except (pa.ArrowException, OSError) as error:
        fault = problem("core.unreadable_file", file=file, reason=of_reading(error))
        return None, (attrs.evolve(fault, file=file),)
    if not rows:
        return None, (attrs.evolve(problem("datasets.no_rows"), file=file),)
    lowered = [name.lower() for name in schema.names]
    doubles = sorted(name for name in schema.names if lowered.count(name.lower()) > 1)
    if doubles:  # the data engine tells names apart without capitals
        fault = problem("core.csv_double_column", doubles[0], column=doubles[0])
        return None, (attrs.evolve(fault, file=file),)
    columns = {
        part.name: RawColumn(name=part.name, stored=part.name, kind=_kind(part.type))
        for part in schema
        if part.name != ROW_NUMBER
    }
    source = f"read_parquet({literal(str(path))}, {ROW_NUMBER} = true)"
    return RawTable(source=source, rows=rows, columns=columns, lines=counted_from_one), ()


def _kind(kind: pa.DataType) -> RawKind:
    if pa.types.is_dictionary(kind):
        return _kind(kind.value_type)
    if pa.types.is_integer(kind):
        return RawKind.INTEGER
    for test, found in (
        (pa.types.is_boolean, RawKind.BOOLEAN),
        (pa.types.is_floating, RawKind.NUMBER),
        (pa.types.is_decimal, RawKind.NUMBER),
        (pa.types.is_date, RawKind.DATE),
        (pa.types.is_timestamp, RawKind.TEXT),
        (pa.types.is_string, RawKind.TEXT),
        (pa.types.is_large_string, RawKind.TEXT),
    ):
        if test(kind):
            return found
    return RawKind.OTHER
