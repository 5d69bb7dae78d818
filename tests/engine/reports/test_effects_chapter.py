"""Every estimate is shown with its interval, its people and its checks; failures too."""

import attrs
import pytest

from biotoop.engine.core.messages import note
from biotoop.engine.effects.plan import Design
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Facts, Figure, Notice
from biotoop.engine.reports.chapters.effects import effects_chapter
from biotoop.engine.reports.inline import Mark
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.view import view_of
from engine.reports.full_effects import estimate
from engine.reports.reading import blocks_in, cell_words, tables_in, words_of


def figure(report, anchor: str) -> Figure:
    """Find a drawing."""
    return next(b for b in blocks_in(report) if isinstance(b, Figure) and b.id == anchor)


def chapter_of(findings):
    """Write the chapter on effects."""
    return effects_chapter(Account(findings, Pen("nl")))


def pooled(report) -> list[Figure]:
    """Find the drawings of everybody together, moment by moment."""
    figures = [block for block in blocks_in(report) if isinstance(block, Figure)]
    return [drawing for drawing in figures if drawing.id.startswith("figure-moments")]


def test_the_forest_plot_holds_every_plan_and_subgroup_as_figures_too(dutch):
    rows = cell_words(tables_in(dutch)["table-forest"])

    assert [row[0] for row in rows] == [
        "Eenzaamheid (DJG-6)", "Eenzaamheid (DJG-6); Woont alleen: ja",
        "Eenzaamheid (DJG-6); Woont alleen: onbekend", "Bezoeken per maand",
    ]  # fmt: skip
    assert rows[0][1:5] == [
        "0,37 | 0,17 tot 0,57",
        "−0,61 | −0,94 tot −0,28",
        "punten (0-6)",
        "522",
    ]


def test_the_main_outcome_is_marked_and_the_others_stand_behind_it(dutch):
    chapter = dutch.chapters[3]
    forest = figure(dutch, "figure-forest")

    assert "Hoofduitkomst. Verschil in verandering: −0,61" in words_of(chapter.blocks)
    assert "Aanvullende uitkomst. Veranderd met −0,80" in words_of(chapter.blocks)
    assert "Groen is een hoofduitkomst" in words_of(forest.note)
    assert "n = 522, hoofduitkomst; " in forest.alt


def test_nothing_is_called_main_where_all_plans_stand_alike(full):
    alike = tuple(attrs.evolve(item, primary_outcome=True) for item in full.effects)
    found = chapter_of(attrs.evolve(full, effects=alike))

    assert "oofduitkomst" not in words_of(found.blocks)
    assert "Groen is een meting van alle mensen" in words_of(figure(found, "figure-forest").note)


def test_the_alternative_text_of_the_forest_plot_holds_its_figures(dutch):
    said = figure(dutch, "figure-forest").alt

    assert "Eenzaamheid (DJG-6): 0,37 (0,17 tot 0,57), verschil in verschil, n = 522" in said
    assert "onbekend: Minder dan 10 mensen." in said


def test_plans_on_one_measure_are_told_apart_by_their_question(full):
    first, second = full.effects
    same = attrs.evolve(second, primary=attrs.evolve(second.primary, outcome="loneliness"))
    found = chapter_of(attrs.evolve(full, effects=(first, same)))

    names = [row[0] for row in cell_words(tables_in(found)["table-forest"])]

    assert names[0].startswith("Zijn bezoekers minder eenzaam")
    assert names[-1] == "Komen bezoekers vaker?"


def test_what_was_found_stands_with_interval_people_and_what_fell_out(dutch):
    said = words_of(dutch.chapters[3].blocks)

    assert "Verschil in verandering: −0,61 (−0,94 tot −0,28) punten (0-6). Tussen haakjes" in said
    assert "het 95%-interval. Gebaseerd op 522 mensen of rijen. Weggelaten omdat" in said


def test_a_change_without_comparison_is_not_called_an_effect(dutch):
    said = words_of(dutch.chapters[3].blocks)

    assert "Veranderd met −0,80 (−1,29 tot −0,31) bezoeken per maand" in said
    assert "Veranderd is nog geen effect." in said


def test_every_way_of_computing_is_shown_with_its_label_and_failures_last(dutch):
    rows = cell_words(tables_in(dutch)["table-curve-loneliness"])

    assert [row[0] for row in rows] == [
        "Zoals gepland",
        "Zonder correctie",
        "Met gelijke paren. Geen getal. Te weinig mensen in de vergelijking.",
    ]
    assert rows[1][-1] == "verkennend, niet vooraf vastgelegd"
    assert rows[2][1] == "-"
    assert "Zonder correctie (verkennend)" in figure(dutch, "figure-curve-loneliness").alt


def test_the_curve_in_words_counts_failures_and_the_same_side(dutch):
    said = words_of(dutch.chapters[3].blocks)

    assert "Manieren die een getal gaven: 2. Manieren die er geen gaven: 1." in said
    assert "van −0,61 tot −0,44 punten (0-6)" in said
    assert "Dezelfde kant op als de vooraf gekozen manier: 2 van 2." in said


def test_the_groups_stand_as_they_are_in_the_data(dutch):
    rows = cell_words(tables_in(dutch)["table-groups-loneliness"])

    assert rows[0] == ["bereikt", "261", "22 (8\u00a0%)", "2,41", "1,62", "3,18", "12", "244"]


def test_each_check_has_a_word_beside_its_sign(dutch):
    rows = tables_in(dutch)["table-checks-loneliness"].rows

    assert [(row.cells[1].mark, words_of(row.cells[1].text)) for row in rows] == [
        (Mark.DOUBT, "twijfelachtig"), (Mark.HELD, "klopt"), (Mark.FAILED, "klopt niet"),
        (Mark.NONE, "niet te weten uit deze gegevens"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["attrition", "weights", "placebo", "extrapolation"])
def test_a_check_that_held_answers_its_question_with_yes(name):
    asked = Pen("nl").word(f"effects.check_name.{name}")
    turned = ("Vielen", "Hangt", "Is er een effect", "Moet")

    assert asked.endswith("?")
    assert not asked.startswith(turned)


def test_balance_and_placebo_are_named_by_the_codebook(dutch):
    found = tables_in(dutch)

    assert cell_words(found["table-balance-loneliness"])[1][:1] == ["Woont alleen"]
    assert cell_words(found["table-balance-loneliness"])[2][4] == "-"
    assert cell_words(found["table-placebo-loneliness"])[0][:2] == [
        "Schoenmaat",
        "0,02 | −0,20 tot 0,24",
    ]


def test_the_design_level_says_what_lowered_it(dutch):
    terms = {fact.term: words_of(fact.value) for block in blocks_in(dutch)
             if isinstance(block, Facts) for fact in block.rows}  # fmt: skip

    assert any("lijnen liepen al uiteen" in words_of(fact.value) for block in blocks_in(dutch)
               if isinstance(block, Facts) for fact in block.rows)  # fmt: skip
    assert terms["Voor wie geschat"] == "wie bereikt is"


def test_deviations_from_the_plan_are_a_notice_and_no_footnote(dutch):
    notices = [words_of(b) for b in blocks_in(dutch.chapters[3]) if isinstance(b, Notice)]

    assert any("Anders dan vooraf vastgelegd" in said and "Leeftijd kwam er later bij" in said
               for said in notices)  # fmt: skip


def test_moments_stand_in_the_order_of_their_dates(dutch):
    rows = cell_words(tables_in(dutch)["table-moments"])

    assert [row[1] for row in rows[:2]] == [
        "nulmeting, 15 februari 2025", "vervolgmeting, 15 februari 2026",
    ]  # fmt: skip


def test_moments_without_a_date_stand_in_the_table_only(full):
    waves = tuple(attrs.evolve(wave, date=None) for wave in full.datasets[0].waves)
    undated = attrs.evolve(full, datasets=(attrs.evolve(full.datasets[0], waves=waves),))

    found = chapter_of(undated)

    assert pooled(chapter_of(full))
    assert pooled(found) == []
    assert len(tables_in(found)["table-moments"].rows) == 4
    assert "datum niet bekend" in words_of(found.blocks)


def test_more_than_four_measures_are_drawn_in_parts(full):
    many = tuple(attrs.evolve(full.measures[0], id=f"m{place}") for place in range(5))

    found = chapter_of(attrs.evolve(full, measures=many))

    assert words_of(figure(found, "figure-moments-2").title).endswith("(2 van 2)")


@pytest.mark.parametrize("missing", [0, 3])
def test_nothing_is_said_to_be_left_out_when_nothing_was(full, missing):
    item = full.effects[1]
    primary = attrs.evolve(item.primary, estimate=estimate(1.0, 0.2, missing=missing))
    found = chapter_of(attrs.evolve(full, effects=(attrs.evolve(item, primary=primary),)))

    assert ("Weggelaten omdat er iets ontbrak" in words_of(found.blocks)) is bool(missing)


def test_a_sentence_of_a_check_names_columns_by_the_codebook(full):
    account = Account(full, Pen("nl"))
    said = note("effects.check.lot", percent=40, covariates=("alone", "unheard_of"))

    shown = account.in_words("survey", said).text("nl")

    assert "(op Woont alleen, unheard_of)" in shown


def test_a_difference_in_differences_shows_both_groups_and_no_line_of_everybody(full):
    item = full.effects[0]
    before = (2.0, 2.5)
    groups = tuple(
        attrs.evolve(group, mean_before=mean)
        for group, mean in zip(item.primary.groups[:2], before, strict=True)
    )
    moved = attrs.evolve(
        item.primary,
        design=Design.DIFFERENCE_IN_DIFFERENCES,
        groups=groups,
        waves=tuple(wave.wave for wave in full.datasets[0].waves),
    )
    found = view_of(
        attrs.evolve(full, effects=(attrs.evolve(item, primary=moved), *full.effects[1:])), "nl"
    )

    both = figure(found, f"figure-groups-{item.plan}")
    assert "bereikt: 2" in both.alt
    assert "vergelijking: 2,5" in both.alt
    measure = words_of(Account(full, Pen("nl")).measure_name(item.primary.outcome))
    assert any(measure in drawing.alt for drawing in pooled(view_of(full, "nl")))
    assert not any(measure in drawing.alt for drawing in pooled(found))
    assert "zou het verschil verbergen" in words_of(found.chapters[3].blocks)
