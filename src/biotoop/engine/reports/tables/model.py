"""Tables of plain values, and the one register of what each column means."""

import datetime as dt
from collections.abc import Iterable

import attrs

from biotoop.engine.core.messages import sentences
from biotoop.engine.reports.pen import Pen

_RUN = frozenset("=+-@\t\r")
Value = str | int | float | bool | dt.date | None


@attrs.frozen(kw_only=True)
class DataTable:
    """One table.

    Attributes
    ----------
    name
        Short name; of the file, and the code of the sheet.
    columns
        Names; each has one meaning, whatever the table.
    rows
        Values in the order of the columns; None where there is nothing.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@attrs.frozen(kw_only=True)
class Entry:
    """What one column of one table means, and its unit."""

    table: str
    column: str
    definition: str
    unit: str


def data_table(name: str, columns: str, rows: Iterable[tuple[Value, ...]]) -> DataTable:
    """Make a table; columns are named in one string.

    Raises
    ------
    ValueError
        A row has another number of values than there are columns.
    """
    names = tuple(columns.split())
    found = tuple(rows)
    for row in found:
        if len(row) != len(names):
            message = f"{name}: {len(row)} values for {len(names)} columns"
            raise ValueError(message)
    return DataTable(name=name, columns=names, rows=found)


def marked(table: DataTable, watermark: str | None) -> DataTable:
    """Let every row say that its figures are invented or illustrative."""
    if watermark is None:
        return table
    return DataTable(
        name=table.name,
        columns=("status", *table.columns),
        rows=tuple((watermark, *row) for row in table.rows),
    )


def codebook(tables: Iterable[DataTable], pen: Pen) -> tuple[Entry, ...]:
    """Define every column of every table, with its unit."""
    known = sentences(pen.language)
    return tuple(
        Entry(
            table=table.name,
            column=column,
            definition=known[f"reports.field.{column}"],
            unit=known.get(f"reports.field_unit.{column}", ""),
        )
        for table in tables
        for column in table.columns
    )


def harmless(value: Value) -> Value:
    """Keep a text from being run as a formula, and give it one kind of line end."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if value[:1] in _RUN else text
