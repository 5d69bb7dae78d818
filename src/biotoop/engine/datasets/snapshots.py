"""Snapshots: a table that never changes, with a hash of what it says."""

from pathlib import Path

import attrs

from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import ColumnType, Dataset
from biotoop.engine.datasets.errors import UnknownColumn


@attrs.frozen(kw_only=True)
class SnapshotColumn:
    """One column of a snapshot with the figures that every later pass needs.

    Attributes
    ----------
    name
        Name in the table.
    type
        Kind of column.
    missing
        Rows without a value.
    numeric
        Whether the values can be used as numbers: number, integer, boolean, or a category
        whose codes are all numbers.
    whole
        Whether all numbers are whole.
    minimum, maximum
        Smallest and largest number; None when not numeric or all missing.
    mean
        Mean, rounded once from the exact sum.
    deviation
        Standard deviation with n in the denominator, good to about nine digits.
    nan
        Whether nan stands among the values, and has to be taken for missing.
    reasons
        Name of the column in the file that holds, for each missing value, the code that stood
        there; None when there are no such codes.
    """

    name: str
    type: ColumnType
    missing: int = 0
    numeric: bool = False
    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    deviation: float | None = None
    nan: bool = True
    reasons: str | None = None


@attrs.frozen(kw_only=True)
class Exclusion:
    """Cells without a value, with why, counted when the table was read.

    Attributes
    ----------
    column
        The column.
    code
        The code that stood there, such as "-9"; empty for a cell that was empty.
    reason
        What the code means, in the words of the codebook.
    count
        Number of cells.
    """

    column: str
    code: str
    reason: Text
    count: int


@attrs.frozen(kw_only=True)
class Snapshot:
    """A table that never changes: one Parquet file, known by the hash of its content.

    Attributes
    ----------
    path
        The Parquet file.
    content_hash
        Hash of names, types and values; independent of the order of rows and columns and of
        how the file is packed. It finds changes and mistakes; it is no seal against forgery.
    rows
        Number of rows.
    columns
        The columns in order.
    dataset
        The codebook of the table, when there is one.
    exclusions
        Cells without a value, counted per column and code.
    """

    path: Path
    content_hash: str
    rows: int
    columns: tuple[SnapshotColumn, ...]
    dataset: Dataset | None = None
    exclusions: tuple[Exclusion, ...] = ()

    def column(self, name: str) -> SnapshotColumn:
        """Give a column by its name.

        Raises
        ------
        UnknownColumn
            The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        names = tuple(column.name for column in self.columns)
        raise UnknownColumn(column=name, allowed=names)
