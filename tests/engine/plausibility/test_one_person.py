"""One person never decides: each in turn is left out, and the grade nearest to "open" is shown."""

from biotoop.engine.evidence.model import Grade, Method, Stance
from biotoop.engine.plausibility.result import Rule
from engine.plausibility.cases import claim, estimate, judge, voices

SEEN = {"method": Method.OBSERVATION}


def grades(*records):
    found = judge(*records)
    return found.computed, found.grade


def reason(found, rule):
    (one,) = [each for each in found.why if each.rule is rule]
    return one


def strong(people):
    """Give two families that together pass K = 3 by far, spoken by so many people."""
    half = people // 2
    parts = {"asked": "unprompted", "explicit": True}
    return [*voices("a", people - half, **parts), *voices("o", half, **SEEN, **parts)]


def test_eight_people_in_two_families_hang_on_one_of_them():
    assert grades(*strong(8)) == (Grade.PLAUSIBLE, Grade.OPEN)


def test_nine_people_do_not():
    assert grades(*strong(9)) == (Grade.PLAUSIBLE, Grade.PLAUSIBLE)


def test_the_reason_tells_how_many_people_decide():
    why = reason(judge(*strong(8)), Rule.ONE_PERSON)

    assert not why.held
    assert why.note.params["people"] == 8
    assert '"nog open"' in why.note.text("nl")


def test_nobody_deciding_needs_no_reason():
    assert all(each.rule is not Rule.ONE_PERSON for each in judge(*strong(9)).why)


def test_a_second_group_of_one_person_does_not_make_a_grade():
    claims = [
        *voices("a", 9, stance=Stance.CONTRADICTS),
        claim("b", round="round2", stance=Stance.CONTRADICTS),
    ]

    assert grades(*claims) == (Grade.DISPUTED, Grade.TOO_LITTLE)


def test_someone_who_speaks_in_two_groups_leaves_both():
    twice = [
        claim("x1", respondent="p1", round="round1", stance=Stance.CONTRADICTS),
        claim("x2", respondent="p1", round="round2", stance=Stance.CONTRADICTS),
    ]
    rest = voices("a", 8, stance=Stance.CONTRADICTS)

    assert grades(*twice, *rest) == (Grade.DISPUTED, Grade.TOO_LITTLE)


def test_a_person_among_counts_is_one_person():
    talk = {"respondent": None, "method": Method.GROUP_TALK, "stance": Stance.CONTRADICTS}
    claims = [claim("g1", count=8, **talk), claim("g2", round="round2", **talk)]

    found = judge(*claims)

    assert found.bundle.respondents == 9
    assert (found.computed, found.grade) == (Grade.DISPUTED, Grade.OPEN)
    assert reason(found, Rule.ONE_PERSON).note.params["people"] == 9


def test_a_document_is_no_person():
    documents = voices("d", 3, method=Method.DOCUMENT, stance=Stance.CONTRADICTS)
    people = voices("a", 12, stance=Stance.CONTRADICTS)

    found = judge(*documents, *people)

    assert found.bundle.respondents == 12
    assert found.bundle.documents.contradicts == 3
    assert found.computed is found.grade is Grade.DISPUTED


def test_a_comparison_alone_hangs_on_nobody():
    assert grades(estimate()) == (Grade.PLAUSIBLE, Grade.PLAUSIBLE)


def test_an_open_grade_stays_open_whoever_leaves():
    found = judge(*voices("a", 2), *voices("b", 2, round="round2"))

    assert (found.computed, found.grade) == (Grade.OPEN, Grade.OPEN)
