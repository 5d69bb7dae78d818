"""From answer codes to item points: checked, reversed, and turned by point rules."""

import math
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.instruments.faults import FaultyAnswers
from biotoop.engine.instruments.model import Instrument, Item, Scale

Floats = NDArray[np.float64]
Columns = Mapping[str, ArrayLike]


def faults(instrument: Instrument, scale: Scale, columns: Columns) -> tuple[Problem, ...]:
    """Give everything that is wrong with the answers: columns, lengths, codes out of range."""
    found: list[Problem] = []
    lengths = {key: np.shape(columns[key]) for key in scale.items if key in columns}
    for key in scale.items:
        if key not in columns:
            found.append(problem("instruments.missing_column", key, item=key, scale=scale.id))
        else:
            found.extend(_code_faults(instrument.item(key), np.asarray(columns[key], float)))
    if len(set(lengths.values())) > 1:
        shown = tuple(f"{key}: {shape[0]}" for key, shape in lengths.items())
        found.append(problem("instruments.unequal_columns", scale=scale.id, lengths=shown))
    return tuple(found)


def _code_faults(item: Item, answers: Floats) -> Iterator[Problem]:
    present = ~np.isnan(answers)
    wrong = present & ((answers < item.min) | (answers > item.max))
    if item.whole:
        wrong |= present & (answers != np.round(answers))
    rows = np.flatnonzero(wrong)
    if rows.size:
        yield problem(
            "instruments.answer_out_of_range",
            item.id,
            item=item.id,
            value=float(answers[rows[0]]),
            row=int(rows[0]) + 1,
            count=int(rows.size),
            low=item.min,
            high=item.max,
        )


def item_points(instrument: Instrument, scale: Scale, columns: Columns) -> Floats:
    """Turn answers into item points: reversed where needed, by point rules where given.

    Parameters
    ----------
    instrument, scale
        The instrument and the scale of it.
    columns
        Answer codes by item, each of shape (n,); nan is missing. Other columns are ignored.

    Returns
    -------
    Floats
        Points, shape (n, k), in the order of ``scale.items``; nan where missing.

    Raises
    ------
    FaultyAnswers
        A column is absent, columns differ in length, or a code is out of range.
    """
    wrong = faults(instrument, scale, columns)
    if wrong:
        first = wrong[0].note.text("en")
        raise FaultyAnswers(
            problems=wrong, instrument=instrument.code, count=len(wrong), first=first
        )
    points = np.column_stack([np.asarray(columns[key], float) for key in scale.items])
    for place, key in enumerate(scale.items):
        if key in scale.reversed:
            item = instrument.item(key)
            points[:, place] = item.max + item.min - points[:, place]
    for rule in scale.points:
        for key in rule.items:
            place = scale.items.index(key)
            answers = points[:, place]
            given = np.where(np.isnan(answers), np.nan, 0.0)
            for entry in rule.points:
                given[np.isin(answers, entry.answers)] = entry.points
            points[:, place] = given
    return points


def point_limits(instrument: Instrument, scale: Scale) -> tuple[float, float]:
    """Give the lowest and highest mean of item points that the scale can reach."""
    reach = {key: _codes(instrument.item(key)) for key in scale.items}
    for rule in scale.points:
        listed = [answer for entry in rule.points for answer in entry.answers]
        given = {entry.points for entry in rule.points}
        for key in rule.items:
            reach[key] = given if reach[key] <= set(listed) else given | {0.0}
    count = len(scale.items)
    return sum(map(min, reach.values())) / count, sum(map(max, reach.values())) / count


def _codes(item: Item) -> set[float]:
    """Give the answer codes of an item; its ends where any number may be answered."""
    if not item.whole:
        return {item.min, item.max}
    return {float(code) for code in range(math.ceil(item.min), math.floor(item.max) + 1)}
