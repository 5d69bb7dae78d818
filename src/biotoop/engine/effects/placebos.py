"""The same analysis where no effect can be: of what came before, and over earlier waves."""

from collections.abc import Callable

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.desk import Desk, without_holes
from biotoop.engine.effects.diagnostics import Verdict
from biotoop.engine.effects.estimating import estimate
from biotoop.engine.effects.people import Outcome
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.result import PlaceboFinding
from biotoop.engine.effects.standardising import in_units, standardise, yardstick
from biotoop.engine.effects.tables import AnalysisTable, earlier_change, stacked_table
from biotoop.engine.effects.tasks import Task, placebo_task

TELLING = 0.25


def placebos_of(desk: Desk, task: Task, table: AnalysisTable) -> tuple[PlaceboFinding, ...]:
    """Run a task on every placebo outcome of its plan."""

    def one(name: str) -> PlaceboFinding:
        column = desk.column(name)
        placebo = placebo_task(task, column)

        def run() -> tuple[Estimate, Estimate | None]:
            outcome = desk.outcome(placebo, table, column, placebo=True)
            return _estimates(desk, placebo, table, outcome, own_spread=True)

        return _finding(name, "placebo", run, task)

    return tuple(one(name) for name in task.plan.placebo_outcomes)


def trends_of(desk: Desk, task: Task, table: AnalysisTable) -> tuple[PlaceboFinding, ...]:
    """Run a difference in differences over the waves before, each up to the wave before."""
    if task.design is not Design.DIFFERENCE_IN_DIFFERENCES:
        return ()

    def one(wave: str) -> PlaceboFinding:
        def run() -> tuple[Estimate, Estimate | None]:
            column = desk.column(task.plan.outcome)
            if table.paired:
                outcome = Outcome(column=earlier_change(column, wave), before=column)
                return _estimates(desk, task, table, outcome)
            before = task.plan.before or ""
            moved = attrs.evolve(task, plan=attrs.evolve(task.plan, before=wave, after=before))
            stacked = stacked_table(desk.snapshot(task.dataset), wave, before)
            return _estimates(desk, moved, stacked, Outcome(column=column))

        return _finding(wave, "trend", run, task)

    return tuple(one(wave) for wave in table.earlier)


def _estimates(
    desk: Desk, task: Task, table: AnalysisTable, outcome: Outcome, *, own_spread: bool = False
) -> tuple[Estimate, Estimate | None]:
    measure = desk.measure()
    if own_spread:
        measure = attrs.evolve(measure, standard_deviation=None, intended=Direction.INCREASE)
    people = desk.people(without_holes(task, table), table, outcome)
    answer = estimate(task, people)
    found = in_units(answer, measure, people, used=people.sample.count(answer.used))
    by = yardstick(task, people, answer, measure)
    return found, None if by is None else standardise(found, by, measure)


def _finding(
    name: str, kind: str, run: Callable[[], tuple[Estimate, Estimate | None]], task: Task
) -> PlaceboFinding:
    try:
        found, standard = run()
    except EngineError as error:
        why = error.why if isinstance(error, Refused) else error.note
        return PlaceboFinding(
            outcome=name,
            verdict=Verdict.CANNOT_KNOW,
            found=_said(kind, name, None, why),
            estimate=None,
            standardised=None,
        )
    verdict = judged(standard, task.plan.smallest_effect)
    return PlaceboFinding(
        outcome=name,
        verdict=verdict,
        found=_said(kind, name, standard, None),
        estimate=found,
        standardised=standard,
    )


def judged(found: Estimate | None, smallest: float) -> Verdict:
    """Judge an effect that should be zero.

    Failed when its interval excludes zero and it is larger than the smallest effect that
    matters; held when the whole interval lies within 0.25 standard deviations of zero and holds
    zero; else doubtful: the data cannot tell. Not seeing a difference is no proof of none.
    """
    if found is None or found.low is None or found.high is None:
        return Verdict.CANNOT_KNOW
    holds_zero = found.low <= 0.0 <= found.high
    if not holds_zero and abs(found.value) > smallest:
        return Verdict.FAILED
    within = max(abs(found.low), abs(found.high)) <= TELLING
    return Verdict.HELD if holds_zero and within else Verdict.DOUBTFUL


def _said(kind: str, name: str, found: Estimate | None, why: Note | None) -> Note:
    if found is None or found.low is None or found.high is None:
        return note(f"effects.check.{kind}_refused", name=name, reason=why)
    return note(
        f"effects.check.{kind}", name=name, value=found.value, low=found.low, high=found.high
    )
