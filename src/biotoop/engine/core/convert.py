"""The one converter between values and plain data."""

import datetime as dt
import math
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from biotoop.engine.core.schema import key_of, keys_of
from biotoop.engine.core.texts import Text

T = TypeVar("T")


def _make() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook(dt.date, lambda value, _: dt.date.fromisoformat(value))
    converter.register_structure_hook(
        dt.datetime, lambda value, _: dt.datetime.fromisoformat(value)
    )
    converter.register_unstructure_hook(dt.date, lambda value: value.isoformat())
    converter.register_unstructure_hook(dt.datetime, lambda value: value.isoformat())
    converter.register_structure_hook(UUID, lambda value, _: UUID(value))
    converter.register_unstructure_hook(UUID, str)
    converter.register_structure_hook(Text, _structure_text)
    converter.register_unstructure_hook(Text, _unstructure_text)
    # By identity: a StrEnum is a str too, and must stay an enum.
    converter.register_structure_hook_func(lambda kind: kind is str, _structure_string)
    converter.register_unstructure_hook(float, _unstructure_float)
    converter.register_structure_hook(float, _structure_float)
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    converter.register_structure_hook_factory(_has_renamed_keys, _structure_renamed)
    converter.register_unstructure_hook_factory(_has_renamed_keys, _unstructure_renamed)
    converter.register_structure_hook_func(_is_mixed_union, _structure_mixed_union)
    return converter


def _has_renamed_keys(cls: Any) -> bool:
    return attrs.has(cls) and any(part.name != key_of(part.name) for part in attrs.fields(cls))


def _renames(cls: Any) -> dict[str, Any]:
    parts = attrs.fields(cls)
    return {p.name: override(rename=key_of(p.name)) for p in parts if p.name != key_of(p.name)}


def _structure_renamed(cls: Any, converter: Any) -> Any:
    return make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **_renames(cls))


def _unstructure_renamed(cls: Any, converter: Any) -> Any:
    return make_dict_unstructure_fn(cls, converter, **_renames(cls))


def _structure_text(value: object, _: object) -> Text:
    if isinstance(value, str):
        return Text(plain=value)
    if isinstance(value, Mapping):
        return Text(**{key: value.get(key) for key in ("plain", "nl", "en")})
    message = f"a text or {{nl, en}} was expected, not {value!r}"
    raise TypeError(message)


def _unstructure_text(value: Text) -> object:
    if value.plain is not None and value.nl is None and value.en is None:
        return value.plain
    parts = {"plain": value.plain, "nl": value.nl, "en": value.en}
    return {key: part for key, part in parts.items() if part is not None}


def _structure_string(value: object, _: object) -> str:
    if not isinstance(value, str):
        message = f"a text was expected, not {value!r}"
        raise TypeError(message)
    return value


def _unstructure_float(value: float) -> float | None:
    """JSON has no nan or infinity: what cannot be said as a number is said as nothing."""
    number = float(value)
    return number if math.isfinite(number) else None


def _structure_float(value: object, _: object) -> float:
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        message = f"a number was expected, not {value!r}"
        raise TypeError(message)
    return float(value)


def _is_mixed_union(hint: object) -> bool:
    """Unions such as ``float | Range`` or ``str | tuple[str, ...] | None``."""
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return False
    options = [option for option in typing.get_args(hint) if option is not type(None)]
    return len(options) > 1


def _structure_mixed_union(value: object, hint: Any) -> object:
    options = typing.get_args(hint)
    if value is None and type(None) in options:
        return None
    for option in options:
        if _fits(value, option):
            return CONVERTER.structure(value, option)
    message = f"{value!r} fits none of {options!r}"
    raise TypeError(message)


def _fits(value: object, option: Any) -> bool:
    origin = typing.get_origin(option) or option
    if not isinstance(origin, type):
        return False
    if attrs.has(origin) and isinstance(value, Mapping):
        return bool(value) and set(value) <= set(keys_of(origin))
    if origin is Text:
        return isinstance(value, str)
    if issubclass(origin, Enum):
        return value in [member.value for member in origin]
    return isinstance(value, _PLAIN_KINDS.get(origin, origin)) and not (
        origin in (int, float) and isinstance(value, bool)
    )


_PLAIN_KINDS: Mapping[type, tuple[type, ...]] = {
    float: (int, float),
    tuple: (list, tuple),
    dt.date: (str,),
    UUID: (str,),
}

CONVERTER = _make()


def to_plain(value: object) -> Any:
    """Turn a value into plain data (dict, list, str, number, bool, None)."""
    return CONVERTER.unstructure(value)


def from_plain(data: object, cls: type[T]) -> T:
    """Turn plain data into a value.

    Raises
    ------
    cattrs.BaseValidationError
        The data do not fit; documents by users go through ``core.documents`` instead, which
        tells every fault with its line.
    """
    return CONVERTER.structure(data, cls)
