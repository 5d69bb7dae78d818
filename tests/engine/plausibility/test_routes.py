"""Ways through the theory: as strong as the weakest step, and only under its conditions."""

import datetime as dt

import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import (
    ConditionJudgement,
    ConditionStatus,
    Grade,
    Judgements,
    Stance,
)
from biotoop.engine.theory.model import LinkKind
from engine.plausibility.cases import estimate, link, node, theory, voices, whole

ON_STEPS = [estimate(f"e{n}", target=f"S{n}", manipulated=True) for n in (1, 2, 3)]
LADDER = theory(
    *(link(f"A{n}", f"R{n}", f"R{n + 1}") for n in range(12)),
    *(link(f"B{n}", f"R{n}", f"R{n + 1}") for n in range(12)),
    link("S1", "I1", "R0"),
    link("S2", "R12", "U1"),
)


def judged(status, node_code="C1"):
    said = {"assessor": "A", "date": dt.date(2026, 2, 1), "reason": Text.of("gezien")}
    return Judgements(conditions=(ConditionJudgement(node=node_code, status=status, **said),))


def routes(*records, **parts):
    return {each.code: each for each in whole(*records, **parts).routes}


def test_every_way_from_intervention_to_outcome_and_impact_is_listed():
    found = routes()

    assert {code: each.links for code, each in found.items()} == {
        "I1>U1": ("S1", "S2"),
        "I1>M1": ("S1", "S2", "S3"),
    }
    assert found["I1>M1"].nodes == ("I1", "R1", "U1", "M1")


def test_a_route_has_the_grade_of_its_weakest_step():
    against = voices("x", 12, target="S2", stance=Stance.CONTRADICTS)
    more = voices("y", 12, target="S2", stance=Stance.CONTRADICTS, round="round2")
    records = [each for each in ON_STEPS if each.target != "S2"]

    found = routes(*records, *against, *more)["I1>M1"]

    assert (found.grade, found.weakest) == (Grade.DISPUTED, ("S2",))
    assert found.sentence.text("nl") == "Zo sterk als de zwakste stap (S2): omstreden."


def test_with_an_unassessed_step_nothing_can_be_said():
    found = routes(*ON_STEPS[:2])

    assert found["I1>U1"].grade is Grade.PLAUSIBLE
    assert (found["I1>M1"].grade, found["I1>M1"].unassessed) == (None, ("S3",))
    assert found["I1>M1"].weakest == ()
    assert found["I1>M1"].sentence.text("nl") == ("Niet te zeggen. Nog te weinig onderzocht: S3.")


def test_a_condition_that_is_not_met_makes_every_route_through_its_node_conditional():
    found = routes(*ON_STEPS, judgements=judged(ConditionStatus.NOT))

    assert all(each.conditional for each in found.values())
    assert "voorwaarde" in found["I1>U1"].sentence.text("nl")
    (view,) = found["I1>U1"].conditions
    assert (view.node, view.bears_on, view.link) == ("C1", "R1", "S4")


@pytest.mark.parametrize("status", [ConditionStatus.MET, ConditionStatus.PARTLY])
def test_a_condition_that_is_met_or_partly_met_is_shown_only(status):
    found = routes(*ON_STEPS, judgements=judged(status))["I1>U1"]

    assert not found.conditional
    assert found.conditions[0].status is status


def test_an_unjudged_condition_is_shown_as_such():
    assert routes()["I1>U1"].conditions[0].status is None


def test_own_evidence_on_a_route_is_pointed_at_and_not_mixed_in():
    found = routes(estimate(target="I1>U1"))

    assert found["I1>U1"].own == "I1>U1"
    assert found["I1>U1"].grade is None
    assert found["I1>M1"].own is None


def test_a_route_between_results_is_listed_when_it_has_evidence_of_its_own():
    found = routes(estimate("e1", target="R1>M1"), estimate("e2", target="I1>U1"))

    assert found["R1>M1"].links == ("S2", "S3")
    assert found["R1>M1"].own == "R1>M1"
    assert len(found) == 3


def test_feedback_and_conditions_are_no_steps_on_a_route():
    back = link("S5", "U1", "R1", kind=LinkKind.FEEDBACK)

    found = routes(on=theory(*theory().links, back))

    assert set(found) == {"I1>U1", "I1>M1"}


def test_parallel_ways_are_routes_of_their_own():
    found = whole(on=LADDER, most_routes=10_000).routes

    assert len(found) == len({each.links for each in found}) == 2**12


def test_of_too_many_routes_only_the_number_is_told():
    found = whole(on=LADDER, most_routes=7)

    assert (found.routes, found.routes_not_listed) == ((), 2**12)
    assert found.warnings[0].text("nl").startswith("Er zijn 4096 routes;")


def test_a_dead_end_is_no_route():
    on = theory(link("S1", "I1", "R1"), link("S2", "R1", "U1"), link("S3", "R1", "R2"))

    assert set(routes(on=on)) == {"I1>U1"}


def test_a_theory_without_links_to_an_outcome_has_no_routes():
    on = theory(link("S1", "I1", "R1"), nodes=(node("U1"),))

    assert whole(on=on).routes == ()
