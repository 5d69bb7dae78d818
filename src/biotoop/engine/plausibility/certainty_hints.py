"""Hints for judging certainty (CERQual: Lewin, Colvin, Glenton and others 2018).

They are offered to the assessor; none is computed from a ratio of votes, and disagreement that a
condition explains is no concern.
"""

from collections.abc import Iterable, Iterator, Sequence

from biotoop.engine.core.messages import note
from biotoop.engine.evidence.bundle import Bundle, Dependence
from biotoop.engine.evidence.model import (
    AskedBy,
    Claim,
    CoderRelation,
    Component,
    Family,
)
from biotoop.engine.plausibility.grading import Facts
from biotoop.engine.plausibility.link_result import Hint
from biotoop.engine.plausibility.scheme_model import Floors
from biotoop.engine.plausibility.weights import EstimateWeight, LiteratureWeight, TestWeight


def hints_of(
    facts: Facts,
    bundle: Bundle,
    claims: Sequence[Claim],
    weights: tuple[Iterable[TestWeight], Iterable[EstimateWeight], Iterable[LiteratureWeight]],
    floors: Floors,
) -> tuple[Hint, ...]:
    """Give what an assessor may weigh for each component of certainty.

    Parameters
    ----------
    facts
        Groups and families behind the grade.
    bundle
        What people say of the target.
    claims
        The claims about it.
    weights
        Its tests, estimates and literature.
    floors
        Floors of the scheme.
    """
    tests, estimates, literature = weights
    counting = [claim for claim in claims if claim.searched]
    return (
        *_method(counting, tests, estimates),
        *_coherence(bundle),
        *_adequacy(facts, bundle, floors),
        *_relevance(bundle, literature),
    )


def _hint(component: Component, name: str, **params: int | str | tuple[str, ...]) -> Hint:
    return Hint(component=component, note=note(f"plausibility.hint.{name}", **params))


def _method(
    claims: Sequence[Claim], tests: Iterable[TestWeight], estimates: Iterable[EstimateWeight]
) -> Iterator[Hint]:
    if claims and all(claim.asked_by is AskedBy.OWN_ORGANISATION for claim in claims):
        yield _hint(Component.METHOD, "own_organisation")
    by_programme = sum(claim.coder_relation is CoderRelation.PROGRAMME for claim in claims)
    if by_programme:
        yield _hint(Component.METHOD, "own_coder", count=by_programme)
    held = tuple(test.id for test in tests if test.held_to_straw)
    if held:
        yield _hint(Component.METHOD, "tests_not_registered", ids=held)
    weak = tuple(each.id for each in estimates if each.counts and not each.comparison)
    if weak:
        yield _hint(Component.METHOD, "weak_design", ids=weak)


def _coherence(bundle: Bundle) -> Iterator[Hint]:
    unexplained = sum(each.people for each in bundle.disagreed if not each.conditions)
    if unexplained and bundle.supporting:
        yield _hint(Component.COHERENCE, "unexplained", people=unexplained)
    if bundle.in_more_groups:
        yield _hint(Component.COHERENCE, "same_people", people=bundle.in_more_groups)


def _adequacy(facts: Facts, bundle: Bundle, floors: Floors) -> Iterator[Hint]:
    people = facts.given.respondents
    if people < floors.respondents:
        yield _hint(Component.ADEQUACY, "few_people", people=people, usual=floors.respondents)
    shared = tuple(
        group.key
        for group in bundle.groups
        if group.dependence is Dependence.SHARED_TALK and group.people > 1
    )
    if shared:
        yield _hint(Component.ADEQUACY, "shared_talks", count=len(shared))
    if len(facts.families) == 1 and facts.families[0] is not Family.EFFECT_DESIGN:
        yield _hint(Component.ADEQUACY, "one_family")


def _relevance(bundle: Bundle, literature: Iterable[LiteratureWeight]) -> Iterator[Hint]:
    absent = tuple(each.value for each in bundle.not_heard)
    if absent:
        yield _hint(Component.RELEVANCE, "not_heard", who=absent)
    distant = tuple(each.id for each in literature if each.transferability < 1)
    if distant:
        yield _hint(Component.RELEVANCE, "distant_setting", ids=distant)
    if bundle.changed_text:
        yield _hint(Component.RELEVANCE, "changed_text", count=len(bundle.changed_text))
