"""What the evidence says about one link, or about one route as a whole."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.evidence.bundle import Bundle
from biotoop.engine.evidence.model import CertaintyJudgement, Component, Grade, Override
from biotoop.engine.evidence.targets import TargetKind
from biotoop.engine.plausibility.weights import (
    EstimateWeight,
    FamilyWeight,
    LiteratureWeight,
    TestWeight,
)


class Border(StrEnum):
    """The borders of K."""

    VERY_PLAUSIBLE = "very_plausible"
    PLAUSIBLE = "plausible"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"


class Rule(StrEnum):
    """The rules of the scheme that decide a grade."""

    WEIGHT = "weight"
    ENOUGH = "enough"
    HARM = "harm"
    TWO_FAMILIES = "two_families"
    RESPONDENTS = "respondents"
    COMPARISON = "comparison"
    CERTAINTY = "certainty"
    RIVAL = "rival"
    SELF_REPORT_ALONE = "self_report_alone"
    ONE_PERSON = "one_person"


@attrs.frozen(kw_only=True)
class Reason:
    """One rule, whether it held, and the sentence that says so."""

    rule: Rule
    held: bool
    note: Note


@attrs.frozen(kw_only=True)
class SensitivityRow:
    """What K becomes by one change: a group left out, or all weights tempered.

    ``group`` is the key of the group that is left out, None for tempering.
    """

    group: str | None
    label: Note
    log_k: float
    k: float
    crosses: tuple[Border, ...]


@attrs.frozen(kw_only=True)
class Sensitivity:
    """How K moves under each change on its own.

    Attributes
    ----------
    rows
        One for each group left out, and one for tempering.
    k_low, k_high
        Range of K over these changes and the found K.
    sensitive
        Whether one of them crosses a border of K; floors are not applied again.
    borders
        Which borders are crossed.
    """

    rows: tuple[SensitivityRow, ...]
    k_low: float
    k_high: float
    sensitive: bool
    borders: tuple[Border, ...]


@attrs.frozen(kw_only=True)
class Hint:
    """Something an assessor may weigh when judging a component of certainty."""

    component: Component
    note: Note


@attrs.frozen(kw_only=True)
class CertaintyView:
    """The judgement of an assessor, None when nobody judged, and the hints offered."""

    judgement: CertaintyJudgement | None
    hints: tuple[Hint, ...]


@attrs.frozen(kw_only=True)
class ProposedCondition:
    """A condition named by those who contradict; a condition link may be drawn from it."""

    condition: str
    people: int
    claims: tuple[str, ...]
    for_whom: tuple[str, ...]


@attrs.frozen(kw_only=True)
class LinkAssessment:
    """All that the evidence says about one link, or about one route as a whole.

    Attributes
    ----------
    target, kind
        Code of the link (S1) or the route (N1>N9).
    text_hash
        Hash of the text that was judged: the link, or the links along the route.
    scheme_version, scheme_hash
        By which scheme.
    k, log_k
        How many times better all evidence fits "this works here as described" than "it does not".
    computed
        The grade found with all voices in.
    grade
        The grade shown: ``computed``, unless one person alone decides it.
    override
        Another grade by an assessor, shown beside ``grade`` and never instead of it.
    why
        Which rules held and which did not.
    sentence
        K in the words of the scheme.
    bundle
        What people say, before weighing.
    families
        What each family weighs.
    n_eff
        Independent items that all groups together are worth.
    tests, estimates, literature
        Each with what it weighs, also what is only shown.
    harm
        Sum over the estimates that count of the ratio for harm; 1 without estimates.
    sensitivity
        What K becomes when one thing changes.
    certainty
        The assessor's judgement, and hints.
    proposed_conditions
        Conditions named by those who contradict.
    changed_text
        Codes of the evidence that judged an earlier text: "tekst gewijzigd, herbeoordelen".
    warnings
        What a reader must know first.
    """

    target: str
    kind: TargetKind
    text_hash: str
    scheme_version: str
    scheme_hash: str
    k: float
    log_k: float
    computed: Grade
    grade: Grade
    override: Override | None
    why: tuple[Reason, ...]
    sentence: Note
    bundle: Bundle
    families: tuple[FamilyWeight, ...]
    n_eff: float
    tests: tuple[TestWeight, ...]
    estimates: tuple[EstimateWeight, ...]
    literature: tuple[LiteratureWeight, ...]
    harm: float
    sensitivity: Sensitivity
    certainty: CertaintyView
    proposed_conditions: tuple[ProposedCondition, ...]
    changed_text: tuple[str, ...]
    warnings: tuple[Note, ...]

    @property
    def assessed(self) -> bool:
        """Whether enough is known to give a grade."""
        return self.grade is not Grade.TOO_LITTLE
