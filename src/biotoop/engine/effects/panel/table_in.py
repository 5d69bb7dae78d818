"""Whatever holds a table becomes a snapshot: a snapshot, a file, a data frame, or arrays."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from biotoop.engine.datasets.store import (
    DataEngine,
    IbisEngine,
    IbisTable,
    Snapshot,
    is_ibis,
    open_snapshot,
    snapshot_from_columns,
)


class ArrowTable(Protocol):
    """A data frame that can be read as Arrow, such as those of pandas, polars and DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Give the table by the Arrow interface."""
        ...


Data = Snapshot | Path | str | ArrowTable | IbisTable | Mapping[str, np.ndarray]


def engine_for(data: Data, engine: DataEngine | None) -> DataEngine | None:
    """Take the database of a table of Ibis; all other data go by the engine that was given."""
    return IbisEngine(table=data) if is_ibis(data) else engine


@contextmanager
def as_snapshot(data: Data, engine: DataEngine | None) -> Iterator[Snapshot]:
    """Give data as a snapshot; what has to be written is gone when the block ends.

    Raises
    ------
    InvalidData
        The file is no Parquet, or the table cannot be taken.
    """
    if isinstance(data, Snapshot):
        yield data
    elif isinstance(engine, IbisEngine):
        yield engine.snapshot()
    elif isinstance(data, str | Path):
        yield open_snapshot(Path(data), engine=engine)
    else:
        with TemporaryDirectory(prefix="biotoop-panel-") as folder:
            if isinstance(data, Mapping):
                yield snapshot_from_columns(data, Path(folder), engine=engine)
            else:
                path = Path(folder) / "table.parquet"
                pq.write_table(_with_days(pa.table(data).replace_schema_metadata(None)), path)
                yield open_snapshot(path, engine=engine)


def _with_days(table: pa.Table) -> pa.Table:
    """Make days of moments that are all at midnight, as data frames keep days."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            try:
                table = table.set_column(place, field.name, table[place].cast(pa.date32()))
            except pa.ArrowInvalid:
                continue
    return table
