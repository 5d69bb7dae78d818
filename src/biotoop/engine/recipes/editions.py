"""The edition for readers: the findings of the team, less what could point at a person."""

from collections import Counter

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.policy import VoicesPolicy
from biotoop.engine.plausibility.result import Plausibility
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
    plausibility = _plausibility(findings.plausibility, policy.voices)
    shown = (quote_for_readers(quote, policy.voices) for quote in findings.quotes)
    quotes = tuple(quote for quote in shown if quote is not None)
    return attrs.evolve(
        findings,
        edition=Edition.READERS,
        effects=effects,
        measures=measures,
        datasets=tuple(dataset_for_readers(item) for item in findings.datasets),
        plausibility=plausibility,
        answers=answers_of(
            findings.study,
            findings.theory,
            findings.measures,
            findings.codebook,
            effects,
            plausibility,
            findings.valuation,
        ),
        quotes=quotes,
        withheld=(*desk.withheld, *_voices(plausibility, findings.quotes, quotes)),
    )


def _plausibility(found: Plausibility, policy: VoicesPolicy) -> Plausibility:
    return attrs.evolve(
        found,
        links=tuple(link_for_readers(link, policy) for link in found.links),
        routes_as_whole=tuple(link_for_readers(link, policy) for link in found.routes_as_whole),
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
