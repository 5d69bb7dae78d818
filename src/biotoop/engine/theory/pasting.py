"""A first theory of change out of what people already have: a table or an outline, pasted.

What the text does not say is asked; nothing is invented. Read again with the answers until
nothing is asked any more.
"""

from collections.abc import Mapping

from biotoop.engine.core.problems import Problem
from biotoop.engine.theory.pasted import Pasted, Shape
from biotoop.engine.theory.pasted_joining import join
from biotoop.engine.theory.pasted_outline import read_outline
from biotoop.engine.theory.pasted_parts import Parts, at_row
from biotoop.engine.theory.pasted_tables import is_table, read_tables

MOST_CHARACTERS = 200_000
MOST_ROWS = 600


def read_pasted(text: str, answers: Mapping[str, str] | None = None) -> Pasted:
    """Read a pasted table or outline.

    Parameters
    ----------
    text
        Rows from Excel or Word with tabs between the cells, under headers in Dutch or English
        (van, naar, als, dan, omdat, aanname, andere verklaring, niveau, knoop) or with a column
        for each level; or bullets under headings, arrows (A -> B), and sentences
        "als .. dan .. omdat ..".
    answers
        Answers given so far, by the key of the question.

    Returns
    -------
    Pasted
        What was found, what is still asked, and every fault with its row.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    if not text.strip():
        return Pasted(shape=Shape.EMPTY, problems=(at_row(1, "empty"),))
    too_much = _too_much(text)
    if too_much is not None:
        return Pasted(shape=Shape.EMPTY, problems=(too_much,))
    answers = answers or {}
    read = read_tables if is_table(text) else read_outline
    parts: Parts = read(text, answers)
    return join(parts, answers)


def _too_much(text: str) -> Problem | None:
    rows = text.count("\n") + 1
    if len(text) > MOST_CHARACTERS:
        return at_row(1, "too_long", count=len(text), most=MOST_CHARACTERS)
    if rows > MOST_ROWS:
        return at_row(MOST_ROWS + 1, "too_many_rows", count=rows, most=MOST_ROWS)
    return None
