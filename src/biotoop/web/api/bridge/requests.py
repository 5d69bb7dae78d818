"""What programs send: claims, nodes, steps, the canvas, and what they ask of a list."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import attrs

from biotoop.engine.core.schema import field
from biotoop.web.interviews.enums import Asked, CoderRelation, Quality, RivalRelation, Stance
from biotoop.web.theories.bridge.editing import HORIZONS, KINDS, LINK_KINDS

MOST_ROWS, MOST_CLAIMS, MOST_EDITION = 200, 1_000, 2**31 - 1
CODE = "^[A-Za-z][A-Za-z0-9_-]{0,31}$"
TARGET = "^[A-Za-z][A-Za-z0-9_>-]{0,69}$"
LAYER = "^[a-z][a-z0-9_]{0,59}$"
LINE = {"type": "string", "maxLength": 500}
SEEN = "The edition that you saw. What somebody else changed since is not written over."


@attrs.frozen(kw_only=True)
class ListQuery:
    """Which part of a list."""

    limit: int = field("How many rows at most.", default=50, minimum=1, maximum=MOST_ROWS)
    after: UUID | None = field("Rows after the one with this id; see `next`.", default=None)
    changed_since: dt.date | None = field("Only what changed on or after this day.", default=None)


@attrs.frozen(kw_only=True)
class PlainListQuery:
    """Which part of a list of things that do not change."""

    limit: int = field("How many rows at most.", default=50, minimum=1, maximum=MOST_ROWS)
    after: UUID | None = field("Rows after the one with this id; see `next`.", default=None)


@attrs.frozen(kw_only=True)
class ClaimsQuery:
    """Which claims of a study."""

    limit: int = field("How many rows at most.", default=50, minimum=1, maximum=MOST_ROWS)
    after: UUID | None = field("Rows after the one with this id; see `next`.", default=None)
    changed_since: dt.date | None = field("Only what changed on or after this day.", default=None)
    target: str | None = field("Only about this code.", default=None, pattern=TARGET)
    stance: str | None = field("Only with this stance.", default=None, enum=[*Stance.values, None])


@attrs.frozen(kw_only=True)
class SeenQuery:
    """Which edition was seen."""

    edition: int = field(SEEN, minimum=1, maximum=MOST_EDITION)


@attrs.frozen(kw_only=True)
class NoQuery:
    """Nothing is asked beside the address."""


@attrs.frozen(kw_only=True)
class NewClaim:
    """What one person, or a group counted by card, says about one node, step or route."""

    round: UUID = field("Id of the round in which it was said.")
    target: str = field("Code of a step, a node or a route (`N1>N2`).", pattern=TARGET)
    stance: str = field("What it says about that.", enum=Stance.values)
    quote: str | None = field(
        "Words, masked; contact details and addresses are refused.", default=None, maxLength=4000
    )
    language: str | None = field(
        "Language of the words; that of the study unless said.", default=None,
        enum=["nl", "en", None],
    )  # fmt: skip
    consent: bool = field("The respondent agreed that the words may be shown.", default=False)
    is_read: bool = field("A person read the words: nobody can be recognised.", default=False)
    respondent: str | None = field(
        "Code of the respondent, never a name.", default=None, pattern=CODE
    )
    count: int = field("Number of people behind it.", default=1, minimum=1, maximum=10_000)
    life_age: str | None = field("Age band.", default=None, maxLength=30)
    life_place: str | None = field("Place.", default=None, maxLength=60)
    life_role: str | None = field("Role, such as resident.", default=None, maxLength=60)
    asked: str | None = field(
        "Asked or unprompted, where it is not as in the round.", default=None,
        enum=[*Asked.values, None],
    )  # fmt: skip
    explicit: bool = field("It was said “without this not”.", default=False)
    rival: str | None = field("Another cause that was named.", default=None, maxLength=300)
    rival_relation: str | None = field(
        "How that cause stands to the step.", default=None, enum=[*RivalRelation.values, None]
    )
    rival_share: str | None = field("How much it contributed.", default=None, maxLength=200)
    condition: str | None = field("Condition that was named.", default=None, maxLength=300)
    quality: str = field("Weight.", default=Quality.FULL.value, enum=Quality.values)
    coder_relation: str = field(
        "Whether the coder belongs to the programme.", default=CoderRelation.INDEPENDENT.value,
        enum=CoderRelation.values,
    )  # fmt: skip
    importance: int | None = field("Rank of importance.", default=None, minimum=1, maximum=999)
    proposes: str | None = field(
        "What is missing, for the stance `missing` only.", default=None, maxLength=200
    )


@attrs.frozen(kw_only=True)
class ChangedClaim(NewClaim):
    """A claim as it should stand, in full."""

    edition: int = field(SEEN, minimum=1, maximum=MOST_EDITION)


@attrs.frozen(kw_only=True)
class NewClaims:
    """Several claims: all are kept, or none."""

    claims: tuple[NewClaim, ...] = field("The claims.", minItems=1, maxItems=MOST_CLAIMS)


@attrs.frozen(kw_only=True)
class AmountWords:
    """What was planned and delivered."""

    planned: float | None = field("Planned.", default=None, minimum=0, maximum=1e12)
    delivered: float | None = field("Delivered.", default=None, minimum=0, maximum=1e12)
    unit: str | None = field("Unit.", default=None, maxLength=80)


@attrs.frozen(kw_only=True)
class DraftNode:
    """A node as it should stand in the draft, in full."""

    edition: int = field(SEEN, minimum=1, maximum=MOST_EDITION)
    kind: str = field("What it is.", enum=list(KINDS))
    label: str = field("The node in one short sentence.", minLength=1, maxLength=300, pattern="\\S")
    whose: str | None = field("For whom it is a change.", default=None, maxLength=300)
    reach: AmountWords | None = field("People, for interventions.", default=None)
    dose: AmountWords | None = field("Dose, for interventions.", default=None)
    quality: str | None = field("How well it is delivered.", default=None, maxLength=500)
    as_intended: bool | None = field("Well enough to test the theory?", default=None)


@attrs.frozen(kw_only=True)
class DraftLink:
    """A step as it should stand in the draft, in full; other ends make another step."""

    edition: int = field(SEEN, minimum=1, maximum=MOST_EDITION)
    start: UUID = field("Id of the node where it begins.")
    end: UUID = field("Id of the node to which it leads.")
    kind: str = field("Kind of step.", default="cause", enum=list(LINK_KINDS))
    if_: str = field("Who does or experiences what.", default="", minLength=0, maxLength=300)
    then: str = field("What changes, for whom, when.", default="", minLength=0, maxLength=300)
    because: str = field("What makes it work.", default="", minLength=0, maxLength=300)
    assumptions: tuple[str, ...] = field(
        "What is taken for granted.", default=(), maxItems=30, items=LINE
    )
    rivals: tuple[str, ...] = field("Other explanations.", default=(), maxItems=30, items=LINE)
    conditions: tuple[str, ...] = field(
        "For whom and when it holds.", default=(), maxItems=30, items=LINE
    )
    horizon: str | None = field("How long until it shows.", default=None, enum=[*HORIZONS, None])


@attrs.frozen(kw_only=True)
class DraftCanvas:
    """The canvas as it should stand, in full: words by layer; an empty layer is left out."""

    edition: int = field(SEEN, minimum=1, maximum=MOST_EDITION)
    canvas: Mapping[str, str] = field(
        "Words by layer.", maxProperties=60, propertyNames={"pattern": LAYER},
        additionalProperties={"type": "string", "maxLength": 2000},
    )  # fmt: skip
