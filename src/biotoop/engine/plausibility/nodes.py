"""Whether nodes agree with what residents experience: counts for each kind of people, never a K."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from biotoop.engine.core.messages import note
from biotoop.engine.evidence.bundle import Life, Voice
from biotoop.engine.evidence.bundling import LifeValues, life_of, people_in
from biotoop.engine.evidence.model import Claim, Stance
from biotoop.engine.evidence.targets import Target
from biotoop.engine.plausibility.node_result import NodeAssessment, ProposedNode, Recognition
from biotoop.engine.plausibility.scheme_model import ProposalRules

_SAYS_NO = (Stance.NOT_RECOGNISED, Stance.MEANS_OTHER, Stance.DOES_NOT_COUNT)
_STANCES = (Stance.RECOGNISED, *_SAYS_NO)


def assess_node(target: Target, claims: Iterable[Claim], known_lives: LifeValues) -> NodeAssessment:
    """Count who recognises a node, and how important people find it.

    Someone who says more than one thing is counted by the first of: not recognised, means
    something else, does not count, recognised.

    Parameters
    ----------
    target
        The node.
    claims
        The claims about it; proposals of missing nodes are counted elsewhere.
    known_lives
        Every age, place and role of the study.
    """
    ordered = sorted(claims, key=lambda claim: claim.id)
    heard = [claim for claim in ordered if claim.searched and claim.stance in _STANCES]
    people = people_in(heard)
    whole = _count(people, None, None)
    return NodeAssessment(
        node=target.code,
        text_hash=target.text_hash,
        all=whole,
        for_whom=tuple(_for_whom(people, known_lives)),
        not_recognised_by=tuple(claim.id for claim in heard if claim.stance in _SAYS_NO),
        changed_text=tuple(claim.id for claim in ordered if target.has_changed(claim.text_hash)),
        sentence=note("plausibility.node.recognised", count=whole.recognised, people=whole.people)
        if whole.people
        else note("plausibility.node.unheard"),
    )


def _for_whom(people: Sequence[Voice], known: LifeValues) -> Iterator[Recognition]:
    for life in Life:
        for value in known[life]:
            members = [
                voice for voice in people if any(life_of(c, life) == value for c in voice.claims)
            ]
            if members:
                yield _count(members, life, value)


def _count(people: Sequence[Voice], life: Life | None, value: str | None) -> Recognition:
    found = dict.fromkeys(_STANCES, 0)
    for voice in people:
        found[_stance(voice)] += voice.people
    ranks = [rank for voice in people for rank in _ranks(voice)]
    return Recognition(
        life=life,
        value=value,
        recognised=found[Stance.RECOGNISED],
        not_recognised=found[Stance.NOT_RECOGNISED],
        means_other=found[Stance.MEANS_OTHER],
        does_not_count=found[Stance.DOES_NOT_COUNT],
        people=sum(found.values()),
        ranked=len(ranks),
        median_rank=statistics.median(ranks) if ranks else None,
    )


def _stance(voice: Voice) -> Stance:
    said = {claim.stance for claim in voice.claims}
    return next((stance for stance in _SAYS_NO if stance in said), Stance.RECOGNISED)


def _ranks(voice: Voice) -> list[float]:
    """Give the rank that a person gives, once; the mean when it was given more than once."""
    given = [claim.importance for claim in voice.claims if claim.importance is not None]
    return [statistics.fmean(given)] * voice.people if given else []


def proposed_nodes(
    claims: Iterable[Claim], resolve: Callable[[str], str], rules: ProposalRules
) -> tuple[ProposedNode, ...]:
    """Gather the nodes that people miss, told apart by their words without case or extra space.

    A source is a dependence group: a method, round and organisation.

    Parameters
    ----------
    claims
        All claims of the study.
    resolve
        Gives the code of the target that a claim names.
    rules
        From how many respondents and sources a decision is asked.
    """
    by_words: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: each.id):
        if claim.stance is Stance.MISSING and claim.proposes is not None:
            by_words.setdefault(" ".join(claim.proposes.casefold().split()), []).append(claim)
    found = [_proposal(by_words, words, resolve, rules) for words in by_words]
    return tuple(sorted(found, key=lambda each: (-each.people, each.proposal)))


def _proposal(
    by_words: Mapping[str, list[Claim]],
    words: str,
    resolve: Callable[[str], str],
    rules: ProposalRules,
) -> ProposedNode:
    members = by_words[words]
    people = sum(voice.people for voice in people_in(members))
    sources = len({(claim.method, claim.round, claim.organisation) for claim in members})
    return ProposedNode(
        proposal=str(members[0].proposes),
        people=people,
        sources=sources,
        near=tuple(sorted({resolve(claim.target) for claim in members})),
        claims=tuple(claim.id for claim in members),
        decide=people >= rules.respondents and sources >= rules.sources,
    )
