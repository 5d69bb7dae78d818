"""Registration: the plan is fixed, with its hash and date, before anyone looks at the outcome."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.schema import field
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.measures import Measures
from biotoop.engine.effects.plan import Plans
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.model import Test
from biotoop.engine.recipes.differing import DERIVED, added_languages, differs
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.model import Valuation

Plain = Mapping[str, object]
PARTS = ("plans", "measures", "data", "tests", "instruments", "theory", "valuation")
REMOVED = "removed"
_FIXED_IN_A_TEST = (
    "id",
    "target",
    "hypothesis",
    "rival",
    "test",
    "p",
    "p_not",
    "expected",
    "expected_rival",
    "source",
    "family",
    "group",
)
_ONLY_SHOWN = ("percent",)  # how a number is written changes no number
_FIXED_IN_A_NODE = ("kind", "label")
_FIXED_IN_A_LINK = ("from", "to", "kind", "if", "then", "because")


@attrs.frozen(kw_only=True)
class Registration:
    """What was fixed, when and by whom."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    label: RegistrationLabel = field("Self-declared, or registered with server time.")
    registered_at: dt.datetime = field("Moment of registration (UTC).")
    registered_by: str = field("Who registered.")
    hash: str = field("Hash of all that is fixed.")
    scheme: str = field("Version of the evidence scheme.")
    scheme_hash: str = field("Hash of the evidence scheme.")
    replaces: str | None = field("Hash of the registration before this one.", default=None)
    fixed: Mapping[str, object] = field(
        "Plans, measures, data, tests, theory, valuation and own instruments as registered."
    )


@attrs.frozen(kw_only=True)
class Deviation:
    """One difference between what was registered and what is run, or registered later.

    Attributes
    ----------
    part
        One of ``PARTS``, or "scheme".
    id
        Which plan, measure, test, step or amount; empty for a part that was not fixed at all.
    keys
        What differs in it; empty when it was added after registration.
    was, now
        What stood there, and what stands there now, by key.
    """

    part: str
    id: str
    keys: tuple[str, ...]
    was: Mapping[str, Any] = attrs.field(factory=dict)
    now: Mapping[str, Any] = attrs.field(factory=dict)


def what_is_fixed(
    *,
    plans: Plans,
    measures: Measures,
    tests: tuple[Test, ...],
    codebook: Codebook | None,
    theory: TheoryOfChange,
    valuation: Valuation | None,
    instruments: Mapping[str, str],
) -> dict[str, Any]:
    """Give the plain data that a registration fixes; of tests not what they found.

    ``looked`` names the tests that had been carried out by then: they came too late.

    Parameters
    ----------
    plans, measures, tests, codebook, theory, valuation
        The documents of the study.
    instruments
        Hash of each instrument of the study itself, by name.
    """
    datasets = () if codebook is None else codebook.datasets
    return {
        "plans": {plan.id: to_plain(plan) for plan in plans.plans},
        "measures": {
            measure.id: _without(to_plain(measure), _ONLY_SHOWN) for measure in measures.measures
        },
        "data": {dataset.id: to_plain(dataset) for dataset in datasets},
        "tests": {test.id: _only(to_plain(test), _FIXED_IN_A_TEST) for test in tests},
        "looked": sorted(test.id for test in tests if test.found is not None),
        "instruments": {name: {"hash": digest} for name, digest in instruments.items()},
        "theory": _theory(theory),
        "valuation": {} if valuation is None else _valuation(valuation),
    }


def _theory(theory: TheoryOfChange) -> dict[str, Any]:
    """Fix the words that evidence judges, and how they hang together."""
    nodes = {
        node.code: {**_only(to_plain(node), _FIXED_IN_A_NODE), "text_hash": node.text_hash}
        for node in theory.nodes
    }
    links = {
        link.code: {**_only(to_plain(link), _FIXED_IN_A_LINK), "text_hash": link.text_hash}
        for link in theory.links
    }
    return {**nodes, **links}


def _valuation(valuation: Valuation) -> dict[str, Any]:
    """Fix each amount under its own code, and the conventions together."""
    plain = to_plain(valuation)
    parts = {item["id"]: item for key in ("items", "costs") for item in plain.pop(key)}
    return {**parts, "conventions": plain}


def _without(plain: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key not in keys}


def _only(plain: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: plain[key] for key in keys}


def registration_hash(registration: Registration) -> str:
    """Hash the whole record: what is fixed, when, by whom, under which label and scheme."""
    plain = to_plain(attrs.evolve(registration, hash=""))
    if plain["replaces"] is None:  # as it was written before there was such a field
        del plain["replaces"]
    return content_hash(plain)


def make_registration(
    fixed: Mapping[str, object],
    *,
    scheme: str,
    scheme_hash: str,
    at: dt.datetime,
    by: str,
    replaces: str | None = None,
) -> Registration:
    """Make a self-declared registration; the caller gives the moment."""
    made = Registration(
        label=RegistrationLabel.SELF_DECLARED,
        registered_at=at,
        registered_by=by,
        scheme=scheme,
        scheme_hash=scheme_hash,
        replaces=replaces,
        hash="",
        fixed=fixed,
    )
    return attrs.evolve(made, hash=registration_hash(made))


def is_intact(registration: Registration) -> bool:
    """Tell whether the registration still holds what its hash says."""
    return registration.hash == registration_hash(registration)


def is_early(registration: Registration) -> bool:
    """Tell whether the hash has the first form, which held what is fixed but not when and by whom.

    Only a registration that was replaced since may have it; the one in force must hold its hash.
    """
    told = {"fixed": registration.fixed, "scheme": registration.scheme_hash}
    return registration.replaces is None and registration.hash == content_hash(to_plain(told))


@attrs.frozen(kw_only=True)
class Translation:
    """Languages that were added to the texts of one fixed thing; nothing else became of them."""

    part: str
    id: str
    languages: tuple[str, ...]


def deviations(
    registration: Registration, fixed_now: Mapping[str, Any], scheme_hash: str
) -> tuple[Deviation, ...]:
    """Give every difference between what was registered and what is there now.

    A translation that was added is no difference (see ``translations``). A part that the
    registration does not hold at all is told once.
    """
    found: list[Deviation] = []
    if scheme_hash != registration.scheme_hash:
        found.append(Deviation(part="scheme", id=registration.scheme, keys=("hash",)))
    for part in PARTS:
        now = fixed_now.get(part, {})
        then: Any = registration.fixed.get(part)
        if then is None:
            found.extend([Deviation(part=part, id="", keys=())] if now else [])
            continue
        found.extend(differences(part, then, now))
    return tuple(found)


def differences(
    part: str, then: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[Deviation, ...]:
    """Give every difference between two states of one part, thing by thing."""
    return tuple(
        _difference(part, name, then.get(name), now.get(name))
        for name in sorted(set(then) | set(now))
        if differs(then.get(name), now.get(name))
    )


def _difference(part: str, name: str, then: Plain | None, now: Plain | None) -> Deviation:
    if then is None:
        return Deviation(part=part, id=name, keys=())
    if now is None:
        return Deviation(part=part, id=name, keys=(REMOVED,))
    keys = sorted(key for key in {*then, *now} - DERIVED if differs(then.get(key), now.get(key)))
    return Deviation(part=part, id=name, keys=tuple(keys), was=then, now=now)


def translations(
    registration: Registration, fixed_now: Mapping[str, Any]
) -> tuple[Translation, ...]:
    """Give what was translated since a registration, and stayed what it was."""
    return tuple(
        item
        for part in PARTS
        for item in translated(part, _held(registration, part), fixed_now.get(part, {}))
    )


def _held(registration: Registration, part: str) -> Mapping[str, Any]:
    held: Any = registration.fixed.get(part)
    return held or {}


def translated(
    part: str, then: Mapping[str, Any], now: Mapping[str, Any]
) -> tuple[Translation, ...]:
    """Give what was translated in one part, and stayed what it was."""
    found: list[Translation] = []
    for name in sorted(set(then) & set(now)):
        added = sorted(added_languages(then[name], now[name]))
        if added and not differs(then[name], now[name]):
            found.append(Translation(part=part, id=name, languages=tuple(added)))
    return tuple(found)
