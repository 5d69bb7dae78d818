"""The first page: what was found, for whom, how sure, what it is worth, and what comes next."""

from collections.abc import Iterator, Mapping

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.quantities import Fixed, in_step
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.effects.plan import Design
from biotoop.engine.effects.result import (
    EffectFinding,
    EffectSet,
    RegistrationLabel,
    SpecificationCurve,
    Subgroup,
)
from biotoop.engine.evidence.model import Grade
from biotoop.engine.plausibility.result import Plausibility
from biotoop.engine.recipes.certainty import certainty_in_words
from biotoop.engine.recipes.findings import Answer, MeasureSummary, Question
from biotoop.engine.recipes.moments import moments_in_words
from biotoop.engine.recipes.percentages import (
    effects_in_percentages,
    measures_in_percentages,
)
from biotoop.engine.recipes.study import Study
from biotoop.engine.recipes.worth import worth_in_words
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.result import ValuationResult
from biotoop.engine.valuation.voi_result import AgendaRow

_MOST_STEPS = 3
_MOST_ON_AGENDA = 2
_PRICED = ("verdict_worth", "verdict_even", "verdict_not_worth")

_HOW = {
    Design.EXPERIMENT: "drawn",
    Design.COMPARISON: "compared",
    Design.DIFFERENCE_IN_DIFFERENCES: "change_compared",
    Design.PRE_POST: "changed",
}
Known = Mapping[str, MeasureSummary]


def answers_of(
    study: Study,
    theory: TheoryOfChange,
    summaries: tuple[MeasureSummary, ...],
    codebook: Codebook | None,
    effects: tuple[EffectSet, ...],
    plausibility: Plausibility,
    valuation: ValuationResult | None,
    registered: tuple[Note, ...] = (),
) -> tuple[Answer, ...]:
    """Answer the questions of the first page, each in sentences that name their figures.

    ``registered`` is what the registration of the plan cannot show.
    """
    effects = effects_in_percentages(effects, summaries)
    measures = {item.id: item for item in measures_in_percentages(summaries)}
    parts: tuple[tuple[Question, Iterator[Note]], ...] = (
        (
            Question.DIFFERENCE,
            _difference(study, theory, codebook, effects, measures, plausibility),
        ),
        (Question.FOR_WHOM, _for_whom(effects, measures, codebook, plausibility)),
        (Question.PLAUSIBILITY, certainty_in_words(theory, summaries, effects, plausibility)),
        (Question.WORTH, worth_in_words(valuation, told=study.invented)),
        (Question.NEXT, _next(theory, plausibility, valuation)),
        (Question.LIMITS, _limits(study, effects, plausibility, registered)),
    )
    return tuple(Answer(question=asked, sentences=tuple(said)) for asked, said in parts)


def runs_against(finding: EffectFinding, measures: Known) -> bool:
    """Tell whether the whole interval of an effect lies on the side that nobody intended."""
    found, measure = finding.estimate, measures.get(finding.outcome)
    if found is None or found.low is None or found.high is None or measure is None:
        return False
    if finding.not_shown is not None:
        return False
    return found.high < 0 if measure.intended is Direction.INCREASE else found.low > 0


def foremost(effects: tuple[EffectSet, ...], measures: Known) -> list[EffectSet]:
    """Put effects that run against what was intended first, then the primary outcomes."""
    return sorted(
        effects,
        key=lambda item: (not runs_against(item.primary, measures), not item.primary_outcome),
    )


def _adverse(theory: TheoryOfChange, plausibility: Plausibility) -> Iterator[Note]:
    steps = tuple(
        note("recipes.answer.adverse_step", step=link.target, then=theory.link(link.target).then)
        for link in plausibility.links
        if link.grade is Grade.ADVERSE
    )
    if steps:
        yield note("recipes.answer.adverse", steps=steps)


def _difference(
    study: Study,
    theory: TheoryOfChange,
    codebook: Codebook | None,
    effects: tuple[EffectSet, ...],
    measures: Known,
    plausibility: Plausibility,
) -> Iterator[Note]:
    """Say what works the wrong way, then give every effect, each with when it was measured."""
    yield from _adverse(theory, plausibility)
    if not effects:
        yield note("recipes.answer.no_effect")
    told: list[Note] = []
    for item in foremost(effects, measures):
        when = moments_in_words(study, codebook, item.primary)
        in_full = item.primary_outcome and _tells_when(item)
        said = _one_effect(item, measures, once(when, told) if in_full else when)
        yield with_standing(said, item, effects)
        if item.primary.registration is RegistrationLabel.EXPLORATORY:
            yield note("recipes.answer.exploratory")


def _tells_when(item: EffectSet) -> bool:
    """Tell whether the sentence on an effect names its moments: only one with an interval does."""
    found = item.primary.estimate
    if item.primary.refusal is not None or item.primary.not_shown is not None or found is None:
        return False
    return found.low is not None and found.high is not None


def once(when: Note, told: list[Note]) -> Note:
    """Give moments in full the first time, and after that that they are the same."""
    if not told or told[-1] != when:
        told.append(when)
        return when
    is_period = when.code == "recipes.answer.period"
    return note(f"recipes.answer.same_{'period' if is_period else 'moments'}")


def with_standing(said: Note, item: EffectSet, effects: tuple[EffectSet, ...]) -> Note:
    """Say which effect is the main outcome, where others stand beside it."""
    measure = said.params.get("measure")
    if measure is None or len({other.primary_outcome for other in effects}) == 1:
        return said
    standing = "main_outcome" if item.primary_outcome else "secondary_outcome"
    named = note(f"effects.standing.{standing}", measure=measure)
    return attrs.evolve(said, params={**said.params, "measure": named})


def _one_effect(item: EffectSet, measures: Known, when: Note) -> Note:
    finding = item.primary
    if finding.refusal is not None:
        return note("recipes.answer.refused", title=item.title, reason=finding.refusal)
    if finding.not_shown is not None or finding.estimate is None:
        return note("recipes.answer.not_shown", title=item.title)
    found, measure = finding.estimate, measures[finding.outcome]
    if found.low is None or found.high is None:
        return note("recipes.answer.no_interval", measure=measure.label, value=found.value)
    band = _band(found.value, found.low, found.high)
    return note(
        f"recipes.answer.{'' if item.primary_outcome else 'beside_'}{_HOW[finding.design]}",
        measure=measure.label,
        unit=measure.unit,
        n=Fixed(found.n, 0),
        level=finding.level,
        turned=note("recipes.answer.turned") if runs_against(finding, measures) else "",
        when=when,
        ways=_ways(item.curve, band["value"].digits),
        **band,
    )


def _ways(curve: SpecificationCurve, digits: int) -> Note | str:
    """Say how far the answer moves over all defensible ways; one way has nothing to say.

    A way without a number is counted too: it was refused, or readers may not see it.
    """
    without = (
        note(
            f"recipes.answer.without_{'one' if curve.refused == 1 else 'more'}", count=curve.refused
        )
        if curve.refused
        else ""
    )
    if curve.run < 2 or curve.lowest is None or curve.highest is None:
        return without
    low, high = Fixed(curve.lowest, digits), Fixed(curve.highest, digits)
    return note("recipes.answer.ways", run=curve.run, low=low, high=high, without=without)


def _band(value: float, low: float, high: float) -> dict[str, Fixed]:
    return dict(zip(("value", "low", "high"), in_step(value, low, high), strict=True))


def _for_whom(
    effects: tuple[EffectSet, ...],
    measures: Known,
    codebook: Codebook | None,
    plausibility: Plausibility,
) -> Iterator[Note]:
    told = False
    for item in effects:
        groups = tuple(_subgroups(item, codebook))
        if groups:
            told = True
            measure = measures[item.primary.outcome]
            yield note(
                "recipes.answer.subgroups", measure=measure.label, unit=measure.unit, groups=groups
            )
    unheard = sorted({g.value for link in plausibility.links for g in link.bundle.not_heard})
    if unheard:
        told = True
        yield note("recipes.answer.not_heard", groups=tuple(unheard))
    kept = any(link.bundle.counts.hidden for link in plausibility.links)
    if not told and _spoken(plausibility):
        yield note("recipes.answer.heard_kept" if kept else "recipes.answer.everyone_heard")
    elif not told:
        yield note("recipes.answer.no_groups")


def _spoken(plausibility: Plausibility) -> bool:
    """Tell whether people said anything of a step, shown or not."""
    return any(link.bundle.groups for link in plausibility.links)


def _subgroups(item: EffectSet, codebook: Codebook | None) -> Iterator[Note]:
    """Give what was found for each group; the outcome and its unit stand before them."""
    for part in item.subgroups:
        if part.subgroup is None:
            continue
        name = _group_name(part.subgroup, codebook, part.dataset)
        found = part.estimate
        if found is None or found.low is None or found.high is None or part.not_shown is not None:
            yield note("recipes.answer.group_kept", group=name)
            continue
        band = _band(found.value, found.low, found.high)
        yield note("recipes.answer.group_found", group=name, n=Fixed(found.n, 0), **band)


def _group_name(group: Subgroup, codebook: Codebook | None, dataset: str) -> Note:
    """Name a group in the words of the codebook: "Lives alone: yes"."""
    found = (
        []
        if codebook is None
        else [column for column in codebook.dataset(dataset).columns if column.name == group.column]
    )
    label = found[0].label if found else group.column
    value = found[0].values.get(group.value, group.value) if found else group.value
    return note("recipes.answer.group", label=label, value=value)


def _next(
    theory: TheoryOfChange, plausibility: Plausibility, valuation: ValuationResult | None
) -> Iterator[Note]:
    if valuation is not None and valuation.agenda:
        for row in valuation.agenda[:_MOST_ON_AGENDA]:
            yield _on_agenda(theory, row)
        return
    open_steps = [link for link in plausibility.links if link.grade is Grade.TOO_LITTLE]
    for link in open_steps[:_MOST_STEPS]:
        yield note(
            f"recipes.answer.{'few_voices' if link.bundle.groups else 'open_step'}",
            step=link.target,
            then=theory.link(link.target).then,
        )
    if not open_steps:
        yield note("recipes.answer.all_assessed")


def _on_agenda(theory: TheoryOfChange, row: AgendaRow) -> Note:
    """Say what knowing for sure is worth beside its price; how sure that is, chapter 5 tells."""
    then = theory.link(row.link).then
    verdict = row.reason.code.removeprefix("valuation.")
    if verdict in _PRICED:
        params = {**row.reason.params, "step": row.link, "then": then}
        return note(f"recipes.answer.agenda_{verdict}", **params)
    return note("recipes.answer.agenda", step=row.link, then=then, reason=row.reason)


def _limits(
    study: Study,
    effects: tuple[EffectSet, ...],
    plausibility: Plausibility,
    registered: tuple[Note, ...],
) -> Iterator[Note]:
    if study.invented:
        yield note("recipes.answer.invented")
    yield from registered
    for limit in study.limits:
        yield note("recipes.answer.limit", text=limit)
    if effects and not _spoken(plausibility):
        yield note("recipes.answer.no_voices")
    yield note("recipes.answer.convention", version=plausibility.scheme_version)
