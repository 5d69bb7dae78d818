"""Cells carry everything that a regression on the grouping columns needs, exactly."""

import math

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.datasets.cells import compress
from biotoop.engine.datasets.counted_estimate import counted_estimate
from biotoop.engine.datasets.data_engine import DuckEngine
from biotoop.engine.datasets.errors import (
    InvalidData,
    NotNumeric,
    TooManyCells,
    UnknownColumn,
)
from biotoop.engine.datasets.row_selection import Where
from biotoop.engine.datasets.snapshot_files import open_snapshot, snapshot_from_columns


def people(n=6000, seed=3):
    """Residents in neighbourhoods, with a skewed income that some do not tell."""
    rng = np.random.default_rng(seed)
    income = np.exp(rng.normal(7, 2, n))
    income[rng.random(n) < 0.05] = np.nan
    return {
        "area": rng.integers(0, 9, n),
        "help": rng.choice(np.array(["none", "some", "much"]), n),
        "reached": rng.random(n) < 0.4,
        "income": income,
        "lonely": rng.integers(0, 12, n),
        "weight": rng.gamma(2.0, 0.5, n),
    }


@pytest.fixture(scope="module")
def rows():
    return people()


@pytest.fixture(scope="module")
def snapshot(rows, tmp_path_factory):
    return snapshot_from_columns(rows, tmp_path_factory.mktemp("people"))


def same_bits(left, right):
    arrays = zip(
        [*left.by.values(), left.n, left.weight, *left.sums.values(), *left.squares.values()],
        [*right.by.values(), right.n, right.weight, *right.sums.values(), *right.squares.values()],
        strict=True,
    )
    return all(a.tobytes() == b.tobytes() for a, b in arrays)


def test_sums_per_cell_agree_with_exactly_rounded_sums_over_the_residents(rows, snapshot):
    cells = compress(snapshot, by=["area", "help"], outcomes=["income", "lonely"])
    told = ~np.isnan(rows["income"])
    assert cells.labels["help"] == ("much", "none", "some")
    for place in range(cells.n.size):
        word = cells.labels["help"][cells.by["help"][place]]
        mine = told & (rows["area"] == cells.by["area"][place]) & (rows["help"] == word)
        income, centre = rows["income"][mine], cells.centre["income"]
        squares = math.fsum((income - centre) ** 2)
        assert cells.n[place] == mine.sum()
        assert cells.sums["income"][place] == pytest.approx(math.fsum(income), rel=1e-12)
        assert cells.squares["income"][place] == pytest.approx(squares, rel=1e-12)
        assert cells.sums["lonely"][place] == rows["lonely"][mine].sum()


def in_small_groups(path, rows):
    """Write rows as parquet in many groups, so that threads take turns in another order."""
    pq.write_table(pa.table(rows), path, row_group_size=4096)
    return open_snapshot(path)


@pytest.fixture(scope="module")
def ordered_and_shuffled(tmp_path_factory):
    folder, rows = tmp_path_factory.mktemp("many"), people(n=60_000)
    rows = {name: rows[name] for name in ("area", "reached", "income", "lonely", "weight")}
    shuffle = np.random.default_rng(4).permutation(60_000)
    shuffled = {name: values[shuffle] for name, values in rows.items()}
    return (
        in_small_groups(folder / "ordered.parquet", rows),
        in_small_groups(folder / "shuffled.parquet", shuffled),
    )


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_number_of_threads_and_the_order_of_rows_change_no_bit(threads, ordered_and_shuffled):
    ordered, shuffled = ordered_and_shuffled
    assert ordered.content_hash == shuffled.content_hash
    assert ordered.columns == shuffled.columns
    asked = {"by": ["area", "reached"], "outcomes": ["income", "lonely"], "weights": "weight"}
    first = compress(ordered, **asked, threads=1)
    second = compress(shuffled, **asked, threads=threads)
    assert same_bits(first, second)


def test_weighted_sums_and_their_squared_weights_agree_with_the_residents(rows, snapshot):
    cells = compress(snapshot, by=[], outcomes=["income"], weights="weight")
    told = ~np.isnan(rows["income"])
    weight, income = rows["weight"][told], rows["income"][told]
    offset = income - cells.centre["income"]
    assert cells.weight[0] == pytest.approx(math.fsum(weight), rel=1e-13)
    assert cells.sums["income"][0] == pytest.approx(math.fsum(weight * income), rel=1e-12)
    squared = cells.squared_weights
    assert squared.total[0] == pytest.approx(math.fsum(weight**2), rel=1e-13)
    expected = math.fsum(weight**2 * offset**2)
    assert squared.squares["income"][0] == pytest.approx(expected, rel=1e-12)
    expected = math.fsum(weight**2 * offset)
    assert squared.deviations["income"][0] == pytest.approx(expected, rel=1e-10)


def test_residents_who_do_not_tell_their_income_are_counted_and_left_out(rows, snapshot):
    cells = compress(snapshot, by=["area"], outcomes=["income", "lonely"])
    silent = int(np.isnan(rows["income"]).sum())
    assert (cells.rows, cells.used) == (6000, 6000 - silent)
    assert cells.missing == {"area": 0, "income": silent, "lonely": 0}
    assert cells.n.sum() == cells.used


def test_residents_without_an_outcome_can_stay_for_the_other_outcome(rows, snapshot):
    cells = compress(
        snapshot, by=["area"], outcomes=["income", "lonely"], keep_missing_outcome=True
    )
    told = ~np.isnan(rows["income"])
    assert cells.used == cells.n.sum() == 6000
    assert cells.missing["income"] == 6000 - told.sum()
    assert cells.observed["income"].tolist() == np.bincount(rows["area"][told]).tolist()
    total = cells.sums["income"].sum()
    assert total == pytest.approx(math.fsum(rows["income"][told]), rel=1e-12)


def test_only_rows_with_the_chosen_codes_take_part(rows, snapshot):
    where = [
        Where(column="help", values=("some", "much")),
        Where(column="area", values=("1", "2")),
        Where(column="reached", values=("true",)),
    ]
    cells = compress(snapshot, by=["area"], outcomes=["lonely"], where=where)
    chosen = (rows["help"] != "none") & np.isin(rows["area"], [1, 2]) & rows["reached"]
    assert cells.rows == cells.used == chosen.sum()
    assert cells.by["area"].tolist() == [1.0, 2.0]


def test_codes_of_a_filter_may_be_written_as_numbers(snapshot):
    def used(*values):
        return compress(
            snapshot, by=["help"], outcomes=[], where=[Where(column="area", values=values)]
        ).used

    assert used(1, 2) == used(1.0, np.int64(2)) == used("1", "2") > 0
    assert Where(column="reached", values=(True,)).values == ("true",)
    with pytest.raises(InvalidValue, match="w1"):
        Where(column="wave", values="w1")


def test_filters_that_let_nobody_through_give_no_cell(snapshot):
    nobody = [Where(column="help", values=("x'; DROP TABLE people; --",))]
    for by in ([], ["area"]):
        cells = compress(snapshot, by=by, outcomes=["lonely"], where=nobody)
        assert cells.n.size == cells.rows == 0


def test_names_with_quotes_spaces_and_sql_are_only_names(tmp_path):
    odd = 'wijk "noord"; DROP TABLE x --'
    made = snapshot_from_columns({odd: np.array([1, 1, 2]), "y y": np.arange(3.0)}, tmp_path)
    cells = compress(made, by=[odd], outcomes=["y y"])
    assert cells.by[odd].tolist() == [1.0, 2.0]
    assert cells.sums["y y"].tolist() == [1.0, 2.0]


def test_answers_coded_in_words_of_numbers_can_be_an_outcome(tmp_path):
    made = snapshot_from_columns({"found_work": np.array(["1", "0", "1", None])}, tmp_path)
    cells = compress(made, by=[], outcomes=["found_work"])
    assert (cells.sums["found_work"][0], cells.used) == (2.0, 3)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"by": ["nowhere"], "outcomes": ["lonely"]}, UnknownColumn),
        ({"by": ["area"], "outcomes": ["help"]}, NotNumeric),
        ({"by": ["area", "area"], "outcomes": ["lonely"]}, InvalidData),
        ({"by": [], "outcomes": [], "where": [Where(column="area", values=("x",))]}, InvalidData),
        ({"by": ["income"], "outcomes": [], "engine": DuckEngine(most_cells=100)}, TooManyCells),
    ],
)
def test_a_question_that_the_table_cannot_answer_is_refused_by_name(snapshot, asked, error):
    with pytest.raises(error):
        compress(snapshot, **asked)


def test_negative_weights_and_numbers_beyond_a_double_are_refused(tmp_path):
    made = snapshot_from_columns(
        {"id": np.array([2**60, 2**60 + 1]), "w": np.array([-1.0, 2.0])}, tmp_path
    )
    with pytest.raises(InvalidData, match="`w` holds weights below 0"):
        compress(made, by=[], outcomes=[], weights="w")
    with pytest.raises(InvalidData, match="2\\^53"):
        compress(made, by=["id"], outcomes=[])


def test_grouping_by_a_continuous_covariate_advises_cross_products(snapshot, rows):
    few = counted_estimate(snapshot, ["area", "help"])
    many = counted_estimate(snapshot, ["income"], where=[Where(column="area", values=("1",))])
    told = ((rows["area"] == 1) & ~np.isnan(rows["income"])).sum()
    assert (few.cells, few.rows, few.path) == (27, 6000, "cells")
    assert (many.cells, many.rows, many.path) == (told, told, "cross_products")
    assert "6000 rows would become 27 cells" in few.note.text("en")
    assert many.share == 1.0


def test_with_little_memory_the_data_engine_gives_the_same_bits(ordered_and_shuffled):
    asked = {"by": ["area", "reached"], "outcomes": ["income", "lonely"]}
    small = compress(ordered_and_shuffled[0], **asked, engine=DuckEngine(memory_mib=64, threads=1))
    assert same_bits(small, compress(ordered_and_shuffled[0], **asked))


def test_the_note_tells_rows_cells_and_memory(snapshot):
    cells = compress(snapshot, by=["area"], outcomes=["lonely"])
    assert (cells.path, cells.count) == ("cells", 9)
    assert "6000 rijen, waarvan 6000 volledig, werden 9 cellen" in cells.note.text("nl")
