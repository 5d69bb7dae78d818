"""When two plain values differ: text by text and language by language."""

from collections.abc import Mapping
from typing import TypeGuard

_LANGUAGES = frozenset({"plain", "nl", "en"})
DERIVED = frozenset({"text_hash"})
"""Keys that follow from words that stand beside them."""


def differs(then: object, now: object) -> bool:
    """Tell whether two plain values differ in more than translations that were added.

    Every language that was there is compared; a text without a language may become the text of
    any.
    """
    if (texts := language_changes(then, now)) is not None:
        return bool(texts[0])
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        keys = {*then, *now} - DERIVED
        return any(differs(then.get(key), now.get(key)) for key in keys)
    if isinstance(then, list | tuple) and isinstance(now, list | tuple):
        return len(then) != len(now) or any(map(differs, then, now))
    return then != now


def added_languages(then: object, now: object) -> frozenset[str]:
    """Give the languages in which texts are there now and were not then."""
    if _is_text(then) and _is_text(now):
        was, here = _versions(then), _versions(now)
        new = {key for key, text in here.items() if key not in was and text not in was.values()}
        return frozenset(new - {"plain"})
    found: list[frozenset[str]] = []
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        found = [added_languages(then[key], now[key]) for key in then if key in now]
    elif isinstance(then, list | tuple) and isinstance(now, list | tuple):
        found = list(map(added_languages, then, now))
    return frozenset().union(*found)


def language_changes(
    then: object, now: object
) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
    """Give the versions of one text that are no longer what they were; None for anything else.

    Returns
    -------
    tuple
        Those versions as they were, by language, and the text as it is now.
    """
    if not (_is_text(then) and _is_text(now) and (is_languages(then) or is_languages(now))):
        return None
    was, here = _versions(then), _versions(now)
    return {key: text for key, text in was.items() if not _still_there({key: text}, here)}, here


def is_languages(value: object) -> TypeGuard[Mapping[str, str]]:
    """Tell whether plain data is one text in one language or more."""
    return isinstance(value, Mapping) and bool(value) and _LANGUAGES.issuperset(value)


def _is_text(value: object) -> TypeGuard[str | Mapping[str, str]]:
    return isinstance(value, str) or is_languages(value)


def _versions(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"plain": value} if isinstance(value, str) else value


def _still_there(was: Mapping[str, str], here: Mapping[str, str]) -> bool:
    return all(
        text in here.values() if key == "plain" else here.get(key, here.get("plain")) == text
        for key, text in was.items()
    )
