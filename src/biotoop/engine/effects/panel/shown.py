"""Results as people see them: lines for a terminal, a table for a notebook, Arrow for the rest."""

from collections.abc import Sequence
from html import escape

import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.formats import MINUS
from biotoop.engine.core.messages import Language, word

_SMALL = 0.001
_DIGITS = 4


def line_of(name: str, found: Estimate, language: Language) -> tuple[str, ...]:
    """Give name, estimate, error, interval and p as text."""
    digits = decimals(found.se or abs(found.value))
    low, high = (fixed(value, digits, language) for value in (found.low, found.high))
    to = word("panel.shown", "to", language)
    return (
        name,
        fixed(found.value, digits, language),
        fixed(found.se, digits, language),
        f"{low} {to} {high}",
        chance(p_value(found), language),
    )


def p_value(found: Estimate) -> float | None:
    """Give the two-sided p-value of no effect."""
    if not found.se:
        return None
    t = abs(found.value / found.se)
    if found.df is None:
        return float(2.0 * scipy.special.ndtr(-t))
    return float(2.0 * scipy.special.stdtr(found.df, -t))


def heads(language: Language) -> tuple[str, ...]:
    """Give the heads of the columns of ``line_of``."""
    keys = ("term", "estimate", "error", "interval", "p")
    return tuple(word("panel.shown", key, language) for key in keys)


def as_lines(rows: Sequence[Sequence[str]], before: str = "  ") -> list[str]:
    """Set rows under each other: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        before
        + "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def as_html(
    title: str, rows: Sequence[Sequence[str]], notes: Sequence[str], picture: str = ""
) -> str:
    """Write a table for a notebook, without styles of its own, and a picture below it."""
    head, *body = rows
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in body
    )
    below = "".join(f"<p>{escape(line)}</p>" for line in notes)
    return (
        f"<table><caption>{escape(title)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{lines}</tbody></table>{picture}{below}"
    )


def decimals(size: float) -> int:
    """Give the decimals that show two figures of the error."""
    places = 0
    while size and size < 10 and places < _DIGITS + 2:
        size, places = size * 10, places + 1
    return places


def fixed(value: float | None, digits: int, language: Language) -> str:
    """Write a number with so many decimals."""
    if value is None:
        return "-"
    shown = f"{abs(value):,.{digits}f}"
    if language == "nl":
        shown = shown.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{shown}" if value < 0 and shown.strip("0.,") else shown


def chance(p: float | None, language: Language) -> str:
    """Write a p-value."""
    if p is None:
        return "-"
    return f"<{fixed(_SMALL, 3, language)}" if p < _SMALL else fixed(p, 3, language)
