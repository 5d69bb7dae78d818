"""Words of respondents: all of them for the team, those that passed every rule for readers."""

from collections.abc import Mapping

import attrs

from biotoop.engine.disclosure.masking import mask
from biotoop.engine.disclosure.policy import DisclosurePolicy, VoicesPolicy
from biotoop.engine.disclosure.release import decide
from biotoop.engine.disclosure.voices import Quote
from biotoop.engine.evidence.model import Claim
from biotoop.engine.recipes.findings import QuoteView


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


def quote_for_readers(
    quote: QuoteView, rules: DisclosurePolicy, *, workers: Mapping[str, int] | None = None
) -> QuoteView | None:
    """Give a quote as readers may see it; None when it stays with the team.

    ``workers`` tells how many people of each role spoke on the same target.

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
        place_people=rules.survey.inhabitants.get(quote.place or ""),
        workers=_workers(quote, rules.voices, workers or {}),
    )
    released = decide(rules, quotes=[asked]).quotes
    if not released:
        return None
    (shown,) = released
    return attrs.evolve(
        quote,
        text=shown.text,
        age=shown.age_band,
        place=shown.place,
        role=shown.role,
        approved_by=None,
    )


def _workers(quote: QuoteView, policy: VoicesPolicy, heard: Mapping[str, int]) -> int:
    """Give how many workers the words of a worker are about; nil for who is none."""
    role = (quote.role or "").casefold()
    return max(heard.get(role, 1), 1) if role in policy.worker_roles else 0
