"""Running a study: the one way from a frozen recipe to findings."""

from collections.abc import Callable

import attrs

from biotoop.engine.core.errors import InvalidStudy
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.problems import errors_in
from biotoop.engine.effects.plan import Design, Plan
from biotoop.engine.effects.result import EffectSet
from biotoop.engine.effects.run import run_plan
from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.assess import assess
from biotoop.engine.plausibility.grading import weakest
from biotoop.engine.plausibility.result import Plausibility
from biotoop.engine.plausibility.scheme import Scheme
from biotoop.engine.recipes.answering import answers_of
from biotoop.engine.recipes.bridging import (
    estimates_as_evidence,
    estimates_for_euros,
    not_weighed,
    target_of,
)
from biotoop.engine.recipes.checking import Checked, silently
from biotoop.engine.recipes.describing import describe_dataset, describe_measure, few_values
from biotoop.engine.recipes.findings import (
    DatasetSummary,
    Edition,
    Findings,
    MeasureSummary,
)
from biotoop.engine.recipes.folder import StudyFolder
from biotoop.engine.recipes.freezing import (
    Standing,
    provenance_of,
    registered_tests,
    scheme_of,
    standing_of,
)
from biotoop.engine.recipes.quotes_shown import quotes_of
from biotoop.engine.recipes.scoring import Scored, score_all
from biotoop.engine.valuation.rests import RouteGrade
from biotoop.engine.valuation.result import ValuationResult
from biotoop.engine.valuation.value import value

Report = Callable[[Note], None]


def run_study(checked: Checked, *, report: Report = silently) -> Findings:
    """Run a study that was looked through.

    Parameters
    ----------
    checked
        What ``check_folder`` gave, with the data read.
    report
        Is told of each step.

    Raises
    ------
    InvalidStudy
        There are errors; nothing is computed from a faulty study.
    """
    folder = checked.folder
    errors = errors_in(checked.problems)
    if folder is None or errors:
        where = "-" if folder is None else str(folder.path)
        raise InvalidStudy(folder=where, count=len(errors))
    scheme = scheme_of(folder)
    standing = standing_of(folder, scheme)
    report(note("recipes.step.measures"))
    scored = score_all(
        folder.measures.measures, checked.snapshots, checked.catalogue, seed=folder.study.seed
    )
    datasets, measures = _described(folder, scored)
    effects = _effects(folder, standing, scored, report)
    report(note("recipes.step.plausibility"))
    plausibility = _plausibility(folder, standing, scheme, effects)
    valuation = _valuation(folder, standing, effects, plausibility, report)
    report(note("recipes.step.answer"))
    data = tuple((f"data/{name}", s.content_hash) for name, s in checked.snapshots.items())
    answers = answers_of(
        folder.study,
        folder.theory,
        measures,
        folder.codebook,
        effects,
        plausibility,
        valuation,
        standing.view.limits,
    )
    return Findings(
        edition=Edition.TEAM,
        study=folder.study,
        theory=folder.theory,
        registration=standing.view,
        codebook=folder.codebook,
        datasets=datasets,
        measures=measures,
        effects=effects,
        plausibility=plausibility,
        quotes=quotes_of(folder.evidence.claims),
        valuation=valuation,
        answers=answers,
        withheld=(),
        warnings=(*standing.view.deviations, *not_weighed(effects)),
        provenance=provenance_of(folder, scheme, data),
    )


def _plausibility(
    folder: StudyFolder, standing: Standing, scheme: Scheme, effects: tuple[EffectSet, ...]
) -> Plausibility:
    return assess(
        folder.theory,
        claims=folder.evidence.claims,
        tests=registered_tests(folder, standing),
        literature=folder.evidence.literature,
        estimates=estimates_as_evidence(folder, effects, standing),
        judgements=folder.evidence.judgements,
        scheme=scheme,
    )


def _described(
    folder: StudyFolder, scored: dict[str, Scored]
) -> tuple[tuple[DatasetSummary, ...], tuple[MeasureSummary, ...]]:
    if folder.codebook is None:
        return (), ()
    datasets = tuple(
        describe_dataset(dataset, scored[dataset.id].snapshot)
        for dataset in folder.codebook.datasets
    )
    measures = tuple(
        attrs.evolve(
            describe_measure(
                measure, folder.codebook.dataset(measure.dataset), scored[measure.dataset]
            ),
            values=few_values(measure, scored),
        )
        for measure in folder.measures.measures
    )
    return datasets, measures


def _effects(
    folder: StudyFolder, standing: Standing, scored: dict[str, Scored], report: Report
) -> tuple[EffectSet, ...]:
    snapshots = {name: item.snapshot for name, item in scored.items()}

    def one(plan: Plan) -> EffectSet:
        report(note("recipes.step.effects", plan=plan.title))
        label, departures = standing.of_plan(plan)
        return run_plan(
            plan,
            snapshots,
            folder.measures,
            registration=label,
            deviations=departures,
            exploratory=standing.later_ways(plan),
        )

    return tuple(one(plan) for plan in folder.plans.plans)


def _valuation(
    folder: StudyFolder,
    standing: Standing,
    effects: tuple[EffectSet, ...],
    plausibility: Plausibility,
    report: Report,
) -> ValuationResult | None:
    if folder.valuation is None:
        return None
    report(note("recipes.step.valuation"))
    plans = folder.plans.plans
    estimated = {target_of(folder.theory, plan) for plan in plans}
    found = value(
        folder.valuation,
        theory=folder.theory,
        seed=folder.study.seed,
        draws=folder.study.draws,
        estimates=estimates_for_euros(effects),
        compared=[plan.id for plan in plans if plan.design is not Design.PRE_POST],
        decision=folder.study.decision,
        routes={
            item.id: _rests_on(item.via, plausibility.grades()) for item in folder.valuation.items
        },
        estimated=sorted(estimated),
    )
    return attrs.evolve(found, deviations=standing.of_euros())


def _rests_on(via: tuple[str, ...], grades: dict[str, Grade]) -> RouteGrade:
    """Give the weakest step of the links that an item came along."""
    grade = weakest([grades[code] for code in via])
    wanted = Grade.TOO_LITTLE if grade is None else grade
    return RouteGrade(grade=grade, weakest=tuple(c for c in via if grades[c] is wanted))
