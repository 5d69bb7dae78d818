"""Our own work, from the file to the estimate with its error."""

from pathlib import Path

from bench.harness_worker import Order, Runner, untouched
from bench.tools.biotoop_people import FORMULA
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.measures import Direction, Measure, Measures
from biotoop.engine.datasets.store import DuckEngine, open_snapshot
from biotoop.engine.effects.comparing import compare
from biotoop.engine.effects.plan import Adjustment, Design, IntervalMethod, Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.effects.run import run_plan

TEXT = Text.of("benchmark")
LEVELS = ("c1", "c2", "c3")
POOLED_PLAN = Plan(
    id="pooled", title=TEXT, from_="N1", to="N2", outcome="y", dataset="register",
    design=Design.COMPARISON, adjustment=Adjustment.REGRESSION, treatment="d", covariates=LEVELS,
    categorical=LEVELS, clusters="gem", interval=IntervalMethod.CR1,
)  # fmt: skip
MEASURES = Measures(
    measures=(
        Measure(id="y", node="N2", label=TEXT, definition=TEXT, dataset="register", column="y",
                unit=TEXT, intended=Direction.DECREASE),
    )
)  # fmt: skip


def _compared(formula: str, **asked: str) -> Runner:
    """Compare with one call, as a caller in Python does: one pass folds the rows into cells."""

    def work(table: Path, order: Order) -> tuple[float, float]:
        engine = DuckEngine(threads=order.threads)
        found = compare(formula, table, engine=engine, **asked).effect
        return found.value, found.se

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


POOLED = _compared("y ~ d + C(c1) + C(c2) + C(c3)", cluster="gem")
POOLED_WHOLE = Runner(load=untouched, work=_whole_plan)
WEIGHTED = _compared(FORMULA, adjust="inverse_probability")
BALANCED = _compared(FORMULA, adjust="entropy_balancing")
