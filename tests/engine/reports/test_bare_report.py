"""What a study does not have is said in one honest sentence, and never drawn as an empty frame."""

import pytest

from biotoop.engine.reports.blocks import Answers, Figure, Step, Table, Tiles
from biotoop.engine.reports.html import html_of
from biotoop.engine.reports.pdf import pdf_of
from biotoop.engine.reports.view import view_of
from engine.reports.bare_study import bare_study
from engine.reports.reading import Page, blocks_in, words_of


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        (2, "niet met mensen gesproken"),
        (2, "Over deze stap is nog geen bewijs verzameld, niet ervoor en niet ertegen."),
        (2, "Niemand is gevraagd of hij herkent"),
        (2, "Hierover heeft nog niemand een oordeel gegeven."),
        (3, "geen effect geschat"),
        (4, "rekent niet in euro's"),
        (5, "Zonder euro's en zonder besluit"),
        (6, "geen gegevens in tabellen"),
        (6, "geen maten"),
    ],
)
def test_each_thing_that_is_not_there_is_said(bare, chapter, said):
    assert said in words_of(bare.chapters[chapter].blocks)


def test_no_frame_is_empty(bare):
    for block in blocks_in(bare):
        if isinstance(block, Table):
            assert block.rows
        if isinstance(block, Answers | Tiles):
            assert block.items
    drawings = [block.id for block in blocks_in(bare) if isinstance(block, Figure)]
    assert drawings == ["figure-theory"]


def test_every_chapter_is_there_and_none_is_empty(bare):
    assert [chapter.number for chapter in bare.chapters] == list(range(7))
    assert all(chapter.blocks for chapter in bare.chapters[1:])


def test_it_makes_a_page_and_a_pdf(bare):
    assert len(Page(html_of(bare)).all("section")) == 7
    assert pdf_of(bare).startswith(b"%PDF")


def test_it_can_be_told_in_english():
    report = view_of(bare_study(), "en")

    assert "No evidence on this step has been gathered yet" in words_of(report.chapters[2].blocks)
    assert [block.code for block in blocks_in(report) if isinstance(block, Step)] == ["S1"]
