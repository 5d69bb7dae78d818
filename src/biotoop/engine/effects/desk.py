"""Where a plan is worked on: its tables and cells, each made once."""

from collections.abc import Mapping
from pathlib import Path

import attrs

from biotoop.engine.datasets.data_engine import DataEngine
from biotoop.engine.datasets.measures import Measure, Measures
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Vector
from biotoop.engine.effects.overlap import chance_of
from biotoop.engine.effects.people import Outcome, People, people_of
from biotoop.engine.effects.plan import Adjustment, Design, Plan
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.tables import (
    AnalysisTable,
    Pairing,
    after,
    change,
    paired_table,
    single_table,
    stacked_table,
)
from biotoop.engine.effects.tasks import OF_CHANGE, Task, task_of
from biotoop.engine.effects.terms import columns_of


@attrs.frozen(kw_only=True)
class WholeAreas:
    """A column that seems to name the areas that were chosen.

    Attributes
    ----------
    column, values
        Its name, and how many values it has.
    moved
        Whether some people stand on the other side than most of their area.
    """

    column: str
    values: int
    moved: bool

    @property
    def code(self) -> str:
        """Name the refusal that says so; it holds no number of people."""
        return "nearly_whole_areas" if self.moved else "whole_areas"


@attrs.frozen(kw_only=True, eq=False)
class Desk:
    """A plan with its data.

    Attributes
    ----------
    plan, snapshots, measures
        What is to be run, on what.
    engine
        The data engine.
    folder
        Scratch folder for tables of paired waves: data of persons, removed after the run.
    whole_areas
        Columns that seem to name whole areas, by dataset, filters and comparison: looked at once.
    """

    plan: Plan
    snapshots: Mapping[str, Snapshot]
    measures: Measures
    engine: DataEngine
    folder: Path
    whole_areas: dict[tuple[object, ...], WholeAreas | None] = attrs.field(factory=dict, init=False)
    _tables: dict[str, AnalysisTable] = attrs.field(factory=dict, init=False)
    _people: dict[tuple[object, ...], People] = attrs.field(factory=dict, init=False)
    _chances: dict[int, Vector | Refused] = attrs.field(factory=dict, init=False)

    def measure(self) -> Measure:
        """Give the measure that is the outcome."""
        try:
            return self.measures.measure(self.plan.outcome)
        except KeyError as error:
            raise Refused("effects.refused.no_measure", measure=self.plan.outcome) from error

    def column(self, name: str) -> str:
        """Give the column of a measure, or the column itself."""
        for measure in self.measures.measures:
            if measure.id == name:
                return measure.column or measure.id
        return name

    def snapshot(self, name: str) -> Snapshot:
        """Give a dataset by its name."""
        if name not in self.snapshots:
            raise Refused("effects.refused.no_dataset", dataset=name)
        return self.snapshots[name]

    def table(self, dataset: str) -> AnalysisTable:
        """Give the table of the plan on a dataset, made once."""
        if dataset not in self._tables:
            self._tables[dataset] = self._make_table(dataset)
        return self._tables[dataset]

    def _make_table(self, dataset: str) -> AnalysisTable:
        snapshot, plan = self.snapshot(dataset), self.plan
        if plan.before is None or plan.after is None:
            return single_table(snapshot, plan.after or plan.before)
        if not plan.same_people:
            return stacked_table(snapshot, plan.before, plan.after)
        outcomes = dict.fromkeys(map(self.column, (plan.outcome, *plan.placebo_outcomes)))
        pairing = Pairing(
            before=plan.before,
            after=plan.after,
            treatment=plan.treatment,
            outcomes=tuple(outcomes),
            keep=tuple(n for n in self._used() if n not in outcomes),
        )
        folder = self.folder / dataset
        folder.mkdir()
        return paired_table(snapshot, pairing, folder, engine=self.engine)

    def _used(self) -> tuple[str, ...]:
        """Give every column that the plan and its specifications name, but the treatment."""
        plan = self.plan
        tasks = [task_of(plan), *(task_of(plan, item) for item in plan.specifications)]
        names = [*([plan.clusters] if plan.clusters else []), *plan.subgroups]
        for task in tasks:
            names.extend(columns_of(task.covariates))
            names.extend(item.column for item in task.filters)
        return tuple(name for name in dict.fromkeys(names) if name != plan.treatment)

    def outcome(self, task: Task, table: AnalysisTable, column: str, *, placebo: bool) -> Outcome:
        """Give what to estimate on: the value, the value after, or the change."""
        if task.design in OF_CHANGE and not table.paired and table.period is None:
            raise Refused("effects.refused.no_waves")
        if not table.paired:
            return Outcome(column=column)
        if task.design in OF_CHANGE:
            return Outcome(column=change(column), before=column, last=after(column))
        return Outcome(column=column if placebo else after(column))

    def people(self, task: Task, table: AnalysisTable, outcome: Outcome) -> People:
        """Give the cells of a task, made once for all tasks that share them."""
        key = (
            table.snapshot.path,
            table.where,
            outcome,
            task.covariates,
            task.comparison,
            task.filters,
            task.subgroup,
            task.design is Design.PRE_POST,
            task.plan.after,
        )
        if key not in self._people:
            self._people[key] = people_of(table, task, outcome, engine=self.engine)
        return self._people[key]

    def chance(self, people: People, answer: Answer) -> Vector | Refused:
        """Give the chance of these people to be reached, estimated once for the same cells."""
        if answer.propensity is not None:
            return answer.propensity
        # the cells are kept, so that their identity stays theirs
        if id(people) not in self._chances:
            self._chances[id(people)] = chance_of(people.sample)
        return self._chances[id(people)]


def without_holes(task: Task, table: AnalysisTable) -> Task:
    """Leave covariates with missing values out of an analysis that does not adjust for them.

    So that nobody falls out for a covariate that only serves to look at the balance.
    """
    if task.adjustment is not Adjustment.NONE:
        return task
    names = columns_of(task.covariates)
    if not any(table.snapshot.column(name).missing for name in names):
        return task
    return attrs.evolve(task, covariates=())
