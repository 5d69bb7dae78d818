"""What a social worker writes in a file comes back whole, or with every fault and its line."""

import datetime as dt
from enum import StrEnum

import attrs
import pytest

from biotoop.engine.core.documents import Document, parse_document, read_document
from biotoop.engine.core.periods import Period
from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text


class Mood(StrEnum):
    """Moods."""

    WELL = "well"
    UNWELL = "unwell"


@attrs.frozen(kw_only=True)
class Band:
    """A band."""

    low: float = field("Lower end.")
    high: float = field("Upper end.", minimum=0)


@attrs.frozen(kw_only=True)
class Visit:
    """A visit."""

    code: str = field("The code.", pattern="^[A-Z]+$")
    label: Text = field("What it is.")
    mood: Mood = field("How it was.", default=Mood.WELL)
    size: float | Band = field("How many.", default=1.0)
    period: Period | None = field("When.", default=None)
    names: tuple[str, ...] = field("Who.", default=())
    from_: str = field("From where.", default="home")


def read(text: str) -> Document[Visit]:
    return parse_document(text, Visit, file="visit.yaml")


def codes_and_lines(document: Document[Visit]) -> list[tuple[str, int | None]]:
    return [(fault.note.code, fault.line) for fault in document.problems]


def test_a_sound_document_becomes_a_value() -> None:
    text = (
        "code: A\nlabel: {nl: bezoek, en: visit}\nfrom: school\nmood: unwell\n"
        "period: {start: 2026-01-01, end: 2026-02-01}\n"
    )

    document = read(text)

    assert document.problems == ()
    assert isinstance(document.value.mood, Mood)
    assert document.value == Visit(
        code="A",
        label=Text(nl="bezoek", en="visit"),
        from_="school",
        mood=Mood.UNWELL,
        period=Period(start=dt.date(2026, 1, 1), end=dt.date(2026, 2, 1)),
    )


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = (
        "code: abc\n"
        "lable: x\n"
        "mood: fine\n"
        "size: {low: 1, high: -3}\n"
        "names: [Anna, 3]\n"
        "period: {start: 2026-01-01, end: 2026-13-01}\n"
    )

    document = read(text)

    assert document.value is None
    assert codes_and_lines(document) == [
        ("core.missing_key", 1),
        ("core.schema.pattern", 1),
        ("core.unknown_key_near", 2),
        ("core.schema.enum", 3),
        ("core.schema.minimum", 4),
        ("core.schema.type_unquoted", 5),
        ("core.schema.format_date", 6),
    ]


def test_a_key_that_is_nearly_right_gets_a_suggestion() -> None:
    document = read("code: A\nlabell: visit\n")

    sentences = [fault.text("nl") for fault in document.problems]

    assert any("Bedoel je `label`?" in sentence for sentence in sentences)


def test_a_rule_between_two_fields_is_told_in_place() -> None:
    document = read("code: A\nlabel: x\nperiod:\n  start: 2026-02-01\n  end: 2026-01-01\n")

    assert codes_and_lines(document) == [("core.rule_of_class", 3)]
    assert "kan niet eindigen (2026-01-01) voor ze begint" in document.problems[0].text("nl")


def test_a_value_that_fits_no_choice_lists_the_choices() -> None:
    document = read("code: A\nlabel: x\nsize: many\n")

    (fault,) = document.problems
    assert fault.note.code == "core.wrong_kind"
    assert "{low, high}" in fault.text("en")
    assert "getal" in fault.text("nl")


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "2026-01-01", "0x10", "1_000"])
def test_a_word_stays_a_word(word: str) -> None:
    document = read(f"code: A\nlabel: {word}\n")

    assert document.value is not None
    assert document.value.label == Text.of(word)


def test_a_key_given_twice_is_refused_instead_of_silently_lost() -> None:
    document = read("code: A\nlabel: x\nlabel: y\n")

    assert codes_and_lines(document) == [("core.yaml_double_key", 3)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b: c", "dubbele punt"),
        ("\tx: 1", "tab"),
        ("code: @home", "aanhalingstekens"),
        ('label: "open', "niet gesloten"),
        ("names: [a, b", "haak ["),
        ("period: {start: 1", "accolade {"),
        ("label: *star", "begint met *"),
        ('label: "a\\ppp"', "schuine streep"),
        ("code: A\n  label: x", "dubbele punt"),
        ("names:\n  - a\n b", "springt"),
        ("code: A\nlabel", "dubbele punt"),
        ("a: 1\n--- \nb: 2", "nog een document"),
        ("label: \x07", "onzichtbaar"),
    ],
)
def test_a_fault_of_notation_is_told_in_dutch(text: str, told: str) -> None:
    (fault,) = read(text).problems

    assert fault.note.code == "core.yaml_syntax"
    assert told in fault.text("nl")
    assert "message was" not in fault.text("en")


@pytest.mark.parametrize("text", ["a: [", "\tx: 1", "a: b: c", "{" * 60, "&a [*a]", "!!python/x a"])
def test_broken_notation_is_a_fault_and_never_a_traceback(text: str) -> None:
    document = read(text)

    assert document.value is None
    assert document.problems


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "null\n"])
def test_an_empty_document_is_told_as_such(text: str) -> None:
    document = read(text)

    (fault,) = document.problems
    assert fault.note.code == "core.empty_document"
    assert "visit.yaml" in fault.text("nl")


@pytest.mark.parametrize("text", ["just words", "- a\n- b", "3"])
def test_a_document_of_another_shape_is_refused(text: str) -> None:
    document = read(text)

    assert document.value is None
    assert document.problems[0].note.code == "core.schema.type"


def test_a_file_that_is_not_utf8_is_refused(tmp_path) -> None:
    path = tmp_path / "visit.yaml"
    path.write_bytes("code: A\nlabel: caf\u00e9".encode("latin-1"))

    document = read_document(path, Visit, file="visit.yaml")

    (fault,) = document.problems
    assert (fault.note.code, fault.line) == ("core.not_utf8", 2)
    assert "teken 11 (waarschijnlijk een \u00e9)" in fault.text("nl")
    assert "CSV UTF-8" in fault.text("en")


def test_a_file_from_a_program_that_writes_utf16_is_told_what_it_is(tmp_path) -> None:
    path = tmp_path / "visit.yaml"
    path.write_bytes("code: A\n".encode("utf-16"))

    assert codes_and_lines(read_document(path, Visit, file="x")) == [("core.utf16", 1)]


def test_a_file_that_is_not_there_is_refused(tmp_path) -> None:
    document = read_document(tmp_path / "none.yaml", Visit, file="none.yaml")

    assert document.problems[0].note.code == "core.cannot_open"
    assert "het bestand is er niet" in document.problems[0].text("nl")
