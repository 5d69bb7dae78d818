"""Elements of an SVG, with every text and attribute escaped."""

import html
import re
from collections.abc import Sequence

from biotoop.engine.theory.picture import Point

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Write a length with at most two decimals."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def escaped(text: str) -> str:
    """Make a text safe inside an element; control characters that XML forbids are left out."""
    return html.escape(_NOT_IN_XML.sub("", text), quote=False)


def element(name: str, *inside: str, **attributes: str | float | None) -> str:
    """Write an element.

    Parameters
    ----------
    name
        Name of the element.
    *inside
        What stands inside, already safe: other elements, or text through ``escaped``.
    **attributes
        Attributes; an underscore in a name becomes a hyphen, None leaves the attribute out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return html.escape(_NOT_IN_XML.sub("", value))
    return number(value)


def text(line: str, x: float, y: float, size: float, **attributes: str | float | None) -> str:
    """Write a line of text with its baseline at y."""
    return element("text", escaped(line), x=x, y=y, font_size=size, **attributes)


def path_data(points: Sequence[Point]) -> str:
    """Write a chain of cubic curves as path data."""
    start, *rest = (f"{number(x)} {number(y)}" for x, y in points)
    curves = (" ".join(rest[place : place + 3]) for place in range(0, len(rest), 3))
    return f"M{start}" + "".join(f"C{curve}" for curve in curves)


def polygon(points: Sequence[Point], **attributes: str | float | None) -> str:
    """Write a closed shape with straight sides."""
    written = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon", points=written, **attributes)
