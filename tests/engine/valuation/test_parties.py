"""Who pays, who benefits, when, and whose money lands where."""

import datetime as dt

import numpy as np
import pytest

from biotoop.engine.valuation.model import SOCIETY, Direction, Discounting
from biotoop.engine.valuation.result import PartyRow, ValuationResult
from biotoop.engine.valuation.value import value
from engine.valuation.examples import L1, SMALL, WHY, cost, item, normal, sure, three, valuation

NO_RATE = Discounting(convention="own", rate=0.0, source=WHY, date=dt.date(2025, 1, 1))


def valued(*items, costs=(), **parts) -> ValuationResult:
    return value(valuation(*items, costs=costs, **parts), theory=SMALL, seed=1, draws=1_024)


def row(found: ValuationResult, party: str) -> PartyRow:
    return next(part for part in found.parties if part.party == party)


def test_the_municipality_invests_and_the_state_saves():
    found = valued(
        item("a", payer="rijk", quantity=sure(12)),
        item("b", payer={"gemeente": 0.25, "rijk": 0.75}, quantity=sure(4)),
        costs=(cost("c", sure(1000)),),
    )

    assert row(found, "gemeente").net.mean == pytest.approx(100 - 1000)
    assert row(found, "rijk").net.mean == pytest.approx(1200 + 300)
    assert row(found, SOCIETY).net.mean == pytest.approx(600)
    assert row(found, "bewoners").chance_positive is None
    assert found.wrong_pocket == pytest.approx(1500 / 1600)
    assert {(c.payer, c.receiver): c.amount for c in found.matrix} == pytest.approx(
        {("gemeente", "gemeente"): 100, ("gemeente", "rijk"): 1500}
    )


def test_parties_add_up_to_society():
    found = valued(
        item("a", payer={"gemeente": 0.4, "rijk": 0.6}, quantity=three(5, 10, 30)),
        item("t", payer="bewoners", beneficiary="rijk", direction=Direction.TRANSFER),
        item("burden", payer="bewoners", direction=Direction.COST, quantity=sure(2)),
        costs=(cost("c", three(300, 500, 900)),),
    )
    parts = [part for part in found.parties if part.party != SOCIETY]

    assert sum(part.net.mean for part in parts) == pytest.approx(found.net.mean)
    assert sum(part.net.mid for part in parts) == pytest.approx(found.net.mid)


def test_a_transfer_moves_money_and_nets_out_for_society():
    found = valued(
        item("less_benefit", payer="bewoners", beneficiary="rijk", direction=Direction.TRANSFER),
        costs=(cost("c", sure(1)),),
    )

    assert row(found, "bewoners").costs.mean == row(found, "rijk").benefits.mean == 1000
    assert row(found, "rijk").cash_net.mean == 1000
    assert row(found, SOCIETY).benefits.mean == 0
    assert found.net.mean == -1
    assert found.matrix == ()
    assert found.wrong_pocket is None


def test_only_what_can_be_taken_out_of_a_budget_is_cash():
    found = valued(
        item("cash", cashable=True),
        item("not", cashable=False),
        item("rooms", cashable=True, in_kind=True),
        costs=(cost("pay", sure(400)), cost("hours", sure(50), in_kind=True)),
    )

    assert row(found, "gemeente").net.mean == pytest.approx(3000 - 450)
    assert row(found, "gemeente").cash_net.mean == pytest.approx(1000 - 400)


def test_those_whose_life_changes_are_shown_whoever_has_the_purse():
    found = valued(
        item("a", beneficiary="bewoners"),
        item("b", payer="bewoners", direction=Direction.COST, quantity=sure(3)),
        item("c", payer={"gemeente": 0.5, "rijk": 0.5}),
    )

    assert {r.party: r.value.mean for r in found.beneficiaries} == pytest.approx({"bewoners": 700})


def test_the_chance_of_benefits_above_costs_is_that_of_the_normal_distribution():
    found = valued(item("a", quantity=normal(10, 2)), costs=(cost("c", sure(900)),))
    chance = row(found, "gemeente").chance_positive

    assert chance.value == pytest.approx(0.6915, abs=0.003)
    assert found.chance_positive == chance


def test_years_stand_in_the_calendar_and_add_up_to_the_present_value_at_a_rate_of_nil():
    found = valued(
        item("a", years=3, drop_off=sure(0.5), start_year=2026, cashable=True),
        costs=(cost("c", sure(800), years=2),),
        discounting=NO_RATE,
    )
    rows = [part for part in found.years if part.party == "gemeente"]

    assert [part.year for part in rows] == [2025, 2026, 2027, 2028]
    assert [part.benefits for part in rows] == pytest.approx([0, 1000, 500, 250])
    assert [part.costs for part in rows] == pytest.approx([800, 800, 0, 0])
    assert [part.cash_net for part in rows] == pytest.approx([-800, 200, 500, 250])
    assert sum(part.net for part in rows) == pytest.approx(found.net.mean)


def test_discounted_years_add_up_to_the_present_value():
    found = valued(
        item("a", years=5, drop_off=three(0.1, 0.2, 0.4), quantity=three(5, 10, 30)),
        costs=(cost("c", three(300, 500, 900), years=3),),
    )
    rows = [part for part in found.years if part.party == SOCIETY]

    assert sum(part.discounted_net for part in rows) == pytest.approx(found.net.mean, rel=1e-12)
    assert all(part.p5 <= part.net <= part.p95 for part in rows)


def test_what_is_marked_as_not_adding_up_is_shown_and_left_out():
    found = valued(item("a"), item("double", adds_to_total=False, via=(L1,)))

    assert found.net.mean == 1000
    assert [(part.id, part.counted) for part in found.posts] == [("a", True), ("double", False)]


def test_wellbeing_and_effort_never_enter_a_purse():
    found = valued(
        item("w", payer="bewoners", direction=Direction.WELLBEING),
        item("e", payer="bewoners", direction=Direction.EFFORT),
        item("a"),
    )

    assert row(found, "bewoners").net.mean == 0
    assert [part.id for part in found.apart] == ["w", "e"]
    assert np.array([part.value.mean for part in found.apart]) == pytest.approx([1000, 1000])
