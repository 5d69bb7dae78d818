"""Products within units give the regression with effects of unit and period, gaps and all."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyfixest as pf
import pytest

from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.datasets.errors import InvalidData, TooManyCells
from biotoop.engine.datasets.row_selection import Where
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns
from biotoop.engine.datasets.unit_pass import Panel, unit_pass

BY_AREA = Panel(unit="person", period="month", clusters="area")


@pytest.fixture(scope="module")
def rows():
    """People in areas, reached from some month on, with one row in seven lost."""
    rng = np.random.default_rng(5)
    person, month = np.divmod(np.arange(400 * 8), 8)
    start = rng.choice([3, 5, 99], 400)[person]
    level = rng.normal(size=400)[person]
    reached = (month >= start).astype(float)
    work = rng.choice(np.array(["none", "part", "full"]), person.size)
    hours = rng.gamma(2.0, 3.0, person.size) + level
    y = 3 + level + 0.1 * month - 0.5 * reached + 0.02 * hours + rng.normal(size=person.size)
    kept = rng.random(person.size) > 1 / 7
    columns = {
        "person": person,
        "month": month + 202401,
        "area": person % 23,
        "reached": reached,
        "work": work,
        "hours": hours,
        "loneliness": y,
    }
    return {name: values[kept] for name, values in columns.items()}


@pytest.fixture(scope="module")
def snapshot(rows, tmp_path_factory):
    return snapshot_from_columns(rows, tmp_path_factory.mktemp("panel"))


def demeaned(rows, found):
    """Build the columns and take the means of people off, row by row."""
    table = pd.DataFrame(rows)
    columns = {}
    for name in found.names:
        column, _, code = name.partition("=")
        columns[name] = (table[column].astype(str) == code).astype(float) if code else table[column]
    made = pd.DataFrame(columns)
    return (made - made.groupby(table["person"]).transform("mean")).to_numpy()


def test_products_per_area_agree_with_means_taken_off_row_by_row(rows, snapshot):
    found = unit_pass(snapshot, BY_AREA, x=["reached", "work", "hours"], outcomes=["loneliness"])
    assert found.names[:4] == ("reached", "work=none", "work=part", "hours")
    assert found.names[4:] == (*(f"month=20240{m}" for m in range(2, 9)), "loneliness")
    assert found.reference == {"work": "full", "month": "202401"}
    z = demeaned(rows, found)
    for place, area in enumerate(found.clusters):
        mine = z[rows["area"] == area]
        assert found.n[place] == len(mine)
        assert found.units[place] == np.unique(rows["person"][rows["area"] == area]).size
        assert found.products[place] == pytest.approx(mine.T @ mine, rel=1e-10, abs=1e-9)


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # of pyfixest with the newest pandas
def test_estimate_and_cluster_error_equal_those_of_pyfixest(rows, snapshot):
    found = unit_pass(snapshot, BY_AREA, x=["reached", "work", "hours"], outcomes=["loneliness"])
    k = found.place("loneliness")
    total = found.total
    slopes = np.linalg.solve(total[:k, :k], total[:k, k])
    scores = found.products[:, :k, k] - found.products[:, :k, :k] @ slopes
    bread, groups, n = np.linalg.inv(total[:k, :k]), found.clusters.size, found.used
    # fixest's factor: people nested in areas are not counted, periods are
    factor = groups / (groups - 1) * (n - 1) / (n - (k + 1))
    errors = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread) * factor)
    fit = pf.feols(
        "loneliness ~ reached + i(work, ref='full') + hours | person + month",
        pd.DataFrame(rows),
        vcov={"CRV1": "area"},
    )
    for name in ("reached", "hours"):
        place = found.place(name)
        assert slopes[place] == pytest.approx(fit.coef()[name], rel=1e-9)
        assert errors[place] == pytest.approx(fit.se()[name], rel=1e-8)  # theirs iterates


def test_the_bits_do_not_depend_on_threads_or_the_order_of_rows(rows, tmp_path):
    shuffle = np.random.default_rng(8).permutation(rows["person"].size)
    made = []
    for threads, order in ((1, slice(None)), (4, shuffle)):
        path = tmp_path / f"{threads}.parquet"
        table = pa.table({name: values[order] for name, values in rows.items()})
        pq.write_table(table, path, row_group_size=256)
        made.append(
            unit_pass(
                open_snapshot(path),
                BY_AREA,
                x=["hours", "work"],
                outcomes=["loneliness"],
                engine=DuckEngine(threads=threads),
            )
        )
    assert made[0].products.tobytes() == made[1].products.tobytes()


def test_without_clusters_all_people_stand_together_and_filters_hold(rows, snapshot):
    where = [Where(column="work", values=("none", "part"))]
    panel = Panel(unit="person", period="month")
    found = unit_pass(snapshot, panel, x=["hours"], outcomes=["loneliness"], where=where)
    chosen = {name: values[rows["work"] != "full"] for name, values in rows.items()}
    z = demeaned(chosen, found)
    assert found.total == pytest.approx(z.T @ z, rel=1e-10, abs=1e-8)
    assert (found.rows, found.clusters.tolist()) == (len(z), [0.0])
    assert "patterns of presence in 1 cluster" in found.note.text("en")


def test_a_column_that_never_changes_within_people_has_only_rounding_left(rows, tmp_path):
    born = 1950.0 + rows["person"] % 40
    made = snapshot_from_columns({**rows, "born": born}, tmp_path)
    found = unit_pass(made, BY_AREA, x=["born"], outcomes=["loneliness"])
    assert found.total[0, 0] < 1e-12 * found.before[0]
    assert found.before[0] == pytest.approx(np.sum((born - round(born.mean())) ** 2), rel=1e-9)


def test_words_may_name_people_periods_and_areas(rows, snapshot, tmp_path):
    words = {**rows, **{name: rows[name].astype(str) for name in ("person", "month", "area")}}
    made = snapshot_from_columns(words, tmp_path)
    asked = {"x": ["reached"], "outcomes": ["loneliness"]}
    found, expected = unit_pass(made, BY_AREA, **asked), unit_pass(snapshot, BY_AREA, **asked)
    assert found.products.tobytes() == expected.products.tobytes()
    assert found.labels == tuple(str(area) for area in range(23))


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"month": np.array([1, 1, 2])}, InvalidData, "2x"),
        ({"area": np.array([1, 2, 2])}, InvalidData, "area"),
        (
            {
                "person": np.arange(127),
                "month": np.arange(127),
                "area": np.zeros(127),
                "y": np.zeros(127),
            },
            TooManyCells,
            "126",
        ),
    ],
)
def test_a_table_that_is_no_panel_is_refused(change, error, said, tmp_path):
    sound = {
        "person": np.array([1, 1, 2]),
        "month": np.array([1, 2, 1]),
        "area": np.array([1, 1, 2]),
        "y": np.arange(3.0),
    }
    made = snapshot_from_columns({**sound, **change}, tmp_path)
    with pytest.raises(error, match=said):
        unit_pass(made, BY_AREA, x=[], outcomes=["y"])
