"""The recipe: everything that fixes the outcome of a run, and its hash."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from biotoop import __version__
from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import canonical_json, combined_hash, content_hash, file_hash
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.measures import Measures
from biotoop.engine.effects.plan import Plan
from biotoop.engine.effects.result import RegistrationLabel
from biotoop.engine.evidence.model import Test
from biotoop.engine.evidence.targets import Target, TargetKind, Targets, route_hash
from biotoop.engine.instruments.loading import load_catalogue
from biotoop.engine.plausibility.scheme import Scheme, published_scheme, read_scheme
from biotoop.engine.recipes.changes import (
    broken_chain,
    history_of,
    registered_since,
    told,
    told_translations,
)
from biotoop.engine.recipes.differing import differs
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
    translations,
    what_is_fixed,
)
from biotoop.engine.recipes.timing import not_shown_by

_WAYS = ("specifications",)
SCHEME_FILE = "scheme.toml"
OWN = "instruments"


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


def fixed_in(folder: StudyFolder) -> dict[str, Any]:
    """Give all that a registration of this study fixes, as it stands now."""
    known = load_catalogue(folder.path)
    own = {code: content_hash(to_plain(known.instruments[code])) for code in known.own}
    tables = {
        f"{table.instrument}/{table.scale}": content_hash(to_plain(table))
        for table in known.conversions
    }
    return what_is_fixed(
        plans=folder.plans,
        measures=folder.measures,
        tests=folder.evidence.tests,
        codebook=folder.codebook,
        theory=folder.theory,
        valuation=folder.valuation,
        instruments={**own, **tables},
    )


def registration_of(folder: StudyFolder, *, at: dt.datetime, by: str) -> Registration:
    """Register all that a study fixes, as self-declared; an earlier one is named by its hash."""
    scheme = scheme_of(folder)
    return make_registration(
        fixed_in(folder),
        scheme=scheme.version,
        scheme_hash=scheme.hash,
        at=at,
        by=by,
        replaces=None if folder.registration is None else folder.registration.hash,
    )


@attrs.frozen(kw_only=True)
class Standing:
    """How the study stands to its registration."""

    view: RegistrationView
    found: tuple[Deviation, ...]
    registration: Registration | None = None
    measures: Measures = attrs.field(factory=Measures)

    def of_plan(self, plan: Plan) -> tuple[RegistrationLabel, tuple[Note, ...]]:
        """Give the label of one plan, and how it departs.

        A changed plan, measure, instrument, dataset, end of the route or scheme explores, and so
        does a plan of which a way was changed or taken out. A plan to which ways were only added
        keeps its label; see ``later_ways``.
        """
        if self.view.hash is None:
            return RegistrationLabel.EXPLORATORY, (note("recipes.deviation.not_registered"),)
        bears = set(self._bears_on(plan))
        touching = [
            item for item in self.found if item.part == "scheme" or (item.part, item.id) in bears
        ]
        departures = tuple(told(item) for item in touching)
        if any(item.keys != _WAYS for item in touching) or self._ways_gone(plan):
            return RegistrationLabel.EXPLORATORY, departures
        return self.view.label, departures

    def _bears_on(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """Name every fixed part that the finding of a plan rests on."""
        yield from (("plans", plan.id), ("measures", plan.outcome), ("data", plan.dataset))
        yield from (("theory", plan.from_), ("theory", plan.to))
        for measure in self.measures.measures:
            if measure.id == plan.outcome and measure.instrument is not None:
                yield "instruments", measure.instrument
                yield "instruments", f"{measure.instrument}/{measure.scale}"

    def of_euros(self) -> tuple[Note, ...]:
        """Say which amounts and conventions were changed after registration."""
        return tuple(told(item) for item in self.found if item.part == "valuation" and item.id)

    def text_hash(self, target: Target) -> str | None:
        """Give the hash of a target's text as it was registered; None when it was not."""
        fixed: Any = {} if self.registration is None else self.registration.fixed.get("theory", {})
        if target.kind is not TargetKind.ROUTE:
            registered: str | None = fixed.get(target.code, {}).get("text_hash")
            return registered
        start, _, end = target.code.partition(">")
        if start not in fixed or end not in fixed:
            return None
        return route_hash(fixed[start]["text_hash"], fixed[end]["text_hash"])

    def _ways_gone(self, plan: Plan) -> bool:
        """Tell whether a registered specification was changed or taken out."""
        now = {item.id: to_plain(item) for item in plan.specifications}
        return any(differs(item, now.get(name)) for name, item in self._ways_then(plan).items())

    def _ways_then(self, plan: Plan) -> dict[str, Any]:
        fixed: Any = {} if self.registration is None else self.registration.fixed.get("plans", {})
        return {item["id"]: item for item in fixed.get(plan.id, {}).get("specifications", ())}

    def later_ways(self, plan: Plan) -> frozenset[str]:
        """Give the specifications of a plan that were added or changed after registration."""
        then = self._ways_then(plan)
        now = {item.id: to_plain(item) for item in plan.specifications}
        return frozenset(name for name, item in now.items() if differs(then.get(name), item))


def standing_of(folder: StudyFolder, scheme: Scheme) -> Standing:
    """Hold the study against its registration."""
    registration = folder.registration
    history = history_of(registration, folder.earlier)
    chain = tuple(broken_chain(registration, folder.earlier))
    if registration is None or not is_intact(registration):
        reason = "not_registered" if registration is None else "broken"
        view = RegistrationView(
            label=RegistrationLabel.EXPLORATORY,
            registered_at=None,
            registered_by=None,
            hash=None,
            deviations=(note(f"recipes.deviation.{reason}"), *chain),
            history=history,
        )
        return Standing(view=view, found=())
    fixed = fixed_in(folder)
    found = deviations(registration, fixed, scheme.hash)
    view = RegistrationView(
        label=RegistrationLabel.SELF_DECLARED,  # only a workplace with a clock may say more
        registered_at=registration.registered_at,
        registered_by=registration.registered_by,
        hash=registration.hash,
        deviations=(*(told(item) for item in found), *chain),
        translations=tuple(told_translations(translations(registration, fixed))),
        history=history,
        limits=tuple(not_shown_by((*folder.earlier, registration), folder)),
    )
    return Standing(view=view, found=found, registration=registration, measures=folder.measures)


def registered_tests(folder: StudyFolder, standing: Standing) -> tuple[Test, ...]:
    """Give the tests, with the day of registration only where it came before the look.

    A test counts as registered since the first registration after which it stands unchanged, if
    it had not been carried out by then. A test that names no text judges the one registered.
    """
    if standing.registration is None:
        return tuple(attrs.evolve(test, registered=None) for test in folder.evidence.tests)
    now = fixed_in(folder)["tests"]
    chain = (*folder.earlier, standing.registration)
    targets = Targets(folder.theory)
    return tuple(
        attrs.evolve(
            test,
            registered=_day(test, registered_since("tests", test.id, now[test.id], chain)),
            text_hash=test.text_hash or _judged(test, targets, standing),
        )
        for test in folder.evidence.tests
    )


def _day(test: Test, since: Registration | None) -> dt.date | None:
    if since is None:
        return None
    looked: Any = since.fixed.get("looked", ())
    return None if test.id in looked else since.registered_at.date()


def _judged(test: Test, targets: Targets, standing: Standing) -> str | None:
    target = targets.find(test.target)
    return None if target is None else standing.text_hash(target)


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
    kept = (*folder.earlier, *([] if folder.registration is None else [folder.registration]))
    registered = " ".join(each.hash for each in kept)
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
