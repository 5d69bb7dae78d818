"""The legend under the drawing: every look that occurs, in words, with the arrows that have it."""

from collections.abc import Iterator, Mapping

import attrs

from biotoop.engine.core.messages import Language, word
from biotoop.engine.theory.arrow_drawing import INK, draw_head, line, stroke_of
from biotoop.engine.theory.grade_marks import NOT_ASSESSED, STROKES, GradeMark, Stroke, mark_of
from biotoop.engine.theory.model import LinkKind, TheoryOfChange
from biotoop.engine.theory.picture import Drawing
from biotoop.engine.theory.route_marks import RouteMark, draw_routes
from biotoop.engine.theory.svg import element, escaped, number, text
from biotoop.engine.theory.typeface import text_width
from biotoop.engine.theory.typesetting import wrap

_SIZE = 15.0
_LINE = 28.0
_ROW = 20.0
_SAMPLE = 46.0
_AFTER_SAMPLE = 10.0
_BETWEEN = 30.0
_MUTED = "#3d4a57"


@attrs.frozen(kw_only=True)
class Entry:
    """One look: its sample, its words and the arrows that have it.

    Attributes
    ----------
    kind, stroke
        How the sample is drawn.
    words
        What it means.
    codes
        Codes of the arrows; empty where the words say enough.
    """

    kind: LinkKind
    stroke: Stroke
    words: str
    codes: tuple[str, ...]

    @property
    def tail(self) -> str:
        """The codes, as they follow the words."""
        return f": {', '.join(self.codes)}" if self.codes else ""

    @property
    def width(self) -> float:
        """Width of sample, words and codes."""
        words = text_width(self.words, _SIZE, "bold") + text_width(self.tail, _SIZE)
        return _SAMPLE + _AFTER_SAMPLE + words


def legend_entries(
    theory: TheoryOfChange, grades: Mapping[str, GradeMark], language: Language
) -> tuple[Entry, ...]:
    """Give the looks that occur in a drawing: what speaks against first, then by strength."""
    found: dict[tuple[str, str], list[str]] = {}
    own: dict[LinkKind, list[str]] = {}
    for link in theory.links:
        mark = mark_of(link.code, grades)
        if mark.value == NOT_ASSESSED and link.kind != LinkKind.CAUSE:
            own.setdefault(LinkKind(link.kind), []).append(link.code)
        else:
            code = link.code + ("*" if mark.sensitive else "")
            found.setdefault((mark.value, mark.words(language)), []).append(code)
    graded = [
        Entry(kind=LinkKind.CAUSE, stroke=STROKES[value], words=words, codes=tuple(codes))
        for value in STROKES
        for (other, words), codes in found.items()
        if other == value
    ]
    return (*graded, *_kinds(theory, own, language))


def _kinds(
    theory: TheoryOfChange, own: Mapping[LinkKind, list[str]], language: Language
) -> Iterator[Entry]:
    """Explain the ends of arrows that are no causes."""
    for kind in (LinkKind.CONDITION, LinkKind.FEEDBACK):
        if any(link.kind == kind for link in theory.links):
            yield Entry(
                kind=kind,
                stroke=stroke_of(kind, GradeMark(value=NOT_ASSESSED)),
                words=word("theory.drawing", kind, language),
                codes=tuple(own.get(kind, ())),
            )


def draw_legend(
    theory: TheoryOfChange,
    drawing: Drawing,
    grades: Mapping[str, GradeMark],
    language: Language,
    top: float,
    whole: tuple[RouteMark, ...] = (),
) -> tuple[str, float]:
    """Draw the legend, with the routes that were measured as a whole.

    Returns
    -------
    tuple
        The elements, and the height that they take.
    """
    drawn: list[str] = []
    x, y = 2.0, top + _LINE / 2
    for entry in legend_entries(theory, grades, language):
        if x > 2.0 and x + entry.width > drawing.width:
            x, y = 2.0, y + _LINE
        rows = _rows(entry, drawing.width, language)
        drawn.append(_draw_entry(entry, rows, x, y))
        x += entry.width + _BETWEEN
        y += (len(rows) - 1) * _ROW
    y += _LINE / 2
    measured, room = draw_routes(theory, drawing.width, whole, language, y)
    drawn.append(measured)
    y += room
    if any(mark.sensitive for mark in grades.values()):
        for row in wrap(
            word("theory.drawing", "sensitive", language), drawing.width, _SIZE, language
        ):
            drawn.append(text(row, 2.0, y + _SIZE, _SIZE - 1, fill=_MUTED))
            y += _ROW
        y += _ROW / 4
    return "".join(drawn), y - top


def _rows(entry: Entry, width: float, language: Language) -> tuple[str, ...]:
    """Give the codes behind the words of an entry; on rows of their own where they do not fit."""
    if entry.width <= width:
        return (entry.tail,)
    room = width - _SAMPLE - _AFTER_SAMPLE - 4
    return ("", *wrap(", ".join(entry.codes), room, _SIZE, language))


def _draw_entry(entry: Entry, rows: tuple[str, ...], x: float, y: float) -> str:
    tip = (x + _SAMPLE, y)
    shaft = f"M{number(x)} {number(y)}H{number(tip[0] - _head_room(entry.kind))}"
    sample = line(shaft, entry.stroke) + draw_head(entry.kind, tip, (1.0, 0.0), entry.stroke)
    start, base = x + _SAMPLE + _AFTER_SAMPLE, y + _SIZE * 0.34
    words = element("tspan", escaped(entry.words), font_weight="700")
    more = (
        element("tspan", escaped(row), x=start, y=base + _ROW * place)
        for place, row in enumerate(rows[1:], start=1)
    )
    return sample + element(
        "text", words, escaped(rows[0]), *more, x=start, y=base, font_size=_SIZE, fill=INK
    )


def _head_room(kind: LinkKind) -> float:
    return {LinkKind.CONDITION: 9.0, LinkKind.FEEDBACK: 1.0}.get(kind, 8.0)
