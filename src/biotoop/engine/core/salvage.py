"""What is still sound in a faulty document, so that the faults behind the first are told too.

The rest of a document with a fault is only ever used to look for more faults; nothing is computed
from it.
"""

import copy
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

_ROUNDS = 8


def salvage(data: object, validator: Draft202012Validator) -> object | None:
    """Take the faulty parts out of plain data until the rest follows the schema.

    An unknown key is taken out; so is an optional key with a faulty value; so is a list item that
    misses something. None when nothing sound is left.
    """
    rest = copy.deepcopy(data)
    for _ in range(_ROUNDS):
        faults = [tuple(place) for error in validator.iter_errors(rest) for place in _bad(error)]
        if not faults:
            return rest
        if not all(place for place in faults):
            return None
        for place in sorted(set(faults), key=_last_items_first, reverse=True):
            _take_out(rest, place)
    return None


def _last_items_first(place: tuple[str | int, ...]) -> tuple[tuple[int, int, str], ...]:
    """Sort so that taking out one list item leaves the places of the others right."""
    return tuple((1, part, "") if isinstance(part, int) else (0, 0, part) for part in place)


def _bad(error: ValidationError) -> Iterator[tuple[str | int, ...]]:
    path = tuple(error.absolute_path)
    schema: Any = error.schema
    if error.validator == "additionalProperties":
        known = schema.get("properties", {})
        instance: Any = error.instance
        yield from ((*path, key) for key in instance if key not in known)
    elif error.validator == "required":
        yield _nearest_item(path)
    else:
        yield path


def _nearest_item(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Give the list item around a place; the place itself when there is none."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    return path


def _take_out(data: object, place: tuple[str | int, ...]) -> None:
    holder: Any = data
    try:
        for step in place[:-1]:
            holder = holder[step]
        del holder[place[-1]]
    except (KeyError, IndexError, TypeError):
        return  # a part around it is already out
