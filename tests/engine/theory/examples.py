"""Theories of change for the tests: four invented programmes, small drafts and one crowded one."""

from functools import cache
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import attrs

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


def crowded() -> TheoryOfChange:
    """Make a theory of 25 nodes and 41 links, of the size of the prototype in practice."""
    sizes = {"I": 5, "R": 6, "U": 7, "M": 4, "C": 3}
    codes = [f"{kind}{place}" for kind, count in sizes.items() for place in range(1, count + 1)]
    arrows = (
        "I1>R1 I1>R3 I2>R1 I2>R2 I3>R2 I3>R4 I3>R5 I4>R4 I4>R6 I5>R5 I5>R6 I2>U7 "
        "R1>U1 R1>U2 R2>U2 R2>U4 R3>U1 R3>U3 R4>U3 R4>U5 R5>U4 R5>U6 R6>U5 R6>U7 R3>M4 "
        "U1>M1 U1>M2 U2>M1 U3>M2 U4>M3 U4>M1 U5>M2 U5>M4 U6>M3 U7>M4 U6>U7 "
        "C1?R2 C2?U3 C3?U6 M2~I1 U4~R3"
    )
    made = theory(" ".join(codes), arrows)
    labels = [n.label.get("nl") for name in ("p1", "p2", "p3", "p4") for n in demo(name).nodes]
    nodes = tuple(
        attrs.evolve(node, label=Text.of(label))
        for node, label in zip(made.nodes, labels, strict=False)
    )
    return attrs.evolve(made, nodes=nodes, title=Text.of("Sterk in de wijk"))
