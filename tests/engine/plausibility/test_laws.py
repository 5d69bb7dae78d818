"""Laws that hold whatever the evidence."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.evidence.model import Asked, AskedBy, Grade, Method, Stance, TestKind
from biotoop.engine.plausibility.grading import STRENGTH_ORDER
from engine.plausibility.cases import (
    claim,
    estimate,
    judge,
    publication,
    tried,
    voices,
    whole,
)

STANCES = st.sampled_from([Stance.SUPPORTS, Stance.CONTRADICTS, Stance.NUANCES])
WAYS = st.fixed_dictionaries(
    {
        "stance": STANCES,
        "method": st.sampled_from([Method.INTERVIEW, Method.OBSERVATION]),
        "round": st.sampled_from(["round1", "round2"]),
        "asked_by": st.sampled_from(list(AskedBy)),
        "quality": st.sampled_from([1.0, 0.5]),
        "interviewer": st.just("i0"),
    }
)
WORLDS = st.builds(
    lambda said, effects, kinds: [
        *(claim(f"c{n}", **parts) for n, parts in enumerate(said)),
        *(estimate(f"e{n}", effect=d) for n, d in enumerate(effects)),
        *(tried(f"t{n}", test=kind, found=n % 2 == 0) for n, kind in enumerate(kinds)),
    ],
    st.lists(WAYS, max_size=14),
    st.lists(st.floats(-0.6, 0.6), max_size=2),
    st.lists(st.sampled_from(list(TestKind)), max_size=3),
)
SUPPORTING = [
    claim("new", round="round1", interviewer="i0"),
    claim("new", round="round9"),
    claim("new", method=Method.OBSERVATION, round="round1", interviewer="i0"),
    claim("new", asked=Asked.UNPROMPTED, explicit=True),
    estimate("new", effect=0.5),
    publication("new"),
    tried("new", source="dagboek"),
]


@settings(max_examples=50)
@given(WORLDS, st.sampled_from(SUPPORTING))
def test_one_more_piece_of_supporting_evidence_never_lowers_k(world, more):
    assert judge(*world, more).log_k >= judge(*world).log_k - 1e-12


@settings(max_examples=50)
@given(WORLDS, st.integers(0, 30), st.floats(0, 0.5))
def test_a_stronger_estimate_never_lowers_k(world, place, by):
    raised = [
        attrs.evolve(each, effect=each.effect + by)
        if getattr(each, "effect", None) is not None and each is world[place % len(world)]
        else each
        for each in world
    ]

    assert judge(*raised).log_k >= judge(*world).log_k - 1e-12


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), STANCES), min_size=1, max_size=12))
def test_turning_every_voice_around_turns_k_around(said):
    turned = {
        Stance.SUPPORTS: Stance.CONTRADICTS,
        Stance.CONTRADICTS: Stance.SUPPORTS,
        Stance.NUANCES: Stance.NUANCES,
    }
    mirror = {"asked": Asked.UNPROMPTED, "explicit": True, "interviewer": "i0"}
    one = [claim(f"c{n}", round=f"r{r}", stance=s, **mirror) for n, (r, s) in enumerate(said)]
    other = [attrs.evolve(each, stance=turned[each.stance]) for each in one]

    assert judge(*one).k * judge(*other).k == pytest.approx(1)


@settings(max_examples=50)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(world, random):
    shuffled = list(world)
    random.shuffle(shuffled)

    assert canonical_json(to_plain(whole(*shuffled))) == canonical_json(to_plain(whole(*world)))


@settings(max_examples=30)
@given(WORLDS)
def test_one_person_never_decides(world):
    found = judge(*world)
    people = sorted({getattr(each, "respondent", None) for each in world} - {None})

    others = [
        judge(*(each for each in world if getattr(each, "respondent", None) != person)).computed
        for person in people
    ]

    assert found.grade in {found.computed, *others}
    assert distance(found.grade) == min(distance(one) for one in (found.computed, *others))


def distance(grade: Grade) -> float:
    """Give the distance from "open"; "too little" lies next to it."""
    if grade is Grade.TOO_LITTLE:
        return 0.5
    return abs(STRENGTH_ORDER.index(grade) - STRENGTH_ORDER.index(Grade.OPEN))


@settings(max_examples=50)
@given(WORLDS)
def test_the_grade_shown_never_claims_more_than_the_one_computed(world):
    found = judge(*world)

    assert distance(found.grade) <= max(distance(found.computed), 0.5)


def test_a_randomised_comparison_says_more_than_two_supporting_voices():
    randomised = judge(estimate(effect=0.3, se=0.12, level=5))

    assert randomised.k > judge(*voices("a", 2)).k
    assert randomised.k == pytest.approx(18.21, abs=5e-3)


def test_polite_voices_with_literature_at_its_bound_stay_open():
    found = judge(*voices("a", 30), *voices("b", 30, round="round2"), publication())

    assert found.k > 9
    assert found.grade is Grade.OPEN
