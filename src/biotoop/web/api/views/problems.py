"""Say what is wrong with a call, where, and what to do: application/problem+json."""

import json
from typing import Any

import attrs
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers.problems import Fault, Problem
from biotoop.web.api.bridge.values import Wrong, to_plain

KIND = "application/problem+json"


@attrs.frozen
class Kind:
    """A kind of problem: its name in addresses, its status, and its words."""

    name: str
    status: int
    title: str | Promise
    detail: str | Promise


NOT_JSON = Kind("not-json", 400, _("This cannot be read"), _("Send JSON in UTF-8."))
NO_KEY = Kind(
    "no-key", 401, _("There is no key that works"),
    _("Make a key on the page “Keys for programs”, and send it as “Authorization: Bearer KEY”."),
)  # fmt: skip
NO_FACTOR = Kind(
    "second-factor", 403, _("A second factor is missing"),
    _("You must use a second factor. Sign in to the workplace and set it up; then this key works."),
)  # fmt: skip
READ_ONLY = Kind(
    "read-only", 403, _("This key may only read"), _("Make a key that may read and write.")
)
REFUSED = Kind(
    "refused", 403, _("You may not do this"),
    _("Ask somebody of the organisation for a role with which you may."),
)  # fmt: skip
NOT_THERE = Kind(
    "not-there", 404, _("This is not there"),
    _("It does not exist, or it is not yours to see. Look at the address."),
)  # fmt: skip
NO_METHOD = Kind(
    "no-method", 405, _("This cannot be done here"), _("Look at “Allow” for what can be done.")
)
STALE = Kind(
    "stale", 409, _("Somebody else changed this"),
    _("Nothing was written. Put what you want into what stands there now; send that edition."),
)  # fmt: skip
UNFITTING = Kind(
    "unfitting", 409, _("This does not fit what stands there now"), _("Read it again first.")
)
TOO_LARGE = Kind("too-large", 413, _("This is too large"), _("Send less at a time."))
NO_TYPE = Kind(
    "content-type", 415, _("This kind of content is not read"),
    _("Send “Content-Type: application/json”."),
)  # fmt: skip
WRONG = Kind("wrong", 422, _("This does not fit"), _("Nothing was kept. Mend what “faults” names."))
OTHER_CALL = Kind(
    "other-call", 422, _("This Idempotency-Key was used for another call"),
    _("Give every call a key of its own; send the same key only with the same call."),
)  # fmt: skip
TOO_OFTEN = Kind(
    "too-often", 429, _("You ask too often"), _("Wait as many seconds as “Retry-After” says.")
)
KINDS = (
    NOT_JSON, NO_KEY, NO_FACTOR, READ_ONLY, REFUSED, NOT_THERE, NO_METHOD, STALE, UNFITTING,
    TOO_LARGE, NO_TYPE, WRONG, OTHER_CALL, TOO_OFTEN,
)  # fmt: skip


class Trouble(Exception):
    """A call that cannot be answered."""

    def __init__(
        self,
        kind: Kind,
        *,
        faults: tuple[Fault, ...] = (),
        edition: int | None = None,
        now: object = None,
        **headers: str,
    ) -> None:
        self.kind, self.faults, self.edition, self.now = kind, faults, edition, now
        self.headers = headers
        super().__init__(kind.name)


def wrong(fault: Wrong) -> Trouble:
    """Tell every fault in what was sent."""
    return Trouble(WRONG, faults=tuple(Fault(where=f.where, text=f.text) for f in fault.faults))


def written(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Write a problem in the language of the reader."""
    kind = trouble.kind
    problem = Problem(
        type=f"{reverse('api:docs')}#{kind.name}",
        title=str(kind.title),
        status=kind.status,
        detail=str(kind.detail),
        instance=request.path[:300],
        faults=trouble.faults,
        edition=trouble.edition,
        now=trouble.now,
    )
    plain: dict[str, Any] = to_plain(problem)
    kept = {name: value for name, value in plain.items() if value not in (None, [], ())}
    response = HttpResponse(json.dumps(kept), content_type=KIND, status=kind.status)
    for name, value in trouble.headers.items():
        response.headers[name.replace("_", "-")] = value
    return response
