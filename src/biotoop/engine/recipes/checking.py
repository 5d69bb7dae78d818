"""Looking a study folder through: every fault of every document and of the data, at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language, Note, note
from biotoop.engine.core.problems import Problem, errors_in, problem, problem_of, warning
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.datasets.reading import read_dataset
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.effects.plan import Design
from biotoop.engine.instruments.loading import Catalogue, load_catalogue
from biotoop.engine.plausibility.scheme import Scheme
from biotoop.engine.recipes.folder import (
    CLAIMS,
    PLANS,
    REGISTRATION,
    STUDY,
    THEORY,
    VALUATION,
    StudyFolder,
    read_folder,
)
from biotoop.engine.recipes.freezing import scheme_of, standing_of
from biotoop.engine.recipes.instrument_use import check_instruments
from biotoop.engine.recipes.references import check_references
from biotoop.engine.recipes.registration import is_intact
from biotoop.engine.recipes.study import Purpose
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.lint import lint_theory
from biotoop.engine.valuation.checks import check_valuation
from biotoop.engine.valuation.decision_checks import check_decision
from biotoop.engine.valuation.model import FromEstimate, Valuation

Report = Callable[[Note], None]


def silently(_: Note) -> None:
    """Report nothing."""


@attrs.frozen(kw_only=True)
class Checked:
    """A study that was looked through.

    Attributes
    ----------
    folder
        The documents as far as they are sound; None when there is no study or theory.
    snapshots
        The data that could be read, by dataset.
    catalogue
        Instruments, with those of the study.
    problems
        Every fault.
    """

    folder: StudyFolder | None
    snapshots: dict[str, Snapshot]
    catalogue: Catalogue
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing stands in the way of a run."""
        return self.folder is not None and not errors_in(self.problems)


def check_folder(
    path: Path,
    *,
    store: Path | None = None,
    tracked: frozenset[str] = frozenset(),
    language: Language = "nl",
    report: Report = silently,
) -> Checked:
    """Look a study folder through.

    Parameters
    ----------
    path
        The study folder.
    store
        Folder for the tables as they are read; treat it as microdata. None leaves the data
        unread.
    tracked
        Files that version control follows, to warn of personal data.
    language
        Language of the writing rules.
    report
        Is told of each step.
    """
    report(note("recipes.step.reading"))
    reading = read_folder(path)
    if reading.folder is None:
        empty = Catalogue(instruments={})
        return Checked(folder=None, snapshots={}, catalogue=empty, problems=reading.problems)
    folder = reading.folder
    catalogue = load_catalogue(path)
    snapshots, faults_in_data = _data(folder, store, report)
    found = (
        *folder.placed(THEORY, check_theory(folder.theory)),
        *folder.placed(THEORY, lint_theory(folder.theory, language)),
        *check_references(folder),
        *check_instruments(folder, catalogue),
        *_valuation(folder),
        *_study(folder),
        *_registration(folder),
        *_tracked(folder, tracked),
        *faults_in_data,
    )
    problems = tuple(_without_echoes(folder, (*reading.problems, *found)))
    return Checked(folder=folder, snapshots=snapshots, catalogue=catalogue, problems=problems)


def _data(
    folder: StudyFolder, store: Path | None, report: Report
) -> tuple[dict[str, Snapshot], tuple[Problem, ...]]:
    snapshots: dict[str, Snapshot] = {}
    problems: list[Problem] = []
    if folder.codebook is None:
        if folder.plans.plans:
            fault = attrs.evolve(problem("recipes.no_effects_without_data"), file=PLANS)
            problems.append(fault)
        return {}, tuple(problems)
    if store is None:
        return {}, ()
    for dataset in folder.codebook.datasets:
        report(note("recipes.step.data", dataset=dataset.label))
        path, name = folder.path / "data" / dataset.file, f"data/{dataset.file}"
        read = read_dataset(path, dataset, store, file=name)
        problems.extend(read.problems)
        if read.snapshot is not None:
            snapshots[dataset.id] = read.snapshot
    return snapshots, tuple(problems)


def _valuation(folder: StudyFolder) -> Iterator[Problem]:
    plans = [plan.id for plan in folder.plans.plans]
    compared = [plan.id for plan in folder.plans.plans if plan.design is not Design.PRE_POST]
    if folder.valuation is not None:
        found = check_valuation(folder.valuation, folder.theory, plans=plans, compared=compared)
        yield from folder.placed(VALUATION, (*found, *_directions(folder, folder.valuation)))
        if folder.study.decision is not None:
            decided = check_decision(
                folder.study.decision, folder.valuation, folder.theory, "decision"
            )
            yield from folder.placed(STUDY, decided)


def _directions(folder: StudyFolder, valuation: Valuation) -> Iterator[Problem]:
    """Hold the sign of each quantity against the intended change of what was measured.

    A gain that is read the wrong way round would count as a loss without a word.
    """
    measures = {measure.id: measure for measure in folder.measures.measures}
    outcomes = {plan.id: measures.get(plan.outcome) for plan in folder.plans.plans}
    for place, item in enumerate(valuation.items):
        if not isinstance(item.quantity, FromEstimate):
            continue
        measure = outcomes.get(item.quantity.estimate)
        falls = measure is not None and measure.intended is Direction.DECREASE
        if measure is not None and falls != item.quantity.lower_is_better:
            yield problem(
                "recipes.direction_differs",
                *("items", place, "quantity"),
                item=item.id,
                measure=measure.id,
                wanted="true" if falls else "false",
            )


def _study(folder: StudyFolder) -> Iterator[Problem]:
    study = folder.study
    said = [study.invented, folder.theory.invented]
    if folder.valuation is not None:
        said.append(folder.valuation.invented)
    found: list[Problem] = []
    if len(set(said)) > 1:
        found.append(warning("recipes.invented_only_partly", "invented"))
    if study.purpose is Purpose.ACCOUNT and study.publish_by is not None:
        day = study.publish_by.isoformat()
        found.append(warning("recipes.account_publishes", "publish_by", date=day))
    try:
        scheme_of(folder)
    except EngineError as refusal:
        found.append(problem_of(refusal, "scheme"))
    yield from folder.placed(STUDY, tuple(found))


def _registration(folder: StudyFolder) -> Iterator[Problem]:
    if folder.registration is None:
        if folder.plans.plans:
            yield attrs.evolve(warning("recipes.not_registered"), file=PLANS)
        return
    if not is_intact(folder.registration):
        yield attrs.evolve(warning("recipes.registration_broken"), file=REGISTRATION)
        return
    scheme: Scheme
    try:
        scheme = scheme_of(folder)
    except EngineError:
        return  # told with the study
    for departure in standing_of(folder, scheme).view.deviations:
        fault = warning("recipes.registration_departs", what=departure)
        yield attrs.evolve(fault, file=REGISTRATION)


def _tracked(folder: StudyFolder, tracked: frozenset[str]) -> Iterator[Problem]:
    for dataset in folder.codebook.datasets if folder.codebook else ():
        personal = tuple(column.name for column in dataset.columns if column.personal)
        name = f"data/{dataset.file}"
        if personal and name in tracked:
            fault = warning("recipes.personal_data_tracked", file=name, columns=personal)
            yield attrs.evolve(fault, file=name)
    quoted = any(claim.quote for claim in folder.evidence.claims)
    if quoted and CLAIMS in tracked and not folder.study.invented:
        yield attrs.evolve(warning("recipes.quotes_tracked"), file=CLAIMS)


def _without_echoes(folder: StudyFolder, found: tuple[Problem, ...]) -> Iterator[Problem]:
    """Leave out faults that only echo an earlier one: a name that stands in a faulty part.

    A link with a fault takes no part, so that names pointing to it would seem lost.
    """
    faulty = {fault.file for fault in errors_in(found) if fault.note.code.startswith("core.")}
    names: set[object] = set()
    for file, source in folder.sources.items():
        if file in faulty:
            names |= _names(source.value)
    for fault in found:
        lost = ".lost." in fault.note.code or ".unknown_" in fault.note.code
        named = (fault.note.params.get(key) for key in ("name", "target", "node"))
        if not (lost and names.intersection(named)):
            yield fault


def _names(value: object) -> set[object]:
    """Give every id, code and name that stands in plain data."""
    if isinstance(value, dict):
        own = {value[key] for key in ("id", "code", "name") if isinstance(value.get(key), str)}
        return own.union(*(_names(part) for part in value.values()))
    if isinstance(value, list):
        return set().union(*(_names(part) for part in value))
    return set()
