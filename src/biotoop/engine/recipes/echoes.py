"""Faults that only echo an earlier one are left out, so that each is told once."""

import re
from collections.abc import Iterator
from string import digits

from biotoop.engine.core.problems import Problem, errors_in
from biotoop.engine.recipes.folder import CODEBOOK, MEASURES, PLANS, StudyFolder

# Which document a name is looked up in, by the code of the fault that says it is not there.
_LOOKED_UP_IN = {
    "recipes.lost.dataset": CODEBOOK,
    "recipes.lost.column": CODEBOOK,
    "recipes.lost.wave": CODEBOOK,
    "recipes.lost.measure": MEASURES,
    "valuation.unknown_plan": PLANS,
}
_STOOD_IN = (("kind",), ("design",))
# Which key of the same item a fault says is missing or wrong; a fault of form there comes first.
_OF_A_KEY = {
    "theory.double_id": ("id",),
    "theory.lint.no_rival": ("rivals",),
    "theory.lint.no_horizon": ("horizon",),
    "valuation.mixed_price_years": ("price_year",),
    "valuation.no_attribution": ("attribution_own", "attribution_others"),
    "valuation.old_price": ("price_year",),
}
# A node whose code was given to another is sought under its own, and ends where it would start.
_OF_A_DOUBLE = ("theory.unreachable", "recipes.varied_no_intervention")


def without_echoes(folder: StudyFolder, found: tuple[Problem, ...]) -> Iterator[Problem]:
    """Give the faults without those of names that stand in a part that cannot be read.

    A link with a fault takes no part, so that names pointing to it would seem lost; and where a
    whole document cannot be read, every name in it would.
    """
    faulty = {fault.file for fault in errors_in(found) if fault.note.code.startswith("core.")}
    names: set[object] = set()
    doubtful, doubles = _doubtful(folder, found), _of_doubles(folder, found)
    for file, source in folder.sources.items():
        if file in faulty:
            names |= _names(source.value)
    for fault in found:
        code = fault.note.code
        lost = ".lost." in code or ".unknown_" in code
        named = (fault.note.params.get(key) for key in ("name", "target", "node"))
        unread = _LOOKED_UP_IN.get(code.removesuffix("_near")) in folder.unread
        if unread or (lost and names.intersection(named)):
            continue
        if doubles and (_sought(fault) in doubles or code in _OF_A_DOUBLE):
            continue
        if "?" in fault.note.params.values():  # what stands in for a text that is not there
            continue
        leans = _leans_on(fault, doubtful) and not code.startswith("recipes.lost.")
        if code.startswith("core.") or not (leans or _said_of_key(fault, found)):
            yield fault


def _said_of_key(fault: Problem, found: tuple[Problem, ...]) -> bool:
    """Tell whether the key that a fault speaks of has a fault of form itself, here or above."""
    keys = _OF_A_KEY.get(fault.note.code, ())
    holders = {fault.where[:length] for length in range(len(fault.where) + 1)}
    return any(
        other.file == fault.file
        and other.note.code.startswith("core.")
        and key in other.where
        and other.where[: other.where.index(key)] in holders
        and (key != "id" or other.where == fault.where)
        for other in errors_in(found)
        for key in keys
    )


def _sought(fault: Problem) -> object:
    """Give the node that a fault says is not there; None when it says something else."""
    code, params = fault.note.code.removesuffix("_near"), fault.note.params
    key = {"recipes.lost.node": "name", "theory.unknown_end": "end"}.get(code)
    if code in ("evidence.unknown_target", "recipes.lost.target", "valuation.unknown_node"):
        key = "target" if "target" in params else "name"
    return None if key is None else params.get(key)


def _of_doubles(folder: StudyFolder, found: tuple[Problem, ...]) -> set[object]:
    """Give the nodes that seem lost only because their code was given to another one.

    Such a code is missing from the row: N1, N2, N2, N4 has lost N3, and never knew N77.
    """
    codes = [node.code for node in folder.theory.nodes]
    doubled = {code for code in codes if codes.count(code) > 1}
    rows = {code.rstrip(digits) for code in doubled}
    missing: set[object] = set()
    for row in rows:
        numbers = {int(code[len(row) :]) for code in codes if re.fullmatch(f"{row}[0-9]+", code)}
        missing |= {f"{row}{number}" for number in range(1, max(numbers, default=0) + 2)}
    sought = {_sought(fault) for fault in found}
    return sought & (missing - {*codes})


def _doubtful(folder: StudyFolder, found: tuple[Problem, ...]) -> set[object]:
    """Give what has a kind or design that does not exist: place of the item, and its code.

    The first kind that does exist stands in for it, and says nothing.
    """
    items: set[object] = set()
    for fault in errors_in(found):
        if not (fault.note.code.startswith("core.") and fault.where[-1:] in _STOOD_IN):
            continue
        items.add((fault.file, *fault.where[:-1]))
        source = folder.sources.get(fault.file or "")
        held: object = None if source is None else source.value
        for step in fault.where[:-1]:
            held = held[step]  # type: ignore[index]
        if isinstance(held, dict):
            items.add(held.get("code"))
    return items - {None}


def _leans_on(fault: Problem, doubtful: set[object]) -> bool:
    """Tell whether a fault speaks of a stand-in."""
    params = fault.note.params
    ends = {params.get(key) for key in ("start", "end", "node", "step")}
    places = {(fault.file, *fault.where[:length]) for length in range(1, len(fault.where) + 1)}
    return bool(doubtful & (ends | places))


def _names(value: object) -> set[object]:
    """Give every id, code and name that stands in plain data."""
    if isinstance(value, dict):
        own = {value[key] for key in ("id", "code", "name") if isinstance(value.get(key), str)}
        return own.union(*(_names(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(_names(part) for part in value))
    return set()
