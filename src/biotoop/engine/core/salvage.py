"""What is still sound in a faulty document, so that the faults behind the first are told too.

What is salvaged is only ever used to look for more faults; nothing is computed from it.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from biotoop.engine.core.schema_faults import each_once, missing_keys

Place = tuple[str | int, ...]
_ROUNDS = 8
_NOBODY = "00000000-0000-0000-0000-000000000000"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
FAR_DATES = ("2100-01-01", "1900-01-01")


@attrs.frozen(kw_only=True)
class _Mend:
    """One change that takes a fault away: something else in its place, or nothing."""

    place: Place
    stands_in: object = None
    out: bool = True


def salvage(data: object, validator: Draft202012Validator, *, day: str) -> object | None:
    """Mend plain data until they follow the schema.

    An unknown key is taken out. A faulty or missing value gets a stand-in of the right kind where
    there is one, so that names pointing to its holder still lead somewhere; else the optional key
    or the list item with it is taken out. None when nothing sound is left.

    Parameters
    ----------
    day
        The day that stands in for a date.
    """
    rest = copy.deepcopy(data)
    for _ in range(_ROUNDS):
        errors = each_once(validator.iter_errors(rest))
        found = [mend for error in errors for mend in _mends(error, validator, day)]
        mends = {(mend.out, mend.place): mend for mend in found}  # a list item goes out once
        if not mends:
            return rest
        if not all(mend.place for mend in found):
            return None
        for mend in sorted(mends.values(), key=_later_items_first, reverse=True):
            _carry_out(rest, mend)
    return None


def on_one_day(data: object, places: Iterable[Place], day: str) -> object:
    """Put one day for every day at the places where a rule between days is broken."""
    rest = copy.deepcopy(data)
    for place in places:
        holder: Any = rest
        for step in place:
            holder = holder[step]
        if isinstance(holder, dict):
            holder.update({key: day for key, value in holder.items() if _is_day(value)})
    return rest


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None


def _later_items_first(mend: _Mend) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    """Stand-ins first, then what is taken out, so that the places of list items stay right."""
    where = tuple((1, p, "") if isinstance(p, int) else (0, 0, p) for p in mend.place)
    return (not mend.out, where)


def _mends(error: ValidationError, validator: Draft202012Validator, day: str) -> Iterator[_Mend]:
    path = tuple(error.absolute_path)
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        known = schema.get("properties", {})
        instance: Any = error.instance
        yield from (_Mend(place=(*path, key)) for key in instance if key not in known)
    elif error.validator == "required":
        for missing in missing_keys(error):
            found = _stand_in(schema["properties"][missing], validator, day)
            place = _nearest_item(path) if found is None else (*path, missing)
            yield _Mend(place=place, stands_in=found, out=found is None)
    else:
        found = _stand_in(schema, validator, day)
        yield _Mend(place=path, stands_in=found, out=found is None)


def _stand_in(schema: Mapping[str, Any], validator: Draft202012Validator, day: str) -> object:
    """Give a value that follows a simple schema, or None when there is no telling."""
    texts: Mapping[str, object] = {"date": day, "date-time": f"{day}T00:00:00", "uuid": _NOBODY}
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema or "$ref" in schema or "pattern" in schema:
        return "?" if validator.evolve(schema=schema).is_valid("?") else None
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    kinds: Mapping[str, object] = {
        "string": texts.get(schema.get("format", ""), "?"),
        "integer": low + 1,
        "number": min(low + 1, schema.get("maximum", low + 1)),
        "boolean": False,
    }
    return kinds.get(str(schema.get("type")))


def _nearest_item(path: Place) -> Place:
    """Give the list item around a place; the place itself when there is none."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    return path


def _carry_out(data: object, mend: _Mend) -> None:
    holder: Any = data
    try:
        for step in mend.place[:-1]:
            holder = holder[step]
        if mend.out:
            del holder[mend.place[-1]]
        else:
            holder[mend.place[-1]] = mend.stands_in
    except (KeyError, IndexError, TypeError):
        return  # a part around it is already out
