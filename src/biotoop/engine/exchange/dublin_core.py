"""Metadata as unqualified Dublin Core, the form that every harvester of OAI-PMH understands."""

from biotoop.engine.exchange.datacite import GENERAL
from biotoop.engine.exchange.markup import Markup, element
from biotoop.engine.exchange.resources import KIND_WORDS, Resource, all_descriptions

NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
ELEMENTS = "http://purl.org/dc/elements/1.1/"


def to_xml(resource: Resource) -> Markup:
    """Write the metadata as one ``oai_dc:dc`` element."""
    doi = [f"https://doi.org/{resource.doi}"] if resource.doi else []
    fields: list[tuple[str, list[str]]] = [
        ("title", [resource.title]),
        ("creator", [one.name for one in resource.creators]),
        ("subject", list(resource.subjects)),
        ("description", all_descriptions(resource)),
        ("publisher", [resource.publisher]),
        ("date", [resource.published.isoformat()]),
        ("type", [GENERAL[resource.kind], KIND_WORDS[resource.kind]]),
        ("format", sorted(set(resource.formats))),
        ("identifier", [*doi, resource.address]),
        ("language", [resource.language]),
        ("relation", [one.address for one in resource.relations]),
        ("rights", [resource.licence.address]),
    ]
    return element(
        "oai_dc:dc",
        *(element(f"dc:{name}", text) for name, texts in fields for text in texts),
        attributes={
            "xmlns:oai_dc": NAMESPACE,
            "xmlns:dc": ELEMENTS,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )
