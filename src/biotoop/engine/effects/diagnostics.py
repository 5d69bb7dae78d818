"""What was looked at before an effect may be read as one: groups, balance, weights, checks."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note


class Verdict(StrEnum):
    """What was found when an assumption was looked at."""

    HELD = "held"
    DOUBTFUL = "doubtful"
    FAILED = "failed"
    CANNOT_KNOW = "cannot_know"


class Role(StrEnum):
    """The side of a comparison on which people stand."""

    TREATED = "treated"
    COMPARISON = "comparison"
    EVERYONE = "everyone"


class CheckName(StrEnum):
    """What can be looked at, or must be believed, before an effect may be read as one."""

    BALANCE = "balance"
    OVERLAP = "overlap"
    WEIGHTS = "weights"
    ATTRITION = "attrition"
    PLACEBO = "placebo"
    PARALLEL_TRENDS = "parallel_trends"
    EXTRAPOLATION = "extrapolation"
    FEW_CLUSTERS = "few_clusters"
    OTHER_CAUSES = "other_causes"
    HIDDEN_DIFFERENCES = "hidden_differences"
    SPILLOVER = "spillover"


@attrs.frozen(kw_only=True)
class Check:
    """One assumption, what was found, and whether failing it lowers the design level.

    Attributes
    ----------
    name
        Which assumption.
    verdict
        Held, doubtful, failed, or cannot be known from these data.
    found
        What was found, in words with the figures.
    key
        Whether a failure lowers the design level.
    """

    name: CheckName
    verdict: Verdict
    found: Note
    key: bool = False


@attrs.frozen(kw_only=True)
class Group:
    """The people on one side, as they are in the data, without any adjustment.

    Attributes
    ----------
    role, code
        Side, and its code in the treatment column.
    n
        People (or rows) used.
    missing
        Rows of this side left out because a value was missing.
    clusters
        Clusters with people of this side; None when no clusters were named.
    mean, sd
        Raw mean and standard deviation of the outcome, in its unit.
    mean_before
        Raw mean at the wave before, where the design has one.
    effective_n
        People that the weights leave: (sum w)^2 / sum w^2; None without weights.
    """

    role: Role
    code: str
    n: int
    missing: int = 0
    clusters: int | None = None
    mean: float
    sd: float
    mean_before: float | None = None
    effective_n: float | None = None

    @property
    def attrition(self) -> float:
        """Share of the rows of this side that were left out."""
        rows = self.n + self.missing
        return self.missing / rows if rows else 0.0


@attrs.frozen(kw_only=True)
class BalanceRow:
    """One covariate before and after the adjustment.

    Attributes
    ----------
    covariate
        Column, or a column and its category as ``column=code``.
    treated_mean, comparison_mean
        Raw means.
    adjusted_treated_mean, adjusted_comparison_mean
        Means with the weights of the adjustment; None where the method has no weights.
    difference, adjusted_difference
        Standardised difference: means apart in units of sqrt((s1^2 + s0^2) / 2), the raw
        standard deviations in both rows (Austin 2009).
    variance_ratio, adjusted_variance_ratio
        Variance of the treated over that of the comparison; None for a constant.
    verdict
        Held below 0.10, doubtful to 0.25, failed beyond, on the adjusted difference if there
        is one, else on the raw one.
    """

    covariate: str
    treated_mean: float
    comparison_mean: float
    adjusted_treated_mean: float | None = None
    adjusted_comparison_mean: float | None = None
    difference: float
    adjusted_difference: float | None = None
    variance_ratio: float | None = None
    adjusted_variance_ratio: float | None = None
    verdict: Verdict


@attrs.frozen(kw_only=True)
class WeightsDiagnostics:
    """How much the answer leans on few people.

    Attributes
    ----------
    treated_effective_n, comparison_effective_n
        (sum w)^2 / sum w^2 on each side.
    largest_share
        Share of the heaviest person in the weight of their side.
    unused_treated, unused_comparison
        People who fell out: unmatched, or trimmed as the plan asked.
    overlap_low, overlap_high
        Range of propensities that both sides share; None where none was estimated.
    """

    treated_effective_n: float
    comparison_effective_n: float
    largest_share: float
    unused_treated: int = 0
    unused_comparison: int = 0
    overlap_low: float | None = None
    overlap_high: float | None = None
