"""What readers may see of what people said: counts from three, quotes by consent and masking.

What speaks against is never folded away: where its number is hidden, the report still says that
there are voices against.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs
import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.masking import mask
from biotoop.engine.disclosure.policy import DisclosurePolicy, VoicesPolicy
from biotoop.engine.disclosure.protection import protect
from biotoop.engine.disclosure.release import decide
from biotoop.engine.disclosure.tables import Dimension, ReleasedTable, Table, key
from biotoop.engine.disclosure.voices import stays_open, survey_rules
from biotoop.engine.evidence.bundle import (
    Bundle,
    Disagreement,
    GroupSummary,
    Life,
    LifeCounts,
    MentionedRival,
    StanceCounts,
)
from biotoop.engine.plausibility.result import LinkAssessment, NodeAssessment, Recognition
from biotoop.engine.recipes.weights_shown import coarse

STANCES = ("supports", "contradicts", "nuances", "not_mentioned")
RECOGNISED = ("recognised", "not_recognised", "means_other", "does_not_count")
_REST = "(-)"
Counts = TypeVar("Counts", StanceCounts, Recognition)


def link_for_readers(
    link: LinkAssessment,
    rules: DisclosurePolicy,
    *,
    kept: frozenset[str] = frozenset(),
    before: Sequence[Mapping[str, int]] = (),
) -> LinkAssessment:
    """Give the assessment of a link or route without what could point at a person.

    Where it is not told how many spoke, it is not told who did either, nor who did not: of two
    people their ages, place and role would follow.

    Parameters
    ----------
    link
        As the team sees it.
    rules
        What may be shown.
    kept
        Plans of which readers may not see the effect: they weigh in the grade, but no figure here
        may tell how much.
    before
        The numbers by stance that earlier editions showed.
    """
    bundle, policy = link.bundle, rules.voices
    by_life = [(item.life.value, item.value, item.counts) for item in bundle.for_whom]
    whole, parts = _protected(bundle.counts, by_life, STANCES, rules, before)
    named = {c.condition for c in link.proposed_conditions if c.people >= policy.minimum_count}
    for_whom = tuple(
        LifeCounts(
            life=item.life,
            value=item.value,
            counts=counts,
            conditions=tuple(text for text in item.conditions if text in named),
        )
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
        for_whom=() if whole.hidden else for_whom,
        not_heard=() if whole.hidden else bundle.not_heard,
        in_more_groups=_from(bundle.in_more_groups, policy),
        rivals=tuple(_rival(item, policy) for item in bundle.rivals if names_nobody(item.rival)),
        left_out=(),
        changed_text=(),
    )
    conditions = tuple(
        attrs.evolve(item, people=_from(item.people, policy), claims=(), for_whom=())
        for item in link.proposed_conditions
        if names_nobody(item.condition)
    )
    estimates = tuple(item for item in link.estimates if item.id not in kept)
    shown_link = attrs.evolve(
        link, bundle=shown, proposed_conditions=conditions, estimates=estimates, changed_text=()
    )
    return coarse(shown_link, policy, hidden=bool(whole.hidden), kept=kept)


def _rival(item: MentionedRival, policy: VoicesPolicy) -> MentionedRival:
    """Give another cause that people mention; how much it brought are one person's own words."""
    people = _from(item.people, policy)
    return attrs.evolve(item, people=people, shares=item.shares if people else ())


def names_nobody(words: str) -> bool:
    """Tell whether the masking finds nothing in the words of a coder."""
    found = mask(words)
    return not found.masked and not found.doubtful


def _groups(groups: tuple[GroupSummary, ...], policy: VoicesPolicy) -> tuple[GroupSummary, ...]:
    """Hide the sizes of all groups when one is too small: the others would betray it."""
    if all(group.people >= policy.minimum_count for group in groups):
        return groups
    return tuple(attrs.evolve(group, people=0) for group in groups)


def _from(people: int, policy: VoicesPolicy) -> int:
    """Give a number of people, or nil where it is too small to show."""
    return people if people >= policy.minimum_count else 0


def node_for_readers(
    node: NodeAssessment, rules: DisclosurePolicy, *, before: Sequence[Mapping[str, int]] = ()
) -> NodeAssessment:
    """Give the counts of recognition that readers may see."""
    policy = rules.voices
    by_life = [(str(p.life and p.life.value), str(p.value), p) for p in node.for_whom]
    whole, parts = _protected(node.all, by_life, RECOGNISED, rules, before)
    hidden = "recognised" in whole.hidden
    return attrs.evolve(
        node,
        all=_ranked(whole, policy),
        for_whom=() if whole.hidden else tuple(_ranked(part, policy) for part in parts),
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
    rules: DisclosurePolicy,
    before: Sequence[Mapping[str, int]],
) -> tuple[Counts, list[Counts]]:
    """Hide counts that are too small, and in the breakdowns what would betray people.

    The counts over all people come first. Breakdowns follow only when all of those are shown, and
    are protected together, with these counts as known. Counts by which few people differ from
    those of an earlier edition are hidden, and so are their breakdowns. A count that is missing in
    an earlier edition was hidden there: it was more than nil, and its breakdowns stay hidden.
    """
    policy = rules.voices
    counts = {name: int(getattr(whole, name)) for name in names}
    counted = decide(rules, voices={"-": counts}).voices["-"]
    told = dict(counted.counts)
    changed = [old for old in before if counts != {name: old.get(name) for name in names}]
    if any(_differs_by_few(counts, old, policy) for old in changed):
        told = {name: None if _moved(name, counts, before) else 0 for name in names}
    lives = sorted({life for life, _, _ in parts})
    hidden = [_with(part, dict.fromkeys(names)) for _, _, part in parts]
    if not lives or changed or None in told.values():
        return _with(whole, told), hidden
    known = [key("people", (("stance", name),)) for name in names]
    tables = [_table(life, whole, parts, names) for life in lives]
    protection = protect(tables, survey_rules(policy), public=known)
    if not protection.attack.is_safe:
        return _with(whole, told), hidden
    released = dict(zip(lives, protection.tables, strict=True))
    few = _few_workers(parts, names, policy)
    return _with(whole, told), [
        hidden[place]
        if few and life == Life.ROLE.value
        else _with(part, _cells(released[life], life, value, names))
        for place, (life, value, part) in enumerate(parts)
    ]


def _differs_by_few(now: Mapping[str, int], old: Mapping[str, int], policy: VoicesPolicy) -> bool:
    """Tell whether some stance was taken by so few people more or fewer that they can be told."""
    moved = (abs(count - old[name]) for name, count in now.items() if name in old)
    return any(0 < people < policy.minimum_count for people in moved)


def _moved(name: str, now: Mapping[str, int], before: Sequence[Mapping[str, int]]) -> bool:
    """Tell whether anybody takes this stance, now or before: nil stays nil."""
    return bool(now[name]) or any(old.get(name, 1) for old in before)


def _few_workers(
    parts: Sequence[tuple[str, str, Counts]], names: tuple[str, ...], policy: VoicesPolicy
) -> bool:
    """Tell whether the breakdown by role would hold a finding about few workers."""
    return any(
        not stays_open(sum(int(getattr(part, name)) for name in names), False, policy)  # noqa: FBT003 - nobody asked their team
        for life, value, part in parts
        if life == Life.ROLE.value and value.casefold() in policy.worker_roles
    )


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
    conditions = {
        name for item in bundle.disagreed for name in item.conditions if names_nobody(name)
    }
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
