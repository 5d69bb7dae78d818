"""Our matching, weighting and balancing of the same people, from one pass over the file."""

from pathlib import Path

from bench.harness_worker import Order, Runner, untouched
from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.comparing import compare

FORMULA = "y ~ d + age + I(age^2) + sex + C(household) + income + C(prior)"
CUTS = {"age": tuple(range(27, 88, 10))}
WAYS = ("inverse_probability", "entropy_balancing")


def matched(table: Path, order: Order) -> tuple[float, float | None]:
    """Match on all covariates, age in tens."""
    engine = DuckEngine(threads=order.threads)
    cuts, way = CUTS, "coarsened_exact_matching"
    effect = compare(FORMULA, table, adjust=way, cuts=cuts, engine=engine).effect
    return effect.value, effect.se


def together(table: Path, order: Order) -> tuple[float, float | None]:
    """Match on all covariates, age in tens; then weigh, then balance, on the same cells."""
    engine = DuckEngine(threads=order.threads)
    matched = compare(FORMULA, table, adjust="coarsened_exact_matching", cuts=CUTS, engine=engine)
    found = [matched, *(matched.again(adjust=way) for way in WAYS)]
    return sum(item.effect.value for item in found) / len(found), None


MATCHED = Runner(load=untouched, work=matched)
TOGETHER = Runner(load=untouched, work=together)
