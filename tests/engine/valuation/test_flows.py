"""The formula of one item, year by year, under every convention that is named."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.valuation.discounting import (
    conventions,
    discount_factors,
    index_factor,
    rates_of,
)
from biotoop.engine.valuation.flows import flows, present_values
from biotoop.engine.valuation.inputs import compile_model
from biotoop.engine.valuation.model import Discounting, IndexSeries, Timing
from biotoop.engine.valuation.outlook import middle
from engine.valuation.examples import WHY, cost, item, sure, three, valuation


def present(*items, costs=(), **parts) -> np.ndarray:
    """Present value of every post when all is certain, or at the middle."""
    made = valuation(*items, costs=costs, **parts)
    model = compile_model(made, {})
    money = flows(model, middle(model))
    return present_values(model.posts, money, rates_of(made.discounting))[0]


def test_corrections_multiply_as_the_formula_says():
    found = present(
        item("a", quantity=three(8, 22, 36), amount=sure(6000), deadweight=sure(0.35),
             attribution_own=sure(0.4), displacement=sure(0.1), realisation=sure(0.5))
    )  # fmt: skip

    assert found[0] == pytest.approx(22 * 6000 * 0.65 * 0.4 * 0.9 * 0.5, rel=1e-12)


def test_the_share_of_others_is_subtracted_and_the_own_share_multiplied():
    own, others = present(
        item("a", attribution_own=three(0.2, 0.3, 0.5)),
        item("b", attribution_own=None, attribution_others=three(0.5, 0.7, 0.8)),
    )

    assert own == pytest.approx(300)
    assert others == pytest.approx(300)


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        (Timing.START_OF_YEAR, 1000 + 800 / 1.0225 + 640 / 1.0225**2),
        (Timing.MID_YEAR, 1000 / 1.0225**0.5 + 800 / 1.0225**1.5 + 640 / 1.0225**2.5),
        (Timing.END_OF_YEAR, 1000 / 1.0225 + 800 / 1.0225**2 + 640 / 1.0225**3),
    ],
)
def test_drop_off_starts_in_year_two_and_timing_goes_by_its_name(timing, expected):
    found = present(item("a", years=3, drop_off=sure(0.2)), discounting=Discounting(timing=timing))

    assert found[0] == pytest.approx(expected, rel=1e-12)


def test_a_later_start_is_discounted_from_the_base_year():
    found = present(item("a", years=2, start_year=2028))

    assert found[0] == pytest.approx(1000 / 1.0225**3 + 1000 / 1.0225**4)


def test_costs_and_items_may_have_rates_of_their_own():
    own = Discounting(convention="own", rate=0.03, effect_rate=0.015, source=WHY, date=None)
    found = present(item("a", years=2), costs=(cost("c", sure(500), years=2),), discounting=own)

    assert found == pytest.approx([1000 + 1000 / 1.015, 500 + 500 / 1.03])


@given(st.integers(0, 100), st.integers(0, 200), st.integers(1, 40))
def test_years_add_up_to_the_closed_geometric_sum(percent, per_mille, years):
    drop, rate = percent / 100, per_mille / 1000
    own = Discounting(convention="own", rate=rate, source=WHY, date=None)
    ratio = (1 - drop) / (1 + rate)
    closed = years if ratio == 1 else (1 - ratio**years) / (1 - ratio)

    found = present(item("a", years=years, drop_off=sure(drop)), discounting=own)

    assert found[0] == pytest.approx(1000 * closed, rel=1e-9)


def test_the_dutch_rate_is_dated_and_sourced():
    known = conventions()["nl_2021"]

    assert (known.rate, known.since.isoformat()) == (0.0225, "2021-01-01")
    assert "discontovoet" in known.source


def test_a_rate_of_nil_leaves_every_year_in_full():
    assert discount_factors(0.0, Timing.END_OF_YEAR, 1, 4) == pytest.approx([1, 1, 1, 1])


def test_an_older_price_is_brought_to_the_price_year_by_its_index():
    series = IndexSeries(name="OVA", source=WHY, values={"2023": 100.0, "2025": 110.0})
    found = present(
        item("a", price_year=2023, index="OVA"),
        costs=(cost("c", sure(10), unit_price=sure(5), price_year=2023, index="OVA"),),
        indices=(series,),
    )

    assert found == pytest.approx([1100, 55])
    assert index_factor(series, 2025, 2025) == index_factor(None, 2020, 2025) == 1


def test_a_certain_input_is_no_input_and_an_uncertain_one_keeps_its_place():
    made = valuation(item("a", deadweight=three(0.1, 0.2, 0.4), years=2, drop_off=sure(0.1)))
    model = compile_model(made, {})

    assert [entry.id for entry in model.inputs] == ["a.deadweight"]
    assert model.posts[0].keep == pytest.approx(0.9)
    assert attrs.evolve(model.posts[0], keep=1.0).drop_off is None
