"""Reading an evidence scheme: the published versions, and a programme's own."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from biotoop.engine.core.convert import from_plain
from biotoop.engine.core.errors import InvalidScheme
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.schema_faults import faults_of
from biotoop.engine.core.texts import Text
from biotoop.engine.plausibility.scheme_model import AskedPreset, Scheme, TestOdds

__all__ = ["Scheme", "own_scheme", "published_scheme", "read_scheme"]

_FOLDER = "schemes"


@cache
def published_scheme(version: str = "1") -> Scheme:
    """Give a published version of the scheme.

    Raises
    ------
    InvalidScheme
        No such version is published.
    """
    published = _published()
    if version not in published:
        fault = note("plausibility.scheme.unknown", allowed=tuple(sorted(published)))
        raise _refusal(version, [fault])
    return _parse(published[version], version)


def read_scheme(path: Path) -> Scheme:
    """Read a programme's own scheme from a TOML file; see ``own_scheme``.

    Raises
    ------
    InvalidScheme
        The file cannot be read, or it breaks a rule.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = note("plausibility.scheme.unreadable", reason=str(error))
        raise _refusal(path.name, [fault]) from error
    return own_scheme(text, name=path.name)


def own_scheme(text: str, *, name: str) -> Scheme:
    """Read a programme's own scheme from TOML text.

    A scheme under a published version must hold the published numbers; any other version must
    give a reason.

    Parameters
    ----------
    text
        The TOML text, with every number: what is not said is not taken from elsewhere.
    name
        Name shown in messages.

    Raises
    ------
    InvalidScheme
        The text cannot be parsed, or it breaks a rule; every fault is listed.
    """
    scheme = _parse(text, name)
    if scheme.version in _published():
        if scheme.hash != published_scheme(scheme.version).hash:
            fault = note("plausibility.scheme.taken", version=scheme.version)
            raise _refusal(name, [fault])
    elif scheme.reason is None:
        raise _refusal(name, [note("plausibility.scheme.no_reason", version=scheme.version)])
    return scheme


@cache
def _published() -> dict[str, str]:
    folder = resources.files("biotoop.engine.plausibility") / _FOLDER
    return {
        entry.name.removeprefix("v").removesuffix(".toml"): entry.read_text("utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }


def _parse(text: str, name: str) -> Scheme:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(name, [note("plausibility.scheme.syntax", reason=str(error))]) from error
    faults = [fault.note for fault in faults_of(data, Scheme)]
    if faults:
        raise _refusal(name, faults)
    scheme = from_plain(data, Scheme)
    if broken := list(_broken_rules(scheme)):
        raise _refusal(name, broken)
    return scheme


def _refusal(version: str, faults: list[Note]) -> InvalidScheme:
    """Refuse with every fault, in both languages."""
    return InvalidScheme(
        version=version,
        reason=Text(
            nl=" ".join(fault.text("nl") for fault in faults),
            en=" ".join(fault.text("en") for fault in faults),
        ),
    )


def _broken_rules(scheme: Scheme) -> Iterator[Note]:
    """Give what a schema cannot say: order of borders, chances that sum, direction of ratios."""
    yield from _broken_claims(scheme)
    for name in ("straw", "necessary", "strong", "both"):
        odds: TestOdds = getattr(scheme.tests, name)
        if odds.p <= odds.p_not:
            yield _rule(f"tests.{name}", "p > p_not")
    bias = scheme.estimates.bias_sd
    if any(value < 0 for value in bias) or list(bias) != sorted(bias, reverse=True):
        yield _rule("estimates.bias_sd", "0.40 >= .. >= 0")
    grades = scheme.grades
    if grades.very_plausible <= grades.plausible:
        yield _rule("grades.very_plausible", "> grades.plausible")
    if grades.contradicted_one_in <= grades.disputed_one_in:
        yield _rule("grades.contradicted_one_in", "> grades.disputed_one_in")


def _broken_claims(scheme: Scheme) -> Iterator[Note]:
    for name in ("asked_own", "asked_independent"):
        preset: AskedPreset = getattr(scheme.claims, name)
        if preset.supports_if_works + preset.contradicts_if_works > 1:
            yield _rule(f"claims.{name}", "supports_if_works + contradicts_if_works <= 1")
        if preset.supports_if_not + preset.contradicts_if_not > 1:
            yield _rule(f"claims.{name}", "supports_if_not + contradicts_if_not <= 1")
        if preset.supports_if_works < preset.supports_if_not:
            yield _rule(f"claims.{name}", "supports_if_works >= supports_if_not")
        if preset.contradicts_if_works > preset.contradicts_if_not:
            yield _rule(f"claims.{name}", "contradicts_if_works <= contradicts_if_not")
    topic = scheme.claims.open_topic
    if topic.mentions_if_works < topic.mentions_if_not:
        yield _rule("claims.open_topic", "mentions_if_works >= mentions_if_not")
    if not all(0 < quality <= 1 for quality in scheme.claims.factors.qualities):
        yield _rule("claims.factors.qualities", "0 < q <= 1")


def _rule(field: str, rule: str) -> Note:
    return note("plausibility.scheme.rule", field=field, rule=rule)
