"""Looking a study folder through: every fault of every document and of the data, at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language, Note, note
from biotoop.engine.core.problems import Problem, errors_in, problem, problem_of, warning
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.effects.plan import Design
from biotoop.engine.instruments.loading import Catalogue, load_catalogue
from biotoop.engine.recipes.area_checks import check_areas
from biotoop.engine.recipes.data_checks import check_data
from biotoop.engine.recipes.echoes import without_echoes
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
from biotoop.engine.recipes.freezing import Standing, registered_tests, scheme_of, standing_of
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
    language: Language | None = None,
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
        Language of the writing rules; that of the study itself when not given.
    report
        Is told of each step.
    """
    report(note("recipes.step.reading"))
    reading = read_folder(path)
    if reading.folder is None:
        empty = Catalogue(instruments={})
        known = tuple(fault for fault in reading.problems if not _on_registration(fault))
        return Checked(folder=None, snapshots={}, catalogue=empty, problems=known)
    folder = reading.folder
    catalogue = load_catalogue(path)
    written: Language = language or folder.study.languages[0].value
    snapshots, faults_in_data = check_data(folder, reading.problems, store, report)
    found = (
        *_still_true(folder, reading.problems),
        *folder.placed(THEORY, check_theory(folder.theory)),
        *folder.placed(THEORY, lint_theory(folder.theory, written)),
        *check_references(folder),
        *check_instruments(folder, catalogue),
        *_valuation(folder),
        *_study(folder),
        *_registration(folder, errors_in(reading.problems)),
        *_tracked(folder, tracked),
        *faults_in_data,
    )
    if not errors_in(found):
        found = (*found, *check_areas(folder, snapshots))
    problems = tuple(without_echoes(folder, found))
    return Checked(folder=folder, snapshots=snapshots, catalogue=catalogue, problems=problems)


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
    if study.purpose is Purpose.ACCOUNT:
        found.append(_publication(study.publish_by))
    try:
        scheme_of(folder)
    except EngineError as refusal:
        found.append(problem_of(refusal, "scheme"))
    yield from folder.placed(STUDY, tuple(found))


def _publication(day: dt.date | None) -> Problem:
    """Hold a study that must account to the day on which its result is public."""
    if day is None:
        return problem("recipes.no_day_of_publication", "purpose")
    return warning("recipes.account_publishes", "publish_by", date=day.isoformat())


def _still_true(folder: StudyFolder, found: tuple[Problem, ...]) -> Iterator[Problem]:
    """Leave out that a test was not registered when it was, or when nobody has looked yet."""
    standing = _standing(folder)
    tests = folder.evidence.tests if standing is None else registered_tests(folder, standing)
    settled = {
        test.id
        for test in tests
        if test.registered is not None or (test.found is None and not test.searched)
    }
    for fault in found:
        if not (_on_registration(fault) and fault.note.params["id"] in settled):
            yield fault


def _on_registration(fault: Problem) -> bool:
    """Tell whether a fault leans on the registration, which is not read with a faulty document."""
    return fault.note.code == "evidence.test_not_registered"


def _standing(folder: StudyFolder) -> Standing | None:
    """Hold the study against its registration; None when its scheme cannot be used."""
    try:
        return standing_of(folder, scheme_of(folder))
    except EngineError:
        return None  # told with the study


def _registration(folder: StudyFolder, errors: tuple[Problem, ...]) -> Iterator[Problem]:
    if folder.registration is None:
        if folder.plans.plans:
            yield attrs.evolve(warning("recipes.not_registered"), file=PLANS)
        return
    if not is_intact(folder.registration):
        yield attrs.evolve(warning("recipes.registration_broken"), file=REGISTRATION)
        return
    standing = _standing(folder)
    if standing is None or errors:
        return  # what stands in for a faulty part would seem a departure
    for departure in standing.view.deviations:
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
