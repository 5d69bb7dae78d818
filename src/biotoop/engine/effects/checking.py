"""What an effect rests on, looked at one by one, with what was found in words."""

from collections.abc import Callable, Iterator, Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.arrays import Vector
from biotoop.engine.effects.balance import APART, lot_p_value
from biotoop.engine.effects.diagnostics import (
    BalanceRow,
    Check,
    CheckName,
    Group,
    Verdict,
    WeightsDiagnostics,
)
from biotoop.engine.effects.overlap import support
from biotoop.engine.effects.people import People
from biotoop.engine.effects.plan import Adjustment, Design
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.result import PlaceboFinding
from biotoop.engine.effects.sensitivity import e_value_of_difference
from biotoop.engine.effects.tasks import Task

ORDER = (Verdict.HELD, Verdict.CANNOT_KNOW, Verdict.DOUBTFUL, Verdict.FAILED)
_REGRESSIONS = frozenset({Adjustment.REGRESSION, Adjustment.INTERACTED_REGRESSION})


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the worst of some verdicts."""
    return max(verdicts, key=ORDER.index, default=Verdict.CANNOT_KNOW)


def between(value: float, held: float, doubtful: float) -> Verdict:
    """Judge a figure of which less is better."""
    if value <= held:
        return Verdict.HELD
    return Verdict.DOUBTFUL if value <= doubtful else Verdict.FAILED


@attrs.frozen(kw_only=True, eq=False)
class Seen:
    """All that the checks look at; the chance to be reached only when one asks for it."""

    task: Task
    people: People
    answer: Answer
    rows: tuple[BalanceRow, ...]
    weights: WeightsDiagnostics | None
    chance: Callable[[], Vector | Refused]
    placebos: tuple[PlaceboFinding, ...]
    trends: tuple[PlaceboFinding, ...]
    standardised: float | None


def checks_of(seen: Seen) -> tuple[Check, ...]:
    """Look at every assumption that the design rests on."""
    task = seen.task
    found = [*_attrition(seen.people.groups), *_clusters(seen)]
    if task.design is Design.PRE_POST:
        cause = note("effects.check.other_causes")
        other = Check(name=CheckName.OTHER_CAUSES, verdict=Verdict.CANNOT_KNOW, found=cause)
        return (*found, other)
    if task.design is Design.EXPERIMENT:
        found.extend(_lot(seen))
    else:
        found.extend([*_alike(seen), *_overlap(seen), *_weights(seen), *_extrapolation(seen)])
    if task.design is Design.DIFFERENCE_IN_DIFFERENCES:
        found.append(_trends(seen.trends))
    found.extend(_placebo(seen.placebos))
    if task.design is not Design.EXPERIMENT:
        found.extend(_hidden(seen))
    spill = note("effects.check.spillover")
    found.append(Check(name=CheckName.SPILLOVER, verdict=Verdict.CANNOT_KNOW, found=spill))
    return tuple(found)


def _attrition(groups: Sequence[Group]) -> Iterator[Check]:
    """Held to 20 % in all and 5 points apart, doubtful to 50 % and 15 points (our convention)."""
    missing = sum(group.missing for group in groups)
    rows = missing + sum(group.n for group in groups)
    shares = [group.attrition for group in groups]
    apart = max(shares) - min(shares)
    verdict = worst([between(missing / rows, 0.20, 0.50), between(apart, 0.05, 0.15)])
    found = note(
        "effects.check.attrition",
        missing=missing,
        rows=rows,
        share=100 * missing / rows,
        apart=100 * apart,
    )
    yield Check(name=CheckName.ATTRITION, verdict=verdict, found=found, key=True)


def _clusters(seen: Seen) -> Iterator[Check]:
    """Below 4 degrees of freedom intervals are not to be trusted (Pustejovsky & Tipton 2018)."""
    df = seen.answer.error.df
    if seen.people.sample.clusters is None or df is None:
        return
    verdict = Verdict.HELD if df >= 10 else Verdict.DOUBTFUL if df >= 4 else Verdict.FAILED
    clusters = int(seen.people.sample.clusters.max()) + 1
    found = note("effects.check.few_clusters", clusters=clusters, df=df)
    yield Check(name=CheckName.FEW_CLUSTERS, verdict=verdict, found=found)


def _lot(seen: Seen) -> Iterator[Check]:
    sample = seen.people.sample
    if not seen.rows:
        return
    if sample.clusters is not None:
        yield from _alike(seen)
        return
    p = lot_p_value(sample)
    verdict = Verdict.HELD if p >= 0.05 else Verdict.DOUBTFUL if p >= 0.001 else Verdict.FAILED
    found = note("effects.check.lot", percent=100 * p, covariates=tuple(sample.columns))
    yield Check(name=CheckName.BALANCE, verdict=verdict, found=found, key=True)


def _alike(seen: Seen) -> Iterator[Check]:
    # two changes can be compared without the groups being alike
    of_change = seen.task.design is Design.DIFFERENCE_IN_DIFFERENCES
    key = not of_change or seen.task.adjustment is not Adjustment.NONE
    if not seen.rows:
        found = note("effects.check.no_covariates")
        yield Check(name=CheckName.BALANCE, verdict=Verdict.CANNOT_KNOW, found=found, key=key)
        return
    if seen.task.adjustment in _REGRESSIONS:
        return
    apart = [
        row.difference if row.adjusted_difference is None else row.adjusted_difference
        for row in seen.rows
    ]
    most = int(np.argmax(np.abs(apart)))
    found = note(
        "effects.check.balance", covariate=seen.rows[most].covariate, difference=apart[most]
    )
    verdict = worst([row.verdict for row in seen.rows])
    yield Check(name=CheckName.BALANCE, verdict=verdict, found=found, key=key)


def _overlap(seen: Seen) -> Iterator[Check]:
    sample, task = seen.people.sample, seen.task
    if not sample.names or task.adjustment is Adjustment.NONE:
        return
    if task.adjustment is Adjustment.COARSENED_EXACT_MATCHING:
        out = sample.count(sample.treated & ~seen.answer.used)
        share = out / sample.count(sample.treated)
        found = note("effects.check.unmatched", share=100 * share)
        verdict = between(share, 0.10, 0.50)
        yield Check(name=CheckName.OVERLAP, verdict=verdict, found=found, key=True)
        return
    chance = seen.chance()
    if isinstance(chance, Refused):
        yield Check(name=CheckName.OVERLAP, verdict=Verdict.FAILED, found=chance.why, key=True)
        return
    used = seen.answer.used
    low, high, share = support(chance[used], sample.n[used], sample.treated[used])
    found = note("effects.check.overlap", share=100 * share, low=low, high=high)
    yield Check(name=CheckName.OVERLAP, verdict=between(share, 0.05, 0.25), found=found, key=True)


def _weights(seen: Seen) -> Iterator[Check]:
    """Held when nobody weighs over 5 %, doubtful to 20 % (our convention)."""
    found = seen.weights
    if found is None:
        return
    said = note(
        "effects.check.weights",
        treated=round(found.treated_effective_n),
        comparison=round(found.comparison_effective_n),
        largest=100 * found.largest_share,
    )
    verdict = between(found.largest_share, 0.05, 0.20)
    yield Check(name=CheckName.WEIGHTS, verdict=verdict, found=said, key=True)


def _extrapolation(seen: Seen) -> Iterator[Check]:
    """Ask whether a regression stretches: means 0.25 sd apart (Imbens & Rubin 2015, ch. 14)."""
    if seen.task.adjustment not in _REGRESSIONS or not seen.rows:
        return
    apart = [abs(row.difference) for row in seen.rows]
    most = int(np.argmax(apart))
    found = note(
        "effects.check.extrapolation",
        covariate=seen.rows[most].covariate,
        difference=seen.rows[most].difference,
    )
    verdict = between(apart[most], APART, 1.0)
    yield Check(name=CheckName.EXTRAPOLATION, verdict=verdict, found=found, key=True)


def _trends(trends: Sequence[PlaceboFinding]) -> Check:
    if not trends:
        return Check(
            name=CheckName.PARALLEL_TRENDS,
            verdict=Verdict.CANNOT_KNOW,
            found=note("effects.check.no_earlier_wave"),
        )
    shown = max(trends, key=lambda item: ORDER.index(item.verdict))
    return Check(name=CheckName.PARALLEL_TRENDS, verdict=shown.verdict, found=shown.found, key=True)


def _placebo(placebos: Sequence[PlaceboFinding]) -> Iterator[Check]:
    if placebos:
        shown = max(placebos, key=lambda item: ORDER.index(item.verdict))
        yield Check(name=CheckName.PLACEBO, verdict=shown.verdict, found=shown.found, key=True)


def _hidden(seen: Seen) -> Iterator[Check]:
    code = "effects.check.hidden_unsized"
    params: dict[str, float] = {}
    if seen.standardised is not None:
        code = "effects.check.hidden_differences"
        params = {"e_value": e_value_of_difference(seen.standardised)}
    found = note(code, **params)
    yield Check(name=CheckName.HIDDEN_DIFFERENCES, verdict=Verdict.CANNOT_KNOW, found=found)
