"""Euros come with bands, for each payer, beside what is not in money; never as a lone ratio."""

import attrs
import pytest

from biotoop.engine.evidence.model import Grade
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Figure, Paragraph, Tiles
from biotoop.engine.reports.chapters.euros import euros_chapter
from biotoop.engine.reports.chapters.information import information_chapter
from biotoop.engine.reports.pen import Pen
from biotoop.engine.valuation.result import CompletenessRow, State
from engine.reports.reading import blocks_in, cell_words, tables_in, words_of


def chapter_of(findings, **parts):
    """Write the chapter on euros, with parts of the valuation changed."""
    changed = attrs.evolve(findings, valuation=attrs.evolve(findings.valuation, **parts))
    return euros_chapter(Account(changed, Pen("nl")))


def test_net_benefits_and_costs_stand_first_with_bands_and_the_chance_of_a_gain(dutch):
    tiles = next(b for b in blocks_in(dutch.chapters[4]) if isinstance(b, Tiles))

    assert [(tile.value, tile.band) for tile in tiles.items][-2:] == [
        ("€\u00a086.600", "€\u00a070.800 tot €\u00a0105.700"),
        ("56\u00a0%", "± 0,7\u00a0% door toeval in het rekenen"),
    ]  # fmt: skip
    assert words_of(tiles.items[0].note) == "gemiddelde, met 90%-band"


def test_the_middle_value_stands_beside_the_mean(dutch):
    assert "op hun middelste waarde is het saldo €\u00a010.100" in words_of(
        dutch.chapters[4].blocks
    )


def test_each_payer_has_benefits_costs_net_and_a_chance(dutch):
    rows = cell_words(tables_in(dutch)["table-payers"])

    assert [row[0] for row in rows] == [
        "Gemeente Beekwaarde", "Zorgverzekeraar", "Bewoners", "Samenleving",
    ]  # fmt: skip
    assert rows[0][3] == "€\u00a031.900 | −€\u00a058.500 tot €\u00a0172.800"
    assert [row[4] for row in rows] == [
        "61\u00a0%",
        "meer dan 99\u00a0%",
        "minder dan 1\u00a0%",
        "56\u00a0%",
    ]


def test_who_pays_and_who_benefits_are_laid_against_each_other(dutch):
    table = tables_in(dutch)["table-matrix"]

    assert [column.label for column in table.columns] == [
        "Wie betaalt", "Gemeente Beekwaarde", "Zorgverzekeraar",
    ]  # fmt: skip
    assert cell_words(table)[0] == ["Gemeente Beekwaarde", "€\u00a097.500", "€\u00a02.400"]
    assert "landt 13\u00a0% bij een ander dan wie betaalt" in words_of(dutch.chapters[4].blocks)


def test_a_ratio_is_named_defined_and_stands_under_the_net_value(dutch):
    chapter = dutch.chapters[4]
    ratio = next(place for place, block in enumerate(chapter.blocks)
                 if "Baten per euro kosten" in words_of(block))  # fmt: skip
    tiles = next(place for place, b in enumerate(chapter.blocks) if isinstance(b, Tiles))

    said = words_of(chapter.blocks[ratio])
    assert tiles < ratio
    assert "1,29 (0,26 tot 3,02). Baten gedeeld door alle kosten" in said
    assert "zegt niets zonder het saldo hierboven" in said


def test_no_ratio_is_shown_while_an_input_is_missing(full):
    gap = CompletenessRow(post="huisarts", field="deadweight", state=State.MISSING)
    hidden = tuple(attrs.evolve(ratio, shown=False) for ratio in full.valuation.ratios)

    said = words_of(chapter_of(full, complete=False, ratios=hidden, completeness=(gap,)).blocks)

    assert "Baten per euro kosten" not in said
    assert "staat hier geen verhouding" in said
    assert "Minder bezoek aan de huisarts, zou toch gebeurd zijn." in said


def test_only_what_can_have_a_range_is_counted_as_filled_with_one(dutch, full):
    said = words_of(dutch.chapters[4].blocks)

    asked = {item.field for item in full.valuation.completeness if item.state is State.FILLED}
    assert {"via", "source", "deadweight"} <= asked
    assert "Met een bereik ingevuld: 6. Al verwerkt in het gemeten effect: 2." in said
    assert "Genoemd in woorden, zoals een bron of een weg: 13. Vast getal met een" in said
    assert "Dat geldt voor Vermeden dagbesteding (Wmo): het aantal komt uit een" in said


def test_the_tornado_is_on_net_value_with_every_input_named_apart(dutch, full):
    rows = cell_words(tables_in(dutch)["table-tornado"])

    assert rows[0][0] == "Vermeden dagbesteding (Wmo): eenheden per effect"
    assert [row[0] for row in rows][1:3] == [
        "Alles samen te hoopvol of te somber ingeschat", "gemeten effect: Eenzaamheid (DJG-6)",
    ]  # fmt: skip
    assert len({row[0] for row in rows}) == len(rows) == min(12, len(full.valuation.tornado))


def test_break_even_lists_inputs_that_turn_the_answer_and_counts_the_others(dutch, full):
    turning = [item for item in full.valuation.break_even if item.value is not None]
    rows = cell_words(tables_in(dutch)["table-break-even"])

    assert len(rows) == len(turning)
    still = len(full.valuation.break_even) - len(turning)
    assert f"hoe hoog of laag zij ook zijn: {still}." in words_of(dutch.chapters[4].blocks)


def test_euros_rest_on_grades_and_a_grade_is_no_probability(dutch):
    rows = cell_words(tables_in(dutch)["table-rests-on"])

    assert rows[0][:4] == ["nog open", "€\u00a0109.300", "98\u00a0%", "S2"]
    assert "Een oordeel is geen kans" in words_of(dutch.chapters[4].blocks)


def test_what_is_not_in_money_stands_beside_it_also_for_the_worse(dutch):
    said = words_of(dutch.chapters[4].blocks)

    assert '"Mijn Nederlands is hier beter geworden dan op de cursus."' in said
    assert "Een vaste tafel waar niet iedereen bij mag Dit is een verandering ten kwade." in said
    assert cell_words(tables_in(dutch)["table-apart"])[0][1] == "welbevinden"


def test_nothing_beside_the_money_is_called_a_lack(full):
    assert "Dat is een gemis" in words_of(chapter_of(full, not_in_money=()).blocks)


def test_the_drawing_of_payers_holds_its_figures_in_words(dutch):
    drawing = next(b for b in blocks_in(dutch) if isinstance(b, Figure) and b.id == "figure-payers")

    assert "Samenleving: €\u00a025.300 (−€\u00a066.100 tot €\u00a0169.400)" in drawing.alt


def test_what_rests_on_no_known_grade_cannot_be_said(full):
    row = attrs.evolve(full.valuation.rests_on[0], grade="not_assessed")

    found = tables_in(chapter_of(full, rests_on=(row,)))["table-rests-on"]

    assert "not_assessed" not in [grade.value for grade in Grade]
    assert cell_words(found)[0][0] == "niet te zeggen"


def test_the_agenda_ranks_steps_with_the_reason(dutch, full):
    rows = cell_words(tables_in(dutch)["table-agenda"])

    assert [row[0] for row in rows] == [str(item.rank) for item in full.valuation.agenda]
    assert rows[0][1] == "S3: dan voelen zij zich minder eenzaam"
    assert rows[0][2] == full.valuation.agenda[0].reason.text("nl").replace("€ ", "€\u00a0")


def test_the_worth_of_knowing_comes_with_its_error_and_what_it_costs(dutch, full):
    rows = cell_words(tables_in(dutch)["table-worth"])
    first = full.valuation.information.links[0]

    assert rows[0][1] == Pen("nl").euros(first.population)
    assert rows[0][2] == Pen("nl").euros(first.population_error)
    assert rows[-1][0] == "Alles"


def test_the_best_option_and_the_chance_of_each_are_shown(dutch):
    table = tables_in(dutch)["table-options"]

    assert [row.strong for row in table.rows] == [False, False, True]
    assert cell_words(table)[0][:2] == [
        "Stoppen (situatie zonder)",
        "€\u00a00",
    ]


@pytest.mark.parametrize(
    ("agenda", "said"),
    [(True, "volgorde volgt uit de euro's"), (False, "Daarom is niet uitgerekend")],
)
def test_without_a_decision_there_is_no_worth_of_knowing(full, agenda, said):
    kept = full.valuation.agenda if agenda else ()
    money = attrs.evolve(full.valuation, information=None, agenda=kept)

    chapter = information_chapter(Account(attrs.evolve(full, valuation=money), Pen("nl")))

    assert said in words_of(chapter.blocks)
    assert not any(isinstance(block, Figure) for block in chapter.blocks)
    assert any(isinstance(block, Paragraph) for block in chapter.blocks)
