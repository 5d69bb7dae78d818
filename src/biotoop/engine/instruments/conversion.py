"""Tables that a licence keeps out of our hands: a user loads them to turn points into a score.

Two kinds exist. A table by total turns a raw sum into a score, if need be apart for groups such
as age and sex (SWEMWBS, KIDSCREEN-10, RCADS). A tariff gives every answer on every item a value
(EQ-5D-5L, ICECAP-A, ASCOT).
"""

import attrs
import numpy as np
from numpy.typing import NDArray

from biotoop.engine.core.schema import field
from biotoop.engine.instruments.model import CODE, KEY, Confirmation, Source

Floats = NDArray[np.float64]


@attrs.frozen(kw_only=True)
class TotalRow:
    """One line of a table by total."""

    total: float = field("Raw total.")
    score: float = field("Score for that total.")
    group: str | None = field("Group for which the line holds.", default=None)


@attrs.frozen(kw_only=True)
class AnswerValue:
    """One line of a tariff."""

    item: str = field("Code of the item.", pattern=KEY)
    answer: float = field("Answer code.")
    value: float = field("What it adds to the score.")


@attrs.frozen(kw_only=True)
class Conversion:
    """A conversion table that a user loads for one scale."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    instrument: str = field("Code of the instrument.", pattern=CODE)
    scale: str = field("Code of the scale.", pattern=KEY)
    source: Source = field("Where the table was published.")
    licence: Confirmation | None = field("Licence under which you hold it.", default=None)
    totals: tuple[TotalRow, ...] = field("Table by total.", default=())
    constant: float = field("Tariff: value before any answer counts.", default=0.0)
    deviation: float = field(
        "Tariff: added once when any answer is above the lowest code of its item.", default=0.0
    )
    values: tuple[AnswerValue, ...] = field("Tariff: value of each answer.", default=())


def convert_totals(
    conversion: Conversion, totals: Floats, groups: NDArray[np.str_] | None
) -> Floats:
    """Look up scores for raw totals.

    Parameters
    ----------
    conversion
        The table by total.
    totals
        Raw totals, shape (n,); nan stays nan.
    groups
        Group of each person, shape (n,), when the table is apart for groups.

    Returns
    -------
    Floats
        Scores, shape (n,); nan where the table has no line.
    """
    found = np.full(totals.shape, np.nan)
    for row in conversion.totals:
        here = totals == row.total
        if row.group is not None:
            here = here & (groups == row.group) if groups is not None else here & False
        found[here] = row.score
    return found


def apply_tariff(
    conversion: Conversion, items: tuple[str, ...], lowest: Floats, answers: Floats
) -> Floats:
    """Add up the values of all answers.

    Parameters
    ----------
    conversion
        The tariff.
    items
        Codes of the columns of ``answers``, length k.
    lowest
        Lowest answer code of each item, shape (k,).
    answers
        Answer codes, shape (n, k); nan is missing.

    Returns
    -------
    Floats
        Scores, shape (n,); nan where an answer is missing or has no value in the tariff.
    """
    known = np.full(answers.shape, np.nan)
    for row in conversion.values:
        if row.item in items:
            column = items.index(row.item)
            known[answers[:, column] == row.answer, column] = row.value
    worse = np.any(answers > lowest, axis=1)
    total: Floats = conversion.constant + known.sum(axis=1) + conversion.deviation * worse
    return total
