"""One thing to run: the plan, with what a specification changes in it."""

import attrs

from biotoop.engine.core.texts import Text
from biotoop.engine.effects.plan import (
    Adjustment,
    Coarsening,
    Design,
    Estimand,
    Filter,
    IntervalMethod,
    Plan,
    Specification,
)
from biotoop.engine.effects.result import Subgroup
from biotoop.engine.effects.terms import columns_of

PRIMARY = "primary"
_PRIMARY_LABEL = Text(nl="Zoals het plan het zegt", en="As the plan says")


@attrs.frozen(kw_only=True)
class Task:
    """One analysis with nothing left open.

    Attributes
    ----------
    plan
        The plan that it belongs to.
    id, label
        The specification, or "primary".
    design, adjustment, estimand, covariates, coarsening, interval, dataset, comparison, filters,
    trim
        As in the plan, unless the specification says otherwise.
    interval_asked
        Whether the plan names the convention of the error itself.
    subgroup
        The people to whom it is limited; None for all.
    """

    plan: Plan
    id: str
    label: Text
    design: Design
    adjustment: Adjustment
    estimand: Estimand
    covariates: tuple[str, ...]
    coarsening: tuple[Coarsening, ...]
    interval: IntervalMethod
    interval_asked: bool
    dataset: str
    comparison: str
    filters: tuple[Filter, ...]
    trim: float | None
    subgroup: Subgroup | None = None


def task_of(plan: Plan, specification: Specification | None = None) -> Task:
    """Lay a specification over its plan; without one, the plan itself.

    The error is HC2, or CR2 with clusters, unless the plan says otherwise.
    """
    usual = IntervalMethod.HC2 if plan.clusters is None else IntervalMethod.CR2
    if specification is None:
        specification = Specification(id=PRIMARY, label=_PRIMARY_LABEL)
    chosen = specification
    covariates = plan.covariates if chosen.covariates is None else chosen.covariates
    return Task(
        plan=plan,
        id=chosen.id,
        label=chosen.label,
        design=chosen.design or plan.design,
        adjustment=chosen.adjustment or plan.adjustment,
        estimand=chosen.estimand or plan.estimand,
        covariates=covariates,
        coarsening=plan.coarsening if chosen.coarsening is None else chosen.coarsening,
        interval=chosen.interval or plan.interval or usual,
        interval_asked=(chosen.interval or plan.interval) is not None,
        dataset=chosen.dataset or plan.dataset,
        comparison=chosen.comparison or plan.comparison,
        filters=(*plan.filters, *chosen.filters),
        trim=chosen.trim if chosen.trim is not None else plan.trim,
    )


OF_CHANGE = frozenset({Design.PRE_POST, Design.DIFFERENCE_IN_DIFFERENCES})


def waves_of(task: Task) -> tuple[str, ...]:
    """Give the moments that a task compares: both for a change, else the one looked at."""
    named = tuple(wave for wave in (task.plan.before, task.plan.after) if wave is not None)
    return named if task.design in OF_CHANGE else named[-1:]


def placebo_task(task: Task, outcome: str) -> Task:
    """Give the same analysis for a placebo: without the covariates that hold it or follow it."""
    out = {outcome, *task.plan.placebo_without}
    kept = tuple(term for term in task.covariates if not out & set(columns_of((term,))))
    return attrs.evolve(task, covariates=kept)
