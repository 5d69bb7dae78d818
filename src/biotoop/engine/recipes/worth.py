"""What it is worth, in sentences: the net figure, who pays, and what the benefits rest on."""

from collections.abc import Iterator

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.evidence.model import Grade
from biotoop.engine.valuation.model import Direction
from biotoop.engine.valuation.result import PartyRow, PostRow, RestsOn, ValuationResult

AGAINST = (Grade.DISPUTED, Grade.CONTRADICTED, Grade.ADVERSE)
_NEVER_CERTAIN = 0.005


def worth_in_words(valuation: ValuationResult | None, *, told: bool = False) -> Iterator[Note]:
    """Give net value, chance, parties, what stands apart and which benefits stand on sand.

    ``told`` is whether it stands elsewhere already that all is invented.
    """
    if valuation is None:
        yield note("recipes.answer.no_euros")
        return
    yield note(
        "recipes.answer.net",
        net=rounded_euros(valuation.net.mean),
        low=rounded_euros(valuation.net.p5),
        high=rounded_euros(valuation.net.p95),
        costs=rounded_euros(valuation.costs.mean),
        benefits=rounded_euros(valuation.benefits.mean),
        price_year=valuation.price_year,
    )
    if valuation.chance_positive is not None:
        yield _chance(valuation.chance_positive.value)
    yield from _on_weak_steps(valuation)
    yield from _parties(valuation)
    if valuation.deviations:
        yield note("recipes.answer.euros_changed", changed=len(valuation.deviations))
    if (valuation.illustrative or valuation.invented) and not told:
        yield note("recipes.answer.illustrative")


def _chance(value: float) -> Note:
    """Say a chance from draws; none of them is ever certain."""
    if value >= 1 - _NEVER_CERTAIN:
        return note("recipes.answer.chance_above")
    if value < _NEVER_CERTAIN:
        return note("recipes.answer.chance_below")
    return note("recipes.answer.chance", chance=round(100 * value))


def _on_weak_steps(valuation: ValuationResult) -> Iterator[Note]:
    """Say which benefits rest on a step against which the evidence speaks."""
    labels = {post.id: post.label for post in valuation.posts}
    for row in valuation.rests_on:
        if row.grade in AGAINST and row.amount:
            yield _on_weak_step(
                row, tuple(note("recipes.answer.post", label=labels[item]) for item in row.items)
            )


def _on_weak_step(row: RestsOn, posts: tuple[Note, ...]) -> Note:
    return note(
        "recipes.answer.rests",
        amount=rounded_euros(row.amount),
        posts=posts,
        steps=row.weakest,
        grade=note(f"plausibility.grade.{row.grade}"),
    )


def _parties(valuation: ValuationResult) -> Iterator[Note]:
    """Give each party through whose hands something passes, in money or beside it."""
    apart = {party.party: tuple(_apart(valuation, party)) for party in valuation.parties}
    shown = [
        party
        for party in valuation.parties
        if party.party != valuation.perspective
        and (party.costs.mean or party.benefits.mean or apart[party.party])
    ]
    if shown:
        yield note("recipes.answer.parties", parties=tuple(_party(party) for party in shown))
    for party in shown:
        if apart[party.party]:
            yield note("recipes.answer.apart", party=party.label, posts=apart[party.party])


def _party(party: PartyRow) -> Note:
    if not (party.costs.mean or party.benefits.mean):
        return note("recipes.answer.party_nothing", party=party.label, net=rounded_euros(0.0))
    return note(
        "recipes.answer.party",
        party=party.label,
        low=rounded_euros(party.net.p5),
        net=rounded_euros(party.net.mean),
        high=rounded_euros(party.net.p95),
    )


def _apart(valuation: ValuationResult, party: PartyRow) -> Iterator[Note]:
    """Give effort and wellbeing of a party: beside the total, never in it."""
    for post in valuation.apart:
        share = dict(post.payers).get(party.party, 0.0)
        if share:
            yield _beside(post, share)


def _beside(post: PostRow, share: float) -> Note:
    gives = post.direction is Direction.EFFORT
    return note(
        f"recipes.answer.{'gives' if gives else 'gets'}",
        label=post.label,
        amount=rounded_euros(share * post.value.mean),
        low=rounded_euros(share * post.value.p5),
        high=rounded_euros(share * post.value.p95),
    )
