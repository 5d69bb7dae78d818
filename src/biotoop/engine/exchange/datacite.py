"""Metadata in the DataCite schema 4.5: as JSON for its service, and as XML for who harvests.

Where there is no DOI, the page of the product stands in the place of the identifier: such a record
says what it is about, and can not be registered with DataCite as it stands.
"""

from typing import Any

from biotoop.engine.exchange.markup import Markup, element, joined
from biotoop.engine.exchange.resources import (
    INVENTED,
    KIND_WORDS,
    Creator,
    Resource,
    ResourceKind,
)

VERSION = "http://datacite.org/schema/kernel-4"
NAMESPACE = VERSION
SCHEMA = "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
ORCID, SPDX = "https://orcid.org", "https://spdx.org/licenses/"
GENERAL = {
    ResourceKind.REPORT: "Report",
    ResourceKind.ADVICE: "Text",
    ResourceKind.BOOK: "Book",
    ResourceKind.METHOD: "Text",
    ResourceKind.WORK_FORM: "Text",
    ResourceKind.MODULE: "InteractiveResource",
    ResourceKind.DATASET: "Dataset",
    ResourceKind.THEORY: "Model",
}
Plain = dict[str, Any]


def to_plain(resource: Resource) -> Plain:
    """Write the metadata as plain data, as the JSON schema of DataCite 4.5 has it.

    Returns
    -------
    dict
        Ready for ``json.dumps``. ``doi`` is there only when the product has one.
    """
    general = {"resourceTypeGeneral": GENERAL[resource.kind]}
    found: Plain = {
        "types": {"resourceType": KIND_WORDS[resource.kind], **general},
        "creators": [creator(one) for one in resource.creators],
        "titles": [{"title": resource.title, "lang": resource.language}],
        "publisher": {"name": resource.publisher},
        "publicationYear": str(resource.published.year),
        "subjects": [{"subject": word, "lang": resource.language} for word in resource.subjects],
        "dates": [{"date": resource.published.isoformat(), "dateType": "Issued"}],
        "language": resource.language,
        "alternateIdentifiers": [
            {"alternateIdentifier": f"urn:uuid:{resource.id}", "alternateIdentifierType": "UUID"}
        ],
        "relatedIdentifiers": related(resource),
        "sizes": [f"{size} bytes" for size in resource.sizes],
        "formats": list(resource.formats),
        "version": str(resource.version),
        "rightsList": [rights(resource)],
        "descriptions": descriptions(resource),
        "url": resource.address,
        "schemaVersion": VERSION,
    }
    if resource.doi:
        found["doi"] = resource.doi
    return {key: value for key, value in found.items() if value}


def creator(one: Creator) -> Plain:
    """Write who made it."""
    found: Plain = {
        "name": one.name,
        "nameType": "Personal" if one.is_person else "Organizational",
    }
    family, _comma, given = one.name.partition(", ")
    if one.is_person and given:
        found |= {"givenName": given, "familyName": family}
    if one.orcid:
        scheme = {"nameIdentifierScheme": "ORCID", "schemeUri": ORCID}
        found["nameIdentifiers"] = [{"nameIdentifier": f"{ORCID}/{one.orcid}", **scheme}]
    if one.affiliation:
        found["affiliation"] = [{"name": one.affiliation}]
    return found


def rights(resource: Resource) -> Plain:
    """Write under which licence it is."""
    return {
        "rights": resource.licence.name,
        "rightsUri": resource.licence.address,
        "rightsIdentifier": resource.licence.id,
        "rightsIdentifierScheme": "SPDX",
        "schemeUri": SPDX,
    }


def related(resource: Resource) -> list[Plain]:
    """Write what it comes from, and which version it follows."""
    return [
        {
            "relatedIdentifier": one.address,
            "relatedIdentifierType": "URL",
            "relationType": one.kind.value,
        }
        for one in resource.relations
    ]


def descriptions(resource: Resource) -> list[Plain]:
    """Write summary, plain edition, and that something is invented."""
    told = [(resource.summary, "Abstract"), (resource.plain, "Other")]
    texts = [(INVENTED, "TechnicalInfo"), *told] if resource.is_invented else told
    return [
        {
            "description": text,
            "descriptionType": kind,
            "lang": "en" if text == INVENTED else resource.language,
        }
        for text, kind in texts
        if text
    ]


def to_xml(resource: Resource) -> Markup:
    """Write the same metadata as one element, with its namespace and schema."""
    plain = to_plain(resource)
    kind = plain["types"]
    identifier = ("DOI", resource.doi) if resource.doi else ("URL", resource.address)
    other = plain["alternateIdentifiers"]
    return element(
        "resource",
        element("identifier", identifier[1], attributes={"identifierType": identifier[0]}),
        group("creators", [creator_element(one) for one in plain["creators"]]),
        group("titles", [in_language("title", one["title"], one) for one in plain["titles"]]),
        element("publisher", resource.publisher),
        element("publicationYear", plain["publicationYear"]),
        element(
            "resourceType", kind["resourceType"],
            attributes={"resourceTypeGeneral": kind["resourceTypeGeneral"]},
        ),
        group(
            "subjects",
            [in_language("subject", one["subject"], one) for one in plain.get("subjects", ())],
        ),
        group("dates", [named("date", one, "dateType") for one in plain["dates"]]),
        element("language", resource.language),
        group(
            "alternateIdentifiers",
            [named("alternateIdentifier", one, "alternateIdentifierType") for one in other],
        ),
        group(
            "relatedIdentifiers",
            [
                named("relatedIdentifier", one, "relatedIdentifierType", "relationType")
                for one in plain.get("relatedIdentifiers", ())
            ],
        ),
        group("sizes", [element("size", one) for one in plain.get("sizes", ())]),
        group("formats", [element("format", one) for one in plain.get("formats", ())]),
        element("version", plain["version"]),
        group("rightsList", [rights_element(one) for one in plain["rightsList"]]),
        group(
            "descriptions",
            [
                in_language("description", one["description"], one, "descriptionType")
                for one in plain["descriptions"]
            ],
        ),
        attributes={
            "xmlns": NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
        },
    )  # fmt: skip


def group(name: str, members: list[Markup]) -> Markup:
    """Write a group of elements; an empty one is left out."""
    return element(name, *members) if members else Markup("")


def in_language(name: str, text: str, one: Plain, *attributes: str) -> Markup:
    """Write a text with its language."""
    words = {key: one[key] for key in attributes}
    return element(name, text, attributes={"xml:lang": one["lang"], **words})


def named(name: str, one: Plain, *attributes: str) -> Markup:
    """Write an element whose text has its own name in the plain data."""
    return element(name, one[name], attributes={key: one[key] for key in attributes})


def creator_element(one: Plain) -> Markup:
    """Write who made it as an element."""
    parts = [element("creatorName", one["name"], attributes={"nameType": one["nameType"]})]
    parts += [element(key, one[key]) for key in ("givenName", "familyName") if key in one]
    for found in one.get("nameIdentifiers", ()):
        scheme = {
            "nameIdentifierScheme": found["nameIdentifierScheme"],
            "schemeURI": found["schemeUri"],
        }
        parts.append(element("nameIdentifier", found["nameIdentifier"], attributes=scheme))
    parts += [element("affiliation", place["name"]) for place in one.get("affiliation", ())]
    return element("creator", joined(*parts))


def rights_element(one: Plain) -> Markup:
    """Write the licence as an element."""
    words = {
        "rightsURI": one["rightsUri"],
        "rightsIdentifier": one["rightsIdentifier"],
        "rightsIdentifierScheme": one["rightsIdentifierScheme"],
        "schemeURI": one["schemeUri"],
    }
    return element("rights", one["rights"], attributes=words)
