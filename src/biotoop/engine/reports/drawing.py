"""The picture of the theory of change, with the grade of every step."""

from biotoop.engine.plausibility.result import LinkAssessment
from biotoop.engine.reports.account import Account
from biotoop.engine.reports.blocks import Picture
from biotoop.engine.theory.drawing import draw_svg
from biotoop.engine.theory.grade_marks import GradeMark
from biotoop.engine.theory.layout import lay_out


def theory_picture(account: Account) -> Picture:
    """Draw the theory; the same boxes and arrows as in the editor of the workplace."""
    theory, language = account.findings.theory, account.pen.language
    drawing = lay_out(theory, language=language)
    found = account.findings.plausibility
    svg = draw_svg(
        theory,
        drawing,
        language=language,
        grades=_marks((*found.links, *found.routes_as_whole)),
    )
    return Picture(svg=svg, width=drawing.width)


def _marks(judged: tuple[LinkAssessment, ...]) -> dict[str, GradeMark]:
    return {
        item.target: GradeMark(value=item.grade.value, sensitive=item.sensitivity.sensitive)
        for item in judged
    }
