"""All tables of a report as one workbook (xlsx), with a codebook of every column."""

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import DataTable, Value, codebook, harmless
from biotoop.engine.reports.tables.study import tables_of
from biotoop.engine.reports.view import document_date, watermark

_BOLD = Font(bold=True)
_HEAD = PatternFill("solid", fgColor="E9F3EF")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WIDEST, _NARROWEST = 60, 9
_CODEBOOK = ("table", "column", "definition", "unit")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def render_workbook(findings: Findings, language: Language) -> bytes:
    """Write all tables as a workbook.

    Parameters
    ----------
    findings
        All that a run found.
    language
        Language of texts and definitions; names of columns stay English.

    Returns
    -------
    bytes
        The file, the same at every call: its dates are those of the study, not of a clock.
    """
    pen = Pen(language)
    tables = tables_of(findings, language)
    book = Workbook()
    _put(book.worksheets[0], _name("read_me", pen), _read_me(findings, tables, pen))
    book.worksheets[0]["A1"].font = Font(bold=True, size=14)
    entries = codebook(tables, pen)
    heads = tuple(pen.word(f"reports.sheet.{head}") for head in _CODEBOOK)
    rows = ((entry.table, entry.column, entry.definition, entry.unit) for entry in entries)
    _table(book.create_sheet(), _name("codebook", pen), heads, tuple(rows))
    for table in tables:
        _table(book.create_sheet(), _name(table.name, pen), table.columns, table.rows)
    day = dt.datetime.fromisoformat(document_date(findings))
    book.properties.creator = "Biotoop"
    book.properties.title = pen.read(findings.study.title)
    book.properties.created = day
    return _same_bytes(book, day)


def _name(table: str, pen: Pen) -> str:
    return pen.word(f"reports.sheet.{table}")


def _read_me(
    findings: Findings, tables: tuple[DataTable, ...], pen: Pen
) -> Iterator[tuple[Value, ...]]:
    word = watermark(Account(findings, pen))
    yield (pen.read(findings.study.title),)
    yield (pen.read(findings.study.question),)
    yield (pen.word(f"reports.edition.{findings.edition.value}"),)
    if word is not None:
        yield (f"{word.upper()}. {pen.word('reports.frame.watermark_line')}",)
    yield ()
    yield (pen.word("reports.sheet.lead"),)
    yield from ((_name(table.name, pen), len(table.rows)) for table in tables)


def _table(
    sheet: Worksheet, name: str, heads: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]
) -> None:
    """Write a table with a head that stays in sight and a filter on every column."""
    _put(sheet, name, (heads, *rows))
    for cell in sheet[1]:
        cell.font, cell.fill = _BOLD, _HEAD
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(sheet: Worksheet, name: str, rows: Iterable[tuple[Value, ...]]) -> None:
    sheet.title = name
    widths: dict[int, int] = {}
    for place, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None or (isinstance(value, float) and not math.isfinite(value)):
                continue
            cell = sheet.cell(row=place, column=column, value=harmless(value))
            cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str))
            widths[column] = max(widths.get(column, _NARROWEST), len(str(value)) + 2)
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = min(width, _WIDEST)


def _same_bytes(book: Workbook, day: dt.datetime) -> bytes:
    """Save, and take out the clock that the file format brings in."""
    saved = io.BytesIO()
    book.save(saved)
    stamp = day.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    made = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            data = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", old.read(name))
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return made.getvalue()
