"""Tables with margins, cells and their identity."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.disclosure.faults import FaultyTable
from biotoop.engine.disclosure.policy import SurveyPolicy, ZeroCells
from biotoop.engine.disclosure.protection import protect
from biotoop.engine.disclosure.tables import (
    CellStatus,
    Dimension,
    ReleasedTable,
    Table,
    key,
    keys_of,
    sums_of,
    two_largest,
    with_margins,
)

PAIR = Dimension(name="x", categories=("a", "b"))


@given(
    arrays(np.int64, array_shapes(min_dims=1, max_dims=3, max_side=4), elements=st.integers(0, 9))
)
def test_every_sum_of_a_table_with_margins_adds_up(inner):
    flat = with_margins(inner).ravel()

    for _, total, parts in sums_of(tuple(side + 1 for side in inner.shape)):
        assert flat[total] == flat[list(parts)].sum()
    assert flat[-1] == inner.sum()


@given(
    contributions=st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(1, 99)), min_size=1, max_size=25
    )
)
def test_the_two_largest_of_margins_are_those_of_all_contributions(contributions):
    top = np.zeros((2, 3))
    second = np.zeros((2, 3))
    for place in np.ndindex(2, 3):
        own = sorted((c for *p, c in contributions if tuple(p) == place), reverse=True)
        top[place], second[place] = [*own, 0, 0][:2]

    largest, next_ = two_largest(top, second)

    everyone = sorted((c for *_, c in contributions), reverse=True)
    assert (largest[-1, -1], next_[-1, -1]) == tuple([*everyone, 0][:2])


def test_a_cell_is_the_same_whatever_the_order_of_its_conditions():
    assert key("people", (("b", "2"), ("a", "1"))) == key("people", (("a", "1"), ("b", "2")))
    assert str(key("people", (("b", "2"), ("a", "1")))) == "people: a=1, b=2"
    assert str(key("people", ())) == "people: *"


def test_cells_carry_the_conditions_of_the_whole_table():
    names = list(keys_of((PAIR,), (("wave", "1"),), "people"))

    assert [str(name) for name in names] == [
        "people: wave=1, x=a", "people: wave=1, x=b", "people: wave=1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": np.array([1, 2, 3])},
        {"counts": np.array([1, -2])},
        {"counts": np.array([1.5, 2])},
        {"impossible": np.array([True])},
        {"population": (("x", "a"),)},
        {"dimensions": (Dimension(name="x", categories=("a", "a")),)},
        {"dimensions": (Dimension(name="x", categories=("a", "")),)},
    ],
)
def test_a_table_whose_parts_do_not_fit_is_refused(wrong):
    with pytest.raises(FaultyTable):
        Table(**({"name": "t", "dimensions": (PAIR,), "counts": np.array([1, 2])} | wrong))


def test_a_released_table_is_read_by_category_and_as_an_array():
    table = Table(
        name="t",
        dimensions=(PAIR, Dimension(name="y", categories=("c", "d"))),
        counts=np.array([[20, 30], [40, 50]]),
    )

    released = protect([table], SurveyPolicy()).tables[0]

    assert released.value(x="b", y="c") == 40
    assert released.value(x="b") == 90
    assert released.value() == 140
    assert released.array.tolist() == [[20, 30, 50], [40, 50, 90], [60, 80, 140]]
    with pytest.raises(ValueError, match=r"tuple.index"):
        released.value(x="z")


def test_a_released_table_is_remembered_whole_for_later_releases():
    table = Table(name="t", dimensions=(PAIR,), counts=np.array([22, 4]))
    released = protect([table], SurveyPolicy()).tables[0]

    again = from_plain(json.loads(json.dumps(to_plain(released))), ReleasedTable)

    assert again == released
    assert again.status[1] is CellStatus.PRIMARY


def test_shown_counts_are_rounded_where_the_policy_asks_for_it():
    table = Table(name="t", dimensions=(PAIR,), counts=np.array([22, 38]))

    released = protect([table], SurveyPolicy(rounding=5)).tables[0]

    assert released.values == (20, 40, 60)
    assert released.rounding == 5


@pytest.mark.parametrize(("zero", "hidden"), [(ZeroCells.HIDE, 3), (ZeroCells.SHOW, 0)])
def test_empty_cells_are_hidden_unless_the_policy_shows_them(zero, hidden):
    part = Dimension(name="x", categories=("a", "b", "c"))
    table = Table(name="t", dimensions=(part,), counts=np.array([0, 30, 40]))

    found = protect([table], SurveyPolicy(zero_cells=zero))

    assert (found.tables[0].hidden > 0) == (hidden > 0)


def test_a_cell_that_everybody_knows_to_be_empty_is_shown():
    part = Dimension(name="x", categories=("child", "adult"))
    table = Table(
        name="t", dimensions=(part,), counts=np.array([0, 40]), impossible=np.array([True, False])
    )

    assert protect([table], SurveyPolicy()).tables[0].values == (0, 40, 40)
