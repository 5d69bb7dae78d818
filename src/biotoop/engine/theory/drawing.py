"""The drawing of a theory as SVG: one picture for report, screen and print.

Self-contained: shapes and text with presentation attributes only, no style sheet, no script and no
reference to anything outside, so that a page with a strict content security policy shows it.
"""

from collections.abc import Mapping

from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.messages import Language, word
from biotoop.engine.theory.arrow_drawing import GROUND, INK, draw_arrow, draw_label, stroke_of
from biotoop.engine.theory.description import describe
from biotoop.engine.theory.grade_marks import GradeMark, mark_of
from biotoop.engine.theory.legend import draw_legend
from biotoop.engine.theory.model import NodeKind, TheoryOfChange
from biotoop.engine.theory.outline import phone_outline
from biotoop.engine.theory.paths import Route, conditions_on
from biotoop.engine.theory.picture import Arrow, Box, Column, Drawing
from biotoop.engine.theory.route_marks import draw_badges, route_marks
from biotoop.engine.theory.svg import element, escaped, path_data, text
from biotoop.engine.theory.typeface import CAP_HEIGHT, FAMILY, text_width
from biotoop.engine.theory.typesetting import wrap

_FONTS = f"'{FAMILY}', 'Atkinson Hyperlegible', Verdana, sans-serif"
_ACCENT = {
    NodeKind.INTERVENTION: "#4f6b8f",
    NodeKind.RESULT: "#2f7d80",
    NodeKind.OUTCOME: "#3f7f50",
    NodeKind.IMPACT: "#7a5a8c",
    NodeKind.CONTEXT: "#80704f",
}
_TINT = {
    NodeKind.INTERVENTION: "#eef2f7",
    NodeKind.RESULT: "#eaf4f4",
    NodeKind.OUTCOME: "#edf5ee",
    NodeKind.IMPACT: "#f4eff7",
    NodeKind.CONTEXT: "#f6f3ec",
}
_MUTED = "#4d5965"
_PALE = "#667380"
_EDGE = "#bcc6d0"
_TITLE = 22.0
_TITLE_LINE = 28.0
_LEGEND_GAP = 14.0
_REACH = 18.0
_FINGER = 30.0


def draw_svg(
    theory: TheoryOfChange,
    drawing: Drawing,
    *,
    language: Language,
    grades: Mapping[str, GradeMark] | None = None,
    highlight: Route | None = None,
    title: str | None = None,
    font_css: str | None = None,
    addresses: Mapping[str, str] | None = None,
) -> str:
    """Draw a theory of change.

    Parameters
    ----------
    theory
        The theory of change.
    drawing
        Its places, from ``layout.lay_out`` in the same language.
    language
        Language of the words that are not the writer's own.
    grades
        The grade of links by code; a link that is not named is "not assessed yet". Those of routes
        that were measured as a whole stand there by their ends ("N1>N9").
    highlight
        A route to light up with the conditions that sit on it; the rest goes pale but stays
        readable.
    title
        Title above the picture. Without one there is none to be seen, and the title of the theory
        is there for screen readers only.
    font_css
        ``@font-face`` rules to carry along, for a file that must stand alone.
    addresses
        For a page: where the arrow of a link or the box of a node leads to, by code. The picture is
        then a group of links, each named by its step or node.

    Returns
    -------
    str
        The SVG, the same bytes for the same input.

    Raises
    ------
    ValueError
        The places were made for texts in another language.
    """
    if language != drawing.language:
        raise ValueError(f"boxes are set in {drawing.language!r}, not in {language!r}")
    grades = grades or {}
    whole = route_marks(grades)
    head, top = _head(theory, drawing, title, language)
    below = drawing.height + _LEGEND_GAP
    legend, room = draw_legend(theory, drawing, grades, language, below, whole)
    height = top + below + room + 4
    name = f"theory-{_name(theory, drawing, grades, highlight, title)}"
    body = element(
        "g",
        *(_column(column, drawing, language) for column in drawing.columns),
        *(_column(column, drawing, language) for column in (drawing.band,) if column),
        _watermark(theory, drawing, language),
        *_arrows(theory, drawing, grades, highlight, language, addresses or {}),
        draw_badges(drawing, whole),
        legend,
        transform=f"translate(0 {top:g})" if top else None,
    )
    return element(
        "svg",
        element("title", escaped(title or theory.title.get(language)), id=f"{name}-title"),
        element(
            "desc", escaped(describe(theory, drawing, grades, language, whole)), id=f"{name}-desc"
        ),
        element("style", escaped(font_css)) if font_css else "",
        element("rect", width=drawing.width, height=height, fill=GROUND),
        head,
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {drawing.width:g} {height:g}",
        width=drawing.width,
        height=height,
        role="group" if addresses else "img",
        lang=language,
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=_FONTS,
    )


def _name(
    theory: TheoryOfChange,
    drawing: Drawing,
    grades: Mapping[str, GradeMark],
    highlight: Route | None,
    title: str | None,
) -> str:
    """Give a name that two different drawings on one page do not share."""
    said = [
        str(theory.id), theory.version, drawing.language, drawing.labels, title,
        [[code, mark.value, mark.sensitive] for code, mark in grades.items()],
        list(highlight.nodes) if highlight else None,
    ]  # fmt: skip
    return content_hash(said)[:10]


def _heading(kind: NodeKind, language: Language) -> str:
    return word("theory.kinds", kind, language)


def _head(
    theory: TheoryOfChange, drawing: Drawing, title: str | None, language: Language
) -> tuple[str, float]:
    """Draw the title, and the word "invented" at the right; give the height they take as well."""
    badge, room = _badge(drawing, language) if theory.invented else ("", 0.0)
    rows = wrap(title, drawing.width - room - 24, _TITLE, language, weight="bold") if title else ()
    shown = [
        text(row, 2, 26 + _TITLE_LINE * place, _TITLE, font_weight="700", fill=INK)
        for place, row in enumerate(rows)
    ]
    lines = max(len(rows), 1 if theory.invented else 0)
    return "".join(shown) + badge, _TITLE_LINE * lines + 16 if lines else 0.0


def _badge(drawing: Drawing, language: Language) -> tuple[str, float]:
    said = word("theory.drawing", "invented", language)
    width = text_width(said, 14, "bold") + 22
    x = drawing.width - width - 2
    frame = element("rect", x=x, y=6, width=width, height=26, rx=13, fill="none", stroke=_MUTED)
    look = text(said, x + width / 2, 24, 14, font_weight="700", fill=_MUTED, text_anchor="middle")
    return frame + look, width


def _column(column: Column, drawing: Drawing, language: Language) -> str:
    """Draw a tinted column with its heading, what it means, and how many stand in it."""
    padding = drawing.measures.column_padding
    size = drawing.measures.type_size
    heading = _heading(column.kind, language)
    x, y = column.x + padding, column.y + 27
    tint = element(
        "rect", x=column.x, y=column.y, width=column.width, height=column.height, rx=10,
        fill=_TINT[column.kind],
    )  # fmt: skip
    head = text(heading, x, y, size, font_weight="700", fill=INK)
    after = x + text_width(heading, size, "bold") + 7
    count = text(str(column.count), after, y, size, fill=_MUTED)
    meaning = word("theory.kind_help", column.kind, language)
    room = min(column.width - 2 * padding, drawing.measures.box_width * 2)
    room = drawing.measures.box_width if column.kind == NodeKind.CONTEXT else room
    rows = wrap(meaning, room, size - 3, language)
    helps = (
        text(row, x, y + 18 + 15 * place, size - 3, fill=_MUTED) for place, row in enumerate(rows)
    )
    return tint + head + count + "".join(helps)


def _watermark(theory: TheoryOfChange, drawing: Drawing, language: Language) -> str:
    """Write "invented" over the ground, under boxes and arrows, where nothing can crop it off."""
    if not theory.invented:
        return ""
    said = word("theory.drawing", "invented", language).upper()
    size = min(drawing.width * 0.72 / text_width(said, 1, "bold"), drawing.height * 0.45)
    x, y = drawing.width / 2, drawing.height / 2
    return text(
        said, x, y + size * CAP_HEIGHT / 2, size, font_weight="700", text_anchor="middle",
        fill=INK, fill_opacity=0.05, transform=f"rotate(-16 {x:g} {y:g})",
    )  # fmt: skip


def _lit(theory: TheoryOfChange, highlight: Route | None) -> tuple[set[str], set[str]]:
    """Give the links and nodes that stay lit: a route with the conditions that sit on it."""
    if highlight is None:
        return {link.code for link in theory.links}, {node.code for node in theory.nodes}
    conditions = conditions_on(theory, highlight)
    links = {*highlight.links, *(link.code for link in conditions)}
    return links, {*highlight.nodes, *(link.from_ for link in conditions)}


def _arrows(
    theory: TheoryOfChange,
    drawing: Drawing,
    grades: Mapping[str, GradeMark],
    highlight: Route | None,
    language: Language,
    addresses: Mapping[str, str],
) -> list[str]:
    """Draw arrows, thick ones on top; then boxes; then labels."""
    lit, lit_nodes = _lit(theory, highlight)
    drawn: list[tuple[bool, float, str]] = []
    labels: list[str] = []
    phrases = _phrases(theory, grades, language) if addresses else {}
    for arrow in drawing.arrows:
        mark = mark_of(arrow.code, grades)
        stroke = stroke_of(arrow.kind, mark)
        is_lit = arrow.code in lit
        drawn.append((is_lit, stroke.width, draw_arrow(arrow, stroke, faded=not is_lit)))
        if is_lit:
            label = draw_label(arrow, mark, stroke, drawing.measures, language)
            labels.append(_linked(label, arrow, addresses, phrases))
    shafts = [shape for _, _, shape in sorted(drawn, key=lambda item: item[:2])]
    boxes = [_box(box, drawing, is_lit=box.code in lit_nodes) for box in drawing.boxes]
    names = {node.code: node.label.get(language) for node in theory.nodes}
    reached = [
        _opened(shape, box.code, names, addresses)
        for shape, box in zip(boxes, drawing.boxes, strict=True)
    ]
    return [*shafts, *reached, *labels]


def _opened(shape: str, code: str, names: Mapping[str, str], addresses: Mapping[str, str]) -> str:
    """Make a box into a link, when it leads somewhere."""
    if code not in addresses:
        return shape
    return element("a", shape, href=addresses[code], aria_label=f"{code}: {names[code]}")


def _phrases(
    theory: TheoryOfChange, grades: Mapping[str, GradeMark], language: Language
) -> dict[str, str]:
    """Say each step in a sentence with its grade, for who hears the links."""
    return {
        step.code: f"{step.code}: {step.sentence} {step.words}".rstrip()
        for column in phone_outline(theory, grades, language)
        for entry in column.entries
        for step in entry.leads_to
    }


def _linked(
    label: str, arrow: Arrow, addresses: Mapping[str, str], phrases: Mapping[str, str]
) -> str:
    """Make a label, and its arrow as wide as a finger, into a link."""
    if arrow.code not in addresses:
        return label
    reach = element(
        "path", d=path_data(arrow.points), fill="none", stroke=GROUND, stroke_opacity=0,
        stroke_width=_REACH, pointer_events="stroke",
    )  # fmt: skip
    slot, size = arrow.label, max(_FINGER, arrow.label.height)
    room = element(
        "rect", x=slot.x - size / 2, y=slot.y - size / 2, width=size, height=size, fill=GROUND,
        fill_opacity=0,
    )  # fmt: skip
    said = phrases.get(arrow.code)
    return element("a", reach, room, label, href=addresses[arrow.code], aria_label=said)


def _box(box: Box, drawing: Drawing, *, is_lit: bool) -> str:
    """Draw a box with its lines, and a bar in the colour of its kind."""
    measures = drawing.measures
    size, step = measures.type_size, measures.line_height
    shape = element(
        "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=7, fill=GROUND,
        stroke=_EDGE, stroke_width=1.2,
    )  # fmt: skip
    left = f"M{box.x + 7:g} {box.y:g}h-1a6 7 0 0 0 -6 7v{box.height - 14:g}a6 7 0 0 0 6 7h1z"
    bar = element(
        "path", d=left, fill=_ACCENT[box.kind] if is_lit else _EDGE,
    )  # fmt: skip
    top = box.y + (box.height - len(box.lines) * step) / 2
    baseline = top + (step - size * CAP_HEIGHT) / 2 + size * CAP_HEIGHT
    rows = (
        element("tspan", escaped(row), x=box.x + measures.padding_x + 3, y=baseline + place * step)
        for place, row in enumerate(box.lines)
    )
    words = element("text", *rows, font_size=size, fill=INK if is_lit else _PALE)
    return shape + bar + words
