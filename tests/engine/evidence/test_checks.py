"""Faults of meaning in evidence: each is told, with its line and what to do."""

import datetime as dt

import attrs
import pytest

from biotoop.engine.core.csv_source import Table
from biotoop.engine.core.problems import Severity, errors_in
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.claim_checks import check_claims, quotable
from biotoop.engine.evidence.model import (
    Asked,
    Certainty,
    CertaintyJudgement,
    Component,
    ComponentJudgement,
    ConditionJudgement,
    ConditionStatus,
    Family,
    Grade,
    Judgements,
    Literature,
    Method,
    Override,
    RivalRelation,
    Stance,
    TestKind,
    Tests,
)
from biotoop.engine.evidence.record_checks import check_judgements, check_literature, check_tests
from biotoop.engine.evidence.targets import Targets
from engine.plausibility.cases import claim, publication, theory, tried

TARGETS = Targets(theory())
SAID = {"assessor": "A", "date": dt.date(2026, 2, 1), "reason": Text.of("gelezen")}


def told(*claims, targets=TARGETS):
    table = Table(rows=claims, lines=tuple(range(2, 2 + len(claims))), problems=())
    return check_claims(table, targets, file="claims.csv")


def codes(problems):
    return [each.note.code.removeprefix("evidence.") for each in problems]


def test_sound_claims_have_no_faults():
    quote = {"quote": "Ze wist mijn naam.", "quote_consent": True}
    rival = {"rival": "de lampen", "rival_relation": RivalRelation.ADDS, "rival_share": "half"}

    assert (
        told(
            claim("c1", text_hash=TARGETS.find("S1").text_hash, **quote),
            claim("c2", target="R1", stance=Stance.RECOGNISED, importance=2),
            claim("c3", target="U1", stance=Stance.MISSING, proposes="rust"),
            claim("c4", **rival),
            claim("c5", respondent=None, count=4, method=Method.GROUP_TALK),
            claim("c6", stance=Stance.NOT_MENTIONED, asked=Asked.UNPROMPTED),
        )
        == ()
    )


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"target": "Q7"}, "unknown_target"),
        ({"target": "S11"}, "unknown_target_near"),
        ({"target": "R1"}, "stance_not_for_node"),
        ({"stance": Stance.RECOGNISED}, "stance_not_for_link"),
        ({"target": "I1>U1", "stance": Stance.MISSING, "proposes": "rust"}, "stance_not_for_link"),
        ({"count": 3}, "count_with_respondent"),
        ({"rival": "de lampen"}, "rival_without_relation"),
        ({"rival_relation": RivalRelation.INDEPENDENT}, "relation_without_rival"),
        ({"target": "R1", "stance": Stance.MISSING}, "missing_without_proposal"),
        ({"proposes": "rust"}, "proposal_without_missing"),
        ({"importance": 1}, "importance_of_link"),
        ({"family": Family.LITERATURE}, "family_not_for_claims"),
    ],
)
def test_an_error_in_a_claim_stops_the_work(parts, code):
    (fault,) = told(claim(**parts))

    assert codes([fault]) == [code]
    assert (fault.severity, fault.file, fault.line) == (Severity.ERROR, "claims.csv", 2)
    assert fault.text("nl").startswith("claims.csv:2: c1: ")
    assert "{" not in fault.text("en") + fault.text("nl")


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"rival": "x", "rival_relation": RivalRelation.EXCLUDES}, "supports_excluding_rival"),
        ({"rival": "x", "rival_relation": RivalRelation.ADDS}, "rival_without_share"),
        ({"searched": False}, "said_but_not_searched"),
        ({"stance": Stance.NOT_MENTIONED}, "asked_but_not_mentioned"),
        ({"method": Method.MEMBER_CHECK, "asked": Asked.UNPROMPTED}, "member_check_unprompted"),
        ({"quote": "Fijn."}, "quotes_without_consent"),
        ({"respondent": None}, "no_respondent"),
        ({"text_hash": "0" * 16}, "changed_text"),
    ],
)
def test_a_doubt_about_a_claim_is_a_warning(parts, code):
    (fault,) = told(claim(**parts))

    assert codes([fault]) == [code]
    assert (fault.severity, fault.line) == (Severity.WARNING, 2)
    assert "{" not in fault.text("en") + fault.text("nl")


def test_a_code_that_is_used_twice_names_the_first_line():
    (fault,) = told(claim("c1"), claim("c2"), claim("c1", respondent="p9"))

    assert (codes([fault]), fault.line, fault.note.params["first"]) == (["double_id"], 4, 2)


def test_one_person_with_two_ages():
    found = told(
        claim("c1", respondent="p", life_age="65+"),
        claim("c2", respondent="p", life_age="18-30", life_place="Noord"),
        claim("c3", respondent="p", life_place="Noord"),
    )

    assert (codes(found), found[0].line) == (["two_lives"], 3)
    assert found[0].note.text("nl") == (
        "p heeft twee waarden voor leeftijd: 65+ en 18-30. Kies er één."
    )


def test_doubts_about_many_rows_are_told_once():
    rows = [claim(f"c{n}", respondent=None, quote="x", text_hash="0" * 16) for n in range(50)]

    found = told(*rows)

    assert sorted(codes(found)) == ["changed_text", "no_respondent", "quotes_without_consent"]
    assert {each.note.params["count"] for each in found} == {50}


def test_every_fault_is_told_in_the_order_of_lines():
    found = told(claim("c1", proposes="x"), claim("c2", target="Q7", importance=1))

    assert [(each.line, code) for each, code in zip(found, codes(found), strict=True)] == [
        (2, "proposal_without_missing"),
        (3, "unknown_target"),
        (3, "importance_of_link"),
    ]


def test_without_a_theory_targets_go_unchecked():
    found = told(claim("c1", target="Q7", text_hash="0" * 16), claim("c2", count=2), targets=None)

    assert codes(found) == ["count_with_respondent"]


def test_only_quotes_with_consent_are_for_readers():
    shown = claim("c1", quote="Fijn.", quote_consent=True)

    assert quotable([shown, claim("c2", quote="Nee."), claim("c3", quote_consent=True)]) == (shown,)


@pytest.mark.parametrize(
    ("parts", "code", "severity"),
    [
        ({"target": "Q7"}, "unknown_target", Severity.ERROR),
        ({"target": "R1"}, "record_on_node", Severity.ERROR),
        ({"p": 0.9}, "half_a_test", Severity.ERROR),
        ({"searched": False}, "found_but_not_searched", Severity.ERROR),
        ({"p": 0.2, "p_not": 0.4}, "test_points_away", Severity.WARNING),
        ({"registered": None}, "test_not_registered", Severity.WARNING),
        ({"text_hash": "0" * 16}, "changed_text", Severity.WARNING),
    ],
)
def test_faults_in_a_test(parts, code, severity):
    test = tried(**{"registered": dt.date(2026, 1, 5), **parts})

    (fault,) = check_tests(Tests(tests=(test,)), TARGETS)

    assert (codes([fault]), fault.severity) == ([code], severity)
    assert fault.where[:2] == ("tests", 0)
    assert "{" not in fault.text("en") + fault.text("nl")


def test_a_straw_needs_no_registration():
    straw = tried(test=TestKind.STRAW)

    assert list(check_tests(Tests(tests=(straw,)), None)) == []


def test_two_tests_with_one_code():
    straw = tried(test=TestKind.STRAW)

    found = list(check_tests(Tests(tests=(straw, straw)), TARGETS))

    assert (codes(found), found[0].where) == (["double_record"], ("tests", 1, "id"))


def test_faults_in_literature():
    item = publication("l1")
    items = (item, attrs.evolve(item, target="U1"), publication("l3", target="S1x"))

    found = list(check_literature(Literature(items=items), TARGETS))

    assert codes(found) == ["double_record", "record_on_node", "unknown_target_near"]


def judgement(target="S1", **parts):
    return CertaintyJudgement(target=target, overall=Certainty.LOW, **SAID, **parts)


PART = ComponentJudgement(
    component=Component.METHOD, concern=Certainty.LOW, reason=Text.of("één interviewer")
)


def condition(node):
    return ConditionJudgement(node=node, status=ConditionStatus.MET, **SAID)


def test_faults_in_judgements():
    judged = Judgements(
        certainty=(judgement(components=(PART, PART)), judgement("Q7"), judgement("U1")),
        overrides=(Override(target="Q7", grade=Grade.OPEN, **SAID),),
        conditions=(condition("C1"), condition("U1"), condition("Q7")),
    )

    found = list(check_judgements(judged, TARGETS))

    assert codes(found) == [
        "double_component",
        "unknown_target",
        "record_on_node",
        "unknown_target",
        "not_a_condition",
        "not_a_condition",
    ]
    assert found[-1].note.params["allowed"] == ("C1",)
    assert len(errors_in(found)) == 6


def test_judgements_without_a_theory_go_unchecked():
    found = check_judgements(Judgements(certainty=(judgement("Q7"),)), None)

    assert list(found) == []
