"""What the drawing shows, in words: for people who cannot see it."""

from collections import Counter
from collections.abc import Mapping

from biotoop.engine.core.messages import Language, note, word
from biotoop.engine.theory.grade_marks import STROKES, GradeMark, mark_of
from biotoop.engine.theory.model import LinkKind, TheoryOfChange
from biotoop.engine.theory.picture import Drawing
from biotoop.engine.theory.route_marks import RouteMark, route_in_words


def describe(
    theory: TheoryOfChange,
    drawing: Drawing,
    grades: Mapping[str, GradeMark],
    language: Language,
    whole: tuple[RouteMark, ...] = (),
) -> str:
    """Say in words what the drawing shows, for people who cannot see it."""
    measured = [route_in_words(theory, route, language) for route in whole]
    heading = word("theory.drawing", "routes", language)
    more = f" {heading} {' '.join(measured)}" if measured else ""
    columns = [*drawing.columns, *([drawing.band] if drawing.band else [])]
    counts = Counter(
        mark_of(link.code, grades).words(language)
        for link in theory.links
        if link.code in grades or link.kind == LinkKind.CAUSE
    )
    order = {word: place for place, word in enumerate(_words_in_order(theory, grades, language))}
    shown = sorted(counts.items(), key=lambda item: order[item[0]])
    said = note(
        "theory.drawing.description",
        nodes=len(theory.nodes),
        links=len(theory.links),
        columns=tuple(
            f"{word('theory.kinds', c.kind, language)} {c.count}" for c in columns if c.count
        ),
        grades=tuple(f"{words} {count}" for words, count in shown),
    )
    return said.text(language) + more


def _words_in_order(
    theory: TheoryOfChange, grades: Mapping[str, GradeMark], language: Language
) -> list[str]:
    marks = [mark_of(link.code, grades) for link in theory.links]
    found = [m.words(language) for value in STROKES for m in marks if m.value == value]
    return list(dict.fromkeys(found))
