"""How a grade looks on an arrow: thickness, dash and word first, colour as a third cue.

Every grade differs from every other in thickness or dash, so that the picture can be read in black
and white. Colours keep a contrast of at least 4.5 : 1 against the white ground and the tints.
"""

from collections.abc import Mapping

import attrs

from biotoop.engine.core.messages import Language, word
from biotoop.engine.core.texts import Text

NOT_ASSESSED = "not_assessed"


@attrs.frozen(kw_only=True)
class Stroke:
    """How a line is drawn.

    Attributes
    ----------
    width
        Thickness in pixels.
    dash
        Lengths of strokes and gaps in turn; empty for an unbroken line.
    colour
        Colour as #rrggbb.
    """

    width: float
    dash: tuple[float, ...] = ()
    colour: str


STROKES: Mapping[str, Stroke] = {
    "adverse": Stroke(width=5.0, dash=(16, 5, 5, 5), colour="#8f1a3c"),
    "very_plausible": Stroke(width=6.5, colour="#0b6b4b"),
    "plausible": Stroke(width=4.0, colour="#17699c"),
    "open": Stroke(width=2.6, dash=(11, 5), colour="#80600a"),
    "disputed": Stroke(width=2.6, dash=(5, 5), colour="#ab4e07"),
    "contradicted": Stroke(width=3.4, dash=(2.5, 5), colour="#a32a24"),
    "too_little": Stroke(width=1.7, dash=(6, 4), colour="#576271"),
    NOT_ASSESSED: Stroke(width=1.3, colour="#576271"),
}
"""In the order of the legend: what speaks against comes first."""


@attrs.frozen(kw_only=True)
class GradeMark:
    """The grade of a link, as it is shown.

    Attributes
    ----------
    value
        Grade of the evidence scheme, such as "plausible", or "not_assessed".
    sensitive
        Whether leaving out one part of the evidence would change the grade.
    label
        Words to show in place of those of the grade, for an override.
    """

    value: str = attrs.field(validator=attrs.validators.in_(STROKES))
    sensitive: bool = False
    label: Text | None = None

    def words(self, language: Language) -> str:
        """Give the words of the grade."""
        return grade_words(self.value, language) if self.label is None else self.label.get(language)

    @property
    def stroke(self) -> Stroke:
        """How its arrow is drawn."""
        return STROKES[self.value]


def grade_words(value: str, language: Language) -> str:
    """Give the words of a grade; an arrow without a grade is "not assessed yet"."""
    if value == NOT_ASSESSED:
        return word("theory.drawing", NOT_ASSESSED, language)
    return word("plausibility.grade", value, language)


def mark_of(code: str, grades: Mapping[str, GradeMark]) -> GradeMark:
    """Give the mark of a link, also when nobody assessed it yet."""
    return grades.get(code) or GradeMark(value=NOT_ASSESSED)
