"""A small theory of change, and evidence about it, for the tests of the evidence scheme."""

from uuid import NAMESPACE_OID, uuid5

import attrs

from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import (
    AskedBy,
    Claim,
    Family,
    LiteratureItem,
    Method,
    Stance,
    Test,
    TestKind,
)
from biotoop.engine.plausibility.assess import assess
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.scheme import published_scheme
from biotoop.engine.theory.model import Link, LinkKind, Node, NodeKind, Rival, TheoryOfChange

SCHEME = published_scheme()
KINDS = {
    "I": NodeKind.INTERVENTION,
    "R": NodeKind.RESULT,
    "U": NodeKind.OUTCOME,
    "M": NodeKind.IMPACT,
    "C": NodeKind.CONTEXT,
}


def node(code: str, **parts) -> Node:
    """Make a node; the first letter of its code tells the kind."""
    parts = {"kind": KINDS[code[0]], "label": Text.of(f"Mensen zien {code}"), **parts}
    return Node(id=uuid5(NAMESPACE_OID, code), code=code, **parts)


def link(code: str, from_: str, to: str, **parts) -> Link:
    """Make a link with a rival."""
    rival = Rival(code="R1", text=Text.of("het mooie weer"))
    parts = {
        "if_": Text.of(f"als {from_}"),
        "then": Text.of(f"dan {to}"),
        "because": Text.of("omdat iemand hen kent"),
        "rivals": (rival,),
        **parts,
    }
    return Link(id=uuid5(NAMESPACE_OID, code), code=code, from_=from_, to=to, **parts)


def theory(*links: Link, nodes: tuple[Node, ...] = ()) -> TheoryOfChange:
    """Make a theory; without links I1 > R1 > U1 > M1 with the condition C1 on R1."""
    links = links or (
        link("S1", "I1", "R1"),
        link("S2", "R1", "U1"),
        link("S3", "U1", "M1"),
        link("S4", "C1", "R1", kind=LinkKind.CONDITION),
    )
    named = {each.code for each in nodes}
    ends = dict.fromkeys(end for each in links for end in (each.from_, each.to))
    return TheoryOfChange(
        id=uuid5(NAMESPACE_OID, "theory"),
        title=Text.of("Inloop"),
        nodes=(*nodes, *(node(code) for code in ends if code not in named)),
        links=links,
    )


def claim(code: str = "c1", **parts) -> Claim:
    """Make a claim that supports S1, asked independently."""
    parts = {
        "target": "S1",
        "stance": Stance.SUPPORTS,
        "respondent": f"p-{code}",
        "method": Method.INTERVIEW,
        "round": "round1",
        "organisation": "De Wilg",
        "interviewer": f"i{sum(code.encode()) % 2}",
        "asked_by": AskedBy.INDEPENDENT,
        **parts,
    }
    return Claim(id=code, **parts)


def voices(name: str, people: int, **parts) -> list[Claim]:
    """Make claims by as many different people, gathered by two interviewers."""
    return [
        claim(f"{name}{place}", **{"interviewer": f"i{place % 2}", **parts})
        for place in range(people)
    ]


def tried(code: str = "t1", **parts) -> Test:
    """Make a registered strong clue that was found in the registration."""
    parts = {
        "target": "S1",
        "hypothesis": Text.of("ze komen door de inloop"),
        "rival": Text.of("ze kwamen al"),
        "test": TestKind.STRONG,
        "expected": Text.of("nieuwe namen in de lijst"),
        "found": True,
        "source": "bezoekerslijst",
        "family": Family.REGISTRATION,
        **parts,
    }
    return Test(id=code, **parts)


def publication(code: str = "l1", **parts) -> LiteratureItem:
    """Make a publication with a clear effect."""
    parts = {
        "target": "S1",
        "source": Text.of("Een meta-analyse"),
        "level": 5,
        "effect": 0.6,
        "se": 0.05,
        "population": Text.of("ouderen"),
        "setting": Text.of("elders"),
        "group": code,
        **parts,
    }
    return LiteratureItem(id=code, **parts)


def estimate(code: str = "e1", **parts) -> EstimateEvidence:
    """Make a registered primary estimate on S1 with a comparison group."""
    parts = {
        "target": "S1",
        "effect": 0.35,
        "se": 0.12,
        "level": 3,
        "comparison": True,
        "group": code,
        "primary": True,
        "registered": True,
        **parts,
    }
    return EstimateEvidence(id=code, **parts)


def judge(*records, on: TheoryOfChange | None = None, **parts):
    """Apply the scheme to records of any kind; give the assessment of S1."""
    return whole(*records, on=on, **parts).link("S1")


def whole(*records, on: TheoryOfChange | None = None, **parts):
    """Apply the scheme to records of any kind."""
    kinds = {
        "claims": Claim,
        "tests": Test,
        "literature": LiteratureItem,
        "estimates": EstimateEvidence,
    }
    sorted_ = {
        name: [each for each in records if isinstance(each, kind)] for name, kind in kinds.items()
    }
    return assess(on or theory(), scheme=SCHEME, **sorted_, **parts)


def without_rivals(on: TheoryOfChange) -> TheoryOfChange:
    """Take every rival out of a theory."""
    return attrs.evolve(on, links=tuple(attrs.evolve(each, rivals=()) for each in on.links))
