"""The body of the report speaks to everyone: terms, codes and hidden figures have their place."""

import math
import re

import attrs
import pytest

from biotoop.engine.recipes.answering import answers_of
from biotoop.engine.recipes.percentages import in_percentages
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Facts, Figure
from biotoop.engine.reports.chapters.step_evidence import for_whom, who_was_not_heard
from biotoop.engine.reports.chapters.step_weighing import tables
from biotoop.engine.reports.html import html_of
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.view import view_of
from biotoop.engine.theory.model import LinkKind
from engine.reports.reading import blocks_in, cell_words, tables_in, words_of


def as_shares(findings):
    """Call the first measure a share that is shown in percentage points."""
    first, *rest = findings.measures
    return attrs.evolve(findings, measures=(attrs.evolve(first, percent=True), *rest))


def test_a_share_is_read_in_percentage_points_and_kept_as_a_share(full):
    shares = as_shares(full)
    turned, shown = in_percentages(shares).effects[0].primary, shares.effects[0].primary

    assert turned.estimate.value == pytest.approx(100 * shown.estimate.value)
    assert turned.estimate.low == pytest.approx(100 * shown.estimate.low)
    assert turned.standardised == shown.standardised
    assert turned.groups[0].mean == pytest.approx(100 * shown.groups[0].mean)
    assert in_percentages(in_percentages(shares)) == in_percentages(shares)


def test_the_first_page_and_the_chapter_on_effects_say_percentage_points(full):
    shares = as_shares(full)
    (answer, *_) = answers_of(
        shares.study, shares.theory, shares.measures, shares.codebook, shares.effects,
        shares.plausibility, shares.valuation,
    )  # fmt: skip
    said = " ".join(one.text("nl") for one in answer.sentences)
    chapter = words_of(view_of(shares, "nl").chapters[3])

    assert "−61 procentpunten (95%-interval" in said
    assert "−61 (" in chapter
    assert "procentpunten" in chapter


def test_the_convention_of_an_interval_stands_in_the_appendix_alone(dutch):
    body = [block for chapter in dutch.chapters[:-1] for block in blocks_in(chapter)]
    said = " ".join(words_of(block) for block in body if isinstance(block, Facts))
    appendix = cell_words(tables_in(dutch.chapters[-1])["table-computing"])

    assert "HC2" not in said
    assert "vrijheidsgraden" not in said
    assert any("HC2-fout" in row[2] for row in appendix)


def test_an_interval_over_clusters_says_that_people_resemble_each_other(full):
    first, *rest = full.effects
    interval = attrs.evolve(
        first.primary.estimate.interval,
        code="effects.convention.cr2",
        params={"clusters": 30, "df": 27.8},
    )
    found = attrs.evolve(first.primary.estimate, interval=interval)
    primary = attrs.evolve(first.primary, estimate=found)
    report = view_of(
        attrs.evolve(full, effects=(attrs.evolve(first, primary=primary), *rest)), "nl"
    )

    assert "op elkaar lijken (30 groepen)" in words_of(report.chapters[3])


def test_what_a_group_weighs_is_never_nil_when_it_is_hidden(full):
    link = next(link for link in full.plausibility.links if link.families)
    families = tuple(
        attrs.evolve(
            family,
            groups=tuple(
                attrs.evolve(one, items=(), n=0, n_eff=math.nan, log_ratio=math.nan)
                for one in family.groups
            ),
        )
        for family in link.families
    )
    hidden = attrs.evolve(link, families=families, n_eff=math.nan)
    first, *_ = tables(Account(full, Pen("nl")), hidden)

    assert {tuple(row[2:]) for row in cell_words(first)} == {("niet getoond",) * 3}
    assert "blijft bij het team" in words_of(first.note)


def test_a_phone_gets_every_arrow_as_a_line_with_its_grade(dutch):
    figure = next(b for b in blocks_in(dutch) if isinstance(b, Figure) and b.id == "figure-theory")
    html = html_of(dutch)

    steps = [row[0] for row in cell_words(tables_in(dutch)["table-outline"])]
    assert [line.name for line in figure.lines] == [*steps, "W1"]
    assert all(line.mark.word for line in figure.lines)
    assert html.count("<li><strong>S") == len(steps)


def test_words_of_people_are_marked_in_a_report_in_another_language(full):
    english = Account(full, Pen("en"))
    link = next(link for link in full.plausibility.links if link.bundle.for_whom)
    (table,) = for_whom(english, link)
    unheard = next((one for one in full.plausibility.links if one.bundle.not_heard), None)

    assert {row.cells[0].text[0].lang for row in table.rows} == {"nl"}
    assert {row.cells[0].text[-1].lang for row in table.rows} == {None}
    if unheard is not None:
        assert "nl" in {run.lang for run in who_was_not_heard(english, unheard)}


def test_translations_since_the_registration_stand_in_the_appendix(full):
    told = full.registration.deviations
    report = view_of(
        attrs.evolve(full, registration=attrs.evolve(full.registration, translations=told)), "nl"
    )

    assert "Dat verandert niets aan wat vooraf is vastgelegd." in words_of(report.chapters[-1])


def test_a_condition_is_not_told_as_a_cause_on_a_phone(full):
    links = tuple(
        attrs.evolve(link, kind=LinkKind.CONDITION) if link.code == "S1" else link
        for link in full.theory.links
    )
    theory = attrs.evolve(full.theory, links=links)
    chapter = view_of(attrs.evolve(full, theory=theory), "nl").chapters[1]
    figure = next(b for b in blocks_in(chapter) if isinstance(b, Figure))

    assert "is een voorwaarde voor" in words_of(figure.lines[0].text)
    assert "leidt tot" in words_of(figure.lines[1].text)


def test_no_code_of_a_node_stands_anywhere_in_the_report(full, dutch, english, readers):
    codes = {node.code for node in full.theory.nodes}
    labels = [row[0] for row in cell_words(tables_in(dutch)["table-nodes"])]

    assert codes
    assert labels == [node.label.get("nl") for node in full.theory.nodes]
    for report in (dutch, english, readers):
        assert codes.isdisjoint(re.findall(r"\w+", words_of(report)))
