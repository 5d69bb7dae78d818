"""What effect estimates weigh: bounded Bayes factors by design level, one for each group of people.

One area against one area is no causal estimate (Donald & Lang 2007). A link between two nodes that
nobody manipulated counts as before-after at most (Bullock, Green & Ha 2010).
"""

import math
from collections.abc import Iterable, Iterator, Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.evidence.model import Family
from biotoop.engine.plausibility.bayes_factor import bayes_factors
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.scheme_model import EstimateRules, Scheme
from biotoop.engine.plausibility.weights import (
    BiasRow,
    EstimateWeight,
    GroupKind,
    GroupWeight,
    ItemWeight,
    MediationSensitivity,
)


def weigh_estimates(
    estimates: Iterable[EstimateEvidence], scheme: Scheme, *, unmanipulated: bool
) -> tuple[tuple[EstimateWeight, ...], tuple[GroupWeight, ...]]:
    """Weigh the estimates of one target; of those on the same people one counts.

    Parameters
    ----------
    estimates
        The estimates on the target.
    scheme
        The convention.
    unmanipulated
        Whether the target is a link whose start is not an intervention.
    """
    by_people: dict[str, list[EstimateEvidence]] = {}
    for estimate in sorted(estimates, key=lambda each: each.id):
        by_people.setdefault(estimate.group, []).append(estimate)
    weights: list[EstimateWeight] = []
    groups: list[GroupWeight] = []
    for people in sorted(by_people):
        members = by_people[people]
        weighed = [_weigh(each, scheme, unmanipulated=unmanipulated) for each in members]
        chosen = _chosen(members, weighed)
        weights.extend(_marked(members, weighed, chosen))
        if chosen is not None:
            groups.append(_group(members[chosen], weighed[chosen], people))
    return tuple(weights), tuple(groups)


def _weigh(each: EstimateEvidence, scheme: Scheme, *, unmanipulated: bool) -> EstimateWeight:
    rules = scheme.estimates
    observed = unmanipulated if each.manipulated is None else not each.manipulated
    level = min(each.level, rules.level_unmanipulated) if observed else each.level
    delta = each.delta if each.delta is not None and each.registered else rules.delta
    log_ratio, log_harm = _bounded(each, each.effect, level, delta, rules)
    return EstimateWeight(
        id=each.id,
        effect=each.effect,
        se=each.se,
        level=each.level,
        level_used=level,
        comparison=each.comparison and level >= scheme.floors.comparison_level,
        delta=delta,
        ratio=math.exp(log_ratio),
        log_ratio=log_ratio,
        harm_ratio=math.exp(log_harm),
        log_harm=log_harm,
        counts=True,
        mediation=_mediation(each, level, delta, rules) if observed else None,
        notes=_remarks(each, level, delta, rules),
    )


def _bounded(
    each: EstimateEvidence, effect: float, level: int, delta: float, rules: EstimateRules
) -> tuple[float, float]:
    variance = each.se**2 + rules.bias_sd[level - 1] ** 2
    factors = bayes_factors(effect, variance, delta=delta, tau=rules.tau)
    bound = math.log(rules.most)
    ratio, harm = np.clip([factors.log_ratio, factors.log_harm], -bound, bound)
    return float(ratio), float(harm)


def _mediation(
    each: EstimateEvidence, level: int, delta: float, rules: EstimateRules
) -> MediationSensitivity:
    """Take bias by a hidden common cause off the effect; find the bias at which nothing is left.

    The ratio is 1 where (m - delta) / sqrt(v) = -delta / tau, so at d = s*^2 (delta - delta
    sqrt(v) / tau) / v.
    """
    rows = tuple(
        BiasRow(
            bias=bias,
            ratio=math.exp(_bounded(each, each.effect - bias, level, delta, rules)[0]),
        )
        for bias in rules.mediation_bias
    )
    variance = each.se**2 + rules.bias_sd[level - 1] ** 2
    v = 1 / (1 / rules.tau**2 + 1 / variance)
    tipping = each.effect - variance * (delta - delta * math.sqrt(v) / rules.tau) / v
    code = "plausibility.estimate.mediation" if tipping > 0 else "plausibility.estimate.no_support"
    return MediationSensitivity(
        rows=rows, tipping_bias=tipping, note=note(code, id=each.id, bias=tipping)
    )


def _remarks(
    each: EstimateEvidence, level: int, delta: float, rules: EstimateRules
) -> tuple[Note, ...]:
    found = []
    if each.one_against_one:
        areas = rules.comparison_areas
        found.append(note("plausibility.estimate.one_against_one", id=each.id, areas=areas))
    elif 1 in (each.areas, each.comparison_areas):
        areas = rules.comparison_areas
        found.append(note("plausibility.estimate.one_area", id=each.id, areas=areas))
    if level < each.level:
        found.append(note("plausibility.estimate.level", id=each.id, level=each.level, used=level))
    if not each.registered:
        found.append(note("plausibility.estimate.not_registered", id=each.id))
    if each.delta is not None and each.delta != delta:
        found.append(note("plausibility.estimate.delta", id=each.id, given=each.delta, used=delta))
    return tuple(found)


def _chosen(members: Sequence[EstimateEvidence], weighed: Sequence[EstimateWeight]) -> int | None:
    """Choose the registered primary outcome; without exactly one, the least favourable counts."""
    able = [place for place, each in enumerate(members) if not each.one_against_one]
    candidates = [place for place in able if members[place].registered_primary] or able
    return min(candidates, key=lambda place: weighed[place].log_ratio, default=None)


def _marked(
    members: Sequence[EstimateEvidence], weighed: Sequence[EstimateWeight], chosen: int | None
) -> Iterator[EstimateWeight]:
    """Say of each estimate on the same people whether it counts, and why."""
    primaries = sum(each.registered_primary for each in members)
    for place, (each, weight) in enumerate(zip(members, weighed, strict=True)):
        notes = list(weight.notes)
        if place == chosen:
            if len(members) > 1 and primaries != 1:
                notes.append(note("plausibility.estimate.no_primary", id=each.id))
            yield attrs.evolve(weight, notes=tuple(notes))
            continue
        refused = each.one_against_one
        if not refused:
            notes.append(note("plausibility.estimate.shown_only", id=each.id))
        yield attrs.evolve(
            weight, counts=False, comparison=False, refused=refused, notes=tuple(notes)
        )


def _group(each: EstimateEvidence, weight: EstimateWeight, people: str) -> GroupWeight:
    item = ItemWeight(item=each.id, people=0, log_ratio=weight.log_ratio, counts=True)
    return GroupWeight(
        key=f"{GroupKind.ESTIMATES.value}/{people}",
        label=each.label or note("plausibility.group.estimate", id=each.id),
        kind=GroupKind.ESTIMATES,
        family=Family.EFFECT_DESIGN,
        rho=1.0,
        n=1,
        n_eff=1.0,
        log_ratio=weight.log_ratio,
        items=(item,),
    )
