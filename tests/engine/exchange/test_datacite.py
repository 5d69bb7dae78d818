"""Metadata hold against the schema of DataCite, and against another writer of its XML."""

import datetime as dt
from uuid import UUID

import attrs
import pytest
from datacite import schema45
from lxml import etree

from biotoop.engine.exchange import datacite, didl, dublin_core
from biotoop.engine.exchange.resources import (
    INVENTED,
    Creator,
    Licence,
    Relation,
    RelationKind,
    Resource,
    ResourceKind,
)

WHOLE = Resource(
    id=UUID(int=7),
    version=2,
    kind=ResourceKind.REPORT,
    title='Samen eten & "meer" <hier>',
    language="nl",
    summary="Een jaar samen eten.",
    plain="Buren aten samen.",
    creators=(
        Creator(name="Wijkstra, Fenna", affiliation="Samenkracht", orcid="0000-0002-1825-0097"),
        Creator(name="Samenkracht Beekwaarde", is_person=False),
    ),
    publisher="Samenkracht Beekwaarde",
    published=dt.date(2026, 3, 1),
    licence=Licence(
        id="CC-BY-4.0",
        name="Creative Commons Attribution 4.0 International",
        address="https://creativecommons.org/licenses/by/4.0/",
    ),
    address="https://example.org/kennis/7/",
    doi="10.1234/abcd",
    subjects=("eenzaamheid",),
    formats=("application/pdf",),
    sizes=(1200,),
    relations=(Relation(kind=RelationKind.DERIVED, address="https://example.org/kennis/6/"),),
    is_invented=True,
)
BARE = attrs.evolve(
    WHOLE, doi="", subjects=(), formats=(), sizes=(), relations=(), is_invented=False
)


@pytest.mark.parametrize("resource", [WHOLE, BARE], ids=["whole", "bare"])
@pytest.mark.parametrize("kind", ResourceKind)
def test_the_plain_data_hold_against_the_schema(resource, kind):
    plain = datacite.to_plain(attrs.evolve(resource, kind=kind))

    assert [fault.message for fault in schema45.validator.iter_errors(plain)] == []


def test_the_schema_refuses_what_is_wrong():
    plain = datacite.to_plain(WHOLE)

    assert not schema45.validate({**plain, "types": {"resourceTypeGeneral": "Wish"}})
    assert not schema45.validate({key: plain[key] for key in plain if key != "creators"})


def tree(node) -> tuple:
    """Give what an element says, whatever prefixes and order of attributes it is written with."""
    return node.tag, dict(node.attrib), (node.text or "").strip(), [tree(child) for child in node]


def parts(text: bytes) -> dict[str, tuple]:
    """Give each part of a record by its name."""
    return {child.tag: tree(child) for child in etree.fromstring(text)}


def test_our_xml_says_what_another_writer_makes_of_the_plain_data():
    ours = parts(datacite.to_xml(WHOLE).encode())
    theirs = parts(schema45.tostring(datacite.to_plain(WHOLE)).encode())

    assert set(ours) == set(theirs)
    for name, text in theirs.items():
        assert ours[name] == text


def test_without_a_doi_the_page_stands_in_its_place():
    whole = etree.fromstring(datacite.to_xml(BARE).encode())
    found = whole.find("{*}identifier")

    assert (found.get("identifierType"), found.text) == ("URL", BARE.address)


@pytest.mark.parametrize("write", [dublin_core.to_xml, didl.to_xml, datacite.to_xml])
def test_every_form_says_that_content_is_invented(write):
    assert INVENTED in write(WHOLE)
    assert INVENTED not in write(BARE)


@pytest.mark.parametrize("write", [dublin_core.to_xml, didl.to_xml, datacite.to_xml])
def test_words_survive_every_form(write):
    strange = attrs.evolve(WHOLE, title="a\x00b <c> & ]]> \ud800 é 😀")
    whole = etree.fromstring(write(strange).encode())
    texts = [one.text for one in whole.iter() if one.text]

    assert any(text == "ab <c> & ]]>  é 😀" for text in texts)
