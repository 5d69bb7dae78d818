"""Figures that are not tables: estimates, means, shares, percentiles, extremes, findings on staff.

Each names the people behind it; the rules ask for enough of them.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy
from biotoop.engine.disclosure.tables import Key
from biotoop.engine.disclosure.voices import stays_open


class Rule(StrEnum):
    """The rule behind a decision."""

    MINIMUM = "minimum"
    DEGREES_OF_FREEDOM = "degrees_of_freedom"
    ALL_OR_NONE = "all_or_none"
    NO_SPREAD = "no_spread"
    DOMINANCE = "dominance"
    PERCENTILE = "percentile"
    EXTREME = "extreme"
    NEIGHBOURHOOD = "neighbourhood"
    WORKERS = "workers"
    DIFFERENCE = "difference"
    RECOVERY = "recovery"
    LITTLE_LEFT = "little_left"
    CONSISTENCY = "consistency"
    VOICES = "voices"
    MASKING = "masking"


Refusal = tuple[Rule, Note] | None


def largest_parts(n: int, mean: float, spread: float) -> tuple[float, float] | None:
    """Give the largest part of a sum that one and that two people can have brought.

    The most that fits the mean and the standard deviation: one value can lie at most
    s (n - 1) / sqrt(n) above the mean, two together at most s sqrt(2 (n - 1) (n - 2) / n) above
    twice the mean (Samuelson 1968 for the first; both are reached). None where the sum is no
    amount from nil up.
    """
    if n < 3 or mean <= 0 or not math.isfinite(spread):
        return None
    one = mean + spread * (n - 1) / math.sqrt(n)
    two = 2 * mean + spread * math.sqrt(2 * (n - 1) * (n - 2) / n)
    return min(one / (n * mean), 1.0), min(two / (n * mean), 1.0)


def _too_few(n: int, survey: SurveyPolicy) -> Refusal:
    if n < survey.minimum_cell:
        return Rule.MINIMUM, note("disclosure.too_few", minimum=survey.minimum_cell)
    return None


@attrs.frozen(kw_only=True)
class Figure(ABC):
    """Something to show that rests on a number of people.

    Attributes
    ----------
    id
        Code by which the decision is found again.
    prints
        Cells of the release's tables whose count is printed beside the figure.
    """

    id: str
    prints: tuple[Key, ...] = ()

    @abstractmethod
    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Give the rule and the reason by which the figure is refused, or None."""


@attrs.frozen(kw_only=True)
class EstimateFigure(Figure):
    """An estimate from a model or a comparison.

    Attributes
    ----------
    groups
        People in each group that is compared.
    df
        Degrees of freedom left in the model; None when it has none.
    """

    groups: Mapping[str, int]
    df: float | None = None

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask for enough people in each group, and degrees of freedom."""
        survey = policy.survey
        few = tuple(name for name, n in self.groups.items() if n < survey.minimum_cell)
        if few:
            reason = note("disclosure.group_too_small", groups=few, minimum=survey.minimum_cell)
            return Rule.MINIMUM, reason
        if self.df is not None and self.df < survey.degrees_of_freedom:
            reason = note("disclosure.few_degrees", df=self.df, minimum=survey.degrees_of_freedom)
            return Rule.DEGREES_OF_FREEDOM, reason
        return None


@attrs.frozen(kw_only=True)
class MeanFigure(Figure):
    """A mean or a sum.

    Attributes
    ----------
    n
        People.
    spread
        Standard deviation of their values; None when unknown.
    largest_share, two_largest_share
        Part of the sum that comes from the largest and the two largest; None when it is not an
        amount of which one person can bring much.
    """

    n: int
    spread: float | None = None
    largest_share: float | None = None
    two_largest_share: float | None = None

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask for enough people, spread, and nobody who brings most of the sum."""
        survey = policy.survey
        if self.spread is not None and self.spread == 0:
            return Rule.NO_SPREAD, note("disclosure.all_equal")
        one, two = self.largest_share, self.two_largest_share
        if (one is not None and one > survey.largest_share) or (
            two is not None and two > survey.two_largest_share
        ):
            return Rule.DOMINANCE, note("disclosure.dominated")
        return _too_few(self.n, survey)


@attrs.frozen(kw_only=True)
class ShareFigure(Figure):
    """A share of people.

    Attributes
    ----------
    count
        People for whom it holds.
    n
        People in all.
    """

    count: int
    n: int

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask for enough people on both sides; never all or none."""
        survey = policy.survey
        few = _too_few(self.n, survey)
        if few is not None:
            return few
        if self.count in (0, self.n):
            return Rule.ALL_OR_NONE, note("disclosure.all_or_none")
        return _too_few(min(self.count, self.n - self.count), survey)


@attrs.frozen(kw_only=True)
class PercentileFigure(Figure):
    """A median or another percentile.

    Attributes
    ----------
    n
        People.
    share
        The part below it, such as 0.5 for the median.
    """

    n: int
    share: float = attrs.field(validator=[attrs.validators.ge(0), attrs.validators.le(1)])

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask for enough people on both sides."""
        survey = policy.survey
        below = math.floor(self.n * self.share + 1e-9)
        above = math.floor(self.n * (1 - self.share) + 1e-9)
        if min(below, above) < survey.percentile_sides:
            return Rule.PERCENTILE, note("disclosure.percentile", minimum=survey.percentile_sides)
        return None


@attrs.frozen(kw_only=True)
class ExtremeFigure(Figure):
    """A smallest or largest value: one person's own, so never shown."""

    def refusal(self, policy: DisclosurePolicy) -> Refusal:  # noqa: ARG002 - whatever the policy
        """Refuse."""
        return Rule.EXTREME, note("disclosure.extreme")


@attrs.frozen(kw_only=True)
class PlaceFigure(Figure):
    """A figure for one neighbourhood.

    Attributes
    ----------
    n
        People behind it.
    inhabitants
        People who live there; None when unknown.
    """

    n: int
    inhabitants: int | None

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask for enough people and enough inhabitants."""
        survey = policy.survey
        if self.inhabitants is None or self.inhabitants < survey.neighbourhood_people:
            reason = note("disclosure.small_neighbourhood", minimum=survey.neighbourhood_people)
            return Rule.NEIGHBOURHOOD, reason
        return _too_few(self.n, survey)


@attrs.frozen(kw_only=True)
class CloseFigure(Figure):
    """A figure on almost the same people as another one that is shown.

    Attributes
    ----------
    n
        People behind it.
    others
        People behind the other figures that hold these people, or lie within them.
    """

    n: int
    others: tuple[int, ...]

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Ask that the two tell nothing of the few people that they do not share."""
        least = policy.survey.minimum_cell
        if any(0 < abs(self.n - other) < least for other in self.others):
            return Rule.DIFFERENCE, note("disclosure.too_close", minimum=least)
        return None


@attrs.frozen(kw_only=True)
class WorkerFigure(Figure):
    """A finding about workers.

    Attributes
    ----------
    workers
        How many it is about.
    team_agrees
        Whether their team agrees to show it outside.
    """

    workers: int
    team_agrees: bool = False

    def refusal(self, policy: DisclosurePolicy) -> Refusal:
        """Keep findings about few workers inside, unless their team agrees."""
        if stays_open(self.workers, self.team_agrees, policy.voices):
            return None
        return Rule.WORKERS, note(
            "disclosure.few_workers", minimum=policy.voices.workers_outside_team
        )
