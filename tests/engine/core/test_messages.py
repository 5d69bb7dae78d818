"""Sentences choose their words by the number, and reasons come in the reader's language."""

import csv
import errno

import pytest

from biotoop.engine.core.messages import note, render
from biotoop.engine.core.reasons import of_csv, of_reading, of_system, original


@pytest.mark.parametrize(
    ("count", "dutch", "english"),
    [(1, "zit 1 fout.", "has 1 fault."), (1200, "zitten 1200 fouten.", "has 1200 faults.")],
)
def test_one_fault_and_more_faults_have_their_own_words(count, dutch, english) -> None:
    assert dutch in render("core.invalid_study", "nl", {"folder": "x", "count": count})
    assert english in render("core.invalid_study", "en", {"folder": "x", "count": count})


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOENT, "het bestand is er niet"),
        (errno.EACCES, "geen toestemming"),
        (errno.ENOSPC, "de schijf is vol"),
        (errno.EISDIR, "een map en geen bestand"),
    ],
)
def test_a_reason_of_the_system_is_told_in_dutch(number: int, told: str) -> None:
    assert told in of_system(OSError(number, "Some words")).text("nl")


def test_words_of_a_program_that_nobody_knows_are_marked_as_its_own() -> None:
    told = of_system(OSError(9999, "Strange words.\nMore")).text("nl")

    assert told == 'de oorspronkelijke melding: "Strange words"'
    assert of_reading(RuntimeError()) == original("RuntimeError")


def test_a_table_with_an_open_quote_is_told_in_dutch() -> None:
    assert "nergens gesloten" in of_csv(csv.Error("unexpected end of data")).text("nl")


def test_a_reason_inside_a_sentence_takes_its_language() -> None:
    fault = note("core.cannot_open", reason=of_system(OSError(errno.ENOENT, "No such file")))

    assert "it" not in fault.text("nl").split()
    assert "the file is not there" in fault.text("en")
