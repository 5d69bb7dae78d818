"""Arrows in the drawing: shaft, head and label, by kind of link and grade."""

import math

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.theory.grade_marks import NOT_ASSESSED, GradeMark, Stroke
from biotoop.engine.theory.model import LinkKind
from biotoop.engine.theory.picture import Arrow, Measures, Point, Slot
from biotoop.engine.theory.svg import element, escaped, number, path_data, polygon, text
from biotoop.engine.theory.typeface import CAP_HEIGHT, text_width
from biotoop.engine.theory.typesetting import wrap

GROUND = "#ffffff"
INK = "#1b2530"
FADED = "#c3ccd5"
_CONDITION = Stroke(width=1.8, dash=(1.5, 4), colour="#4a5562")
_FEEDBACK = Stroke(width=1.8, dash=(8, 4, 1.5, 4), colour="#4a5562")
_RING = 5.0
_HALO = 4.0


def stroke_of(kind: LinkKind, mark: GradeMark) -> Stroke:
    """Give the look of an arrow; conditions and feedback without a grade have one of their own."""
    if mark.value == NOT_ASSESSED and kind == LinkKind.CONDITION:
        return _CONDITION
    if mark.value == NOT_ASSESSED and kind == LinkKind.FEEDBACK:
        return _FEEDBACK
    return mark.stroke


def draw_arrow(arrow: Arrow, stroke: Stroke, *, faded: bool = False) -> str:
    """Draw shaft and head of an arrow over a halo that parts it from arrows below."""
    if faded:
        stroke = attrs.evolve(stroke, colour=FADED)
    end, back = arrow.points[-1], arrow.points[-2]
    direction = _direction(back, end)
    length = _head_length(arrow.kind, stroke)
    shaft = path_data(_shortened(arrow.points, direction, length))
    halo = element(
        "path", d=shaft, stroke=GROUND, stroke_width=stroke.width + _HALO, fill="none",
        stroke_opacity=0.85,
    )  # fmt: skip
    return halo + line(shaft, stroke) + draw_head(arrow.kind, end, direction, stroke)


def line(data: str, stroke: Stroke) -> str:
    """Draw a line by its path data."""
    dash = " ".join(number(part) for part in stroke.dash) or None
    return element(
        "path", d=data, stroke=stroke.colour, stroke_width=stroke.width, fill="none",
        stroke_dasharray=dash,
    )  # fmt: skip


def draw_head(kind: LinkKind, tip: Point, direction: Point, stroke: Stroke) -> str:
    """Draw the end of an arrow: a head for a cause, a ring for a condition, a hook for feedback."""
    if kind == LinkKind.CONDITION:
        x, y = tip[0] - direction[0] * _RING, tip[1] - direction[1] * _RING
        return element(
            "circle", cx=x, cy=y, r=_RING - 1, fill=GROUND, stroke=stroke.colour,
            stroke_width=max(stroke.width, 2.0),
        )  # fmt: skip
    length = 8 + 1.35 * stroke.width
    half = 4 + 0.85 * stroke.width
    base = (tip[0] - direction[0] * length, tip[1] - direction[1] * length)
    across = (-direction[1] * half, direction[0] * half)
    corners = [
        (base[0] + across[0], base[1] + across[1]),
        (base[0] - across[0], base[1] - across[1]),
    ]
    if kind == LinkKind.FEEDBACK:
        bends = [f"{number(x)} {number(y)}" for x, y in (corners[0], tip, corners[1])]
        data = "M" + "L".join(bends)
        return element(
            "path", d=data, fill="none", stroke=stroke.colour,
            stroke_width=max(stroke.width, 2.0), stroke_linejoin="round", stroke_linecap="round",
        )  # fmt: skip
    return polygon([tip, *corners], fill=stroke.colour)


def _head_length(kind: LinkKind, stroke: Stroke) -> float:
    if kind == LinkKind.CONDITION:
        return 2 * _RING - 1
    return 1.0 if kind == LinkKind.FEEDBACK else 6 + 1.2 * stroke.width


def _direction(start: Point, end: Point) -> Point:
    size = math.dist(start, end) or 1.0
    return (end[0] - start[0]) / size, (end[1] - start[1]) / size


def _shortened(points: tuple[Point, ...], direction: Point, length: float) -> tuple[Point, ...]:
    """End the shaft where the head begins, so that a thick line does not reach past the tip."""
    (cx, cy), (x, y) = points[-2:]
    dx, dy = direction[0] * length, direction[1] * length
    return (*points[:-2], (cx - dx, cy - dy), (x - dx, y - dy))


def draw_label(
    arrow: Arrow, mark: GradeMark, stroke: Stroke, measures: Measures, language: Language
) -> str:
    """Draw the label of an arrow: its code, and the words of its grade where room was kept."""
    code = arrow.code + ("*" if mark.sensitive else "")
    width = text_width(code, measures.label_size, "bold") + 12
    slot = arrow.label
    pill = element(
        "rect", x=slot.x - width / 2, y=slot.y - slot.height / 2, width=width, height=slot.height,
        rx=slot.height / 2, fill=GROUND, stroke=stroke.colour, stroke_width=1.3,
    )  # fmt: skip
    written = text(
        code, slot.x, slot.y + measures.label_size * CAP_HEIGHT / 2, measures.label_size,
        font_weight="700", text_anchor="middle", fill=INK,
    )  # fmt: skip
    has_words = arrow.words is not None and not _has_own_look(arrow.kind, mark)
    return pill + written + (_words(arrow, mark, measures, language) if has_words else "")


def _has_own_look(kind: LinkKind, mark: GradeMark) -> bool:
    return mark.value == NOT_ASSESSED and kind != LinkKind.CAUSE


def _words(arrow: Arrow, mark: GradeMark, measures: Measures, language: Language) -> str:
    """Write the words of a grade close to the code, over a halo that parts them from arrows."""
    slot = arrow.words
    if slot is None:
        return ""
    size, step = measures.label_size, measures.label_line
    lines = wrap(mark.words(language), slot.width, size, language)
    is_above = slot.y < arrow.label.y
    top = slot.y - slot.height / 2
    top = top + slot.height - len(lines) * step if is_above else top
    x, anchor = _anchor(arrow.label, slot)
    rows = [
        element("tspan", escaped(line), x=x, y=top + step * (place + 0.78))
        for place, line in enumerate(lines)
    ]
    halo = element(
        "text", *rows, font_size=size, text_anchor=anchor, stroke=GROUND, stroke_width=3.5,
        stroke_linejoin="round", fill=GROUND, stroke_opacity=0.9, aria_hidden="true",
    )  # fmt: skip
    return halo + element("text", *rows, font_size=size, text_anchor=anchor, fill=INK)


def _anchor(label: Slot, words: Slot) -> tuple[float, str]:
    """Set words that stand aside as near to their label as their room allows."""
    if abs(words.x - label.x) < 1:
        return words.x, "middle"
    if words.x > label.x:
        return words.x - words.width / 2, "start"
    return words.x + words.width / 2, "end"
