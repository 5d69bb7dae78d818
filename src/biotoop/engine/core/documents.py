"""Documents by users: read, held against their schema, and turned into values.

Every fault is told, with its line; a document with an error gives no value at all.
"""

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar
from uuid import UUID

import attrs
import cattrs
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from biotoop.engine.core.convert import from_plain
from biotoop.engine.core.messages import Note, Param
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.salvage import FAR_DATES, salvage
from biotoop.engine.core.schema import json_schema, key_of
from biotoop.engine.core.yaml_source import Where, YamlSource, parse_yaml

T = TypeVar("T")
_LARGEST_DOCUMENT = 64 << 20
_KINDS = ("string", "object", "array", "number", "integer", "boolean", "date")


@attrs.frozen(kw_only=True)
class Document(Generic[T]):
    """What came of reading a document.

    Attributes
    ----------
    value
        The value, or None when a fault stops it.
    rest
        The value, or what is left of it without the faulty parts: only to look for more faults.
    problems
        Every fault, with file and line.
    source
        The parsed text, for the lines of later findings.
    file
        Name shown to the user.
    """

    value: T | None
    rest: T | None
    problems: tuple[Problem, ...]
    source: YamlSource
    file: str

    def placed(self, faults: Iterator[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Give faults found later their file and line."""
        return tuple(place(fault, self.file, self.source) for fault in faults)


def place(fault: Problem, file: str, source: YamlSource) -> Problem:
    """Give a fault its file and line."""
    line = fault.line if fault.line is not None else source.line(fault.where)
    return attrs.evolve(fault, file=fault.file or file, line=line)


def read_document(path: Path, cls: type[T], *, file: str) -> Document[T]:
    """Read a YAML document from a file.

    Parameters
    ----------
    path
        The file.
    cls
        The document class.
    file
        The name shown in messages, relative to the study folder.
    """
    try:
        if path.stat().st_size > _LARGEST_DOCUMENT:
            return _unreadable(file, "core.file_too_large", limit=_LARGEST_DOCUMENT >> 20)
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(file, "core.not_utf8", position=error.start)
    except OSError as error:
        return _unreadable(file, "core.cannot_open", reason=error.strerror or str(error))
    return parse_document(text, cls, file=file)


def _unreadable(file: str, code: str, **params: Param) -> Document[Any]:
    fault = Problem(note=Note(code=code, params=params), file=file)
    empty = YamlSource(value=None, lines={}, problems=())
    return Document(value=None, rest=None, problems=(fault,), source=empty, file=file)


def parse_document(text: str, cls: type[T], *, file: str) -> Document[T]:
    """Read a YAML document from text; see ``read_document``."""
    source = parse_yaml(text)
    faults = list(source.problems)
    value: T | None = None
    if not faults:
        faults = list(faults_of(source.value, cls))
    if not errors_in(faults):
        value, late = structure(source.value, cls)
        faults.extend(late)
    placed = tuple(sorted((place(fault, file, source) for fault in faults), key=_line))
    rest = _rest(source, cls) if value is None else value
    return Document(value=value, rest=rest, problems=placed, source=source, file=file)


def _rest(source: YamlSource, cls: type[T]) -> T | None:
    kind: Any = cls
    for day in FAR_DATES:
        sound = salvage(source.value, _validator(kind), day=day)
        rest = None if sound is None else structure(sound, cls)[0]
        if rest is not None:
            return rest
    return None


def _line(fault: Problem) -> int:
    return fault.line or 0


@cache
def _validator(cls: type) -> Draft202012Validator:
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
    found = sorted(_validator(cls).iter_errors(data), key=lambda e: [str(p) for p in e.path])
    for error in found:
        yield from _explain(error)


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
        for part in meant[0]:
            yield from _explain(part)
        return
    schema: Any = error.schema
    options = tuple(_kind(o) for o in schema["anyOf"] if o.get("type") != "null")
    where = tuple(error.absolute_path)
    yield problem(
        "core.wrong_kind",
        *where,
        field=_name(where),
        value=_shown(error.instance),
        allowed=options,
    )


def _wrong_kind(part: ValidationError, whole: ValidationError) -> bool:
    return part.validator == "type" and part.absolute_path == whole.absolute_path


def _missing_keys(error: ValidationError, where: Where) -> Iterator[Problem]:
    """One fault for each missing key; jsonschema gives one error for each."""
    missing = str(error.message).split("'")[1]
    schema: Any = error.schema
    description = schema.get("properties", {}).get(missing, {}).get("description", "")
    yield problem("core.missing_key", *where, key=missing, inside=_name(where), meaning=description)


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
            inside=_name(where),
            allowed=tuple(known),
            near=near[0] if near else None,
        )


def _simple_fault(error: ValidationError, where: Where, keyword: str) -> Problem:
    known = (
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
    code = f"core.schema.{keyword}" if keyword in known else "core.schema.other"
    allowed = error.validator_value
    if keyword == "format":
        code = f"core.schema.format_{allowed}"
    shown: Any = (
        tuple(str(item) for item in allowed) if isinstance(allowed, list) else _kind_word(allowed)
    )
    return problem(code, *where, field=_name(where), value=_shown(error.instance), allowed=shown)


def _kind_word(allowed: object) -> Param:
    if isinstance(allowed, int | float):
        return allowed
    kind = str(allowed)
    return Note(code=f"core.kind.{kind}") if kind in _KINDS else kind


def _kind(option: Mapping[str, Any]) -> str | Note:
    if "$ref" in option:
        return str(option["title"])
    if "enum" in option:
        return " | ".join(str(item) for item in option["enum"])
    return Note(code=f"core.kind.{option.get('type', 'any')}")


def _name(where: Where) -> str:
    name = ""
    for part in where:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return name or "document"


def _shown(value: object) -> str:
    text = "null" if value is None else str(value)
    longest = 60
    return text if len(text) <= longest else text[: longest - 1] + "…"


def structure(data: object, cls: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """Turn data that fit their schema into a value; rules of the class come back as faults."""
    try:
        return from_plain(data, cls), ()
    except cattrs.BaseValidationError as group:
        return None, tuple(_unfold(group, ()))


def _unfold(group: BaseException, where: Where) -> Iterator[Problem]:
    if not isinstance(group, cattrs.BaseValidationError):
        yield problem("core.rule_of_class", *where, field=_name(where), reason=str(group))
        return
    for inner in group.exceptions:
        step: Where = ()
        for remark in getattr(inner, "__notes__", ()):
            if isinstance(remark, cattrs.AttributeValidationNote):
                step = (key_of(remark.name),)
            elif isinstance(remark, cattrs.IterableValidationNote):
                step = (remark.index,)
        yield from _unfold(inner, (*where, *step))
