"""Tables with a seed, made in a process of their own and written as a snapshot.

    python -m bench.harness_data TABLE ROWS SEED FOLDER

``register`` is a panel of units in 342 municipalities over ten periods, with a programme that
starts in period 4, 6 or 8, or never, and covariates of 2, 4 and 5 levels that change over time.
``people`` has one row a person: age, sex, household, income and earlier care, which decide both
who is reached and the outcome.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from biotoop.engine.datasets.store import snapshot_from_columns

Columns = dict[str, NDArray[np.generic]]
CLUSTERS, PERIODS = 342, 10
STARTS = (0, 4, 6, 8)  # 0: never
EFFECT = -0.5


def register(rows: int, seed: int) -> Columns:
    """Make a panel; the last unit may have fewer periods."""
    rng = np.random.default_rng([seed, 1])
    unit = np.arange(rows, dtype=np.int64) // PERIODS
    period = np.arange(rows, dtype=np.int64) % PERIODS
    units = int(unit[-1]) + 1
    gem = rng.integers(CLUSTERS, size=units)[unit]
    start = rng.choice(STARTS, size=CLUSTERS)[gem]
    d = (start > 0) & (period >= start)
    c1, c2, c3 = (rng.integers(levels, size=rows) for levels in (2, 4, 5))
    y = (
        rng.normal(size=units)[unit]
        + rng.normal(scale=0.3, size=CLUSTERS)[gem]
        + 0.1 * period
        + EFFECT * d
        + 0.2 * c1 - 0.1 * c2 + 0.05 * c3**2
        + rng.normal(size=rows)
    )  # fmt: skip
    small = {"gem": gem, "t": period, "start": start, "d": d, "c1": c1, "c2": c2, "c3": c3}
    return {
        "unit": unit,
        "y": y,
        **{name: values.astype(np.int32) for name, values in small.items()},
    }


def people(rows: int, seed: int) -> Columns:
    """Make people of 18 to 89 years."""
    rng = np.random.default_rng([seed, 2])
    age = rng.integers(18, 90, size=rows)
    sex = rng.integers(2, size=rows)
    household = rng.choice(5, size=rows, p=(0.4, 0.25, 0.2, 0.1, 0.05))
    income = rng.integers(1, 11, size=rows)
    prior = rng.choice(5, size=rows, p=(0.5, 0.25, 0.13, 0.08, 0.04))
    need = 0.02 * (age - 50) + 0.3 * (household == 0) - 0.1 * (income - 5) + 0.3 * prior
    reached = rng.random(rows) < 1 / (1 + np.exp(1.5 - 0.6 * need))
    y = 5 + need + 0.2 * sex - 1.0 * reached + rng.normal(size=rows)
    small = {
        "d": reached, "age": age, "sex": sex, "household": household, "income": income,
        "prior": prior,
    }  # fmt: skip
    return {"y": y, **{name: values.astype(np.int32) for name, values in small.items()}}


TABLES: Mapping[str, Callable[[int, int], Columns]] = {"register": register, "people": people}


def main() -> None:
    """Make one table, and print where it is."""
    name, rows, seed, folder = sys.argv[1:]
    print(snapshot_from_columns(TABLES[name](int(rows), int(seed)), Path(folder)).path)


if __name__ == "__main__":
    main()
