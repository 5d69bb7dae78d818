"""XML as text: every word is escaped, and what XML cannot hold is left out."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

# Control characters and halves of pairs: no XML 1.0 document may hold them, not even escaped.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Text that is XML already."""

    __slots__ = ()


def fit(text: str) -> str:
    """Leave out the characters that no XML document may hold."""
    return _UNFIT.sub("", text)


def element(name: str, *inside: str, attributes: Mapping[str, str] | None = None) -> Markup:
    """Write one element.

    Parameters
    ----------
    name
        Name of the element, with its prefix.
    inside
        What stands in it: ``Markup`` as it is, any other text escaped.
    attributes
        Its attributes; an empty value is left out.
    """
    kept = {key: value for key, value in (attributes or {}).items() if value}
    words = "".join(f" {key}={quoteattr(fit(value))}" for key, value in kept.items())
    content = "".join(part if isinstance(part, Markup) else escape(fit(part)) for part in inside)
    return Markup(f"<{name}{words}>{content}</{name}>" if content else f"<{name}{words}/>")


def joined(*parts: Markup) -> Markup:
    """Put elements behind each other."""
    return Markup("".join(parts))
