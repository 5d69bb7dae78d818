"""Products within units give the regression with effects of unit and period, gaps and all."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyfixest as pf
import pytest

from biotoop.engine.datasets import panel_pass, unit_blocks
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


def in_small_blocks(monkeypatch, rows):
    """Let a block hold few rows, so that a small panel keeps several threads at work."""
    monkeypatch.setattr(unit_blocks, "BLOCK", rows)
    monkeypatch.setattr(unit_blocks, "_READ", rows // 4)
    seen = []

    def counted(*args, **options):
        for block in unit_blocks.blocks(*args, **options):
            seen.append(block.sizes.sum())
            yield block

    monkeypatch.setattr(panel_pass, "blocks", counted)
    return seen


def test_the_bits_do_not_depend_on_threads_blocks_or_the_order_of_rows(rows, tmp_path, monkeypatch):
    shuffle = np.random.default_rng(8).permutation(rows["person"].size)
    made = []
    for name, threads, order in (
        ("whole", 1, slice(None)),
        ("a", 1, slice(None)),
        ("b", 4, shuffle),
    ):
        path = tmp_path / f"{name}.parquet"
        table = pa.table({column: values[order] for column, values in rows.items()})
        pq.write_table(table, path, row_group_size=256)
        seen = [] if name == "whole" else in_small_blocks(monkeypatch, 500)
        asked = {"x": ["hours", "work"], "outcomes": ["loneliness"]}
        engine = DuckEngine(threads=threads)
        made.append(unit_pass(open_snapshot(path), BY_AREA, **asked, engine=engine))
        if name != "whole":
            assert len(seen) >= 5
            assert sum(seen) == rows["person"].size
    assert len({found.products.tobytes() for found in made}) == 1


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
        ({"month": np.array([1, 1, 2])}, InvalidData, "two rows"),
        ({"area": np.array([1, 2, 2])}, InvalidData, "area"),
        (
            {
                "person": np.arange(401),
                "month": np.arange(401),
                "area": np.zeros(401),
                "y": np.zeros(401),
            },
            TooManyCells,
            "400",
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


@pytest.mark.parametrize("months", [70, 130])
def test_more_months_than_a_mask_of_bits_holds_are_exact_too(months, tmp_path):
    rng = np.random.default_rng(4)
    person, month = np.divmod(np.arange(40 * months), months)
    kept = rng.random(person.size) > 0.4
    made = {
        "person": person[kept],
        "month": month[kept],
        "area": person[kept] % 3,
        "y": rng.normal(size=kept.sum()),
    }
    found = unit_pass(snapshot_from_columns(made, tmp_path), BY_AREA, x=[], outcomes=["y"])
    z = demeaned(made, found)
    assert found.total == pytest.approx(z.T @ z, rel=1e-10, abs=1e-10)
    assert found.patterns == 40


def test_weights_take_part_in_means_and_products(rows, tmp_path):
    weight = np.random.default_rng(3).gamma(1.5, 1.0, rows["person"].size) + 0.01
    made = snapshot_from_columns({**rows, "weight": weight}, tmp_path)
    found = unit_pass(
        made, BY_AREA, x=["hours", "reached"], outcomes=["loneliness"], weights="weight"
    )
    columns = ["hours", "reached", *(f"month={code}" for code in found.periods[1:]), "loneliness"]
    table = pd.DataFrame(rows)
    z = np.column_stack(
        [table["month"].astype(str) == c[6:] if "=" in c else table[c] for c in columns]
    ).astype(float)
    total = np.bincount(rows["person"], weights=weight)
    means = [np.bincount(rows["person"], weights=weight * v) / total for v in z.T]
    apart = z - np.column_stack(means)[rows["person"]]
    assert found.total == pytest.approx((apart * weight[:, None]).T @ apart, rel=1e-10, abs=1e-9)


def test_a_treatment_that_stops_again_is_counted(rows, tmp_path):
    last = rows["month"] == rows["month"].max()
    stopped = np.where(last, 0.0, rows["reached"])
    made = snapshot_from_columns({**rows, "reached": stopped}, tmp_path)
    found = unit_pass(made, BY_AREA, x=["reached", "hours"], outcomes=["loneliness"])
    before = pd.DataFrame(rows).loc[lambda t: t["month"] < t["month"].max()]
    started = set(before.loc[before["reached"] == 1, "person"])
    assert found.falls == {"reached": len(started & set(rows["person"][last]))}


def test_a_few_very_large_values_lose_no_digits(rows, tmp_path):
    income = np.random.default_rng(6).lognormal(3.0, 1.0, rows["person"].size)
    income[7] = 1e9
    made = snapshot_from_columns({**rows, "income": income}, tmp_path)
    found = unit_pass(made, BY_AREA, x=[], outcomes=["income"])
    place, person = found.place("income"), rows["person"]
    for area, product in zip(found.clusters, found.products, strict=True):
        if area != rows["area"][7]:
            mine = rows["area"] == area
            means = np.bincount(person, weights=income) / np.bincount(person)
            apart = (income - means[person])[mine]
            assert product[place, place] == pytest.approx(np.sum(apart**2), rel=1e-7)


@pytest.mark.parametrize("lost", [0.0, 0.2])
def test_covariates_of_few_values_are_counted_and_give_the_same_products(lost, tmp_path):
    rng = np.random.default_rng(2)
    person, month = np.divmod(np.arange(300 * 8), 8)
    kept = rng.random(person.size) >= lost
    made = {
        "person": person,
        "month": month,
        "area": person % 11,
        "reached": (month >= 2 + person % 5) * 1,
        "children": rng.integers(-1, 4, person.size),
        "work": rng.choice(np.array(["none", "part", "full"]), person.size),
        "y": rng.gamma(1.0, 4.0, person.size),
    }
    made = {name: values[kept] for name, values in made.items()}
    x = ["reached", "children", "work"]
    found = unit_pass(snapshot_from_columns(made, tmp_path), BY_AREA, x=x, outcomes=["y"])
    z = demeaned(made, found)
    for place, area in enumerate(found.clusters):
        mine = z[made["area"] == area]
        assert found.products[place] == pytest.approx(mine.T @ mine, rel=1e-10, abs=1e-9)
    assert found.n.sum() == len(z)
    assert found.before[0] == np.sum((made["reached"] - round(made["reached"].mean())) ** 2)
