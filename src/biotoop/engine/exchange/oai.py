"""What a repository answers by OAI-PMH 2.0: the envelope, headers, records and tokens."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import attrs

from biotoop.engine.exchange import datacite, didl, dublin_core
from biotoop.engine.exchange.markup import Markup, element, joined
from biotoop.engine.exchange.oai_requests import Fault

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
SCHEMA = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
# Prefix: schema, namespace, writer. The last one was held against no schema.
FORMATS = {
    "oai_dc": (dublin_core.SCHEMA, dublin_core.NAMESPACE, dublin_core.to_xml),
    "datacite": (datacite.SCHEMA, datacite.NAMESPACE, datacite.to_xml),
    "didl_mods": (didl.SCHEMA, didl.NAMESPACE, didl.to_xml),
}
# A comment: the schema of this answer has no room for such a remark.
UNVERIFIED = Markup(
    "<!-- didl_mods: the MODS is valid against MODS 3.4; the DIDL container is unverified, it was "
    "not held against a schema. -->"
)


@attrs.frozen(kw_only=True)
class Header:
    """What stands above each record; of a deleted one nothing else is given."""

    identifier: str
    stamp: dt.datetime
    sets: tuple[str, ...] = ()
    is_deleted: bool = False


@attrs.frozen(kw_only=True)
class Archive:
    """What a repository says of itself."""

    name: str
    base: str
    address: str
    earliest: dt.datetime


def stamped(moment: dt.datetime) -> str:
    """Write a moment in UTC, to the second."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def answer(
    base: str, at: dt.datetime, asked: Mapping[str, str], inside: Iterable[str]
) -> Iterator[str]:
    """Write the whole answer, piece by piece.

    Parameters
    ----------
    base
        Address of the repository.
    at
        Now.
    asked
        The arguments, repeated in the answer; none when verb or arguments were wrong.
    inside
        What stands in it.
    """
    words = f'xmlns="{NAMESPACE}" xmlns:xsi="{INSTANCE}"'
    place = f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH {words} {place}>'
    yield element("responseDate", stamped(at))
    yield element("request", base, attributes=asked)
    yield from inside
    yield "</OAI-PMH>\n"


def refusal(fault: Fault) -> Markup:
    """Write why a request is refused."""
    return element("error", fault.text, attributes={"code": fault.code})


def identified(archive: Archive) -> Markup:
    """Write what the repository is."""
    fields = {
        "repositoryName": archive.name,
        "baseURL": archive.base,
        "protocolVersion": "2.0",
        "adminEmail": archive.address,
        "earliestDatestamp": stamped(archive.earliest),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    return element("Identify", *(element(name, text) for name, text in fields.items()))


def formats() -> Markup:
    """Write in which forms every record can be had."""
    return element(
        "ListMetadataFormats",
        UNVERIFIED,
        *(
            element(
                "metadataFormat",
                element("metadataPrefix", prefix),
                element("schema", schema),
                element("metadataNamespace", namespace),
            )
            for prefix, (schema, namespace, _write) in FORMATS.items()
        ),
    )


def sets(named: Iterable[tuple[str, str]]) -> Markup:
    """Write which sets there are."""
    rows = (
        element("set", element("setSpec", spec), element("setName", name)) for spec, name in named
    )
    return element("ListSets", *rows)


def header(one: Header) -> Markup:
    """Write what stands above a record."""
    return element(
        "header",
        element("identifier", one.identifier),
        element("datestamp", stamped(one.stamp)),
        *(element("setSpec", spec) for spec in one.sets),
        attributes={"status": "deleted" if one.is_deleted else ""},
    )


def record(one: Header, metadata: Markup | None) -> Markup:
    """Write a record; a deleted one has no metadata."""
    if metadata is None:
        return element("record", header(one))
    return element("record", joined(header(one), element("metadata", metadata)))


def token(text: str, *, size: int, cursor: int, expires: dt.datetime | None) -> Markup:
    """Write how to go on; an empty text says that this was the last part."""
    words = {"completeListSize": str(size), "cursor": str(cursor)}
    if text and expires is not None:
        words["expirationDate"] = stamped(expires)
    return element("resumptionToken", text, attributes=words)
