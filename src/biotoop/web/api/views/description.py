"""Describe the API: one document for programs (OpenAPI 3.1), one page for people."""

import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import biotoop
from biotoop.web.api.bridge.answers.problems import Problem
from biotoop.web.api.bridge.values import described, parts_of
from biotoop.web.api.views import problems
from biotoop.web.api.views.operations import OPERATIONS, Operation, by_path
from biotoop.web.api.views.problems import Kind
from biotoop.web.shared.rules import ReaderRequest

Plain = dict[str, Any]
ROOT = "/api/v1/"
PART = re.compile(r"<(\w+):(\w+)>")
PARTS: dict[str, Plain] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
}
ALWAYS = (problems.NO_KEY, problems.NO_FACTOR, problems.WRONG, problems.TOO_OFTEN)
ON_WRITING = (problems.READ_ONLY, problems.STALE, problems.UNFITTING)
ON_BODY = (problems.NOT_JSON, problems.TOO_LARGE, problems.NO_TYPE)
GROUPS = {
    "people": _("Yourself"),
    "places": _("Organisations, programmes and policy goals"),
    "theories": _("Theories of change"),
    "drafts": _("Drafts"),
    "studies": _("Studies"),
    "claims": _("Claims"),
    "runs": _("Runs"),
    "learning": _("Learning cycles, registered plans and judgements"),
    "sharing": _("Clusters, questions from practice, meetings and knowledge"),
}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Send the description for programs; it is in English for everybody."""
    with translation.override("en"):
        text = json.dumps(document(request.build_absolute_uri(ROOT)), ensure_ascii=False)
    headers = {"Content-Language": "en"}
    return HttpResponse(text, content_type="application/json", headers=headers)


def document(address: str) -> Plain:
    """Describe every operation."""
    parts: Plain = {}
    described(Problem, parts)
    paths: Plain = {}
    for path, operations in by_path().items():
        name = "/" + PART.sub(r"{\2}", path)
        paths[name] = {m.lower(): described_operation(o, parts) for m, o in operations.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Biotoop",
            "version": biotoop.__version__,
            "description": "Read what you may read in the workplace; write claims and drafts.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": address.rstrip("/")}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": parts,
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key for programs."}
            },
        },
    }


def described_operation(operation: Operation, parts: Plain) -> Plain:
    """Describe one operation."""
    found: Plain = {
        "operationId": f"{operation.method.lower()}_{operation.name}",
        "summary": str(operation.words),
        "tags": [operation.part],
        "parameters": [*in_path(operation), *in_query(operation), *in_headers(operation)],
        "responses": responses(operation, parts),
    }
    if operation.body is not None:
        schema = described(operation.body, parts)
        found["requestBody"] = {
            "required": True, "content": {"application/json": {"schema": schema}},
        }  # fmt: skip
    return found


def in_path(operation: Operation) -> list[Plain]:
    return [
        {"name": name, "in": "path", "required": True, "schema": PARTS[kind]}
        for kind, name in PART.findall(operation.path)
    ]


def in_query(operation: Operation) -> list[Plain]:
    """Describe what may stand behind the address."""
    found = []
    for name, schema, required in parts_of(operation.query):
        options = [o for o in schema.pop("anyOf", []) if o.get("type") != "null"]
        plain = {**(options[0] if options else {}), **schema}
        if "enum" in plain:
            plain["enum"] = [value for value in plain["enum"] if value is not None]
        words = plain.pop("description", "")
        found.append(
            {
                "name": name,
                "in": "query",
                "required": required,
                "description": words,
                "schema": plain,
            }
        )
    return found


def in_headers(operation: Operation) -> list[Plain]:
    """Describe the headers that an operation knows."""
    if not operation.repeats:
        return []
    words = "A key of your own for this call: sent again within a day, it is done only once."
    schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+[ \t]*$"}
    return [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": words,
            "schema": schema,
        }
    ]


def responses(operation: Operation, parts: Plain) -> Plain:
    """Describe what may come back."""
    answer: Plain = {"type": "object"}
    if operation.answers is not None:
        answer = described(operation.answers, parts)
    if operation.many:
        answer = page_of(answer)
    words = "What was written." if operation.writes else "What was asked."
    found: Plain = {
        str(operation.status): {
            "description": words, "content": {"application/json": {"schema": answer}},
        }
    }  # fmt: skip
    if not operation.writes and operation.answers is not None:
        found["304"] = {"description": "You have this already (If-None-Match)."}
    by_status: dict[int, list[Kind]] = {}
    for kind in kinds_of(operation):
        by_status.setdefault(kind.status, []).append(kind)
    for status, kinds in by_status.items():
        schema = {"$ref": "#/components/schemas/Problem"}
        found[str(status)] = {
            "description": " ".join(f"{kind.title}." for kind in kinds),
            "content": {problems.KIND: {"schema": schema}},
        }
    return found


def page_of(item: Plain) -> Plain:
    """Describe a page of a list."""
    return {
        "type": "object",
        "required": ["items", "next"],
        "additionalProperties": False,
        "properties": {
            "items": {"type": "array", "items": item},
            "next": {
                "anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}],
                "description": "Send this as `after` for the rows that follow.",
            },
        },
    }


def kinds_of(operation: Operation) -> list[Kind]:
    """List the problems that an operation can have."""
    found = [*ALWAYS, problems.REFUSED, problems.NO_METHOD]
    if PART.search(operation.path):
        found.append(problems.NOT_THERE)
    if operation.writes:
        found += ON_WRITING
    if operation.body is not None:
        found += ON_BODY
    if operation.repeats:
        found.append(problems.OTHER_CALL)
    return found


@require_safe
def docs(request: ReaderRequest) -> HttpResponse:
    """Show the page for people: how to begin, every operation, every problem."""
    shown = [
        (words, [sent_with(each) for each in OPERATIONS if each.part == part])
        for part, words in GROUPS.items()
    ]
    context = {
        "groups": shown, "problems": problems.KINDS, "calls": settings.API_CALLS,
        "address": request.build_absolute_uri(ROOT),
    }  # fmt: skip
    return render(request, "api/docs.html", context)


def sent_with(operation: Operation) -> tuple[Operation, str, list[tuple[str, bool]]]:
    """Give an operation with its address, and what goes with it, needed or not."""
    parts = [*parts_of(operation.query), *(parts_of(operation.body) if operation.body else [])]
    address = ROOT + PART.sub(r"{\2}", operation.path)
    return operation, address, [(name, must) for name, _, must in parts]
