"""The grade of a step as it is shown everywhere: a word beside a stretch of its arrow."""

from biotoop.engine.evidence.model import Grade
from biotoop.engine.reports.inline import GradeMark
from biotoop.engine.reports.pen import Pen
from biotoop.engine.theory.grade_marks import NOT_ASSESSED, STROKES


def grade_mark(pen: Pen, grade: Grade | None) -> GradeMark:
    """Give the mark of a grade, with the stroke that its arrow has in the drawing of the theory.

    None is "cannot be said".
    """
    key = NOT_ASSESSED if grade is None else grade.value
    stroke = STROKES[key]
    return GradeMark(
        key=key,
        word=pen.word(f"plausibility.grade.{key}"),
        width=stroke.width,
        dash=stroke.dash,
        colour=stroke.colour,
    )
