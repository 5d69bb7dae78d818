"""One call: let the key in, read what was sent, do it, and answer; or say what is wrong."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from biotoop.web.accounts.actions.signing_in import client_address
from biotoop.web.accounts.models import User
from biotoop.web.api.actions import admitting, repeating
from biotoop.web.api.bridge.answers.problems import Fault
from biotoop.web.api.bridge.values import NotJson, Wrong, parsed, read, shapes_of, to_plain
from biotoop.web.api.views import problems
from biotoop.web.api.views.operations import Operation
from biotoop.web.api.views.problems import Trouble
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.rules import Reader, ReaderRequest
from biotoop.web.theories.bridge.documents import LanguageCode
from biotoop.web.theories.forms import reader_language

LONGEST_KEY, MOST_NUMBER, FIRST_YEAR, LAST_YEAR = 100, 2**31 - 1, 1970, 9000
KEY = re.compile(f"[!-~]{{1,{LONGEST_KEY}}}")
View = Callable[..., HttpResponseBase]


@attrs.frozen
class Listed:
    """A page of a list."""

    items: Sequence[Any]
    next: UUID | None


@attrs.frozen(kw_only=True)
class Call:
    """What an operation knows of a call."""

    request: ReaderRequest
    caller: admitting.Caller
    query: Any
    body: Any

    @property
    def reader(self) -> Reader:
        return self.caller.reader

    @property
    def user(self) -> User:
        return self.caller.user

    @property
    def language(self) -> LanguageCode:
        return reader_language()

    def page(self, rows: QuerySet[Any], write: Callable[[list[Any]], Iterable[Any]]) -> Listed:
        """Give the part of a list that was asked for; rows come in the order of their ids."""
        asked = self.query
        if asked.after is not None:
            rows = rows.filter(pk__gt=asked.after)
        since = getattr(asked, "changed_since", None)
        if since is not None:
            rows = rows.filter(changed_at__gte=beginning(since))
        found: list[Model] = list(rows.order_by("pk")[: asked.limit + 1])
        shown = found[: asked.limit]
        more = shown[-1].pk if len(found) > len(shown) else None
        return Listed(items=tuple(write(shown)), next=more)


def beginning(day: date) -> datetime:
    """Give the first moment of a day, where the reader is; far days stay within the calendar."""
    year = min(max(day.year, FIRST_YEAR), LAST_YEAR)
    near = day if year == day.year else date(year, 1, 1)
    return timezone.make_aware(datetime.combine(near, time()))


def view_of(operations: Mapping[str, Operation]) -> View:
    """Make the view of one address."""

    @csrf_exempt
    def answer(request: HttpRequest, **path: Any) -> HttpResponseBase:  # noqa: ANN401 - parts of the address
        try:
            caller = admitted(request)
        except Trouble as trouble:
            return problems.written(request, trouble)
        with translation.override(caller.user.language), timezone.override(caller.user.time_zone):
            request.LANGUAGE_CODE = caller.user.language
            response = told(request, caller, operations, path)
            response.headers["Content-Language"] = caller.user.language
            return response

    return answer


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at an address."""
    return problems.written(request, Trouble(problems.NOT_THERE))


def told(
    request: HttpRequest, caller: admitting.Caller, operations: Mapping[str, Operation],
    path: Mapping[str, Any],
) -> HttpResponseBase:  # fmt: skip
    """Answer in the language of the reader, also when it cannot be done."""
    try:
        return done(request, caller, operations, path)
    except Trouble as trouble:
        return problems.written(request, trouble)
    except Http404:
        return problems.written(request, Trouble(problems.NOT_THERE))
    except PermissionDenied:
        return problems.written(request, Trouble(problems.REFUSED))
    except Refused as refusal:
        faults = tuple(Fault(where="", text=str(reason)) for reason in refusal.args)
        return problems.written(request, Trouble(problems.WRONG, faults=faults))


def admitted(request: HttpRequest) -> admitting.Caller:
    """Let the key in."""
    header = request.headers.get("Authorization", "")
    try:
        return admitting.admit(header, client_address(request))
    except admitting.NoKey as nobody:
        raise Trouble(problems.NO_KEY, WWW_Authenticate="Bearer") from nobody
    except admitting.NoSecondFactor as missing:
        raise Trouble(problems.NO_FACTOR) from missing
    except admitting.TooOften as often:
        raise Trouble(problems.TOO_OFTEN, Retry_After=str(often.seconds)) from often


def done(
    request: HttpRequest, caller: admitting.Caller, operations: Mapping[str, Operation],
    path: Mapping[str, Any],
) -> HttpResponseBase:  # fmt: skip
    """Do what was asked."""
    method = "GET" if request.method == "HEAD" else str(request.method)
    operation = operations.get(method)
    if operation is None:
        raise Trouble(problems.NO_METHOD, Allow=", ".join(sorted(operations)))
    if operation.writes and not caller.may_write:
        raise Trouble(problems.READ_ONLY)
    if any(isinstance(part, int) and part > MOST_NUMBER for part in path.values()):
        raise Http404
    sent = body_of(request, operation)
    try:
        language = reader_language()
        query: Any = read(typed(request.GET, operation.query), operation.query, language)
        body: Any = operation.body and read(parsed(sent), operation.body, language)
    except Wrong as fault:
        raise problems.wrong(fault) from fault
    except NotJson as broken:
        text = Fault(where="", text=str(broken))
        raise Trouble(problems.NOT_JSON, faults=(text,)) from broken
    asking = cast("ReaderRequest", request)
    asking.reader, asking.user = caller.reader, caller.user  # a session, if any, says nothing here
    call = Call(request=asking, caller=caller, query=query, body=body)
    if operation.writes:
        return kept(call, operation, path, sent)
    return shown(request, operation.handle(call, **path))


def body_of(request: HttpRequest, operation: Operation) -> bytes:
    """Give what was sent, when the operation takes anything."""
    if operation.body is None:
        return b""
    if request.content_type != "application/json":
        raise Trouble(problems.NO_TYPE)
    try:
        return request.body or b" "
    except RequestDataTooBig as large:
        raise Trouble(problems.TOO_LARGE) from large


def typed(asked: QueryDict, cls: type) -> dict[str, object]:
    """Give what stands behind the address, numbers as numbers."""
    shapes = shapes_of(cls)
    found: dict[str, object] = {}
    for name, values in asked.lists():
        value = values[0]
        is_number = shapes.get(name) == "integer" and value.isascii() and value.isdecimal()
        found[name] = int(value) if is_number and len(value) < 12 else value
        if len(values) > 1:
            found[name] = values
    return found


def kept(call: Call, operation: Operation, path: Mapping[str, Any], sent: bytes) -> HttpResponse:
    """Write, once; who may write, and wrote, stands in the trail."""
    given = call.request.headers.get("Idempotency-Key") if operation.repeats else None
    key = (given or "").strip()
    if given is not None and not KEY.fullmatch(key):
        text = _("From 1 to %(most)s letters, digits and signs, without spaces.") % {
            "most": LONGEST_KEY
        }
        raise Trouble(problems.WRONG, faults=(Fault(where="Idempotency-Key", text=text),))

    def do() -> repeating.Answer:
        plain = to_plain(operation.handle(call, **path))
        call.caller.wrote()
        return operation.status, plain

    once = repeating.Repeatable(user=call.user, key=key, path=call.request.path, body=sent)
    try:
        (status, plain), again = repeating.once(once, do)
    except repeating.OtherCall as other:
        raise Trouble(problems.OTHER_CALL) from other
    response = HttpResponse(json.dumps(plain), content_type="application/json", status=status)
    if again:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def shown(request: HttpRequest, value: object) -> HttpResponseBase:
    """Answer what was asked; who has it already gets no more than that."""
    if isinstance(value, HttpResponseBase):
        return value
    if isinstance(value, Listed):
        plain: Any = {"items": [to_plain(item) for item in value.items], "next": value.next}
    else:
        plain = to_plain(value)
    content = json.dumps(plain, default=str, ensure_ascii=False).encode()
    mark = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type="application/json")
    if mark in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    response.headers["ETag"] = mark
    return response
