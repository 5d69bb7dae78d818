"""Our own work on panels, from the file to the estimate with its error."""

from pathlib import Path

from bench.harness_worker import Order, Runner, untouched
from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.panel import callaway_santanna, fixed_effects

FORMULA = "y ~ d + C(c1) + C(c2) + C(c3) | unit + t"
DRAWS = 999


def _fixed(cluster: str) -> Runner:
    def work(table: Path, order: Order) -> tuple[float, float | None]:
        engine = DuckEngine(threads=order.threads)
        found = fixed_effects(FORMULA, table, cluster=cluster, engine=engine).effect
        return found.value, found.se

    return Runner(load=untouched, work=work)


def _staggered(cluster: str) -> Runner:
    def work(table: Path, order: Order) -> tuple[float, float | None]:
        engine = DuckEngine(threads=order.threads)
        found = callaway_santanna("y ~ start | unit + t", table, cluster=cluster, engine=engine)
        return found.effect.value, found.effect.se

    return Runner(load=untouched, work=work)


def _compressed(table: Path, order: Order) -> object:
    engine = DuckEngine(threads=order.threads)
    return fixed_effects(FORMULA, table, cluster="gem", engine=engine)


def _drawn(found: object, _order: Order) -> tuple[float, float]:
    drawn = found.bootstrap(seed=1, draws=DRAWS)
    return float(drawn.draws.mean()), drawn.se


BY_CLUSTER, BY_UNIT = _fixed("gem"), _fixed("unit")
STAGGERED, STAGGERED_BY_CLUSTER = _staggered("unit"), _staggered("gem")
BOOTSTRAP = Runner(load=_compressed, work=_drawn)
