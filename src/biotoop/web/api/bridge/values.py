"""Documents of the API: read with every fault in the reader's language, written, and described."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

import attrs
from django.utils.translation import gettext as _

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.documents import structure
from biotoop.engine.core.problems import Problem
from biotoop.engine.core.schema import json_schema
from biotoop.engine.core.schema_faults import faults_of, name_of, validator_of
from biotoop.web.theories.bridge.documents import LanguageCode

T = TypeVar("T")
Plain = dict[str, Any]
DEEPEST = 20
OTHER = "core.schema.other"
UNKEEPABLE = re.compile("[\\x00\\ud800-\\udfff]")  # nothing, and halves of characters
__all__ = ["NotJson", "Wrong", "described", "parsed", "read", "shapes_of", "to_plain"]


class NotJson(Exception):
    """A text is no JSON, or JSON that cannot be kept; the message says why."""


class Wrong(Exception):
    """A document does not fit; every fault is here."""

    def __init__(self, faults: tuple["Told", ...]) -> None:
        self.faults = faults
        super().__init__(str(faults))


@attrs.frozen
class Told:
    """One fault: where in what was sent, and what is wrong."""

    where: str
    text: str


def parsed(body: bytes) -> object:
    """Read JSON, and refuse what no table can keep.

    Raises
    ------
    NotJson
        It is no JSON in UTF-8, or holds double names, endless numbers or broken characters.
    """
    try:
        text = body.decode("utf-8")
        value: object = json.loads(
            text, object_pairs_hook=once, parse_constant=endless, parse_float=finite
        )
    except RecursionError as deep:
        raise NotJson(_("It is nested too deeply.")) from deep
    except UnicodeDecodeError as broken:
        raise NotJson(_("It is no text in UTF-8.")) from broken
    except json.JSONDecodeError as wrong:
        text = _("It is no JSON: look at line %(line)s, character %(column)s.")
        raise NotJson(text % {"line": wrong.lineno, "column": wrong.colno}) from wrong
    except ValueError as long:  # a number of thousands of digits
        raise NotJson(_("A number is too large.")) from long
    refuse_unkeepable(value, 0)
    return value


def once(pairs: list[tuple[str, object]]) -> Plain:
    """Refuse a name that stands twice: one of the two values would get lost."""
    found: Plain = {}
    for name, value in pairs:
        if name in found:
            raise NotJson(_("“%(name)s” stands there twice.") % {"name": name[:60]})
        found[name] = value
    return found


def endless(_word: str) -> NoReturn:
    """Refuse what is no number."""
    raise NotJson(_("A number is too large."))


def finite(written: str) -> float:
    """Read a number that is not endless."""
    number = float(written)
    return number if number - number == 0 else endless(written)


def refuse_unkeepable(value: object, depth: int) -> None:
    """Refuse what is too deep, and characters that no database keeps."""
    if depth > DEEPEST:
        raise NotJson(_("It is nested too deeply."))
    if isinstance(value, str) and UNKEEPABLE.search(value):
        raise NotJson(_("A text holds a character that is none."))
    if isinstance(value, Mapping):
        for name, part in value.items():
            refuse_unkeepable(name, depth + 1)
            refuse_unkeepable(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            refuse_unkeepable(part, depth + 1)


def read(data: object, cls: type[T], language: LanguageCode) -> T:
    """Make a document of plain data.

    Raises
    ------
    Wrong
        It does not fit its schema; every fault is told.
    """
    faults = tuple(faults_in(data, cls, language))
    if faults:
        raise Wrong(faults)
    value, late = structure(data, cls)
    if value is None:
        raise Wrong(tuple(told(fault, language) for fault in late))
    return value


def faults_in(data: object, cls: type, language: LanguageCode) -> Iterator[Told]:
    """Find every fault; lengths in words of our own."""
    for fault in faults_of(data, cls):
        if fault.note.code != OTHER:
            yield told(fault, language)
    for error in validator_of(cls).iter_errors(data):
        if error.validator in ("maxLength", "maxProperties"):
            text = _("This is too long; at most %(most)s.") % {"most": error.validator_value}
            yield Told(name_of(tuple(error.absolute_path)), text)


def told(fault: Problem, language: LanguageCode) -> Told:
    """Tell a fault to the reader."""
    return Told(name_of(fault.where), fault.note.text(language))


def described(cls: type, into: Plain) -> Plain:
    """Describe a class for OpenAPI: a reference, and its parts among the components."""
    if cls.__name__ not in into:
        schema = json_schema(cls, title=cls.__name__)
        schema.pop("$schema")
        parts: Any = schema.pop("$defs", {})
        for name, part in {**parts, cls.__name__: schema}.items():
            into.setdefault(name, pointed(part))
    return {"$ref": f"#/components/schemas/{cls.__name__}"}


def pointed(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Let references point at the components."""
    if isinstance(schema, list):
        return [pointed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        kept = {key: value for key, value in schema.items() if key not in ("$ref", "title")}
        return {"$ref": f"#/components/schemas/{name}", **kept}
    return {key: pointed(part) for key, part in schema.items()}


def shapes_of(cls: type) -> dict[str, object]:
    """Give the type of each part of a document, where it has one."""
    parts: Any = json_schema(cls, title="")["properties"]
    return {name: part.get("type") for name, part in parts.items()}


def parts_of(cls: type) -> list[tuple[str, Plain, bool]]:
    """Give the parts of a document: name, schema, and whether it must be there."""
    schema: Any = json_schema(cls, title="")
    must = schema.get("required", [])
    return [(name, dict(part), name in must) for name, part in schema["properties"].items()]
