"""People by side, group and answer, laid out as the tables that figures of a study tell."""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs
import numpy as np

from biotoop.engine.disclosure.answers import answers_told
from biotoop.engine.disclosure.tables import (
    Condition,
    Dimension,
    Key,
    Table,
    key,
    keys_of,
    with_margins,
)
from biotoop.engine.effects.diagnostics import BalanceRow, Group
from biotoop.engine.effects.result import EffectFinding
from biotoop.engine.recipes.findings import MeasureMoment, MeasureSummary

PEOPLE = "people"
REST = "(-)"
YES, NO = "yes", "no"
Values = tuple[float, ...]
_ENDS = ((0.0, 1.0), (0.0, 100.0), (1.0, 2.0))
_DEAR = 5.0
_TWO = 2
_SAME = 1e-9
_NEAR = 1e-6


def values_seen(moments: Iterable[tuple[float, float, int]]) -> Values:
    """Give the two values that means and spreads show, where the data do not tell them.

    Of values that are all at one of two ends a and b the variance is as large as it can be,
    n p (1 - p) (b - a)^2 / (n - 1); no other values between these ends have it.
    """
    told = list(moments)
    fitting = [ends for ends in _ENDS if told and all(_lie_at(ends, *each) for each in told)]
    return fitting[0] if fitting else ()


def _lie_at(ends: tuple[float, float], mean: float, sd: float, n: int) -> bool:
    if n < 1 or math.isnan(mean):
        return False
    bottom, top = ends
    share = (mean - bottom) / (top - bottom)
    widest = n * share * (1 - share) / max(n - 1, 1) * (top - bottom) ** 2
    spread = 0.0 if math.isnan(sd) else sd**2
    return -_NEAR <= share <= 1 + _NEAR and abs(spread - widest) <= _SAME * max(widest, 1.0)


def answer_names(values: Values) -> tuple[str, ...]:
    """Name the answers of an outcome: yes and no where there are two, else the values."""
    return (NO, YES) if len(values) == _TWO else tuple(f"{value:.10g}" for value in values)


def near_count(mean: float, n: int) -> int | None:
    """Give the count behind a mean of zeros and ones; None where it cannot be one."""
    people = mean * n
    whole = -_NEAR <= mean <= 1 + _NEAR and abs(people - round(people)) < _NEAR * max(n, 1)
    return round(people) if whole else None


def counts_of_row(row: BalanceRow, people: Sequence[int]) -> list[int | None]:
    """Give the counts behind the raw means of a characteristic of two values, of each side.

    From the difference in spreads and the ratio of variances both variances follow, and from these
    and the means the only two values that it can have; they are its values if whole numbers of
    people have them.
    """
    means = (row.treated_mean, row.comparison_mean)
    counts = [near_count(mean, n) for mean, n in zip(means, people, strict=True)]
    ends = None if None not in counts else _ends_of(row)
    if ends is None:
        return counts
    told = [answers_told(mean, math.nan, n, ends) for mean, n in zip(means, people, strict=True)]
    return [None if count is None else count[1] for count in told]


def _ends_of(row: BalanceRow) -> tuple[float, float] | None:
    """Solve (m - a) (b - m) = variance for both sides."""
    one, other = row.treated_mean, row.comparison_mean
    if one == other or not row.difference or not row.variance_ratio:
        return None
    both = 2.0 * ((one - other) / row.difference) ** 2
    v0 = both / (1.0 + row.variance_ratio)
    added = (both - v0 + one**2 - v0 - other**2) / (one - other)
    root = added**2 - 4.0 * (other * added - v0 - other**2)
    if not root > 0:
        return None
    return (added - math.sqrt(root)) / 2.0, (added + math.sqrt(root)) / 2.0


@attrs.frozen(kw_only=True)
class Frame:
    """The people of one or more analyses, by side.

    Attributes
    ----------
    name
        The first analysis that stands on it.
    groups
        Each side as it is.
    conditions
        What tells its cells apart: data, outcome, and the name.
    values
        The values of the outcome, where they are few.
    """

    name: str
    groups: tuple[Group, ...]
    conditions: tuple[Condition, ...]
    values: Values = ()

    def cell(self, group: Group, *more: Condition) -> Key:
        """Give the identity of the cell of one side."""
        return key(PEOPLE, (*self.conditions, ("side", side_of(group)), *more))

    def answers(self, group: Group) -> tuple[int, ...] | None:
        """Give how many people of a group gave each answer, where mean and spread tell it."""
        return answers_told(group.mean, group.sd, group.n, self.values)

    def answers_before(self, group: Group) -> tuple[int, ...] | None:
        """Give how many gave each answer before, where the mean alone tells it."""
        if group.mean_before is None or len(self.values) != _TWO:
            return None
        return answers_told(group.mean_before, math.nan, group.n, self.values)

    def told(self, group: Group) -> Iterator[Condition]:
        """Give the answers that the raw means of a group tell, now and before."""
        asked = (("answer", self.answers), ("answer before", self.answers_before))
        for name, answers in asked:
            if all(answers(side) is not None for side in (*self.groups, group)):
                yield from ((name, answer) for answer in answer_names(self.values))

    @property
    def worth(self) -> float:
        """How dear it is to hide it: the plan as written is dearer than its other ways."""
        return _DEAR if "(primary" in self.name else 1.0

    @property
    def whole(self) -> Key:
        """The cell of all sides together."""
        return key(PEOPLE, self.conditions)


def side_of(group: Group) -> str:
    """Name a side by its role and its code, so that two comparisons stay apart."""
    return f"{group.role.value} {group.code}".strip()


def name_of(found: EffectFinding) -> str:
    """Name an analysis in decisions: plan, specification, and group where there is one."""
    group = found.subgroup
    part = "" if group is None else f", {group.column}={group.value}"
    return f"{found.plan} ({found.specification}{part})"


def name_of_moment(measure: MeasureSummary, moment: MeasureMoment) -> str:
    """Name a moment of a measure in decisions."""
    return f"{measure.id}: {moment.wave}" if moment.wave else measure.id


def same_people(first: tuple[Group, ...], second: tuple[Group, ...]) -> bool:
    """Tell whether two analyses stand on the same people, as far as their groups tell."""

    def told(groups: tuple[Group, ...]) -> list[object]:
        return [(g.role, g.code, g.n, g.mean, g.sd, g.mean_before) for g in groups]

    return told(first) == told(second)


def sides_table(frame: Frame) -> Table:
    """Lay out the people of a frame by side."""
    names = tuple(side_of(group) for group in frame.groups)
    return Table(
        name=frame.name,
        dimensions=(Dimension(name="side", categories=names),),
        counts=np.array([group.n for group in frame.groups]),
        population=frame.conditions,
        worth=frame.worth,
    )


def answers_table(frame: Frame) -> Table | None:
    """Lay out the answers by side, where the outcome has two or three values."""
    counts = [frame.answers(group) for group in frame.groups]
    return _laid_out(frame, "answer", counts, answer_names(frame.values), sensitive=True)


def answers_before_table(frame: Frame) -> Table | None:
    """Lay out the answers at the wave before, of an outcome with two values."""
    counts = [frame.answers_before(group) for group in frame.groups]
    return _laid_out(frame, "answer before", counts, answer_names(frame.values), sensitive=True)


def yes_and_no_table(frame: Frame, name: str, counts: list[int | None]) -> Table | None:
    """Lay out a characteristic by side; None where its means are not those of two values."""
    pairs = [
        None if yes is None or not 0 <= yes <= group.n else (group.n - yes, yes)
        for yes, group in zip(counts, frame.groups, strict=True)
    ]
    return _laid_out(frame, name, pairs, (NO, YES))


def _laid_out(
    frame: Frame,
    name: str,
    counts: Sequence[tuple[int, ...] | None],
    answers: tuple[str, ...],
    *,
    sensitive: bool = False,
) -> Table | None:
    known = [count for count in counts if count is not None]
    if len(known) < len(frame.groups):
        return None
    return Table(
        name=f"{frame.name}: {name}",
        dimensions=(
            Dimension(name="side", categories=tuple(side_of(group) for group in frame.groups)),
            Dimension(name=name, categories=answers, answer=sensitive),
        ),
        counts=np.array(known),
        population=frame.conditions,
    )


def of_side(part: EffectFinding, side: Group) -> Group:
    """Give the people of a group that stand on a side."""
    return next(group for group in part.groups if side_of(group) == side_of(side))


def grouped_table(
    frame: Frame, column: str, values: list[str], people: np.ndarray, rest: np.ndarray
) -> Table:
    """Lay out side by group, with the people whom the groups leave over."""
    cells, names = people, list(values)
    if rest.any():
        cells, names = np.column_stack([people, rest]), [*values, REST]
    return Table(
        name=f"{frame.name}: {column}",
        dimensions=(
            Dimension(name="side", categories=tuple(side_of(group) for group in frame.groups)),
            Dimension(name=column, categories=tuple(names)),
        ),
        counts=cells,
        population=frame.conditions,
    )


def answers_by_group_tables(
    frame: Frame, column: str, parts: list[EffectFinding], values: list[str], rest: np.ndarray
) -> Iterator[Table]:
    """Lay out side by group by answer, now and before; what the groups leave over gets the rest."""
    answers = {"answer": frame.answers, "answer before": frame.answers_before}
    for name, told in answers.items():
        cells = _by_group(frame, parts, told)
        if cells is None:
            continue
        names = [*values, REST]
        if not rest.any():
            cells, names = cells[:, :-1], values
        yield Table(
            name=f"{frame.name}: {column}, {name}",
            dimensions=(
                Dimension(name="side", categories=tuple(side_of(group) for group in frame.groups)),
                Dimension(name=column, categories=tuple(names)),
                Dimension(name=name, categories=answer_names(frame.values), answer=True),
            ),
            counts=cells,
            population=frame.conditions,
        )


def _by_group(
    frame: Frame,
    parts: list[EffectFinding],
    told: Callable[[Group], tuple[int, ...] | None],
) -> np.ndarray | None:
    cells = np.zeros((len(frame.groups), len(parts) + 1, max(len(frame.values), 1)), dtype=np.int64)
    for row, side in enumerate(frame.groups):
        every = told(side)
        own = [told(of_side(part, side)) for part in parts]
        known = [count for count in own if count is not None]
        if every is None or len(known) < len(parts):
            return None
        cells[row, :-1] = known
        cells[row, -1] = np.array(every) - cells[row, :-1].sum(axis=0)
    return None if (cells < 0).any() else cells


def cells_of(table: Table) -> Iterator[tuple[Key, float]]:
    """Give every cell of a table, margins included, with its number."""
    names = keys_of(table.dimensions, table.population, table.measure)
    yield from zip(names, with_margins(table.counts).ravel().tolist(), strict=True)


def frame_of(name: Key) -> str:
    """Give the frame in which a cell lies; none for a moment of a measure."""
    return dict(name.conditions).get("in", "")


def place_of(name: Key) -> tuple[Condition, ...]:
    """Give what a cell is within its frame."""
    return tuple(condition for condition in name.conditions if condition[0] != "in")


def by_frame(cells: Iterable[Key]) -> dict[str, dict[tuple[Condition, ...], Key]]:
    """Sort cells by frame, and within it by what they are."""
    found: dict[str, dict[tuple[Condition, ...], Key]] = {}
    for name in cells:
        found.setdefault(frame_of(name), {})[place_of(name)] = name
    return found


def lies_within(pairs: Iterable[tuple[float, float | None]]) -> bool:
    """Tell whether one of two frames can lie within the other: no cell more and another fewer."""
    ways = {(one > other) - (one < other) for one, other in pairs if other is not None}
    return not {-1, 1} <= ways


def pairs_of(tables: Iterable[Table], frames: Sequence[Frame]) -> Iterator[tuple[Key, Key]]:
    """Pair the cells of every two frames of one outcome of which one can lie within the other."""
    numbers = dict(cell for table in tables for cell in cells_of(table))
    framed = by_frame(name for name in numbers if frame_of(name))
    for mine, theirs in itertools.combinations(framed.values(), 2):
        both = [(name, theirs[place]) for place, name in mine.items() if place in theirs]
        if lies_within((numbers[first], numbers[second]) for first, second in both):
            yield from both
    for first, second in itertools.combinations(frames, 2):
        sides = {side_of(group) for group in second.groups}
        if not any(side_of(group) in sides for group in first.groups):
            yield from ((first.whole, second.cell(group)) for group in second.groups)
            yield from ((second.whole, first.cell(group)) for group in first.groups)
