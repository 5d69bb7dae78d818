"""Reading xlsx, row by row, within limits that keep a zip bomb out."""

import datetime as dt
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.utils.exceptions import InvalidFileException

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import of_reading
from biotoop.engine.datasets.data_engine import literal
from biotoop.engine.datasets.faults import SHOWN, capped
from biotoop.engine.datasets.raw_tables import Lines, RawColumn, RawKind, RawTable

_LARGEST_UNPACKED = 1 << 30
_MOST_PARTS = 10_000
_BATCH = 20_000
_ERRORS = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})
_BROKEN = (  # what openpyxl and its parts trip over in a file that is damaged
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
)
Row = tuple[object, ...]


def read_xlsx(
    path: Path, scratch: Path, *, sheet: str | None, file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Stage one sheet of an xlsx file as texts; the first row with anything is the heading.

    Formulas count with the value that the spreadsheet program saved; a formula without one, and
    a cell with an error, is a fault.

    Parameters
    ----------
    path, scratch
        The file, and a folder for the staged table.
    sheet
        Name of the sheet; None takes the first.
    file
        Name for messages.
    """
    fault = _guard(path, file)
    if fault is not None:
        return None, (attrs.evolve(fault, file=file),)
    try:
        book, formulas = _open(path, values=True), _open(path, values=False)
    except _BROKEN as error:
        return None, (_unreadable(file, error),)
    try:
        name = book.sheetnames[0] if sheet is None else sheet
        if name not in book.sheetnames:
            known = tuple(book.sheetnames)
            missing = problem("datasets.no_sheet", sheet=name, allowed=known)
            return None, (attrs.evolve(missing, file=file),)
        twin = _rows(formulas[name]) if _has_formulas(path) else None
        return _stage(_rows(book[name]), twin, scratch, file)
    except _BROKEN as error:
        return None, (_unreadable(file, error),)
    finally:
        book.close()
        formulas.close()


def _open(path: Path, *, values: bool) -> Any:  # noqa: ANN401 - openpyxl ships no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about styles and extensions
        return openpyxl.load_workbook(path, read_only=True, data_only=values)


def _rows(sheet: Any) -> Iterator[Row]:  # noqa: ANN401 - openpyxl ships no types
    """Give the rows; the size that a sheet claims is not trusted."""
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _unreadable(file: str, error: Exception) -> Problem:
    fault = problem("core.unreadable_file", file=file, reason=of_reading(error))
    return attrs.evolve(fault, file=file)


def _guard(path: Path, file: str) -> Problem | None:
    """Look at the sizes that the archive promises before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        return _unreadable(file, error)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS:
        return problem(
            "datasets.too_much_unpacked", mib=unpacked >> 20, limit=_LARGEST_UNPACKED >> 20
        )
    return None


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as handle:
                    tail = b""
                    while chunk := handle.read(1 << 20):
                        if b"<f" in tail + chunk:
                            return True
                        tail = chunk[-1:]
    return False


@attrs.define
class _Sheet:
    """What has been seen of a sheet so far."""

    header: list[str] = attrs.field(factory=list)
    lines: list[int] = attrs.field(factory=list)
    faults: list[Problem] = attrs.field(factory=list)
    fault_count: int = 0

    def fault(self, fault: Problem, line: int) -> None:
        self.fault_count += 1
        if len(self.faults) < SHOWN:
            self.faults.append(attrs.evolve(fault, line=line))


def _stage(
    rows: Iterator[Row], twin: Iterator[Row] | None, scratch: Path, file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    sheet = _Sheet()
    stage = scratch / "xlsx.parquet"
    texts = _texts(rows, twin, sheet)
    header = next(texts, None)
    if header is None:
        return None, (attrs.evolve(problem("datasets.empty_file"), file=file),)
    doubles = [
        attrs.evolve(problem("core.csv_double_column", name, column=name), file=file)
        for name in sorted({name for name in sheet.header if name and sheet.header.count(name) > 1})
    ]
    if doubles:
        return None, tuple(doubles)
    count = _write(texts, stage, len(sheet.header))
    if sheet.faults:
        placed = [attrs.evolve(fault, file=file) for fault in sheet.faults]
        return None, capped(placed, sheet.fault_count, file=file)
    if not count:
        return None, (attrs.evolve(problem("datasets.no_rows"), file=file),)
    columns = {
        name: RawColumn(name=name, stored=f"c{place}", kind=RawKind.TEXT)
        for place, name in enumerate(sheet.header)
        if name
    }
    source = f"read_parquet({literal(str(stage))}, file_row_number = true)"
    return RawTable(source=source, rows=count, columns=columns, lines=_lines(sheet.lines)), ()


def _lines(lines: list[int]) -> Lines:
    def of(rows: Sequence[int]) -> list[int]:
        return [lines[row] for row in rows]

    return of


def _texts(rows: Iterator[Row], twin: Iterator[Row] | None, sheet: _Sheet) -> Iterator[Row]:
    """Give the heading, then every row that is not blank, as texts as wide as the heading."""
    for line, row in enumerate(rows, start=1):
        written = row if twin is None else next(twin, ())
        if all(cell is None or cell == "" for cell in written):
            continue
        if not sheet.header:
            names = ["" if cell is None else str(cell).strip() for cell in row]
            while not names[-1]:
                names.pop()
            sheet.header = names
            yield tuple(names)
            continue
        width = len(sheet.header)
        cells = tuple(_text(cell) for cell in row[:width])
        for place, (cell, source) in enumerate(zip(cells, written, strict=False)):
            name = sheet.header[place]
            if cell in _ERRORS:
                sheet.fault(problem("datasets.cell_error", name, column=name), line)
            elif cell is None and isinstance(source, str) and source.startswith("="):
                fault = problem("datasets.formula_without_value", name, column=name)
                sheet.fault(fault, line)
        sheet.lines.append(line)
        yield cells + (None,) * (width - len(cells))


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        day = cell.date().isoformat()
        return day if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return str(cell)


def _write(rows: Iterator[Row], stage: Path, width: int) -> int:
    schema = pa.schema([(f"c{place}", pa.string()) for place in range(width)])
    count = 0
    with pq.ParquetWriter(stage, schema) as writer:
        batch: list[Any] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                count += _flush(writer, batch)
        count += _flush(writer, batch)
    return count


def _flush(writer: pq.ParquetWriter, batch: list[Any]) -> int:
    size = len(batch)
    columns = list(zip(*batch, strict=True)) if batch else [()] * len(writer.schema)
    writer.write_table(pa.table([pa.array(c, pa.string()) for c in columns], writer.schema))
    batch.clear()
    return size
