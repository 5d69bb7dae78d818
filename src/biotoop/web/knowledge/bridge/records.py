"""Releases as values of the engine, and the metadata that the engine writes of them."""

import json
from typing import cast
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from biotoop.engine.core.messages import Language
from biotoop.engine.exchange import datacite
from biotoop.engine.exchange.resources import (
    Creator,
    Licence,
    Relation,
    RelationKind,
    Resource,
    ResourceKind,
)
from biotoop.web.knowledge.models import Release
from biotoop.web.knowledge.rules.chain import public_theories, theories_in
from biotoop.web.programmes.enums import Theme
from biotoop.web.shared.actions.mail import link

CREATIVE, SPDX = "https://creativecommons.org/", "https://spdx.org/licenses/"
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "licenses/by/4.0/"),
    "CC-BY-SA-4.0": (
        "Creative Commons Attribution Share Alike 4.0 International", "licenses/by-sa/4.0/"
    ),
    "CC-BY-NC-4.0": (
        "Creative Commons Attribution Non Commercial 4.0 International", "licenses/by-nc/4.0/"
    ),
    "CC-BY-ND-4.0": (
        "Creative Commons Attribution No Derivatives 4.0 International", "licenses/by-nd/4.0/"
    ),
    "CC-BY-NC-ND-4.0": (
        "Creative Commons Attribution Non Commercial No Derivatives 4.0 International",
        "licenses/by-nc-nd/4.0/",
    ),
    "CC0-1.0": ("Creative Commons Zero v1.0 Universal", "publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Data Commons Open Database License v1.0", ""),
    "EUPL-1.2": ("European Union Public License 1.2", ""),
}  # fmt: skip


def page_of(product: UUID | str) -> str:
    """Give the whole address of the public page of a product."""
    return link(reverse("knowledge:product", args=[product]))


def licence_of(identifier: str) -> Licence:
    """Give a licence with its name and address."""
    name, path = LICENCES[identifier]
    address = f"{CREATIVE}{path}" if path else f"{SPDX}{identifier}.html"
    return Licence(id=identifier, name=name, address=address)


def resource_of(release: Release, theories: frozenset[str]) -> Resource:
    """Make a value out of a release; ``theories`` are those that anybody may read."""
    content = release.content
    files = content["files"]
    return Resource(
        id=release.product_id,
        version=release.number,
        kind=ResourceKind(release.kind),
        title=release.title,
        language=cast("Language", content["language"]),
        summary=content["summary"],
        plain=content["plain"],
        creators=tuple(Creator(**one) for one in content["authors"]),
        publisher=content["publisher"],
        published=release.published_at.date(),
        licence=licence_of(content["licence"]),
        address=page_of(release.product_id),
        doi=content["doi"],
        subjects=subjects_of(release),
        formats=tuple(dict.fromkeys(file["media_type"] for file in files)),
        sizes=tuple(file["size"] for file in files),
        relations=relations_of(release, theories),
        is_invented=content["invented"],
    )


def subjects_of(release: Release) -> tuple[str, ...]:
    """Name the theme in the language of the product, whoever asks."""
    with override(release.content["language"]):
        return (str(Theme(release.theme).label),) if release.theme else ()


def relations_of(release: Release, theories: frozenset[str]) -> tuple[Relation, ...]:
    """Say what it builds on, which public theories it is about, and which version it follows."""
    content = release.content
    before = content["previous"]
    found = [(RelationKind.DERIVED, page_of(source)) for source in content["sources"]]
    found += [
        (RelationKind.REFERENCES, link(reverse("theories:read", args=[theory])))
        for theory in dict.fromkeys(theories_in(release))
        if theory in theories
    ]
    if before:
        page = link(reverse("knowledge:release", args=[before]))
        found.append((RelationKind.NEW_VERSION, page))
    return tuple(Relation(kind=kind, address=address) for kind, address in found)


def datacite_json(release: Release) -> str:
    """Write the metadata as JSON."""
    resource = resource_of(release, public_theories([release]))
    return json.dumps(datacite.to_plain(resource), ensure_ascii=False, indent=2)


def datacite_xml(release: Release) -> str:
    """Write the metadata as XML."""
    text = datacite.to_xml(resource_of(release, public_theories([release])))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
