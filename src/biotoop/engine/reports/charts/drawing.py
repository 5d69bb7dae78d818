"""From a Vega-Lite description to SVG: same typeface, same numbers, same bytes everywhere."""

import json
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import vl_convert

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.reports.charts.palette import GRID, INK, SOFT, ZERO

FONT = "Atkinson Hyperlegible Next"
SIZE = 13
LINE = 16
Spec = dict[str, Any]

_VERSION = "6.4"
_LOCALES: dict[Language, dict[str, object]] = {
    "nl": {
        "decimal": ",",
        "thousands": ".",
        "grouping": [3],
        "currency": ["€\u00a0", ""],
        "minus": "\u2212",
    },
    "en": {
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["€", ""],
        "minus": "\u2212",
    },
}
_CONFIG: Spec = {
    "font": FONT,
    "aria": False,
    "background": None,
    "padding": 4,
    "view": {"stroke": None},
    "text": {"fontSize": SIZE, "color": INK, "font": FONT},
    "axis": {
        "labelFontSize": 12,
        "labelColor": SOFT,
        "titleFontSize": SIZE,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "titlePadding": 10,
        "labelFlush": False,
        "labelOverlap": "greedy",
        "labelSeparation": 8,
        "tickColor": ZERO,
    },
}
_ROLE = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"')
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?=[^<>]*>)")  # inside a tag only: 120.000 is also text
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)"')


@cache
def _register_fonts() -> None:
    with resources.as_file(resources.files("biotoop.engine.reports") / "fonts") as folder:
        vl_convert.register_font_directory(str(folder))


def draw(spec: Spec, language: Language) -> Picture:
    """Draw a Vega-Lite description.

    Parameters
    ----------
    spec
        The description, with its data inside; it reaches nothing outside itself.
    language
        Decides how the numbers on the axes are written.

    Returns
    -------
    Picture
        SVG with text as text, without the roles that Vega writes (the page gives the drawing one
        role and one alternative text), and with coordinates to a hundredth of a pixel.
    """
    return drawn(json.dumps(spec, sort_keys=True), language)


@lru_cache(maxsize=128)
def drawn(spec: str, language: Language) -> Picture:
    """Draw once what is asked for again, such as by the other edition of a report."""
    _register_fonts()
    svg = vl_convert.vegalite_to_svg(
        {**json.loads(spec), "config": _CONFIG},
        vl_version=_VERSION,
        format_locale=_LOCALES[language],
        allowed_base_urls=[],
    )
    svg = _LONG_NUMBER.sub(lambda found: f"{float(found.group()):.2f}", _ROLE.sub("", svg))
    found = _SIZE.search(svg)
    return Picture(svg=svg, width=float(found.group(1)) if found else 0.0)
