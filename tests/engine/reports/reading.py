"""Reading a report back: its blocks, its words, and the text of HTML and PDF."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import attrs
import typst

from biotoop.engine.core.messages import Language
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports import pdf as setter
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Figure, Fold, Step, Table
from biotoop.engine.reports.chapters.answer import answer_chapter
from biotoop.engine.reports.document import Chapter, Report
from biotoop.engine.reports.inline import Run
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.view import FRAME, masthead

CHAPTERS = ("theory", "steps", "effects", "euros", "next", "appendix")
VOID = {"meta", "br", "link", "line", "path", "rect", "circle", "polygon"}


def blocks_in(report: Report | Chapter) -> Iterator[object]:
    """Give every block of a report or chapter, those inside others too."""
    chapters = (report,) if isinstance(report, Chapter) else report.chapters
    waiting = [block for chapter in chapters for block in chapter.blocks]
    while waiting:
        block = waiting.pop(0)
        yield block
        if isinstance(block, Step | Fold):
            waiting = [*block.blocks, *waiting]


def tables_in(report: Report | Chapter) -> dict[str, Table]:
    """Give every table by its anchor, those behind drawings too."""
    blocks = list(blocks_in(report))
    found = [block for block in blocks if isinstance(block, Table)]
    found += [block.table for block in blocks if isinstance(block, Figure) and block.table]
    return {table.id: table for table in found}


def words_of(value: object) -> str:
    """Give all words in a block, a chapter or a report."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        between = "" if all(isinstance(part, Run) for part in value) else " "
        return between.join(words_of(part) for part in value)
    if not attrs.has(type(value)):
        return ""
    skipped = {"svg", "anchor", "id", "key", "lang", "mark", "style", "tone", "words"}
    names = [part.name for part in attrs.fields(type(value)) if part.name not in skipped]
    return " ".join(words_of(getattr(value, name)) for name in names)


def cell_words(table: Table) -> list[list[str]]:
    """Give the words of every cell, with its band."""
    return [
        ["".join(run.text for run in cell.text) + (f" | {cell.band}" if cell.band else "")
         for cell in row.cells]
        for row in table.rows
    ]  # fmt: skip


class Page(HTMLParser):
    """The elements of an HTML page, with what is open around each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), tuple(self._open)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" not in self._open:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Give the attributes of every element of a kind."""
        return [attributes for name, attributes, _ in self.elements if name == tag]


def squeezed(text: str) -> str:
    """Take out white space, hyphens at line ends and marks that do not show."""
    return re.sub(r"[\s\u00ad\u2060\u200b]+", "", text)


def pdf_text(pdf: bytes, *options: str) -> str:
    """Read the words of a PDF with poppler."""
    found = shutil.which("pdftotext")
    assert found is not None
    done = subprocess.run([found, *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pdf_info(pdf: bytes) -> str:
    """Read the properties of a PDF with poppler."""
    found = shutil.which("pdfinfo")
    assert found is not None
    done = subprocess.run([found, "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def first_sheet(findings: Findings, language: Language) -> bytes:
    """Set the first page as it stands in the whole report; of the other chapters the title only."""
    account = Account(findings, Pen(language))
    titles = [account.pen.word(f"reports.chapter.{name}") for name in CHAPTERS]
    bare = (
        Chapter(number=number, anchor=f"c{number}", title=title, blocks=())
        for number, title in enumerate(titles, start=1)
    )
    return setter.pdf_of(
        Report(
            language=language,
            masthead=masthead(account),
            chapters=(answer_chapter(account), *bare),
            words={key: account.pen.word(f"reports.frame.{key}") for key in FRAME},
        )
    )


def heights_on(pdf: bytes, page: int) -> list[tuple[float, str]]:
    """Give every word on a page with the height of its line box, the lowest first."""
    page_text = pdf_text(pdf, "-f", str(page), "-l", str(page), "-bbox-layout")
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*?)</word>', page_text)
    return sorted((float(bottom) - float(top), word) for top, bottom, word in found)


def smallest_type(pdf: bytes, page: int = 1) -> tuple[float, str]:
    """Give the smallest type on a page in points, and a word in it.

    A box is as high as its letters times what the font adds; a line of ten points tells how much.
    """
    source = b'#set text(font: "Atkinson Hyperlegible Next", size: 10pt)\nten'
    fonts = Path(setter.__file__).parent / "fonts"
    ten = typst.compile(source, font_paths=[str(fonts)], ignore_system_fonts=True)
    height, word = heights_on(pdf, page)[0]
    return round(10 * height / heights_on(ten, 1)[0][0], 2), word


def lowest_line(pdf: bytes, page: int) -> float:
    """Give how far down a page its text runs, in points; foot and watermark left out."""
    page_text = pdf_text(pdf, "-f", str(page), "-l", str(page), "-bbox-layout")
    found = re.findall(r'<line [^>]*yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', page_text)
    lines = [(float(top), float(bottom)) for top, bottom in found]
    return max(bottom for top, bottom in lines if bottom - top < 40 and bottom < 792)
