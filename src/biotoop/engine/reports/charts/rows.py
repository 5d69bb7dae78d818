"""One row a result: label, interval with its middle, and the figures in words.

Forest plot, specification curve, bands of payers, tornado and worth of information are all drawn
from these rows. Heights follow from the labels, so that nothing can overlap; on a phone the label
stands above its interval.
"""

from collections.abc import Sequence

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.reports.charts.drawing import LINE, Spec, draw
from biotoop.engine.reports.charts.palette import BAND, GREEN, INK, PAPER, SOFT, ZERO
from biotoop.engine.reports.charts.row_places import (
    GAP,
    NARROW,
    WIDE,
    IntervalRow,
    Layout,
    place_rows,
)


@attrs.frozen(kw_only=True)
class Axis:
    """The horizontal axis.

    Attributes
    ----------
    title
        What is measured, in which unit.
    format
        d3 format of its numbers.
    left, right
        What the two sides of zero mean; "" for nothing.
    zero
        Whether the line at zero is drawn and kept in view.
    thick
        Whether intervals are broad bands (P5-P95) or thin lines (confidence).
    """

    title: str
    format: str = ",.6~f"
    left: str = ""
    right: str = ""
    zero: bool = True
    thick: bool = False


def draw_rows(
    rows: Sequence[IntervalRow], axis: Axis, language: Language
) -> tuple[Picture, Picture]:
    """Draw rows for paper and screen, and for a phone."""
    return (
        draw(_spec(rows, axis, WIDE, language), language),
        draw(_spec(rows, axis, NARROW, language), language),
    )


def _spec(rows: Sequence[IntervalRow], axis: Axis, layout: Layout, language: Language) -> Spec:
    placed, height = place_rows(rows, phone=layout.above, language=language)
    y = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, height], "range": [0, height], "nice": False, "zero": False},
    }
    x = {
        "type": "quantitative",
        "scale": {"zero": axis.zero, "nice": True},
        "axis": {
            "title": axis.title,
            "format": axis.format,
            "tickCount": 5,
            "grid": not layout.above,
        },
    }
    return {
        "width": layout.plot,
        "height": height,
        "data": {"values": placed},
        "layer": [
            *_ends(axis, layout),
            *_intervals(axis, x, y),
            *_zero(axis, x, y, layout),
            *_points(x, y),
            *_texts(layout, y),
        ],
    }


def _ends(axis: Axis, layout: Layout) -> list[Spec]:
    """Say above the plot what its two sides mean."""
    found: list[Spec] = []
    sides = (("left", axis.left, 0), ("right", axis.right, layout.plot))
    for align, words, at in sides:
        if words:
            found.append(
                {
                    "data": {"values": [{}]},
                    "mark": {
                        "type": "text",
                        "align": align,
                        "color": SOFT,
                        "text": words,
                        "fontSize": 12,
                    },
                    "encoding": {"x": {"value": at}, "y": {"value": -10}},
                }
            )
    return found


def _zero(axis: Axis, x: Spec, y: Spec, layout: Layout) -> list[Spec]:
    """Draw the line at zero; on a phone only beside the intervals, so that no label is crossed."""
    if not axis.zero:
        return []
    rule = {"type": "rule", "color": ZERO, "strokeWidth": 1.5}
    if not layout.above:
        return [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": rule,
                "encoding": {"x": {"field": "zero", **x}},
            }
        ]
    return [
        {
            "transform": [
                {"filter": "isValid(datum.low) || isValid(datum.value)"},
                {"calculate": "0", "as": "zero"},
                {"calculate": "datum.y - 10", "as": "y1"},
                {"calculate": "datum.y + 10", "as": "y2"},
            ],
            "mark": rule,
            "encoding": {
                "x": {"field": "zero", **x},
                "y": {"field": "y1", **y},
                "y2": {"field": "y2"},
            },
        }
    ]


_STRENGTH: Spec = {"condition": {"test": "datum.strong", "value": GREEN}, "value": INK}


def _intervals(axis: Axis, x: Spec, y: Spec) -> list[Spec]:
    at = {"y": {"field": "y", **y}}
    span = {"x": {"field": "low", **x}, "x2": {"field": "high"}, **at}
    has_ends = {"filter": "isValid(datum.low) && !isValid(datum.filled_to)"}
    line: Spec = {"type": "rule", "strokeCap": "butt", "strokeWidth": 13 if axis.thick else 2.5}
    band: Spec = {"value": BAND} if axis.thick else _STRENGTH
    return [
        {"transform": [has_ends], "mark": line, "encoding": {**span, "color": band}},
        *_bars(x, at),
    ]


def _points(x: Spec, y: Spec) -> list[Spec]:
    at = {"y": {"field": "y", **y}}
    return [
        {
            "transform": [{"filter": "isValid(datum.tick)"}],
            "mark": {
                "type": "tick",
                "color": INK,
                "thickness": 2,
                "height": 13,
                "orient": "vertical",
            },
            "encoding": {"x": {"field": "tick", **x}, **at},
        },
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 95, "strokeWidth": 2},
            "encoding": {
                "x": {"field": "value", **x},
                **at,
                "stroke": _STRENGTH,
                "fill": {"condition": {"test": "datum.strong", "value": GREEN}, "value": PAPER},
            },
        },
    ]


def _bars(x: Spec, at: Spec) -> list[Spec]:
    """Tornado: outlined where the input is low, filled where it is high."""
    has_bar = {"filter": "isValid(datum.filled_to)"}
    bar: Spec = {"type": "bar", "height": 15, "strokeWidth": 1.5, "stroke": GREEN}
    low = {"x": {"field": "low", **x}, "x2": {"field": "filled_to"}, **at}
    high = {"x": {"field": "high", **x}, "x2": {"field": "filled_to"}, **at}
    return [
        {"transform": [has_bar], "mark": {**bar, "color": PAPER}, "encoding": low},
        {"transform": [has_bar], "mark": {**bar, "color": GREEN}, "encoding": high},
    ]


def _texts(layout: Layout, y: Spec) -> list[Spec]:
    weight = {"condition": {"test": "datum.strong", "value": "bold"}, "value": "normal"}
    text: Spec = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "lineHeight": LINE,
        "lineBreak": "\n",
    }
    label_x = 0 if layout.above else -layout.label
    shown_x = 0 if layout.above else layout.plot + GAP
    return [
        {
            "mark": text,
            "encoding": {
                "x": {"value": label_x},
                "y": {"field": "text_y", **y},
                "text": {"field": "label"},
                "fontWeight": weight,
            },
        },
        {
            "mark": {**text, "color": SOFT if layout.above else INK},
            "encoding": {
                "x": {"value": shown_x},
                "y": {"field": "shown_y", **y},
                "text": {"field": "shown"},
                "fontWeight": weight,
            },
        },
    ]
