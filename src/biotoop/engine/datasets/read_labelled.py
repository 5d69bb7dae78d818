"""Reading SPSS .sav and Stata .dta, with their labels and missing codes."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.data_engine import literal
from biotoop.engine.datasets.raw_tables import (
    FileLabels,
    RawColumn,
    RawKind,
    RawTable,
    counted_from_one,
)

_BATCH = 50_000
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "%TD", "%D")
_MOMENTS = ("DATETIME", "TIME", "DTIME", "YMDHMS", "MTIME", "%TC")
_BROKEN = (  # what the reader trips over in a file that is damaged
    pyreadstat.ReadstatError, pyreadstat.PyreadstatError, pa.ArrowException, OSError, ValueError,
    ArithmeticError, LookupError, TypeError,
)
_ARROW = {
    RawKind.NUMBER: pa.float64(),
    RawKind.TEXT: pa.string(),
    RawKind.DATE: pa.date32(),
}


class _Meta(Protocol):
    """What pyreadstat tells of a file, as far as it is used here."""

    column_names: Sequence[str]
    column_names_to_labels: Mapping[str, str | None]
    variable_value_labels: Mapping[str, Mapping[Any, str]]
    missing_ranges: Mapping[str, Sequence[Mapping[str, Any]]]
    missing_user_values: Mapping[str, Sequence[str]]
    readstat_variable_types: Mapping[str, str]
    original_variable_types: Mapping[str, str]


_Batch = tuple[Mapping[str, Any], _Meta]


def read_labelled(
    path: Path, scratch: Path, *, wanted: frozenset[str], file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Stage a .sav or .dta file, a batch of cases at a time.

    Missing codes are kept in the data and told as labels: the codebook decides with them.
    Stata's .a to .z become the texts ".a" to ".z".

    Parameters
    ----------
    path, scratch
        The file, and a folder for the staged table.
    wanted
        Names of columns that may be needed; others are not read.
    file
        Name for messages.
    """
    try:
        _, meta = _read(path, metadataonly=True)
        names = [name for name in meta.column_names if name in wanted]
        if not names:
            empty = RawTable(source="", rows=0, columns={}, lines=counted_from_one)
            return empty, ()
        table = _stage(path, scratch / "labelled.parquet", names, _letters(path, names))
    except _BROKEN as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        fault = problem("core.unreadable_file", file=file, reason=reason)
        return None, (attrs.evolve(fault, file=file),)
    if not table.rows:
        return None, (attrs.evolve(problem("datasets.no_rows"), file=file),)
    return table, ()


def _read(path: Path, **options: Any) -> _Batch:  # noqa: ANN401
    reader: Any = pyreadstat.read_sav if path.suffix.lower() == ".sav" else pyreadstat.read_dta
    data, meta = reader(path, user_missing=True, output_format="dict", **options)
    return data, meta


def _batches(path: Path, names: Sequence[str]) -> Iterator[_Batch]:
    offset = 0
    while True:
        data, meta = _read(path, usecols=list(names), row_offset=offset, row_limit=_BATCH)
        found = len(data[names[0]])
        if found or not offset:
            yield data, meta
        if found < _BATCH:
            return
        offset += found


def _letters(path: Path, names: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Find the letters that stand among the numbers of a .dta; only a full read tells."""
    found: dict[str, set[str]] = {}
    if path.suffix.lower() == ".dta":
        for _, meta in _batches(path, names):
            for name, letters in meta.missing_user_values.items():
                found.setdefault(name, set()).update(letters)
    return {name: frozenset(letters) for name, letters in found.items()}


def _stage(
    path: Path, stage: Path, names: Sequence[str], letters: Mapping[str, frozenset[str]]
) -> RawTable:
    writer: pq.ParquetWriter | None = None
    columns: dict[str, RawColumn] = {}
    rows = 0
    for data, meta in _batches(path, names):
        if writer is None:
            columns = {
                name: RawColumn(
                    name=name, stored=f"c{place}", kind=_kind(name, meta, letters),
                    labels=_labels(name, meta, letters.get(name, frozenset())),
                )
                for place, name in enumerate(names)
            }
            fields = [(column.stored, _ARROW[column.kind]) for column in columns.values()]
            writer = pq.ParquetWriter(stage, pa.schema(fields))
        arrays = [
            _array(data[column.name], column.kind, lettered=column.name in letters)
            for column in columns.values()
        ]
        batch = pa.table(arrays, schema=writer.schema)
        writer.write_table(batch)
        rows += batch.num_rows
    if writer is not None:
        writer.close()
    source = f"read_parquet({literal(str(stage))}, file_row_number = true)"
    return RawTable(source=source, rows=rows, columns=columns, lines=counted_from_one)


def _kind(name: str, meta: _Meta, letters: Mapping[str, frozenset[str]]) -> RawKind:
    written = str(meta.original_variable_types.get(name, "")).upper()
    if name in letters or meta.readstat_variable_types.get(name) == "string":
        return RawKind.TEXT
    if written.startswith(_MOMENTS):
        return RawKind.TEXT
    return RawKind.DATE if written.startswith(_DATES) else RawKind.NUMBER


def _labels(name: str, meta: _Meta, letters: frozenset[str]) -> FileLabels:
    values = meta.variable_value_labels.get(name, {})
    codes: list[str] = [f".{letter}" for letter in sorted(letters)]
    ranges: list[tuple[float, float] | tuple[str, str]] = []
    for span in meta.missing_ranges.get(name, ()):
        if isinstance(span["lo"], str):
            codes.append(span["lo"].rstrip())
        elif isinstance(span["lo"], dt.date):
            ranges.append((code_text(span["lo"]), code_text(span["hi"])))
        else:
            ranges.append((float(span["lo"]), float(span["hi"])))
    return FileLabels(
        label=meta.column_names_to_labels.get(name),
        values={f".{code}" if code in letters else code_text(code): str(label)
                for code, label in values.items()},
        missing_codes=tuple(codes),
        missing_ranges=tuple(ranges),
    )


def code_text(code: object) -> str:
    """Write a code as text: a whole number without decimals."""
    if isinstance(code, float) and code.is_integer():
        return str(int(code))
    return str(code).rstrip()


def _array(values: Sequence[object], kind: RawKind, *, lettered: bool) -> pa.Array:
    if kind is not RawKind.TEXT:
        return pa.array(values, _ARROW[kind])
    mark = "." if lettered else ""
    texts = [
        None if value is None else mark + value if lettered and isinstance(value, str)
        else code_text(value)
        for value in values
    ]
    return pa.array(texts, pa.string())
