"""Sums of products give the regression of the rows, however continuous the covariates."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biotoop.engine.datasets.cross_products import cross_products
from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.datasets.errors import InvalidData, NotNumeric, TooManyCells
from biotoop.engine.datasets.row_selection import Where
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(11)
    n = 3000
    help_ = rng.choice(np.array(["none", "some", "much"]), n)
    income = np.exp(rng.normal(10, 1, n))
    days = rng.normal(size=n) + 0.3 * (help_ == "much") + 1e-5 * income
    days[:40] = np.nan
    return {
        "area": rng.integers(0, 6, n),
        "help": help_,
        "income": income,
        "days": days,
        "weight": rng.gamma(2.0, 1.0, n),
    }


@pytest.fixture(scope="module")
def snapshot(rows, tmp_path_factory):
    return snapshot_from_columns(rows, tmp_path_factory.mktemp("people"))


def design(rows, found, keep):
    """Build the same columns from the residents themselves."""
    columns = [np.ones(keep.sum())]
    for name, centre in zip(found.names[1:], found.centre[1:], strict=True):
        column, _, code = name.partition("=")
        values = rows[column][keep]
        columns.append((values == code).astype(float) if code else values - centre)
    return np.column_stack(columns)


def test_products_per_cluster_agree_with_those_of_the_residents(rows, snapshot):
    found = cross_products(snapshot, x=["help", "income"], outcomes=["days"], clusters="area")
    assert found.names == ("1", "help=none", "help=some", "income", "days")
    assert found.reference == {"help": "much"}
    assert found.clusters.tolist() == [0, 1, 2, 3, 4, 5]
    told = ~np.isnan(rows["days"])
    for place, area in enumerate(found.clusters):
        z = design(rows, found, told & (rows["area"] == area))
        assert found.n[place] == len(z)
        assert found.products[place] == pytest.approx(z.T @ z, rel=1e-11, abs=1e-7)


def test_regression_from_products_equals_regression_of_the_rows(rows, snapshot):
    found = cross_products(
        snapshot,
        x=["help", "income"],
        outcomes=["days"],
        weights="weight",
        where=[Where(column="area", values=("1", "2", "3"))],
    )
    keep = ~np.isnan(rows["days"]) & np.isin(rows["area"], [1, 2, 3])
    z = design(rows, found, keep)
    root = np.sqrt(rows["weight"][keep])
    expected = np.linalg.lstsq(z[:, :-1] * root[:, None], z[:, -1] * root, rcond=None)[0]
    total, last = found.total, found.place("days")
    slopes = np.linalg.solve(total[:last, :last], total[:last, last])
    assert slopes == pytest.approx(expected, rel=1e-9)
    silent = int(np.isnan(rows["days"][np.isin(rows["area"], [1, 2, 3])]).sum())
    assert (found.rows - found.used, found.missing["days"]) == (silent, silent)


def test_products_have_the_same_bits_on_any_number_of_threads(rows, tmp_path):
    many = {name: np.tile(rows[name], 20) for name in ("income", "days", "weight")}
    pq.write_table(pa.table(many), tmp_path / "many.parquet", row_group_size=4096)
    snapshot = open_snapshot(tmp_path / "many.parquet")
    one, four = (
        cross_products(
            snapshot,
            x=["income"],
            outcomes=["days"],
            weights="weight",
            engine=DuckEngine(threads=threads),
        )
        for threads in (1, 4)
    )
    assert one.products.tobytes() == four.products.tobytes()


def test_clusters_and_codes_of_the_design_may_hold_quotes(tmp_path):
    words = np.array(["o'dam", 'b"x', "o'dam", "$c0_0"])
    made = snapshot_from_columns({"w": words, "y": np.arange(4.0)}, tmp_path)
    found = cross_products(made, x=["w"], outcomes=["y"], clusters="w")
    assert found.labels == ("$c0_0", 'b"x', "o'dam")
    assert found.products[:, 0, found.place("w=o'dam")].tolist() == [0, 0, 2]
    assert "4 rijen" in found.note.text("nl")


def test_no_rows_give_no_cluster(snapshot):
    nobody = [Where(column="help", values=("unheard of",))]
    found = cross_products(snapshot, x=["help", "income"], outcomes=["days"], where=nobody)
    assert found.products.shape == (0, 3, 3)
    assert found.reference == {}
    assert found.total.tolist() == np.zeros((3, 3)).tolist()


def test_what_cannot_be_multiplied_is_refused(snapshot, tmp_path):
    with pytest.raises(NotNumeric):
        cross_products(snapshot, x=["income"], outcomes=["help"])
    with pytest.raises(TooManyCells):
        cross_products(
            snapshot,
            x=["income"],
            outcomes=["days"],
            clusters="income",
            engine=DuckEngine(most_cells=60),
        )
    words = np.array([f"person {i}" for i in range(401)])
    made = snapshot_from_columns({"name": words, "w": np.full(401, -1.0)}, tmp_path)
    with pytest.raises(TooManyCells, match="400"):
        cross_products(made, x=["name"], outcomes=[])
    with pytest.raises(InvalidData, match="`w` holds weights below 0"):
        cross_products(made, x=[], outcomes=[], weights="w")
