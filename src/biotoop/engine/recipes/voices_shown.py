"""What readers may see of what people said: counts from three, quotes by consent and masking.

What speaks against is never folded away: where its number is hidden, the report still says that
there are voices against.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.masking import mask
from biotoop.engine.disclosure.policy import VoicesPolicy
from biotoop.engine.disclosure.protection import protect
from biotoop.engine.disclosure.tables import Dimension, ReleasedTable, Table, key
from biotoop.engine.disclosure.voices import (
    Quote,
    refusal,
    show_counts,
    show_quote,
    survey_rules,
)
from biotoop.engine.evidence.bundle import (
    Bundle,
    Disagreement,
    GroupSummary,
    LifeCounts,
    StanceCounts,
)
from biotoop.engine.evidence.model import Claim
from biotoop.engine.plausibility.result import LinkAssessment, NodeAssessment, Recognition
from biotoop.engine.plausibility.weights import GroupKind, GroupWeight
from biotoop.engine.recipes.findings import QuoteView

STANCES = ("supports", "contradicts", "nuances", "not_mentioned")
RECOGNISED = ("recognised", "not_recognised", "means_other", "does_not_count")
_REST = "(-)"
Counts = TypeVar("Counts", StanceCounts, Recognition)


def link_for_readers(link: LinkAssessment, policy: VoicesPolicy) -> LinkAssessment:
    """Give the assessment of a link or route without what could point at a person."""
    bundle = link.bundle
    by_life = [(item.life.value, item.value, item.counts) for item in bundle.for_whom]
    whole, parts = _protected(bundle.counts, by_life, STANCES, policy)
    for_whom = tuple(
        LifeCounts(life=item.life, value=item.value, counts=counts)
        for item, counts in zip(bundle.for_whom, parts, strict=True)
    )
    shown = attrs.evolve(
        bundle,
        counts=whole,
        respondents=0 if whole.hidden else bundle.respondents,
        groups=_groups(bundle.groups, policy),
        supporting=(),
        contradicting=(),
        nuancing=(),
        not_mentioning=(),
        disagreed=_disagreed(bundle, whole),
        for_whom=for_whom,
        in_more_groups=_from(bundle.in_more_groups, policy),
        rivals=tuple(attrs.evolve(r, people=_from(r.people, policy)) for r in bundle.rivals),
        left_out=(),
        changed_text=(),
    )
    conditions = tuple(
        attrs.evolve(item, people=_from(item.people, policy), claims=(), for_whom=())
        for item in link.proposed_conditions
    )
    shown_link = attrs.evolve(link, bundle=shown, proposed_conditions=conditions)
    return _coarse(shown_link, policy, hidden=bool(whole.hidden))


def _coarse(link: LinkAssessment, policy: VoicesPolicy, *, hidden: bool) -> LinkAssessment:
    """Take the weights of voices out, and coarsen K where it would tell how few said what.

    The scheme is public: from the exact weight of a small group follows who said what in it.
    """
    voices = [
        group
        for family in link.families
        for group in family.groups
        if group.kind is GroupKind.CLAIMS
    ]
    small = hidden or any(_tells_few(group, policy) for group in voices)
    families = tuple(
        attrs.evolve(
            family,
            log_ratio=math.nan if small else family.log_ratio,
            groups=tuple(_weight(group, small=small) for group in family.groups),
        )
        for family in link.families
    )
    why = tuple(
        attrs.evolve(reason, note=_without_few(reason.note, policy, small=small))
        for reason in link.why
    )
    hints = tuple(
        attrs.evolve(hint, note=_without_few(hint.note, policy, small=small))
        for hint in link.certainty.hints
    )
    coarse = attrs.evolve(
        link,
        families=families,
        why=why,
        certainty=attrs.evolve(link.certainty, hints=hints),
        warnings=tuple(_without_few(w, policy, small=small) for w in link.warnings),
    )
    if not small:
        return coarse
    k = _one_figure(link.k)
    return attrs.evolve(
        coarse,
        k=k,
        log_k=math.log(k),
        n_eff=math.nan,
        sentence=_coarse_note(link.sentence),
        sensitivity=attrs.evolve(
            link.sensitivity,
            rows=(),
            k_low=_one_figure(link.sensitivity.k_low),
            k_high=_one_figure(link.sensitivity.k_high),
        ),
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


def _coarse_note(said: Note) -> Note:
    params = {
        name: _one_figure(value) if isinstance(value, float) else value
        for name, value in said.params.items()
    }
    return Note(code=said.code, params=params)


def _weight(group: GroupWeight, *, small: bool) -> GroupWeight:
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


def _groups(groups: tuple[GroupSummary, ...], policy: VoicesPolicy) -> tuple[GroupSummary, ...]:
    """Hide the sizes of all groups when one is too small: the others would betray it."""
    if all(group.people >= policy.minimum_count for group in groups):
        return groups
    return tuple(attrs.evolve(group, people=0) for group in groups)


def _from(people: int, policy: VoicesPolicy) -> int:
    """Give a number of people, or nil where it is too small to show."""
    return people if people >= policy.minimum_count else 0


def node_for_readers(node: NodeAssessment, policy: VoicesPolicy) -> NodeAssessment:
    """Give the counts of recognition that readers may see."""
    by_life = [(str(p.life and p.life.value), str(p.value), p) for p in node.for_whom]
    whole, parts = _protected(node.all, by_life, RECOGNISED, policy)
    hidden = "recognised" in whole.hidden
    return attrs.evolve(
        node,
        all=_ranked(whole, policy),
        for_whom=tuple(_ranked(part, policy) for part in parts),
        not_recognised_by=(),
        changed_text=(),
        sentence=note("recipes.node_hidden", minimum=policy.minimum_count)
        if hidden
        else node.sentence,
    )


def _ranked(counts: Recognition, policy: VoicesPolicy) -> Recognition:
    if counts.ranked >= policy.minimum_count and not counts.hidden:
        return counts
    return attrs.evolve(counts, ranked=0, median_rank=None)


def _protected(
    whole: Counts,
    parts: Sequence[tuple[str, str, Counts]],
    names: tuple[str, ...],
    policy: VoicesPolicy,
) -> tuple[Counts, list[Counts]]:
    """Hide counts that are too small, and in the breakdowns what would betray people.

    The counts over all people come first. Breakdowns follow only when all of those are shown, and
    are protected together, with these counts as known.
    """
    counted = show_counts({name: getattr(whole, name) for name in names}, policy)
    lives = sorted({life for life, _, _ in parts})
    hidden = [_with(counts, dict.fromkeys(names)) for _, _, counts in parts]
    if not lives or not counted.is_whole:
        return _with(whole, counted.counts), hidden
    known = [key("people", (("stance", name),)) for name in names]
    tables = [_table(life, whole, parts, names) for life in lives]
    protection = protect(tables, survey_rules(policy), public=known)
    if not protection.attack.is_safe:
        return _with(whole, counted.counts), hidden
    released = dict(zip(lives, protection.tables, strict=True))
    return _with(whole, counted.counts), [
        _with(counts, _cells(released[life], life, value, names)) for life, value, counts in parts
    ]


def _cells(
    table: ReleasedTable, life: str, value: str, names: tuple[str, ...]
) -> dict[str, float | None]:
    return {name: table.value(**{"stance": name, life: value}) for name in names}


def _table(
    life: str, whole: Counts, parts: Sequence[tuple[str, str, Counts]], names: tuple[str, ...]
) -> Table:
    mine = [(value, counts) for named, value, counts in parts if named == life]
    cells = np.array([[getattr(counts, name) for _, counts in mine] for name in names])
    rest = np.array([getattr(whole, name) for name in names]) - cells.sum(axis=1)
    values: list[str] = [value for value, _ in mine]
    if rest.any():
        cells, values = np.column_stack([cells, rest]), [*values, _REST]
    stance = Dimension(name="stance", categories=names)
    return Table(
        name=life,
        dimensions=(stance, Dimension(name=life, categories=tuple(values))),
        counts=cells,
    )


def _with(counts: Counts, shown: Mapping[str, float | None]) -> Counts:
    plain: dict[str, Any] = {
        name: 0 if value is None else int(value) for name, value in shown.items()
    }
    hidden = tuple(name for name, value in shown.items() if value is None)
    if isinstance(counts, Recognition):
        plain["people"] = 0 if hidden else counts.people
    return attrs.evolve(counts, hidden=hidden, **plain)


def _disagreed(bundle: Bundle, whole: StanceCounts) -> tuple[Disagreement, ...]:
    """Gather those who contradict: the conditions they name, and nobody apart."""
    if not bundle.disagreed:
        return ()
    conditions = {name for item in bundle.disagreed for name in item.conditions}
    return (
        Disagreement(
            respondent=None,
            people=whole.contradicts,
            claims=(),
            age=None,
            place=None,
            role=None,
            conditions=tuple(sorted(conditions)),
        ),
    )


def quotes_of(claims: tuple[Claim, ...]) -> tuple[QuoteView, ...]:
    """Give every quote as the team may see it."""
    return tuple(
        QuoteView(
            claim=claim.id,
            target=claim.target,
            stance=claim.stance,
            text=claim.quote,
            age=claim.life_age,
            place=claim.life_place,
            role=claim.life_role,
            method=claim.method,
            consent=claim.quote_consent,
            approved_by=claim.quote_approved_by,
        )
        for claim in claims
        if claim.quote
    )


def quote_for_readers(quote: QuoteView, policy: VoicesPolicy) -> QuoteView | None:
    """Give a quote as readers may see it; None when it stays with the team.

    Somebody must have read and approved the words as they stand; and when the masking still finds
    something in them, or something that may be a name, they stay inside.
    """
    masked = mask(quote.text)
    if masked.masked or masked.doubtful or quote.approved_by is None:
        return None
    asked = Quote(
        id=quote.claim,
        masked=masked.approve(quote.approved_by),
        consent=quote.consent,
        age_band=quote.age,
        role=quote.role,
        place=quote.place,
    )
    if refusal(asked, policy) is not None:
        return None
    shown = show_quote(asked, policy)
    return attrs.evolve(
        quote,
        text=shown.text,
        age=shown.age_band,
        place=shown.place,
        role=shown.role,
        approved_by=None,
    )
