"""Answer harvesters by OAI-PMH 2.0: what is public, and what once was, a hundred at a time.

A resumption token holds all that is needed to go on, signed, for a day: nothing is remembered.
Rows are taken behind the last one given, so that what changes meanwhile comes later, never twice
in one answer, and is not lost.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import attrs
from django.conf import settings
from django.core import signing
from django.db.models import Min, Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import override

from biotoop.engine.exchange import oai
from biotoop.engine.exchange.markup import Markup, element
from biotoop.engine.exchange.oai_requests import Fault, Request, read
from biotoop.web.knowledge.bridge.records import resource_of
from biotoop.web.knowledge.enums import ProductKind
from biotoop.web.knowledge.models import Product
from biotoop.web.knowledge.queries import exposed, programmes_ever_exposed
from biotoop.web.knowledge.rules.chain import public_theories

A_PART, LIFE = 100, dt.timedelta(days=1)
SALT = "biotoop.knowledge.oai"
NAME = "Biotoop"
Rows = QuerySet[Product]
Bad = Fault | Markup


@attrs.frozen(kw_only=True)
class Part:
    """Which part of a list is asked: the request, how many went before, and behind which row."""

    request: Request
    cursor: int = 0
    size: int | None = None
    after: tuple[dt.datetime, UUID] | None = None


def answer(pairs: Sequence[tuple[str, str]], base: str) -> Iterator[str]:
    """Answer a request, whole; a fault is an answer as well."""
    asked, at = read(pairs), now()
    with override(settings.LANGUAGE_CODE):
        found = asked if isinstance(asked, Fault) else VERBS[asked.verb](asked, base)
    told = {} if isinstance(asked, Fault) else dict(pairs)
    inside = oai.refusal(found) if isinstance(found, Fault) else found
    return oai.answer(base, at, told, [inside])


def identify(_asked: Request, base: str) -> Bad:
    """Say what this repository is."""
    earliest = exposed().aggregate(first=Min("stamped_at"))["first"] or now()
    address = settings.DEFAULT_FROM_EMAIL
    return oai.identified(oai.Archive(name=NAME, base=base, address=address, earliest=earliest))


def list_formats(asked: Request, _base: str) -> Bad:
    """List the forms; they are the same for every record."""
    if asked.identifier and find(asked.identifier) is None:
        return unknown(asked.identifier)
    return oai.formats()


def list_sets(asked: Request, _base: str) -> Bad:
    """List the sets: by kind, and by programme."""
    if asked.token:
        return Fault(code="badResumptionToken", text="The list of sets comes in one part.")
    named = [("kind", "Kind"), *((f"kind:{k.value}", str(k.label)) for k in ProductKind)]
    programmes = [(f"programme:{p.pk}", p.name) for p in programmes_ever_exposed()]
    return oai.sets([*named, ("programme", "Programme"), *programmes])


def get_record(asked: Request, _base: str) -> Bad:
    """Give one record."""
    if asked.prefix not in oai.FORMATS:
        return no_such_format(asked.prefix)
    row = find(asked.identifier)
    if row is None:
        return unknown(asked.identifier)
    theories = public_theories([row.latest] if row.latest else [])
    return element("GetRecord", whole(row, asked, theories))


def list_some(asked: Request, _base: str) -> Bad:
    """Give a part of the headers or records."""
    part = resumed(asked) if asked.token else Part(request=asked)
    if isinstance(part, Fault):
        return part
    wanted = part.request
    if wanted.prefix not in oai.FORMATS:
        return no_such_format(wanted.prefix)
    rows = selected(wanted)
    size = part.size if part.size is not None else rows.count()
    if part.after is not None:
        stamp, last = part.after
        rows = rows.filter(Q(stamped_at__gt=stamp) | Q(stamped_at=stamp, pk__gt=last))
    found = list(rows.select_related("latest").order_by("stamped_at", "pk")[: A_PART + 1])
    if not found:
        return Fault(code="noRecordsMatch", text="Nothing matches this period and set.")
    shown = found[:A_PART]
    theories = public_theories(row.latest for row in shown if row.latest)
    inside = [whole(row, wanted, theories) for row in shown]
    if part.after is not None or len(found) > A_PART:
        inside.append(token(attrs.evolve(part, size=size), shown, is_last=len(found) <= A_PART))
    return element(asked.verb, *inside)


VERBS = {
    "Identify": identify,
    "ListMetadataFormats": list_formats,
    "ListSets": list_sets,
    "GetRecord": get_record,
    "ListIdentifiers": list_some,
    "ListRecords": list_some,
}


def selected(asked: Request) -> Rows:
    """Keep what lies in the period and the set."""
    rows = exposed()
    if asked.start:
        rows = rows.filter(stamped_at__gte=asked.start)
    if asked.end:
        rows = rows.filter(stamped_at__lte=asked.end)
    return rows.filter(in_set(asked.set)) if asked.set else rows


def in_set(spec: str) -> Q:
    """Give the condition on what lies in a set; an unknown set holds nothing."""
    kind, colon, value = spec.partition(":")
    if spec == "kind":
        return Q(latest__isnull=False)
    if spec == "programme":
        return Q(latest__programme__isnull=False)
    if kind == "kind" and colon:
        return Q(latest__kind=value)
    key = as_key(value) if kind == "programme" else None
    return Q(latest__programme=key) if key else Q(pk__in=())


def as_key(text: str) -> UUID | None:
    """Read an id as we write it."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    return key if str(key) == text else None


def name_of(row: Product) -> str:
    """Give the identifier of a product."""
    return f"{own()}{row.pk}"


def own() -> str:
    """Give how our identifiers begin: the name of the site, without a port."""
    host = settings.ADDRESS.partition("://")[2].partition("/")[0].partition(":")[0]
    return f"oai:{host}:"


def find(identifier: str) -> Product | None:
    """Find a product by its identifier."""
    key = as_key(identifier.removeprefix(own())) if identifier.startswith(own()) else None
    return exposed().select_related("latest").filter(pk=key).first() if key else None


def whole(row: Product, asked: Request, theories: frozenset[str]) -> Markup:
    """Write a row as it was asked: the header only, or the record."""
    release, is_deleted = row.latest, row.withdrawn_at is not None
    if release is None or row.stamped_at is None:
        raise ValueError(row.pk)  # exposed() lists no such row
    sets = [f"kind:{release.kind}"]
    if release.programme_id:
        sets.append(f"programme:{release.programme_id}")
    header = oai.Header(
        identifier=name_of(row), stamp=row.stamped_at, sets=tuple(sets), is_deleted=is_deleted
    )
    if asked.verb == "ListIdentifiers":
        return oai.header(header)
    write = oai.FORMATS[asked.prefix][2]
    return oai.record(header, None if is_deleted else write(resource_of(release, theories)))


def unknown(identifier: str) -> Fault:
    """Say that there is no such record."""
    return Fault(code="idDoesNotExist", text=f"There is no record {identifier}.")


def no_such_format(prefix: str) -> Fault:
    """Say which forms there are."""
    text = f"There is no form {prefix}. There are: {', '.join(oai.FORMATS)}."
    return Fault(code="cannotDisseminateFormat", text=text)


def token(part: Part, shown: Sequence[Product], *, is_last: bool) -> Markup:
    """Write how to go on behind the last row; behind the last part an empty token."""
    asked, last = part.request, shown[-1]
    words: dict[str, Any] = {
        "verb": asked.verb,
        "prefix": asked.prefix,
        "set": asked.set,
        "start": asked.start.isoformat() if asked.start else "",
        "end": asked.end.isoformat() if asked.end else "",
        "cursor": part.cursor + len(shown),
        "size": part.size,
        "stamp": last.stamped_at.isoformat() if last.stamped_at else "",
        "last": str(last.pk),
    }
    text = "" if is_last else signing.dumps(words, salt=SALT, compress=True)
    expires = None if is_last else now() + LIFE
    return oai.token(text, size=part.size or 0, cursor=part.cursor, expires=expires)


def resumed(asked: Request) -> Part | Fault:
    """Read a token that we wrote, within its time, and for the same verb."""
    try:
        words = signing.loads(asked.token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        words = {}
    if words.get("verb") != asked.verb:
        text = "This resumptionToken is not ours, not for this verb, or too old. Begin again."
        return Fault(code="badResumptionToken", text=text)
    request = Request(
        verb=asked.verb,
        prefix=words["prefix"],
        set=words["set"],
        start=moment(words["start"]),
        end=moment(words["end"]),
    )
    stamp = dt.datetime.fromisoformat(words["stamp"])
    after = (stamp, UUID(words["last"]))
    return Part(request=request, cursor=words["cursor"], size=words["size"], after=after)


def moment(text: str) -> dt.datetime | None:
    """Read a moment, when there is one."""
    return dt.datetime.fromisoformat(text) if text else None
