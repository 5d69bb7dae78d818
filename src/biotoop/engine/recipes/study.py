"""The study itself: what is asked, why, by whom, and what is decided with the answer."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import attrs

from biotoop.engine.core.periods import Period
from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.disclosure.policy import DisclosurePolicy
from biotoop.engine.valuation.decision import Decision


class Purpose(StrEnum):
    """What the study is for; to account for means that it must be published."""

    LEARN = "learn"
    ACCOUNT = "account"


class ReportLanguage(StrEnum):
    """Languages of the report."""

    DUTCH = "nl"
    ENGLISH = "en"


@attrs.frozen(kw_only=True)
class Study:
    """What a study asks, for what purpose, and how its answer is computed."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    id: UUID = field("Identity (UUID) of the study.")
    title: Text = field("Title.")
    question: Text = field("The question, in one sentence.")
    purpose: Purpose = field("learn (leren) or account (verantwoorden).")
    publish_by: dt.date | None = field(
        "Day by which the result is public; needed when the purpose is account.", default=None
    )
    organisation: Text = field("Organisation that carries the study.")
    people: tuple[str, ...] = field("Who made it.", default=())
    place: Text | None = field("Where.", default=None)
    period: Period = field("From when to when the study looks.")
    languages: tuple[ReportLanguage, ...] = field(
        "Languages of the report; the first is the usual one.",
        default=(ReportLanguage.DUTCH,),
        minItems=1,
    )
    seed: int = field(
        "Seed of all draws, so that a run can be repeated.", minimum=0, maximum=2**31 - 1
    )
    draws: int = field(
        "Draws of the uncertainty in euros.", default=16_384, minimum=1_024, maximum=1_048_576
    )
    scheme: str = field(
        "Version of the evidence scheme; another than a published one stands in scheme.toml.",
        default="1",
    )
    decision: Decision | None = field(
        "Options, with the situation without; needed for the value of information.", default=None
    )
    disclosure: DisclosurePolicy = field(
        "What may be shown outside the team.", factory=DisclosurePolicy
    )
    limits: tuple[Text, ...] = field("What the study cannot say.", default=())
    invented: bool = field("True marks the study as invented, on every export.", default=False)
