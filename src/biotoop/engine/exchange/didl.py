"""Metadata as MODS within a DIDL container, as Dutch repositories for higher education exchange it.

Written after the public descriptions of that profile. The MODS inside is held against the schema
of MODS 3.4. No schema of the DIDL container, or of the Dutch profile, stands with this house: the
container is **unverified**, and the list of formats and the pages of products say so.
"""

from biotoop.engine.exchange.markup import Markup, element
from biotoop.engine.exchange.resources import (
    KIND_WORDS,
    Creator,
    Resource,
    ResourceKind,
    all_descriptions,
)

NAMESPACE = "urn:mpeg:mpeg21:2002:02-DIDL-NS"
IDENTIFIERS = "urn:mpeg:mpeg21:2002:01-DII-NS"
MODS = "http://www.loc.gov/mods/v3"
SCHEMA = (
    "http://standards.iso.org/ittf/PubliclyAvailableStandards/MPEG-21_schema_files/did/didl.xsd"
)
SEMANTICS = "info:eu-repo/semantics/"
TYPES = {
    ResourceKind.REPORT: f"{SEMANTICS}report",
    ResourceKind.ADVICE: f"{SEMANTICS}report",
    ResourceKind.BOOK: f"{SEMANTICS}book",
    ResourceKind.DATASET: f"{SEMANTICS}dataset",
}
OTHER = f"{SEMANTICS}other"


def to_xml(resource: Resource) -> Markup:
    """Write the metadata as one ``didl:DIDL`` element, with the page as its resource."""
    page = element(
        "didl:Item",
        described(TYPES.get(resource.kind, OTHER)),
        component(resource.address, "text/html"),
    )
    metadata = element(
        "didl:Item",
        described(f"{SEMANTICS}descriptiveMetadata"),
        element(
            "didl:Component",
            element("didl:Resource", mods(resource), attributes={"mimeType": "application/xml"}),
        ),
    )
    identifier = element("dii:Identifier", f"urn:uuid:{resource.id}")
    return element(
        "didl:DIDL",
        element("didl:Item", statement(identifier), metadata, page),
        attributes={
            "xmlns:didl": NAMESPACE,
            "xmlns:dii": IDENTIFIERS,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )


def statement(inside: Markup) -> Markup:
    """Write a statement about what it stands in."""
    told = element("didl:Statement", inside, attributes={"mimeType": "application/xml"})
    return element("didl:Descriptor", told)


def described(kind: str) -> Markup:
    """Say of which kind an item is."""
    return statement(element("dii:Identifier", kind))


def component(address: str, media_type: str) -> Markup:
    """Point to something that can be fetched."""
    words = {"mimeType": media_type, "ref": address}
    return element("didl:Component", element("didl:Resource", attributes=words))


def mods(resource: Resource) -> Markup:
    """Write the description itself."""
    version = f"urn:uuid:{resource.id}"
    doi = (
        [element("mods:identifier", resource.doi, attributes={"type": "doi"})]
        if resource.doi
        else []
    )
    terms = {"authority": "rfc3066", "type": "code"}
    return element(
        "mods:mods",
        element("mods:titleInfo", element("mods:title", resource.title)),
        *(name(one) for one in resource.creators),
        element("mods:genre", KIND_WORDS[resource.kind]),
        element(
            "mods:originInfo",
            element("mods:publisher", resource.publisher),
            element(
                "mods:dateIssued", resource.published.isoformat(), attributes={"encoding": "w3cdtf"}
            ),
            element("mods:edition", str(resource.version)),
        ),
        element("mods:language", element("mods:languageTerm", resource.language, attributes=terms)),
        *(element("mods:abstract", text) for text in all_descriptions(resource)),
        *(element("mods:subject", element("mods:topic", word)) for word in resource.subjects),
        element("mods:identifier", version, attributes={"type": "uri"}),
        *doi,
        element("mods:location", element("mods:url", resource.address)),
        element("mods:accessCondition", resource.licence.address),
        attributes={"xmlns:mods": MODS, "version": "3.4"},
    )


def name(one: Creator) -> Markup:
    """Write who made it."""
    family, _comma, given = one.name.partition(", ")
    parts = [element("mods:namePart", family, attributes={"type": "family"})]
    if given:
        parts.append(element("mods:namePart", given, attributes={"type": "given"}))
    if not one.is_person:
        parts = [element("mods:namePart", one.name)]
    if one.affiliation:
        parts.append(element("mods:affiliation", one.affiliation))
    role = element(
        "mods:role",
        element("mods:roleTerm", "aut", attributes={"authority": "marcrelator", "type": "code"}),
    )
    kind = "personal" if one.is_person else "corporate"
    return element("mods:name", *parts, role, attributes={"type": kind})
