"""How much evidence weighs, without what would tell who said what, or an effect that is hidden."""

import math
from collections import Counter

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.policy import VoicesPolicy
from biotoop.engine.plausibility.result import LinkAssessment
from biotoop.engine.plausibility.weights import GroupKind, GroupWeight


def coarse(
    link: LinkAssessment, policy: VoicesPolicy, *, hidden: bool, kept: frozenset[str]
) -> LinkAssessment:
    """Take the weights of voices out, and coarsen K where it would tell how few said what.

    The scheme is public: from the exact weight of a small group follows who said what in it, and
    from the weight of an estimate the estimate.
    """
    groups = [group for family in link.families for group in family.groups]
    secret = {
        group.key
        for group in groups
        if group.kind is GroupKind.ESTIMATES and any(item.item in kept for item in group.items)
    }
    voices = [group for group in groups if group.kind is GroupKind.CLAIMS]
    small = hidden or bool(secret) or any(_tells_few(group, policy) for group in voices)
    shown = _without_weights(link, policy, small=small, secret=secret)
    if not small:
        return shown
    k = _one_figure(link.k)
    return attrs.evolve(
        shown,
        k=k,
        log_k=math.log(k),
        harm=math.nan if secret else link.harm,
        n_eff=math.nan,
        sentence=_coarse_note(link.sentence, upside_down=link.k < 1.0),
        sensitivity=attrs.evolve(
            link.sensitivity,
            rows=(),
            k_low=_one_figure(link.sensitivity.k_low),
            k_high=_one_figure(link.sensitivity.k_high),
        ),
    )


def _without_weights(
    link: LinkAssessment, policy: VoicesPolicy, *, small: bool, secret: set[str]
) -> LinkAssessment:
    """Take the items out of groups of voices, and numbers of few people out of sentences."""

    def said(of: Note) -> Note:
        return _without_few(of, policy, small=small)

    families = tuple(
        attrs.evolve(
            family,
            log_ratio=math.nan if small else family.log_ratio,
            groups=tuple(
                _weight(group, small=small, secret=group.key in secret) for group in family.groups
            ),
        )
        for family in link.families
    )
    hints = tuple(attrs.evolve(hint, note=said(hint.note)) for hint in link.certainty.hints)
    return attrs.evolve(
        link,
        families=families,
        why=tuple(attrs.evolve(reason, note=said(reason.note)) for reason in link.why),
        certainty=attrs.evolve(link.certainty, hints=hints),
        warnings=tuple(said(warning) for warning in link.warnings),
    )


def _tells_few(group: GroupWeight, policy: VoicesPolicy) -> bool:
    """Tell whether fewer than the minimum in a group said one and the same thing."""
    sides = Counter[int]()
    for item in group.items:
        sides[(item.log_ratio > 0) - (item.log_ratio < 0)] += max(item.people, 1)
    return any(0 < people < policy.minimum_count for people in sides.values())


def _one_figure(value: float) -> float:
    """Round to one significant figure."""
    return float(f"{value:.0e}")


def _coarse_note(said: Note, *, upside_down: bool = False) -> Note:
    """Round the weights in a sentence; below 1 it speaks of 1/K, and follows the rounded K."""

    def coarse(value: float) -> float:
        return round(1.0 / _one_figure(1.0 / value), 1) if upside_down else _one_figure(value)

    params = {
        name: coarse(value) if isinstance(value, float) and value > 0.0 else value
        for name, value in said.params.items()
    }
    return Note(code=said.code, params=params)


def _weight(group: GroupWeight, *, small: bool, secret: bool) -> GroupWeight:
    if secret:
        return attrs.evolve(group, items=(), n_eff=math.nan, log_ratio=math.nan)
    if group.kind is not GroupKind.CLAIMS:
        return group
    if not small:
        return attrs.evolve(group, items=())
    return attrs.evolve(group, items=(), n=0, n_eff=math.nan, log_ratio=math.nan)


def _without_few(said: Note, policy: VoicesPolicy, *, small: bool) -> Note:
    """Say that a number stays with the team where a sentence would tell a small one."""
    people = said.params.get("people")
    few = isinstance(people, int) and 0 < people < policy.minimum_count
    if few or (small and ("people" in said.params or "n_eff" in said.params)):
        return note("recipes.people_kept")
    return _coarse_note(said) if small else said
