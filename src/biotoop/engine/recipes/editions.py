"""The edition for readers: the findings of the team, less what could point at a person.

The findings of the team are whole. What readers may see is decided in one place, ``deciding``, by
the disclosure service; everything that a report, a table or a chart shows is made from what is
left here.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import combined_hash, content_hash
from biotoop.engine.core.messages import note
from biotoop.engine.disclosure.policy import DisclosurePolicy, VoicesPolicy
from biotoop.engine.disclosure.tables import CellStatus, Key, ReleasedTable, keys_of
from biotoop.engine.evidence.bundle import Life
from biotoop.engine.plausibility.result import LinkAssessment, Plausibility, ProposedNode
from biotoop.engine.recipes.answering import answers_of
from biotoop.engine.recipes.deciding import Decided, decided_on
from biotoop.engine.recipes.figures_shown import (
    Desk,
    dataset_for_readers,
    effects_for_readers,
    measure_for_readers,
)
from biotoop.engine.recipes.findings import (
    DisclosureDecision,
    Edition,
    Findings,
    Provenance,
    QuoteView,
    RegistrationView,
)
from biotoop.engine.recipes.folder import CLAIMS, JUDGEMENTS
from biotoop.engine.recipes.quotes_shown import quote_for_readers
from biotoop.engine.recipes.releases import Released, Review, read_releases, refuse_name
from biotoop.engine.recipes.voices_shown import (
    RECOGNISED,
    STANCES,
    link_for_readers,
    names_nobody,
    node_for_readers,
)
from biotoop.engine.recipes.words_shown import delivery_for_readers, judged_for_readers, role_of
from biotoop.engine.valuation.result import ValuationResult

_OF_PEOPLE = (CLAIMS, JUDGEMENTS)


@attrs.frozen(kw_only=True)
class Release:
    """An edition for readers with what was decided for it.

    Attributes
    ----------
    findings
        What readers may see.
    decided
        Every decision with its rule and reason, for the team.
    printed
        The cells of people that the findings tell.
    analyses
        Names of the analyses that they hold.
    team_hash
        The recipe hash of the edition of the team, for its record: readers never see it.
    """

    findings: Findings
    decided: Decided | None
    printed: frozenset[Key] = frozenset()
    analyses: frozenset[str] = frozenset()
    team_hash: str = ""

    def record(self, name: str, review: Review) -> Released:
        """Give what must be written down of this edition when it leaves the team."""
        assert self.decided is not None  # noqa: S101 - only readers' editions are released
        found, shown = (
            self.findings.plausibility,
            {str(name) for name in self.printed} | self.analyses,
        )
        links = (*found.links, *found.routes_as_whole)
        voices = {link.target: _said(link.bundle.counts, STANCES) for link in links}
        voices |= {node.node: _said(node.all, RECOGNISED) for node in found.nodes}
        return Released(
            id=name,
            recipe_hash=self.findings.provenance.recipe_hash,
            team_hash=self.team_hash,
            review=review,
            tables=tuple(_as_printed(table, self.printed) for table in self.decided.tables),
            prints={
                name: digest for name, digest in self.decided.census.prints.items() if name in shown
            },
            voices={target: said for target, said in voices.items() if said},
        )


def _as_printed(table: ReleasedTable, printed: frozenset[Key]) -> ReleasedTable:
    """Give a table with only what the edition tells of it: what is not told may not be kept."""
    names = keys_of(table.dimensions, table.population, table.measure)
    seen = [name in printed for name in names]
    shown, hidden = CellStatus.SHOWN, CellStatus.SECONDARY
    return attrs.evolve(
        table,
        values=tuple(v if told else None for v, told in zip(table.values, seen, strict=True)),
        status=tuple(
            hidden if is_ is shown and not told else is_
            for is_, told in zip(table.status, seen, strict=True)
        ),
    )


def _said(counts: object, names: tuple[str, ...]) -> dict[str, int]:
    """Give the counts that an edition shows; a hidden one is never written down."""
    hidden: tuple[str, ...] = getattr(counts, "hidden", ())
    return {name: int(getattr(counts, name)) for name in names if name not in hidden}


def edition_of(findings: Findings, edition: str, folder: Path, name: str | None = None) -> Release:
    """Give the edition that was asked for; that for readers is held against earlier releases.

    Parameters
    ----------
    findings
        The edition of the team.
    edition
        "team" or "readers".
    folder
        The study folder, which keeps what was released before.
    name
        Under what name it will be released; None when it does not leave the team yet.

    Raises
    ------
    InvalidValue
        The edition of the team cannot be released, the name is taken, or what was released
        before cannot be read.
    """
    held = read_releases(folder)
    if name is not None:
        refuse_name(held, name, edition)
    if edition == Edition.TEAM.value:
        return Release(findings=findings, decided=None)
    return release_of(findings, held.releases)


def readers_edition(findings: Findings, earlier: tuple[Released, ...] = ()) -> Findings:
    """Make the edition for readers, with the first page written anew from what is left.

    Parameters
    ----------
    findings
        The edition of the team; that of readers comes back unchanged.
    earlier
        What was released before on these people: the new edition is held against it.
    """
    if findings.edition is Edition.READERS:
        return findings
    return release_of(findings, earlier).findings


def release_of(findings: Findings, earlier: tuple[Released, ...] = ()) -> Release:
    """Make the edition for readers, with every decision behind it; see ``readers_edition``."""
    rules = findings.study.disclosure
    desk = Desk(decided=decided_on(findings, earlier), codebook=findings.codebook)
    effects = tuple(effects_for_readers(desk, item) for item in findings.effects)
    measures = tuple(measure_for_readers(desk, item) for item in findings.measures)
    whole = rules.survey.rounding is not None  # evidence and euros hold the figures in full
    kept = frozenset(item.plan for item in effects if whole or item.primary.standardised is None)
    before = _voices_before(earlier)
    plausibility = _plausibility(findings.plausibility, rules, kept, before)
    without = frozenset(
        item.plan for item in effects if whole or item.primary.not_shown is not None
    )
    valuation = _valuation(desk, findings.valuation, without)
    quotes = _quotes(findings, rules)
    edition = attrs.evolve(
        findings,
        edition=Edition.READERS,
        effects=effects,
        measures=measures,
        datasets=tuple(dataset_for_readers(desk, item) for item in findings.datasets),
        registration=_registration(findings.registration, rules),
        study=attrs.evolve(findings.study, disclosure=_without_names(rules)),
        plausibility=plausibility,
        valuation=valuation,
        answers=answers_of(
            findings.study,
            findings.theory,
            tuple(
                attrs.evolve(own, moments=shown.moments)
                for own, shown in zip(findings.measures, measures, strict=True)
            ),
            findings.codebook,
            effects,
            plausibility,
            valuation,
            findings.registration.limits,
        ),
        quotes=quotes,
        withheld=(*desk.withheld, *_voices(plausibility, findings.quotes, quotes)),
    )
    edition = attrs.evolve(edition, provenance=_provenance(edition))
    return Release(
        findings=edition,
        team_hash=findings.provenance.recipe_hash,
        decided=desk.decided,
        printed=desk.decided.printed(findings),
        analyses=desk.decided.analyses_shown(findings),
    )


def _voices_before(earlier: tuple[Released, ...]) -> dict[str, list[Mapping[str, int]]]:
    found: dict[str, list[Mapping[str, int]]] = {}
    for release in earlier:
        for target, counts in release.voices.items():
            found.setdefault(target, []).append(counts)
    return found


def _registration(found: RegistrationView, rules: DisclosurePolicy) -> RegistrationView:
    by = found.registered_by
    return attrs.evolve(
        found,
        registered_by=None if by is None else role_of(by, rules.words),
        history=tuple(
            attrs.evolve(each, registered_by=role_of(each.registered_by, rules.words))
            for each in found.history
        ),
    )


def _without_names(rules: DisclosurePolicy) -> DisclosurePolicy:
    return attrs.evolve(rules, words=attrs.evolve(rules.words, roles={}))


def _provenance(edition: Findings) -> Provenance:
    """Leave out the hashes of what people said, answered or wrote.

    Who has all of it but one answer could try answers until the hash fits; so the hash of the
    whole is made anew, from what is left and from all that this edition shows. It changes with
    every figure that readers see, and tells nothing beside them.
    """
    found = edition.provenance
    left = tuple(
        (name, digest)
        for name, digest in found.documents
        if not (name.startswith("data/") and "." not in name) and name not in _OF_PEOPLE
    )
    plain = to_plain(edition)
    assert isinstance(plain, dict)  # noqa: S101 - a class of fields
    del plain["provenance"]
    shown = ("edition", content_hash(plain))
    return attrs.evolve(found, documents=left, recipe_hash=combined_hash((*left, shown)))


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
    desk.withheld.append(
        DisclosureDecision(what="valuation", about=note("recipes.about_euros"), reason=reason)
    )
    return None


def _plausibility(
    found: Plausibility,
    rules: DisclosurePolicy,
    kept: frozenset[str],
    before: Mapping[str, list[Mapping[str, int]]],
) -> Plausibility:
    def link(item: LinkAssessment) -> LinkAssessment:
        told = before.get(item.target, [])
        shown = link_for_readers(item, rules, kept=kept, before=told)
        return judged_for_readers(shown, rules.words)

    return attrs.evolve(
        found,
        links=tuple(link(item) for item in found.links),
        routes_as_whole=tuple(link(item) for item in found.routes_as_whole),
        nodes=tuple(
            node_for_readers(node, rules, before=before.get(node.node, [])) for node in found.nodes
        ),
        proposed_nodes=tuple(
            _proposed(item, rules.voices)
            for item in found.proposed_nodes
            if names_nobody(item.proposal)
        ),
        delivery=delivery_for_readers(found.delivery, rules.words),
    )


def _proposed(item: ProposedNode, policy: VoicesPolicy) -> ProposedNode:
    people = item.people if item.people >= policy.minimum_count else 0
    return attrs.evolve(item, claims=(), people=people, sources=item.sources if people else 0)


def _quotes(findings: Findings, rules: DisclosurePolicy) -> tuple[QuoteView, ...]:
    """Give the quotes for readers, in an order and by codes that tell nothing of who spoke."""
    links = (*findings.plausibility.links, *findings.plausibility.routes_as_whole)
    heard = {
        link.target: {
            item.value.casefold(): item.counts.people
            for item in link.bundle.for_whom
            if item.life is Life.ROLE
        }
        for link in links
    }
    shown = (
        quote_for_readers(quote, rules, workers=heard.get(quote.target, {}))
        for quote in findings.quotes
    )
    kept = sorted(
        (quote for quote in shown if quote is not None),
        key=lambda quote: (quote.target, quote.stance.value, quote.text),
    )
    return tuple(attrs.evolve(quote, claim=f"q{place}") for place, quote in enumerate(kept, 1))


def _voices(
    found: Plausibility, before: tuple[QuoteView, ...], after: tuple[QuoteView, ...]
) -> list[DisclosureDecision]:
    """Say on which targets counts are hidden, and how many quotes stay with the team."""
    decided = [
        DisclosureDecision(
            what=link.target,
            about=note("recipes.about_voices", target=link.target),
            reason=note("recipes.counts_hidden"),
        )
        for link in found.links
        if link.bundle.counts.hidden
    ]
    left = Counter(quote.target for quote in before)
    left.subtract(quote.target for quote in after)
    decided.extend(
        DisclosureDecision(
            what=target,
            about=note("recipes.about_voices", target=target),
            reason=note("recipes.quotes_kept", count=count),
        )
        for target, count in sorted(left.items())
        if count
    )
    return decided
