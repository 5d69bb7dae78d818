"""Findings: all that a run found, deterministic, and enough to render every report from."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Codebook, DatasetKind
from biotoop.engine.datasets.measures import Direction
from biotoop.engine.disclosure.figures import Rule
from biotoop.engine.disclosure.release import Outcome
from biotoop.engine.effects.result import EffectSet, RegistrationLabel
from biotoop.engine.evidence.model import Method, Stance
from biotoop.engine.plausibility.result import Plausibility
from biotoop.engine.recipes.study import Study
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.result import ValuationResult

SCHEMA_VERSION = 1


class Edition(StrEnum):
    """For whose eyes: the team that made it, or readers, after disclosure control."""

    TEAM = "team"
    READERS = "readers"


class Question(StrEnum):
    """The questions that the first page answers."""

    DIFFERENCE = "difference"
    FOR_WHOM = "for_whom"
    PLAUSIBILITY = "plausibility"
    WORTH = "worth"
    NEXT = "next"
    LIMITS = "limits"


@attrs.frozen(kw_only=True)
class Answer:
    """What is said under one question of the first page, in sentences."""

    question: Question
    sentences: tuple[Note, ...]


@attrs.frozen(kw_only=True)
class WaveCount:
    """Rows at one moment of measuring."""

    wave: str
    label: Text
    date: dt.date | None
    rows: int


@attrs.frozen(kw_only=True)
class DatasetSummary:
    """One dataset as it was read.

    Attributes
    ----------
    content_hash
        Hash of the canonical table, independent of file format and row order.
    rows, people
        Rows read, and distinct keys without the wave.
    waves
        Rows at each moment; empty without waves.
    remarks
        What was left out or looked strange.
    """

    id: str
    label: Text
    kind: DatasetKind
    controller: Text
    source: Text | None
    content_hash: str
    rows: int
    people: int
    waves: tuple[WaveCount, ...]
    remarks: tuple[Note, ...]


@attrs.frozen(kw_only=True)
class MeasureMoment:
    """One measure at one moment: people, missing, mean with interval, spread."""

    wave: str | None
    mean: Estimate
    sd: float
    alpha: Estimate | None = None
    omega: Estimate | None = None
    remarks: tuple[Note, ...] = ()


@attrs.frozen(kw_only=True)
class MeasureSummary:
    """One measure: what it is, and how it stood at each moment.

    ``values`` holds, for each dataset in which it has seven different values or fewer, these
    values; for the team, as they decide what a mean tells. Readers get none.
    """

    id: str
    node: str
    label: Text
    definition: Text
    unit: Text
    intended: Direction
    dataset: str
    instrument: str | None
    moments: tuple[MeasureMoment, ...]
    values: Mapping[str, tuple[float, ...]] = attrs.field(factory=dict)
    percent: bool | None = None


@attrs.frozen(kw_only=True)
class QuoteView:
    """Words of a respondent about a target, and what may stand beside them.

    ``claim`` is the code of the claim; ``consent`` whether the words may be shown to readers;
    ``approved_by`` who read the words and approved them for readers, for the team only.
    """

    claim: str
    target: str
    stance: Stance
    text: str
    age: str | None
    place: str | None
    role: str | None
    method: Method
    consent: bool
    approved_by: str | None


@attrs.frozen(kw_only=True)
class RegisteredVersion:
    """One registration of the study, and what changed since the one before.

    ``intact`` tells whether the file still matches its own hash; ``early`` that this hash is of the
    first form, which held what was fixed but not when and by whom.
    """

    registered_at: dt.datetime
    registered_by: str
    hash: str
    intact: bool
    changes: tuple[Note, ...] = ()
    early: bool = False


@attrs.frozen(kw_only=True)
class RegistrationView:
    """What was fixed beforehand, and every way in which the run departs from it.

    ``history`` holds every registration, the earlier ones too, oldest first; ``translations``
    says what was translated since, which is no departure. ``limits`` says what the registration
    cannot show, such as that the outcome was unknown when the plan was fixed.
    """

    label: RegistrationLabel
    registered_at: dt.datetime | None
    registered_by: str | None
    hash: str | None
    deviations: tuple[Note, ...]
    history: tuple[RegisteredVersion, ...] = ()
    translations: tuple[Note, ...] = ()
    limits: tuple[Note, ...] = ()


@attrs.frozen(kw_only=True)
class Provenance:
    """What fixes the outcome: with the same of all these, the same bytes come out.

    Attributes
    ----------
    recipe_hash
        Hash of all documents, data and versions below; for readers, of what is left of these and
        of all that their edition shows.
    engine_version
        Version of the package.
    documents
        Name and content hash of every document.
    """

    recipe_hash: str
    engine_version: str
    scheme: str
    scheme_hash: str
    seed: int
    documents: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class DisclosureDecision:
    """One thing that readers may not see, and why.

    ``what`` names it for programs, ``about`` in words where there are any.
    ``rule`` and ``outcome`` stand beside the decisions that the team reads; for readers they stay
    empty, as the rule can give away what it hides.
    """

    what: str
    reason: Note
    about: Note | None = None
    rule: Rule | None = None
    outcome: Outcome | None = None


@attrs.frozen(kw_only=True)
class Findings:
    """All that a run found about a study.

    Attributes
    ----------
    edition
        For whose eyes.
    answers
        The first page, question by question.
    theory
        The theory of change as it was judged.
    codebook
        What the data are; None without data.
    effects
        One set for each plan.
    plausibility
        Grades with all they rest on.
    quotes
        Words of respondents, by target.
    valuation
        Euros for each payer; None without valuation.
    withheld
        What readers may not see; empty in the edition of the team.
    warnings
        What a reader must know first.
    """

    schema_version: int = SCHEMA_VERSION
    edition: Edition
    study: Study
    theory: TheoryOfChange
    registration: RegistrationView
    codebook: Codebook | None = None
    datasets: tuple[DatasetSummary, ...]
    measures: tuple[MeasureSummary, ...]
    effects: tuple[EffectSet, ...]
    plausibility: Plausibility
    quotes: tuple[QuoteView, ...] = ()
    valuation: ValuationResult | None
    answers: tuple[Answer, ...]
    withheld: tuple[DisclosureDecision, ...]
    warnings: tuple[Note, ...]
    provenance: Provenance
