"""The people behind the figures of a study, as linked tables for the disclosure service.

Every analysis stands on a frame: its people by side, as they are in the data. Analyses with the
same people share a frame. Frames of one outcome lie within each other, so that one filter more is
held against the rest; a share of yes and no is a table of counts, whatever chart or mean shows it.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs
import numpy as np

from biotoop.engine.core.ids import canonical_json, combined_hash
from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.disclosure.answers import answers_told
from biotoop.engine.disclosure.tables import Condition, Dimension, Key, Table, key
from biotoop.engine.effects.diagnostics import Role
from biotoop.engine.effects.result import EffectFinding, EffectSet
from biotoop.engine.recipes.findings import Findings, MeasureSummary
from biotoop.engine.recipes.people_tables import (
    NO,
    PEOPLE,
    REST,
    YES,
    Frame,
    Values,
    answer_names,
    answers_before_table,
    answers_by_group_tables,
    answers_table,
    counts_of_row,
    grouped_table,
    name_of,
    name_of_moment,
    of_side,
    pairs_of,
    same_people,
    sides_table,
    values_seen,
    yes_and_no_table,
)

_NOISE = 1e-9


@attrs.frozen(kw_only=True)
class Census:
    """All cells behind the figures of a study.

    Attributes
    ----------
    tables
        The tables by what they are linked through: data and outcome.
    within
        Pairs of cells, of which the people of the smaller lie within the larger.
    behind
        For each figure, by name, the cells that showing it tells.
    prints
        For each cell with raw means, and for each analysis by name, a digest of every number that
        is printed of it: it changes when somebody's values do.
    values
        By data and outcome, the values that it has, where they are few.
    """

    tables: Mapping[str, tuple[Table, ...]]
    within: Mapping[str, tuple[tuple[Key, Key], ...]]
    behind: Mapping[str, tuple[Key, ...]]
    prints: Mapping[str, str]
    values: Mapping[str, Values] = attrs.field(factory=dict)

    def values_of(self, dataset: str, outcome: str) -> Values:
        """Give the values of an outcome in a dataset; none where they are many."""
        return self.values.get(_base(dataset, outcome), ())


@attrs.define
class _Counter:
    """Gathers tables and cells, each once."""

    tables: dict[str, dict[tuple[object, ...], Table]] = attrs.field(factory=dict)
    frames: dict[str, list[Frame]] = attrs.field(factory=dict)
    behind: dict[str, tuple[Key, ...]] = attrs.field(factory=dict)
    prints: dict[str, str] = attrs.field(factory=dict)
    values: dict[str, Values] = attrs.field(factory=dict)

    def add(self, base: str, table: Table) -> None:
        same = (table.population, tuple(part.name for part in table.dimensions))
        self.tables.setdefault(base, {}).setdefault(same, table)

    def few(self, base: str, moments: Iterable[tuple[float, float, int]]) -> Values:
        """Give the values of an outcome: as the data told, else as its moments show."""
        if base not in self.values:
            seen = values_seen(moments)
            if not seen:
                return ()
            self.values[base] = seen
        return self.values[base]

    def frame(self, found: EffectFinding) -> Frame:
        """Give the frame of an analysis: one that is there already, or a new one."""
        base = _base(found.dataset, found.outcome)
        known = self.frames.setdefault(base, [])
        for frame in known:
            if same_people(frame.groups, found.groups):
                return frame
        conditions = (("data", found.dataset), ("outcome", found.outcome), ("in", name_of(found)))
        values = self.few(base, ((group.mean, group.sd, group.n) for group in found.groups))
        frame = Frame(
            name=name_of(found), groups=found.groups, conditions=conditions, values=values
        )
        known.append(frame)
        self.add(base, sides_table(frame))
        for table in (answers_table(frame), answers_before_table(frame)):
            if table is not None:
                self.add(base, table)
        return frame


def _base(dataset: str, outcome: str) -> str:
    return f"{dataset}: {outcome}"


def census_of(findings: Findings) -> Census:
    """Count the people behind every figure of the edition of the team."""
    counter = _Counter(values=dict(_few_values(findings)))
    for item in findings.effects:
        _count_effects(counter, item)
    for measure in findings.measures:
        _count_moments(counter, measure)
    within = {
        base: tuple(pairs_of(held.values(), counter.frames.get(base, ())))
        for base, held in counter.tables.items()
    }
    return Census(
        tables={base: tuple(held.values()) for base, held in counter.tables.items()},
        within=within,
        behind=counter.behind,
        prints=counter.prints,
        values=counter.values,
    )


def _few_values(findings: Findings) -> Iterator[tuple[str, Values]]:
    for measure in findings.measures:
        for dataset, values in measure.values.items():
            yield _base(dataset, measure.id), values


def _count_effects(counter: _Counter, item: EffectSet) -> None:
    for found in (item.primary, *item.specifications):
        if found.groups:
            frame = counter.frame(found)
            counter.behind[name_of(found)] = _told_by(found, frame)
            _count_balance(counter, found, frame)
            _print(counter, found, frame)
    columns = dict.fromkeys(part.subgroup.column for part in item.subgroups if part.subgroup)
    for column in columns:
        _count_subgroups(counter, item, column)


def _told_by(found: EffectFinding, frame: Frame, *more: Condition) -> tuple[Key, ...]:
    """Give the cells that an analysis tells: its sides, and of a raw difference the answers."""
    cells = [frame.cell(group, *more) for group in found.groups]
    for group in found.groups:
        cells += [frame.cell(group, *more, answer) for answer in frame.told(group)]
    return tuple(cells)


def _print(counter: _Counter, found: EffectFinding, frame: Frame, *more: Condition) -> None:
    """Take a digest of all raw means of each side, and one of every number of the analysis."""
    for group in found.groups:
        reached = group.role is Role.TREATED
        rows = [
            (row.covariate, _digits(row.treated_mean if reached else row.comparison_mean))
            for row in found.balance
        ]
        told = [_digits(group.mean), _digits(group.sd), _digits(group.mean_before), *rows]
        counter.prints.setdefault(str(frame.cell(group, *more)), _digest(told))
    groups = [(group.n, group.mean, group.sd, group.mean_before) for group in found.groups]
    printed = (found.estimate, found.standardised, found.balance, found.placebos, groups)
    counter.prints[name_of(found)] = _digest(list(_numbers(printed)))


def _digest(told: Sequence[object]) -> str:
    return combined_hash([("raw", canonical_json(told).decode())])


def _digits(value: float | None) -> str:
    return "-" if value is None else "0" if abs(value) < _NOISE else f"{value:.10g}"


def _numbers(value: object) -> Iterator[str]:
    """Give every number in a part of a finding, in order; words and rows left out have none."""
    kind = type(value)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        yield _digits(value)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _numbers(part)
    elif attrs.has(kind) and not isinstance(value, Note | Text):
        for part in attrs.fields(kind):
            if part.name != "missing":
                yield from _numbers(getattr(value, part.name))


def covariate_cells(found: EffectFinding, frame: Frame, covariate: str) -> tuple[Key, ...]:
    """Give the cells that the raw means of a characteristic of zeros and ones tell."""
    column = f"is {covariate}"
    return tuple(
        frame.cell(group, (column, answer))
        for group, answer in itertools.product(found.groups, (NO, YES))
    )


def _count_balance(counter: _Counter, found: EffectFinding, frame: Frame) -> None:
    base = _base(found.dataset, found.outcome)
    for row in found.balance:
        means = (row.treated_mean, row.comparison_mean)
        if len(means) != len(found.groups):
            continue
        counts = counts_of_row(row, [group.n for group in found.groups])
        table = yes_and_no_table(frame, f"is {row.covariate}", counts)
        if table is not None:
            counter.add(base, table)
            named = f"{name_of(found)}: {row.covariate}"
            counter.behind[named] = covariate_cells(found, frame, row.covariate)


def _count_subgroups(counter: _Counter, item: EffectSet, column: str) -> None:
    """Lay out side by group, with what the groups leave over; answers as well where two."""
    parts = [
        part
        for part in item.subgroups
        if part.subgroup is not None and part.subgroup.column == column and part.groups
    ]
    if not parts or not item.primary.groups:
        return
    frame = counter.frame(item.primary)
    base = _base(item.primary.dataset, item.primary.outcome)
    values = [part.subgroup.value for part in parts if part.subgroup is not None]
    people = np.array([[of_side(part, side).n for part in parts] for side in frame.groups])
    rest = np.array([side.n for side in frame.groups]) - people.sum(axis=1)
    if (rest < 0).any():
        return  # people of two groups at once: without a table, nothing of it is shown
    counter.add(base, grouped_table(frame, column, values, people, rest))
    for answers in answers_by_group_tables(frame, column, parts, values, rest):
        counter.add(base, answers)
    for part, value in zip(parts, values, strict=True):
        counter.behind[name_of(part)] = _told_by(part, frame, (column, value))
        _print(counter, part, frame, (column, value))


def _count_moments(counter: _Counter, measure: MeasureSummary) -> None:
    base = _base(measure.dataset, measure.id)
    for moment in measure.moments:
        n = moment.mean.n
        conditions = (
            ("data", measure.dataset),
            ("outcome", measure.id),
            ("wave", moment.wave or REST),
        )
        whole = key(PEOPLE, conditions)
        values = counter.few(base, [(moment.mean.value, moment.sd, n)])
        told = answers_told(moment.mean.value, moment.sd, n, values)
        kind = ("everyone", ("all",)) if told is None else ("answer", answer_names(values))
        part = Dimension(name=kind[0], categories=kind[1], answer=told is not None)
        counts = [n] if told is None else list(told)
        named = name_of_moment(measure, moment)
        counter.add(
            base,
            Table(
                name=named,
                dimensions=(part,),
                counts=np.array(counts),
                population=conditions,
            ),
        )
        cells = [key(PEOPLE, (*conditions, (part.name, name))) for name in part.categories]
        counter.behind[named] = (whole, *cells)
        printed = (moment.mean, moment.sd, moment.alpha, moment.omega)
        counter.prints.setdefault(str(cells[0]), _digest(list(_numbers(printed))))
