"""What is learned together: cycles, clusters, questions, knowledge, plans and judgements."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from biotoop.engine.core.schema import field
from biotoop.web.analyses.enums import CertaintyLevel, Grade
from biotoop.web.clusters.enums import ClusterState, SeatState
from biotoop.web.knowledge.enums import ProductKind
from biotoop.web.programmes.enums import Theme
from biotoop.web.questions.enums import (
    AskerKind,
    GatheringKind,
    GatheringState,
    Method,
    QuestionState,
)
from biotoop.web.studies.enums import Conclusion, Decision, Phase


@attrs.frozen(kw_only=True)
class Cycle:
    """One round of learning about a theory."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    theory: UUID = field("Id of the theory.")
    partnership: UUID | None = field("Id of the research programme.")
    previous: UUID | None = field("Id of the cycle before it.")
    title: str = field("Title.")
    question: str = field("What the team wants to find out together.", minLength=0)
    phase: str = field("Where it is.", enum=Phase.values)
    started_on: dt.date = field("Started on.")
    conclusion: str = field("What failed, if anything.", enum=["", *Conclusion.values])
    decision: str = field("What is done with the programme.", enum=["", *Decision.values])
    decision_reason: str = field("Why.", minLength=0)
    decided_on: dt.date | None = field("Decided on.")


@attrs.frozen(kw_only=True)
class Reflection:
    """What one line says of the conclusion of a cycle."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    cycle: UUID = field("Id of the cycle.")
    line: UUID = field("Id of the line.")
    text: str = field("What it says.", minLength=0)
    none_received: bool = field("The line was asked and did not react.")
    given_at: dt.datetime | None = field("Given at.")


@attrs.frozen(kw_only=True)
class Registration:
    """A plan as it was fixed, with the time of the server."""

    id: UUID = field("Id.")
    study: UUID = field("Id of the study.")
    version: UUID = field("Id of the version of the theory.")
    digest: str = field("Hash of what was fixed.")
    replaces: str = field("Hash of the registration before it.", minLength=0)
    scheme: str = field("Version of the evidence scheme.")
    scheme_digest: str = field("Hash of the evidence scheme.", minLength=0)
    plans: int = field("Number of plans of analysis.")
    registered_at: dt.datetime = field("Registered at.")


@attrs.frozen(kw_only=True)
class OtherGrade:
    """Another grade by an assessor; it stands beside the computed one."""

    id: UUID = field("Id.")
    study: UUID = field("Id of the study.")
    run: UUID = field("Id of the run.")
    link: UUID = field("Id of the step.")
    text_hash: str = field("Hash of the text that was judged.", minLength=0)
    computed: str = field("The computed grade.", enum=Grade.values)
    grade: str = field("The grade of the assessor.", enum=Grade.values)
    reason: str = field("Why.")
    at: dt.datetime = field("Judged at.")


@attrs.frozen(kw_only=True)
class Certainty:
    """How certain an assessor finds the evidence on a step."""

    id: UUID = field("Id.")
    study: UUID = field("Id of the study.")
    run: UUID = field("Id of the run.")
    link: UUID = field("Id of the step.")
    text_hash: str = field("Hash of the text that was judged.", minLength=0)
    overall: str = field("Certainty over all.", enum=CertaintyLevel.values)
    reason: str = field("Why.")
    at: dt.datetime = field("Judged at.")


@attrs.frozen(kw_only=True)
class Cluster:
    """Employees of several organisations study one theme, led by a professor."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    theme: UUID = field("Id of the theme.")
    organisation: UUID = field("Id of the organisation that offers it.")
    partnership: UUID | None = field("Id of the research programme.")
    name_nl: str = field("Name in Dutch.", minLength=0)
    name_en: str = field("Name in English.", minLength=0)
    question: str = field("What it wants to find out.", minLength=0)
    starts_on: dt.date = field("First day.")
    ends_on: dt.date = field("Last day.")
    capacity: int = field("Number of seats.")
    state: str = field("Where it stands.", enum=ClusterState.values)
    is_public: bool = field("Anybody may read it.")


@attrs.frozen(kw_only=True)
class SeatHolder:
    """The employee on a seat, or one who was."""

    name: str = field("Name.")
    enrolment: int = field("Number of the enrolment; who comes after another enrols anew.")
    starts_on: dt.date = field("First day.")
    ends_on: dt.date | None = field("Last day; nothing for who sits there now.")


@attrs.frozen(kw_only=True)
class Seat:
    """A place in a cluster, bought by an organisation."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    cluster: UUID = field("Id of the cluster.")
    organisation: UUID = field("Id of the organisation.")
    state: str = field("Where it stands.", enum=SeatState.values)
    motive: str = field("What the organisation wants to find out.", minLength=0)
    starts_on: dt.date | None = field("First day.")
    ends_on: dt.date | None = field("Last day.")
    sponsor: str | None = field("Who vouches for it in the organisation.")
    holders: tuple[SeatHolder, ...] = field("Who sits and sat there, in their order.")


@attrs.frozen(kw_only=True)
class Question:
    """A question from practice, and what came of it; never whose address it has."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    organisation: UUID = field("Id of the organisation of its desk.")
    title: str = field("Short title.", minLength=0)
    text: str = field("The question.", minLength=0)
    background: str = field("What goes on.", minLength=0)
    asker_kind: str = field("Who asks.", enum=AskerKind.values)
    place: str = field("Neighbourhood or place.", minLength=0)
    language: str = field("Language.", enum=["nl", "en"])
    state: str = field("Where it stands.", enum=QuestionState.values)
    since: dt.date = field("Since when it stands there.")
    themes: tuple[str, ...] = field("Themes.", items={"enum": Theme.values})
    methods: tuple[str, ...] = field("Methods that fit.", items={"enum": Method.values})
    step: UUID | None = field("Id of the step of a theory that it is about.")
    reflection: str = field("What is known about it.", minLength=0)
    approach: str = field("What is done together.", minLength=0)
    product: str = field("What came of it.", minLength=0)
    product_address: str = field("Where that can be read.", minLength=0)
    answer: str = field("The answer in plain words.", minLength=0)


@attrs.frozen(kw_only=True)
class Release:
    """A version of a knowledge product, as it was published."""

    id: UUID = field("Id.")
    product: UUID = field("Id of the product.")
    number: int = field("Number of the version.")
    title: str = field("Title.")
    kind: str = field("Kind.", enum=ProductKind.values)
    theme: str = field("Theme.", enum=["", *Theme.values])
    programme: UUID | None = field("Id of the programme.")
    summary: str = field("Summary.", minLength=0)
    content_hash: str = field("Hash of all of it.")
    note: str = field("What changed, and why.", minLength=0)
    published_at: dt.datetime = field("Published at.")


@attrs.frozen(kw_only=True)
class WholeRelease(Release):
    """A version of a knowledge product with all of it."""

    document: Mapping[str, Any] = field(
        "What was published; theories and sources that nobody may read any more are left out."
    )


@attrs.frozen(kw_only=True)
class Gathering:
    """A meeting where practice, research and education learn together; never who comes."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes.")
    changed_at: dt.datetime = field("Last changed.")
    organisation: UUID = field("Id of the organisation that holds it.")
    kind: str = field("Kind.", enum=GatheringKind.values)
    title: str = field("Title.")
    about: str = field("What it is about, and for whom.", minLength=0)
    place: str = field("Where.", minLength=0)
    starts_at: dt.datetime = field("Begins.")
    ends_at: dt.datetime = field("Ends.")
    seats: int = field("Number of places.")
    is_public: bool = field("Anybody may come.")
    question: UUID | None = field("Id of the question from practice, when you may see that.")
    state: str = field("Where it stands.", enum=GatheringState.values)
    reason: str = field("Why it is cancelled.", minLength=0)
