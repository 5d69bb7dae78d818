"""The one place where it is decided what may be shown outside the team.

Every figure, table, count and quote that a reader edition would show comes by here and gets a
decision with its rule and reason. The full edition stays with the team.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.faults import ImpossibleKnowledge, InconsistentTables
from biotoop.engine.disclosure.figures import Figure, Rule
from biotoop.engine.disclosure.linking import Nesting
from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy
from biotoop.engine.disclosure.protection import AttackReport, Protection, protect
from biotoop.engine.disclosure.tables import Key, ReleasedTable, Table
from biotoop.engine.disclosure.voices import (
    Quote,
    ShownCounts,
    ShownQuote,
    refusal,
    show_counts,
    show_quote,
)

MUCH_HIDDEN = 0.5


class Outcome(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    MANUAL = "manual"
    REFUSED = "refused"


@attrs.frozen(kw_only=True)
class Decision:
    """One decision.

    Attributes
    ----------
    subject
        What was decided on: code of the figure, name of the table, code of the quote.
    rule
        The rule that decided.
    outcome
        Approved, refused, or to be decided by a person.
    reason
        Why, in a sentence.
    """

    subject: str
    rule: Rule
    outcome: Outcome
    reason: Note


@attrs.frozen(kw_only=True)
class Release:
    """What may be shown, and every decision behind it.

    Attributes
    ----------
    decisions
        One decision for each figure, table and quote, in the order asked.
    tables
        The tables as they may be shown; empty when one of them is refused.
    voices
        For each target, the counts that may be shown and what must be said in words.
    quotes
        The quotes that may be shown.
    attack
        What a reader could work out from the tables; None without tables.
    """

    decisions: tuple[Decision, ...]
    tables: tuple[ReleasedTable, ...]
    voices: Mapping[str, ShownCounts]
    quotes: tuple[ShownQuote, ...]
    attack: AttackReport | None

    @property
    def outcome(self) -> Outcome:
        """The strictest of all decisions."""
        order = list(Outcome)
        return max((d.outcome for d in self.decisions), key=order.index, default=Outcome.APPROVED)

    def is_shown(self, subject: str) -> bool:
        """Tell whether something may be shown as decided.

        Raises
        ------
        KeyError
            Nothing was decided on it.
        """
        for decision in self.decisions:
            if decision.subject == subject:
                return decision.outcome == Outcome.APPROVED
        raise KeyError(subject)


def decide(  # noqa: PLR0913 - each is another kind of thing that a release holds or must mind
    policy: DisclosurePolicy,
    *,
    figures: Sequence[Figure] = (),
    tables: Sequence[Table] = (),
    voices: Mapping[str, Mapping[str, int]] | None = None,
    quotes: Sequence[Quote] = (),
    earlier: Sequence[ReleasedTable] = (),
    nestings: Sequence[Nesting] = (),
    public: Sequence[Key] = (),
    within: Sequence[tuple[Key, Key]] = (),
) -> Release:
    """Decide what one release may show.

    Parameters
    ----------
    policy
        Both sets of rules.
    figures
        Estimates, means, shares and the like, each with the numbers of people behind it.
    tables
        Tables on the same people; they are protected together.
    voices
        For each target, the number of people by stance.
    quotes
        Words of respondents.
    earlier
        Tables released before on these people.
    nestings
        Characteristics whose categories lie within those of another.
    public
        Cells whose value is known from elsewhere or printed beside a figure.
    within
        Pairs of cells of which the people of the smaller lie within those of the larger.
    """
    decisions = [_on_figure(figure, policy) for figure in figures]
    told = [
        name
        for figure, decision in zip(figures, decisions, strict=True)
        if decision.outcome == Outcome.APPROVED
        for name in figure.prints
    ]
    linked = partial(protect, earlier=earlier, nestings=nestings, public=[*public, *told])
    protection, made = _on_tables(tables, policy, partial(linked, within=within))
    decisions.extend(made)
    counts = {target: show_counts(said, policy.voices) for target, said in (voices or {}).items()}
    decisions.extend(_on_counts(target, shown) for target, shown in counts.items())
    on_quotes = [_on_quote(quote, policy) for quote in quotes]
    shown = tuple(
        show_quote(quote, policy.voices)
        for quote, decision in zip(quotes, on_quotes, strict=True)
        if decision.outcome == Outcome.APPROVED
    )
    refused = any(decision.outcome == Outcome.REFUSED for decision in made)
    return Release(
        decisions=(*decisions, *on_quotes),
        tables=() if protection is None or refused else protection.tables,
        voices=counts,
        quotes=shown,
        attack=None if protection is None else protection.attack,
    )


def _on_figure(figure: Figure, policy: DisclosurePolicy) -> Decision:
    refused = figure.refusal(policy)
    if refused is not None:
        rule, reason = refused
        return Decision(subject=figure.id, rule=rule, outcome=Outcome.REFUSED, reason=reason)
    reason = note("disclosure.figure_approved", minimum=policy.survey.minimum_cell)
    return Decision(subject=figure.id, rule=Rule.MINIMUM, outcome=Outcome.APPROVED, reason=reason)


def _on_tables(
    tables: Sequence[Table],
    policy: DisclosurePolicy,
    linked: Callable[[Sequence[Table], SurveyPolicy], Protection],
) -> tuple[Protection | None, list[Decision]]:
    if not tables:
        return None, []
    try:
        found = linked(tables, policy.survey)
    except (ImpossibleKnowledge, InconsistentTables) as error:
        reason, rule = error.note, Rule.CONSISTENCY
        refuse = [
            Decision(subject=t.name, rule=rule, outcome=Outcome.REFUSED, reason=reason)
            for t in tables
        ]
        return None, refuse
    return found, list(_each_table(found))


def _each_table(found: Protection) -> Iterator[Decision]:
    recovered = tuple(str(cell.key) for cell in found.attack.recovered)
    for table in found.tables:
        if recovered:
            outcome, rule = Outcome.REFUSED, Rule.RECOVERY
            reason = note("disclosure.tables_recovered", cells=recovered)
        elif found.too_large:
            outcome, rule = Outcome.MANUAL, Rule.RECOVERY
            crossed = tuple(" x ".join(names) for names in found.too_large)
            reason = note("disclosure.cross_too_large", crossed=crossed)
        elif table.hidden > MUCH_HIDDEN * len(table.values):
            outcome, rule = Outcome.MANUAL, Rule.LITTLE_LEFT
            reason = note("disclosure.much_hidden", hidden=table.hidden, cells=len(table.values))
        else:
            outcome, rule = Outcome.APPROVED, Rule.RECOVERY
            reason = note("disclosure.table_approved", hidden=table.hidden, cells=len(table.values))
        yield Decision(subject=table.name, rule=rule, outcome=outcome, reason=reason)


def _on_counts(target: str, shown: ShownCounts) -> Decision:
    code = "disclosure.counts_whole" if shown.is_whole else "disclosure.counts_in_part"
    return Decision(subject=target, rule=Rule.VOICES, outcome=Outcome.APPROVED, reason=note(code))


def _on_quote(quote: Quote, policy: DisclosurePolicy) -> Decision:
    refused = refusal(quote, policy.voices)
    if refused is not None:
        return Decision(subject=quote.id, rule=Rule.VOICES, outcome=Outcome.REFUSED, reason=refused)
    if not quote.masked.is_approved:
        reason = note("disclosure.mask_not_approved", doubtful=len(quote.masked.doubtful))
        return Decision(subject=quote.id, rule=Rule.MASKING, outcome=Outcome.MANUAL, reason=reason)
    reason = note("disclosure.quote_approved", who=str(quote.masked.approved_by))
    return Decision(subject=quote.id, rule=Rule.VOICES, outcome=Outcome.APPROVED, reason=reason)
