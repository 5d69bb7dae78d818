"""From claims to bundles: counts, groups, for whom, who disagreed and who was not heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.evidence.bundle import Dependence, Life, StanceCounts
from biotoop.engine.evidence.bundling import (
    bundle,
    family_of,
    life_values,
    people_in,
    stance_of,
    voice_groups,
)
from biotoop.engine.evidence.model import Family, Method, RivalRelation, Stance
from biotoop.engine.evidence.targets import Targets
from engine.plausibility.cases import claim, theory, voices

S1 = Targets(theory()).find("S1")


def bundled(*claims, study=None):
    return bundle(S1, claims, voice_groups(claims), life_values(study or claims))


def dependence(*claims):
    (group,) = voice_groups(claims)
    return group.about.dependence


def test_people_are_counted_once_whatever_they_say_and_wherever():
    found = bundled(
        claim("c1", respondent="p1"),
        claim("c2", respondent="p1", round="round2"),
        claim("c3", respondent="p2", stance=Stance.CONTRADICTS),
        claim("c4", respondent="p3", stance=Stance.NUANCES),
        claim("c5", respondent=None, count=6),
    )

    assert found.counts == StanceCounts(supports=7, contradicts=1, nuances=1)
    assert found.counts.people == found.respondents == 9
    assert found.in_more_groups == 1
    assert (found.supporting, found.contradicting) == (("c1", "c2", "c5"), ("c3",))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({Stance.SUPPORTS, Stance.NUANCES}, Stance.SUPPORTS),
        ({Stance.SUPPORTS, Stance.CONTRADICTS}, Stance.NUANCES),
        ({Stance.CONTRADICTS, Stance.NOT_MENTIONED}, Stance.CONTRADICTS),
        ({Stance.NOT_MENTIONED}, Stance.NOT_MENTIONED),
    ],
)
def test_someone_who_says_both_for_and_against_nuances(said, expected):
    claims = [claim(f"c{n}", respondent="p", stance=one) for n, one in enumerate(sorted(said))]
    (voice,) = people_in(claims)

    assert stance_of(voice) is expected


def test_claims_on_a_topic_that_was_not_open_are_left_out_but_named():
    found = bundled(claim("c1"), claim("c2", searched=False, stance=Stance.NOT_MENTIONED))

    assert (found.respondents, found.left_out) == (1, ("c2",))
    assert found.not_mentioning == ()


def test_documents_are_no_people():
    found = bundled(claim("c1"), claim("d1", method=Method.DOCUMENT))

    assert (found.respondents, found.documents.supports) == (1, 1)
    assert [group.family for group in found.groups] == [Family.REGISTRATION, Family.SELF_REPORT]


def test_who_disagreed_with_the_condition_that_they_name():
    found = bundled(
        claim("c1"),
        claim(
            "c2",
            respondent="p2",
            stance=Stance.CONTRADICTS,
            condition="werkt overdag",
            life_age="30-40",
            life_place="Noord",
            life_role="ouder",
        ),
    )

    (one,) = found.disagreed
    assert (one.respondent, one.people, one.claims) == ("p2", 1, ("c2",))
    assert (one.age, one.place, one.role) == ("30-40", "Noord", "ouder")
    assert one.conditions == ("werkt overdag",)


def test_for_whom_it_holds():
    found = bundled(
        *voices("a", 3, life_age="65+"),
        claim("x", stance=Stance.CONTRADICTS, life_age="18-30", condition="werkt"),
        claim("y"),
    )

    assert [(each.life, each.value, each.counts.supports) for each in found.for_whom] == [
        (Life.AGE, "18-30", 0),
        (Life.AGE, "65+", 3),
    ]
    assert found.for_whom[0].conditions == ("werkt",)


def test_who_was_not_heard_is_known_from_the_rest_of_the_study():
    here = claim("c1", life_age="65+", life_role="bezoeker")
    elsewhere = claim("c2", target="S2", life_age="18-30", life_role="bezoeker", life_place="Zuid")

    found = bundled(here, study=[here, elsewhere])

    assert [(each.life, each.value) for each in found.not_heard] == [
        (Life.AGE, "18-30"),
        (Life.PLACE, "Zuid"),
    ]


def test_a_silent_row_is_not_hearing_someone():
    here = claim("c1", life_age="65+", searched=False)

    assert [each.value for each in bundled(here).not_heard] == ["65+"]


def test_rivals_are_gathered_with_how_much_they_contributed():
    rival = {"rival": "nieuwe lampen", "rival_relation": RivalRelation.ADDS}

    found = bundled(claim("c1", **rival, rival_share="de helft"), claim("c2", **rival), claim("c3"))

    (one,) = found.rivals
    assert (one.rival, one.relation, one.people) == ("nieuwe lampen", "adds", 2)
    assert one.shares == ("de helft",)


def test_claims_about_an_earlier_text_are_named():
    found = bundled(claim("c1", text_hash="0" * 16), claim("c2", text_hash=S1.text_hash))

    assert found.changed_text == ("c1",)


def test_a_group_is_one_method_round_and_organisation():
    base = claim("c1")
    others = [
        claim("c2", method=Method.QUIP),
        claim("c3", round="round2"),
        claim("c4", organisation="Elders"),
        claim("c5", family=Family.OBSERVATION),
        claim("c6"),
    ]

    groups = voice_groups([base, *others])

    assert len(groups) == 5
    assert sum(group.about.people for group in groups) == 6
    assert groups[0].about.label.text("nl") == "interview, ronde round1 (De Wilg)"


@pytest.mark.parametrize(
    ("method", "family"),
    [
        (Method.INTERVIEW, Family.SELF_REPORT),
        (Method.OBSERVATION, Family.OBSERVATION),
        (Method.DOCUMENT, Family.REGISTRATION),
        (Method.MEMBER_CHECK, Family.SELF_REPORT),
    ],
)
def test_the_family_follows_the_method_unless_the_coder_says_otherwise(method, family):
    assert family_of(claim(method=method)) is family
    assert family_of(claim(method=method, family=Family.OBSERVATION)) is Family.OBSERVATION


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([{"interviewer": "i1"}, {"interviewer": "i2"}], Dependence.SEPARATE_TALKS),
        ([{"interviewer": "i1"}, {"interviewer": "i1"}], Dependence.SHARED_TALK),
        ([{"interviewer": "i1"}, {"interviewer": None}], Dependence.SHARED_TALK),
        ([{"interviewer": None}, {"interviewer": None}], Dependence.SHARED_TALK),
        (
            [{"interviewer": "i1"}, {"interviewer": "i2", "count": 3, "respondent": None}],
            Dependence.SHARED_TALK,
        ),
    ],
)
def test_who_talked_with_whom_sets_the_dependence(parts, expected):
    assert dependence(*(claim(f"c{n}", **each) for n, each in enumerate(parts))) is expected


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Method.SURVEY, Dependence.SEPARATE_TALKS),
        (Method.MEMBER_CHECK, Dependence.SEPARATE_TALKS),
        (Method.GROUP_TALK, Dependence.SHARED_TALK),
        (Method.DOCUMENT, Dependence.ONE_REGISTER),
    ],
)
def test_without_an_interviewer_the_method_sets_the_dependence(method, expected):
    assert dependence(claim("c1", method=method, interviewer=None)) is expected


def test_two_interviewers_do_not_make_a_group_talk_separate():
    talk = voices("a", 4, method=Method.GROUP_TALK)

    assert dependence(*talk) is Dependence.SHARED_TALK


@given(st.permutations(voices("a", 4) + voices("b", 3, round="round2", life_age="65+")))
def test_the_order_of_rows_does_not_matter(claims):
    assert bundled(*claims) == bundled(*sorted(claims, key=lambda each: each.id))
