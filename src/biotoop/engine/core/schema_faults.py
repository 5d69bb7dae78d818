"""Plain data held against the schema of their class: every fault, told in words."""

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from biotoop.engine.core.messages import Note, Param, sentences
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.schema import json_schema

Where = tuple[str | int, ...]
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")
_SLUG = 48
_PATTERNS = {
    r"^[A-Za-z][A-Za-z0-9_]{0,63}$": "name",
    r"^[A-Za-z][A-Za-z0-9_-]{0,47}$": "code",
    r"^[A-Za-z][A-Za-z0-9_-]{0,31}$": "code",
    r"^[A-Za-z][A-Za-z0-9_-]{0,31}(>[A-Za-z][A-Za-z0-9_-]{0,31})?$": "target",
    r"^in_estimate$": "in_estimate",
}
_KINDS = ("string", "object", "array", "number", "integer", "boolean", "date")
_KEYWORDS = (
    "type",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "minLength",
    "minProperties",
    "const",
)


@cache
def validator_of(cls: type) -> Draft202012Validator:
    """Give the validator of the schema of a class, with the formats that documents use."""
    return Draft202012Validator(json_schema(cls, title=cls.__name__), format_checker=_formats())


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    checker.checks("date", raises=ValueError)(_is_date)
    checker.checks("date-time", raises=ValueError)(_is_moment)
    checker.checks("uuid", raises=ValueError)(_is_uuid)
    return checker


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        dt.date.fromisoformat(value)
    return True


def _is_moment(value: object) -> bool:
    if isinstance(value, str):
        dt.datetime.fromisoformat(value)
    return True


def _is_uuid(value: object) -> bool:
    if isinstance(value, str):
        return str(UUID(value)) == value.lower()
    return True


def faults_of(data: object, cls: type) -> Iterator[Problem]:
    """Hold plain data against the schema of a class; give every fault in reading order."""
    found = sorted(validator_of(cls).iter_errors(data), key=lambda e: [str(p) for p in e.path])
    for error in each_once(found):
        yield from _explain(error)


def each_once(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Give one error for all keys that miss at a place; jsonschema gives one for each."""
    seen: set[tuple[Where, tuple[str | int, ...]]] = set()
    for error in errors:
        place = (tuple(error.absolute_path), tuple(error.absolute_schema_path))
        if error.validator != "required":
            yield error
        elif place not in seen:
            seen.add(place)
            yield error


def missing_keys(error: ValidationError) -> tuple[str, ...]:
    """Give the keys that are required at a place and are not there."""
    required: Any = error.validator_value
    instance: Any = error.instance
    return tuple(key for key in required if key not in instance)


def _explain(error: ValidationError) -> Iterator[Problem]:
    where: Where = tuple(error.absolute_path)
    keyword = str(error.validator)
    if keyword == "anyOf":
        yield from _explain_choice(error)
    elif keyword == "required":
        yield from _missing_keys(error, where)
    elif keyword == "additionalProperties":
        yield from _unknown_keys(error, where)
    else:
        yield _simple_fault(error, where, keyword)


def _explain_choice(error: ValidationError) -> Iterator[Problem]:
    """Tell the fault of the option that was meant, when that is plain; else list the options."""
    branches: dict[int, list[ValidationError]] = {}
    for part in error.context or ():
        branches.setdefault(int(part.schema_path[0]), []).append(part)
    meant = [parts for parts in branches.values() if not any(_wrong_kind(p, error) for p in parts)]
    if len(meant) == 1:
        for part in each_once(meant[0]):
            yield from _explain(part)
        return
    schema: Any = error.schema
    options = tuple(_kind(o) for o in schema["anyOf"] if o.get("type") != "null")
    where = tuple(error.absolute_path)
    yield problem(
        "core.wrong_kind",
        *where,
        field=name_of(where),
        value=_shown(error.instance),
        allowed=options,
    )


def _wrong_kind(part: ValidationError, whole: ValidationError) -> bool:
    return part.validator == "type" and part.absolute_path == whole.absolute_path


def _missing_keys(error: ValidationError, where: Where) -> Iterator[Problem]:
    schema: Any = error.schema
    properties = schema.get("properties", {})
    for key in missing_keys(error):
        meaning = meaning_of(properties.get(key, {}).get("description", ""))
        yield problem("core.missing_key", *where, key=key, inside=_inside(where), meaning=meaning)


def meaning_of(description: str) -> Param:
    """Give what a key means in the language of the reader; without a translation in English."""
    slug = _NO_LETTER.sub("_", description.lower()).strip("_")[:_SLUG].strip("_")
    return Note(code=f"meanings.{slug}") if f"meanings.{slug}" in sentences("nl") else description


def _unknown_keys(error: ValidationError, where: Where) -> Iterator[Problem]:
    schema: Any = error.schema
    instance: Any = error.instance
    known = list(schema.get("properties", {}))
    for key in instance:
        if key in known:
            continue
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.7)
        code = "core.unknown_key_near" if near else "core.unknown_key"
        yield problem(
            code,
            *where,
            key,
            key=key,
            inside=_inside(where),
            allowed=tuple(known),
            near=near[0] if near else None,
        )


def _simple_fault(error: ValidationError, where: Where, keyword: str) -> Problem:
    code = f"core.schema.{keyword}" if keyword in _KEYWORDS else "core.schema.other"
    allowed: Any = error.validator_value
    if keyword == "format":
        code = f"core.schema.format_{allowed}"
    if keyword == "pattern" and allowed in _PATTERNS:
        code = f"core.pattern.{_PATTERNS[str(allowed)]}"
    if allowed == "string" and isinstance(error.instance, int | float):
        code = "core.schema.type_unquoted"  # a number, or yes or no, where text is meant
    if allowed in ("number", "integer") and _DECIMAL_COMMA.fullmatch(str(error.instance)):
        code = "core.schema.type_comma"
    many = isinstance(allowed, list)
    shown: Any = tuple(as_written(item) for item in allowed) if many else _kind_word(allowed)
    return problem(code, *where, field=name_of(where), value=_shown(error.instance), allowed=shown)


def _kind_word(allowed: object) -> Param:
    if isinstance(allowed, int | float):
        return allowed
    kind = str(allowed)
    return Note(code=f"core.kind.{kind}") if kind in _KINDS else kind


def _kind(option: Mapping[str, Any]) -> str | Note:
    if "$ref" in option:
        return str(option["title"])
    if "enum" in option:
        return " | ".join(as_written(item) for item in option["enum"])
    return Note(code=f"core.kind.{option.get('type', 'any')}")


def name_of(where: Where) -> str:
    """Name a place for people: items of lists are counted from 1."""
    name = ""
    for part in where:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name or "document"


def _inside(where: Where) -> str | Note:
    return name_of(where) if where else Note(code="core.whole_document")


def as_written(value: object) -> str:
    """Write plain data as it would stand in a document: ``{nl: Titel}``, ``[a, b]``, true."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key}: {as_written(part)}" for key, part in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_written(part) for part in value)}]"
    return str(value)


def _shown(value: object) -> str:
    text = as_written(value)
    longest = 60
    return text if len(text) <= longest else text[: longest - 1] + "…"
