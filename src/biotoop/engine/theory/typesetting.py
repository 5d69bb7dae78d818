"""Text in lines: fitted to a width, evenly filled, with long words broken where they may be."""

import re
from collections.abc import Callable, Iterator

from biotoop.engine.core.messages import Language
from biotoop.engine.theory.hyphenation import SOFT_HYPHEN, break_points, compound_points
from biotoop.engine.theory.typeface import Weight, text_width

_WORD = re.compile(r"[^ \t\r\n]+")
_BEHIND_HYPHEN = re.compile(r"(?<=[^\W\d_][-/])(?=[^\W\d_])")
_BOUND = re.compile(r"(?<=[€$]) (?=\d)|(?<=\d) (?=[%€]|procent|percent|euro|uur)|(?<=\bEUR) (?=\d)")
_BINDING_SPACE = "\u00a0"
_SMALLEST_STEP = 1.0

Fits = Callable[[str, float], bool]
Piece = tuple[str, str]
"""What stands between the piece and the one before it, and the piece itself; a soft hyphen at its
end becomes a hyphen when a line ends there."""


def wrap(
    text: str, width: float, size: float, language: Language, *, weight: Weight = "regular"
) -> tuple[str, ...]:
    """Set a text in as few lines as fit the width, filled as evenly as they can be.

    Parameters
    ----------
    text
        The text; soft hyphens in it say where a word may be broken.
    width
        Room for a line, in the unit of ``size``.
    size
        Size of the type.
    language
        Language whose words are broken.
    weight
        Weight of the type.

    Returns
    -------
    tuple of str
        The lines, with hyphens where a word was broken and without soft hyphens. Amounts stay
        with their unit. No line is wider than ``width``, unless two letters are.
    """

    def fits(line: str, room: float) -> bool:
        return text_width(line.replace(SOFT_HYPHEN, "-"), size, weight) <= room

    words = _WORD.findall(_BOUND.sub(_BINDING_SPACE, text))
    pieces = [piece for word in words for piece in _pieces(word, width, language, fits)]
    lines = _fill(pieces, width, fits)
    low, high = 0.0, width
    while high - low > _SMALLEST_STEP:
        middle = (low + high) / 2
        narrower = _fill(pieces, middle, fits)
        is_even = len(narrower) == len(lines) and all(fits(line, middle) for line in narrower)
        low, high = (low, middle) if is_even else (middle, high)
    return tuple(line.replace(SOFT_HYPHEN, "-") for line in _fill(pieces, high, fits))


def _pieces(word: str, width: float, language: Language, fits: Fits) -> Iterator[Piece]:
    """Give the parts of a word that may stand on lines of their own."""
    between = " "
    for part in _BEHIND_HYPHEN.split(word):
        rest = part
        while not fits(rest.replace(SOFT_HYPHEN, ""), width) and len(rest) > 2:
            head, rest = _broken(rest, width, language, fits)
            yield between, head
            between = ""
        yield between, rest.replace(SOFT_HYPHEN, "")
        between = ""


def _broken(word: str, width: float, language: Language, fits: Fits) -> tuple[str, str]:
    """Break a word once: between the parts of a compound, else syllables, else anywhere."""
    plain = word.replace(SOFT_HYPHEN, "")

    def last(points: tuple[int, ...]) -> int:
        fitting = [p for p in points if fits(_head(plain, p), width)]
        return max(fitting, default=0)

    joint = last(compound_points(word, language))
    point = joint if joint >= len(plain) // 3 else last(break_points(word, language))
    point = point or last(tuple(range(1, len(plain)))) or 1
    rest = word.removeprefix(plain[:point]) if SOFT_HYPHEN not in word else _behind(word, point)
    return _head(plain, point), rest


def _head(word: str, point: int) -> str:
    is_word = word[point - 1].isalpha() and word[point].isalpha()
    return word[:point] + (SOFT_HYPHEN if is_word else "")


def _behind(word: str, point: int) -> str:
    """Give what follows so many letters of a word with soft hyphens."""
    place = 0
    for letter in word:
        if point == 0 and letter != SOFT_HYPHEN:
            break
        point -= letter != SOFT_HYPHEN
        place += 1
    return word[place:]


def _fill(pieces: list[Piece], width: float, fits: Fits) -> list[str]:
    """Fill lines one after the other; a break that turns out not to be needed leaves no hyphen."""
    lines: list[str] = []
    for between, piece in pieces:
        joined = lines[-1].rstrip(SOFT_HYPHEN) + between + piece if lines else piece
        if lines and fits(joined, width):
            lines[-1] = joined
        else:
            lines.append(piece)
    return lines
