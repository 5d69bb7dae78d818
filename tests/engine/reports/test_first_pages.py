"""The first page answers with bands; the theory is a picture and the same in words."""

import attrs
import pytest

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.model import Grade
from biotoop.engine.recipes.answering import with_standing
from biotoop.engine.recipes.findings import Question
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Answers, Figure, Tally, Tiles
from biotoop.engine.reports.chapters.answer import answer_chapter
from biotoop.engine.reports.chapters.theory import theory_chapter
from biotoop.engine.reports.html import html_of
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


def test_a_sentence_of_the_answer_says_whether_it_is_about_the_main_outcome(full):
    said = note("recipes.answer.no_interval", measure=full.measures[0].label, value=1)
    first, second = full.effects

    assert with_standing(said, first, full.effects).text("nl").startswith('Hoofduitkomst "')
    assert with_standing(said, second, full.effects).text("nl").startswith('Aanvullend "')
    assert with_standing(said, first, (first,)) == said


def test_no_key_figure_stands_without_its_band(dutch):
    (tiles,) = of_kind(dutch.chapters[0], Tiles)

    assert [(tile.value, tile.band) for tile in tiles.items] == [
        ("−0,80", "95%-interval: −1,29 tot −0,31"),
        ("−0,61", "95%-interval: −0,94 tot −0,28"),
        ("€\u00a025.300", "−€\u00a066.100 tot €\u00a0169.400"),
    ]


def test_a_key_figure_says_that_it_is_a_difference_and_which_way_is_better(dutch):
    (tiles,) = of_kind(dutch.chapters[0], Tiles)
    visits, loneliness, worth = tiles.items

    assert words_of(visits.label) == "Bezoeken per maand: verandering"
    assert "aanvullende uitkomst; " in words_of(visits.note)
    assert "; hoger is beter" in words_of(visits.note)
    assert words_of(loneliness.note).startswith("hoofduitkomst; ")
    assert words_of(loneliness.note).endswith("; lager is beter")
    assert [tile.gain for tile in (visits, loneliness, worth)] == [False, True, False]


def test_a_gain_upwards_has_a_plus(full):
    more = tuple(attrs.evolve(item, intended=Direction.INCREASE) for item in full.measures)
    first = full.effects[0]
    turned = attrs.evolve(first.primary.estimate, value=0.61, low=0.28, high=0.94)
    rising = attrs.evolve(first, primary=attrs.evolve(first.primary, estimate=turned))
    found = attrs.evolve(full, measures=more, effects=(rising,))

    (tiles,) = of_kind(answer_chapter(Account(found, Pen("nl"))), Tiles)

    assert (tiles.items[0].value, tiles.items[0].gain) == ("+0,61", True)


@pytest.mark.parametrize(("high", "gain"), [(-0.28, True), (0.02, False), (None, False)])
def test_only_what_is_surely_a_gain_is_coloured_as_one(full, high, gain):
    item = full.effects[0]
    found = attrs.evolve(item.primary.estimate, value=-0.3, low=-0.58, high=high)
    shown = attrs.evolve(item, primary=attrs.evolve(item.primary, estimate=found))

    (tiles,) = of_kind(
        answer_chapter(Account(attrs.evolve(full, effects=(shown,)), Pen("nl"))), Tiles
    )

    assert [tile.gain for tile in tiles.items[:1]] == [gain]


def test_an_effect_on_an_outcome_stands_before_one_on_what_people_do_at_once(full):
    less = tuple(attrs.evolve(item, intended=Direction.DECREASE) for item in full.measures)
    turned = attrs.evolve(full, effects=full.effects[::-1], measures=less)

    (tiles,) = of_kind(answer_chapter(Account(turned, Pen("nl"))), Tiles)

    assert words_of(tiles.items[0].label) == "Eenzaamheid (DJG-6): verschil"


def test_steps_and_whole_routes_are_counted_by_grade(full, dutch):
    steps, routes = of_kind(dutch.chapters[0], Tally)

    grades = [link.grade.value for link in full.plausibility.links]
    assert {row.mark.key: int(row.count) for row in steps.rows} == {
        grade: grades.count(grade) for grade in set(grades)
    }
    assert [row.mark.word for row in routes.rows] == ["aannemelijk"]


def test_adverse_comes_first_among_the_grades(full):
    links = full.plausibility.links
    turned = (*links[:2], attrs.evolve(links[2], grade=Grade.ADVERSE), *links[3:])
    found = attrs.evolve(full, plausibility=attrs.evolve(full.plausibility, links=turned))

    steps, _ = of_kind(answer_chapter(Account(found, Pen("nl"))), Tally)

    assert steps.rows[0].mark.key == "adverse"
    assert sum(int(row.count) for row in steps.rows) == len(links)


def test_an_outcome_against_the_intention_is_a_key_figure_before_the_others(full):
    (tiles,) = of_kind(answer_chapter(Account(full, Pen("nl"))), Tiles)

    against = [tile.value for tile in tiles.items if "bedoeling in" in words_of(tile.note)]
    assert against == ["−0,80"]
    assert tiles.items[0].value == "−0,80"
    assert words_of(tiles.items[1].label) == "Eenzaamheid (DJG-6): verschil"


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


def test_what_stands_beside_a_grade_is_not_lost_in_lists_tables_and_counts(full, dutch):
    sensitive = [link.target for link in full.plausibility.links if link.sensitivity.sensitive]
    (picture,) = of_kind(dutch.chapters[1], Figure)
    outline = {
        words_of(row.cells[0].text): row.cells[-1] for row in tables_in(dutch)["table-outline"].rows
    }
    steps, _ = of_kind(dutch.chapters[0], Tally)

    assert sensitive
    assert {line.name for line in picture.lines if line.beside} >= set(sensitive)
    assert {code for code, cell in outline.items() if cell.beside_grade == " (gevoelig)"} == set(
        sensitive
    )
    assert any("gevoelig" in row.beside for row in steps.rows)
    page = html_of(dutch)
    assert page.count("</strong></span> (gevoelig)") >= len(sensitive)
