"""The edition for readers: the findings of the team, less what could point at a person."""

from collections import Counter

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.policy import VoicesPolicy
from biotoop.engine.plausibility.result import LinkAssessment, Plausibility
from biotoop.engine.recipes.answering import answers_of
from biotoop.engine.recipes.figures_shown import (
    Desk,
    dataset_for_readers,
    effects_for_readers,
    measure_for_readers,
)
from biotoop.engine.recipes.findings import DisclosureDecision, Edition, Findings, QuoteView
from biotoop.engine.recipes.voices_shown import (
    link_for_readers,
    node_for_readers,
    quote_for_readers,
)
from biotoop.engine.valuation.result import ValuationResult


def readers_edition(findings: Findings) -> Findings:
    """Make the edition for readers, with the first page written anew from what is left.

    Parameters
    ----------
    findings
        The edition of the team; that of readers comes back unchanged.
    """
    if findings.edition is Edition.READERS:
        return findings
    policy = findings.study.disclosure
    desk = Desk(policy=policy)
    effects = tuple(effects_for_readers(desk, item) for item in findings.effects)
    measures = tuple(measure_for_readers(desk, item) for item in findings.measures)
    kept = frozenset(item.plan for item in effects if item.primary.not_shown is not None)
    plausibility = _plausibility(findings.plausibility, policy.voices, kept)
    valuation = _valuation(desk, findings.valuation, kept)
    shown = (quote_for_readers(quote, policy.voices) for quote in findings.quotes)
    quotes = tuple(quote for quote in shown if quote is not None)
    return attrs.evolve(
        findings,
        edition=Edition.READERS,
        effects=effects,
        measures=measures,
        datasets=tuple(dataset_for_readers(item) for item in findings.datasets),
        plausibility=plausibility,
        valuation=valuation,
        answers=answers_of(
            findings.study,
            findings.theory,
            findings.measures,
            findings.codebook,
            effects,
            plausibility,
            valuation,
        ),
        quotes=quotes,
        withheld=(*desk.withheld, *_voices(plausibility, findings.quotes, quotes)),
    )


def _valuation(
    desk: Desk, found: ValuationResult | None, kept: frozenset[str]
) -> ValuationResult | None:
    """Keep the euros with the team when they would tell an effect that readers may not see."""
    if found is None:
        return None
    telling = [item.id for item in found.inputs if item.id.removeprefix("estimate.") in kept]
    if not telling:
        return found
    reason = note("recipes.euros_kept", inputs=tuple(telling))
    desk.withheld.append(DisclosureDecision(what="valuation", reason=reason))
    return None


def _without(link: LinkAssessment, kept: frozenset[str]) -> LinkAssessment:
    shown = tuple(item for item in link.estimates if item.id not in kept)
    return attrs.evolve(link, estimates=shown)


def _plausibility(found: Plausibility, policy: VoicesPolicy, kept: frozenset[str]) -> Plausibility:
    return attrs.evolve(
        found,
        links=tuple(_without(link_for_readers(link, policy), kept) for link in found.links),
        routes_as_whole=tuple(
            _without(link_for_readers(link, policy), kept) for link in found.routes_as_whole
        ),
        nodes=tuple(node_for_readers(node, policy) for node in found.nodes),
        proposed_nodes=tuple(
            attrs.evolve(
                item,
                claims=(),
                people=item.people if item.people >= policy.minimum_count else 0,
            )
            for item in found.proposed_nodes
        ),
    )


def _voices(
    found: Plausibility, before: tuple[QuoteView, ...], after: tuple[QuoteView, ...]
) -> list[DisclosureDecision]:
    """Say on which targets counts are hidden, and how many quotes stay with the team."""
    decided = [
        DisclosureDecision(what=link.target, reason=note("recipes.counts_hidden"))
        for link in found.links
        if link.bundle.counts.hidden
    ]
    left = Counter(quote.target for quote in before)
    left.subtract(quote.target for quote in after)
    decided.extend(
        DisclosureDecision(what=target, reason=note("recipes.quotes_kept", count=count))
        for target, count in sorted(left.items())
        if count
    )
    return decided
