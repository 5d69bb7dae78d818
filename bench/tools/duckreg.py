"""duckreg: it compresses in DuckDB too; indicators must be columns first, and errors are drawn.

Its errors by cluster are bootstraps that ask the database again for each draw, so that only
estimates are held to ours. Mundlak's means are effects of units where no unit misses a period.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bench.harness_worker import Order, Runner

LEVELS = {"c1": 2, "c2": 4, "c3": 5}
INDICATORS = {f"{c}_{level}": (c, level) for c, most in LEVELS.items() for level in range(1, most)}


def loaded(table: Path, order: Order) -> tuple[tempfile.TemporaryDirectory, Path]:
    """Make a database with the indicators as columns."""
    held = tempfile.TemporaryDirectory(prefix="biotoop-duckreg-")
    place = Path(held.name) / "bench.db"
    made = ", ".join(f"CAST({c} = {at} AS INTEGER) AS {n}" for n, (c, at) in INDICATORS.items())
    kept = ", ".join(name for name in order.columns if name not in LEVELS)
    with duckdb.connect(str(place)) as connection:
        connection.execute(
            f"CREATE TABLE register AS SELECT {kept}, {made} FROM read_parquet(?)", [str(table)]
        )
    return held, place


def _work(model: Callable[[str], Any]) -> Runner:
    def work(data: tuple[object, Path], _order: Order) -> tuple[float, None]:
        fit = model(str(data[1]))
        fit.fit()
        return float(fit.point_estimate.reshape(-1)[1]), None

    return Runner(load=loaded, work=work)


def _pooled(place: str) -> object:
    from duckreg.estimators import DuckRegression  # noqa: PLC0415

    return DuckRegression(
        db_name=place, table_name="register", formula="y ~ " + " + ".join(("d", *INDICATORS)),
        cluster_col="gem", seed=1, n_bootstraps=0,
    )  # fmt: skip


def _mundlak(place: str) -> object:
    from duckreg.estimators import DuckMundlak  # noqa: PLC0415

    return DuckMundlak(
        db_name=place, table_name="register", outcome_var="y", covariates=["d", *INDICATORS],
        unit_col="unit", time_col="t", cluster_col="gem", seed=1, n_bootstraps=0,
    )  # fmt: skip


POOLED, TWO_WAY = _work(_pooled), _work(_mundlak)
