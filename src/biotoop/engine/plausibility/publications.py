"""What literature weighs: other people's effects, carried over to this place with loss."""

import math
from collections.abc import Iterable

import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.evidence.model import Family, LiteratureItem
from biotoop.engine.plausibility.bayes_factor import bayes_factors
from biotoop.engine.plausibility.pool import effective_number
from biotoop.engine.plausibility.scheme_model import Scheme
from biotoop.engine.plausibility.voices import pool_items
from biotoop.engine.plausibility.weights import (
    GroupKind,
    GroupWeight,
    ItemWeight,
    LiteratureWeight,
)


def weigh_publication(item: LiteratureItem, scheme: Scheme) -> LiteratureWeight:
    """Weigh one publication: the Bayes factor as for estimates, times q, within the bound."""
    rules = scheme.estimates
    variance = item.se**2 + item.tau_het**2 + rules.bias_sd[item.level - 1] ** 2
    factors = bayes_factors(item.effect, variance, delta=rules.delta, tau=rules.tau)
    found = float(np.clip(factors.log_ratio, -math.log(rules.most), math.log(rules.most)))
    bound = math.log(scheme.literature.most)
    log_ratio = max(-bound, min(bound, item.transferability * found))
    return LiteratureWeight(
        id=item.id,
        source=item.source,
        effect=item.effect,
        se=item.se,
        tau_het=item.tau_het,
        level=item.level,
        transferability=item.transferability,
        ratio=math.exp(log_ratio),
        log_ratio=log_ratio,
    )


def weigh_literature(
    items: Iterable[LiteratureItem], scheme: Scheme
) -> tuple[tuple[LiteratureWeight, ...], tuple[GroupWeight, ...]]:
    """Weigh the literature on one target and pool it by underlying study."""
    ordered = sorted(items, key=lambda each: each.id)
    weights = [weigh_publication(each, scheme) for each in ordered]
    by_study: dict[str, list[LiteratureWeight]] = {}
    for each, weight in zip(ordered, weights, strict=True):
        by_study.setdefault(each.group, []).append(weight)
    groups = [_group(study, by_study[study], scheme) for study in sorted(by_study)]
    return tuple(weights), tuple(groups)


def _group(study: str, members: list[LiteratureWeight], scheme: Scheme) -> GroupWeight:
    rho = scheme.correlations.one_publication
    log_ratio, items = pool_items(
        (
            ItemWeight(item=each.id, people=0, log_ratio=each.log_ratio, counts=True)
            for each in members
        ),
        rho,
    )
    return GroupWeight(
        key=f"{GroupKind.LITERATURE.value}/{study}",
        label=note("plausibility.group.literature", study=study),
        kind=GroupKind.LITERATURE,
        family=Family.LITERATURE,
        rho=rho,
        n=len(items),
        n_eff=effective_number(len(items), rho),
        log_ratio=log_ratio,
        items=tuple(items),
    )
