"""Reading csv: checked as UTF-8, cut by the data engine, every broken row told with its line."""

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.reasons import original
from biotoop.engine.core.text_files import encoding_fault
from biotoop.engine.datasets.data_engine import Session, literal
from biotoop.engine.datasets.errors import QueryFailed
from biotoop.engine.datasets.faults import SHOWN, capped
from biotoop.engine.datasets.raw_tables import RawColumn, RawKind, RawTable, below_heading

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 23
_LONGEST_HEADING = 1 << 20
# Kinds of rows that the data engine cannot cut, beside a wrong number of cells.
_REASONS = {
    "UNQUOTED VALUE": "after_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
    "INVALID ENCODING": "cell_not_text",
    "INVALID STATE": "after_quote",
}
_FOUND = re.compile(r"Found: (\d+)")


@attrs.frozen(kw_only=True)
class _Scan:
    """What one pass over the bytes tells."""

    newlines: int
    ends_open: bool
    mixed: bool = False
    fault: Problem | None = None


def read_csv(
    session: Session, path: Path, scratch: Path, *, expected: frozenset[str], file: str
) -> tuple[RawTable | None, tuple[Problem, ...]]:
    """Stage a csv file (UTF-8; comma, semicolon, tab or bar) as a table of texts.

    Parameters
    ----------
    session
        The data engine.
    path, scratch
        The file, and a folder for the staged table.
    expected
        Column names that the codebook knows; they tell the delimiter.
    file
        Name for messages.

    Returns
    -------
    tuple
        The table, or None with every fault.
    """
    scan = _scan(path)
    if scan.fault is not None:
        return None, (attrs.evolve(scan.fault, file=file),)
    delimiter, header = _heading(path, expected)
    faults = [
        attrs.evolve(problem("core.csv_double_column", name, column=name), file=file, line=1)
        for name in sorted({name for name in header if name and header.count(name) > 1})
    ]
    if faults:
        return None, tuple(faults)
    stage = scratch / "csv.parquet"
    if scan.mixed:
        path = _with_one_line_end(path, scratch)
    broken = _stage(session, path, stage, delimiter, len(header), file)
    if broken:
        return None, broken
    source = f"read_parquet({literal(str(stage))}, file_row_number = true)"
    rows = int(session.table(f"SELECT count(*) AS n FROM {source}")["n"][0].as_py())
    if not rows:
        return None, (attrs.evolve(problem("datasets.no_rows"), file=file, line=1),)
    columns = {
        name: RawColumn(name=name, stored=f"c{place}", kind=RawKind.TEXT)
        for place, name in enumerate(header)
        if name
    }
    plain = scan.newlines + scan.ends_open == rows + 1
    lines = below_heading if plain else _Lines(path=path, delimiter=delimiter).of
    return RawTable(
        source=source, rows=rows, columns=columns, lines=lines, decimal_comma=delimiter != ","
    ), ()


def _scan(path: Path) -> _Scan:
    """Check the encoding and count lines, without holding the file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    newlines = returns = position = 0
    last = b""
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                kept = len(error.object) - len(chunk)  # bytes kept back from the chunk before
                fault = encoding_fault(path, position - kept + error.start)
                return _Scan(newlines=0, ends_open=False, fault=fault)
            newlines += chunk.count(b"\n")
            returns += (last + chunk).count(b"\r\n")
            position += len(chunk)
            last = chunk[-1:]
    if not position:
        return _Scan(newlines=0, ends_open=False, fault=problem("datasets.empty_file"))
    return _Scan(newlines=newlines, ends_open=last != b"\n", mixed=0 < returns < newlines)


def _with_one_line_end(path: Path, scratch: Path) -> Path:
    """Copy a file in which lines end in two ways; every line keeps its number."""
    copy = scratch / "lines.csv"
    with path.open("rb") as source, copy.open("wb") as target:
        held = b""
        while chunk := source.read(_CHUNK):
            chunk, held = held + chunk, b""
            if chunk.endswith(b"\r"):
                chunk, held = chunk[:-1], b"\r"
            target.write(chunk.replace(b"\r\n", b"\n"))
        target.write(held)
    return copy


def _heading(path: Path, expected: frozenset[str]) -> tuple[str, list[str]]:
    """Give the delimiter that finds most known names, else most names, and the names."""
    with path.open("rb") as handle:
        text = handle.read(_LONGEST_HEADING).decode("utf-8-sig", errors="ignore")
    best: tuple[tuple[int, int], str, list[str]] | None = None
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = [name.strip() for name in next(reader, [])]
        score = (len(expected.intersection(names)), len(names))
        if best is None or score > best[0]:
            best = (score, delimiter, names)
    return (",", []) if best is None else (best[1], best[2])


def _stage(
    session: Session, path: Path, stage: Path, delimiter: str, width: int, file: str
) -> tuple[Problem, ...]:
    """Cut the file into texts; give the rows that cannot be cut."""
    columns = ", ".join(f"c{place}: 'VARCHAR'" for place in range(width))
    query = (
        f"COPY (SELECT * FROM read_csv({literal(str(path))}, auto_detect = false, header = true,"
        f" delim = {literal(delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}},"
        f" strict_mode = true, null_padding = false, store_rejects = true,"
        f" rejects_limit = 0)) TO {literal(str(stage))} (FORMAT parquet)"
    )
    try:
        session.run(query)
    except QueryFailed as error:
        fault = problem("core.csv_syntax", reason=error.params["reason"])
        return (attrs.evolve(fault, file=file),)
    found = session.table(
        "SELECT line_byte_position - 1 AS place, list(error_message) AS said,"
        " min(CAST(error_type AS VARCHAR)) AS kind, count(*) OVER () AS n FROM reject_errors"
        f" GROUP BY line_byte_position ORDER BY place LIMIT {SHOWN}"
    ).to_pylist()
    if not found:
        return ()
    places = _lines_at(path, [row["place"] for row in found])
    faults = [
        attrs.evolve(_broken(row["kind"], row["said"], width), file=file, line=line)
        for row, line in zip(found, places, strict=True)
    ]
    return capped(faults, found[0]["n"], file=file)


def _broken(kind: str, said: Sequence[str], width: int) -> Problem:
    """Make the fault of one row; the data engine tells each missing cell apart."""
    counts = [int(found[1]) for text in said if (found := _FOUND.search(text))]
    if counts and kind in ("MISSING COLUMNS", "TOO MANY COLUMNS"):
        cells = min(counts) if kind == "MISSING COLUMNS" else max(counts)
        return problem("core.csv_row_length", cells=cells, columns=width)
    known = _REASONS.get(kind)
    reason = original(min(said)) if known is None else note(f"core.reason.{known}")
    return problem("core.csv_syntax", reason=reason)


def _lines_at(path: Path, places: Sequence[int]) -> list[int]:
    """Give the lines on which rows start, by their byte positions, rising."""
    lines: list[int] = []
    line, position = 1, 0
    with path.open("rb") as handle:
        for place in places:
            while position < place:
                chunk = handle.read(min(_CHUNK, place - position))
                line += chunk.count(b"\n")
                position += len(chunk)
            ahead = handle.read(1)
            while ahead in (b"\n", b"\r"):
                line += ahead == b"\n"
                position += 1
                ahead = handle.read(1)
            position += 1
            lines.append(line)
    return lines


@attrs.frozen(kw_only=True)
class _Lines:
    """Finds lines in a file with blank lines or texts of several lines."""

    path: Path
    delimiter: str

    def of(self, rows: Sequence[int]) -> list[int]:
        """Read as far as the last row asked for."""
        found: dict[int, int] = {}
        with self.path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, delimiter=self.delimiter)
            row, start = -1, 1
            for cells in reader:
                if cells:
                    found[row] = start
                    row += 1
                start = reader.line_num + 1
                if row > max(rows, default=-1):
                    break
        return [found.get(row, row + 2) for row in rows]
