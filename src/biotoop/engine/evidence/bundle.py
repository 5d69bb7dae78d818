"""What people say about one target, gathered: for, against, for whom, and who was not heard."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.evidence.model import Claim, Family, Method


class Dependence(StrEnum):
    """Why the voices in one group resemble each other; the scheme gives each its correlation."""

    SEPARATE_TALKS = "separate_talks"
    SHARED_TALK = "shared_talk"
    ONE_REGISTER = "one_register"


class Life(StrEnum):
    """By what people are told apart: the person whose life it is."""

    AGE = "age"
    PLACE = "place"
    ROLE = "role"


@attrs.frozen(kw_only=True)
class StanceCounts:
    """People by what they say of a link; someone who says both for and against is a nuance.

    ``hidden`` names the counts that readers may not see; each stands at nil here.
    """

    supports: int = 0
    contradicts: int = 0
    nuances: int = 0
    not_mentioned: int = 0
    hidden: tuple[str, ...] = ()

    @property
    def people(self) -> int:
        """All of them."""
        return self.supports + self.contradicts + self.nuances + self.not_mentioned


@attrs.frozen(kw_only=True)
class Voice:
    """One person within one group, or one row of people counted by card.

    Attributes
    ----------
    respondent
        Code of the person; None when people were counted without codes.
    people
        1, or the number of people behind a row of counts.
    claims
        What the person says of the target; averaged in the weighing.
    """

    respondent: str | None
    people: int
    claims: tuple[Claim, ...]


@attrs.frozen(kw_only=True)
class GroupSummary:
    """Voices gathered in one way, in one round, by one organisation: they depend on each other.

    Attributes
    ----------
    key
        Name of the group within its target; the same at every run.
    label
        The group in words.
    family, method, round, organisation
        What makes the group.
    dependence
        Why its voices resemble each other.
    people
        Number of people (or documents) in the group.
    """

    key: str
    label: Note
    family: Family
    method: Method
    round: str
    organisation: str
    dependence: Dependence
    people: int


@attrs.frozen(kw_only=True)
class VoiceGroup:
    """A dependence group with its voices, in an order that does not depend on that of the rows."""

    about: GroupSummary
    voices: tuple[Voice, ...]


@attrs.frozen(kw_only=True)
class LifeCounts:
    """What people of one kind say: the answer to "for whom?"."""

    life: Life
    value: str
    counts: StanceCounts
    conditions: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Disagreement:
    """Someone who contradicts, with the condition named where there is one."""

    respondent: str | None
    people: int
    claims: tuple[str, ...]
    age: str | None
    place: str | None
    role: str | None
    conditions: tuple[str, ...]


@attrs.frozen(kw_only=True)
class NotHeard:
    """A kind of people that the study knows but that said nothing about this target."""

    life: Life
    value: str


@attrs.frozen(kw_only=True)
class MentionedRival:
    """Another cause that respondents mention, and how it stands to the step."""

    rival: str
    relation: str
    people: int
    shares: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Bundle:
    """What people say about one link or route, before any weighing; claims by code, not in words.

    Attributes
    ----------
    target
        Code of the link, or the route.
    counts
        People for, against, nuancing, and not mentioning it; someone in two groups counts once.
    documents
        The same for documents, which are no people.
    respondents
        Different people.
    groups
        The dependence groups.
    supporting, contradicting, nuancing, not_mentioning
        Codes of the claims, in the order of their codes.
    disagreed
        Who contradicts.
    for_whom
        The counts for each age, place and role.
    not_heard
        Kinds of people of the study that are absent here.
    in_more_groups
        People who speak in more than one group; groups with the same people depend.
    rivals
        Other causes that people mention.
    left_out
        Claims that do not count because the topic was not searched for.
    changed_text
        Claims that judged an earlier text of the target.
    """

    target: str
    counts: StanceCounts
    documents: StanceCounts
    respondents: int
    groups: tuple[GroupSummary, ...]
    supporting: tuple[str, ...]
    contradicting: tuple[str, ...]
    nuancing: tuple[str, ...]
    not_mentioning: tuple[str, ...]
    disagreed: tuple[Disagreement, ...]
    for_whom: tuple[LifeCounts, ...]
    not_heard: tuple[NotHeard, ...]
    in_more_groups: int
    rivals: tuple[MentionedRival, ...]
    left_out: tuple[str, ...]
    changed_text: tuple[str, ...]
