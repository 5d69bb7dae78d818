"""Theories of change for the tests: four invented programmes, small drafts and one crowded one."""

from functools import cache
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from biotoop.engine.core.documents import read_document
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import (
    Assumption,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Rival,
    TheoryOfChange,
)

DEMO = Path(__file__).parent / "demo"
KINDS = {
    "I": NodeKind.INTERVENTION,
    "R": NodeKind.RESULT,
    "U": NodeKind.OUTCOME,
    "M": NodeKind.IMPACT,
    "C": NodeKind.CONTEXT,
}


@cache
def demo(programme: str) -> TheoryOfChange:
    """Read one of the invented programmes, "p1" to "p4"."""
    document = read_document(DEMO / f"{programme}.yaml", TheoryOfChange, file=programme)
    assert document.problems == ()
    return document.value


def node(code: str, label: str | None = None, **parts) -> Node:
    """Make a node; the first letter of its code tells the kind (I, R, U, M or C)."""
    parts.setdefault("kind", KINDS[code[0]])
    label = f"Mensen zien {code}" if label is None else label
    return Node(id=uuid5(NAMESPACE_OID, code), code=code, label=Text.of(label), **parts)


def link(code: str, from_: str, to: str, **parts) -> Link:
    """Make a link with words that break no rule."""
    for name, text in (
        ("if_", f"mensen {from_} meemaken"),
        ("then", f"verandert {to} voor hen"),
        ("because", f"{code} hen helpt"),
    ):
        parts[name] = Text.of(parts.get(name, text))
    parts.setdefault("assumptions", (Assumption(code="A1", text=Text.of("er is tijd")),))
    parts.setdefault("rivals", (Rival(code="R1", text=Text.of("het weer")),))
    parts.setdefault("id", uuid5(NAMESPACE_OID, code))
    return Link(code=code, from_=from_, to=to, **parts)


def theory(nodes: str, links: str = "", **parts) -> TheoryOfChange:
    """Make a theory from words: ``theory("I1 R1 U1", "I1>R1 R1>U1 C1?U1 U1~I1")``.

    ``>`` is a cause, ``?`` a condition and ``~`` feedback; links are called S1, S2 and so on.
    """
    made = []
    for index, arrow in enumerate(links.split(), start=1):
        for sign, kind in ((">", "cause"), ("?", "condition"), ("~", "feedback")):
            if sign in arrow:
                start, end = arrow.split(sign)
                made.append(link(f"S{index}", start, end, kind=LinkKind(kind)))
    return TheoryOfChange(
        id=uuid5(NAMESPACE_OID, "theory"),
        title=Text.of("Een proef"),
        nodes=tuple(node(code) for code in nodes.split()),
        links=tuple(made),
        **parts,
    )
