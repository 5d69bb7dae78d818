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

Plain = Mapping[str, object]
_FIXED_IN_A_TEST = (
    "id",
    "target",
    "hypothesis",
    "rival",
    "test",
    "p",
    "p_not",
    "expected",
    "source",
    "family",
    "group",
)


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
    fixed: Mapping[str, object] = field("The plans, measures and tests as registered.")


@attrs.frozen(kw_only=True)
class Deviation:
    """One difference between what was registered and what is run.

    Attributes
    ----------
    part
        "plans", "measures", "tests", "data" or "scheme".
    id
        Which plan, measure or test.
    keys
        What differs in it; empty when it was added after registration.
    """

    part: str
    id: str
    keys: tuple[str, ...]


def what_is_fixed(
    plans: Plans, measures: Measures, tests: tuple[Test, ...], codebook: Codebook | None
) -> dict[str, Any]:
    """Give the plain data that a registration fixes: plans, measures, data, tests without finds.

    ``looked`` names the tests that had been carried out by then: they came too late.
    """
    fixed_tests = {
        test.id: {key: to_plain(test)[key] for key in _FIXED_IN_A_TEST} for test in tests
    }
    datasets = () if codebook is None else codebook.datasets
    return {
        "plans": {plan.id: to_plain(plan) for plan in plans.plans},
        "measures": {measure.id: to_plain(measure) for measure in measures.measures},
        "data": {dataset.id: to_plain(dataset) for dataset in datasets},
        "tests": fixed_tests,
        "looked": sorted(test.id for test in tests if test.found is not None),
    }


def registration_hash(registration: Registration) -> str:
    """Hash the whole record: what is fixed, when, by whom, under which label and scheme."""
    plain = to_plain(attrs.evolve(registration, hash=""))
    return content_hash(plain)


def make_registration(
    fixed: Mapping[str, object], *, scheme: str, scheme_hash: str, at: dt.datetime, by: str
) -> Registration:
    """Make a self-declared registration; the caller gives the moment."""
    made = Registration(
        label=RegistrationLabel.SELF_DECLARED,
        registered_at=at,
        registered_by=by,
        scheme=scheme,
        scheme_hash=scheme_hash,
        hash="",
        fixed=fixed,
    )
    return attrs.evolve(made, hash=registration_hash(made))


def is_intact(registration: Registration) -> bool:
    """Tell whether the registration still holds what its hash says."""
    return registration.hash == registration_hash(registration)


def deviations(
    registration: Registration, fixed_now: Mapping[str, Any], scheme_hash: str
) -> tuple[Deviation, ...]:
    """Give every difference between what was registered and what is there now."""
    found: list[Deviation] = []
    if scheme_hash != registration.scheme_hash:
        found.append(Deviation(part="scheme", id=registration.scheme, keys=("hash",)))
    for part in ("plans", "measures", "tests", "data"):
        then: Any = registration.fixed.get(part, {})
        now = fixed_now[part]
        found.extend(
            _difference(part, name, then.get(name), now.get(name))
            for name in sorted(set(then) | set(now))
            if then.get(name) != now.get(name)
        )
    return tuple(found)


def _difference(part: str, name: str, then: Plain | None, now: Plain | None) -> Deviation:
    if then is None:
        return Deviation(part=part, id=name, keys=())
    if now is None:
        return Deviation(part=part, id=name, keys=("removed",))
    keys = sorted(key for key in set(then) | set(now) if then.get(key) != now.get(key))
    return Deviation(part=part, id=name, keys=tuple(keys))
