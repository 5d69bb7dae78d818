"""What the data are: files, keys, waves, columns, labels, missing codes, controller."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text

NAME = "^[A-Za-z][A-Za-z0-9_]{0,63}$"


class ColumnType(StrEnum):
    """Kinds of column."""

    INTEGER = "integer"
    NUMBER = "number"
    CATEGORY = "category"
    BOOLEAN = "boolean"
    TEXT = "text"
    DATE = "date"


class DatasetKind(StrEnum):
    """Where the rows come from."""

    SURVEY = "survey"
    REGISTER = "register"
    PUBLIC = "public"
    INVENTED = "invented"


@attrs.frozen(kw_only=True)
class Column:
    """One column of a file."""

    name: str = field(
        "Name in the file; for wide files without the suffix of the wave.", pattern=NAME
    )
    label: Text = field("What the column holds, in words.")
    type: ColumnType = field("Integer, number, category, boolean, text or date.")
    unit: Text | None = field("Unit, such as euro per year.", default=None)
    values: Mapping[str, Text] = field("Labels of the codes, by code.", factory=dict)
    missing: Mapping[str, Text] = field("Codes that mean missing, with why.", factory=dict)
    minimum: float | None = field("Smallest value that can be.", default=None)
    maximum: float | None = field("Largest value that can be.", default=None)
    personal: bool = field("Whether the column identifies a person.", default=False)


@attrs.frozen(kw_only=True)
class Wave:
    """One moment of measuring."""

    id: str = field("Code of the wave as it stands in the data, such as w0.")
    label: Text = field("Name on screen, such as baseline.")
    date: dt.date | None = field("Day, or middle, of the observation.", default=None)
    suffix: str | None = field(
        "For wide files: what stands behind the column name in this wave.", default=None
    )


@attrs.frozen(kw_only=True)
class Dataset:
    """One file of data: whose it is, what a row is, and its columns."""

    id: str = field("Short name, used in plans and measures.", pattern=NAME)
    file: str = field("File in data/: csv, parquet, sav, dta or xlsx.")
    label: Text = field("What the data are, in words.")
    kind: DatasetKind = field("Survey, register, public or invented.")
    controller: Text = field("Organisation that is responsible for the data.")
    source: Text | None = field("Where the data come from, with licence.", default=None)
    key: tuple[str, ...] = field("Columns that together name a row once.", minItems=1)
    wave: str | None = field("For long files: the column with the wave.", default=None)
    waves: tuple[Wave, ...] = field("The waves, in order.", default=())
    columns: tuple[Column, ...] = field("The columns that are used.", minItems=1)
    sheet: str | None = field("For xlsx: the sheet to read; else the first.", default=None)


@attrs.frozen(kw_only=True)
class Codebook:
    """All data files of a study."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    datasets: tuple[Dataset, ...] = field("The data files.", minItems=1)

    def dataset(self, name: str) -> Dataset:
        """Give a dataset by its short name.

        Raises
        ------
        KeyError
            No dataset has this name.
        """
        for dataset in self.datasets:
            if dataset.id == name:
                return dataset
        raise KeyError(name)
