"""The page about permissions says what the workplace does."""

import pytest
from scripts import permissions

from biotoop.web.shared.rules.matrix import Reading


def test_the_page_is_what_the_files_say():
    written = permissions.PAGE.read_text("utf-8")
    assert written == permissions.page(), "run scripts/permissions.py"


@pytest.mark.parametrize(
    ("role", "verb", "words", "fault"),
    [
        ("king", "see", ["all"], "no such role"),
        ("student", "rule", ["all"], "no such role or verb"),
        ("student", "see", ["everywhere"], "unknown reach everywhere"),
    ],
)
def test_a_word_that_means_nothing_stops_the_site(role, verb, words, fault):
    reading = Reading()
    reading.cell("shared.Letter", role, verb, words)

    assert fault in reading.faults[0]


def test_a_cell_is_stated_once():
    reading = Reading()
    for _time in range(2):
        reading.cell("shared.Letter", "student", "see", ["all"])

    assert "stated twice" in reading.faults[0]


def test_an_address_says_what_it_does_or_why_it_is_open():
    reading = Reading()
    reading.addresses("shared", {"shared:a": {}, "shared:b": {"model": "x.Y", "verb": "sing"}})

    assert "say why it is open" in reading.faults[0]
    assert "sing" in reading.faults[1]
