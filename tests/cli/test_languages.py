"""Whoever gives a command is answered in the language asked for: help, errors, answers."""

import os
import re
import subprocess
import sys

import pytest

from biotoop.cli.language import language_asked
from biotoop.cli.outcome import in_own_words, texts_in, tongue_of
from biotoop.cli.program import COMMANDS
from biotoop.engine.core.messages import note
from biotoop.engine.core.texts import Text

WRONG = [
    (("rnu",), "Bedoel je `run`", "Did you mean `run`"),
    (("xyzzy",), "bestaat niet. Kies uit: new, check", "is no command `xyzzy`. Choose from: new"),
    (("run",), "MAP ontbreekt: de map van het onderzoek", "FOLDER is missing: the folder of the"),
    (("run", "x"), "De optie `--out` is verplicht", "The option `--out` is required"),
    (("run", "x", "--out"), "Achter `--out` ontbreekt", "The value behind `--out` is missing"),
    (("check", "x", "--json=1"), "`--json` hoort geen waarde", "`--json` takes no value"),
    (("check", "x", "--jsn"), "Bedoel je `--json`", "Did you mean `--json`"),
    (("check", "x", "--zzz"), "Er zijn: --json", "There are: --json"),
    (("check", "x", "y"), "Dit is te veel: y", "This is too much: y"),
    (("run", "x", "--out", "o", "--edition", "all"), "Kies uit: readers", "Choose from: readers"),
    (("completion", "cmd"), '[bash|zsh|fish]: "cmd" kan niet', '"cmd" is not possible'),
    (("run", "x", "--out", __file__), "is een bestand en geen map", "is a file, not a folder"),
]  # fmt: skip
ENGLISH = re.compile(r"\b(Usage|Error|Missing|Invalid|Options|the|such|Try|Choose|Show)\b")


@pytest.mark.parametrize(("arguments", "dutch", "english"), WRONG, ids=lambda x: str(x)[:40])
def test_what_is_not_understood_is_told_in_the_language_asked_for(
    biotoop, arguments, dutch, english
) -> None:
    code, _, said = biotoop(*arguments)
    english_code, _, in_english = biotoop("--lang", "en", *arguments)

    assert code == english_code == 2
    assert "--help" in said
    assert dutch in said
    assert not ENGLISH.search(said)
    assert english in in_english


def test_a_language_that_is_not_there_is_refused(biotoop, monkeypatch) -> None:
    code, _, said = biotoop("--lang", "fr", "check", "x")
    monkeypatch.setenv("BIOTOOP_LANG", "fr")
    also, _, told = biotoop("check", "x")

    assert (code, also) == (2, 2)
    assert '--lang: "fr" kan niet. Kies uit: nl, en.' in said
    assert '"fr" kan niet' in told


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_dutch_and_with_an_option_anywhere_english(biotoop, command) -> None:
    _, dutch, _ = biotoop(command, "--help")
    _, english, _ = biotoop(command, "--help", "--lang", "en")
    _, before, _ = biotoop("--lang=en", command, "-h")

    assert dutch.startswith("Gebruik: biotoop")
    assert not ENGLISH.search(dutch)
    assert english.startswith("Usage: biotoop")
    assert before == english
    assert "toon deze uitleg" in dutch


def test_the_variable_chooses_the_language_of_help_and_an_option_overrules_it(
    biotoop, monkeypatch
) -> None:
    monkeypatch.setenv("BIOTOOP_LANG", "en")
    _, english, _ = biotoop("--help")
    _, dutch, _ = biotoop("--lang", "nl", "--help")
    code, _, nothing = biotoop("--lang", "nl")

    assert "How a command ends" in english
    assert "Zo eindigt een opdracht" in dutch
    assert "check" in dutch
    assert code == 2
    assert "Er ontbreekt een opdracht" in nothing


def test_without_a_command_the_help_comes(biotoop) -> None:
    code, _, said = biotoop()

    assert code == 2
    assert "Kijk het onderzoek in MAP na" in said


def test_the_language_stands_before_or_behind_the_command(biotoop, tmp_path) -> None:
    _, first, _ = biotoop("--lang", "en", "check", tmp_path / "nowhere")
    _, last, _ = biotoop("check", tmp_path / "nowhere", "--lang", "en")

    assert first == last
    assert "1 error and 0 warnings" in last


def test_words_behind_a_double_dash_choose_no_language() -> None:
    assert language_asked(["check", "--", "--lang", "en"], {}) == "nl"
    assert language_asked(["check", "--lang", "nl"], {"BIOTOOP_LANG": "en"}) == "nl"


def test_what_the_system_refuses_is_told_with_the_file(biotoop, tmp_path, monkeypatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "uitkomst/findings.json")

    monkeypatch.setattr("biotoop.engine.recipes.checking.check_folder", refused)

    code, _, said = biotoop("check", tmp_path)

    assert code == 3
    assert said.startswith("uitkomst/findings.json: je hebt er geen toestemming voor.")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (Text.of("Samen eten"), "Samen eten [Dutch]"),
        (Text(nl="Samen eten"), "Samen eten [Dutch]"),
        (Text(nl="Samen eten", en="Eating together"), "Eating together"),
        (Text(plain="Samen eten", en="Eating together"), "Eating together"),
    ],
)
def test_dutch_words_in_an_english_answer_are_marked(text: Text, shown: str) -> None:
    assert in_own_words(text, "nl", "en") == shown


def test_words_in_the_language_asked_for_are_not_marked() -> None:
    assert in_own_words(Text.of("Eating together"), "en", "en") == "Eating together"
    assert in_own_words(Text(en="Eating together"), "nl", "nl") == "Eating together [Engels]"


def test_a_console_that_knows_few_signs_still_gets_its_text(tmp_path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    told = subprocess.run(
        [sys.executable, "-m", "biotoop", "check", tmp_path / "a\u2212b"],
        env=environment, capture_output=True, check=False,
    )  # fmt: skip

    assert told.returncode == 1
    assert b"a?b is geen map" in told.stdout
    assert told.stderr.count(b"Traceback") == 0


def test_an_english_answer_says_that_the_words_of_a_study_are_dutch(biotoop, tmp_path) -> None:
    for language in ("nl", "en"):
        biotoop("new", tmp_path / language, "--lang", language)
    run = ("--lang", "en", "run", "--out", tmp_path / "out", "--format", "csv")

    _, dutch, _ = biotoop(*run, tmp_path / "nl")
    _, english, _ = biotoop(*run, tmp_path / "en")

    assert "Voorbeeld: samen eten in het buurthuis [Dutch]" in dutch
    assert "are in Dutch where there are no English ones" in " ".join(dutch.split())
    assert "Dutch" not in english


def test_only_texts_that_have_no_english_are_called_dutch() -> None:
    quoted = note("cli.run.files", folder=Text(nl="map"), count=(note("x", a=Text.of("y")),))

    assert list(texts_in(quoted)) == [Text(nl="map"), Text.of("y")]
    assert tongue_of(Text(nl="map", en="folder"), "nl", "en") == "en"
    assert tongue_of(Text(nl="map"), "en", "en") == "nl"
    assert tongue_of(Text.of("map"), "nl", "en") == "nl"
