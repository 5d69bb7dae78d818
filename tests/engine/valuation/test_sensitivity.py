"""Tornado and break-even on net value, against figures worked out by hand."""

import pytest

from biotoop.engine.valuation.result import BreakEven, TornadoRow, ValuationResult
from biotoop.engine.valuation.sensitivity import SHARED
from biotoop.engine.valuation.value import value
from engine.valuation.examples import SMALL, cost, item, sure, three, valuation


def valued(*items, costs=(), **parts) -> ValuationResult:
    return value(valuation(*items, costs=costs, **parts), theory=SMALL, seed=1, draws=1_024)


BASIC = valued(
    item("a", quantity=three(5, 10, 40), amount=three(50, 100, 110),
         deadweight=three(0.1, 0.2, 0.6)),
    costs=(cost("c", three(300, 500, 900)),),
)  # fmt: skip


def bar(found: ValuationResult, name: str) -> TornadoRow:
    return next(part for part in found.tornado if part.input == name)


def turn(found: ValuationResult, name: str) -> BreakEven:
    return next(part for part in found.break_even if part.input == name)


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("a.quantity", 5 * 80 - 500, 40 * 80 - 500),
        ("a.price", 10 * 50 * 0.8 - 500, 10 * 110 * 0.8 - 500),
        ("a.deadweight", 1000 * 0.9 - 500, 1000 * 0.4 - 500),
        ("c.amount", 800 - 300, 800 - 900),
    ],
)
def test_each_input_is_set_to_its_ends_with_the_others_in_the_middle(name, low, high):
    row = bar(BASIC, name)

    assert (row.net_at_p5, row.net_at_p95) == pytest.approx((low, high))
    assert row.swing == pytest.approx(abs(high - low))


def test_the_widest_bar_comes_first():
    swings = [row.swing for row in BASIC.tornado]

    assert swings == sorted(swings, reverse=True)
    assert BASIC.tornado[0].input in ("a.quantity", SHARED)


def test_the_shared_factor_has_a_bar_of_its_own_and_none_when_it_is_off():
    row = bar(BASIC, SHARED)
    off = valuation(item("a", quantity=three(5, 10, 40))).shared_factor
    apart = value(
        valuation(item("a", quantity=three(5, 10, 40)),
                  shared_factor=type(off)(on=False, because=item("x").label)),
        theory=SMALL, seed=1, draws=1_024,
    )  # fmt: skip

    assert row.net_at_p5 < 300 < row.net_at_p95
    assert row.swing > bar(BASIC, "a.deadweight").swing
    assert [part.input for part in apart.tornado] == ["a.quantity"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.quantity", 500 / 80),
        ("a.price", 500 / 8),
        ("a.deadweight", 0.5),
        ("c.amount", 800),
    ],
)
def test_break_even_is_exact_where_the_net_is_a_straight_line(name, expected):
    found = turn(BASIC, name)

    assert found.value == pytest.approx(expected, rel=1e-12)
    assert 0 < found.chance_beyond < 0.5


def test_the_chance_beyond_the_break_even_is_that_of_the_input():
    found = turn(
        valued(item("a", quantity=three(5, 10, 40)), costs=(cost("c", sure(500)),)), "a.quantity"
    )

    assert found.value == pytest.approx(5)
    assert found.chance_beyond == pytest.approx(0.05, abs=1e-9)


def test_break_even_of_a_drop_off_is_the_root_of_its_polynomial():
    """1000 (1 + k/1.0225 + k^2/1.0225^2) = 1500 with k kept: k / 1.0225 = (sqrt(3) - 1) / 2."""
    found = turn(
        valued(item("a", years=3, drop_off=three(0.1, 0.3, 0.6)), costs=(cost("c", sure(1500)),)),
        "a.drop_off",
    )

    assert found.value == pytest.approx(1 - 1.0225 * (3**0.5 - 1) / 2, rel=1e-10)
    assert found.now == 0.3


def test_what_no_possible_value_can_turn_has_no_break_even():
    found = valued(
        item("a", deadweight=three(0.1, 0.2, 0.6), years=2, drop_off=three(0.1, 0.2, 0.3)),
        item("idle", adds_to_total=False, quantity=three(1, 2, 3)),
        costs=(cost("c", sure(5000)),),
    )

    assert [part.value for part in found.break_even] == [None, None, None]
    assert [part.chance_beyond for part in found.break_even] == [0, 0, 0]
