"""JSON Schemas made from the document classes, so that class and schema cannot part ways."""

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any
from uuid import UUID

import attrs

from biotoop.engine.core.texts import Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SIMPLE: Mapping[object, Mapping[str, object]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    Any: {},
    object: {},
    dt.date: {"type": "string", "format": "date"},
    dt.datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
    Text: {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {
                "type": "object",
                "properties": {
                    "nl": {"type": "string", "minLength": 1},
                    "en": {"type": "string", "minLength": 1},
                },
                "additionalProperties": False,
                "minProperties": 1,
            },
        ]
    },
}


def field(
    description: str,
    *,
    default: Any = attrs.NOTHING,
    factory: Callable[[], Any] | None = None,
    validator: Any = None,
    converter: Any = None,
    **limits: object,
) -> Any:
    """Declare a field of a document: its meaning, default and limits.

    Parameters
    ----------
    description
        What the field means, with its unit, in one sentence for the person who fills it in.
    default, factory, validator, converter
        As in ``attrs.field``.
    **limits
        JSON Schema keywords for the field, such as ``minimum=0``, ``pattern="^[A-Z]"``,
        ``minItems=1`` or ``examples=[...]``.
    """
    metadata = {"description": description, "limits": limits}
    if factory is not None:
        default = attrs.Factory(factory)
    return attrs.field(default=default, validator=validator, converter=converter, metadata=metadata)


def key_of(name: str) -> str:
    """Give the key in the document for a field: ``from_`` is written as ``from``."""
    return name.rstrip("_")


def keys_of(cls: type) -> tuple[str, ...]:
    """Give the keys that a document class knows."""
    return tuple(key_of(part.name) for part in attrs.fields(cls) if part.init)


def required_keys_of(cls: type) -> tuple[str, ...]:
    """Give the keys that a document must have."""
    parts = attrs.fields(cls)
    return tuple(key_of(p.name) for p in parts if p.init and p.default is attrs.NOTHING)


def json_schema(cls: type, *, title: str, schema_id: str | None = None) -> dict[str, object]:
    """Make the JSON Schema (draft 2020-12) of a document class and all classes inside it."""
    definitions: dict[str, object] = {}
    body = _of_class(cls, definitions)
    definitions.pop(cls.__name__, None)
    head: dict[str, object] = {"$schema": DIALECT, "title": title}
    if schema_id is not None:
        head["$id"] = schema_id
    return {**head, **body, **({"$defs": definitions} if definitions else {})}


def _of_class(cls: type, definitions: dict[str, object]) -> dict[str, object]:
    hints = typing.get_type_hints(cls, include_extras=False)
    properties: dict[str, object] = {}
    required: list[str] = []
    for part in attrs.fields(cls):
        if not part.init:
            continue
        properties[key_of(part.name)] = _of_field(part, hints[part.name], definitions)
        if part.default is attrs.NOTHING:
            required.append(key_of(part.name))
    lines = (cls.__doc__ or "").strip().splitlines()
    schema: dict[str, object] = {
        "type": "object",
        "description": lines[0] if lines else cls.__name__,
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    return schema


def _of_field(
    part: "attrs.Attribute[Any]", hint: object, definitions: dict[str, object]
) -> dict[str, object]:
    schema = dict(_of_type(hint, definitions))
    schema.update(part.metadata.get("limits", {}))
    description = part.metadata.get("description")
    if description:
        schema["description"] = description
        if schema.get("type") == "string" and "enum" not in schema:
            schema.setdefault("minLength", 1)
    elif schema.get("type") == "number":
        schema["type"] = ["number", "null"]  # a result that is no number is written as nothing
    default = part.default
    if default is attrs.NOTHING:
        return schema
    if isinstance(default, Enum):
        schema["default"] = default.value
    elif isinstance(default, str | int | float):
        schema["default"] = default
    return schema


def _of_type(hint: object, definitions: dict[str, object]) -> Mapping[str, object]:
    if (isinstance(hint, type) and hint in _SIMPLE) or hint in (Any, object):
        return _SIMPLE[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and attrs.has(hint):
        return _reference(hint, definitions)
    return _of_generic(hint, definitions)


def _reference(cls: type, definitions: dict[str, object]) -> Mapping[str, object]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        definitions[cls.__name__] = _of_class(cls, definitions)
    keys = ", ".join(keys_of(cls))
    return {"$ref": f"#/$defs/{cls.__name__}", "title": f"{{{keys}}}"}


def _of_generic(hint: object, definitions: dict[str, object]) -> Mapping[str, object]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        options = [_of_type(option, definitions) for option in arguments]
        return {"anyOf": options}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if origin is tuple and arguments[-1] is not Ellipsis:
        parts = [_of_type(part, definitions) for part in arguments]
        return {"type": "array", "prefixItems": parts, "items": False, "minItems": len(parts)}
    if origin in (tuple, list):
        return {"type": "array", "items": _of_type(arguments[0], definitions)}
    if origin in (dict, Mapping) or origin is typing.get_origin(Mapping[str, int]):
        return {"type": "object", "additionalProperties": _of_type(arguments[1], definitions)}
    message = f"no JSON Schema is known for {hint!r}"
    raise TypeError(message)
