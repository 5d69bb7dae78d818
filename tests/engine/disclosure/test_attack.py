"""The bounds that the attacker finds are exact: no table outside them fits, both ends do."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from biotoop.engine.disclosure.attack import (
    Block,
    Question,
    exact,
    known_bounds,
    relaxed,
    work_out,
)
from biotoop.engine.disclosure.faults import ImpossibleKnowledge
from biotoop.engine.disclosure.linking import link
from biotoop.engine.disclosure.tables import Dimension, Table, rounded_to, rounding_range

ROWS = Dimension(name="row", categories=("r1", "r2"))
COLUMNS = Dimension(name="column", categories=("c1", "c2", "c3"))
PAIR = Dimension(name="column", categories=("c1", "c2"))


def system_of(counts):
    columns = COLUMNS if np.shape(counts)[1] == 3 else PAIR
    return link([Table(name="t", dimensions=(ROWS, columns), counts=np.array(counts))])


def tried(total, shown):
    """Bounds of each cell by trying every two by two table of whole numbers with this total."""
    a, b, c = (axis.ravel() for axis in np.indices((total + 1,) * 3))
    d = total - a - b - c
    worlds = np.array([a, b, a + b, c, d, c + d, a + c, b + d, np.full_like(a, total)])[:, d >= 0]
    fitting = worlds[:, (worlds[list(shown)] == np.array(list(shown.values()))[:, None]).all(0)]
    return fitting.min(axis=1), fitting.max(axis=1)


@settings(max_examples=25)
@given(
    counts=st.lists(st.integers(0, 6), min_size=4, max_size=4),
    hidden=st.sets(st.integers(0, 7), min_size=1),
)
def test_bounds_equal_those_of_trying_every_table(counts, hidden):
    system = system_of(np.reshape(counts, (2, 2)))
    shown = np.array([place not in hidden for place in range(9)])  # the grand total is shown

    learned = work_out(system, *known_bounds(system, shown))

    told = {place: system.values[place] for place in range(9) if place not in hidden}
    low, high = tried(sum(counts), told)
    assert learned.low.tolist() == low.tolist()
    assert learned.high.tolist() == high.tolist()


def test_a_single_hidden_cell_in_a_row_is_known_exactly():
    system = system_of([[12, 3, 20], [15, 16, 17]])
    shown = np.ones(12, dtype=bool)
    shown[1] = False

    learned = work_out(system, *known_bounds(system, shown))

    assert (learned.low[1], learned.high[1]) == (3, 3)


def test_without_any_total_a_hidden_cell_has_no_upper_bound():
    system = system_of([[1, 2, 3], [4, 5, 6]])
    shown = np.zeros(12, dtype=bool)

    learned = work_out(system, *known_bounds(system, shown), targets=[0])

    assert (learned.low[0], learned.high[0]) == (0, np.inf)
    assert learned.asked.sum() == 1


def test_counts_are_whole_even_where_a_half_would_fit():
    # three pairs that sum to 1 have no solution in halves left once wholes are asked
    names = ("a", "b", "c")
    parts = [Dimension(name=name, categories=("0", "1")) for name in names]
    tables = [
        Table(name=x.name + y.name, dimensions=(x, y), counts=np.array([[1, 1], [1, 0]]))
        for x, y in itertools.combinations(parts, 2)
    ]
    system = link(tables)
    shown = np.array([len(name.conditions) < 2 for name in system.keys])
    low, high = known_bounds(system, shown & ~system.joint)

    learned = work_out(system, low, high)

    whole = system.is_whole & learned.asked
    assert (learned.low[whole] == np.round(learned.low[whole])).all()
    assert (learned.high[whole] >= system.values[whole]).all()


def test_published_numbers_that_cannot_be_true_together_are_refused():
    system = system_of([[1, 2, 3], [4, 5, 6]])
    low, high = known_bounds(system, np.ones(12, dtype=bool))

    low[0] = high[0] = 9
    with pytest.raises(ImpossibleKnowledge):
        work_out(system, low, high)
    high[1] = high[4] = np.inf
    low[1] = low[4] = 0
    with pytest.raises(ImpossibleKnowledge):
        work_out(system, low, high)


@pytest.mark.parametrize(("base", "value", "rounded"), [(5, 12, 10), (5, 13, 15), (10, 15, 20)])
def test_a_rounded_count_tells_the_range_that_rounds_to_it(base, value, rounded):
    assert rounded_to(np.array(value), base) == rounded
    low, high = rounding_range(np.array(float(rounded)), base)

    fitting = [n for n in range(40) if rounded_to(np.array(n), base) == rounded]
    assert (low, high) == (min(fitting), max(fitting))


def test_rounding_leaves_a_reader_with_ranges():
    system = system_of([[12, 3, 20], [15, 16, 17]])
    shown = np.ones(12, dtype=bool)
    shown[1] = False

    learned = work_out(system, *known_bounds(system, shown, rounding=5))

    assert (learned.low[0], learned.high[0]) == (8, 12)
    assert learned.low[1] <= 3 <= learned.high[1]
    assert learned.high[1] > learned.low[1]


def test_a_bound_that_only_halves_reach_is_no_bound_on_people():
    # x + y = y + z = x + z = 1 has one solution, in halves
    matrix = sparse.csr_array(np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]]))
    block = Block(cells=np.arange(3), matrix=matrix, known=np.ones(3))
    question = Question(
        block=block, low=np.zeros(3), high=np.full(3, np.inf), whole=np.ones(3, dtype=bool)
    )

    assert relaxed(question, 0, 1.0).value == pytest.approx(0.5)
    assert not relaxed(question, 0, 1.0).is_whole
    with pytest.raises(ImpossibleKnowledge):
        exact(question, 0, 1.0)
