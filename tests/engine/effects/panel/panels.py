"""Made panels of people in areas, and regressions on them with every indicator written out."""

import numpy as np
import pandas as pd


def panel(seed=5, people=160, months=6, areas=14, *, lost=0.0):
    """People in areas that start support in some month or never; some rows lost."""
    rng = np.random.default_rng(seed)
    person, month = np.divmod(np.arange(people * months), months)
    area = rng.integers(areas, size=people)[person]
    start = np.resize([2, 4, 99], areas)[area]
    reached = (month >= start).astype(int)
    hours = rng.gamma(2.0, 3.0, person.size)
    work = rng.choice(np.array(["full", "none", "part"]), person.size)
    y = 3 + rng.normal(size=people)[person] + rng.normal(0, 0.4, (areas, months))[area, month]
    y += 0.2 * month - 0.5 * reached + 0.05 * hours + rng.normal(size=person.size)
    table = pd.DataFrame(
        {
            "person": person,
            "month": month + 1,
            "area": area,
            "start": start,
            "reached": reached,
            "hours": hours,
            "work": work,
            "weight": rng.uniform(0.5, 2.0, person.size),
            "lonely": y,
        }
    )
    return table[rng.random(len(table)) >= lost].reset_index(drop=True)


def written_out(table, covariates=("reached", "hours")):
    """Every indicator of person and month beside the covariates; the covariates come first."""
    parts = [table[name].to_numpy(float) for name in covariates]
    X = np.column_stack([*parts, *_indicators(table["person"])])
    return np.column_stack([X, *_indicators(table["month"])[1:]])


def _indicators(column):
    return [(column == code).to_numpy(float) for code in np.unique(column)]
