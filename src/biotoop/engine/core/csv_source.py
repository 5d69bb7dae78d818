"""Tables that users write as csv: every row a document, every fault with its line."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs

from biotoop.engine.core.documents import structure
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.reasons import of_csv
from biotoop.engine.core.salvage import FAR_DATES, salvage
from biotoop.engine.core.schema import json_schema, keys_of, required_keys_of
from biotoop.engine.core.schema_faults import faults_of, validator_of
from biotoop.engine.core.text_files import read_text

T = TypeVar("T")
_LARGEST_MIB = 512
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
    unsound, unsound_lines
        What is left of rows with a fault, with stand-ins: only to look for more faults.
    """

    rows: tuple[T, ...]
    lines: tuple[int, ...]
    problems: tuple[Problem, ...]
    unsound: tuple[T, ...] = ()
    unsound_lines: tuple[int, ...] = ()


def read_rows(path: Path, cls: type[T], *, file: str) -> Table[T]:
    """Read a csv file (comma or semicolon, UTF-8) whose rows are documents of a class."""
    text = read_text(path, most_mib=_LARGEST_MIB)
    if isinstance(text, Problem):
        return Table(rows=(), lines=(), problems=(attrs.evolve(text, file=file),))
    return parse_rows(text, cls, file=file)


def parse_rows(text: str, cls: type[T], *, file: str) -> Table[T]:
    """Read rows from text; see ``read_rows``. Empty cells count as not given."""
    first_line = text.split("\n", 1)[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    rows: list[T] = []
    lines: list[int] = []
    problems: list[Problem] = []
    unsound: dict[int, T] = {}
    try:
        header = [name.strip() for name in next(reader, [])]
        if not any(header) and not text.strip():
            empty = problem("core.csv_empty", header=",".join(required_keys_of(cls)))
            return Table(rows=(), lines=(), problems=(attrs.evolve(empty, file=file, line=1),))
        problems.extend(_header_faults(header, cls, file))
        start = reader.line_num + 1
        for cells in reader:
            value, faults = _row(header, cells, cls)
            problems.extend(attrs.evolve(fault, file=file, line=start) for fault in faults)
            if value is not None:
                rows.append(value)
                lines.append(start)
            elif (rest := _rest(header, cells, cls)) is not None:
                unsound[start] = rest
            start = reader.line_num + 1
    except csv.Error as error:
        fault = problem("core.csv_syntax", reason=of_csv(error))
        problems.append(attrs.evolve(fault, file=file, line=reader.line_num))
    return Table(
        rows=tuple(rows),
        lines=tuple(lines),
        problems=tuple(problems),
        unsound=tuple(unsound.values()),
        unsound_lines=tuple(unsound),
    )


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
    given = _given(header, cells, cls)
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


def _given(header: list[str], cells: list[str], cls: type) -> dict[str, object]:
    kinds = _kinds(cls)
    return {
        name: _read_cell(cell.strip(), kinds[name])
        for name, cell in zip(header, cells, strict=True)
        if cell.strip() and name in kinds
    }


def _rest(header: list[str], cells: list[str], cls: type[T]) -> T | None:
    """Give what is sound in a row with a fault; None when too little is left."""
    whole = len(cells) == len(header) and set(required_keys_of(cls)) <= set(header)
    if not whole or not any(cell.strip() for cell in cells):
        return None
    kind: Any = cls
    rest = salvage(_given(header, cells, cls), validator_of(kind), day=FAR_DATES[0])
    return None if rest is None else structure(rest, cls)[0]


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
