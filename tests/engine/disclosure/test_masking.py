"""Masking of free text: what patterns find, what they leave to the reader who approves."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.disclosure.masking import Kind, is_citizen_number, mask

# All people, numbers and addresses here are invented; the two BSNs are published examples.


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mail naar j.de-boer@voorbeeld.nl graag", "Mail naar [email] graag"),
        ("Zie www.voorbeeld.nl/jan of @jandeboer", "Zie [web] of [web]"),
        ("Bel 06-12345678 of 020 123 45 67", "Bel [phone] of [phone]"),
        ("Bel +31 6 12 34 56 78.", "Bel [phone]."),
        ("Mijn nummer is 123456782.", "Mijn nummer is [citizen_number]."),
        ("Mijn nummer is 2495.66.758", "Mijn nummer is [citizen_number]"),
        ("Rekening NL91 ABNA 0417 1643 00", "Rekening [bank]"),
        ("Kerkstraat 12a, 1234 AB", "[address], [address]"),
        ("Op het Lange Voorhout woon ik niet, wel Oude Gracht 7", None),
        ("geboren 12 maart 1950", "geboren [date]"),
        ("op 3-4-2021 en 2021-04-03", "op [date] en [date]"),
        ("mevrouw van der Meer kwam", "mevrouw [name] kwam"),
        ("Ik heet Gonda Pietersma en", "Ik heet [name] en"),
        ("mijn buurvrouw Truida helpt", "mijn buurvrouw [name] helpt"),
        ("Fatima zei dat het hielp", "[name] zei dat het hielp"),
    ],
)
def test_what_identifies_people_is_masked(text, masked):
    found = mask(text)

    if masked is None:
        assert "7" in found.text  # a street without a known ending is left to the reader
        assert {span.text for span in found.doubtful} >= {"Voorhout", "Gracht"}
    else:
        assert found.text == masked


@pytest.mark.parametrize(
    "text",
    [
        "Zonder het koffieuur was ik niet gekomen.",
        "Ik kwam 3 keer in 2024, om 10.30 uur.",
        "In Nederland is het op Zondag stil.",
        "Het kostte 12,50 euro voor 25 mensen.",
    ],
)
def test_ordinary_words_and_numbers_stay(text):
    found = mask(text)

    assert found.text == text
    assert found.doubtful == ()


def test_names_given_beforehand_are_masked_wherever_they_stand():
    found = mask("Roos kwam met roos en Roosje", names=["Roos", " "])

    assert found.text == "[name] kwam met [name] en Roosje"


def test_words_with_a_capital_inside_a_sentence_are_pointed_out_not_masked():
    found = mask("Toen kwam Wietske langs in Purmerend.")

    assert found.text == "Toen kwam Wietske langs in Purmerend."
    assert [span.text for span in found.doubtful] == ["Wietske", "Purmerend"]


def test_a_long_number_that_fails_the_eleven_test_is_pointed_out():
    found = mask("klantnummer 123456789")

    assert found.masked == ()
    assert [(s.kind, s.text) for s in found.doubtful] == [(Kind.CITIZEN_NUMBER, "123456789")]


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("123456782", True),  # calaris.nl, worked example
        ("249566758", True),  # privacynieuws.nl, worked example
        ("123456789", False),
        ("000000000", False),
        ("12345678", False),
        ("1234567820", False),
        ("12345678x", False),
    ],
)
def test_the_eleven_test_meets_published_examples(digits, valid):
    assert is_citizen_number(digits) is valid


@given(st.integers(10_000_000, 999_999_999))
def test_changing_one_digit_of_a_valid_number_makes_it_invalid(number):
    digits = str(number).zfill(9)
    if is_citizen_number(digits):
        other = digits[:4] + str((int(digits[4]) + 1) % 10) + digits[5:]
        assert not is_citizen_number(other)


@given(st.text(max_size=80))
def test_spans_point_at_the_original_words_and_never_overlap(text):
    found = mask(text, names=["Anna"])

    ends = 0
    for span in found.masked:
        assert text[span.start : span.end] == span.text
        assert span.start >= ends
        ends = span.end
    marks = re.findall(rf"\[(?:{'|'.join(Kind)})\]", found.text)
    assert len(marks) >= len(found.masked)


def test_overlapping_finds_become_one():
    found = mask("Ik heet Anna van Dijk", names=["van Dijk Jansen", "Anna van"])

    assert found.text == "Ik heet [name]"
    assert found.masked[0].text == "Anna van Dijk"


def test_finds_that_run_into_each_other_are_joined():
    found = mask("zij zag Anna van Dijk", names=["Anna van", "van Dijk"])

    assert found.text == "zij zag [name]"
    assert found.masked[0].text == "Anna van Dijk"


def test_a_text_is_approved_by_a_person_with_their_corrections():
    found = mask("Wietske hielp mij.")

    approved = found.approve("M. de Wit", text="[name] hielp mij.")

    assert not found.is_approved
    assert (approved.is_approved, approved.approved_by) == (True, "M. de Wit")
    assert approved.text == "[name] hielp mij."
