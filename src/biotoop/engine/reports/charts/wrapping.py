"""Breaking labels into lines, so that long names never run into the figures beside them."""

from biotoop.engine.core.messages import Language
from biotoop.engine.theory.hyphenation import SOFT_HYPHEN, break_points, compound_points
from biotoop.engine.theory.typeface import text_width

_SHORTEST_PIECE = 4


def wrapped(text: str, width: float, size: float, language: Language) -> tuple[str, ...]:
    """Break a text into lines of at most ``width`` pixels.

    Parameters
    ----------
    text
        The text. A line break in it stays, and a space that does not break is kept.
    width, size
        Width of a line and size of the type, in pixels.
    language
        By whose rules a word that is longer than a line is hyphenated; where none is known it
        is cut.
    """
    return tuple(line for part in text.split("\n") for line in _lines(part, width, size, language))


def _lines(text: str, width: float, size: float, language: Language) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for piece in _pieces(word, width, size, language):
            tried = f"{line} {piece}".strip()
            if line and text_width(tried, size) > width:
                lines.append(line)
                line = piece
            else:
                line = tried
    return (*lines, line)


def _pieces(word: str, width: float, size: float, language: Language) -> list[str]:
    """Split a word that is longer than a line, at the last good place that fits."""
    rest = word.replace(SOFT_HYPHEN, "")
    if text_width(rest, size) <= width:
        return [rest]
    points = compound_points(word, language) or break_points(word, language)
    fitting = [point for point in points if text_width(f"{rest[:point]}-", size) <= width]
    cut = fitting[-1] if fitting else _longest(rest, width, size)
    if cut >= len(rest):
        return [rest]
    return [f"{rest[:cut]}-", *_pieces(rest[cut:], width, size, language)]


def _longest(word: str, width: float, size: float) -> int:
    cut = len(word) - 1
    while cut > _SHORTEST_PIECE and text_width(f"{word[:cut]}-", size) > width:
        cut -= 1
    return cut if cut > _SHORTEST_PIECE else len(word)
