"""Tables that users write as csv: every row a document, every fault with its line."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs

from biotoop.engine.core.documents import faults_of, structure
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.schema import json_schema, keys_of, required_keys_of

T = TypeVar("T")
_LARGEST_TABLE = 512 << 20
_TRUE = frozenset({"true", "ja", "yes", "1", "waar"})
_FALSE = frozenset({"false", "nee", "no", "0", "onwaar"})


@attrs.frozen(kw_only=True)
class Table(Generic[T]):
    """What came of reading a table of documents.

    Attributes
    ----------
    rows
        The values of the rows without a fault.
    lines
        Line in the file of each of these rows.
    problems
        Every fault, with file and line.
    """

    rows: tuple[T, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]


def read_rows(path: Path, cls: type[T], *, file: str) -> Table[T]:
    """Read a csv file (comma or semicolon, UTF-8) whose rows are documents of a class."""
    try:
        if path.stat().st_size > _LARGEST_TABLE:
            return _refused(file, problem("core.file_too_large", limit=_LARGEST_TABLE >> 20))
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(file, problem("core.not_utf8", position=error.start))
    except OSError as error:
        return _refused(file, problem("core.cannot_open", reason=error.strerror or str(error)))
    return parse_rows(text, cls, file=file)


def _refused(file: str, fault: Problem) -> Table[Any]:
    return Table(rows=(), lines=(), problems=(attrs.evolve(fault, file=file),))


def parse_rows(text: str, cls: type[T], *, file: str) -> Table[T]:
    """Read rows from text; see ``read_rows``. Empty cells count as not given."""
    first_line = text.split("\n", 1)[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    rows: list[T] = []
    lines: list[int] = []
    problems: list[Problem] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        problems.extend(_header_faults(header, cls, file))
        start = reader.line_num + 1
        for cells in reader:
            value, faults = _row(header, cells, cls)
            problems.extend(attrs.evolve(fault, file=file, line=start) for fault in faults)
            if value is not None:
                rows.append(value)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        fault = problem("core.csv_syntax", reason=str(error))
        problems.append(attrs.evolve(fault, file=file, line=reader.line_num))
    return Table(rows=tuple(rows), lines=tuple(lines), problems=tuple(problems))


def _header_faults(header: list[str], cls: type, file: str) -> Iterator[Problem]:
    known = keys_of(cls)
    required = required_keys_of(cls)
    for name in sorted({name for name in header if header.count(name) > 1}):
        fault = problem("core.csv_double_column", column=name)
        yield attrs.evolve(fault, file=file, line=1)
    for name in header:
        if name not in known:
            fault = problem("core.csv_unknown_column", column=name, allowed=known)
            yield attrs.evolve(fault, file=file, line=1)
    for name in required:
        if name not in header:
            fault = problem("core.csv_missing_column", column=name)
            yield attrs.evolve(fault, file=file, line=1)


def _row(header: list[str], cells: list[str], cls: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    if not any(cell.strip() for cell in cells):
        return None, ()
    if len(cells) != len(header):
        return None, (problem("core.csv_row_length", cells=len(cells), columns=len(header)),)
    kinds = _kinds(cls)
    given = {
        name: _read_cell(cell.strip(), kinds[name])
        for name, cell in zip(header, cells, strict=True)
        if cell.strip() and name in kinds
    }
    required = set(required_keys_of(cls))
    faults = tuple(
        fault
        for fault in faults_of(given, cls)
        if not (fault.note.code == "core.missing_key" and _absent_column(fault, header, required))
    )
    if errors_in(faults) or not required <= set(header):
        return None, faults
    value, late = structure(given, cls)
    return value, (*faults, *late)


def _absent_column(fault: Problem, header: list[str], required: set[str]) -> bool:
    """Recognise a fault of a column that is missing altogether: told once, at the header."""
    key = fault.note.params["key"]
    return key in required and key not in header


def _kinds(cls: type) -> Mapping[str, frozenset[str]]:
    """Give the JSON kinds that each column allows."""
    schema: Any = json_schema(cls, title=cls.__name__)
    return {name: frozenset(_kinds_of(part)) for name, part in schema["properties"].items()}


def _kinds_of(part: Mapping[str, Any]) -> Iterator[str]:
    if "type" in part:
        yield str(part["type"])
    for option in part.get("anyOf", ()):
        yield from _kinds_of(option)


def _read_cell(cell: str, kinds: frozenset[str]) -> object:
    """Read a cell as what its column allows; what does not fit stays text for the schema."""
    if "boolean" in kinds and cell.lower() in _TRUE | _FALSE:
        return cell.lower() in _TRUE
    if kinds & {"integer", "number"}:
        plain = cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell
        try:
            number = float(plain)
        except ValueError:
            return cell
        return int(number) if number.is_integer() and "integer" in kinds else number
    return cell
