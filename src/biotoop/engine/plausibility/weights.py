"""What each piece of evidence weighs, kept so that every grade can be taken apart."""

import datetime as dt
from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import Family, TestKind


class GroupKind(StrEnum):
    """What a dependence group is made of."""

    CLAIMS = "claims"
    TESTS = "tests"
    ESTIMATES = "estimates"
    LITERATURE = "literature"


@attrs.frozen(kw_only=True)
class ItemWeight:
    """One item in a group: a person, a test, an estimate or a publication.

    Attributes
    ----------
    item
        Respondent code, or the code of the test, estimate or publication; None for people
        counted without a code.
    people
        Number of people behind the item; 0 where it is not people.
    log_ratio
        Natural log of its likelihood ratio.
    counts
        False where the item says less than the rest and therefore weighs nothing.
    """

    item: str | None
    people: int
    log_ratio: float
    counts: bool


@attrs.frozen(kw_only=True)
class GroupWeight:
    """What one dependence group weighs.

    Attributes
    ----------
    key
        Name of the group within its target.
    label
        The group in words.
    kind, family
        What it is made of, and the kind of error that it can carry.
    rho
        Correlation assumed between its items.
    n, n_eff
        Items, and how many independent ones they are worth.
    log_ratio
        Natural log of the likelihood ratio of the group.
    items
        What it was made from, strongest first.
    """

    key: str
    label: Note
    kind: GroupKind
    family: Family
    rho: float
    n: int
    n_eff: float
    log_ratio: float
    items: tuple[ItemWeight, ...]


@attrs.frozen(kw_only=True)
class FamilyWeight:
    """What one family of evidence weighs: L, pooled over its groups."""

    family: Family
    rho: float
    log_ratio: float
    groups: tuple[GroupWeight, ...]


@attrs.frozen(kw_only=True)
class TestWeight:
    """What one process-tracing test weighs.

    Attributes
    ----------
    hypothesis, rival
        What the target says, and the other explanation that the test sets it against.
    expected, expected_rival
        What one expects to find if the target holds, and if the rival holds instead.
    found, seen
        Whether it was found, and what was seen, in words.
    source, registered
        Where was searched, and the day on which the test was fixed before looking.
    counts
        False for a test that was not searched for.
    held_to_straw
        Whether it was not registered before looking, so that it weighs no more than a straw.
    """

    __test__ = False

    id: str
    kind: TestKind
    hypothesis: Text
    rival: Text
    expected: Text
    expected_rival: Text | None = None
    seen: Text | None = None
    source: str
    registered: dt.date | None = None
    found: bool | None
    p: float
    p_not: float
    ratio: float
    log_ratio: float
    counts: bool
    held_to_straw: bool


@attrs.frozen(kw_only=True)
class BiasRow:
    """What an estimate says when this much of it is due to a hidden common cause."""

    bias: float
    ratio: float


@attrs.frozen(kw_only=True)
class MediationSensitivity:
    """How far a link between two nodes that nobody manipulated leans on "no hidden cause".

    Attributes
    ----------
    rows
        Bias in standard deviations, and the ratio that is left.
    tipping_bias
        Bias in standard deviations at which the estimate says nothing (ratio 1).
    note
        The same in a sentence.
    """

    rows: tuple[BiasRow, ...]
    tipping_bias: float
    note: Note


@attrs.frozen(kw_only=True)
class EstimateWeight:
    """What one effect estimate weighs.

    Attributes
    ----------
    id
        Code of the estimate or its plan.
    effect, se
        Standardised effect (+ is the intended direction) and standard error.
    level, level_used
        Design level as stated, and as counted (a link that nobody manipulated: 2 at most).
    comparison
        Whether it counts as a comparison for the floors.
    delta
        Smallest effect that matters, as used.
    ratio, log_ratio
        Odds that the effect exceeds delta, after against before; the log is bounded.
    harm_ratio, log_harm
        The same for an effect below -delta.
    counts
        Whether it weighs; others on the same people are shown only.
    refused
        Whether it is refused as a causal estimate: one area against one area.
    mediation
        For a link between two nodes that nobody manipulated.
    notes
        What a reader must know, and why it does not count.
    """

    id: str
    effect: float
    se: float
    level: int
    level_used: int
    comparison: bool
    delta: float
    ratio: float
    log_ratio: float
    harm_ratio: float
    log_harm: float
    counts: bool
    refused: bool = False
    mediation: MediationSensitivity | None = None
    notes: tuple[Note, ...] = ()


@attrs.frozen(kw_only=True)
class LiteratureWeight:
    """What one publication weighs after transfer to this place."""

    id: str
    source: Text
    effect: float
    se: float
    tau_het: float
    level: int
    transferability: float
    ratio: float
    log_ratio: float
