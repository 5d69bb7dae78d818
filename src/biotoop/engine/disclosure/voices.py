"""What may be told of what people said: counts, breakdowns and quotes.

Contradiction is never folded away: where its number may not be shown, the release still says in
words that there are contradicting voices.
"""

import re
from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.masking import MaskResult
from biotoop.engine.disclosure.policy import SurveyPolicy, VoicesPolicy, ZeroCells
from biotoop.engine.disclosure.protection import Protection, protect
from biotoop.engine.disclosure.tables import Table

AGAINST = ("contradicts", "not_recognised", "does_not_count")
_SINGLE = re.compile(r"\d{1,3}")


@attrs.frozen(kw_only=True)
class ShownCounts:
    """Counts of people by what they said, as they may be shown.

    Attributes
    ----------
    counts
        For each stance the number of people, or None where it is not shown.
    total
        Number of people, or None where it is not shown.
    words
        What must be said in words beside the counts.
    """

    counts: Mapping[str, int | None]
    total: int | None
    words: tuple[Note, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every count is shown."""
        return all(count is not None for count in self.counts.values())


def show_counts(
    counts: Mapping[str, int], policy: VoicesPolicy, *, against: Sequence[str] = AGAINST
) -> ShownCounts:
    """Decide which counts of people by stance may be shown.

    A count from one up to the minimum is hidden. The number of people who spoke is taken to be
    known, so more counts are hidden, the smallest first, until subtraction leaves open that each
    hidden one reaches the minimum. Zeros are shown: that nobody contradicts is told too.

    Parameters
    ----------
    counts
        Number of people for each stance; everyone counts once.
    policy
        The rules.
    against
        Stances that speak against.
    """
    total = sum(counts.values())
    least = policy.minimum_count
    hidden = [name for name, count in counts.items() if 0 < count < least]
    others = sorted((n for n in counts if counts[n] >= least), key=lambda name: counts[name])
    while hidden and others and not _is_open(counts, hidden, least):
        hidden.append(others.pop(0))
    shown = {name: None if name in hidden else count for name, count in counts.items()}
    keep_total = total >= least and (not hidden or _is_open(counts, hidden, least))
    words = []
    if hidden:
        words.append(note("disclosure.counts_hidden", minimum=least))
    if any(name in hidden for name in against):
        words.append(note("disclosure.also_against"))
    return ShownCounts(counts=shown, total=total if keep_total else None, words=tuple(words))


def _is_open(counts: Mapping[str, int], hidden: Sequence[str], least: int) -> bool:
    """Tell whether each hidden count could reach the minimum, for who knows the total.

    Hidden counts are at least 1, so each can be at most what is left after 1 for each other.
    """
    left = sum(counts[name] for name in hidden)
    return len(hidden) > 1 and left - (len(hidden) - 1) >= least


def survey_rules(policy: VoicesPolicy) -> SurveyPolicy:
    """Give the rules for tables of voices: low numbers, zeros shown, no rule on one answer."""
    least = max(policy.minimum_breakdown, policy.minimum_count)
    return SurveyPolicy(
        minimum_cell=least, hidden_range=least, zero_cells=ZeroCells.SHOW, group_share=1.0
    )


def show_breakdown(tables: Sequence[Table], policy: VoicesPolicy) -> Protection:
    """Protect counts of people by stance and group, linked as they are.

    Only people who agreed to be counted in groups belong in the tables.
    """
    return protect(tables, survey_rules(policy))


@attrs.frozen(kw_only=True)
class Quote:
    """Words of a respondent that one wants to show.

    Attributes
    ----------
    id
        Code of the claim.
    masked
        The words, masked.
    consent
        Whether the respondent agreed that words are shown.
    age_band, role, place
        What would stand beside the words.
    place_people
        People who live or take part in that place; None when unknown.
    workers
        Number of workers whom the words are about; 0 for none.
    team_agrees
        Whether those workers' team agrees to show it outside.
    """

    id: str
    masked: MaskResult
    consent: bool
    age_band: str | None = None
    role: str | None = None
    place: str | None = None
    place_people: int | None = None
    workers: int = 0
    team_agrees: bool = False


@attrs.frozen(kw_only=True)
class ShownQuote:
    """A quote as it may be shown.

    Attributes
    ----------
    id
        Code of the claim.
    text
        The masked words.
    age_band, role, place
        What may stand beside them; None where it may not.
    notes
        What was left out, and why.
    """

    id: str
    text: str
    age_band: str | None
    role: str | None
    place: str | None
    notes: tuple[Note, ...]


def refusal(quote: Quote, policy: VoicesPolicy) -> Note | None:
    """Give the reason why a quote may not be shown at all, or None."""
    if not quote.consent:
        return note("disclosure.quote_without_consent")
    if not stays_open(quote.workers, quote.team_agrees, policy):
        return note("disclosure.few_workers", minimum=policy.workers_outside_team)
    return None


def stays_open(workers: int, team_agrees: bool, policy: VoicesPolicy) -> bool:  # noqa: FBT001
    """Tell whether something about workers may leave the team."""
    return workers == 0 or workers >= policy.workers_outside_team or team_agrees


def show_quote(quote: Quote, policy: VoicesPolicy) -> ShownQuote:
    """Give a quote with what may stand beside it: age band, role, and place if large enough."""
    notes = []
    age_band, place = quote.age_band, quote.place
    if age_band is not None and _SINGLE.fullmatch(age_band.strip()):
        age_band = None
        notes.append(note("disclosure.age_not_a_band"))
    least = policy.quote_without_place_below
    if place is not None and (quote.place_people is None or quote.place_people < least):
        place = None
        notes.append(note("disclosure.place_left_out", minimum=least))
    return ShownQuote(
        id=quote.id,
        text=quote.masked.text,
        age_band=age_band,
        role=quote.role,
        place=place,
        notes=tuple(notes),
    )
