"""The terms of CIDS that we write: their addresses, and what each class must have.

Addresses and cardinalities are those of the ontology and the shapes of CIDS 3.2.1 (2025-10-31).
"""

from collections.abc import Iterable, Mapping
from typing import Any

_REFERENCE = {"@type": "@id"}
_REFERENCES = (
    "cids:forOrganization", "cids:hasActivity", "cids:hasOutcome", "cids:canProduce",
    "cids:canEnable", "oep:partOf", "biotoop:from", "biotoop:to", "biotoop:hasContext",
    "biotoop:replaces",
)  # fmt: skip

CONTEXT: Mapping[str, object] = {
    "cids": "https://ontology.commonapproach.org/cids#",
    "org": "http://ontology.eil.utoronto.ca/tove/organization#",
    "oep": "http://www.w3.org/2001/sw/BestPractices/OEP/SimplePartWhole/part.owl#",
    "sch": "http://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "biotoop": "urn:biotoop:terms:",
    **{term: {"@id": term, **_REFERENCE} for term in _REFERENCES},
}
"""Prefixes, and which properties hold an address. It stands in the document: nothing is fetched."""

EXACTLY_ONE: Mapping[str, tuple[str, ...]] = {
    "cids:Organization": ("org:hasLegalName",),
    "cids:ImpactPathway": (
        "org:hasName", "cids:hasDescription", "cids:forOrganization", "sch:dateCreated",
    ),
    "cids:Activity": ("org:hasName", "cids:hasDescription", "oep:partOf"),
    "cids:Outcome": ("org:hasName", "cids:hasDescription", "cids:forOrganization"),
    "biotoop:CausalClaim": (
        "biotoop:from", "biotoop:to", "biotoop:if", "biotoop:then", "biotoop:because",
    ),
    "biotoop:ContextFactor": ("org:hasName",),
}  # fmt: skip
"""What an entry of a class must have, once and filled in."""


def missing_in(entries: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Find what entries lack: address of the entry and term, in document order."""
    return tuple(
        (str(entry.get("sch:identifier") or entry["@id"]), term)
        for entry in entries
        for term in EXACTLY_ONE[entry["@type"]]
        if not _filled_once(entry.get(term))
    )


def _filled_once(value: object) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, dict) and bool(value.get("@value"))
