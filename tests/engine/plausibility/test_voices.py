"""What people's words weigh: by who asked, how it was said, and who coded it."""

from math import exp, log

import pytest

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.evidence.bundling import voice_groups
from biotoop.engine.evidence.model import (
    Asked,
    AskedBy,
    CoderRelation,
    Method,
    RivalRelation,
    Stance,
)
from biotoop.engine.plausibility.voices import claim_log_ratio, weigh_voices
from engine.plausibility.cases import SCHEME, claim, voices

OPEN = {"asked": Asked.UNPROMPTED}


def ratio(**parts):
    return exp(claim_log_ratio(claim(**parts), SCHEME.claims))


def weigh(claims):
    (group,) = voice_groups(claims)
    return weigh_voices(group, SCHEME)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"asked_by": AskedBy.OWN_ORGANISATION}, 0.80 / 0.70),
        ({"asked_by": AskedBy.OWN_ORGANISATION, "stance": Stance.CONTRADICTS}, 0.6),
        ({}, 1.4),
        ({"stance": Stance.CONTRADICTS}, 0.5),
        ({"stance": Stance.NUANCES}, 1),
        ({"stance": Stance.NOT_MENTIONED}, 1),
        (OPEN, 1.4),
        ({**OPEN, "asked_by": AskedBy.OWN_ORGANISATION}, 1.4),
        ({**OPEN, "explicit": True}, 2.5),
        ({**OPEN, "explicit": True, "stance": Stance.CONTRADICTS}, 0.4),
        ({**OPEN, "stance": Stance.NOT_MENTIONED}, 0.625),
        ({**OPEN, "explicit": True, "stance": Stance.NUANCES}, 1),
        ({"explicit": True}, 1.4),
    ],
)
def test_the_presets(parts, expected):
    assert ratio(**parts) == pytest.approx(expected)


def test_who_reads_a_summary_is_asked():
    found = ratio(**OPEN, explicit=True, method=Method.MEMBER_CHECK)

    assert found == pytest.approx(1.4)


def test_quality_multiplies_the_log_of_the_ratio():
    assert ratio(quality=0.5) == pytest.approx(1.4**0.5)


def test_a_claim_coded_by_the_programme_has_quality_three_quarters_at_most():
    own = {"coder_relation": CoderRelation.PROGRAMME}

    assert ratio(**own) == pytest.approx(1.4**0.75)
    assert ratio(**own, quality=0.5) == pytest.approx(1.4**0.5)


def test_a_rival_that_adds_halves_what_is_said():
    assert ratio(rival="de lampen", rival_relation=RivalRelation.ADDS) == pytest.approx(1.4**0.5)


def test_a_rival_that_is_independent_changes_nothing():
    parts = {"rival": "de lampen", "rival_relation": RivalRelation.INDEPENDENT}

    assert ratio(**parts) == pytest.approx(1.4)


def test_a_quality_that_the_scheme_does_not_know_is_refused():
    with pytest.raises(InvalidValue, match=r"c1: quality: 0\.6 .*1, 0\.75, 0\.5, 0\.25"):
        ratio(quality=0.6)


def test_someone_who_speaks_three_times_weighs_as_one_person():
    said = [claim(f"c{n}", respondent="p1") for n in range(3)]

    assert weigh(said).log_ratio == pytest.approx(log(1.4))
    assert weigh(said).n == 1


def test_someone_who_says_both_is_averaged():
    said = [claim("c1", respondent="p1"), claim("c2", respondent="p1", stance=Stance.CONTRADICTS)]

    assert weigh(said).log_ratio == pytest.approx((log(1.4) + log(0.5)) / 2)


def test_ten_people_and_two_interviewers():
    found = weigh(voices("a", 10))

    assert (found.rho, found.n) == (0.3, 10)
    assert found.n_eff == pytest.approx(2.7027, abs=5e-5)
    assert exp(found.log_ratio) == pytest.approx(2.483, abs=5e-4)


def test_one_interviewer_for_the_whole_group_correlates_more():
    found = weigh(voices("a", 10, interviewer="i1"))

    assert found.rho == 0.6
    assert found.log_ratio == pytest.approx(log(1.4) * 10 / 6.4)


def test_a_group_talk_by_counts_weighs_every_person():
    said = [
        claim("c1", respondent=None, count=6, method=Method.GROUP_TALK),
        claim("c2", respondent=None, count=1, method=Method.GROUP_TALK, stance=Stance.CONTRADICTS),
    ]

    found = weigh(said)

    assert (found.rho, found.n) == (0.6, 7)
    assert found.log_ratio == pytest.approx((6 * log(1.4) + log(0.5)) / (1 + 6 * 0.6))


def test_documents_of_one_register_are_worth_one_document():
    found = weigh(voices("d", 5, method=Method.DOCUMENT))

    assert (found.rho, found.n_eff) == (1.0, 1.0)
    assert found.log_ratio == pytest.approx(log(1.4))


def test_what_does_not_count_stays_visible():
    strong = claim("c1", respondent="p1", asked=Asked.UNPROMPTED, explicit=True)
    weak = claim("c2", respondent="p2", quality=0.25, asked_by=AskedBy.OWN_ORGANISATION)
    against = claim("c3", respondent="p3", stance=Stance.NUANCES)

    found = weigh([strong, weak, against])

    assert [(item.item, item.counts) for item in found.items] == [
        ("p1", True),
        ("p2", False),
        ("p3", True),
    ]


def test_a_topic_that_was_not_open_leaves_the_count():
    said = [*voices("a", 3), claim("n", stance=Stance.NOT_MENTIONED, searched=False)]

    assert weigh(said).n == 3
