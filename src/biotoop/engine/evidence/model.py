"""The records of evidence: claims by people, tests, literature, and judgements by assessors."""

import datetime as dt
from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text

TARGET = "^[A-Za-z][A-Za-z0-9_-]{0,31}(>[A-Za-z][A-Za-z0-9_-]{0,31})?$"
_TARGET_HELP = "Code of a link (S1) or node (N1), or a route written as N1>N9."


class Stance(StrEnum):
    """What a claim says about its target; the first four for links, the others for nodes."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NUANCES = "nuances"
    NOT_MENTIONED = "not_mentioned"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    MEANS_OTHER = "means_other"
    DOES_NOT_COUNT = "does_not_count"
    MISSING = "missing"


class Method(StrEnum):
    """How a claim was gathered."""

    INTERVIEW = "interview"
    GROUP_TALK = "group_talk"
    MEMBER_CHECK = "member_check"
    MOST_SIGNIFICANT_CHANGE = "most_significant_change"
    CARD_SORT = "card_sort"
    Q_SORT = "q_sort"
    OUTCOME_HARVESTING = "outcome_harvesting"
    QUIP = "quip"
    OBSERVATION = "observation"
    SURVEY = "survey"
    DOCUMENT = "document"


class Asked(StrEnum):
    """Whether the topic was put to the respondent."""

    ASKED = "asked"
    UNPROMPTED = "unprompted"


class AskedBy(StrEnum):
    """Who asked."""

    OWN_ORGANISATION = "own_organisation"
    INDEPENDENT = "independent"


class RivalRelation(StrEnum):
    """How the rival that a respondent mentions stands to the step."""

    EXCLUDES = "excludes"
    ADDS = "adds"
    INDEPENDENT = "independent"


class CoderRelation(StrEnum):
    """Whether the coder belongs to the programme."""

    PROGRAMME = "programme"
    INDEPENDENT = "independent"


class Family(StrEnum):
    """Kinds of evidence that err in their own way."""

    SELF_REPORT = "self_report"
    OBSERVATION = "observation"
    REGISTRATION = "registration"
    EFFECT_DESIGN = "effect_design"
    LITERATURE = "literature"


class TestKind(StrEnum):
    """Kinds of process-tracing test (Van Evera)."""

    __test__ = False  # not a test case of pytest

    STRAW = "straw"
    NECESSARY = "necessary"
    STRONG = "strong"
    BOTH = "both"


class ConditionStatus(StrEnum):
    """Whether a condition is met."""

    MET = "met"
    PARTLY = "partly"
    NOT = "not"


class Component(StrEnum):
    """The four components of certainty (CERQual)."""

    METHOD = "method"
    COHERENCE = "coherence"
    ADEQUACY = "adequacy"
    RELEVANCE = "relevance"


class Certainty(StrEnum):
    """How certain the evidence is."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


class Grade(StrEnum):
    """The grades of the evidence scheme."""

    VERY_PLAUSIBLE = "very_plausible"
    PLAUSIBLE = "plausible"
    OPEN = "open"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    ADVERSE = "adverse"
    TOO_LITTLE = "too_little"


@attrs.frozen(kw_only=True)
class Claim:
    """One claim by a person, or by a group counted by card, about one target."""

    id: str = field("Code of the claim, unique in the file.")
    target: str = field(_TARGET_HELP, pattern=TARGET)
    stance: Stance = field("What the claim says about the target.")
    quote: str | None = field("Words of the respondent, masked.", default=None)
    respondent: str | None = field("Code of the respondent; empty for counts.", default=None)
    count: int = field("People behind the claim; above 1 only for counts.", default=1, minimum=1)
    life_age: str | None = field("Age band of the person whose life it is.", default=None)
    life_place: str | None = field("Place of the person whose life it is.", default=None)
    life_role: str | None = field("Role: resident, volunteer, informal carer ..", default=None)
    method: Method = field("How it was gathered.")
    round: str = field("Round of gathering, such as round1.")
    organisation: str = field("Organisation that gathered it.")
    interviewer: str | None = field("Code of the interviewer.", default=None)
    asked: Asked = field("Asked or unprompted.", default=Asked.ASKED)
    asked_by: AskedBy = field("Own organisation or independent.", default=AskedBy.OWN_ORGANISATION)
    searched: bool = field("Whether the topic was open or asked at all.", default=True)
    explicit: bool = field('Whether the respondent said "without this not".', default=False)
    rival: str | None = field("Other cause that the respondent mentions.", default=None)
    rival_relation: RivalRelation | None = field("How the rival relates.", default=None)
    rival_share: str | None = field("How much the rival contributed, in words.", default=None)
    condition: str | None = field("Condition that the respondent names.", default=None)
    quality: float = field("Quality q of the claim.", default=1.0, enum=[1, 0.75, 0.5, 0.25])
    coder: str | None = field("Code of the coder.", default=None)
    coder_relation: CoderRelation = field(
        "Whether the coder belongs to the programme.", default=CoderRelation.INDEPENDENT
    )
    family: Family | None = field("Family, where it is not the usual one.", default=None)
    language: str | None = field("Language of the quote.", default=None)
    quote_consent: bool = field("Whether the quote may be shown.", default=False)
    quote_approved_by: str | None = field(
        "Who read the masked quote and approved it for readers.", default=None
    )
    importance: int | None = field(
        "For nodes: rank of importance, 1 = most.", default=None, minimum=1
    )
    proposes: str | None = field("For `missing`: the node that is proposed.", default=None)
    text_hash: str | None = field("Hash of the text that was judged.", default=None)


@attrs.frozen(kw_only=True)
class Test:
    """A process-tracing test of a target against a rival."""

    __test__ = False

    id: str = field("Code of the test, unique in the file.")
    target: str = field(_TARGET_HELP, pattern=TARGET)
    hypothesis: Text = field("What the target says.")
    rival: Text = field("The rival that the test sets it against.")
    test: TestKind = field("Straw, necessary clue, strong clue, or both.")
    p: float | None = field("Probability of the find if true.", default=None, minimum=0, maximum=1)
    p_not: float | None = field("Probability if not true.", default=None, minimum=0, maximum=1)
    expected: Text = field("What one expects to find if the target holds.")
    expected_rival: Text | None = field(
        "What one expects to find if the rival holds instead.", default=None
    )
    searched: bool = field("Whether it was searched for.", default=True)
    found: bool | None = field("Found or not; leave out when not yet searched.", default=None)
    seen: Text | None = field("What was seen, in words.", default=None)
    source: str = field("Where was searched.")
    family: Family = field("Family, which follows the source.")
    group: str | None = field("Group of tests on the same source and kind.", default=None)
    registered: dt.date | None = field("Date of registration before looking.", default=None)
    text_hash: str | None = field("Hash of the text that was judged.", default=None)


@attrs.frozen(kw_only=True)
class Tests:
    """All tests of a study."""

    __test__ = False

    schema_version: int = field("Version of this file format.", default=1, const=1)
    tests: tuple[Test, ...] = field("The tests.", default=())


@attrs.frozen(kw_only=True)
class LiteratureItem:
    """One published effect that bears on a target."""

    id: str = field("Code of the item, unique in the file.")
    target: str = field(_TARGET_HELP, pattern=TARGET)
    source: Text = field("Full reference, with DOI or page.")
    level: int = field("Design level, 1 to 5.", minimum=1, maximum=5)
    effect: float = field("Pooled standardised effect; + is the intended direction.")
    se: float = field("Standard error of the effect.", exclusiveMinimum=0)
    tau_het: float = field("Spread of true effects between studies.", default=0.0, minimum=0)
    population: Text = field("For whom it was found.")
    setting: Text = field("Where it was found.")
    transferability: float = field("Factor q from 0 to 1.", default=1.0, minimum=0, maximum=1)
    group: str = field("Underlying study or meta-analysis; items in a group depend.")
    text_hash: str | None = field("Hash of the text that was judged.", default=None)


@attrs.frozen(kw_only=True)
class Literature:
    """All literature of a study."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    items: tuple[LiteratureItem, ...] = field("The items.", default=())


@attrs.frozen(kw_only=True)
class ComponentJudgement:
    """What an assessor says of one component of certainty."""

    component: Component = field("Method, coherence, adequacy or relevance.")
    concern: Certainty = field("High = no concern, very_low = serious concern.")
    reason: Text = field("Why.")


@attrs.frozen(kw_only=True)
class CertaintyJudgement:
    """What an assessor says of the certainty of the evidence on a target."""

    target: str = field(_TARGET_HELP, pattern=TARGET)
    overall: Certainty | None = field("One word over the four.", default=None)
    components: tuple[ComponentJudgement, ...] = field("The four components.", default=())
    assessor: str = field("Who judged.")
    date: dt.date = field("When.")
    reason: Text = field("Why.")


@attrs.frozen(kw_only=True)
class Override:
    """Another grade by an assessor, shown beside the computed one."""

    target: str = field(_TARGET_HELP, pattern=TARGET)
    grade: Grade = field("The grade in the eyes of the assessor.")
    assessor: str = field("Who judged.")
    date: dt.date = field("When.")
    reason: Text = field("Why.")


@attrs.frozen(kw_only=True)
class ConditionJudgement:
    """Whether the condition in a context node is met."""

    node: str = field("Code of the context node.")
    status: ConditionStatus = field("Met, partly or not.")
    assessor: str = field("Who judged.")
    date: dt.date = field("When.")
    reason: Text = field("Why.")


class Conclusion(StrEnum):
    """What failed, if anything (Weiss 1997)."""

    BOTH_HELD = "both_held"
    THEORY_FAILED = "theory_failed"
    DELIVERY_FAILED = "delivery_failed"
    BOTH_FAILED = "both_failed"
    UNKNOWN = "unknown"


@attrs.frozen(kw_only=True)
class ConclusionJudgement:
    """The conclusion about theory and delivery."""

    conclusion: Conclusion = field("Theory, delivery, both, neither, or unknown.")
    assessor: str = field("Who judged.")
    date: dt.date = field("When.")
    reason: Text = field("Why.")


@attrs.frozen(kw_only=True)
class Judgements:
    """All judgements of a study."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    certainty: tuple[CertaintyJudgement, ...] = field("Certainty by target.", default=())
    overrides: tuple[Override, ...] = field("Overrides by target.", default=())
    conditions: tuple[ConditionJudgement, ...] = field("Status of conditions.", default=())
    conclusion: ConclusionJudgement | None = field("Theory or delivery.", default=None)
