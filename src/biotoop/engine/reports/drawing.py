"""The picture of the theory of change, with the grade of every step."""

from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.theory.drawing import draw_svg
from biotoop.engine.theory.grade_marks import GradeMark
from biotoop.engine.theory.layout import lay_out


def theory_picture(account: Account) -> Picture:
    """Draw the theory; the same boxes and arrows as in the editor of the workplace."""
    theory, language = account.findings.theory, account.pen.language
    drawing = lay_out(theory, language=language)
    marks = {
        found.target: GradeMark(value=found.grade.value, sensitive=found.sensitivity.sensitive)
        for found in account.findings.plausibility.links
    }
    svg = draw_svg(theory, drawing, language=language, grades=marks)
    return Picture(svg=svg, width=drawing.width)
