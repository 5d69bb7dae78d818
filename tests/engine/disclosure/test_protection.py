"""Protected tables withstand a reader who combines everything."""

import itertools
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.disclosure.policy import SurveyPolicy, ZeroCells
from biotoop.engine.disclosure.protection import audit, protect
from biotoop.engine.disclosure.tables import CellStatus, Dimension, ReleasedTable, with_margins
from engine.disclosure.reader import intervals
from engine.disclosure.tables_of_people import (
    AGE,
    AREA,
    LONELY,
    SEX,
    one_way,
    people,
    tabulate,
)

TEN = SurveyPolicy()
FIVE = SurveyPolicy(minimum_cell=5)
AGE_TWO = Dimension(name="age", categories=("young", "old"))


def published(table, hidden):
    """Publish a table with its margins, hiding the given cells only."""
    flat = with_margins(table.counts).ravel()
    shown = tuple(None if place in hidden else float(v) for place, v in enumerate(flat))
    return ReleasedTable(
        name=table.name, dimensions=table.dimensions, population=(), measure="people",
        is_amount=False, values=shown, status=(CellStatus.SHOWN,) * flat.size,
    )  # fmt: skip


def test_a_band_marked_below_five_beside_its_total_is_recovered_exactly():
    # found in a running system: n = 17, bands 5, 10 and "< 5"
    table = one_way(5, 10, 2)
    marks = {"people: band=band3": (0.0, 4.0)}

    report = audit([table], [published(table, {2})], FIVE, marks=marks)

    (cell,) = report.recovered
    assert (str(cell.key), cell.low, cell.high) == ("people: band=band3", 2, 2)


def test_the_same_bands_are_protected_by_hiding_one_more():
    found = protect([one_way(5, 10, 2)], FIVE)

    (table,) = found.tables
    assert table.values == (None, 10, None, 17)
    assert (found.attack.cells[0].low, found.attack.cells[0].high) == (0, 7)
    assert found.attack.is_safe


def test_with_ten_as_the_smallest_cell_only_the_total_of_seventeen_remains():
    found = protect([one_way(5, 10, 2)], TEN)

    assert found.tables[0].values == (None, None, None, 17)
    assert [cell.high for cell in found.attack.cells] == [17, 17]


def test_a_table_without_small_cells_is_shown_whole():
    found = protect([one_way(20, 30, 40)], TEN)

    assert found.tables[0].values == (20, 30, 40, 90)
    assert (found.hidden_primary, found.hidden_secondary) == (0, 0)
    assert found.attack.cells == ()


def test_a_total_below_the_minimum_is_hidden_too():
    found = protect([one_way(4, 3)], TEN)

    assert found.tables[0].values == (None, None, None)


def test_a_reader_of_linked_tables_recovers_no_small_cell():
    data = people(4, 180)
    tables = [tabulate(data, AREA, AGE), tabulate(data, AGE, LONELY), tabulate(data, AREA, LONELY)]

    found = protect(tables, TEN)

    truth = {
        (t.name, tuple(c)): n
        for t in tables
        for c, n in zip(itertools.product(*(p.categories for p in t.dimensions)),
                        t.counts.ravel(), strict=True)
    }  # fmt: skip
    small = {name for name, n in truth.items() if n < 10}
    learned = intervals(found.tables, small)
    assert set(learned) == small
    assert min(high - low for low, high in learned.values()) >= 10 - 1e-6
    assert found.attack.is_safe


def check_against_reader(seed, n, policy):
    """Protect three tables in a circle; see that the reader recovers no small cell of them."""
    data = people(seed, n, (AGE, SEX, LONELY))
    tables = [tabulate(data, AGE, SEX), tabulate(data, SEX, LONELY), tabulate(data, AGE, LONELY)]
    found = protect(tables, policy)
    small = set()
    for table in tables:
        inner = itertools.product(*(part.categories for part in table.dimensions))
        for chosen, count in zip(inner, table.counts.ravel(), strict=True):
            if 0 < count < policy.minimum_cell:
                small.add((table.name, chosen))
    learned = intervals(found.tables, small)
    assert set(learned) == small
    assert all(high - low >= policy.minimum_cell - 1e-6 for low, high in learned.values())
    assert found.attack.is_safe
    return found


ANY = {
    "seed": st.integers(0, 10**6),
    "n": st.integers(20, 300),
    "least": st.sampled_from([3, 5, 10]),
    "zero": st.sampled_from(ZeroCells),
}


@settings(max_examples=3)
@given(**ANY)
def test_no_small_cell_is_recovered_whatever_the_tables(seed, n, least, zero):
    check_against_reader(seed, n, SurveyPolicy(minimum_cell=least, zero_cells=zero))


@pytest.mark.slow
@settings(max_examples=60)
@given(**ANY)
def test_no_small_cell_is_recovered_from_very_many_tables(seed, n, least, zero):
    check_against_reader(seed, n, SurveyPolicy(minimum_cell=least, zero_cells=zero))


@pytest.mark.parametrize("seed", [7])
def test_the_engines_attacker_learns_at_least_what_the_reader_learns(seed):
    found = check_against_reader(seed, 120, FIVE)

    learned = intervals(found.tables)
    for cell in found.attack.cells:
        wanted = dict(cell.key.conditions)
        for table in found.tables:
            names = [part.name for part in table.dimensions]
            if set(wanted) <= set(names):
                low, high = learned[table.name, tuple(wanted.get(name) for name in names)]
                assert low - 1e-6 <= cell.low <= cell.high <= high + 1e-6


PATTERN = """
import sys; sys.path[:0] = ["src", "tests"]
from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.disclosure.protection import protect
from engine.disclosure.tables_of_people import AGE, LONELY, SEX, people, tabulate
data = people(3, 90)
tables = [tabulate(data, AGE, SEX), tabulate(data, SEX, LONELY)]
print(*[table.values for table in protect(tables, SurveyPolicy()).tables])
"""


def test_the_same_tables_give_the_same_pattern_on_any_number_of_threads():
    found = set()
    for number in ("1", "2"):
        hashing = {"OMP_NUM_THREADS": number, "PYTHONHASHSEED": number}
        command = [sys.executable, "-c", PATTERN]
        root = Path(__file__).parents[3]
        run = subprocess.run(
            command, cwd=root, env=os.environ | hashing, capture_output=True, check=True
        )
        found.add(run.stdout)

    assert len(found) == 1


def test_cells_shared_between_tables_are_hidden_in_both():
    data = people(5, 100)
    tables = [tabulate(data, AREA, AGE), tabulate(data, AREA, SEX)]

    first, second = protect(tables, TEN).tables

    for area in AREA.categories:
        assert first.value(area=area) == second.value(area=area)
    assert first.value() == second.value()


def least_hidden(table, policy):
    """Find by trying every pattern how few cells can be hidden."""
    flat = with_margins(table.counts).ravel().astype(float)
    must = [place for place, v in enumerate(flat) if v < policy.minimum_cell]
    others = [place for place in range(flat.size) if place not in must]
    for extra in range(len(others) + 1):
        for chosen in itertools.combinations(others, extra):
            released = published(table, {*must, *chosen})
            if audit([table], [released], policy).is_safe:
                return len(must) + extra
    raise AssertionError(table)


def test_hardly_more_is_hidden_than_the_least_that_is_safe():
    table = tabulate(people(1, 90, (SEX, AGE_TWO)), SEX, AGE_TWO)

    found = protect([table], TEN).tables[0]

    assert found.hidden <= least_hidden(table, TEN) + 1


@pytest.mark.slow
def test_over_many_tables_the_pattern_is_nearly_always_the_smallest():
    policy = SurveyPolicy(minimum_cell=10, group_share=1.0)
    extra = []
    for seed in range(10):
        table = tabulate(people(seed, 70, (SEX, LONELY)), SEX, LONELY)
        extra.append(protect([table], policy).tables[0].hidden - least_hidden(table, policy))

    assert min(extra) >= 0
    assert np.mean(extra) <= 0.5
