"""Texts are held against their registration language by language."""

from pathlib import Path

import pytest

from biotoop.engine.core.ids import still_says
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.recipes.differing import added_languages, differs
from biotoop.engine.theory.model import TheoryOfChange
from engine.recipes.conftest import edit
from engine.recipes.test_registration import (
    folder_of,
    label_after,
    registered,
    standing_after,
)

WORDS = 'label: {nl: "Bezoekers voelen zich minder eenzaam", en: "Visitors feel less lonely"}'
IN_ENGLISH = 'label: {en: "Visitors feel less lonely"}'


def theory_at(path: Path) -> TheoryOfChange:
    return folder_of(path).theory


@pytest.mark.parametrize("before", [IN_ENGLISH, 'label: "Visitors feel less lonely"'])
def test_a_dutch_translation_of_an_english_study_is_told_and_is_no_departure(
    ontmoeten: Path, before: str
) -> None:
    edit(ontmoeten / "theory.yaml", WORDS, before)
    registration = registered(ontmoeten)
    edit(ontmoeten / "theory.yaml", before, WORDS)

    view = standing_after(ontmoeten, registration).view

    assert view.deviations == ()
    assert [item.text("en") for item in view.translations] == [
        "Translation added (Dutch): Theory of change, N7."
    ]
    assert label_after(ontmoeten, registration, "loneliness") is RegistrationLabel.SELF_DECLARED


def test_a_changed_english_text_beside_an_unchanged_dutch_one_is_told(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "theory.yaml", "Visitors feel less lonely", "Visitors are happier")

    (told,) = standing_after(ontmoeten, registration).view.deviations

    assert told.text("nl") == (
        'Redeneerlijn, N7: na de registratie veranderd: `label.en` was "Visitors feel less '
        'lonely", is nu "Visitors are happier".'
    )
    assert label_after(ontmoeten, registration, "loneliness") is RegistrationLabel.EXPLORATORY


def test_a_translation_that_is_taken_away_is_told(ontmoeten: Path) -> None:
    registration = registered(ontmoeten)
    edit(ontmoeten / "theory.yaml", WORDS, IN_ENGLISH)

    (told,) = standing_after(ontmoeten, registration).view.deviations

    assert "`label.nl`" in told.text("en")


@pytest.mark.parametrize(
    ("then", "now", "changed", "added"),
    [
        ("a", "a", False, set()),
        ("a", "b", True, set()),
        ("a", {"nl": "a", "en": "b"}, False, {"en"}),
        ("b", {"nl": "a", "en": "b"}, False, {"nl"}),
        ("c", {"nl": "a", "en": "b"}, True, {"nl", "en"}),
        ({"nl": "a"}, "a", False, set()),
        ({"nl": "a", "en": "b"}, "a", True, set()),
        ({"nl": "a", "en": "b"}, {"nl": "b", "en": "a"}, True, set()),
        ([{"nl": "a"}], [{"nl": "a", "en": "b"}], False, {"en"}),
        ([{"nl": "a"}], [], True, set()),
        ({"label": {"en": "b"}, "n": 1}, {"label": {"en": "b", "nl": "a"}, "n": 2}, True, {"nl"}),
        (None, {"nl": "a"}, True, set()),
    ],
)
def test_only_languages_that_were_there_are_compared(then, now, changed, added) -> None:
    assert differs(then, now) is changed
    assert added_languages(then, now) == added


@pytest.mark.parametrize("code", ["N7", "N1>N7", "S3"])
def test_evidence_on_a_text_stands_when_that_text_is_translated(ontmoeten: Path, code: str) -> None:
    theory = ontmoeten / "theory.yaml"
    clauses = {
        WORDS: IN_ENGLISH,
        'if: {nl: "mensen betekenisvolle contacten hebben", en:': "if: {en:",
        'then: {nl: "voelen zij zich minder eenzaam", en:': "then: {en:",
    }
    for both, one in clauses.items():
        edit(theory, both, one)
    judged = Targets(theory_at(ontmoeten)).find(code)
    for both, one in clauses.items():
        edit(theory, one, both)
    now = Targets(theory_at(ontmoeten)).find(code)

    assert judged is not None
    assert now is not None
    assert not now.has_changed(judged.text_hash)
    assert still_says(judged.text_hash, now.text_hash)


@pytest.mark.parametrize("words", ["Visitors feel less lonely", "Bezoekers voelen zich minder"])
def test_evidence_is_judged_again_when_either_language_changes(ontmoeten: Path, words: str) -> None:
    judged = Targets(theory_at(ontmoeten)).find("N1>N7")
    edit(ontmoeten / "theory.yaml", words, "Something else")
    now = Targets(theory_at(ontmoeten)).find("N1>N7")

    assert judged is not None
    assert now is not None
    assert now.has_changed(judged.text_hash)
    assert not now.has_changed(None)
