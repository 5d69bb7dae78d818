"""A theory of change as linked data in the Common Impact Data Standard (CIDS 3.2.1), as JSON-LD.

Terms are written with their prefix (``cids:hasOutcome``) under a context of our own: the published
context has no term for some properties, and JSON-LD drops a key without a term in silence.

CIDS has no arrow: a chain is a bare property (``cids:canProduce``). So each link is also a
``biotoop:CausalClaim``, with its words, and its grade where there is one. Programs that know CIDS
only can leave those out.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language, note, word
from biotoop.engine.core.problems import Problem
from biotoop.engine.exchange.cids_terms import CONTEXT, missing_in
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.model import Link, LinkKind, Node, NodeKind, TheoryOfChange

_CHANGES = (NodeKind.RESULT, NodeKind.OUTCOME, NodeKind.IMPACT)
Entry = dict[str, Any]


class NotExportable(EngineError):
    """A theory lacks what the standard asks for. Parameters: faults."""

    code = "exchange.not_exportable"


@attrs.frozen(kw_only=True)
class Publisher:
    """The organisation whose theory it is: its identity and its legal name."""

    id: UUID
    name: str


@attrs.frozen(kw_only=True)
class Standing:
    """What the evidence said about a link at the time of the export.

    Attributes
    ----------
    grade
        Grade of the evidence scheme, such as "plausible".
    scheme
        Version of the scheme.
    certainty
        Certainty of the evidence; None when nobody judged it.
    sensitive
        Whether leaving out one part of the evidence would change the grade.
    """

    grade: str
    scheme: str
    certainty: str | None = None
    sensitive: bool = False


def theory_to_cids(
    theory: TheoryOfChange,
    *,
    publisher: Publisher,
    created: dt.datetime,
    language: Language,
    standing: Mapping[str, Standing] | None = None,
    base: str = "urn:uuid:",
) -> Entry:
    """Write a theory of change as a JSON-LD document.

    Parameters
    ----------
    theory
        The theory of change; a sound one.
    publisher
        Whose it is.
    created
        When this version was published, with its zone.
    language
        Language of the texts; the standard asks one plain text for each.
    standing
        What the evidence says about links, by code.
    base
        What comes before each UUID to make an address, such as ``https://place.example/id/``.

    Returns
    -------
    dict
        ``@context`` and ``@graph``; every entry has an address.

    Raises
    ------
    NotExportable
        The theory breaks an invariant, or a text that the standard asks for is empty.
    ValueError
        ``created`` has no zone.
    """
    if created.tzinfo is None:
        message = "the time of publishing needs its zone"
        raise ValueError(message)
    faults: tuple[Problem, ...] = check_theory(theory)
    if faults:
        raise NotExportable(faults=tuple(fault.note for fault in faults))
    writer = _Writer(theory=theory, language=language, base=base, publisher=publisher)
    entries = writer.entries(created, standing or {})
    missing = missing_in(entries)
    if missing:
        lacking = tuple(note("exchange.lacks", entry=name, term=term) for name, term in missing)
        raise NotExportable(faults=lacking)
    return {"@context": CONTEXT, "@graph": entries}


@attrs.frozen(kw_only=True)
class _Writer:
    """Entries in one language, with addresses under one base."""

    theory: TheoryOfChange
    language: Language
    base: str
    publisher: Publisher

    def entries(self, created: dt.datetime, standing: Mapping[str, Standing]) -> list[Entry]:
        organisation = {
            "@id": self.address(self.publisher.id),
            "@type": "cids:Organization",
            "org:hasLegalName": self.publisher.name,
        }
        claims = [self.claim(link, standing.get(link.code)) for link in self.theory.links]
        nodes = [self.node(node) for node in self.theory.nodes]
        return [organisation, self.pathway(created), *nodes, *claims]

    def address(self, identity: UUID) -> str:
        return f"{self.base}{identity}"

    def of(self, *kinds: NodeKind) -> list[str]:
        return [self.address(node.id) for node in self.theory.nodes if node.kind in kinds]

    def pathway(self, created: dt.datetime) -> Entry:
        theory, language = self.theory, self.language
        title = theory.title.get(language)
        moment = {"@type": "xsd:dateTime", "@value": created.isoformat(timespec="seconds")}
        return _filled(
            {
                "@id": self.address(theory.id),
                "@type": "cids:ImpactPathway",
                "org:hasName": title,
                "cids:hasDescription": note(
                    "exchange.pathway", nodes=len(theory.nodes), links=len(theory.links),
                    title=title, version=theory.version,
                ).text(language),
                "cids:forOrganization": self.address(self.publisher.id),
                "sch:dateCreated": moment,
                "sch:version": theory.version,
                "sch:inLanguage": language,
                "cids:hasActivity": self.of(NodeKind.INTERVENTION),
                "cids:hasOutcome": self.of(*_CHANGES),
                "biotoop:hasContext": self.of(NodeKind.CONTEXT),
                "biotoop:invented": theory.invented or None,
                "biotoop:place": theory.place.get(language) if theory.place else None,
            }
        )  # fmt: skip

    def node(self, node: Node) -> Entry:
        language, label = self.language, node.label.get(self.language)
        kind = NodeKind(node.kind)
        described = note("exchange.node", kind=word("theory.kind", kind, language), label=label)
        entry: Entry = {
            "@id": self.address(node.id),
            "@type": _class_of(kind),
            "org:hasName": label,
            "cids:hasDescription": node.whose.get(language)
            if node.whose
            else described.text(language),
            "sch:identifier": node.code,
            "biotoop:level": str(kind),
            "cids:canProduce": self.follows(node, *_CHANGES),
        }
        if kind == NodeKind.INTERVENTION:
            entry["oep:partOf"] = self.address(self.theory.id)
        elif kind in _CHANGES:
            entry["cids:forOrganization"] = self.address(self.publisher.id)
            entry["cids:canEnable"] = self.follows(node, NodeKind.INTERVENTION)
        return _filled(entry)

    def follows(self, node: Node, *kinds: NodeKind) -> list[str]:
        """Give the nodes to which a node leads; conditions and feedback are no production."""
        ends = {
            link.to for link in self.theory.links
            if link.from_ == node.code and link.kind == LinkKind.CAUSE
        }  # fmt: skip
        return [
            self.address(end.id)
            for end in self.theory.nodes
            if end.code in ends and end.kind in kinds
        ]

    def claim(self, link: Link, standing: Standing | None) -> Entry:
        language, theory = self.language, self.theory
        return _filled(
            {
                "@id": self.address(link.id),
                "@type": "biotoop:CausalClaim",
                "sch:identifier": link.code,
                "biotoop:from": self.address(theory.node(link.from_).id),
                "biotoop:to": self.address(theory.node(link.to).id),
                "biotoop:claimKind": str(link.kind),
                "biotoop:if": link.if_.get(language),
                "biotoop:then": link.then.get(language),
                "biotoop:because": link.because.get(language),
                "biotoop:assumption": [item.text.get(language) for item in link.assumptions],
                "biotoop:rivalExplanation": [item.text.get(language) for item in link.rivals],
                "biotoop:condition": [text.get(language) for text in link.conditions],
                "biotoop:horizon": str(link.horizon) if link.horizon else None,
                "biotoop:replaces": self.address(link.replaces) if link.replaces else None,
                "biotoop:textHash": link.text_hash,
                **(_of_standing(standing) if standing else {}),
            }
        )


def _of_standing(standing: Standing) -> Entry:
    return {
        "biotoop:grade": standing.grade,
        "biotoop:scheme": standing.scheme,
        "biotoop:certainty": standing.certainty,
        "biotoop:sensitive": standing.sensitive,
    }


def _class_of(kind: NodeKind) -> str:
    if kind == NodeKind.INTERVENTION:
        return "cids:Activity"
    return "biotoop:ContextFactor" if kind == NodeKind.CONTEXT else "cids:Outcome"


def _filled(entry: Entry) -> Entry:
    """Leave out what is not there."""
    return {key: value for key, value in entry.items() if value not in (None, [], ())}
