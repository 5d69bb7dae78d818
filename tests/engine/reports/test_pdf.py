"""A tagged PDF with title and language, its answer on the first page, and no user text run."""

import attrs
import pytest

from biotoop.engine.recipes.findings import Answer, Question
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Step
from biotoop.engine.reports.chapters.answer import answer_chapter
from biotoop.engine.reports.html import html_of
from biotoop.engine.reports.inline import Run
from biotoop.engine.reports.pdf import as_data, pdf_of, render_pdf
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.setting import paragraph
from engine.reports.full_effects import said
from engine.reports.reading import (
    cell_words,
    lowest_line,
    pdf_info,
    pdf_text,
    squeezed,
    tables_in,
    words_of,
)

MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(dutch):
    return pdf_of(dutch)


def test_the_same_report_gives_the_same_bytes(full, pdf):
    assert pdf.startswith(b"%PDF-1.7")
    assert render_pdf(full, "nl") == pdf


@pytest.mark.poppler
def test_it_is_tagged_with_title_language_and_the_date_of_the_study(pdf):
    info = pdf_info(pdf)

    assert "Title:           Samen eten & leren in wijkcentrum De Wilg" in info
    assert "Tagged:          yes" in info
    assert "CreationDate:    Mon Jan 20" in info
    assert b"/Lang(nl)" in pdf
    assert b"pdfuaid" in pdf


@pytest.mark.poppler
def test_the_first_page_holds_the_whole_answer(pdf):
    first = pdf_text(pdf, "-l", "1")

    assert "Welk verschil is er" in first
    assert "Bezoekers kiezen zelf." in first
    assert "bladzijde 1 van" in first


@pytest.mark.poppler
def test_a_long_answer_is_set_smaller_so_that_it_still_fits(full, dutch):
    long = said("Dit is een zin van gewone lengte over wat er is gevonden. " * 3, "x")
    answers = tuple(Answer(question=q, sentences=(long,) * 3) for q in Question)
    first = answer_chapter(Account(attrs.evolve(full, answers=answers), Pen("nl")))

    pdf = pdf_of(attrs.evolve(dutch, chapters=(first, dutch.chapters[1])))

    assert "De redeneerlijn" in pdf_text(pdf, "-f", "2", "-l", "2")
    assert "Wat zegt dit niet?" in pdf_text(pdf, "-l", "1")


@pytest.mark.poppler
def test_every_page_of_invented_findings_carries_the_word(pdf):
    pages = pdf_text(pdf).rstrip("\f").split("\f")

    assert len(pages) > 10
    assert all("VERZONNEN" in page for page in pages)


@pytest.mark.poppler
def test_html_and_pdf_show_the_same_figures(dutch, pdf):
    printed = squeezed(pdf_text(pdf))
    page = squeezed(html_of(dutch))
    cells = {squeezed(part) for table in tables_in(dutch).values()
             for row in cell_words(table) for cell in row for part in cell.split(" | ")
             if any(letter.isdigit() for letter in part) and len(part) < 25}  # fmt: skip

    assert len(cells) > 250
    assert [cell for cell in sorted(cells) if cell not in printed] == []
    assert [cell for cell in sorted(cells) if cell.replace('"', "&#34;") not in page] == []


@pytest.mark.poppler
def test_how_each_step_was_weighed_stands_at_the_end_and_is_pointed_at(dutch, pdf):
    pages = pdf_text(pdf).split("\f")
    at = next(n for n, page in enumerate(pages, 1) if "Hoe elke stap is gewogen" in page)

    steps = [b for b in dutch.chapters[2].blocks if isinstance(b, Step) and b.blocks[-1:]]
    assert steps
    assert any(f"Hoe dit is gewogen, staat op bladzijde {at}." in page for page in pages)


@pytest.mark.poppler
@pytest.mark.parametrize("more", [0, 9, 18, 27])
def test_the_last_page_never_holds_a_few_lines_only(dutch, more):
    chapter = dutch.chapters[2]
    longer = attrs.evolve(chapter, blocks=(*chapter.blocks, *[paragraph("Een regel.")] * more))

    pdf = pdf_of(attrs.evolve(dutch, chapters=(dutch.chapters[0], longer)))

    last = len(pdf_text(pdf).rstrip("\f").split("\f"))
    assert lowest_line(pdf, last) > 80 * MILLIMETRE


@pytest.mark.poppler
def test_words_of_a_user_are_never_run_as_source(dutch):
    nasty = (Run(text='#panic("gelopen") *vet* $x$ @bron <label> \\ `code` // weg'),)
    masthead = attrs.evolve(dutch.masthead, title=nasty, question=nasty)

    pdf = pdf_of(attrs.evolve(dutch, masthead=masthead, chapters=dutch.chapters[:2]))

    first = squeezed(pdf_text(pdf, "-l", "1"))
    assert squeezed('#panic("gelopen") *vet* $x$ @bron <label>') in first


def test_drawings_reach_the_typesetter_once_and_keep_their_words(dutch):
    data = as_data(dutch)
    figures = [block for chapter in data["chapters"] for block in chapter["blocks"]
               if block["kind"] == "figure"]  # fmt: skip

    assert all(figure["narrow"] in (True, None) for figure in figures)
    assert all(figure["alt"] for figure in figures)
    assert all("<svg" in figure["wide"]["svg"] for figure in figures)


@pytest.mark.poppler
def test_the_english_report_is_english_throughout(english):
    text = pdf_text(pdf_of(english))
    dutch = {"bladzijde", "Waarom", "keer zo goed", "Ontwerpniveau", "gemiddelde"}

    assert [word for word in dutch if word in text] == []
    assert "Which difference was found?" in text or "What" in text


def test_the_two_languages_have_the_same_figures(dutch, english):
    digits = str.maketrans(",.", ".,")
    ours, theirs = tables_in(dutch), tables_in(english)

    assert list(ours) == list(theirs)
    for name in ("table-forest", "table-payers", "table-rests-on"):
        numbers = [cell for row in cell_words(ours[name]) for cell in row if cell[:1].isdigit()]
        english_numbers = [c for row in cell_words(theirs[name]) for c in row if c[:1].isdigit()]
        assert [n.replace(" tot ", " to ").replace("\u00a0%", "%").translate(digits)
                for n in numbers] == english_numbers  # fmt: skip
    assert words_of(english.masthead.title).startswith("Eating & learning")
