"""Measures over time: by date of observation, with straight lines between what was seen."""

import datetime as dt
from collections.abc import Sequence

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.reports.charts.drawing import LINE, SIZE, Spec, draw
from biotoop.engine.reports.charts.palette import GREEN, INK, PAPER, SOFT
from biotoop.engine.reports.charts.wrapping import wrapped
from biotoop.engine.theory.typeface import text_width


@attrs.frozen(kw_only=True)
class WavePoint:
    """One moment: its day, its name, and the mean with its interval."""

    date: dt.date
    label: str
    shown: str
    value: float
    low: float | None
    high: float | None


@attrs.frozen(kw_only=True)
class WavePanel:
    """One measure: its name with unit, and its moments."""

    title: str
    points: tuple[WavePoint, ...]


_HEIGHT = 150
_LABEL_SIZE = 12
_EDGE = 30
_NAME = 2 * LINE + 4
_ROOM = 34
_LAYERS_ABOVE_NAMES = 5


def draw_waves(panels: Sequence[WavePanel], language: Language) -> tuple[Picture, Picture]:
    """Draw a panel for each measure; two beside each other on paper, one below another on a phone.

    The horizontal place follows the date of observation, whatever the order in which the moments
    come; between two moments the line is straight, as nothing was seen there.
    """
    beside = 2 if len(panels) > 1 else 1
    return (
        draw(_beside_each_other(panels, 270, beside, language), language),
        draw(_beside_each_other(panels, 260, 1, language), language),
    )


def _beside_each_other(
    panels: Sequence[WavePanel], width: int, columns: int, language: Language
) -> Spec:
    """Line panels up by their axes, with room between the rows for titles and names."""
    made = [_panel(panel, width, language) for panel in panels]
    titles = max(len(panel["title"]["text"]) for panel in made)
    names = max(len(panel["layer"]) for panel in made) - _LAYERS_ABOVE_NAMES
    return {
        "concat": made,
        "columns": columns,
        "align": "all",
        "bounds": "flush",
        "spacing": {"row": _ROOM + LINE * titles + _NAME * names, "column": 52},
    }


def _panel(panel: WavePanel, width: int, language: Language) -> Spec:
    points = sorted(panel.points, key=lambda point: point.date)
    first, last = points[0].date, points[-1].date
    days = max((last - first).days, 1)
    after = [*(point.value for point in points[1:]), -float("inf")]
    rows = [
        {
            "rises": later > point.value,
            "day": (point.date - first).days,
            "label": point.label,
            "shown": point.shown,
            "value": point.value,
            **({} if point.low is None else {"low": point.low, "high": point.high}),
        }
        for point, later in zip(points, after, strict=True)
    ]
    x = {
        "field": "day",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, days], "range": [_EDGE, width - _EDGE], "nice": False},
    }
    y = {
        "type": "quantitative",
        "scale": {"zero": False, "nice": True, "padding": 14},
        "axis": {"title": None, "tickCount": 4, "format": ",.6~f"},
    }
    return {
        "title": {
            "text": list(wrapped(panel.title, width + 20, SIZE, language)),
            "anchor": "start",
            "fontSize": SIZE,
            "color": INK,
            "lineHeight": LINE,
            "offset": 12,
        },
        "width": width,
        "height": _HEIGHT,
        "data": {"values": rows},
        "layer": [*_lines(x, y), *_labels(rows, x, days, width)],
    }


def _lines(x: Spec, y: Spec) -> list[Spec]:
    value = {"field": "value", **y}
    return [
        {
            "mark": {"type": "line", "color": GREEN, "strokeWidth": 2, "interpolate": "linear"},
            "encoding": {"x": x, "y": value},
        },
        {
            "transform": [{"filter": "isValid(datum.low)"}],
            "mark": {"type": "rule", "color": GREEN, "strokeWidth": 2},
            "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "fill": PAPER,
                "stroke": GREEN,
                "strokeWidth": 2,
                "size": 70,
                "opacity": 1,
            },
            "encoding": {"x": x, "y": value},
        },
        _values("datum.rises", 14, x, value),
        _values("!datum.rises", -10, x, value),
    ]


def _values(which: str, below: int, x: Spec, value: Spec) -> Spec:
    """Write the means beside their points, on the side where the line does not go."""
    return {
        "transform": [{"filter": which}],
        "mark": {
            "type": "text",
            "dx": 8,
            "dy": below,
            "align": "left",
            "fontWeight": "bold",
            "fontSize": _LABEL_SIZE,
        },
        "encoding": {"x": x, "y": value, "text": {"field": "shown"}},
    }


def _labels(rows: list[Spec], x: Spec, days: int, width: int) -> list[Spec]:
    """Name the moments below the panel; a name that would touch its neighbour goes lower."""
    levels: list[list[Spec]] = [[], [], []]
    ends = [-1000.0] * len(levels)
    for row in rows:
        at = _EDGE + (width - 2 * _EDGE) * row["day"] / days
        half = max(text_width(line, _LABEL_SIZE) for line in row["label"].split("\n")) / 2
        free = (level for level, end in enumerate(ends) if at - half > end + 8)
        level = next(free, len(levels) - 1)
        ends[level] = at + half
        levels[level].append(row)
    mark = {
        "type": "text",
        "baseline": "top",
        "color": SOFT,
        "fontSize": _LABEL_SIZE,
        "lineHeight": LINE,
        "lineBreak": "\n",
    }
    return [
        {
            "data": {"values": found},
            "mark": mark,
            "encoding": {
                "x": x,
                "y": {"value": _HEIGHT + 12 + level * _NAME},
                "text": {"field": "label"},
            },
        }
        for level, found in enumerate(levels)
        if found
    ]
