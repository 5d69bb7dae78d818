"""A table as it stands in a file, before anyone says what its columns mean."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import attrs

from biotoop.engine.datasets.data_engine import quoted

Lines = Callable[[Sequence[int]], list[int]]


class RawKind(StrEnum):
    """How the file itself holds a column."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    OTHER = "other"


@attrs.frozen(kw_only=True)
class FileLabels:
    """What a file says of its own column, as SPSS and Stata files do.

    Attributes
    ----------
    label
        The label of the column.
    values
        Labels of the codes.
    missing_codes
        Codes that the file marks as missing.
    missing_ranges
        Spans that the file marks as missing, both ends included: of numbers, or of days as
        YYYY-MM-DD.
    """

    label: str | None = None
    values: Mapping[str, str] = attrs.field(factory=dict)
    missing_codes: tuple[str, ...] = ()
    missing_ranges: tuple[tuple[float, float] | tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class RawColumn:
    """One column of a file.

    Attributes
    ----------
    name
        Its name in the file.
    stored
        Its name in the staged table.
    kind
        How it is held.
    labels
        What the file says of it.
    """

    name: str
    stored: str
    kind: RawKind
    labels: FileLabels = FileLabels()

    @property
    def sql(self) -> str:
        """The column in SQL."""
        return quoted(self.stored)


@attrs.frozen(kw_only=True)
class RawTable:
    """A file, staged so that SQL can read it.

    Attributes
    ----------
    source
        FROM item; has the column ``file_row_number``, from 0.
    rows
        Number of rows.
    columns
        Columns by their name in the file.
    decimal_comma
        Whether a comma may be the decimal sign.
    lines
        Gives the lines in the file, from 1, of rows, from 0.
    """

    source: str
    rows: int
    columns: Mapping[str, RawColumn]
    decimal_comma: bool = False
    lines: Lines


def counted_from_one(rows: Sequence[int]) -> list[int]:
    """Give the number of a case, for files without lines."""
    return [row + 1 for row in rows]


def below_heading(rows: Sequence[int]) -> list[int]:
    """Give the line of a row under one line of headings, when every row takes one line."""
    return [row + 2 for row in rows]
