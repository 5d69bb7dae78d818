"""The first sheet of a workbook as a table of text."""

import csv
import io
import zipfile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_UNPACKED = 50_000_000
MOST_COLUMNS = 60
MOST_ROWS = 5_001


class UnreadableSheet(Exception):
    """The file is no workbook that can be read."""


def first_sheet(data: bytes) -> str:
    """Write the first sheet as text with tabs; a row stays one line.

    Raises
    ------
    UnreadableSheet
        It is no workbook, or far too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED:
                raise UnreadableSheet
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as wrong:
        raise UnreadableSheet from wrong
    try:
        sheet = book.worksheets[0]
        made = io.StringIO()
        table = csv.writer(made, delimiter="\t", lineterminator="\n")
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        for cells in rows:
            table.writerow([as_text(value) for value in cells])
    except (IndexError, ValueError, KeyError, zipfile.BadZipFile) as wrong:
        raise UnreadableSheet from wrong
    finally:
        book.close()
    return without_empty_ends(made.getvalue())


def as_text(value: object) -> str:
    """Write a cell on one line."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def without_empty_ends(text: str) -> str:
    """Leave out columns without a name at the right, and rows without anything at the end."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    width = max((place for place, name in enumerate(rows[0], 1) if name), default=0) if rows else 0
    while rows and not any(rows[-1]):
        rows.pop()
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(
        row[: max(width, max((p for p, c in enumerate(row, 1) if c), default=0))] for row in rows
    )
    return made.getvalue()
