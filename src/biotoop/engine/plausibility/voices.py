"""What claims weigh: the likelihood ratio of each person, pooled over a dependence group."""

import math
from collections.abc import Iterable

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.evidence.bundle import Voice, VoiceGroup
from biotoop.engine.evidence.model import (
    Asked,
    AskedBy,
    Claim,
    CoderRelation,
    Method,
    RivalRelation,
    Stance,
)
from biotoop.engine.plausibility.pool import effective_number, pool_kept
from biotoop.engine.plausibility.scheme_model import AskedPreset, ClaimRules, OpenPreset, Scheme
from biotoop.engine.plausibility.weights import GroupKind, GroupWeight, ItemWeight


def preset_of(claim: Claim, rules: ClaimRules) -> AskedPreset | OpenPreset:
    """Give the preset of a claim: asked and by whom, or unprompted while the topic was open.

    Who reads a summary is asked, whatever the row says.
    """
    if claim.asked is Asked.UNPROMPTED and claim.method is not Method.MEMBER_CHECK:
        silent = claim.stance is Stance.NOT_MENTIONED
        return rules.open_topic if claim.explicit or silent else rules.asked_independent
    own = claim.asked_by is AskedBy.OWN_ORGANISATION
    return rules.asked_own if own else rules.asked_independent


def claim_log_ratio(claim: Claim, rules: ClaimRules) -> float:
    """Give ln of the likelihood ratio of a claim, times its quality, halved where a rival adds.

    Raises
    ------
    InvalidValue
        The quality is not one of those that the scheme knows.
    """
    factors = rules.factors
    if claim.quality not in factors.qualities:
        allowed = tuple(f"{quality:g}" for quality in factors.qualities)
        raise InvalidValue(field=f"{claim.id}: quality", value=claim.quality, allowed=allowed)
    quality = claim.quality
    if claim.coder_relation is CoderRelation.PROGRAMME:
        quality = min(quality, factors.highest_by_programme)
    if claim.rival_relation is RivalRelation.ADDS:
        quality *= factors.rival_adds
    return quality * preset_of(claim, rules).log_ratio(claim.stance)


def voice_log_ratio(voice: Voice, rules: ClaimRules) -> float:
    """Average over what one person says: to speak often is not to weigh more."""
    ratios = [claim_log_ratio(claim, rules) for claim in voice.claims]
    return math.fsum(ratios) / len(ratios)


def weigh_voices(group: VoiceGroup, scheme: Scheme) -> GroupWeight:
    """Weigh a group of voices."""
    rho = scheme.correlations.of(group.about.dependence)
    items = [
        ItemWeight(
            item=voice.respondent,
            people=voice.people,
            log_ratio=voice_log_ratio(voice, scheme.claims),
            counts=True,
        )
        for voice in group.voices
    ]
    log_ratio, items = pool_items(items, rho)
    return GroupWeight(
        key=f"{GroupKind.CLAIMS.value}/{group.about.key}",
        label=group.about.label,
        kind=GroupKind.CLAIMS,
        family=group.about.family,
        rho=rho,
        n=group.about.people,
        n_eff=effective_number(group.about.people, rho),
        log_ratio=log_ratio,
        items=tuple(items),
    )


def each_ratio(items: Iterable[ItemWeight]) -> list[float]:
    """Give the log ratio of every person or other item, people in counts each."""
    return [item.log_ratio for item in items for _ in range(max(item.people, 1))]


def pool_items(items: Iterable[ItemWeight], rho: float) -> tuple[float, list[ItemWeight]]:
    """Pool items; give the weight and the items, strongest first, with those that count marked."""
    given = list(items)
    log_ratio, left = pool_kept(each_ratio(given), rho)
    sign = -1.0 if log_ratio < 0 else 1.0
    marked = []
    for item in sorted(given, key=lambda each: (-sign * each.log_ratio, each.item or "")):
        winning = sign * item.log_ratio > 0
        counts = not winning or left > 0
        left -= max(item.people, 1) if winning else 0
        marked.append(
            ItemWeight(item=item.item, people=item.people, log_ratio=item.log_ratio, counts=counts)
        )
    return log_ratio, marked
