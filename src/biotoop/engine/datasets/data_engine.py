"""The seam to the engine that holds the data: DuckDB here, others behind the same few calls.

Everything that differs between data engines stands in a session: where the rows of a snapshot
come from, how a double becomes a whole number, how a query is run. The statistics above write
plain SQL of quoted names, and give every value as a parameter.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import attrs
import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from biotoop.engine.core.messages import note
from biotoop.engine.core.reasons import original
from biotoop.engine.datasets.errors import QueryFailed

Value = str | int | float | bool | None
Params = Mapping[str, Value]
_BATCH = 50_000


class Session(Protocol):
    """An open data engine."""

    @property
    def most_cells(self) -> int:
        """Most cells that may be handed over to Python."""
        ...

    @property
    def threads(self) -> int:
        """Threads that the engine works with."""
        ...

    def rows_of(self, path: Path) -> str:
        """Give the FROM item that reads the rows of a snapshot."""
        ...

    def whole(self, expression: str, *, wide: bool) -> str:
        """Give the expression that rounds a double to a whole number of 64 or 128 bits."""
        ...

    def table(self, sql: str, params: Params | None = None) -> pa.Table:
        """Run a query and give its result, which must be small."""
        ...

    def batches(
        self, sql: str, params: Params | None = None, *, rows: int = _BATCH
    ) -> Iterator[pa.RecordBatch]:
        """Run a query and give its rows so many at a time, in order."""
        ...

    def stored(
        self, path: Path, names: Sequence[str], *, rows: int
    ) -> Iterator[pa.RecordBatch] | None:
        """Give columns as they are stored, in order; None when a query must bring them."""
        ...

    def run(self, sql: str, params: Params | None = None) -> None:
        """Run a statement that gives no rows."""
        ...

    def keep(self, sql: str, path: Path) -> None:
        """Let the result of a query be the rows of a path."""
        ...


class DataEngine(Protocol):
    """What can hold data and aggregate them where they lie."""

    def open(self) -> AbstractContextManager[Session]:
        """Open the engine for a few queries."""
        ...


@attrs.frozen(kw_only=True)
class DuckEngine:
    """DuckDB inside this process, which spills to disk beyond its memory.

    Attributes
    ----------
    threads
        Threads to use; None takes one for each processor. Results do not depend on it.
    memory_mib
        Memory that DuckDB may use, in MiB; None leaves it 80 % of the machine.
    most_cells
        Most cells that may be handed over to Python.
    """

    threads: int | None = None
    memory_mib: int | None = None
    most_cells: int = 5_000_000

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Open a database in memory; what it spills is removed when it closes."""
        with tempfile.TemporaryDirectory(prefix="biotoop-") as folder:
            settings: dict[str, str | bool | int | float | list[str]] = {
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "temp_directory": folder,
            }
            if self.threads is not None:
                settings["threads"] = self.threads
            if self.memory_mib is not None:
                settings["memory_limit"] = f"{self.memory_mib}MiB"
            connection = duckdb.connect(":memory:", config=settings)
            try:
                yield _DuckSession(
                    connection=connection,
                    most_cells=self.most_cells,
                    threads=self.threads or os.cpu_count() or 1,
                )
            finally:
                connection.close()


@attrs.frozen(kw_only=True)
class _DuckSession:
    connection: duckdb.DuckDBPyConnection
    most_cells: int
    threads: int

    def rows_of(self, path: Path) -> str:
        return f"read_parquet({literal(str(path))})"

    def whole(self, expression: str, *, wide: bool) -> str:
        return f"CAST({expression} AS {'HUGEINT' if wide else 'BIGINT'})"

    def table(self, sql: str, params: Params | None = None) -> pa.Table:
        with _failures():
            return self.connection.execute(sql, dict(params or {})).to_arrow_table()

    def batches(
        self, sql: str, params: Params | None = None, *, rows: int = _BATCH
    ) -> Iterator[pa.RecordBatch]:
        with _failures():
            yield from self.connection.execute(sql, dict(params or {})).to_arrow_reader(rows)

    def stored(
        self, path: Path, names: Sequence[str], *, rows: int
    ) -> Iterator[pa.RecordBatch] | None:
        file = pq.ParquetFile(path)
        kinds = [file.schema_arrow.field(name).type for name in names]
        if not all(any(test(kind) for test in _PLAIN) for kind in kinds):
            file.close()
            return None
        return _batches(file, names, rows)

    def run(self, sql: str, params: Params | None = None) -> None:
        with _failures():
            self.connection.execute(sql, dict(params or {}))

    def keep(self, sql: str, path: Path) -> None:
        self.run(f"COPY ({sql}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")


_PLAIN = (pa.types.is_integer, pa.types.is_float64, pa.types.is_boolean, pa.types.is_string)


def _batches(file: pq.ParquetFile, names: Sequence[str], rows: int) -> Iterator[pa.RecordBatch]:
    with file:
        for batch in file.iter_batches(rows, columns=list(dict.fromkeys(names))):
            yield pa.RecordBatch.from_arrays(
                [batch.column(name) for name in names],
                names=[str(place) for place in range(len(names))],
            )


@contextmanager
def _failures() -> Iterator[None]:
    """Tell failures of DuckDB as a refusal that says what to do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise QueryFailed(reason=note("core.reason.no_memory")) from error
    except duckdb.Error as error:
        raise QueryFailed(reason=original(str(error))) from error


def quoted(name: str) -> str:
    """Quote a name of a column or table for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for the few places of SQL where no parameter may stand."""
    return "'" + text.replace("'", "''") + "'"
