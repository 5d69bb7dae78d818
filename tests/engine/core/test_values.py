"""Numbers, texts and hashes as readers and reviewers meet them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import TooFewCases
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.formats import euros, number, percent
from biotoop.engine.core.ids import canonical_json, combined_hash, file_hash, text_hash
from biotoop.engine.core.messages import Note, note, render
from biotoop.engine.core.quantities import in_step
from biotoop.engine.core.texts import Text


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (-2.1, "−2,1", "−2.1"),
        (1234567.0, "1.234.567", "1,234,567"),
        (0.01234, "0,0123", "0.0123"),
        (12.345, "12,3", "12.3"),
        (-0.0000001, "0", "0"),
        (3.0, "3", "3"),
        (math.nan, "-", "-"),
        (math.inf, "∞", "∞"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(value, dutch, english) -> None:
    assert (number(value, "nl"), number(value, "en")) == (dutch, english)


def test_euros_and_percentages_follow_the_language() -> None:
    assert euros(-1234.4, "nl") == "−€\u00a01.234"
    assert euros(1234.4, "en") == "€1,234"
    assert percent(0.125, "nl", 1) == "12,5\u00a0%"


def test_a_text_falls_back_on_the_other_language_and_says_so() -> None:
    text = Text(nl="buurt")

    assert text.get("en") == "buurt"
    assert text.falls_back("en")
    assert not text.falls_back("nl")
    assert not Text.of("buurt").falls_back("en")


@given(st.text(min_size=1))
def test_white_space_does_not_change_what_evidence_judged(words: str) -> None:
    assert text_hash(words) == text_hash(f"  {words}\n")


def test_canonical_json_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical_json({"b": 1, "a": [1, 2]}) == canonical_json({"a": [1, 2], "b": 1})
    assert combined_hash([("b", "2"), ("a", "1")]) == combined_hash([("a", "1"), ("b", "2")])


def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path) -> None:
    (tmp_path / "a").write_bytes(b"abc")

    assert file_hash(tmp_path / "a").startswith("ba7816bf8f01cfea")


def test_an_error_speaks_both_languages() -> None:
    error = TooFewCases(what="Wave 2", n=4, needed=10)

    assert "at least 10" in str(error)
    assert "minstens 10" in error.note.text("nl")


def test_a_note_inside_a_note_is_rendered_in_the_same_language() -> None:
    inner = Note(code="core.kind.number")

    shown = render("core.schema.type", "nl", {"field": "x", "value": "y", "allowed": inner})

    assert shown.endswith("getal.")


def test_an_estimate_survives_the_way_to_plain_data_and_back() -> None:
    estimate = Estimate(value=1.5, se=0.5, low=0.5, high=2.5, n=40, method=note("core.kind.number"))

    assert from_plain(to_plain(estimate), Estimate) == estimate


def test_what_is_no_number_is_written_as_nothing() -> None:
    assert to_plain(Estimate(value=math.nan, n=0, method=note("core.kind.any")))["value"] is None


def test_an_estimate_with_an_impossible_level_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        Estimate(value=1.0, level=1.0, n=3, method=note("core.kind.any"))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((-0.279, -0.581, 0.0224), "−0,28 (−0,58 tot 0,02)"),
        ((1794.3, 474.6, 3113.9), "1.794 (475 tot 3.114)"),
        ((0.1106, 0.0253, 0.196), "0,111 (0,025 tot 0,196)"),
        ((3.0, 3.0, 3.0), "3,0 (3,0 tot 3,0)"),
        ((0.0, 0.0, 0.0), "0 (0 tot 0)"),
    ],
)
def test_an_estimate_and_its_interval_are_written_alike(values, shown) -> None:
    value, low, high = (number(x.value, "nl", x.digits) for x in in_step(*values))

    assert f"{value} ({low} tot {high})" == shown
