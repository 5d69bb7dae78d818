"""What a reader gets of a theory: findings of the checks, drawing, list, and difference."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs
from django.core.cache import cache

from biotoop import __version__
from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.errors import InvalidTheory
from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.messages import word
from biotoop.engine.core.problems import Problem, Severity
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.drawing import draw_svg
from biotoop.engine.theory.grade_marks import STROKES, GradeMark, grade_words
from biotoop.engine.theory.layout import lay_out
from biotoop.engine.theory.lint import lint_theory
from biotoop.engine.theory.model import Link, Node, TheoryOfChange
from biotoop.engine.theory.outline import OutlineColumn, phone_outline
from biotoop.engine.theory.picture import Drawing, Labels
from biotoop.engine.theory.telling import Piece, tell, word_changes
from biotoop.engine.theory.versions import Change, TheoryDiff, diff
from biotoop.web.theories.bridge.documents import LanguageCode

Grades = Mapping[str, GradeMark]
KEPT_SECONDS = 7 * 24 * 3600
__all__ = ["GradeMark"]  # a value that other rooms carry
_BADGES = {
    "very_plausible": "good", "plausible": "good", "open": "busy", "disputed": "warn",
    "contradicted": "bad", "adverse": "bad",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Finding:
    """One remark of the checks: it stops publishing, or it is advice."""

    text: str
    code: str
    stops: bool
    item: UUID | None
    item_code: str


def findings_in(theory: TheoryOfChange, language: LanguageCode) -> tuple[Finding, ...]:
    """Hold a theory against invariants and writing rules; what stops publishing comes first."""
    problems = (*check_theory(theory), *lint_theory(theory, language))
    return tuple(_finding(problem, theory, language) for problem in problems)


def _finding(problem: Problem, theory: TheoryOfChange, language: LanguageCode) -> Finding:
    item = _item(problem, theory)
    return Finding(
        text=problem.note.text(language),
        code=problem.note.code,
        stops=problem.severity is Severity.ERROR,
        item=None if item is None else item.id,
        item_code="" if item is None else item.code,
    )


def _item(problem: Problem, theory: TheoryOfChange) -> Node | Link | None:
    match problem.where:
        case ("nodes", int(place), *_):
            return theory.nodes[place]
        case ("links", int(place), *_):
            return theory.links[place]
        case _:
            return None


@attrs.frozen(kw_only=True)
class Look:
    """How a theory is drawn: grades, words on the arrows, a title, and where arrows lead."""

    grades: Grades = attrs.field(factory=dict)
    words: bool = False
    title: str | None = None
    addresses: Mapping[str, str] = attrs.field(factory=dict)
    all_kinds: bool = False


def picture(theory: TheoryOfChange, language: LanguageCode, look: Look | None = None) -> str | None:
    """Draw a theory as SVG; None when there is nothing to draw yet."""
    look = look or Look()
    drawing = places(theory, language, words=look.words, all_kinds=look.all_kinds)
    if drawing is None or not theory.nodes:
        return None
    return draw_svg(
        theory, drawing, language=language, grades=look.grades, title=look.title,
        addresses=look.addresses,
    )  # fmt: skip


def places(
    theory: TheoryOfChange, language: LanguageCode, *, all_kinds: bool = False, words: bool = False
) -> Drawing | None:
    """Find places for everything; None when two parts have one code or an end is not there.

    Places depend on few things and take the longest of all, so that they are kept.
    """
    labels: Labels = "words" if words else "codes"
    key = f"theory-places:{__version__}:{_shape_of(theory)}:{language}:{labels}:{all_kinds}"
    kept: Drawing | None = cache.get(key)
    if kept is None:
        try:
            kept = lay_out(theory, language=language, all_kinds=all_kinds, labels=labels)
        except InvalidTheory:
            return None
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _shape_of(theory: TheoryOfChange) -> str:
    """Hash what the places depend on."""
    nodes = [(n.code, str(n.kind), to_plain(n.label)) for n in theory.nodes]
    links = [(s.code, s.from_, s.to, str(s.kind)) for s in theory.links]
    return content_hash([nodes, links])


def outline(
    theory: TheoryOfChange, language: LanguageCode, grades: Grades | None = None
) -> tuple[OutlineColumn, ...]:
    """List a theory column by column."""
    return phone_outline(theory, grades or {}, language)


def mark(grade: str, *, sensitive: bool = False) -> GradeMark:
    """Give the mark of a grade as it was stored."""
    return GradeMark(value=grade if grade in STROKES else "not_assessed", sensitive=sensitive)


def words_of_grade(grade: str, language: LanguageCode) -> str:
    """Give the words of a grade."""
    return grade_words(grade if grade in STROKES else "not_assessed", language)


def badge_of_grade(grade: str) -> str:
    """Give the kind of badge that goes with a grade."""
    return _BADGES.get(grade, "calm")


def words_of_certainty(certainty: str, language: LanguageCode) -> str:
    """Give the words of a certainty; nothing when nobody judged it."""
    return word("evidence.certainty", certainty, language) if certainty else ""


def kind_words(language: LanguageCode) -> Sequence[tuple[str, str, str]]:
    """Give each kind of node with its heading and its meaning."""
    kinds = ("intervention", "result", "outcome", "impact", "context")
    return [
        (kind, word("theory.kinds", kind, language), word("theory.kind_help", kind, language))
        for kind in kinds
    ]


def choice_words(
    group: str, values: Sequence[str], language: LanguageCode
) -> list[tuple[str, str]]:
    """Give values with the word on screen, such as the horizons."""
    return [(value, word(f"theory.{group}", value, language)) for value in values]


@attrs.frozen(kw_only=True)
class ToldChange:
    """One part that reads otherwise, word by word."""

    part: str
    pieces: tuple[Piece, ...]


@attrs.frozen(kw_only=True)
class ToldItem:
    """A node or step that came, went or changed."""

    happened: str
    what: str
    code: str
    label: str
    kept_id: bool
    before: str
    changes: tuple[ToldChange, ...]


@attrs.frozen(kw_only=True)
class ToldDifference:
    """The difference between two texts, as readers see it."""

    empty: bool
    sentences: tuple[str, ...]
    items: tuple[ToldItem, ...]


def difference(old: TheoryOfChange, new: TheoryOfChange, language: LanguageCode) -> ToldDifference:
    """Tell what changed from one text to the next: in sentences, and word by word."""
    found = diff(old, new)
    return ToldDifference(
        empty=found.is_empty,
        sentences=() if found.is_empty else tell(found, language),
        items=tuple(_items(found, language)),
    )


def _items(found: TheoryDiff, language: LanguageCode) -> list[ToldItem]:
    def node(happened: str, item: Node, changes: tuple[Change, ...] = ()) -> ToldItem:
        return _told("node", happened, item.code, item.label.get(language), changes, language)

    def link(happened: str, item: Link, changes: tuple[Change, ...] = ()) -> ToldItem:
        sentence = " → ".join(text.get(language) for text in (item.if_, item.then) if str(text))
        return _told("link", happened, item.code, sentence, changes, language)

    whole = [_told("theory", "changed", "", found.new.title.get(language), found.changes, language)]
    return [
        *(whole if found.changes else []),
        *(node("added", item) for item in found.added_nodes),
        *(node("changed", item.new, item.changes) for item in found.changed_nodes),
        *(node("dropped", item) for item in found.dropped_nodes),
        *(link("added", item) for item in found.added_links),
        *(
            attrs.evolve(
                link("relinked", item.new, item.changes), before=item.old.code,
                kept_id=item.kept_id,
            )
            for item in found.relinked
        ),
        *(link("changed", item.new, item.changes) for item in found.changed_links),
        *(link("dropped", item) for item in found.dropped_links),
    ]  # fmt: skip


def _told(
    what: str, happened: str, code: str, label: str, changes: tuple[Change, ...],
    language: LanguageCode,
) -> ToldItem:  # fmt: skip
    return ToldItem(
        happened=happened, what=what, code=code, label=label, kept_id=False, before="",
        changes=tuple(
            ToldChange(part=_part(change, language), pieces=word_changes(change, language))
            for change in changes
        ),
    )  # fmt: skip


def _part(change: Change, language: LanguageCode) -> str:
    group = "items" if change.part in ("assumption", "rival", "condition") else "parts"
    said = word(f"theory.diff.{group}", change.part, language)
    return said.replace("{name}", change.item or "")
