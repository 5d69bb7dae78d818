"""Every step shows what speaks for and against, for whom, who was not heard, and why."""

import attrs
import pytest

from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.result import NodeAssessment, Recognition
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Bullets, Fold, Sides, Step
from biotoop.engine.reports.chapters.steps import adverse_first, steps_chapter
from biotoop.engine.reports.inline import Mark
from biotoop.engine.reports.pen import Pen
from engine.reports.full_study import for_readers
from engine.reports.reading import blocks_in, cell_words, tables_in, words_of


def chapter_of(findings):
    """Write the chapter on the steps."""
    return steps_chapter(Account(findings, Pen("nl")))


def step(report, code: str) -> Step:
    """Find a step of the report."""
    return next(b for b in blocks_in(report) if isinstance(b, Step) and b.code == code)


def side(report, code: str, key: str):
    """Find one side of the evidence on a step."""
    (sides,) = [block for block in step(report, code).blocks if isinstance(block, Sides)]
    return next(one for one in sides.sides if one.key == key)


def test_a_step_counts_people_on_both_sides(dutch):
    assert words_of(side(dutch, "S1", "for").lead) == "18 van de 21 mensen steunen deze stap."
    assert words_of(side(dutch, "S1", "against").lead) == (
        "2 van de 21 mensen weerspreken deze stap."
    )
    assert words_of(side(dutch, "S1", "neither").lead) == "Mensen die het nuanceren: 1."


def test_a_measured_effect_stands_on_the_side_for_which_it_speaks(dutch):
    against = words_of(side(dutch, "S1", "against").pieces)
    supporting = words_of(side(dutch, "S3", "for").pieces)

    assert "Effect −0,42 standaardafwijking (standaardfout 0,13)" in against
    assert '20 keer zo goed bij "werkt niet"' in against
    assert "panel Effect 0,30" in supporting
    assert "Overzicht van groepsactiviteiten" in supporting


def test_a_test_that_found_nothing_speaks_against(dutch):
    assert "Dat is niet gevonden." in words_of(side(dutch, "S3", "against").pieces)
    assert "Dat is gevonden." in words_of(side(dutch, "S1", "for").pieces)


def test_a_test_is_told_in_words_with_its_rival_and_what_was_fixed_when(dutch):
    fixed = words_of(side(dutch, "S1", "for").pieces)
    late = words_of(side(dutch, "S3", "against").pieces)

    assert 'T1: "Wie een taak krijgt, komt vaker" tegenover "Wie vaker komt, krijgt een taak".' in (
        fixed
    )
    assert "(30\u00a0% kans): In het rooster komt de taak vóór de toename van bezoek." in fixed
    assert "Klopt de andere verklaring, dan verwacht je: Meer bezoek" in fixed
    assert "(wat de stap voorspelt, heeft dan 3\u00a0% kans)" in fixed
    assert "Wat er te zien was: Bij 14 van 18 mensen" in fixed
    assert "Bron: rooster. Vastgelegd op 1 februari 2025, voor het zoeken." in fixed
    assert "Klopt de andere verklaring, dan is de kans daarop 50\u00a0%." in late
    assert "Bron: vragenlijst. Niet vastgelegd voor het zoeken." in late


def test_words_of_people_stand_on_their_side_with_who_they_are(dutch):
    quotes = [piece for piece in side(dutch, "S1", "against").pieces if piece.quote]

    assert words_of(quotes[0].label) == "bezoeker, 75+, Lindehof"
    assert words_of(quotes[0].text).startswith('"Ik kom alleen als er bingo is.')


def test_a_quote_without_consent_says_so_in_the_edition_of_the_team(full):
    kept = attrs.evolve(full, quotes=(attrs.evolve(full.quotes[0], consent=False),))

    quote = next(p for p in side(chapter_of(kept), "S1", "for").pieces if p.quote)

    assert words_of(quote.label).endswith("(citaat zonder toestemming om te delen)")


def test_evidence_against_is_never_folded(dutch):
    folded = [words_of(block.blocks) for block in blocks_in(dutch) if isinstance(block, Fold)]

    assert folded
    assert not any("weerspreken deze stap" in words for words in folded)
    assert not any("bingo" in words for words in folded)


def test_conditions_named_by_those_who_contradict_are_put_forward(dutch):
    said = words_of(step(dutch, "S1").blocks)

    assert '"alleen als er bingo is" (1)' in said
    assert '"alleen wie overdag vrij is" (1)' in said


def test_people_who_were_not_heard_are_named(dutch):
    assert "Niet gehoord over deze stap: 35-54 (leeftijd)" in words_of(step(dutch, "S2").blocks)


def test_for_whom_counts_every_kind_of_people(dutch):
    rows = cell_words(tables_in(dutch)["table-for-whom-S1"])

    assert ["75+ (leeftijd)", "0", "1", "0", "0", "alleen als er bingo is"] in rows
    assert ["Lindehof (plaats)", "11", "1", "1", "0", "alleen als er bingo is"] in rows


def test_rules_that_failed_carry_a_mark_and_a_word(dutch, full):
    (rules,) = [b for b in step(dutch, "S1").blocks if isinstance(b, Bullets)]
    failed = [item for item in rules.items if item.mark is Mark.FAILED]

    assert [item.mark_word for item in failed] == ["niet voldaan"] * len(failed)
    assert len(failed) == sum(not reason.held for reason in full.plausibility.link("S1").why) > 0


def test_sensitivity_names_both_ends_by_the_side_that_they_speak_for(dutch):
    said = words_of(step(dutch, "S1").blocks)

    assert 'laagste uitkomst: 12,5 keer zo goed bij "werkt niet"' in said
    assert 'de hoogste: 16 keer zo goed bij "werkt"' in said
    assert words_of(step(dutch, "S1").beside) == "gevoelig"


def test_another_judgement_stands_beside_the_grade_and_not_in_its_place(dutch):
    found = step(dutch, "S2")

    assert found.grade.key == "open"
    assert words_of(found.beside) == "volgens een beoordelaar: nog open"
    assert "B. Verzonnen, 2 mei 2026" in words_of(found.blocks)


def test_a_step_without_evidence_says_so_and_shows_no_empty_sides(dutch):
    blocks = step(dutch, "S4").blocks

    assert "nog geen bewijs verzameld" in words_of(blocks)
    assert not any(isinstance(block, Sides | Fold) for block in blocks)


def test_steps_that_work_the_wrong_way_come_first(full):
    links = full.plausibility.links
    turned = (*links[:2], attrs.evolve(links[2], grade=Grade.ADVERSE), *links[3:])

    assert [link.target for link in adverse_first(turned)] == ["S3", "S1", "S2", "S4", "S5"]


def test_evidence_on_an_earlier_text_asks_for_a_new_judgement(full):
    links = full.plausibility.links
    changed = (attrs.evolve(links[0], changed_text=("C001",)), *links[1:])
    found = attrs.evolve(full, plausibility=attrs.evolve(full.plausibility, links=changed))

    said = words_of(step(chapter_of(found), "S1").blocks)

    assert "Tekst gewijzigd, herbeoordelen" in said
    assert "C001" in said


def test_a_route_as_a_whole_has_its_own_grade_and_both_sides(dutch):
    route = step(dutch, "W1")

    assert words_of(route.from_).startswith("Gastvrouw kookt")
    assert route.grade.word == "aannemelijk"
    assert side(dutch, "W1", "against").pieces == ()


def test_every_route_names_its_weakest_step_and_conditions(dutch, full):
    rows = cell_words(tables_in(dutch)["table-routes"])

    assert len(rows) == len(full.plausibility.routes)
    assert rows[-1][1:] == [
        "niet te zeggen",
        "-",
        "S4",
        "Elke groep voelt zich welkom (deels vervuld)",
    ]


def test_nodes_are_recognised_by_some_of_those_asked(dutch):
    rows = cell_words(tables_in(dutch)["table-recognition"])

    assert ["Bezoekers voelen zich minder eenzaam", "14 van 18", "3", "1", "0", "2,0"] in rows


def test_nodes_that_people_miss_ask_for_a_decision(dutch):
    said = words_of(dutch.chapters[2].blocks)

    assert "Beter Nederlands door samen koken" in said
    assert "Mensen die dit noemen: 3, uit 2 bronnen. Dat vraagt om een besluit" in said


def test_delivery_shows_planned_and_delivered_and_what_was_concluded(dutch):
    (row,) = cell_words(tables_in(dutch)["table-delivery"])

    assert row[1:3] == [
        "276 van 300 bezoekers (92\u00a0%)",
        "31 van 40 maaltijden per mens (78\u00a0%)",
    ]
    assert "theorie en uitvoering kloppen (A. Verzonnen, 3 mei 2026)" in words_of(
        dutch.chapters[2].blocks
    )


def test_readers_learn_that_there_are_voices_against_when_their_number_is_hidden(readers):
    against = side(readers, "S1", "against")

    assert "Er zijn ook mensen die deze stap weerspreken" in words_of(against.lead)
    assert not any(char.isdigit() for char in words_of(against.lead))
    said = [piece for piece in against.pieces if not piece.quote]
    assert "75+" not in words_of(tuple(said))


def test_a_hidden_count_is_never_written_as_nil(readers):
    hidden = {
        item.value
        for link in for_readers().plausibility.links
        for item in link.bundle.for_whom
        if "contradicts" in item.counts.hidden
    }
    shown = [row for name, table in tables_in(readers).items() if "for-whom" in name
             for row in cell_words(table)]  # fmt: skip

    assert hidden
    assert all(row[2] != "0" for row in shown if row[0].split(" (")[0] in hidden)


@pytest.mark.parametrize(("hidden", "shown"), [((), "2 van 5"), (("recognised",), "niet getoond")])
def test_recognition_that_readers_may_not_see_is_not_shown(full, hidden, shown):
    counts = Recognition(
        life=None, value=None, recognised=2, not_recognised=3, means_other=0, does_not_count=0,
        people=0 if hidden else 5, ranked=0, median_rank=None, hidden=hidden,
    )  # fmt: skip
    first = full.plausibility.nodes[0]
    node: NodeAssessment = attrs.evolve(first, all=counts, for_whom=())
    found = attrs.evolve(full.plausibility, nodes=(node, *full.plausibility.nodes[1:]))

    report = chapter_of(attrs.evolve(full, plausibility=found))

    assert cell_words(tables_in(report)["table-recognition"])[0][1] == shown


def test_words_of_people_keep_their_language_and_say_so_in_another(english, dutch):
    def first(report):
        return next(piece for piece in side(report, "S1", "against").pieces if piece.quote)

    spoken = first(english)
    assert "(in Dutch)" in words_of(spoken.label)
    assert {run.lang for run in spoken.text if run.text.strip('"')} == {"nl"}
    assert "Nederlands" not in words_of(first(dutch).label)


def test_a_condition_that_some_name_is_not_put_into_the_mouths_of_all(full):
    (link,) = [one for one in full.plausibility.links if one.target == "S1"]
    first = link.bundle.disagreed[0]
    gathered = attrs.evolve(
        first, respondent=None, people=14, age=None, place=None, role=None,
        conditions=("er is koffie",),
    )  # fmt: skip
    shown = attrs.evolve(link, bundle=attrs.evolve(link.bundle, disagreed=(gathered,)))
    others = [one for one in full.plausibility.links if one.target != "S1"]
    plausibility = attrs.evolve(full.plausibility, links=(shown, *others))
    chapter = chapter_of(attrs.evolve(full, plausibility=plausibility))

    said = words_of(chapter.blocks)
    assert "Onder wie tegenspreekt, wordt als voorwaarde genoemd: er is koffie." in said
    assert "(14 mensen): noemt" not in said


def with_uncounted(full):
    """Let every estimate stand outside the weighing, and one way in two point elsewhere."""
    links = tuple(
        attrs.evolve(
            link,
            estimates=tuple(
                attrs.evolve(item, counts=False, id=full.effects[0].plan) for item in link.estimates
            ),
        )
        for link in full.plausibility.links
    )
    effects = tuple(
        attrs.evolve(
            item,
            curve=attrs.evolve(item.curve, run=8, same_sign=6, lowest=-8498.0, highest=2781.0),
        )
        for item in full.effects
    )
    found = attrs.evolve(full, plausibility=attrs.evolve(full.plausibility, links=links))
    return attrs.evolve(found, effects=effects)


def test_what_is_not_weighed_has_its_own_heading_with_ways_that_point_elsewhere(full):
    chapter = chapter_of(with_uncounted(full))
    apart = words_of(side(chapter, "S1", "uncounted").pieces)

    assert "−8.498 tot 2.781" in apart
    assert "2 van de 8 manieren wijzen de andere kant op" in apart
    for key in ("for", "against"):
        assert "telt niet mee" not in words_of(side(chapter, "S1", key).pieces)


def test_a_side_is_not_called_empty_when_what_is_not_weighed_stands_below(full):
    blocks = [
        block
        for block in blocks_in(chapter_of(with_uncounted(full)))
        if isinstance(block, Sides) and any(item.key == "uncounted" for item in block.sides)
    ]

    assert blocks
    assert all(item.lead or item.pieces for block in blocks for item in block.sides)


def test_who_spoke_keeps_the_language_of_the_study_in_a_report_in_english(full):
    chapter = steps_chapter(Account(full, Pen("en")))

    (first, *_) = [piece for piece in side(chapter, "S1", "against").pieces if piece.quote]

    assert first.label[0].text == "bezoeker, 75+, Lindehof"
    assert first.label[0].lang == "nl"
