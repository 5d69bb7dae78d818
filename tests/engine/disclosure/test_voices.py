"""What may be told of what people said: counts, breakdowns, quotes, and always contradiction."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.disclosure.masking import mask
from biotoop.engine.disclosure.policy import VoicesPolicy
from biotoop.engine.disclosure.tables import Dimension, Table
from biotoop.engine.disclosure.voices import (
    Quote,
    refusal,
    show_breakdown,
    show_counts,
    show_quote,
)

RULES = VoicesPolicy()
WORDS = mask("Zonder het koffieuur was ik niet gekomen.").approve("team")


def codes(shown):
    return [entry.code.split(".")[1] for entry in shown.words]


def test_counts_from_three_people_are_shown():
    shown = show_counts({"supports": 9, "contradicts": 3, "nuances": 4}, RULES)

    assert dict(shown.counts) == {"supports": 9, "contradicts": 3, "nuances": 4}
    assert (shown.total, shown.words, shown.is_whole) == (16, (), True)


def test_two_who_contradict_are_hidden_with_another_count_and_still_said_in_words():
    shown = show_counts({"supports": 9, "contradicts": 2, "nuances": 4}, RULES)

    assert dict(shown.counts) == {"supports": 9, "contradicts": None, "nuances": None}
    assert codes(shown) == ["counts_hidden", "also_against"]
    assert "ook tegenstemmen" in shown.words[1].text("nl")
    assert shown.total == 15


def test_that_nobody_contradicts_is_told_as_zero():
    shown = show_counts({"supports": 2, "contradicts": 0, "nuances": 5}, RULES)

    assert shown.counts["contradicts"] == 0
    assert "also_against" not in codes(shown)


def test_among_two_people_no_number_is_shown_but_contradiction_is():
    shown = show_counts({"supports": 1, "contradicts": 1}, RULES)

    assert set(shown.counts.values()) == {None}
    assert shown.total is None
    assert codes(shown) == ["counts_hidden", "also_against"]


@given(
    st.dictionaries(
        st.sampled_from(["supports", "contradicts", "nuances", "not_mentioned"]),
        st.integers(0, 7), min_size=2,
    )
)  # fmt: skip
def test_a_reader_who_knows_the_total_finds_no_count_below_three(counts):
    shown = show_counts(counts, RULES)

    hidden = [name for name, count in shown.counts.items() if count is None]
    left = sum(counts.values()) - sum(c for c in shown.counts.values() if c is not None)
    fitting = [
        split
        for split in itertools.product(range(1, left + 1), repeat=len(hidden))
        if sum(split) == left
    ]
    if hidden and shown.total is not None:
        assert all(max(split[place] for split in fitting) >= 3 for place in range(len(hidden)))
    assert ("also_against" in codes(shown)) == ("contradicts" in hidden)


@given(st.integers(0, 9), st.integers(1, 9))
def test_contradiction_is_never_silent(supports, contradicts):
    shown = show_counts({"supports": supports, "contradicts": contradicts}, RULES)

    assert shown.counts["contradicts"] == contradicts or "also_against" in codes(shown)


def test_a_breakdown_hides_groups_below_three_and_what_would_give_them_away():
    said = Dimension(name="said", categories=("supports", "contradicts"))
    role = Dimension(name="role", categories=("resident", "volunteer", "carer"))
    table = Table(
        name="who", dimensions=(role, said), counts=[[6, 2], [5, 4], [0, 7]], measure="voices"
    )

    found = show_breakdown([table], RULES)

    (shown,) = found.tables
    assert shown.value(role="resident", said="contradicts") is None
    assert shown.value(role="resident", said="supports") is None
    assert shown.value(role="volunteer", said="contradicts") == 4
    assert found.attack.is_safe


def quote(**changes):
    about = {"id": "c1", "masked": WORDS, "consent": True, "age_band": "65+", "role": "resident"}
    return Quote(**(about | changes))


def test_a_quote_is_shown_with_age_band_and_role():
    shown = show_quote(quote(place="Westwijk", place_people=420), RULES)

    assert (shown.age_band, shown.role, shown.place) == ("65+", "resident", "Westwijk")
    assert shown.text == "Zonder het koffieuur was ik niet gekomen."
    assert shown.notes == ()


@pytest.mark.parametrize("count", [None, 49])
def test_a_place_of_few_people_is_left_out(count):
    shown = show_quote(quote(place="Westwijk", place_people=count), RULES)

    assert shown.place is None
    assert [entry.code for entry in shown.notes] == ["disclosure.place_left_out"]


def test_an_age_of_one_year_is_no_band():
    shown = show_quote(quote(age_band="73"), RULES)

    assert shown.age_band is None
    assert [entry.code for entry in shown.notes] == ["disclosure.age_not_a_band"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"consent": False}, "quote_without_consent"),
        ({"workers": 2}, "few_workers"),
        ({"workers": 2, "team_agrees": True}, None),
        ({"workers": 3}, None),
        ({}, None),
    ],
)
def test_a_quote_needs_consent_and_does_not_single_out_workers(changes, code):
    reason = refusal(quote(**changes), RULES)

    assert (reason.code.split(".")[1] if reason else None) == code
