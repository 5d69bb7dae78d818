"""The MODS that harvesters get is valid against the schema of MODS 3.4."""

import datetime as dt
import itertools
from uuid import UUID

import attrs
from lxml import etree

from architecture.tree import ROOT
from biotoop.engine.exchange import didl, oai
from biotoop.engine.exchange.resources import (
    Creator,
    Licence,
    Relation,
    RelationKind,
    Resource,
    ResourceKind,
)

SCHEMAS = ROOT / "tests" / "reference" / "mods"
XML_NAMES = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'targetNamespace="http://www.w3.org/XML/1998/namespace">'
    '<xs:attribute name="lang" type="xs:language"/></xs:schema>'
)
FULL = Resource(
    id=UUID(int=1), version=2, kind=ResourceKind.REPORT, title="Samen & eten", language="nl",
    summary="Kort.", plain="Gewoon.",
    creators=(
        Creator(name="Wijkstra, Fenna", is_person=True, affiliation="Samenkracht",
                orcid="0000-0002-1825-0097"),
        Creator(name="Samenkracht", is_person=False, affiliation="", orcid=""),
    ),
    publisher="Samenkracht", published=dt.date(2026, 1, 2),
    licence=Licence(id="CC0-1.0", name="CC0", address="https://example.org/zero"),
    address="https://example.org/kennis/1/", doi="10.1234/abc", subjects=("eenzaamheid",),
    formats=("application/pdf",), sizes=(12,),
    relations=tuple(Relation(kind=kind, address="https://example.org/") for kind in RelationKind),
    is_invented=True,
)  # fmt: skip
LITTLE = {"doi": "", "subjects": (), "relations": (), "creators": (), "is_invented": False}


class Local(etree.Resolver):
    """Give the schemas that the schema names, from this folder: nothing is fetched."""

    def resolve(self, url, _id, context):
        if url.endswith("/xml.xsd"):
            return self.resolve_string(XML_NAMES, context)
        return self.resolve_filename(str(SCHEMAS / url.rpartition("/")[2]), context)


def schema() -> etree.XMLSchema:
    reader = etree.XMLParser(no_network=True)
    reader.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / "mods-3-4.xsd"), reader))


def mods_of(resource: Resource) -> etree._Element:
    """Give the MODS in a record, by itself."""
    whole = etree.fromstring(didl.to_xml(resource).encode())
    [found] = whole.iter(f"{{{didl.MODS}}}mods")
    return etree.fromstring(etree.tostring(found))


def test_mods_of_every_kind_with_much_and_with_little_is_valid():
    valid = schema()
    for kind, fields, language in itertools.product(ResourceKind, ({}, LITTLE), ("nl", "en")):
        made = attrs.evolve(FULL, kind=kind, language=language, **fields)
        assert valid.validate(mods_of(made)), (kind, valid.error_log)


def test_the_schema_refuses_what_is_not_mods():
    broken = mods_of(FULL)
    etree.SubElement(broken, f"{{{didl.MODS}}}nothing")
    assert not schema().validate(broken)


def test_the_list_of_formats_says_that_the_container_is_unverified():
    told = str(oai.formats())
    assert "didl_mods" in told.partition("-->")[0]
    assert "unverified" in told.partition("-->")[0]
