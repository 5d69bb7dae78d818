"""Draw the theory of change of examples/ontmoeten with its grades, for the README.

Run ``python scripts/picture.py`` after a change of the example or of the drawing.
"""

import tempfile
from pathlib import Path

from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.running import run_study
from biotoop.engine.theory.drawing import draw_svg
from biotoop.engine.theory.grade_marks import GradeMark
from biotoop.engine.theory.layout import lay_out

ROOT = Path(__file__).parents[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as store:
        findings = run_study(check_folder(ROOT / "examples" / "ontmoeten", store=Path(store)))
    grades = {
        link.target: GradeMark(value=link.grade.value, sensitive=link.sensitivity.sensitive)
        for link in findings.plausibility.links
    }
    drawing = lay_out(findings.theory, language="nl", labels="words")
    svg = draw_svg(findings.theory, drawing, language="nl", grades=grades)
    (ROOT / "docs" / "pictures" / "theory.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
