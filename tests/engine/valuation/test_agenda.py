"""The learning agenda: by worth when there is a decision, else by what rests on each step."""

import attrs

from biotoop.engine.valuation.agenda import routes_by_link
from biotoop.engine.valuation.decision import Decision, Option, StudyCost
from biotoop.engine.valuation.value import value
from engine.theory.examples import demo as theory_of
from engine.theory.examples import theory
from engine.valuation.examples import (
    L1,
    L2,
    L3,
    L4,
    SMALL,
    WHY,
    cost,
    item,
    normal,
    sure,
    valuation,
)

GIVEN = valuation(
    item("a", quantity=normal(10, 6), via=(L1, L2)),
    item("b", quantity=normal(20, 2), via=(L2, L3)),
    item("idle", adds_to_total=False, quantity=sure(500), via=(L4,)),
    costs=(cost("pay", sure(2900)),),
)
OPTIONS = (Option(id="without", label=WHY, without=True), Option(id="go", label=WHY))
DECISION = Decision(question=WHY, options=OPTIONS, people=10, population=10, years=1)


def agenda(**parts):
    return value(GIVEN, theory=SMALL, seed=4, draws=4_096, **parts).agenda


def test_routes_are_counted_before_times_behind():
    crowded = theory("I1 I2 R1 U1 U2 M1 C1", "I1>R1 I2>R1 R1>U1 R1>U2 U1>M1 U2>M1 C1?U1 M1~I1")
    counted = routes_by_link(crowded)
    by_ends = {(link.from_, link.to): counted[link.code] for link in crowded.links}

    assert by_ends == {
        ("I1", "R1"): 2, ("I2", "R1"): 2, ("R1", "U1"): 2, ("R1", "U2"): 2,
        ("U1", "M1"): 2, ("U2", "M1"): 2, ("C1", "U1"): 0, ("M1", "I1"): 0,
    }  # fmt: skip


def test_routes_of_the_invented_neighbourhood_programme_are_those_of_its_drawing():
    counted = routes_by_link(theory_of("p1"))

    assert [counted[f"S{n}"] for n in range(1, 11)] == [1, 1, 2, 2, 1, 1, 1, 1, 1, 0]


def test_without_a_decision_steps_without_estimate_come_by_what_rests_on_them():
    rows = agenda(estimated=(L1,))

    assert [(row.link, round(row.euros)) for row in rows] == [(L2, 3000), (L3, 2000), (L4, 0)]
    assert [row.rank for row in rows] == [1, 2, 3]
    assert {row.worth for row in rows} == {None}
    assert rows[0].routes == 1
    assert "3.000" in rows[0].reason.text("nl")


def test_with_a_decision_steps_come_by_what_knowing_is_worth():
    rows = agenda(decision=DECISION, estimated=(L1,))

    assert [row.link for row in rows] == [L2, L1, L3, L4]
    assert rows[0].worth >= rows[1].worth > rows[2].worth > 0
    assert [row.estimated for row in rows] == [False, True, False, False]
    assert rows[3].worth is None


def test_the_price_of_a_study_pushes_a_step_down():
    dear = (StudyCost(links=(L2,), label=WHY, cost=10_000),)
    rows = agenda(decision=attrs.evolve(DECISION, studies=dear, study_cost=10))

    assert [row.link for row in rows] == [L1, L3, L2, L4]
    assert rows[2].study_cost == 10_000
