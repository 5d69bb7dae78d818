"""Setting type: short ways to make the blocks of which every chapter consists."""

from collections.abc import Iterable, Sequence

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note
from biotoop.engine.reports.blocks import (
    Bullet,
    Bullets,
    Cell,
    Column,
    Fact,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
)
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.inline import GradeMark, Mark, Prose, Run, Tone
from biotoop.engine.reports.pen import Pen
from biotoop.engine.valuation.result import Band


def prose(text: Prose | str) -> Prose:
    """Make prose of a text in the language of the report."""
    return (Run(text=text),) if isinstance(text, str) else text


def heading(text: Prose | str, level: int = 3, anchor: str | None = None) -> Heading:
    """Make a heading."""
    return Heading(level=level, text=prose(text), anchor=anchor)


def paragraph(text: Prose | str, tone: Tone = Tone.NORMAL) -> Paragraph:
    """Make a paragraph."""
    return Paragraph(text=prose(text), tone=tone)


def soft(text: Prose | str) -> Paragraph:
    """Make a paragraph of explanation."""
    return Paragraph(text=prose(text), tone=Tone.SOFT)


def cell(
    text: Prose | str, *, grade: GradeMark | None = None, mark: Mark = Mark.NONE, band: str = ""
) -> Cell:
    """Make a cell."""
    return Cell(text=prose(text), grade=grade, mark=mark, band=band)


def euro_cell(pen: Pen, amount: Band) -> Cell:
    """Make a cell of an amount with its band from P5 to P95; what is certain has none."""
    if amount.p5 == amount.p95:
        return cell(pen.euros(amount.mean))
    return cell(pen.euros(amount.mean), band=pen.euro_interval(amount.p5, amount.p95))


def estimate_cell(pen: Pen, found: Estimate | None) -> Cell:
    """Make a cell of an estimate with its interval; nothing known is "-"."""
    if found is None:
        return cell("-")
    return band_cell(pen, found.value, found.low, found.high)


def band_cell(pen: Pen, value: float, low: float | None, high: float | None) -> Cell:
    """Make a cell of a number with its interval."""
    digits = shared_decimals(value, low, high)
    return cell(pen.number(value, digits), band=pen.interval(low, high, digits))


def coefficient_cell(pen: Pen, found: Estimate | None) -> Cell:
    """Make a cell of a coefficient up to one, such as alpha, in two decimals as it is quoted."""
    if found is None:
        return cell("-")
    return cell(pen.number(found.value, 2), band=pen.interval(found.low, found.high, 2))


def row(*cells: Cell | Prose | str, strong: bool = False) -> Row:
    """Make a row of a table."""
    made = tuple(part if isinstance(part, Cell) else cell(part) for part in cells)
    return Row(cells=made, strong=strong)


def table(
    pen: Pen,
    anchor: str,
    caption: Prose | str,
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    note: Prose | str = (),
) -> Table:
    """Make a table.

    Parameters
    ----------
    pen
        Writes the names of the columns.
    anchor
        Where to point at.
    caption
        What it holds.
    columns
        Codes ``reports.column.<code>``; a code that starts with "#" holds figures, which stand to
        the right.
    rows
        The rows.
    note
        What a reader must know to read it.
    """
    heads = tuple(
        Column(label=pen.word(f"reports.column.{code.lstrip('#')}"), numeric=code.startswith("#"))
        for code in columns
    )
    return Table(
        id=anchor, caption=prose(caption), columns=heads, rows=tuple(rows), note=prose(note)
    )


def with_columns(made: Table, labels: Iterable[str]) -> Table:
    """Add columns of figures whose names are data, such as the parties of a matrix."""
    added = tuple(Column(label=label, numeric=True) for label in labels)
    return attrs.evolve(made, columns=(*made.columns, *added))


def facts(pen: Pen, *rows: tuple[str, Prose | str | None]) -> Facts:
    """Make a list of terms (codes ``reports.term.<code>``); what is None falls out."""
    return Facts(
        rows=tuple(
            Fact(term=pen.word(f"reports.term.{code}"), value=prose(value))
            for code, value in rows
            if value is not None
        )
    )


def bullets(items: Iterable[Prose | str | Bullet]) -> Bullets:
    """Make a list."""
    made = tuple(item if isinstance(item, Bullet) else Bullet(text=prose(item)) for item in items)
    return Bullets(items=made)


def caution(title: Prose | str, lines: Iterable[Prose | str] = ()) -> Notice:
    """Make a notice that warns."""
    return Notice(tone="caution", title=prose(title), lines=tuple(prose(line) for line in lines))


def info(title: Prose | str, lines: Iterable[Prose | str] = ()) -> Notice:
    """Make a notice that explains."""
    return Notice(tone="info", title=prose(title), lines=tuple(prose(line) for line in lines))


def cautions(pen: Pen, title: str, notes: Iterable[Note]) -> tuple[Notice, ...]:
    """Make one notice of all warnings under a title (code of this room); none without warnings."""
    lines = tuple(dict.fromkeys(pen.note(item) for item in notes))
    return (caution(pen.say(title), lines),) if lines else ()
