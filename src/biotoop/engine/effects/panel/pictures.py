"""Pictures of estimates as SVG: named effects under each other, or effects along a line.

Colours follow the text around the picture, so that it reads in light and dark notebooks. Each
picture has a title and says in words what it shows, for who cannot see it.
"""

import math
from collections.abc import Sequence
from html import escape
from itertools import pairwise

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.formats import MINUS
from biotoop.engine.core.messages import Language, note, word
from biotoop.engine.effects.panel.shown import decimals, fixed

_WIDTH = 640.0
_ROW = 26.0
_TOP = 34.0
_LETTER = 7.2
_STYLE = 'font-family="system-ui, sans-serif" font-size="13" fill="currentColor"'


@attrs.frozen(kw_only=True)
class Band:
    """A line with its interval, and a wider one that holds for the whole line at once."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    all_low: tuple[float, ...] = ()
    all_high: tuple[float, ...] = ()


@attrs.frozen(kw_only=True)
class _Scale:
    """From values to places in the picture."""

    least: float
    most: float
    start: float
    end: float

    @staticmethod
    def of(values: Sequence[float], start: float, end: float) -> "_Scale":
        least, most = min(values), max(values)
        room = 0.04 * (most - least) or abs(most) or 1.0
        return _Scale(least=least - room, most=most + room, start=start, end=end)

    def at(self, value: float) -> float:
        share = (value - self.least) / (self.most - self.least)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round numbers, some five of them."""
        rough = (self.most - self.least) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough)
        first = math.ceil(self.least / step)
        return [place * step for place in range(first, math.floor(self.most / step) + 1)]


def ladder(title: str, rows: Sequence[tuple[str, Estimate]], language: Language) -> str:
    """Draw named effects under each other, with a line at no effect."""
    left = min(20.0 + _LETTER * max(len(name) for name, _ in rows), 0.45 * _WIDTH)
    bottom = _TOP + _ROW * len(rows)
    ends = [end for _, found in rows for end in _ends(found)]
    scale = _Scale.of([0.0, *ends], left, _WIDTH - 16.0)
    parts = [_line(scale.at(0.0), _TOP, scale.at(0.0), bottom, dash="4 3")]
    for place, (name, found) in enumerate(rows):
        y = _TOP + _ROW * (place + 0.5)
        low, high = _ends(found)
        parts.append(_text(left - 12.0, y + 4.0, _short(name, left), "end"))
        parts.append(_line(scale.at(low), y, scale.at(high), y, width=2.0))
        parts.append(_dot(scale.at(found.value), y))
    ticks = scale.ticks()
    parts += [_text(scale.at(t), bottom + 18.0, _number(t, ticks, language)) for t in ticks]
    said = note("panel.picture.ladder", rows=len(rows), effects=_said(rows, language))
    return _svg(title, said.text(language), parts, bottom + 30.0)


def event_plot(title: str, events: Sequence[tuple[int, Estimate]], language: Language) -> str:
    """Draw effects by the time since the start, with lines at no effect and at the start."""
    top, bottom = _TOP, 300.0
    ends = [end for _, found in events for end in _ends(found)]
    up = _Scale.of([0.0, *ends], bottom, top)
    along = _Scale.of([float(since) for since, _ in events] + [-1.0], 62.0, _WIDTH - 20.0)
    parts = [_line(62.0, up.at(0.0), _WIDTH - 16.0, up.at(0.0), dash="4 3")]
    parts.append(_line(along.at(-0.5), top, along.at(-0.5), bottom, dash="1 3"))
    for since, found in events:
        low, high = _ends(found)
        x = along.at(float(since))
        parts.append(_line(x, up.at(low), x, up.at(high), width=2.0))
        parts.append(_dot(x, up.at(found.value), hollow=since < 0))
    parts += _up(up, language)
    every = max(1, len(events) // 12)
    shown = [since for since, _ in events][::every]
    parts += [
        _text(along.at(float(t)), bottom + 18.0, f"{t:+d}".replace("-", MINUS)) for t in shown
    ]
    parts.append(_text(_WIDTH / 2, bottom + 38.0, word("panel.picture", "since", language)))
    rows = [(f"{since:+d}", found) for since, found in events]
    said = note("panel.picture.events", effects=_said(rows, language))
    return _svg(title, said.text(language), parts, bottom + 50.0)


def curve_plot(title: str, band: Band, across: str, said: str, language: Language) -> str:
    """Draw a line with its bands, with a line at no effect."""
    top, bottom = _TOP, 300.0
    ends = [*band.low, *band.high, *band.all_low, *band.all_high, 0.0]
    up, along = _Scale.of(ends, bottom, top), _Scale.of(band.x, 62.0, _WIDTH - 20.0)

    def area(low: Sequence[float], high: Sequence[float], shade: float) -> str:
        there = zip(band.x, high, strict=True)
        back = zip(reversed(band.x), reversed(low), strict=True)
        points = " ".join(f"{along.at(x):.1f},{up.at(y):.1f}" for x, y in (*there, *back))
        return f'<polygon points="{points}" fill="currentColor" fill-opacity="{shade}"/>'

    line = " ".join(
        f"{along.at(x):.1f},{up.at(y):.1f}" for x, y in zip(band.x, band.y, strict=True)
    )
    parts = [area(band.all_low, band.all_high, 0.1)] if band.all_low else []
    parts += [
        area(band.low, band.high, 0.2),
        _line(62.0, up.at(0.0), _WIDTH - 16.0, up.at(0.0), dash="4 3"),
        f'<polyline points="{line}" fill="none" stroke="currentColor" stroke-width="2"/>',
        *_up(up, language),
    ]
    ticks = along.ticks()
    parts += [_text(along.at(t), bottom + 18.0, _number(t, ticks, language)) for t in ticks]
    parts.append(_text(_WIDTH / 2, bottom + 38.0, across))
    return _svg(title, said, parts, bottom + 50.0)


def _up(scale: _Scale, language: Language) -> list[str]:
    ticks = scale.ticks()
    return [_text(54.0, scale.at(t) + 4.0, _number(t, ticks, language), "end") for t in ticks]


def _ends(found: Estimate) -> tuple[float, float]:
    low = found.value if found.low is None else found.low
    return low, found.value if found.high is None else found.high


def _said(rows: Sequence[tuple[str, Estimate]], language: Language) -> str:
    parts = []
    for name, found in rows:
        digits = decimals(found.se or abs(found.value))
        low, high = (fixed(end, digits, language) for end in _ends(found))
        to = word("panel.shown", "to", language)
        parts.append(f"{name} {fixed(found.value, digits, language)} ({low} {to} {high})")
    return "; ".join(parts)


def _short(name: str, room: float) -> str:
    most = int((room - 20.0) / _LETTER)
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _number(value: float, ticks: Sequence[float], language: Language) -> str:
    step = min((b - a for a, b in pairwise(ticks)), default=abs(value) or 1.0)
    return fixed(value, max(0, -math.floor(math.log10(step) + 1e-9)), language)


def _line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1.0, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="currentColor" stroke-width="{width:g}"{dashed}/>'
    )


def _dot(x: float, y: float, *, hollow: bool = False) -> str:
    fill = 'fill="none" stroke="currentColor" stroke-width="2"' if hollow else 'stroke="none"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {fill}/>'


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(title: str, said: str, parts: Sequence[str], height: float) -> str:
    head = _short(title, _WIDTH + 20.0)
    heading = f'<text x="8" y="18" font-weight="600">{escape(head)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {height:.0f}"'
        f' role="img" style="max-width:{_WIDTH:.0f}px" {_STYLE}>'
        f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
        f"{heading}{''.join(parts)}</svg>"
    )
