"""Studies, their evidence, and what came of it."""

import datetime as dt
from uuid import UUID

import attrs

from biotoop.engine.core.schema import field
from biotoop.web.analyses.enums import Edition, RunState
from biotoop.web.interviews.enums import (
    Asked,
    AskedBy,
    CoderRelation,
    Method,
    Quality,
    RivalRelation,
    Stance,
    TargetKind,
)
from biotoop.web.studies.enums import Family, Purpose, StudyState, TestKind


@attrs.frozen(kw_only=True)
class Study:
    """What one team finds out for one theory."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    theory: UUID = field("Id of the theory.")
    version: UUID | None = field("Id of the version that is studied.")
    cycle: UUID | None = field("Id of the learning cycle.")
    organisation: UUID = field("Id of the organisation that answers for the data.")
    title: str = field("Title.")
    question: str = field("The question.", minLength=0)
    purpose: str = field("What it is for.", enum=Purpose.values)
    state: str = field("Where it stands.", enum=StudyState.values)
    is_registered: bool = field("Its plan was registered.")
    period_start: dt.date = field("First day that it is about.")
    period_end: dt.date = field("Last day that it is about.")
    publish_by: dt.date | None = field("Public by.")
    published_on: dt.date | None = field("Published on.")
    publication: str = field("Where it can be read.", minLength=0)
    language: str = field("Language.", enum=["nl", "en"])
    invented: bool = field("The content is invented.")


@attrs.frozen(kw_only=True)
class Round:
    """One round of gathering."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    study: UUID = field("Id of the study.")
    code: str = field("Code.")
    method: str = field("How it was held.", enum=Method.values)
    organisation: str = field("Organisation that asked.", minLength=0)
    asked: str = field("Asked or unprompted.", enum=Asked.values)
    asked_by: str = field("Who asked.", enum=AskedBy.values)
    searched: bool = field("The topic was open or asked.")
    held_on: dt.date = field("Held on.")


@attrs.frozen(kw_only=True)
class Quote:
    """Words of a respondent, masked; only for who may read them."""

    text: str = field("The words.", minLength=0)
    language: str = field("Language of the words.", enum=["nl", "en"])
    consent: bool = field("The respondent agreed that they may be shown.")


@attrs.frozen(kw_only=True)
class Claim:
    """What one person, or a group counted by card, says about one target."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes; send it when you change the claim.")
    changed_at: dt.datetime = field("Last changed.")
    study: UUID = field("Id of the study.")
    round: UUID = field("Id of the round.")
    code: str = field("Code.")
    target: str = field("Code of the step, node or route.")
    target_kind: str = field("What the target is.", enum=TargetKind.values)
    stance: str = field("What it says about the target.", enum=Stance.values)
    count: int = field("Number of people behind it.")
    quote: Quote | None = field("The words, when you may read them and there are any.")
    respondent: str | None = field("Code of the respondent, when you may see it.")
    life_age: str = field("Age band.", minLength=0)
    life_place: str = field("Place.", minLength=0)
    life_role: str = field("Role.", minLength=0)
    asked: str = field("Asked or unprompted, when not as in the round.", enum=["", *Asked.values])
    explicit: bool = field("It was said “without this not”.")
    rival: str = field("Another cause that was named.", minLength=0)
    rival_relation: str = field(
        "How that cause stands to the step.", enum=["", *RivalRelation.values]
    )
    rival_share: str = field("How much it contributed.", minLength=0)
    condition: str = field("Condition that was named.", minLength=0)
    quality: str = field("Weight.", enum=Quality.values)
    coder_relation: str = field("The coder is.", enum=CoderRelation.values)
    importance: int | None = field("Rank of importance.")
    proposes: str | None = field("What is missing.")
    text_hash: str = field("Hash of the text that was judged.", minLength=0)


@attrs.frozen(kw_only=True)
class KeptClaim:
    """A claim that was kept."""

    id: UUID = field("Id.")
    code: str = field("Code.")
    edition: int = field("Counts the changes.")


@attrs.frozen(kw_only=True)
class KeptClaims:
    """Claims that were kept, in the order in which they were sent."""

    claims: tuple[KeptClaim, ...] = field("The claims.")


@attrs.frozen(kw_only=True)
class LiteratureItem:
    """One published effect that bears on a step or route."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    study: UUID = field("Id of the study.")
    code: str = field("Code.")
    target: str = field("Code of the step or route.")
    source: str = field("Full reference.", minLength=0)
    level: int = field("Design level, 1 to 5.")
    effect: float = field("Effect in standard deviations; + is as intended.")
    se: float = field("Standard error.")
    tau_het: float = field("Spread of effects between studies.")
    population: str = field("For whom.", minLength=0)
    setting: str = field("Where.", minLength=0)
    transferability: float = field("How well it carries over to here, 0 to 1.")
    group: str = field("Underlying study.", minLength=0)


@attrs.frozen(kw_only=True)
class ProcessTest:
    """A test of a step against a rival."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    study: UUID = field("Id of the study.")
    code: str = field("Code.")
    target: str = field("Code of the step or route.")
    hypothesis: str = field("What the step says.", minLength=0)
    rival: str = field("The other explanation.", minLength=0)
    kind: str = field("Kind of test.", enum=TestKind.values)
    p: float | None = field("Chance to find it if the step works.")
    p_not: float | None = field("Chance to find it if it does not.")
    expected: str = field("What one expects to find.", minLength=0)
    searched: bool = field("It was looked for.")
    found: bool | None = field("Found; nothing when nobody looked yet.")
    seen: str = field("What was seen.", minLength=0)
    source: str = field("Where one looks.", minLength=0)
    family: str = field("Kind of source.", enum=Family.values)


@attrs.frozen(kw_only=True)
class Run:
    """One run of a study."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    study: UUID = field("Id of the study.")
    version: UUID = field("Id of the version of the theory.")
    state: str = field("Where it stands.", enum=RunState.values)
    evidence_until: dt.datetime = field("Evidence until this moment.")
    digest: str = field("Names the frozen folder and the engine.")
    plan: str = field("Hash of the registration that it stands to.", minLength=0)
    engine: str = field("Version of the engine.", minLength=0)
    scheme: str = field("Evidence scheme.", minLength=0)
    created_at: dt.datetime = field("Asked for.")
    finished_at: dt.datetime | None = field("Ready.")
    findings: str | None = field(
        "The edition of the findings that you may read; nothing while there are none.",
        enum=[*Edition.values, None],
    )
