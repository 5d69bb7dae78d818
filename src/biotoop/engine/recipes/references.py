"""Names in one document that point into another: every one must lead somewhere."""

import difflib
from collections.abc import Collection, Iterator

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.codebook import Dataset
from biotoop.engine.datasets.measures import Measure
from biotoop.engine.effects.plan import Adjustment, Assignment, Design, Plan
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.terms import columns_of
from biotoop.engine.recipes.folder import (
    MEASURES,
    PLANS,
    StudyFolder,
)
from biotoop.engine.theory.model import NodeKind

_NEEDS_GROUPS = (Design.EXPERIMENT, Design.COMPARISON, Design.DIFFERENCE_IN_DIFFERENCES)
_NEEDS_WAVES = (Design.PRE_POST, Design.DIFFERENCE_IN_DIFFERENCES)


def check_references(folder: StudyFolder) -> tuple[Problem, ...]:
    """Give a fault for every name that leads nowhere, and for every name used twice."""
    return (
        *folder.placed(MEASURES, tuple(_measures(folder))),
        *folder.placed(PLANS, tuple(_plans(folder))),
    )


def _lost(kind: str, name: str, known: Collection[str], *where: str | int) -> Iterator[Problem]:
    """Tell that a name leads nowhere, with the nearest name there is."""
    if name in known:
        return
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    code = f"recipes.lost.{kind}"
    allowed = tuple(known) or ("-",)
    if near:
        yield problem(f"{code}_near", *where, name=name, near=near[0], allowed=allowed)
    else:
        yield problem(code, *where, name=name, allowed=allowed)


def _double(names: Collection[str], *where: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield problem("recipes.double_name", *where, index, "id", name=name)
        seen.add(name)


def _nodes(folder: StudyFolder) -> tuple[str, ...]:
    return tuple(node.code for node in folder.theory.nodes)


def _datasets(folder: StudyFolder) -> dict[str, Dataset]:
    return {} if folder.codebook is None else {d.id: d for d in folder.codebook.datasets}


def _columns(dataset: Dataset | None) -> tuple[str, ...]:
    return () if dataset is None else tuple(column.name for column in dataset.columns)


def _measures(folder: StudyFolder) -> Iterator[Problem]:
    datasets = _datasets(folder)
    yield from _double([measure.id for measure in folder.measures.measures], "measures")
    for index, measure in enumerate(folder.measures.measures):
        where = ("measures", index)
        yield from _lost("node", measure.node, _nodes(folder), *where, "node")
        yield from _lost("dataset", measure.dataset, datasets, *where, "dataset")
        yield from _measured_by(measure, datasets.get(measure.dataset), *where)


def _measured_by(measure: Measure, dataset: Dataset | None, *where: str | int) -> Iterator[Problem]:
    if (measure.column is None) == (measure.instrument is None):
        yield problem("recipes.column_or_instrument", *where, name=measure.id)
    if measure.instrument is not None and not measure.items:
        yield problem("recipes.instrument_without_items", *where, name=measure.id)
    if dataset is None:
        return
    columns = _columns(dataset)
    if measure.column is not None:
        yield from _lost("column", measure.column, columns, *where, "column")
    for item, column in measure.items.items():
        yield from _lost("column", column, columns, *where, "items", item)


def _plans(folder: StudyFolder) -> Iterator[Problem]:
    datasets = _datasets(folder)
    measures = {measure.id: measure for measure in folder.measures.measures}
    yield from _double([plan.id for plan in folder.plans.plans], "plans")
    measured = MEASURES in folder.sources
    if folder.plans.plans and not measured:
        yield problem("recipes.no_effects_without_measures", "plans")
    for index, plan in enumerate(folder.plans.plans):
        where = ("plans", index)
        yield from _lost("node", plan.from_, _nodes(folder), *where, "from")
        yield from _lost("node", plan.to, _nodes(folder), *where, "to")
        if measured:
            yield from _lost("measure", plan.outcome, measures, *where, "outcome")
        yield from _lost("dataset", plan.dataset, datasets, *where, "dataset")
        yield from _plan_columns(plan, datasets, *where)
        yield from _plan_sense(folder, plan, measures.get(plan.outcome), *where)


def _plan_columns(plan: Plan, datasets: dict[str, Dataset], *where: str | int) -> Iterator[Problem]:
    dataset = datasets.get(plan.dataset)
    if dataset is None:
        return
    columns = _columns(dataset)
    named = [("treatment", plan.treatment), ("clusters", plan.clusters)]
    for key in ("placebo_outcomes", "subgroups"):
        named.extend((key, name) for name in getattr(plan, key))
    named.extend(("covariates", name) for name in _columns_in(plan.covariates))
    named.extend(("filters", item.column) for item in plan.filters)
    named.extend(("coarsening", item.column) for item in plan.coarsening)
    for key, name in named:
        if name is not None:
            yield from _lost("column", name, columns, *where, key)
    waves = tuple(wave.id for wave in dataset.waves)
    for key, name in (("before", plan.before), ("after", plan.after)):
        if name is not None:
            yield from _lost("wave", name, waves, *where, key)
    yield from _order_of_waves(plan, dataset, *where)
    yield from _specifications(plan, datasets, *where)


def _order_of_waves(plan: Plan, dataset: Dataset, *where: str | int) -> Iterator[Problem]:
    """Tell a change that runs from a moment to itself, or back in time: its sign would turn."""
    order = {wave.id: place for place, wave in enumerate(dataset.waves)}
    if plan.before not in order or plan.after not in order:
        return
    first, last = (dataset.waves[order[str(wave)]] for wave in (plan.before, plan.after))
    if plan.before == plan.after:
        yield problem("recipes.one_wave", *where, "after", wave=first.id)
    elif first.date is not None and last.date is not None:
        if first.date > last.date:
            yield problem(
                "recipes.waves_turned",
                *where,
                "after",
                before=first.id,
                after=last.id,
                first=first.date.isoformat(),
                last=last.date.isoformat(),
            )
    elif order[first.id] > order[last.id]:
        yield problem("recipes.waves_out_of_order", *where, "after", before=first.id, after=last.id)


def _columns_in(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns in terms such as ``age^2``; a term that is no term is told as it stands."""
    try:
        return columns_of(terms)
    except Refused:
        return terms


def _specifications(
    plan: Plan, datasets: dict[str, Dataset], *where: str | int
) -> Iterator[Problem]:
    yield from _double([item.id for item in plan.specifications], *map(str, where))
    for number, item in enumerate(plan.specifications):
        place = (*where, "specifications", number)
        name = item.dataset or plan.dataset
        yield from _lost("dataset", name, datasets, *place, "dataset")
        columns = _columns(datasets.get(name))
        for column in _columns_in(item.covariates or ()):
            yield from _lost("column", column, columns, *place, "covariates")


def _plan_sense(
    folder: StudyFolder, plan: Plan, measure: Measure | None, *where: str | int
) -> Iterator[Problem]:
    if measure is not None and measure.node != plan.to:
        yield problem(
            "recipes.outcome_measures_other_node",
            *where,
            "outcome",
            measure=measure.id,
            node=measure.node,
            to=plan.to,
        )
    if plan.design in _NEEDS_GROUPS and plan.treatment is None:
        yield problem("recipes.plan_without_treatment", *where, design=plan.design.value)
    if plan.design in _NEEDS_WAVES and (plan.before is None or plan.after is None):
        yield problem("recipes.plan_without_waves", *where, design=plan.design.value)
    if plan.adjustment is not Adjustment.NONE and not plan.covariates:
        yield problem(
            "recipes.plan_without_covariates",
            *where,
            "adjustment",
            adjustment=plan.adjustment.value,
        )
    if plan.assignment is Assignment.AREA and plan.clusters is None:
        yield problem("effects.refused.areas_without_clusters", *where, "assignment")
    if plan.assignment is Assignment.PERSON and plan.assignment_reason is None:
        yield problem("effects.refused.persons_without_reason", *where, "assignment")
    kinds = {node.code: node.kind for node in folder.theory.nodes}
    if kinds.get(plan.from_) not in (None, NodeKind.INTERVENTION):
        yield problem("recipes.varied_no_intervention", *where, "from", node=plan.from_)
