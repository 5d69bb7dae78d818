"""The drawing as a list: for a phone, for a screen reader, and for the table beside the picture."""

from collections.abc import Mapping

import attrs

from biotoop.engine.core.messages import Language, note, word
from biotoop.engine.theory.grade_marks import NOT_ASSESSED, GradeMark, mark_of
from biotoop.engine.theory.layering import KINDS
from biotoop.engine.theory.model import Link, LinkKind, NodeKind, TheoryOfChange


@attrs.frozen(kw_only=True)
class OutlineStep:
    """A link as it is listed under a node.

    Attributes
    ----------
    code, kind
        Code and kind of the link.
    verb
        How it leads on: "leads to", "is a condition for", "works back on"; seen from its end:
        "follows from" and so on.
    node, label
        Code and text of the node at the other end.
    grade
        Value of its grade; None for a condition or feedback that nobody graded.
    words
        The grade in words; empty where there is none.
    sensitive
        Whether leaving out one part of the evidence would change the grade.
    sentence
        The whole step: if, then, because.
    """

    code: str
    kind: LinkKind
    verb: str
    node: str
    label: str
    grade: str | None
    words: str
    sensitive: bool
    sentence: str


@attrs.frozen(kw_only=True)
class OutlineEntry:
    """A node with the steps that leave it and the steps that come to it."""

    code: str
    label: str
    leads_to: tuple[OutlineStep, ...]
    follows_from: tuple[OutlineStep, ...]


@attrs.frozen(kw_only=True)
class OutlineColumn:
    """A column of the drawing as a list."""

    kind: NodeKind
    heading: str
    meaning: str
    entries: tuple[OutlineEntry, ...]

    @property
    def count(self) -> int:
        """How many nodes the column holds."""
        return len(self.entries)


def phone_outline(
    theory: TheoryOfChange, grades: Mapping[str, GradeMark], language: Language
) -> tuple[OutlineColumn, ...]:
    """List a theory column by column, every node with what it leads to and follows from.

    Parameters
    ----------
    theory
        The theory of change.
    grades
        The grade of links by code.
    language
        Language of texts and words.

    Returns
    -------
    tuple of OutlineColumn
        The kinds that occur, the context last; nodes and links in document order. Every link
        stands once among ``leads_to`` and once among ``follows_from``.
    """
    columns = []
    for kind in (*KINDS, NodeKind.CONTEXT):
        entries = tuple(
            OutlineEntry(
                code=node.code,
                label=node.label.get(language),
                leads_to=_steps(theory, node.code, grades, language, ahead=True),
                follows_from=_steps(theory, node.code, grades, language, ahead=False),
            )
            for node in theory.nodes
            if node.kind == kind
        )
        if entries:
            heading, meaning = (word(f"theory.{g}", kind, language) for g in ("kinds", "kind_help"))
            columns.append(
                OutlineColumn(kind=kind, heading=heading, meaning=meaning, entries=entries)
            )
    return tuple(columns)


def _steps(
    theory: TheoryOfChange,
    code: str,
    grades: Mapping[str, GradeMark],
    language: Language,
    *,
    ahead: bool,
) -> tuple[OutlineStep, ...]:
    labels = {node.code: node.label.get(language) for node in theory.nodes}
    found = []
    for link in theory.links:
        here, there = (link.from_, link.to) if ahead else (link.to, link.from_)
        if here != code:
            continue
        mark = mark_of(link.code, grades)
        has_grade = mark.value != NOT_ASSESSED or link.kind == LinkKind.CAUSE
        direction = "ahead" if ahead else "behind"
        found.append(
            OutlineStep(
                code=link.code,
                kind=LinkKind(link.kind),
                verb=word(f"theory.outline.{direction}", link.kind, language),
                node=there,
                label=labels.get(there, there),
                grade=mark.value if has_grade else None,
                words=mark.words(language) if has_grade else "",
                sensitive=mark.sensitive,
                sentence=_sentence(link, language),
            )
        )
    return tuple(found)


def _sentence(link: Link, language: Language) -> str:
    parts = {"if_": link.if_, "then": link.then, "because": link.because}
    said = {name: text.get(language).strip().rstrip(".") for name, text in parts.items()}
    return note("theory.outline.sentence", **said).text(language)
