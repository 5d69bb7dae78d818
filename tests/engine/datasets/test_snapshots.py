"""A snapshot is known by what it says, not by how it is packed."""

import datetime as dt

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.errors import InvalidData, UnknownColumn
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns

ROWS = {
    "person": np.array(["a", "b", None], dtype=object),
    "score": np.array([1.5, np.nan, -0.0]),
    "reached": np.array([True, False, True]),
    "n": np.array([3, 4, 8]),
    "day": np.array(["2024-01-01", "2024-02-01", "NaT"], dtype="datetime64[D]"),
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return snapshot_from_columns(ROWS, tmp_path_factory.mktemp("rows"))


def test_the_figures_of_each_column_are_known_from_the_start(snapshot):
    score, n = snapshot.column("score"), snapshot.column("n")
    assert (score.missing, score.minimum, score.maximum, score.mean) == (1, 0.0, 1.5, 0.75)
    assert (n.whole, score.whole, n.mean) == (True, False, 5.0)
    assert n.deviation == pytest.approx(np.std([3, 4, 8]), rel=1e-12)
    kinds = [column.type for column in snapshot.columns]
    assert kinds == [
        ColumnType.CATEGORY,
        ColumnType.NUMBER,
        ColumnType.BOOLEAN,
        ColumnType.INTEGER,
        ColumnType.DATE,
    ]
    with pytest.raises(UnknownColumn, match="person, score"):
        snapshot.column("income")


def test_packing_order_of_columns_and_the_sign_of_zero_do_not_change_the_hash(snapshot, tmp_path):
    table = pa.table(
        {
            "day": pa.array([None, dt.date(2024, 2, 1), dt.date(2024, 1, 1)]),
            "n": pa.array([8, 4, 3], pa.int8()),
            "reached": [True, False, True],
            "score": [0.0, float("nan"), 1.5],
            "person": pa.array([None, "b", "a"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "other.parquet", compression="gzip", row_group_size=1)
    other = open_snapshot(tmp_path / "other.parquet")
    assert other.content_hash == snapshot.content_hash
    assert attrs.evolve(other.column("score"), nan=False) == snapshot.column("score")


def test_nan_counts_as_missing_though_the_statistics_of_parquet_leave_it_out(tmp_path):
    scores = np.where(np.arange(9000) % 3 == 0, np.nan, 2.0)
    pq.write_table(pa.table({"x": scores}), tmp_path / "x.parquet", row_group_size=1000)
    found = open_snapshot(tmp_path / "x.parquet").column("x")
    assert (found.missing, found.minimum, found.maximum, found.mean) == (3000, 2.0, 2.0, 2.0)


@settings(max_examples=20, deadline=None)
@given(row=st.integers(0, 2), name=st.sampled_from(["person", "score", "n"]))
def test_any_changed_cell_changes_the_hash(snapshot, tmp_path_factory, row, name):
    changed = {key: values.copy() for key, values in ROWS.items()}
    changed[name][row] = {"person": "", "score": 1e-300, "n": 5}[name]
    made = snapshot_from_columns(changed, tmp_path_factory.mktemp("changed"))
    assert made.content_hash != snapshot.content_hash


def test_values_that_only_look_alike_when_joined_are_told_apart(tmp_path):
    tables = [
        {"a": ["x|y", "z"], "b": ["", "q"]},
        {"a": ["x", "z"], "b": ["y|", "q"]},
        {"a": ["x|y", None], "b": ["", "q"]},
        {"a": ["x|y", ""], "b": ["", "q"]},
    ]
    made = [
        snapshot_from_columns(
            {name: np.array(v, dtype=object) for name, v in table.items()}, tmp_path
        )
        for table in tables
    ]
    assert len({item.content_hash for item in made}) == len(tables)


def test_a_row_that_stands_twice_counts_twice(tmp_path):
    once = snapshot_from_columns({"x": np.array([1, 2])}, tmp_path)
    twice = snapshot_from_columns({"x": np.array([1, 1, 1, 2])}, tmp_path)
    other = snapshot_from_columns({"x": np.array([1, 2, 2, 2])}, tmp_path)
    assert len({once.content_hash, twice.content_hash, other.content_hash}) == 3


def test_the_same_table_is_one_file_and_carries_all_that_is_known(snapshot):
    again = snapshot_from_columns(ROWS, snapshot.path.parent)
    assert again == snapshot == open_snapshot(snapshot.path)
    assert [path.name for path in snapshot.path.parent.iterdir()] == [snapshot.path.name]


@pytest.mark.parametrize(
    "columns",
    [
        {"x": np.array([1.0, np.inf])},
        {"x": np.array([1e200])},
        {"x": np.arange(3), "y": np.arange(2)},
        {"x": np.array([1 + 2j])},
    ],
)
def test_arrays_that_make_no_table_are_refused_and_leave_nothing(columns, tmp_path):
    with pytest.raises(InvalidData):
        snapshot_from_columns(columns, tmp_path / "store")
    assert not list((tmp_path).glob("store/*"))


def test_files_that_are_no_table_are_refused(tmp_path):
    (tmp_path / "x.parquet").write_text("no parquet")
    with pytest.raises(InvalidData, match=r"x\.parquet"):
        open_snapshot(tmp_path / "x.parquet")
    pq.write_table(pa.table({"x": [[1]]}), tmp_path / "lists.parquet")
    with pytest.raises(InvalidData, match="`x` is of a kind"):
        open_snapshot(tmp_path / "lists.parquet")


def test_a_table_without_rows_is_a_table(tmp_path):
    made = snapshot_from_columns({"x": np.array([], dtype=float)}, tmp_path)
    assert (made.rows, made.column("x").numeric) == (0, False)
