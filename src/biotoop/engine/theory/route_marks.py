"""Grades of routes as a whole, in the drawing: a badge on the end, and a row in the legend.

What was measured from the start to the end of a route says nothing of one arrow on the way, so it
is no arrow here.
"""

from collections.abc import Mapping

import attrs

from biotoop.engine.core.messages import Language, note, word
from biotoop.engine.theory.arrow_drawing import GROUND, INK, draw_head, line
from biotoop.engine.theory.grade_marks import GradeMark
from biotoop.engine.theory.model import LinkKind, TheoryOfChange
from biotoop.engine.theory.picture import Box, Drawing
from biotoop.engine.theory.svg import element, escaped, number, text
from biotoop.engine.theory.typeface import CAP_HEIGHT, text_width
from biotoop.engine.theory.typesetting import wrap

_SIZE = 15.0
_ROW = 20.0
_SAMPLE = 46.0
_AFTER_SAMPLE = 10.0
_BADGE = 20.0
_BADGE_SIZE = 13.0
_BETWEEN = 4.0


@attrs.frozen(kw_only=True)
class RouteMark:
    """A route that was measured as a whole.

    Attributes
    ----------
    code
        Short name in the drawing, such as W1.
    first, last
        Codes of the nodes where it starts and ends.
    mark
        Its grade.
    """

    code: str
    first: str
    last: str
    mark: GradeMark

    @property
    def badge(self) -> str:
        """What stands on the end: the code, with a star when the grade is sensitive."""
        return self.code + ("*" if self.mark.sensitive else "")


def route_code(place: int) -> str:
    """Give the short name of a route by its place among those that were measured, from 1."""
    return f"W{place}"


def route_marks(grades: Mapping[str, GradeMark]) -> tuple[RouteMark, ...]:
    """Give the routes among the grades, named by their ends ("N1>N9"), each with a short name."""
    routes = {name: mark for name, mark in grades.items() if ">" in name}
    return tuple(
        RouteMark(
            code=route_code(place),
            first=target.partition(">")[0],
            last=target.partition(">")[2],
            mark=mark,
        )
        for place, (target, mark) in enumerate(routes.items(), start=1)
    )


def draw_badges(drawing: Drawing, marks: tuple[RouteMark, ...]) -> str:
    """Draw on each box what was measured from an intervention up to there."""
    drawn: list[str] = []
    for box in drawing.boxes:
        right = box.right + 5
        for route in reversed([each for each in marks if each.last == box.code]):
            width = text_width(route.badge, _BADGE_SIZE, "bold") + 14
            drawn.append(_badge(route, box, right - width, width))
            right -= width + _BETWEEN
    return "".join(drawn)


def _badge(route: RouteMark, box: Box, x: float, width: float) -> str:
    stroke, y = route.mark.stroke, box.y - _BADGE / 2
    frame = element(
        "rect", x=x, y=y, width=width, height=_BADGE, rx=_BADGE / 2, fill=GROUND,
        stroke=stroke.colour, stroke_width=1.6,
    )  # fmt: skip
    baseline = y + (_BADGE + _BADGE_SIZE * CAP_HEIGHT) / 2
    said = text(
        route.badge, x + width / 2, baseline, _BADGE_SIZE, font_weight="700", fill=INK,
        text_anchor="middle",
    )  # fmt: skip
    return frame + said


def draw_routes(
    theory: TheoryOfChange,
    width: float,
    marks: tuple[RouteMark, ...],
    language: Language,
    top: float,
) -> tuple[str, float]:
    """Explain the badges below the legend of the arrows.

    Returns
    -------
    tuple
        The elements, and the height that they take.
    """
    if not marks:
        return "", 0.0
    drawn, y = [], top + _ROW * 0.8
    for row in wrap(word("theory.drawing", "routes", language), width, _SIZE, language):
        drawn.append(text(row, 2.0, y + _SIZE * 0.34, _SIZE, font_weight="700", fill=INK))
        y += _ROW
    for route in marks:
        shape, height = _row(theory, route, width, language, y)
        drawn.append(shape)
        y += height
    return "".join(drawn), y - top


def _row(
    theory: TheoryOfChange, route: RouteMark, width: float, language: Language, y: float
) -> tuple[str, float]:
    stroke, tip = route.mark.stroke, (2.0 + _SAMPLE, y)
    sample = line(f"M2 {number(y)}H{number(tip[0] - 8)}", stroke)
    sample += draw_head(LinkKind.CAUSE, tip, (1.0, 0.0), stroke)
    start = 2.0 + _SAMPLE + _AFTER_SAMPLE
    rows = wrap(route_in_words(theory, route, language), width - start - 2, _SIZE, language)
    lines = (
        element("tspan", escaped(row), x=start, y=y + _SIZE * 0.34 + place * _ROW)
        for place, row in enumerate(rows)
    )
    return sample + element("text", *lines, font_size=_SIZE, fill=INK), _ROW * len(rows) + 4


def route_in_words(theory: TheoryOfChange, route: RouteMark, language: Language) -> str:
    """Say what was measured and how it was graded."""
    return note(
        "theory.drawing.route",
        name=route.badge,
        grade=route.mark.words(language),
        first=theory.node(route.first).label,
        last=theory.node(route.last).label,
    ).text(language)
