"""What changed since a registration, and between one registration and the next, in words."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, takewhile
from typing import Any, Literal, TypeGuard

from biotoop.engine.core.messages import Note, Param, note
from biotoop.engine.core.quantities import Fixed
from biotoop.engine.core.texts import Text
from biotoop.engine.recipes.differing import differs, is_languages, language_changes
from biotoop.engine.recipes.findings import RegisteredVersion
from biotoop.engine.recipes.registration import (
    REMOVED,
    Deviation,
    Registration,
    Translation,
    deviations,
    is_early,
    is_intact,
    translations,
)

_LONGEST = 160
_SEPARATED = 10_000
_FEW = 2
_COUNTED = ("plans", "measures", "data", "tests", "theory", "valuation")
_UNTOLD = frozenset({"hash"})
Seen = Literal["deviation", "change"]


def told(item: Deviation, seen: Seen = "deviation") -> Note:
    """Say one difference: as a departure from the registration, or as a change between two."""
    if item.part == "scheme":
        return note(f"recipes.{seen}.scheme", version=item.id)
    if not item.id:
        return note(f"recipes.{seen}.part", what=note(f"recipes.fixed_all.{item.part}"))
    what = _thing(item.part, item.id)
    if not item.keys:
        return note(f"recipes.{seen}.added", what=what)
    if item.keys == (REMOVED,):
        return note(f"recipes.{seen}.removed", what=what)
    keys = tuple(_values(item.was, item.now, [key for key in item.keys if key not in _UNTOLD]))
    return note(f"recipes.{seen}.changed", what=what, keys=keys or (note("recipes.content"),))


def told_translations(found: Iterable[Translation]) -> Iterator[Note]:
    """Say once for each set of languages what was translated."""
    things: dict[tuple[str, ...], list[Note]] = {}
    for item in found:
        things.setdefault(item.languages, []).append(_thing(item.part, item.id))
    for languages, whats in things.items():
        named = tuple(note(f"recipes.language.{language}") for language in languages)
        yield note("recipes.language.added", languages=named, what=tuple(_gathered(whats)))


def _gathered(whats: Iterable[Note]) -> Iterator[Note]:
    """Name a few things of a kind one by one, and count them where there are more."""
    kinds: dict[str, list[Note]] = {}
    for what in whats:
        kinds.setdefault(what.code.removeprefix("recipes.fixed."), []).append(what)
    for kind, these in kinds.items():
        if len(these) > _FEW and kind in _COUNTED:
            yield note(f"recipes.counted.{kind}", count=len(these))
        else:
            yield from these


def _thing(part: str, name: str) -> Note:
    named = "conventions" if (part, name) == ("valuation", "conventions") else part
    return note(f"recipes.fixed.{named}", id=name)


def _values(
    was: Mapping[str, Any], now: Mapping[str, Any], keys: Iterable[str], inside: str = ""
) -> Iterator[Note]:
    """Name each key that differs, with what stood there and stands there now when that is short."""
    for key in keys:
        first, last, name = was.get(key), now.get(key), f"{inside}{key}"
        if _holds_parts(first) and _holds_parts(last):
            inner = (
                part for part in sorted({*first, *last}) if differs(first.get(part), last.get(part))
            )
            yield from _values(first, last, inner, f"{name}.")
            continue
        if (versions := language_changes(first, last)) is not None:
            yield from _values(*versions, sorted(versions[0]), f"{name}.")
            continue
        then, here = _short(first), _short(last)
        if then is None or here is None:
            yield note("recipes.value_key", key=name)
        else:
            yield note("recipes.value_changed", key=name, was=then, now=here)


def _holds_parts(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and not is_languages(value)


def _short(value: object) -> Param:
    """Give a value as a parameter of a sentence; None when it is too long to quote."""
    if value is None or value in ([], {}):
        return note("recipes.nothing")
    if isinstance(value, bool):
        return note(f"reports.{'yes' if value else 'no'}")
    if isinstance(value, int | float):
        return Fixed(value, 0) if abs(value) >= _SEPARATED and value == int(value) else value
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        value = ", ".join(map(str, value))
    if not isinstance(value, str) and not is_languages(value):
        return None
    longest = max(value.values(), key=len) if is_languages(value) else str(value)
    if len(longest) > _LONGEST:
        return None
    words = Text(**value) if is_languages(value) else longest
    return note("reports.quoted", words=words) if " " in longest else words


def history_of(
    current: Registration | None, earlier: Iterable[Registration]
) -> tuple[RegisteredVersion, ...]:
    """Give every registration, oldest first, each with what changed since the one before."""
    versions: list[RegisteredVersion] = []
    before: Registration | None = None
    earlier = tuple(earlier)
    first = _of_first_form(earlier)
    for each in (*earlier, *([] if current is None else [current])):
        versions.append(
            RegisteredVersion(
                registered_at=each.registered_at,
                registered_by=each.registered_by,
                hash=each.hash,
                intact=is_intact(each) or each.hash in first,
                changes=() if before is None else tuple(_changes(before, each)),
                early=each.hash in first,
            )
        )
        before = each
    return tuple(versions)


def _changes(before: Registration, after: Registration) -> Iterator[Note]:
    for item in deviations(before, after.fixed, after.scheme_hash):
        yield told(item, "change")
    yield from told_translations(translations(before, after.fixed))


def _of_first_form(earlier: Iterable[Registration]) -> frozenset[str]:
    """Give the hashes of the first form: only registrations before all others may have one."""
    return frozenset(each.hash for each in takewhile(is_early, earlier))


def broken_chain(current: Registration | None, earlier: Iterable[Registration]) -> Iterator[Note]:
    """Tell of earlier registrations that are gone, were written over, or are not named.

    The one in force names the one before it, and so does each from the first that named one: the
    form of before there was such a field cannot be used to leave a registration out.
    """
    earlier = tuple(earlier)
    first = _of_first_form(earlier)
    kept = {each.hash for each in earlier if is_intact(each) or each.hash in first}
    for each in earlier:
        if each.hash not in kept:
            yield note("recipes.deviation.earlier_broken", date=_date(each))
    chain = (*earlier, *([] if current is None else [current]))
    named = False
    for before, each in pairwise(chain):
        named = named or before.replaces is not None
        if each.replaces is None and (named or each is current):
            yield note("recipes.deviation.earlier_unnamed", date=_date(each), before=_date(before))
    for each in chain:
        if each.replaces is not None and each.replaces not in kept:
            yield note("recipes.deviation.earlier_missing", hash=each.replaces[:12])


def _date(registration: Registration) -> str:
    return registration.registered_at.date().isoformat()


def registered_since(
    part: str, name: str, now: Mapping[str, Any], chain: Iterable[Registration]
) -> Registration | None:
    """Give the first registration since which a part stands unchanged; None when it never did.

    Parameters
    ----------
    part, name
        Which part, such as "tests" and "T1".
    now
        What it says now.
    chain
        Registrations, oldest first.
    """
    since: Registration | None = None
    for each in chain:
        fixed: Any = each.fixed.get(part, {})
        same = not differs(fixed.get(name), now)
        since = (since or each) if same and is_intact(each) else None
    return since
