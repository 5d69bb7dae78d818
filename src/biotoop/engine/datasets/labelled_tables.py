"""A table on its way to a file with labels: what SPSS and Stata files have in common."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

import attrs
import pyarrow as pa

Batches = Callable[[], Iterator[pa.RecordBatch]]


class LabelledKind(StrEnum):
    """How a column is stored."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"


@attrs.frozen(kw_only=True)
class LabelledColumn:
    """One column with its labels.

    Attributes
    ----------
    name
        Name in the file, fit for it.
    label
        What the column holds.
    kind
        Number, text or date.
    width
        For texts the longest value in bytes, at least 1.
    decimals
        For numbers the decimals that are shown.
    scale
        Whether the column measures on a scale; else its codes are only names.
    values
        Labels of the codes.
    missing
        Codes that mean missing, with why, in the order that batches number them from 1.
    marked
        For .sav the codes that the file marks as missing, when not all can be.
    """

    name: str
    label: str
    kind: LabelledKind
    width: int = 1
    decimals: int = 0
    scale: bool = False
    values: Mapping[str, str] = attrs.field(factory=dict)
    missing: Mapping[str, str] = attrs.field(factory=dict)
    marked: tuple[str, ...] | None = None


@attrs.frozen(kw_only=True)
class LabelledTable:
    """Columns and rows of a file with labels.

    Attributes
    ----------
    label
        What the data are.
    rows
        Number of rows.
    columns
        The columns.
    batches
        Gives the rows from the start: for column ``j`` the field ``v<j>`` with the value (double,
        text, or date32), and ``m<j>`` with the number of the missing code, from 1, or null. The
        texts of missing codes stand in ``v<j>`` itself.
    """

    label: str
    rows: int
    columns: tuple[LabelledColumn, ...]
    batches: Batches


def fitting_names(
    names: Sequence[str], *, longest: int, reserved: frozenset[str], case: bool
) -> list[str]:
    """Make names fit a file: short enough, not reserved, no two alike.

    Parameters
    ----------
    names
        The names, of letters, digits and underscores.
    longest
        Longest name in bytes.
    reserved
        Names that may not be used, in lower case.
    case
        Whether the file tells capitals apart.
    """
    taken: set[str] = set()
    fitting: list[str] = []
    for name in names:
        made, turn = name[:longest], 1
        while (made if case else made.lower()) in taken or made.lower() in reserved:
            turn += 1
            tail = f"_{turn}"
            made = name[: longest - len(tail)] + tail
        taken.add(made if case else made.lower())
        fitting.append(made)
    return fitting


def cut(text: str, most: int) -> bytes:
    """Cut a text to a number of bytes of UTF-8, between two characters."""
    return text.encode()[:most].decode(errors="ignore").encode()
