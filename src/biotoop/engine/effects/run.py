"""From an analysis plan and its data to everything that it yields: the one way in."""

import tempfile
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Note
from biotoop.engine.datasets.cells import compress
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session
from biotoop.engine.datasets.errors import QueryFailed
from biotoop.engine.datasets.measures import Measures
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.effects.assignment import refuse_areas_without_clusters
from biotoop.engine.effects.balance import balance_rows
from biotoop.engine.effects.checking import Seen, checks_of
from biotoop.engine.effects.curve import curve_of
from biotoop.engine.effects.desk import Desk, without_holes
from biotoop.engine.effects.diagnostics import Group, Role, WeightsDiagnostics
from biotoop.engine.effects.estimating import estimate
from biotoop.engine.effects.levels import USUAL, level_of
from biotoop.engine.effects.overlap import weights_of
from biotoop.engine.effects.placebos import placebos_of, trends_of
from biotoop.engine.effects.plan import Design, Plan
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.result import (
    EffectFinding,
    EffectSet,
    RegistrationLabel,
    Subgroup,
)
from biotoop.engine.effects.standardising import in_units, standardise, yardstick
from biotoop.engine.effects.tasks import Task, task_of, waves_of


def run_plan(
    plan: Plan,
    snapshots: Mapping[str, Snapshot],
    measures: Measures,
    *,
    registration: RegistrationLabel,
    deviations: tuple[Note, ...] = (),
    exploratory: Collection[str] = (),
    engine: DataEngine | None = None,
) -> EffectSet:
    """Run a plan, all its specifications, placebos and subgroups; what cannot run says why.

    Parameters
    ----------
    plan
        The analysis plan.
    snapshots
        The data by name of the dataset.
    measures
        The measures of the study; one of them is the outcome.
    registration
        How sure a reader can be that the plan came first.
    deviations
        What differs from what was registered; given to every finding.
    exploratory
        Specifications that were added or changed after registration.
    engine
        The data engine; DuckDB when not given.

    Returns
    -------
    EffectSet
        The same for the same plan, data and engine version, whatever the number of threads.
    """
    with (
        tempfile.TemporaryDirectory(prefix="biotoop-effects-") as folder,
        (engine or DuckEngine()).open() as session,
    ):
        desk = Desk(
            plan=plan,
            snapshots=snapshots,
            measures=measures,
            engine=_Held(session=session),
            folder=Path(folder),
        )

        def run(task: Task) -> EffectFinding:
            label = RegistrationLabel.EXPLORATORY if task.id in exploratory else registration
            return _run(desk, task, label, deviations)

        primary = run(task_of(plan))
        others = tuple(run(task_of(plan, item)) for item in plan.specifications)
        subgroups = tuple(
            finding for column in plan.subgroups for finding in _by_subgroup(desk, column, run)
        )
    return EffectSet(
        plan=plan.id,
        title=plan.title,
        primary_outcome=plan.primary,
        primary=primary,
        specifications=others,
        subgroups=subgroups,
        curve=curve_of((primary, *others)),
    )


@attrs.frozen(kw_only=True)
class _Held:
    """An engine that is open already: one session for the whole plan."""

    session: Session

    def open(self) -> AbstractContextManager[Session]:
        return nullcontext(self.session)


def _run(
    desk: Desk, task: Task, registration: RegistrationLabel, deviations: tuple[Note, ...]
) -> EffectFinding:
    blank = EffectFinding(
        plan=task.plan.id,
        specification=task.id,
        label=task.label,
        from_=task.plan.from_,
        to=task.plan.to,
        outcome=task.plan.outcome,
        dataset=task.dataset,
        waves=waves_of(task),
        design=task.design,
        adjustment=task.adjustment,
        estimand=task.estimand,
        covariates=task.covariates,
        level=USUAL[task.design],
        registration=registration,
        deviations=deviations,
        subgroup=task.subgroup,
    )
    try:
        return _found(desk, task, blank)
    except QueryFailed:
        raise  # the machine failed, not the design
    except EngineError as error:
        why = error.why if isinstance(error, Refused) else error.note
        return attrs.evolve(blank, refusal=why)


def _found(desk: Desk, task: Task, blank: EffectFinding) -> EffectFinding:
    refuse_areas_without_clusters(desk, task)
    measure, table = desk.measure(), desk.table(task.dataset)
    outcome = desk.outcome(task, table, desk.column(task.plan.outcome), placebo=False)
    people = desk.people(without_holes(task, table), table, outcome)
    answer = estimate(task, people)
    found = in_units(answer, measure, people, used=people.sample.count(answer.used))
    by = yardstick(task, people, answer, measure)
    standard = None if by is None else standardise(found, by, measure)
    looked = desk.people(task, table, outcome).sample
    sided = task.design is not Design.PRE_POST
    rows = balance_rows(looked, answer.weights) if sided else ()
    weights = weights_of(people.sample, answer)
    placebos = placebos_of(desk, task, table)
    checks = checks_of(
        Seen(
            task=task,
            people=attrs.evolve(people, sample=looked),
            answer=answer,
            rows=rows,
            weights=weights,
            chance=lambda: desk.chance(people, answer),
            placebos=placebos,
            trends=trends_of(desk, task, table),
            standardised=None if standard is None else standard.value,
        )
    )
    level, reasons = level_of(task, checks)
    return attrs.evolve(
        blank,
        level=level,
        level_reasons=reasons,
        groups=_weighed(people.groups, weights),
        missing=people.missing,
        estimate=attrs.evolve(found, assumptions=tuple(check.found for check in checks)),
        standardised=standard,
        balance=rows,
        checks=checks,
        placebos=placebos,
        weights=weights,
    )


def _weighed(groups: tuple[Group, ...], weights: WeightsDiagnostics | None) -> tuple[Group, ...]:
    """Tell beside each side how many people its weights leave."""
    if weights is None:
        return groups
    left = {
        Role.TREATED: weights.treated_effective_n,
        Role.COMPARISON: weights.comparison_effective_n,
    }
    return tuple(attrs.evolve(group, effective_n=left[group.role]) for group in groups)


def _by_subgroup(
    desk: Desk, column: str, run: Callable[[Task], EffectFinding]
) -> tuple[EffectFinding, ...]:
    """Run the plan for each value of a column; what readers may see is not decided here."""
    task = task_of(desk.plan)
    try:
        values = _values(desk, task, column)
    except EngineError:
        values = ("-",)  # the run itself will say what is wrong
    return tuple(
        run(attrs.evolve(task, subgroup=Subgroup(column=column, value=value))) for value in values
    )


def _values(desk: Desk, task: Task, column: str) -> tuple[str, ...]:
    table = desk.table(task.dataset)
    cells = compress(
        table.snapshot,
        by=[column],
        outcomes=[],
        where=[*table.where, *task.filters],
        engine=desk.engine,
    )
    if column in cells.labels:
        return tuple(cells.labels[column][code] for code in cells.by[column])
    return tuple(f"{value:g}" for value in cells.by[column])
