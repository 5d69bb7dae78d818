"""Every way to overstate, forget or mix up, planted and told, with its place."""

import datetime as dt

import attrs
import pytest

from biotoop.engine.core.errors import InvalidValuation
from biotoop.engine.core.problems import errors_in
from biotoop.engine.valuation.checks import check_valuation
from biotoop.engine.valuation.decision import Decision, Option, StudyCost
from biotoop.engine.valuation.decision_checks import check_decision
from biotoop.engine.valuation.model import (
    Direction,
    Discounting,
    FromEstimate,
    IndexSeries,
    NotInMoney,
    Party,
    PriceKind,
    Scenario,
    SharedFactor,
    WelfareFactor,
)
from biotoop.engine.valuation.ranges import Range, Shape
from biotoop.engine.valuation.value import value
from engine.valuation.examples import L1, L2, SMALL, WHY, cost, item, sure, three, valuation

MEASURED = FromEstimate(estimate="E1", people=sure(10))
OVA = IndexSeries(name="OVA", source=WHY, values={"2023": 100.0, "2024": 104.0})
BESIDE = (NotInMoney(label=WHY),)


def faults(given, **known) -> list[tuple]:
    """Code and place of every error."""
    known = {"plans": ("E1", "E2"), "compared": ("E1",), **known}
    found = errors_in(check_valuation(given, SMALL, **known))
    assert all(fault.note.text("nl") and fault.note.text("en") for fault in found)
    return [(fault.note.code.removeprefix("valuation."), fault.where) for fault in found]


def warnings(given) -> set[str]:
    found = check_valuation(given, SMALL, plans=("E1",), compared=("E1",))
    assert all(fault.note.text("nl") and fault.note.text("en") for fault in found)
    return {fault.note.code.removeprefix("valuation.") for fault in found}


def test_a_whole_valuation_has_no_fault_and_no_warning():
    whole = valuation(item("a"), costs=(cost("c", sure(1)),), not_in_money=BESIDE)

    assert warnings(whole) == set()


@pytest.mark.parametrize(
    ("parts", "code", "where"),
    [
        ({"attribution": 0.3}, "bare_attribution", ("attribution",)),
        ({"attribution_own": None}, "no_attribution", ()),
        ({"attribution_others": sure(0.2)}, "double_attribution", ("attribution_others",)),
        ({"deadweight": "in_estimate"}, "in_estimate_without", ("deadweight",)),
        ({"payer": "provincie"}, "unknown_party", ("payer",)),
        ({"beneficiary": "niemand"}, "unknown_party", ("beneficiary",)),
        ({"payer": {"gemeente": 0.5, "rijk": 0.4}}, "shares", ("payer",)),
        ({"realisation": three(0.1, 0.5, 3)}, "not_a_share", ("price", "realisation", "high")),
        ({"via": (L1, "S99")}, "unknown_link", ("via", 1)),
        ({"node": "N99"}, "unknown_node", ("node",)),
        ({"quantity": three(9, 8, 10)}, "range_order", ("quantity",)),
        ({"quantity": three(8, 8, 10)}, "range_order", ("quantity",)),
        ({"quantity": three(8, 8.01, 10)}, "range_too_skew", ("quantity",)),
        ({"quantity": Range(low=8, high=10)}, "range_incomplete", ("quantity",)),
        ({"quantity": Range(low=8, mid=9, high=10, sd=1)}, "range_extra", ("quantity", "sd")),
        ({"quantity": three(1, 2, 3, via=("S99",))}, "unknown_link", ("quantity", "via", 0)),
        ({"amount": three(-1, 2, 4)}, "negative", ("price", "amount", "low")),
        ({"deadweight": three(0.2, 0.5, 35)}, "not_a_share", ("deadweight", "high")),
        ({"price_year": 2023}, "mixed_price_years", ("price", "price_year")),
        ({"price_year": 2023, "index": "CPI"}, "unknown_index", ("price", "index")),
        ({"price_year": 2023, "index": "OVA"}, "index_lacks_year", ("price", "index")),
        ({"drop_off": sure(0.1)}, "drop_off_in_one_year", ("drop_off",)),
        ({"start_year": 2024}, "starts_too_early", ("start_year",)),
        ({"distinct_from": {"z": WHY}}, "unknown_item", ("distinct_from", "z")),
        (
            {"direction": Direction.WELLBEING, "adds_to_total": True},
            "adds_to_total",
            ("adds_to_total",),
        ),
        ({"direction": Direction.TRANSFER}, "transfer_to_whom", ("beneficiary",)),
        (
            {"direction": Direction.TRANSFER, "beneficiary": "gemeente"},
            "transfer_to_whom",
            ("beneficiary",),
        ),
    ],
)
def test_one_fault_in_an_item_gives_one_message_at_its_place(parts, code, where):
    assert faults(valuation(item("a", **parts), indices=(OVA,))) == [(code, ("items", 0, *where))]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Range(distribution=Shape.FIXED, value=0.3), "fixed_without_reason"),
        (Range(distribution=Shape.NORMAL, mean=0.3, sd=0.1), "share_shape"),
        (Range(distribution=Shape.BETA, mean=0.3, sd=0.6), "beta_too_wide"),
        (Range(distribution=Shape.UNIFORM, least=0.6, most=0.3), "bounds_order"),
        (Range(distribution=Shape.TRIANGULAR, least=0.1, mode=0.8, most=0.3), "bounds_order"),
    ],
)
def test_a_share_must_be_possible(given, code):
    assert faults(valuation(item("a", deadweight=given))) == [(code, ("items", 0, "deadweight"))]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Range(distribution=Shape.NORMAL, mean=10, sd=8), "normal_below_nil"),
        (Range(distribution=Shape.LOGNORMAL, mean=0, sd=8), "mean_not_positive"),
        (Range(distribution=Shape.GAMMA, mean=0, sd=8), "mean_not_positive"),
    ],
)
def test_an_amount_must_be_possible(given, code):
    assert [name for name, _ in faults(valuation(item("a"), costs=(cost("c", given),)))] == [code]


@pytest.mark.parametrize(
    ("plan", "parts", "expected"),
    [
        ("E1", {}, ["own_value_beside_estimate"] * 2),
        ("E1", {"deadweight": "in_estimate", "attribution_own": "in_estimate"}, []),
        ("E1", {"argued": WHY}, []),
        ("E2", {}, []),
        ("E2", {"deadweight": "in_estimate"}, ["estimate_without_comparison"]),
        ("E9", {}, ["unknown_plan"]),
    ],
)
def test_a_comparison_takes_deadweight_and_attribution_out_once_and_only_once(
    plan, parts, expected
):
    quantity = attrs.evolve(MEASURED, estimate=plan)

    assert [
        code for code, _ in faults(valuation(item("a", quantity=quantity, **parts)))
    ] == expected


@pytest.mark.parametrize(
    ("discounting", "code"),
    [
        (Discounting(convention="nl_1999"), "unknown_convention"),
        (Discounting(rate=0.03), "rate_of_convention"),
        (Discounting(cost_rate=0.03), "rate_of_convention"),
        (Discounting(convention="own", rate=0.03), "own_convention"),
    ],
)
def test_a_rate_needs_a_name_a_source_and_a_date(discounting, code):
    found = faults(valuation(item("a"), discounting=discounting))

    assert [name for name, _ in found] == [code]
    own = Discounting(convention="own", rate=0.03, source=WHY, date=dt.date(2024, 1, 1))
    assert faults(valuation(item("a"), discounting=own)) == []


def test_a_share_of_a_payer_lies_between_nil_and_one():
    found = faults(valuation(item("a", payer={"gemeente": 1.5, "rijk": -0.5})))

    assert found == [
        ("share_of_payer", ("items", 0, "payer", "gemeente")),
        ("share_of_payer", ("items", 0, "payer", "rijk")),
    ]


def test_faults_of_the_whole_are_told_all_at_once():
    given = valuation(
        item("a"),
        item("a"),
        costs=(cost("a", three(3, 2, 1)),),
        parties=tuple(Party(code=c, label=WHY) for c in ("gemeente", "gemeente", "society")),
        perspective="mars",
        shared_factor=SharedFactor(on=False),
        welfare_factor=WelfareFactor(low=2, high=1),
        not_in_money=(NotInMoney(label=WHY, node="N99"),),
        scenarios=tuple(
            Scenario(id="s", label=WHY, without_items=("z",), payer="mars") for _ in range(2)
        ),
    )

    assert sorted(code for code, _ in faults(given)) == sorted(
        [
            "double_id", "double_id", "double_id", "double_party", "double_party",
            "independent_without_reason", "range_order", "unknown_item", "unknown_item",
            "unknown_node", "unknown_party", "unknown_party", "unknown_party", "welfare_order",
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (valuation(item("a", displacement=None)), "not_filled"),
        (valuation(item("a", years=2)), "not_filled"),
        (valuation(item("a", via=())), "no_via"),
        (valuation(item("a", source=None)), "illustrative"),
        (valuation(item("a", illustrative=True)), "illustrative"),
        (valuation(item("a"), costs=(cost("c", sure(1), source=None),)), "illustrative"),
        (valuation(item("a", kind=PriceKind.INTEGRAL, cashable=True)), "integral_as_cash"),
        (valuation(item("a", price_year=2015, index="OVA"), indices=(OVA,)), "old_price"),
        (valuation(item("a", quantity=three(1, 1.05, 2))), "range_skew"),
        (valuation(item("a"), no_negative_effects=None), "no_negative_effect"),
        (valuation(item("a"), situation_without=None), "no_situation_without"),
        (valuation(item("a", quantity=three(-1, 0, 14))), "range_skew"),
        (valuation(item("a")), "no_costs"),
        (valuation(item("a")), "all_in_money"),
    ],
)
def test_what_deserves_a_second_look_is_a_warning(given, code):
    assert code in warnings(given)


def test_a_range_that_is_even_on_its_own_scale_is_not_called_skew():
    found = warnings(valuation(item("a", quantity=three(10, 100, 1000),
                                    deadweight=three(0.01, 0.1, 0.5))))  # fmt: skip

    assert "range_skew" not in found


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"node": "U1"}, {"node": "M1"}, "double_path"),
        ({"node": "M1"}, {"node": "R1"}, "double_path"),
        ({"node": "U1"}, {"node": "U1"}, "double_same"),
    ],
)
def test_the_same_euro_may_not_be_counted_twice(first, second, code):
    pair = valuation(item("a", **first), item("b", **second))
    argued = valuation(item("a", **first), item("b", **second, distinct_from={"a": WHY}))

    assert code in warnings(pair)
    assert code not in warnings(argued)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"node": "U1"}, {"node": "U2"}),
        ({"node": "U1"}, {"node": "U1", "payer": "rijk"}),
        ({"node": "U1"}, {"node": "M1", "adds_to_total": False}),
        ({"node": "U1"}, {"node": "M1", "direction": Direction.COST}),
        ({}, {"node": "U1"}),
    ],
)
def test_different_euros_are_left_alone(first, second):
    found = warnings(valuation(item("a", **first), item("b", **second)))

    assert found.isdisjoint({"double_path", "double_same"})


def test_value_refuses_what_the_checks_refuse_and_says_where():
    with pytest.raises(InvalidValuation, match=r"items\.0\.attribution.*two meanings"):
        value(valuation(item("a", attribution=0.3)), theory=SMALL, seed=1)


GO = Option(id="go", label=WHY)
WITHOUT = Option(id="without", label=WHY, without=True)


def decision(*options: Option, **parts) -> Decision:
    given = {"people": 100, "population": 100, "years": 3}
    return Decision(question=WHY, options=options, **{**given, **parts})


@pytest.mark.parametrize(
    ("given", "code", "where"),
    [
        (decision(GO, attrs.evolve(GO, id="more")), "one_without", ("options",)),
        (decision(WITHOUT, GO, GO), "double_id", ("options", 2, "id")),
        (decision(WITHOUT, attrs.evolve(GO, items=("z",))), "unknown_item",
         ("options", 1, "items", 0)),
        (decision(WITHOUT, attrs.evolve(GO, costs=("z",))), "unknown_item",
         ("options", 1, "costs", 0)),
        (decision(attrs.evolve(WITHOUT, items=("a",)), GO), "without_is_nil", ("options", 0)),
        (decision(WITHOUT, GO, payer="mars"), "unknown_party", ("payer",)),
        (decision(WITHOUT, GO, studies=(StudyCost(links=(L2, "S99"), label=WHY, cost=1),)),
         "unknown_link", ("studies", 0, "links", 1)),
    ],
)  # fmt: skip
def test_a_decision_must_be_one(given, code, where):
    found = check_decision(given, valuation(item("a")), SMALL, "decision")

    assert [(f.note.code.removeprefix("valuation."), f.where) for f in found] == [
        (code, ("decision", *where))
    ]
    assert all(f.note.text("nl") for f in found)


def test_value_refuses_a_decision_without_its_situation_without():
    with pytest.raises(InvalidValuation, match="situation without"):
        value(valuation(item("a")), theory=SMALL, seed=1, decision=decision(GO, GO))
