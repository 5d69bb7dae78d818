"""The numbers of an evidence scheme, as one document: conventions, never measurements."""

import math
from typing import Any

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.bundle import Dependence
from biotoop.engine.evidence.model import Certainty, Family, Stance, TestKind


def _chance(description: str) -> Any:  # noqa: ANN401 - as core.schema.field
    return field(description, exclusiveMinimum=0, exclusiveMaximum=1)


def _share(description: str) -> Any:  # noqa: ANN401 - as core.schema.field
    return field(description, minimum=0, maximum=1)


@attrs.frozen(kw_only=True)
class AskedPreset:
    """How people answer when asked; what is left over nuances."""

    supports_if_works: float = _chance("P(supports | works).")
    contradicts_if_works: float = _chance("P(contradicts | works).")
    supports_if_not: float = _chance("P(supports | does not work).")
    contradicts_if_not: float = _chance("P(contradicts | does not work).")

    def log_ratio(self, stance: Stance) -> float:
        """Natural log of the likelihood ratio; 0 for a nuance and for what is not mentioned."""
        if stance is Stance.SUPPORTS:
            return math.log(self.supports_if_works / self.supports_if_not)
        if stance is Stance.CONTRADICTS:
            return math.log(self.contradicts_if_works / self.contradicts_if_not)
        return 0.0


@attrs.frozen(kw_only=True)
class OpenPreset:
    """How people speak unprompted when the topic was open; a contradiction mirrors a mention."""

    mentions_if_works: float = _chance("P(mentions | works).")
    mentions_if_not: float = _chance("P(mentions | does not work).")

    def log_ratio(self, stance: Stance) -> float:
        """Natural log of the likelihood ratio; 0 for a nuance."""
        mention = math.log(self.mentions_if_works / self.mentions_if_not)
        if stance is Stance.SUPPORTS:
            return mention
        if stance is Stance.CONTRADICTS:
            return -mention
        if stance is Stance.NOT_MENTIONED:
            return math.log((1 - self.mentions_if_works) / (1 - self.mentions_if_not))
        return 0.0


@attrs.frozen(kw_only=True)
class ClaimFactors:
    """Factors on the log of a claim's ratio."""

    qualities: tuple[float, ...] = field("Qualities q that a claim may have.", minItems=1)
    highest_by_programme: float = _share("Highest q when coded by the programme.")
    rival_adds: float = _share("Factor when a rival contributed as well.")


@attrs.frozen(kw_only=True)
class ClaimRules:
    """What claims weigh."""

    asked_own: AskedPreset = field("Asked by the own organisation.")
    asked_independent: AskedPreset = field("Asked independently; or unprompted, not explicit.")
    open_topic: OpenPreset = field("Unprompted and explicit, topic open.")
    factors: ClaimFactors = field("Factors.")


@attrs.frozen(kw_only=True)
class Correlations:
    """Correlation between the items of one group."""

    separate_talks: float = _share("Talks by several interviewers.")
    shared_talk: float = _share("Group talk, or one interviewer for all.")
    one_register: float = _share("Documents from one register.")
    tests: float = _share("Tests on one source and of one kind.")
    one_publication: float = _share("Items from one underlying study.")

    def of(self, dependence: Dependence) -> float:
        """Give the correlation within a group of voices."""
        return {
            Dependence.SEPARATE_TALKS: self.separate_talks,
            Dependence.SHARED_TALK: self.shared_talk,
            Dependence.ONE_REGISTER: self.one_register,
        }[dependence]


@attrs.frozen(kw_only=True)
class FamilyCorrelations:
    """Correlation between the groups of one family."""

    self_report: float = _share("Self-report.")
    observation: float = _share("Observation.")
    registration: float = _share("Registration and documents.")
    effect_design: float = _share("Effect designs.")
    literature: float = _share("Literature.")

    def of(self, family: Family) -> float:
        """Give the correlation between the groups of a family."""
        return float(getattr(self, family.value))


@attrs.frozen(kw_only=True)
class TestOdds:
    """Probability of the find if the step works, and if it does not."""

    __test__ = False

    p: float = _chance("P(found | works).")
    p_not: float = _chance("P(found | does not work).")


@attrs.frozen(kw_only=True)
class TestRules:
    """What process-tracing tests weigh."""

    __test__ = False

    straw: TestOdds = field("Straw in the wind.")
    necessary: TestOdds = field("Necessary clue.")
    strong: TestOdds = field("Strong clue.")
    both: TestOdds = field("Necessary and strong clue.")
    most: float = field("Bound on the ratio.", exclusiveMinimum=1)

    def of(self, kind: TestKind) -> TestOdds:
        """Give the probabilities of a kind of test."""
        odds: TestOdds = getattr(self, kind.value)
        return odds


@attrs.frozen(kw_only=True)
class EstimateRules:
    """What effect estimates weigh."""

    delta: float = field("Smallest effect that matters, in sd.", exclusiveMinimum=0)
    tau: float = field("Standard deviation of the prior on d.", exclusiveMinimum=0)
    bias_sd: tuple[float, ...] = field("Bias sd by level 1 to 5.", minItems=5, maxItems=5)
    most: float = field("Bound on the ratio.", exclusiveMinimum=1)
    level_unmanipulated: int = field("Highest level of such a link.", minimum=1, maximum=5)
    mediation_bias: tuple[float, ...] = field("Biases shown, in sd.", minItems=1)
    comparison_areas: int = field("Comparison areas to ask for.", minimum=2)


@attrs.frozen(kw_only=True)
class LiteratureRules:
    """What literature weighs."""

    most: float = field("Bound on the ratio.", exclusiveMinimum=1)


@attrs.frozen(kw_only=True)
class GradeBorders:
    """Borders of K."""

    very_plausible: float = field("K from which.", exclusiveMinimum=1)
    plausible: float = field("K from which.", exclusiveMinimum=1)
    disputed_one_in: float = field("1/K from which.", exclusiveMinimum=1)
    contradicted_one_in: float = field("1/K beyond which.", exclusiveMinimum=1)
    harm: float = field("Ratio for harm from which.", exclusiveMinimum=1)
    tolerance: float = field("Tolerance on ln K.", minimum=0, maximum=0.001)


@attrs.frozen(kw_only=True)
class Floors:
    """What a grade needs besides K."""

    families: int = field("Families, literature not counted.", minimum=1)
    respondents: int = field("Respondents.", minimum=1)
    comparison_level: int = field("Level of a comparison.", minimum=1, maximum=5)
    groups: int = field("Groups below which too little is known.", minimum=1)
    n_eff: float = field("Summed n_eff below which too little is known.", minimum=0)
    certainty: Certainty = field("Lowest certainty for the highest grade.")


@attrs.frozen(kw_only=True)
class SensitivityRules:
    """What is changed to see how K moves."""

    temper: float = _chance("Factor on all L.")


@attrs.frozen(kw_only=True)
class ProposalRules:
    """When a node that people miss asks for a decision."""

    respondents: int = field("Respondents.", minimum=1)
    sources: int = field("Sources.", minimum=1)


@attrs.frozen(kw_only=True)
class Scheme:
    """A version of the evidence scheme: all its numbers, and a reason when it departs."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    version: str = field("Name of this version of the scheme.")
    reason: Text | None = field("Why a programme departs from the published one.", default=None)
    claims: ClaimRules = field("Claims.")
    correlations: Correlations = field("Correlation within groups.")
    families: FamilyCorrelations = field("Correlation between groups.")
    tests: TestRules = field("Tests.")
    estimates: EstimateRules = field("Estimates.")
    literature: LiteratureRules = field("Literature.")
    grades: GradeBorders = field("Borders of K.")
    floors: Floors = field("Floors.")
    sensitivity: SensitivityRules = field("Sensitivity.")
    proposals: ProposalRules = field("Proposed nodes.")

    @property
    def hash(self) -> str:
        """Hash of everything that the scheme says."""
        return content_hash(to_plain(self))
