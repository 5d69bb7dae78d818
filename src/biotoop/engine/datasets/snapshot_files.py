"""Writing and opening snapshots: content-addressed Parquet that carries its own figures."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.messages import note
from biotoop.engine.core.reasons import of_reading
from biotoop.engine.datasets.codebook import ColumnType, Dataset
from biotoop.engine.datasets.column_figures import measure, table_hash, type_of
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, literal, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.snapshots import Exclusion, Snapshot, SnapshotColumn

_KEY = "biotoop_snapshot"
_FORMAT = 1


@attrs.frozen(kw_only=True)
class About:
    """What travels with the rows of a snapshot.

    Attributes
    ----------
    dataset
        Codebook of the table.
    exclusions
        Cells without a value, counted per column and code.
    reasons
        For a column: the column of the table with the code behind each missing value.
    """

    dataset: Dataset | None = None
    exclusions: tuple[Exclusion, ...] = ()
    reasons: Mapping[str, str] = attrs.field(factory=dict)


_NOTHING = About()


def open_snapshot(path: Path, *, engine: DataEngine | None = None) -> Snapshot:
    """Open a Parquet file as a snapshot.

    A file that Biotoop wrote carries its hash and figures; of any other file they are computed
    in a few scans. Infinite values are refused; nan counts as missing.

    Raises
    ------
    InvalidData
        The file is no Parquet, or holds infinite values or columns of an unknown kind.
    """
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        raise InvalidData(file=path.name, reason=of_reading(error)) from error
    stored = (schema.metadata or {}).get(_KEY.encode())
    if stored is not None:
        return _from_metadata(path, json.loads(stored))
    types = _types(schema, path.name)
    with (engine or DuckEngine()).open() as session:
        source = session.rows_of(path)
        rows, columns = measure(session, source, types, file=path.name)
        digest = table_hash(session, source, types, rows)
    return Snapshot(path=path, content_hash=digest, rows=rows, columns=columns)


def _types(schema: pa.Schema, file: str) -> dict[str, ColumnType]:
    types: dict[str, ColumnType] = {}
    if len({name.lower() for name in schema.names}) < len(schema.names):
        raise InvalidData(
            file=file, reason=note("datasets.reason.names_alike", columns=tuple(schema.names))
        )
    for part in schema:
        kind = type_of(part.type)
        if kind is None:
            raise InvalidData(
                file=file,
                reason=note("datasets.reason.kind", column=part.name, kind=str(part.type)),
            )
        types[part.name] = kind
    return types


def _from_metadata(path: Path, stored: Mapping[str, Any]) -> Snapshot:
    dataset = stored["dataset"]
    return Snapshot(
        path=path,
        content_hash=stored["content_hash"],
        rows=stored["rows"],
        columns=from_plain(stored["columns"], tuple[SnapshotColumn, ...]),
        dataset=None if dataset is None else from_plain(dataset, Dataset),
        exclusions=from_plain(stored["exclusions"], tuple[Exclusion, ...]),
    )


def write_snapshot(
    session: Session,
    source: str,
    types: Mapping[str, ColumnType],
    folder: Path,
    *,
    order: Sequence[str] = (),
    about: About = _NOTHING,
) -> Snapshot:
    """Write a table as a snapshot, named by its hash; whole or not at all.

    Parameters
    ----------
    session
        The data engine.
    source
        FROM item with the columns of ``types``, best a file that is staged already.
    types
        Kind of each column, in order.
    folder
        Where the file goes; made when it is not there.
    order
        Columns that order the rows, so that the same table gives the same file.
    about
        Codebook, exclusions and columns of reasons that travel with the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, columns = measure(session, source, types, file=folder.name)
    companions = dict.fromkeys(about.reasons.values(), ColumnType.CATEGORY)
    digest = table_hash(session, source, {**types, **companions}, rows)
    path = folder / f"{digest[:32]}.parquet"
    columns = tuple(
        attrs.evolve(column, reasons=about.reasons.get(column.name)) for column in columns
    )
    snapshot = Snapshot(
        path=path,
        content_hash=digest,
        rows=rows,
        columns=columns,
        dataset=about.dataset,
        exclusions=about.exclusions,
    )
    with tempfile.TemporaryDirectory(prefix=".snapshot-", dir=folder) as scratch:
        packed = Path(scratch) / path.name
        _pack(session, source, order, packed, snapshot)
        packed.replace(path)
    return snapshot


def _pack(
    session: Session, source: str, order: Sequence[str], packed: Path, snapshot: Snapshot
) -> None:
    said = {
        "format": _FORMAT,
        "content_hash": snapshot.content_hash,
        "rows": snapshot.rows,
        "columns": to_plain(snapshot.columns),
        "dataset": to_plain(snapshot.dataset),
        "exclusions": to_plain(snapshot.exclusions),
    }
    names = [column.name for column in snapshot.columns]
    names += [column.reasons for column in snapshot.columns if column.reasons is not None]
    selected = ", ".join(quoted(name) for name in names)
    ordering = f" ORDER BY {', '.join(quoted(name) for name in order)}" if order else ""
    metadata = literal(canonical_json(said).decode())
    session.run(
        f"COPY (SELECT {selected} FROM {source}{ordering}) TO {literal(str(packed))}"
        f" (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{_KEY}: {metadata}}})"
    )


def snapshot_from_columns(
    columns: Mapping[str, np.ndarray],
    folder: Path,
    *,
    dataset: Dataset | None = None,
    engine: DataEngine | None = None,
) -> Snapshot:
    """Write arrays as a snapshot, for simulations, notebooks and tests.

    Parameters
    ----------
    columns
        One-dimensional arrays of equal length by name: floats (nan is missing), whole numbers,
        booleans, dates (datetime64) or texts (None is missing), which become categories.
    folder
        Where the file goes.
    dataset
        Codebook, when there is one.
    engine
        The data engine; DuckDB when not given.

    Raises
    ------
    InvalidData
        Arrays of unequal length, of a kind that has no place in a table, or infinite values.
    """
    try:
        table = pa.table({name: _arrow(values) for name, values in columns.items()})
    except (pa.ArrowException, ValueError) as error:
        raise InvalidData(file=folder.name, reason=of_reading(error)) from error
    types = _types(table.schema, folder.name)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".arrays-", dir=folder) as scratch,
        (engine or DuckEngine()).open() as session,
    ):
        raw = Path(scratch) / "arrays.parquet"
        pq.write_table(table, raw)
        about = About(dataset=dataset)
        return write_snapshot(session, session.rows_of(raw), types, folder, about=about)


def _arrow(values: np.ndarray) -> pa.Array:
    if np.issubdtype(values.dtype, np.floating):
        doubles = values.astype(np.float64) + 0.0  # turns -0.0 into 0.0
        return pa.array(doubles, mask=np.isnan(doubles))
    if np.issubdtype(values.dtype, np.datetime64):
        return pa.array(values.astype("datetime64[D]"))
    if values.dtype.kind in "OU":
        return pa.array([None if item is None else str(item) for item in values], pa.string())
    return pa.array(values)
