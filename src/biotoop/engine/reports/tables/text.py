"""Tables as comma-separated text."""

import csv
import io

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import DataTable, codebook, data_table, harmless
from biotoop.engine.reports.tables.study import tables_of

_CODEBOOK = "table column definition unit"


def render_csv(table: DataTable) -> str:
    """Write a table as csv (RFC 4180 with line feeds): full precision, a point for decimals.

    A text that a spreadsheet would run as a formula gets an apostrophe in front of it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow("" if value is None else harmless(value) for value in row)
    return text.getvalue()


def csv_files(findings: Findings, language: Language) -> dict[str, str]:
    """Give all tables as csv by file name, with the codebook of their columns."""
    tables = tables_of(findings, language)
    entries = codebook(tables, Pen(language))
    book = data_table(
        "codebook",
        _CODEBOOK,
        ((entry.table, entry.column, entry.definition, entry.unit) for entry in entries),
    )
    return {f"{table.name}.csv": render_csv(table) for table in (*tables, book)}
