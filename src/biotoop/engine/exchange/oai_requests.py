"""What a harvester asks by OAI-PMH 2.0: read, and refused with the code of the protocol."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

import attrs

# Verb: what must be there, what may be there. A resumption token stands alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
    "ListRecords": (
        frozenset({"metadataPrefix"}),
        frozenset({"from", "until", "set", "resumptionToken"}),
    ),
}
TOKEN = "resumptionToken"  # noqa: S105 - the name of an argument
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


@attrs.frozen(kw_only=True)
class Fault:
    """Why a request is refused: a code of the protocol, and words for people."""

    code: str
    text: str


@attrs.frozen(kw_only=True)
class Request:
    """A sound request; ``start`` and ``end`` are both included, in UTC, to the second."""

    verb: str
    identifier: str = ""
    prefix: str = ""
    set: str = ""
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    token: str = ""


def read(pairs: Sequence[tuple[str, str]]) -> Request | Fault:
    """Read a request.

    Parameters
    ----------
    pairs
        Names and values as they came, also those that came twice.

    Returns
    -------
    Request or Fault
        A fault has the code ``badVerb`` or ``badArgument``.
    """
    counted = Counter(name for name, _value in pairs)
    given = dict(pairs)
    if counted["verb"] != 1 or given["verb"] not in VERBS:
        return Fault(code="badVerb", text=f"Give one verb, one of: {', '.join(VERBS)}.")
    verb = given.pop("verb")
    required, optional = VERBS[verb]
    if fault := fault_in(given, counted, required, optional):
        return fault
    if TOKEN in given:
        return Request(verb=verb, token=given[TOKEN])
    return with_dates(verb, given)


def fault_in(
    given: dict[str, str],
    counted: Counter[str],
    required: frozenset[str],
    optional: frozenset[str],
) -> Fault | None:
    """Find an argument that is unknown, twice there, empty, or missing."""
    twice = sorted(name for name, number in counted.items() if number > 1)
    unknown = sorted(set(given) - required - optional)
    missing = sorted(required - set(given)) if TOKEN not in given else []
    empty = sorted(name for name, value in given.items() if not value)
    text = ""
    if unknown:
        text = f"This verb does not take: {', '.join(unknown)}."
    elif twice:
        text = f"Give once only: {', '.join(twice)}."
    elif empty:
        text = f"These have no value: {', '.join(empty)}."
    elif TOKEN in given and len(given) > 1:
        text = "A resumptionToken stands alone, beside the verb."
    elif missing:
        text = f"Missing: {', '.join(missing)}."
    return Fault(code="badArgument", text=text) if text else None


def with_dates(verb: str, given: dict[str, str]) -> Request | Fault:
    """Read the period: days, or seconds in UTC, the same on both sides."""
    asked = [given[name] for name in ("from", "until") if name in given]
    in_days = [bool(_DAY.fullmatch(text)) for text in asked]
    if not all(day or _SECOND.fullmatch(text) for day, text in zip(in_days, asked, strict=True)):
        text = "Write from and until as 2026-12-31 or 2026-12-31T23:59:59Z."
        return Fault(code="badArgument", text=text)
    if len(set(in_days)) > 1:
        return Fault(code="badArgument", text="Write from and until both in days or in seconds.")
    try:
        start, end = first_moment(given.get("from", "")), last_moment(given.get("until", ""))
    except ValueError:
        return Fault(code="badArgument", text="There is no such day or time.")
    if start and end and start > end:
        return Fault(code="badArgument", text="from lies after until.")
    return Request(
        verb=verb,
        identifier=given.get("identifier", ""),
        prefix=given.get("metadataPrefix", ""),
        set=given.get("set", ""),
        start=start,
        end=end,
    )


def first_moment(text: str) -> dt.datetime | None:
    """Give the moment that a text names; of a day its first second."""
    if not text:
        return None
    return dt.datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=dt.UTC)


def last_moment(text: str) -> dt.datetime | None:
    """Give the moment that a text names; of a day its last second."""
    moment = first_moment(text)
    if moment is not None and _DAY.fullmatch(text):
        return moment.replace(hour=23, minute=59, second=59)
    return moment
