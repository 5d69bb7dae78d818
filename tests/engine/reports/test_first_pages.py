"""The first page answers with bands; the theory is a picture and the same in words."""

import attrs
import pytest

from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.recipes.findings import Question
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Answers, Figure, Tally, Tiles
from biotoop.engine.reports.chapters.answer import answer_chapter
from biotoop.engine.reports.chapters.theory import theory_chapter
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.view import document_date, watermark
from engine.reports.full_study import full_study
from engine.reports.reading import cell_words, tables_in, words_of


def of_kind(chapter, kind):
    """Give the blocks of one kind."""
    return [block for block in chapter.blocks if isinstance(block, kind)]


def test_the_first_page_answers_every_question_in_order(dutch):
    (answers,) = of_kind(dutch.chapters[0], Answers)

    assert [item.key for item in answers.items] == [question.value for question in Question]
    assert answers.items[0].question == "Welk verschil is er gevonden?"


def test_no_key_figure_stands_without_its_band(dutch):
    (tiles,) = of_kind(dutch.chapters[0], Tiles)

    assert [(tile.value, tile.band) for tile in tiles.items] == [
        ("−0,61", "−0,94 tot −0,28"),
        ("−0,80", "−1,29 tot −0,31"),
        ("€\u00a025.300", "−€\u00a066.100 tot €\u00a0169.400"),
    ]


def test_an_effect_on_an_outcome_stands_before_one_on_what_people_do_at_once(full):
    turned = attrs.evolve(full, effects=full.effects[::-1])

    (tiles,) = of_kind(answer_chapter(Account(turned, Pen("nl"))), Tiles)

    assert words_of(tiles.items[0].label) == "Eenzaamheid (DJG-6)"


def test_steps_and_whole_routes_are_counted_by_grade(full, dutch):
    steps, routes = of_kind(dutch.chapters[0], Tally)

    grades = [link.grade.value for link in full.plausibility.links]
    assert {row.mark.key: int(row.count) for row in steps.rows} == {
        grade: grades.count(grade) for grade in set(grades)
    }
    assert [row.mark.word for row in routes.rows] == ["aannemelijk"]


def test_the_picture_names_every_step_and_its_grade_for_who_cannot_see_it(full, dutch):
    (picture,) = of_kind(dutch.chapters[1], Figure)

    assert picture.alt.startswith("Redeneerlijn met 6 knopen en 5 stappen.")
    for link in full.theory.links:
        grade = Account(full, Pen("nl")).grade(full.plausibility.link(link.code).grade).word
        assert f"{link.code}: van " in picture.alt
        assert grade in picture.alt


def test_the_outline_says_if_then_because_and_the_grade(dutch):
    rows = cell_words(tables_in(dutch)["table-outline"])

    assert rows[3] == [
        "S4", "eenzaamheid daalt", "is er minder zorg nodig", "mensen elkaar helpen",
        "nog te weinig onderzocht",
    ]  # fmt: skip


def test_a_theory_without_steps_says_so_instead_of_an_empty_frame(full):
    bare = attrs.evolve(
        full,
        theory=attrs.evolve(full.theory, links=()),
        plausibility=attrs.evolve(full.plausibility, links=()),
    )

    chapter = theory_chapter(Account(bare, Pen("nl")))

    assert of_kind(chapter, Figure) == []
    assert "nog geen stappen" in words_of(chapter.blocks)


def test_invented_findings_carry_the_word_and_others_do_not(full, bare):
    plain = attrs.evolve(full.study, invented=False)
    theory = attrs.evolve(full.theory, invented=False)
    money = attrs.evolve(full.valuation, invented=False, illustrative=True)
    guessed = attrs.evolve(full, study=plain, theory=theory, valuation=money)

    assert watermark(Account(full, Pen("en"))) == "invented"
    assert watermark(Account(guessed, Pen("en"))) == "illustrative"
    assert bare.masthead.watermark is None


@pytest.mark.parametrize(("registered", "date"), [(True, "2025-01-20"), (False, "2026-06-30")])
def test_the_date_is_that_of_the_registration_or_else_of_the_end_of_the_period(registered, date):
    found = full_study()
    never = attrs.evolve(
        found.registration, registered_at=None, label=RegistrationLabel.EXPLORATORY
    )
    findings = found if registered else attrs.evolve(found, registration=never)

    assert document_date(findings) == date
