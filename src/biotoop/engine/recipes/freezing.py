"""The recipe: everything that fixes the outcome of a run, and its hash."""

import datetime as dt
from pathlib import Path
from typing import Any

import attrs

from biotoop import __version__
from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json, combined_hash, content_hash, file_hash
from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.plan import Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.model import Test
from biotoop.engine.plausibility.scheme import Scheme, published_scheme, read_scheme
from biotoop.engine.recipes.findings import Findings, Provenance, RegistrationView
from biotoop.engine.recipes.folder import (
    CLAIMS,
    CODEBOOK,
    JUDGEMENTS,
    LITERATURE,
    MEASURES,
    PLANS,
    STUDY,
    TESTS,
    THEORY,
    VALUATION,
    StudyFolder,
)
from biotoop.engine.recipes.registration import (
    Deviation,
    Registration,
    deviations,
    is_intact,
    make_registration,
    what_is_fixed,
)

_WAYS = ("specifications",)
SCHEME_FILE = "scheme.toml"
OWN = "instruments"
_CODES = {
    "plans": "plan",
    "measures": "measure",
    "tests": "test",
    "data": "data",
    "scheme": "scheme",
}


def scheme_of(folder: StudyFolder) -> Scheme:
    """Give the evidence scheme of a study: a published version, or the one in scheme.toml.

    Raises
    ------
    InvalidScheme
        The version is not published and the study holds no scheme of its own, or it is faulty.
    """
    own: Path = folder.path / SCHEME_FILE
    if own.is_file():
        return read_scheme(own)
    return published_scheme(folder.study.scheme)


def registration_of(folder: StudyFolder, *, at: dt.datetime, by: str) -> Registration:
    """Register the plans, measures, tests and scheme of a study, as self-declared."""
    scheme = scheme_of(folder)
    return make_registration(
        what_is_fixed(folder.plans, folder.measures, folder.evidence.tests, folder.codebook),
        scheme=scheme.version,
        scheme_hash=scheme.hash,
        at=at,
        by=by,
    )


@attrs.frozen(kw_only=True)
class Standing:
    """How the study stands to its registration."""

    view: RegistrationView
    found: tuple[Deviation, ...]
    registration: Registration | None = None

    def of_plan(self, plan: Plan) -> tuple[RegistrationLabel, tuple[Note, ...]]:
        """Give the label of one plan, and how it departs.

        A changed plan, measure, dataset or scheme explores, and so does a plan of which a way was
        changed or taken out. A plan to which ways were only added keeps its label; see
        ``later_ways``.
        """
        touching = tuple(
            item
            for item in self.found
            if item.part == "scheme"
            or (item.part, item.id)
            in {("plans", plan.id), ("measures", plan.outcome), ("data", plan.dataset)}
        )
        told = tuple(_told(item) for item in touching)
        if self.view.hash is None:
            return RegistrationLabel.EXPLORATORY, (note("recipes.deviation.not_registered"),)
        if any(item.keys != _WAYS for item in touching) or self._ways_gone(plan):
            return RegistrationLabel.EXPLORATORY, told
        return self.view.label, told

    def _ways_gone(self, plan: Plan) -> bool:
        """Tell whether a registered specification was changed or taken out."""
        now = {item.id: to_plain(item) for item in plan.specifications}
        return any(now.get(name) != item for name, item in self._ways_then(plan).items())

    def _ways_then(self, plan: Plan) -> dict[str, Any]:
        fixed: Any = {} if self.registration is None else self.registration.fixed.get("plans", {})
        return {item["id"]: item for item in fixed.get(plan.id, {}).get("specifications", ())}

    def later_ways(self, plan: Plan) -> frozenset[str]:
        """Give the specifications of a plan that were added or changed after registration."""
        then = self._ways_then(plan)
        now = {item.id: to_plain(item) for item in plan.specifications}
        return frozenset(name for name, item in now.items() if then.get(name) != item)


def standing_of(folder: StudyFolder, scheme: Scheme) -> Standing:
    """Hold the study against its registration."""
    registration = folder.registration
    if registration is None or not is_intact(registration):
        reason = "not_registered" if registration is None else "broken"
        view = RegistrationView(
            label=RegistrationLabel.EXPLORATORY,
            registered_at=None,
            registered_by=None,
            hash=None,
            deviations=(note(f"recipes.deviation.{reason}"),),
        )
        return Standing(view=view, found=())
    fixed = what_is_fixed(folder.plans, folder.measures, folder.evidence.tests, folder.codebook)
    found = deviations(registration, fixed, scheme.hash)
    view = RegistrationView(
        label=RegistrationLabel.SELF_DECLARED,  # only a workplace with a clock may say more
        registered_at=registration.registered_at,
        registered_by=registration.registered_by,
        hash=registration.hash,
        deviations=tuple(_told(item) for item in found),
    )
    return Standing(view=view, found=found, registration=registration)


def _told(item: Deviation) -> Note:
    kind = _CODES[item.part]
    if not item.keys:
        return note(f"recipes.deviation.{kind}_added", id=item.id)
    if item.keys == ("removed",):
        return note(f"recipes.deviation.{kind}_removed", id=item.id)
    return note(f"recipes.deviation.{kind}_changed", id=item.id, keys=item.keys)


def registered_tests(folder: StudyFolder, standing: Standing) -> tuple[Test, ...]:
    """Give the tests, with the day of registration only where it came before the look.

    A test counts as registered when the study was registered with exactly this test in it, and
    before it was carried out.
    """
    registration = folder.registration
    if registration is None or standing.view.hash is None:
        return tuple(attrs.evolve(test, registered=None) for test in folder.evidence.tests)
    looked: Any = registration.fixed.get("looked", ())
    changed = {item.id for item in standing.found if item.part == "tests"} | set(looked)
    day = registration.registered_at.date()
    return tuple(
        attrs.evolve(test, registered=None if test.id in changed else day)
        for test in folder.evidence.tests
    )


def provenance_of(
    folder: StudyFolder, scheme: Scheme, data: tuple[tuple[str, str], ...]
) -> Provenance:
    """Hash everything that fixes the outcome.

    Parameters
    ----------
    data
        Name and content hash of each dataset.
    """
    parts = {
        STUDY: folder.study,
        THEORY: folder.theory,
        CODEBOOK: folder.codebook,
        MEASURES: folder.measures,
        PLANS: folder.plans,
        CLAIMS: folder.evidence.claims,
        TESTS: folder.evidence.tests,
        LITERATURE: folder.evidence.literature,
        JUDGEMENTS: folder.evidence.judgements,
        VALUATION: folder.valuation,
    }
    registered = "" if folder.registration is None else folder.registration.hash
    documents = (
        *((name, content_hash(to_plain(value))) for name, value in parts.items()),
        *data,
        ("registration", registered),
        ("scheme", scheme.hash),
        *((path.name, file_hash(path)) for path in sorted((folder.path / OWN).glob("*.yaml"))),
        ("engine", __version__),
    )
    return Provenance(
        recipe_hash=combined_hash(documents),
        engine_version=__version__,
        scheme=scheme.version,
        scheme_hash=scheme.hash,
        seed=folder.study.seed,
        documents=documents,
    )


def findings_json(findings: Findings) -> bytes:
    """Write findings as bytes that never vary: same recipe, same bytes."""
    return canonical_json(to_plain(findings)) + b"\n"
