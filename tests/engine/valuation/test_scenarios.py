"""Other choices of structure, what wellbeing weighs, and which euros rest on which grade."""

import datetime as dt

import pytest

from biotoop.engine.evidence.model import Grade
from biotoop.engine.valuation.decision import Decision, Option
from biotoop.engine.valuation.model import (
    SOCIETY,
    Direction,
    Discounting,
    Headline,
    Scenario,
    Timing,
    WelfareFactor,
)
from biotoop.engine.valuation.rests import RouteGrade
from biotoop.engine.valuation.value import value
from engine.valuation.examples import L1, L2, SMALL, WHY, cost, item, normal, sure, three, valuation


def valued(given, **parts):
    return value(given, theory=SMALL, seed=4, draws=2_048, **parts)


LASTING = (item("a", years=4), item("b", payer="rijk"))
PAID = (cost("c", sure(800), years=2),)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, 1000 * sum(1.0225**-k for k in range(4)) + 1000 - 800 * (1 + 1 / 1.0225)),
        ({"rate": 0.0}, 4000 + 1000 - 1600),
        ({"rate": 0.0, "longest": 1}, 1000 + 1000 - 1600),
        ({"rate": 0.0, "without_items": ("b", "c")}, 4000),
        ({"rate": 0.0, "payer": "rijk"}, 1000),
        ({"rate": 0.1, "timing": Timing.END_OF_YEAR, "without_items": ("a",)},
         1000 / 1.1 - 800 / 1.1 - 800 / 1.21),
    ],
)  # fmt: skip
def test_a_scenario_changes_one_choice_and_keeps_the_draws(choice, expected):
    scenario = Scenario(id="s", label=WHY, **choice)
    row = valued(valuation(*LASTING, costs=PAID, scenarios=(scenario,))).scenarios[0]

    assert row.net.mean == pytest.approx(expected)
    assert row.net.mid == pytest.approx(expected)
    assert row.chance_positive.value == float(expected > 0)


def test_wellbeing_counts_for_as_much_as_the_council_says():
    given = valuation(
        item("a", quantity=normal(10, 1), via=(L1,)),
        item("w", direction=Direction.WELLBEING, payer="bewoners", quantity=normal(10, 8),
             via=(L2,)),
        costs=(cost("c", sure(1500)),),
        welfare_factor=WelfareFactor(low=0.2, high=1.0),
    )  # fmt: skip
    options = (Option(id="without", label=WHY, without=True), Option(id="go", label=WHY))
    decision = Decision(question=WHY, options=options, people=10, population=10, years=1)
    rows = valued(given, decision=decision).welfare

    assert [row.factor for row in rows] == pytest.approx([0, 0.2, 0.6, 1.0])
    assert [row.net.mean for row in rows] == pytest.approx([-500, -300, 100, 500], abs=8)
    assert [row.first_on_agenda for row in rows][-1] == L2
    assert rows[0].first_on_agenda is None


def test_wellbeing_without_a_range_of_the_council_weighs_nothing():
    given = valuation(item("w", direction=Direction.WELLBEING, payer="bewoners"))

    assert valued(given).welfare == ()


def test_a_party_weighs_only_its_own_wellbeing():
    given = valuation(
        item("w", direction=Direction.WELLBEING, payer={"bewoners": 0.5, "rijk": 0.5}),
        welfare_factor=WelfareFactor(),
        perspective="bewoners",
    )
    rows = valued(given).welfare

    assert [row.net.mean for row in rows] == pytest.approx([0, 250, 500])
    assert {row.first_on_agenda for row in rows} == {None}


def test_the_perspective_of_one_party_leads_when_asked():
    found = valued(valuation(*LASTING, costs=PAID, perspective="rijk", headline=Headline.MEDIAN))

    assert found.headline_value == found.net.p50 == pytest.approx(1000)
    assert found.costs.mean == 0
    assert next(row for row in found.parties if row.party == SOCIETY).costs.mean > 0


def test_euros_are_added_up_by_the_weakest_step_of_their_route():
    given = valuation(
        item("a", via=(L1,)), item("b", quantity=sure(30), via=(L2,)), item("c", quantity=sure(5)),
        item("burden", direction=Direction.COST),
    )  # fmt: skip
    routes = {
        "a": RouteGrade(grade=Grade.OPEN, weakest=(L1,)),
        "b": RouteGrade(grade=Grade.PLAUSIBLE, weakest=(L2,)),
        "c": RouteGrade(grade=None, weakest=(L1,)),
    }
    rows = valued(given, routes=routes).rests_on

    assert [(row.grade, row.amount) for row in rows] == [
        ("plausible", 3000), ("open", 1000), ("not_assessed", 500),
    ]  # fmt: skip
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert rows[1].note.text("nl") == (
        '€\u00a01.000 rust op een route waarvan de zwakste stap "nog open" is.'
    )
    assert rows[2].weakest == (L1,)


def test_an_item_without_route_is_not_assessed():
    rows = valued(valuation(item("a"))).rests_on

    assert [(row.grade, row.weakest) for row in rows] == [("not_assessed", ())]


def test_the_assumptions_name_rate_source_date_and_what_inputs_share():
    own = Discounting(convention="own", rate=0.03, cost_rate=0.04, source=WHY,
                      date=dt.date(2024, 1, 1))  # fmt: skip
    found = valued(valuation(item("a"), discounting=own))
    text = found.assumptions[0].text("en")

    for part in ("3%", "4%", "2024-01-01", "verzonnen", "start of the year"):
        assert part in text
    assert "0.5" in found.assumptions[-1].text("en")


def test_what_is_illustrative_is_told_once_for_all_posts():
    found = valued(valuation(item("a", source=None), item("b", illustrative=True), item("c")))
    told = [part for part in found.warnings if part.code == "valuation.some_illustrative"]

    (said,) = told
    assert said.text("nl").startswith("Illustratief (geen bron, of een orde van grootte): a, b. ")
    assert found.illustrative


def test_a_mean_that_is_not_firm_is_told():
    wild = item("a", quantity=three(-1, 0, 30), amount=three(1, 1000, 1.5e6))
    found = valued(valuation(wild, item("b", quantity=three(-1, 0, 30))))

    assert "valuation.shaky_mean" in {part.code for part in found.warnings}


def test_a_pair_that_may_be_one_euro_is_told_apart_from_the_warnings():
    found = valued(valuation(item("a", node="U1"), item("b", node="M1")))

    assert [part.code for part in found.double_counts] == ["valuation.double_path"]
    assert "valuation.double_path" not in {part.code for part in found.warnings}
