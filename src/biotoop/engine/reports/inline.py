"""Stretches of text, and the signs that stand beside words."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Language


@attrs.frozen(kw_only=True)
class Run:
    """A stretch of text in one language and one style.

    Attributes
    ----------
    text
        The words.
    lang
        The language when it is not that of the report (a text without translation), else None.
    style
        "plain", "strong" or "code".
    """

    text: str
    lang: Language | None = None
    style: str = "plain"


Prose = tuple[Run, ...]


class Tone(StrEnum):
    """How a paragraph speaks: as usual, first, or softly."""

    NORMAL = "normal"
    LEAD = "lead"
    SOFT = "soft"


class Mark(StrEnum):
    """The sign before a line; drawn as a shape beside a word, never as colour alone."""

    NONE = "none"
    HELD = "held"
    FAILED = "failed"
    DOUBT = "doubt"


@attrs.frozen(kw_only=True)
class GradeMark:
    """A grade as it is shown everywhere: its word beside a stretch of its arrow.

    Attributes
    ----------
    key, word
        The grade, and its word.
    width, dash, colour
        Stroke of the arrow in pixels, lengths of strokes and gaps in turn, and colour.
    """

    key: str
    word: str
    width: float
    dash: tuple[float, ...]
    colour: str
