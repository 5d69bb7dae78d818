"""What an analysis plan yields: findings with their uncertainty, checks and refusals."""

from enum import StrEnum

import attrs

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.effects.diagnostics import (
    BalanceRow,
    Check,
    Group,
    Verdict,
    WeightsDiagnostics,
)
from biotoop.engine.effects.plan import Adjustment, Design, Estimand


class RegistrationLabel(StrEnum):
    """How sure a reader can be that the plan came before the outcome."""

    REGISTERED = "registered"
    SELF_DECLARED = "self_declared"
    EXPLORATORY = "exploratory"


@attrs.frozen(kw_only=True)
class PlaceboFinding:
    """The same analysis of something that cannot have been changed: the answer should be zero."""

    outcome: str
    verdict: Verdict
    found: Note
    estimate: Estimate | None
    standardised: Estimate | None


@attrs.frozen(kw_only=True)
class Subgroup:
    """The people to whom a finding is limited."""

    column: str
    value: str


@attrs.frozen(kw_only=True)
class EffectFinding:
    """One analysis run as written: a number with its uncertainty, or a named refusal.

    Attributes
    ----------
    plan, specification
        Id of the plan, and of its specification ("primary" for the plan itself).
    label
        What makes this one different.
    from_, to
        Code of the node that was varied and of the node that was measured.
    outcome, dataset, waves
        Measure, the data, and the moments that are compared; none where the data have none.
    design, adjustment, estimand, covariates
        The choices that were made.
    level
        Design level (Maryland scale, 1 to 5) after the checks.
    level_reasons
        From which level it came and what lowered it.
    estimate
        The effect in units of the outcome, in its own direction.
    standardised
        The effect in standard deviations; + is the intended direction.
    groups, missing
        Each side as it is in the data, and rows left out in all.
    balance, checks, placebos, weights
        What was looked at.
    registration, deviations
        Label, and what differs from what was registered.
    refusal
        Why there is no number; None when there is one.
    not_shown
        Why readers may not see the number (small groups); None when they may.
    subgroup
        The people to whom it is limited; None for all.
    """

    plan: str
    specification: str
    label: Text
    from_: str
    to: str
    outcome: str
    dataset: str
    waves: tuple[str, ...] = ()
    design: Design
    adjustment: Adjustment
    estimand: Estimand
    covariates: tuple[str, ...]
    level: int
    level_reasons: tuple[Note, ...] = ()
    estimate: Estimate | None = None
    standardised: Estimate | None = None
    groups: tuple[Group, ...] = ()
    missing: int = 0
    balance: tuple[BalanceRow, ...] = ()
    checks: tuple[Check, ...] = ()
    placebos: tuple[PlaceboFinding, ...] = ()
    weights: WeightsDiagnostics | None = None
    registration: RegistrationLabel
    deviations: tuple[Note, ...] = ()
    refusal: Note | None = None
    not_shown: Note | None = None
    subgroup: Subgroup | None = None

    def for_readers(self) -> "EffectFinding":
        """Give the finding as readers may see it: without figures when groups are too small."""
        if self.not_shown is None:
            return self
        return attrs.evolve(
            self,
            estimate=None,
            standardised=None,
            groups=(),
            balance=(),
            placebos=(),
            checks=(),
            weights=None,
            missing=0,
        )


@attrs.frozen(kw_only=True)
class CurvePoint:
    """One specification on the curve; the refused ones stand at the end, with the reason."""

    specification: str
    label: Text
    registration: RegistrationLabel
    value: float | None
    low: float | None
    high: float | None
    standardised: float | None
    level: int
    refusal: Note | None


@attrs.frozen(kw_only=True)
class SpecificationCurve:
    """All defensible ways side by side, lowest estimate first (Simonsohn and others 2020).

    Attributes
    ----------
    points
        Every specification, refused ones last.
    run, refused
        How many gave a number and how many did not.
    median, lowest, highest
        Over the estimates; None when there are none.
    same_sign
        How many point the same way as the primary analysis.
    excludes_zero
        How many have an interval without zero, in the direction of the primary analysis.
    """

    points: tuple[CurvePoint, ...]
    run: int
    refused: int
    median: float | None
    lowest: float | None
    highest: float | None
    same_sign: int
    excludes_zero: int


@attrs.frozen(kw_only=True)
class EffectSet:
    """Everything that one plan yields; nothing that was run is left out.

    Attributes
    ----------
    plan, title
        Which plan, and its question.
    primary_outcome
        Whether the plan names this as the primary outcome for its people.
    primary
        The plan as written.
    specifications
        The other defensible ways, in the order of the plan, failures too.
    subgroups
        The primary analysis for each group that the plan names.
    curve
        Primary and specifications side by side.
    """

    plan: str
    title: Text
    primary_outcome: bool
    primary: EffectFinding
    specifications: tuple[EffectFinding, ...] = ()
    subgroups: tuple[EffectFinding, ...] = ()
    curve: SpecificationCurve

    @property
    def findings(self) -> tuple[EffectFinding, ...]:
        """Primary, specifications and subgroups, in this order."""
        return (self.primary, *self.specifications, *self.subgroups)
