"""Two groups before and after: the two lines of which a difference in differences is made."""

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.reports.charts.drawing import Spec, draw
from biotoop.engine.reports.charts.palette import GREEN, INK, PAPER, SOFT
from biotoop.engine.reports.charts.wrapping import wrapped

_HEIGHT = 170
_WIDE = 300
_NARROW = 150
_NAME_SIZE = 12
_NAME_WIDTH = 130


@attrs.frozen(kw_only=True)
class GroupLine:
    """One group: its name, its means before and after, and how these are written."""

    name: str
    before: float
    after: float
    shown: tuple[str, str]
    reached: bool


def draw_groups(
    lines: tuple[GroupLine, ...], moments: tuple[str, str], language: Language
) -> tuple[Picture, Picture]:
    """Draw each group as a straight line from before to after; the reached group is filled."""
    wide, narrow = (_panel(lines, moments, width, language) for width in (_WIDE, _NARROW))
    return draw(wide, language), draw(narrow, language)


def _panel(
    lines: tuple[GroupLine, ...], moments: tuple[str, str], width: int, language: Language
) -> Spec:
    highest = [
        max(lines, key=lambda line: line.before),
        max(lines, key=lambda line: line.after),
    ]
    rows = [
        {
            "group": line.name,
            "reached": line.reached,
            "place": place,
            "value": value,
            "shown": line.shown[place],
            "name": wrapped(line.name, _NAME_WIDTH, _NAME_SIZE, language) if place else [""],
            "above": line is highest[place],
        }
        for line in lines
        for place, value in enumerate((line.before, line.after))
    ]
    x = {
        "field": "place",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, 1], "range": [52, width - 8], "nice": False},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True, "padding": 18},
        "axis": {"title": None, "tickCount": 4, "format": ",.6~f"},
    }
    return {
        "width": width,
        "height": _HEIGHT,
        "data": {"values": rows},
        "layer": [*_lines(x, y), *_words(x, y), _moments(x, moments)],
    }


def _lines(x: Spec, y: Spec) -> list[Spec]:
    """Draw the lines, told apart by dash and filling and not by colour alone."""
    colour = {"condition": {"test": "datum.reached", "value": GREEN}, "value": INK}
    dash = {"condition": {"test": "datum.reached", "value": [1, 0]}, "value": [6, 4]}
    fill = {"condition": {"test": "datum.reached", "value": GREEN}, "value": PAPER}
    group = {"field": "group", "type": "nominal"}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash, "detail": group},
        },
        {
            "mark": {
                "type": "point", "filled": True, "strokeWidth": 2, "size": 70, "opacity": 1,
            },
            "encoding": {"x": x, "y": y, "fill": fill, "stroke": colour, "detail": group},
        },
    ]  # fmt: skip


def _words(x: Spec, y: Spec) -> list[Spec]:
    """Write the means beside the points, and the name of each group behind its last one."""
    found = []
    for place, align, away in ((0, "right", -10), (1, "left", 10)):
        for above in (True, False):
            mark = {
                "type": "text",
                "align": align,
                "dx": away,
                "dy": -7 if above else 7,
                "fontWeight": "bold",
                "fontSize": _NAME_SIZE,
            }
            test = f"datum.place == {place} && datum.above == {str(above).lower()}"
            found.append(
                {
                    "transform": [{"filter": test}],
                    "mark": mark,
                    "encoding": {"x": x, "y": y, "text": {"field": "shown"}},
                }
            )
            if place:
                name = {**mark, "fontWeight": "normal", "dx": 54, "lineHeight": 14}
                found.append(
                    {
                        "transform": [{"filter": test}],
                        "mark": name,
                        "encoding": {"x": x, "y": y, "text": {"field": "name"}},
                    }
                )
    return found


def _moments(x: Spec, moments: tuple[str, str]) -> Spec:
    return {
        "data": {"values": [{"place": n, "label": each} for n, each in enumerate(moments)]},
        "mark": {
            "type": "text", "baseline": "top", "color": SOFT, "fontSize": _NAME_SIZE,
            "lineBreak": "\n", "lineHeight": 16,
        },
        "encoding": {"x": x, "y": {"value": _HEIGHT + 12}, "text": {"field": "label"}},
    }  # fmt: skip
