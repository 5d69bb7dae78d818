"""The blocks of a report, with every text and number already written out.

HTML and PDF are both drawn from these blocks, so that the two cannot contradict each other. A
block holds what is read, never how it looks; ``kind`` names the template that draws it.
"""

from typing import ClassVar

import attrs

from biotoop.engine.reports.inline import GradeMark, Mark, Prose, Tone


@attrs.frozen(kw_only=True)
class Heading:
    """A heading inside a chapter; level 3 under the chapter, 4 under that."""

    kind: ClassVar[str] = "heading"
    level: int
    text: Prose
    anchor: str | None = None


@attrs.frozen(kw_only=True)
class Paragraph:
    """One or more sentences."""

    kind: ClassVar[str] = "paragraph"
    text: Prose
    tone: Tone = Tone.NORMAL


@attrs.frozen(kw_only=True)
class Bullet:
    """One line of a list, with the word that its mark stands for."""

    text: Prose
    mark: Mark = Mark.NONE
    mark_word: str = ""


@attrs.frozen(kw_only=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Bullet, ...]


@attrs.frozen(kw_only=True)
class Notice:
    """Something that a reader must not miss; ``tone`` is "caution" or "info"."""

    kind: ClassVar[str] = "notice"
    tone: str
    title: Prose
    lines: tuple[Prose, ...] = ()


@attrs.frozen(kw_only=True)
class Fact:
    """A term with what is said of it."""

    term: str
    value: Prose


@attrs.frozen(kw_only=True)
class Facts:
    """Terms with what is said of each."""

    kind: ClassVar[str] = "facts"
    rows: tuple[Fact, ...]


@attrs.frozen(kw_only=True)
class Tile:
    """A key figure: never without its band or a word on how sure it is.

    ``gain`` tells that its whole band lies on the side that was intended; only that is coloured.
    """

    label: Prose
    value: str
    band: str
    note: Prose
    gain: bool = False


@attrs.frozen(kw_only=True)
class Tiles:
    """Key figures side by side."""

    kind: ClassVar[str] = "tiles"
    items: tuple[Tile, ...]


@attrs.frozen(kw_only=True)
class TallyRow:
    """How many steps have a grade, and what is to be known of it beside that."""

    mark: GradeMark
    count: str
    beside: str = ""


@attrs.frozen(kw_only=True)
class Tally:
    """All grades with their arrow and the number of steps that have them."""

    kind: ClassVar[str] = "tally"
    title: str
    rows: tuple[TallyRow, ...]


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table; figures stand to the right."""

    label: str
    numeric: bool = False


@attrs.frozen(kw_only=True)
class Cell:
    """A cell: its text, the band of a figure below it, and a grade or sign in front of it."""

    text: Prose
    band: str = ""
    grade: GradeMark | None = None
    mark: Mark = Mark.NONE

    @property
    def beside_grade(self) -> str:
        """What the text says behind the word of the grade, such as that it is sensitive."""
        said = "".join(run.text for run in self.text)
        word = "" if self.grade is None else self.grade.word
        return said.removeprefix(word) if word and said.startswith(word) else ""


@attrs.frozen(kw_only=True)
class Row:
    """A row; its first cell is its header. ``strong`` sets it apart (a total, the primary)."""

    cells: tuple[Cell, ...]
    strong: bool = False


@attrs.frozen(kw_only=True)
class Table:
    """A table that a screen reader can walk through.

    Attributes
    ----------
    id
        Anchor.
    caption
        What it holds, with unit.
    columns, rows
        The first column heads the rows.
    note
        What a reader must know to read it.
    """

    kind: ClassVar[str] = "table"
    id: str
    caption: Prose
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Prose = ()


@attrs.frozen(kw_only=True)
class Picture:
    """A drawing as SVG, with its width in pixels."""

    svg: str
    width: float


@attrs.frozen(kw_only=True)
class FigureLine:
    """One arrow of a drawing in words: its name, what it joins, and its grade."""

    name: str
    text: Prose
    mark: GradeMark
    beside: str = ""


@attrs.frozen(kw_only=True)
class Figure:
    """A drawing with its words.

    Attributes
    ----------
    id
        Anchor.
    title
        What it shows.
    wide, narrow
        For paper and screen, and for a phone; without a narrow one the wide one scrolls and gets
        a page on its side.
    alt
        What a reader who cannot see it must know.
    note
        How to read it.
    table
        The same figures as a table; None when a table beside it already holds them.
    lines
        The same in words for a phone, where a wide drawing would be read in pieces.
    """

    kind: ClassVar[str] = "figure"
    id: str
    title: Prose
    wide: Picture
    narrow: Picture | None
    alt: str
    note: Prose = ()
    table: Table | None = None
    lines: tuple[FigureLine, ...] = ()


@attrs.frozen(kw_only=True)
class Piece:
    """One piece of evidence: what kind, what it says, and what it weighs.

    Attributes
    ----------
    label
        Kind of evidence.
    text
        What it says.
    quote
        Whether the text is a respondent's own words.
    weight
        What it weighs, in words; empty for people, who are weighed per group.
    """

    label: Prose
    text: Prose
    quote: bool = False
    weight: str = ""


@attrs.frozen(kw_only=True)
class Side:
    """Everything that speaks one way."""

    key: str
    title: str
    lead: Prose
    pieces: tuple[Piece, ...]


@attrs.frozen(kw_only=True)
class Sides:
    """What speaks for and what speaks against, side by side; never folded."""

    kind: ClassVar[str] = "sides"
    sides: tuple[Side, ...]


@attrs.frozen(kw_only=True)
class Step:
    """One step: its ends, its grade, if - then - because, and everything said about it.

    Attributes
    ----------
    anchor, code
        Where to point at, and the code on paper.
    from_, to
        The two nodes; ``arrow`` says in words what stands between them.
    grade
        Grade shown.
    beside
        What stands beside the grade: an override, sensitivity, a condition.
    reasoning
        If, then and because, each with its word.
    blocks
        What is said about it.
    """

    kind: ClassVar[str] = "step"
    anchor: str
    code: str
    from_: Prose
    arrow: str
    to: Prose
    grade: GradeMark
    beside: Prose
    reasoning: tuple[Fact, ...]
    blocks: "tuple[Block, ...]"


@attrs.frozen(kw_only=True)
class QuestionAnswer:
    """One question of the first page with its answer."""

    key: str
    question: str
    sentences: tuple[Prose, ...]


@attrs.frozen(kw_only=True)
class Answers:
    """The questions of the first page."""

    kind: ClassVar[str] = "answers"
    items: tuple[QuestionAnswer, ...]


@attrs.frozen(kw_only=True)
class Fold:
    """Figures behind something already said; closed on screen, open on paper."""

    kind: ClassVar[str] = "fold"
    title: str
    blocks: "tuple[Block, ...]"


Block = (
    Heading
    | Paragraph
    | Bullets
    | Notice
    | Facts
    | Tiles
    | Tally
    | Table
    | Figure
    | Sides
    | Step
    | Answers
    | Fold
)
