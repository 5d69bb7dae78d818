"""Our own work, from the file to the estimate with its error."""

from pathlib import Path

import attrs

from bench.harness_worker import Order, Runner, untouched
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.measures import Direction, Measure, Measures
from biotoop.engine.datasets.store import DuckEngine, open_snapshot
from biotoop.engine.effects.estimating import estimate
from biotoop.engine.effects.people import Outcome, people_of
from biotoop.engine.effects.plan import Adjustment, Design, IntervalMethod, Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.effects.run import run_plan
from biotoop.engine.effects.tables import single_table
from biotoop.engine.effects.tasks import task_of

TEXT = Text.of("benchmark")
LEVELS = ("c1", "c2", "c3")
POOLED_PLAN = Plan(
    id="pooled", title=TEXT, from_="N1", to="N2", outcome="y", dataset="register",
    design=Design.COMPARISON, adjustment=Adjustment.REGRESSION, treatment="d", covariates=LEVELS,
    categorical=LEVELS, clusters="gem", interval=IntervalMethod.CR1,
)  # fmt: skip
PEOPLE_PLAN = Plan(
    id="people", title=TEXT, from_="N1", to="N2", outcome="y", dataset="people",
    design=Design.COMPARISON, adjustment=Adjustment.INVERSE_PROBABILITY, treatment="d",
    covariates=("age", "age^2", "sex", "household", "income", "prior"),
    categorical=("household", "prior"),
)  # fmt: skip
MEASURES = Measures(
    measures=(
        Measure(id="y", node="N2", label=TEXT, definition=TEXT, dataset="register", column="y",
                unit=TEXT, intended=Direction.DECREASE),
    )
)  # fmt: skip


def _estimated(plan: Plan) -> Runner:
    """Fold the rows into cells and run the estimator of a plan."""

    def work(table: Path, order: Order) -> tuple[float, float]:
        engine = DuckEngine(threads=order.threads)
        found = single_table(open_snapshot(table, engine=engine), None)
        task = task_of(plan)
        answer = estimate(task, people_of(found, task, Outcome(column="y"), engine=engine))
        return answer.value, answer.error.se

    return Runner(load=untouched, work=work)


def _whole_plan(table: Path, order: Order) -> tuple[float, float]:
    """Run a plan as a study does: estimate, balance, overlap, checks and their words."""
    engine = DuckEngine(threads=order.threads)
    data = {POOLED_PLAN.dataset: open_snapshot(table, engine=engine)}
    label = RegistrationLabel.EXPLORATORY
    found = run_plan(POOLED_PLAN, data, MEASURES, registration=label, engine=engine).primary
    if found.estimate is None or found.estimate.se is None:
        raise SystemExit(f"refused: {found.refusal}")
    return found.estimate.value, found.estimate.se


POOLED = _estimated(POOLED_PLAN)
POOLED_WHOLE = Runner(load=untouched, work=_whole_plan)
WEIGHTED = _estimated(PEOPLE_PLAN)
BALANCED = _estimated(attrs.evolve(PEOPLE_PLAN, adjustment=Adjustment.ENTROPY_BALANCING))
