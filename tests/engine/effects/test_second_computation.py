"""Two engines, one answer: what DuckDB folds into cells against arrow tables and whole matrices.

The second computation reads the same file with arrow, keeps every row, and never meets a cell,
a query or our own linear algebra. Amounts far from zero make lost digits show.
"""

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from biotoop.engine.datasets.cells import compress
from biotoop.engine.datasets.cross_products import cross_products
from biotoop.engine.effects.plan import Adjustment, Assignment, IntervalMethod
from engine.effects.dense import bell_mccaffrey, by_cluster, by_row
from engine.effects.studies import TEXT, plan, run, stored

CLOSE = 1e-9
PERSONS = {"assignment": Assignment.PERSON, "assignment_reason": TEXT}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Store people with incomes of thousands of euros, some missing, in unequal teams."""
    rng = np.random.default_rng(11)
    n = 900
    team = np.minimum(rng.geometric(0.12, n), 14)
    reached = (rng.random(n) < 0.3 + 0.02 * team).astype(float)
    income = 31_000 + 4_000 * rng.standard_normal(n)
    answer = 25_000 + 0.1 * income - 350 * reached + 90 * team + 800 * rng.standard_normal(n)
    answer[rng.random(n) < 0.06] = np.nan
    data = {
        "person": np.array([f"p{i}" for i in range(n)], dtype=object),
        "team": np.array([f"t{i}" for i in team], dtype=object),
        "reached": reached, "income": income, "loneliness": answer,
    }  # fmt: skip
    return stored(data, tmp_path_factory.mktemp("second"), key=("person",))


@pytest.fixture(scope="module")
def rows(snapshot):
    """Read the complete rows with arrow alone."""
    table = pq.read_table(snapshot.path)
    known = pc.and_(pc.is_valid(table["loneliness"]), pc.invert(pc.is_nan(table["loneliness"])))
    return table.filter(known)


def column(rows, name):
    return rows[name].to_numpy()


def design(rows, *names):
    return np.column_stack([np.ones(rows.num_rows), *(column(rows, name) for name in names)])


def slope(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0][1]


def test_cells_hold_what_arrow_groups(snapshot, rows):
    cells = compress(snapshot, by=["team", "reached"], outcomes=["loneliness"])
    grouped = rows.group_by(["team", "reached"]).aggregate(
        [("loneliness", "count"), ("loneliness", "mean"), ("loneliness", "variance")]
    )
    other = {
        (row["team"], row["reached"]): row for row in grouped.to_pylist()
    }  # fmt: skip

    assert len(other) == cells.count
    shift = cells.deviations["loneliness"] / cells.n
    means = cells.centre["loneliness"] + shift
    spread = cells.squares["loneliness"] / cells.n - shift**2
    for place in range(cells.count):
        team = cells.labels["team"][int(cells.by["team"][place])]
        row = other[team, float(cells.by["reached"][place])]
        assert row["loneliness_count"] == cells.n[place]
        assert row["loneliness_mean"] == pytest.approx(means[place], rel=CLOSE)
        if cells.n[place] > 1:
            assert row["loneliness_variance"] == pytest.approx(spread[place], rel=CLOSE)


def test_products_are_those_of_whole_matrices(snapshot, rows):
    found = cross_products(snapshot, x=["reached", "income"], outcomes=["loneliness"])

    Z = design(rows, "reached", "income", "loneliness") - np.append(0.0, found.centre[1:])
    assert found.total == pytest.approx(Z.T @ Z, rel=CLOSE, abs=1e-3)


@pytest.mark.parametrize("interval", ["classical", "hc1", "hc2", "hc3"])
def test_a_regression_gives_the_answer_and_error_of_whole_matrices(snapshot, rows, interval):
    changes = {
        "covariates": ("income",),
        "adjustment": Adjustment.REGRESSION,
        "interval": IntervalMethod(interval),
    }
    found = run(snapshot, plan("comparison", **changes, **PERSONS)).primary.estimate

    X, y = design(rows, "reached", "income"), column(rows, "loneliness")
    assert found.value == pytest.approx(slope(X, y), rel=CLOSE)
    assert found.se == pytest.approx(by_row(X, y, 1, interval), rel=CLOSE)


@pytest.mark.parametrize("interval", ["cr1", "cr2"])
def test_clusters_give_the_error_of_whole_matrices(snapshot, rows, interval):
    changes = {
        "covariates": ("income",),
        "adjustment": Adjustment.REGRESSION,
        "interval": IntervalMethod(interval),
    }
    found = run(snapshot, plan("comparison", clusters="team", **changes)).primary.estimate

    X, y, team = design(rows, "reached", "income"), column(rows, "loneliness"), column(rows, "team")
    if interval == "cr1":
        assert found.se == pytest.approx(by_cluster(X, y, team, 1), rel=CLOSE)
        return
    error, df = bell_mccaffrey(X, y, team, 1)
    assert found.se == pytest.approx(error, rel=CLOSE)
    assert found.df == pytest.approx(df, rel=1e-7)
