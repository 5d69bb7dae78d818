"""Hints for the four components of certainty; none from a ratio of votes."""

from biotoop.engine.evidence.model import AskedBy, CoderRelation, Stance, TestKind
from engine.plausibility.cases import claim, estimate, judge, publication, tried, voices


def hints(*records):
    return {
        each.note.code.removeprefix("plausibility.hint."): each
        for each in judge(*records).certainty.hints
    }


def test_talks_held_by_the_own_organisation():
    own = voices("a", 9, asked_by=AskedBy.OWN_ORGANISATION)

    assert "own_organisation" in hints(*own)
    assert "own_organisation" not in hints(*own, claim("b"))


def test_claims_coded_by_the_programme():
    found = hints(*voices("a", 4, coder_relation=CoderRelation.PROGRAMME))

    assert found["own_coder"].note.params["count"] == 4


def test_tests_and_designs_that_say_less_than_they_seem():
    found = hints(tried(test=TestKind.BOTH), estimate(level=2))

    assert found["tests_not_registered"].note.params["ids"] == ("t1",)
    assert found["weak_design"].note.params["ids"] == ("e1",)


def test_disagreement_without_a_condition():
    against = {"stance": Stance.CONTRADICTS}

    found = hints(*voices("a", 9), claim("x", **against))
    explained = hints(*voices("a", 9), claim("x", condition="werkt overdag", **against))

    assert found["unexplained"].note.params["people"] == 1
    assert "unexplained" not in explained


def test_everyone_against_is_no_disagreement():
    assert "unexplained" not in hints(*voices("a", 9, stance=Stance.CONTRADICTS))


def test_the_same_people_in_two_rounds():
    twice = [claim("c1", respondent="p"), claim("c2", respondent="p", round="round2")]

    assert hints(*twice)["same_people"].note.params["people"] == 1


def test_few_people_and_one_kind_of_evidence():
    found = hints(*voices("a", 7))

    assert found["few_people"].note.params["people"] == 7
    assert "one_family" in found
    assert "few_people" not in hints(*voices("a", 8))
    assert "one_family" not in hints(*voices("a", 8), tried())


def test_talks_by_one_interviewer():
    assert hints(*voices("a", 9, interviewer="i1"))["shared_talks"].note.params["count"] == 1
    assert "shared_talks" not in hints(*voices("a", 9))


def test_who_was_not_heard_and_what_comes_from_elsewhere():
    elsewhere = claim("n", target="S2", life_place="Noord")

    found = hints(*voices("a", 9), elsewhere, publication(transferability=0.5))

    assert found["not_heard"].note.text("nl") == "Niet gehoord: Noord."
    assert found["distant_setting"].note.params["ids"] == ("l1",)


def test_claims_about_an_earlier_text():
    assert "changed_text" in hints(*voices("a", 9, text_hash="0" * 16))


def test_sound_evidence_gives_no_hints():
    assert hints(*voices("a", 9), estimate(), publication()) == {}
