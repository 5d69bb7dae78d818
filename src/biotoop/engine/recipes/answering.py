"""The first page: what was found, for whom, how sure, what it is worth, and what comes next."""

from collections import Counter
from collections.abc import Iterator, Mapping

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.quantities import Euro, Fixed, in_step
from biotoop.engine.datasets.codebook import Codebook
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
from biotoop.engine.recipes.findings import Answer, MeasureSummary, Question
from biotoop.engine.recipes.study import Study
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.result import ValuationResult
from biotoop.engine.valuation.voi_result import AgendaRow

_MOST_STEPS = 3
_MOST_ON_AGENDA = 2
_AGAINST = (Grade.DISPUTED, Grade.CONTRADICTED, Grade.ADVERSE)
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
) -> tuple[Answer, ...]:
    """Answer the questions of the first page, each in sentences that name their figures."""
    measures = {item.id: item for item in summaries}
    parts: tuple[tuple[Question, Iterator[Note]], ...] = (
        (Question.DIFFERENCE, _difference(effects, measures)),
        (Question.FOR_WHOM, _for_whom(effects, measures, codebook, plausibility)),
        (Question.PLAUSIBILITY, _plausibility(theory, plausibility)),
        (Question.WORTH, _worth(valuation)),
        (Question.NEXT, _next(theory, plausibility, valuation)),
        (Question.LIMITS, _limits(study, effects, plausibility)),
    )
    return tuple(Answer(question=asked, sentences=tuple(said)) for asked, said in parts)


def _difference(effects: tuple[EffectSet, ...], measures: Known) -> Iterator[Note]:
    if not effects:
        yield note("recipes.answer.no_effect")
    for item in effects:
        yield _one_effect(item, measures)
        curve = item.curve
        if curve.refused:
            yield note("recipes.answer.curve_refused", refused=curve.refused)
        if item.primary.registration is RegistrationLabel.EXPLORATORY:
            yield note("recipes.answer.exploratory")


def _one_effect(item: EffectSet, measures: Known) -> Note:
    finding = item.primary
    if finding.refusal is not None:
        return note("recipes.answer.refused", title=item.title, reason=finding.refusal)
    if finding.not_shown is not None or finding.estimate is None:
        return note("recipes.answer.not_shown", title=item.title)
    found, measure = finding.estimate, measures[finding.outcome]
    if found.low is None or found.high is None:
        return note("recipes.answer.no_interval", measure=measure.label, value=found.value)
    return note(
        f"recipes.answer.{_HOW[finding.design]}",
        measure=measure.label,
        unit=measure.unit,
        n=found.n,
        level=finding.level,
        ways=_ways(item.curve),
        **_band(found.value, found.low, found.high),
    )


def _ways(curve: SpecificationCurve) -> Note | str:
    """Say how far the answer moves over all defensible ways; one way has nothing to say."""
    if curve.run < 2 or curve.lowest is None or curve.highest is None:
        return ""
    low, high = in_step(curve.lowest, curve.highest)
    return note("recipes.answer.ways", run=curve.run, low=low, high=high)


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
        for part in item.subgroups:
            told = True
            yield from _subgroup(part, measures, codebook)
    unheard = sorted({g.value for link in plausibility.links for g in link.bundle.not_heard})
    if unheard:
        told = True
        yield note("recipes.answer.not_heard", groups=tuple(unheard))
    if not told and _spoken(plausibility):
        yield note("recipes.answer.everyone_heard")
    elif not told:
        yield note("recipes.answer.no_groups")


def _spoken(plausibility: Plausibility) -> bool:
    """Tell whether people said anything of a step, shown or not."""
    return any(link.bundle.groups for link in plausibility.links)


def _subgroup(part: EffectFinding, measures: Known, codebook: Codebook | None) -> Iterator[Note]:
    if part.subgroup is None:
        return
    name = _group_name(part.subgroup, codebook, part.dataset)
    found = part.estimate
    if found is None or found.low is None or found.high is None or part.not_shown is not None:
        yield note("recipes.answer.subgroup_not_shown", group=name)
        return
    unit = measures[part.outcome].unit
    yield note(
        "recipes.answer.subgroup",
        group=name,
        unit=unit,
        n=found.n,
        **_band(found.value, found.low, found.high),
    )


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


def _plausibility(theory: TheoryOfChange, plausibility: Plausibility) -> Iterator[Note]:
    against = tuple(
        note("recipes.answer.against", step=link.target, grade=_word(link.grade))
        for link in plausibility.links
        if link.grade in _AGAINST
    )
    if against:
        yield note("recipes.answer.mind", steps=against)
    grades = Counter(link.grade for link in plausibility.links)
    counted = tuple(
        note("recipes.answer.graded", count=grades[grade], grade=_word(grade))
        for grade in Grade
        if grades[grade]
    )
    yield note("recipes.answer.steps", total=len(plausibility.links), counted=counted)
    routes = tuple(
        note(
            "recipes.answer.route",
            last=theory.node(route.target.partition(">")[2]).label,
            grade=_word(route.grade),
        )
        for route in plausibility.routes_as_whole
    )
    if routes:
        yield note("recipes.answer.routes", routes=routes)


def _word(grade: Grade) -> Note:
    return note(f"plausibility.grade.{grade.value}")


def _worth(valuation: ValuationResult | None) -> Iterator[Note]:
    if valuation is None:
        yield note("recipes.answer.no_euros")
        return
    shown = {"price_year": valuation.price_year}
    yield note(
        "recipes.answer.net",
        net=_euro(valuation.net.mean),
        low=_euro(valuation.net.p5),
        high=_euro(valuation.net.p95),
        costs=_euro(valuation.costs.mean),
        benefits=_euro(valuation.benefits.mean),
        **shown,
    )
    if valuation.chance_positive is not None:
        yield note("recipes.answer.chance", chance=round(100 * valuation.chance_positive.value))
    parties = tuple(
        note(
            "recipes.answer.party",
            party=party.label,
            low=_euro(party.net.p5),
            net=_euro(party.net.mean),
            high=_euro(party.net.p95),
        )
        for party in valuation.parties
        if party.party != valuation.perspective and (party.costs.mean or party.benefits.mean)
    )
    if parties:
        yield note("recipes.answer.parties", parties=parties)
    if valuation.illustrative or valuation.invented:
        yield note("recipes.answer.illustrative")


def _euro(amount: float) -> Euro:
    """Round to hundreds: more digits would claim what the draws do not know."""
    return Euro(float(round(amount, -2)))


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
    then = theory.link(row.link).then
    return note("recipes.answer.agenda", step=row.link, then=then, reason=row.reason)


def _limits(
    study: Study, effects: tuple[EffectSet, ...], plausibility: Plausibility
) -> Iterator[Note]:
    if study.invented:
        yield note("recipes.answer.invented")
    for limit in study.limits:
        yield note("recipes.answer.limit", text=limit)
    if effects and not _spoken(plausibility):
        yield note("recipes.answer.no_voices")
    yield note("recipes.answer.convention", version=plausibility.scheme_version)
