"""Text in boxes: it fits, nothing is lost, and long Dutch words break where people break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.theory.hyphenation import SOFT_HYPHEN, break_points, compound_points
from biotoop.engine.theory.typeface import text_width
from biotoop.engine.theory.typesetting import wrap


def hyphenated(word: str, language="nl") -> str:
    points = break_points(word, language)
    return "-".join(word[a:b] for a, b in zip((0, *points), (*points, len(word)), strict=True))


@pytest.mark.parametrize(
    "broken",
    [
        "wo-ning-cor-po-ra-tie", "keu-ken-ta-fel-ge-sprek-ken", "ac-ti-vi-tei-ten",
        "zelf-red-zaam-heid", "wijk-aan-pak", "school-uit-val", "man-tel-zor-gers", "ven-ster",
        "mees-ter", "pa-troon", "koort-sen", "een-zaam-heid", "ont-moe-ten", "on-der-steu-nen",
        "ver-ant-woor-de-lijk-heid", "ge-sprek", "be-scher-ming", "ver-een-za-ming", "las-tig",
        "buurt", "op-bouw-wer-ker", "ont-wik-ke-ling",
    ],
)  # fmt: skip
def test_dutch_words_break_between_syllables_and_parts_of_compounds(broken):
    assert hyphenated(broken.replace("-", "")) == broken


def test_an_english_word_breaks_best_before_its_ending():
    assert compound_points("involvement", "en") == (7,)
    assert hyphenated("involvement", "en") == "in-vol-ve-ment"


def test_the_parts_of_a_compound_are_found_from_both_ends():
    assert compound_points("jongerenwerker", "nl") == (8,)
    assert compound_points("jongerenwerker", "en") == ()


@pytest.mark.parametrize("word", ["75-plussers", "DJG6", "a", "ß" * 9])
def test_what_is_no_plain_word_is_left_whole(word):
    assert break_points(word, "nl") == ()


def test_a_writer_who_puts_soft_hyphens_decides():
    word = f"buurt{SOFT_HYPHEN}kamer{SOFT_HYPHEN}eters"

    assert break_points(word, "nl") == compound_points(word, "nl") == (5, 10)
    assert wrap(word, 60, 16, "nl") == ("buurt-", "kamer-", "eters")
    assert wrap(word, 300, 16, "nl") == ("buurtkamereters",)


def test_lines_are_filled_evenly():
    lines = wrap("Opbouwwerker is elke week aanwezig op straat en bij de school", 116, 16, "nl")

    assert lines == ("Opbouwwerker", "is elke week", "aanwezig op", "straat en bij", "de school")


def test_a_word_that_is_too_wide_breaks_between_its_parts():
    assert wrap("Talentactiviteiten", 116, 16, "nl") == ("Talent-", "activiteiten")
    assert wrap("Vrijwilligersbijeenkomst", 116, 16, "nl") == ("Vrijwilligers-", "bijeenkomst")


def test_a_word_without_any_known_break_is_broken_rather_than_let_out_of_its_box():
    lines = wrap("Xxxxxxxxxxxxxxxxxxxxxxxxxxxx", 60, 16, "nl")

    assert len(lines) > 2
    assert all(text_width(line, 16) <= 60 for line in lines)
    assert "".join(line.rstrip("-") for line in lines) == "Xxxxxxxxxxxxxxxxxxxxxxxxxxxx"


def test_an_amount_stays_with_its_unit():
    lines = wrap("Budget van € 310.000 per jaar, 20 % meer", 80, 16, "nl")

    assert any("€\u00a0310.000" in line for line in lines)
    assert any("20\u00a0%" in line for line in lines)


def test_a_line_may_end_behind_a_hyphen_or_slash_of_the_writer():
    assert wrap("gastheer/gastvrouw", 90, 16, "nl") == ("gastheer/", "gastvrouw")
    assert wrap("1-op-1 contact", 50, 16, "nl")[0] == "1-op-1"


def test_no_text_gives_no_lines():
    assert wrap("  ", 100, 16, "nl") == ()


@given(
    st.lists(st.text("abcdefghijklmnoprstuvw", min_size=1, max_size=24), min_size=1, max_size=12),
    st.floats(50, 200),
)
def test_every_line_fits_and_no_letter_is_lost(words, width):
    lines = wrap(" ".join(words), width, 16, "nl")

    assert all(text_width(line, 16) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == "".join(words)


@given(st.lists(st.sampled_from(["buren", "helpen", "elkaar", "met", "klussen"]), min_size=1))
def test_evening_out_never_adds_a_line(words):
    lines = wrap(" ".join(words), 120, 16, "nl")

    greedy, current = 1, ""
    for word in words:
        joined = f"{current} {word}".strip()
        greedy, current = (greedy, joined) if text_width(joined, 16) <= 120 else (greedy + 1, word)

    assert len(lines) == greedy
