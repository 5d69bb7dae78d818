"""What a pasted table or outline holds: nodes and steps, what is asked back, and every fault."""

from collections.abc import Callable
from enum import StrEnum
from uuid import UUID

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.problems import Problem, errors_in
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import (
    Assumption,
    Horizon,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Rival,
    TheoryOfChange,
)

LEAVE_OUT = "leave_out"


class Shape(StrEnum):
    """How the pasted text is laid out."""

    EMPTY = "empty"
    STEPS = "steps"
    NODES = "nodes"
    BOTH = "both"
    LEVELS = "levels"
    OUTLINE = "outline"


@attrs.frozen(kw_only=True)
class Option:
    """One answer to a question."""

    value: str
    label: Note


@attrs.frozen(kw_only=True)
class Question:
    """Something that the text does not say; it is asked, not guessed.

    Attributes
    ----------
    key
        Name under which the answer comes back.
    note
        The question.
    options
        The answers that there are.
    suggested
        The answer that looks likely; the reader still has to give it.
    row
        Row of the pasted text, counted from 1; None when it is about the whole.
    """

    key: str
    note: Note
    options: tuple[Option, ...]
    suggested: str | None = None
    row: int | None = None


@attrs.frozen(kw_only=True)
class PastedNode:
    """A node as it was pasted; ``kind`` is None until somebody said what it is."""

    row: int
    code: str
    kind: NodeKind | None
    label: str
    whose: str = ""


@attrs.frozen(kw_only=True)
class PastedLink:
    """A step as it was pasted, between the codes of two nodes."""

    row: int
    code: str
    from_: str
    to: str
    kind: LinkKind = LinkKind.CAUSE
    if_: str = ""
    then: str = ""
    because: str = ""
    assumptions: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    horizon: Horizon | None = None


@attrs.frozen(kw_only=True)
class Pasted:
    """What came of reading a pasted text.

    Attributes
    ----------
    shape
        The layout that was recognised.
    nodes, links
        What was found, in the order of the text.
    questions
        What is still asked; without answers there is no theory.
    problems
        Faults and remarks, each with its row as ``line``.
    """

    shape: Shape
    nodes: tuple[PastedNode, ...] = ()
    links: tuple[PastedLink, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether a theory can be made: something was found, nothing is asked, nothing is wrong."""
        return bool(self.nodes) and not self.questions and not errors_in(self.problems)

    def theory(self, *, title: str, theory_id: UUID, new_id: Callable[[], UUID]) -> TheoryOfChange:
        """Make a first theory of it.

        Parameters
        ----------
        title
            Title of the theory.
        theory_id
            Its identity.
        new_id
            Gives the identity of each node and link.

        Raises
        ------
        ValueError
            Something is still asked or wrong.
        """
        if not self.ready:
            message = "questions or faults are left, so there is no theory yet"
            raise ValueError(message)
        return TheoryOfChange(
            id=theory_id,
            title=Text.of(title),
            nodes=tuple(_node(node, new_id()) for node in self.nodes),
            links=tuple(_link(link, new_id()) for link in self.links),
        )


def _node(found: PastedNode, node_id: UUID) -> Node:
    return Node(
        id=node_id,
        code=found.code,
        kind=NodeKind(found.kind or ""),
        label=Text.of(found.label),
        whose=Text.of(found.whose) if found.whose else None,
    )


def _link(found: PastedLink, link_id: UUID) -> Link:
    return Link(
        id=link_id,
        code=found.code,
        from_=found.from_,
        to=found.to,
        kind=found.kind,
        if_=Text.of(found.if_),
        then=Text.of(found.then),
        because=Text.of(found.because),
        assumptions=tuple(
            Assumption(code=f"A{place}", text=Text.of(text))
            for place, text in enumerate(found.assumptions, 1)
        ),
        rivals=tuple(
            Rival(code=f"R{place}", text=Text.of(text))
            for place, text in enumerate(found.rivals, 1)
        ),
        conditions=tuple(Text.of(text) for text in found.conditions),
        horizon=found.horizon,
    )
