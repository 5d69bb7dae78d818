"""What a valuation found, ready for a report: euros with bands, for whom, and what they rest on."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.model import Direction, Headline, NotInMoney, RatioKind
from biotoop.engine.valuation.voi_result import AgendaRow, ValueOfInformation


@attrs.frozen(kw_only=True)
class Band:
    """An amount with its uncertainty, in euros of the price year, discounted to the base year.

    Attributes
    ----------
    mean
        Mean over the draws.
    mean_error
        Monte Carlo standard error of that mean, from independent scrambles.
    mid
        The amount when every input is at its middle value; not the mean.
    p5, p50, p95
        Quantiles over the draws.
    """

    mean: float
    mean_error: float
    mid: float
    p5: float
    p50: float
    p95: float


@attrs.frozen(kw_only=True)
class Chance:
    """A probability (0 to 1) with its Monte Carlo standard error."""

    value: float
    error: float


@attrs.frozen(kw_only=True)
class Ratio:
    """A ratio under its own name; hidden until the inputs are complete.

    Attributes
    ----------
    kind
        Which ratio: never just "the ratio".
    of_means
        Mean of the numerator over mean of the denominator.
    mid
        The same at the middle values.
    p5, p50, p95
        Quantiles of the ratio over the draws.
    shown
        False while an input is missing; a report then prints no ratio.
    definition
        What is divided by what.
    """

    kind: RatioKind
    of_means: float
    mid: float
    p5: float
    p50: float
    p95: float
    shown: bool
    definition: Note


@attrs.frozen(kw_only=True)
class PartyRow:
    """What one party pays and gets; ``society`` is all parties, transfers netted out.

    Attributes
    ----------
    party, label
        Code and name.
    benefits, costs, net
        Present values; a burden counts as a cost.
    chance_positive
        Probability that benefits exceed costs for this party; None where nothing counts.
    cash_net
        Net of what can be taken out of, or must be paid from, a budget.
    """

    party: str
    label: Text
    benefits: Band
    costs: Band
    net: Band
    chance_positive: Chance | None
    cash_net: Band


@attrs.frozen(kw_only=True)
class BeneficiaryRow:
    """What the changes are worth for those whose life changes, whoever's purse it is."""

    party: str
    label: Text
    value: Band


@attrs.frozen(kw_only=True)
class PostRow:
    """One item or cost.

    Attributes
    ----------
    id, label, direction
        As in the document; a programme cost has direction ``cost`` and ``programme`` true.
    value
        Present value, positive for a benefit and for the size of a cost.
    counted
        Whether it is in the totals.
    illustrative
        Whether it is an order of magnitude only.
    payers
        Party codes with their shares.
    via
        Codes of the links it hangs on.
    """

    id: str
    label: Text
    direction: Direction
    programme: bool
    value: Band
    counted: bool
    illustrative: bool
    payers: tuple[tuple[str, float], ...]
    beneficiary: str
    via: tuple[str, ...]


@attrs.frozen(kw_only=True)
class YearRow:
    """The money of one party in one year, not discounted."""

    year: int
    party: str
    benefits: float
    costs: float
    net: float
    p5: float
    p95: float
    cash_net: float
    discounted_net: float


@attrs.frozen(kw_only=True)
class InputRow:
    """One uncertain input, as it was drawn.

    Attributes
    ----------
    id
        ``<item>.<field>``, such as ``wmo.price``; a shared estimate is ``estimate.<plan>``.
    posts
        Items or costs that it enters.
    links
        Links that those name in ``via``.
    p5, p50, p95, mean
        Of its distribution.
    source
        By whose word.
    """

    id: str
    label: Text
    kind: str
    posts: tuple[str, ...]
    links: tuple[str, ...]
    p5: float
    p50: float
    p95: float
    mean: float
    source: Text | None


@attrs.frozen(kw_only=True)
class TornadoRow:
    """Net value when one input is at P5 or P95 and all others at their middle value."""

    input: str
    at_p5: float
    at_p95: float
    net_at_p5: float
    net_at_p95: float

    @property
    def swing(self) -> float:
        """Width of the bar."""
        return abs(self.net_at_p95 - self.net_at_p5)


@attrs.frozen(kw_only=True)
class BreakEven:
    """The value of one input at which the net value is nil, the others at their middle value.

    Attributes
    ----------
    value
        None when no possible value brings the net value to nil.
    now
        The middle value.
    chance_beyond
        Probability that the input lies on the other side of ``value``; 0 without one.
    """

    input: str
    now: float
    value: float | None
    chance_beyond: float


@attrs.frozen(kw_only=True)
class MatrixCell:
    """Mean benefit that lands with ``receiver``, as far as ``payer`` carries the costs."""

    payer: str
    receiver: str
    amount: float


class State(StrEnum):
    """Whether an input is there."""

    FILLED = "filled"
    ARGUED = "argued"
    MISSING = "missing"


@attrs.frozen(kw_only=True)
class CompletenessRow:
    """Whether one input of one post is filled, argued to be nil, or missing."""

    post: str
    field: str
    state: State
    reason: Text | None = None


@attrs.frozen(kw_only=True)
class RestsOn:
    """Euros that rest on routes whose weakest step has this grade; no probability is meant."""

    grade: str
    amount: float
    share: float
    items: tuple[str, ...]
    weakest: tuple[str, ...]
    note: Note


@attrs.frozen(kw_only=True)
class ScenarioRow:
    """Net value under another choice of structure, with the same draws."""

    id: str
    label: Text
    net: Band
    chance_positive: Chance


@attrs.frozen(kw_only=True)
class WelfareRow:
    """Net value when a euro of wellbeing weighs ``factor`` of a euro of money."""

    factor: float
    net: Band
    chance_positive: Chance
    first_on_agenda: str | None


@attrs.frozen(kw_only=True)
class ValuationResult:
    """All that a valuation found. Amounts are euros of ``price_year``.

    Attributes
    ----------
    seed, draws, scrambles
        What fixes the draws: ``draws`` points in all, spread over independent scrambles.
    headline, headline_value
        Which figure stands first, and its amount for the chosen perspective.
    net, benefits, costs, chance_positive
        For the chosen perspective.
    ratios
        Every named ratio; ``ratio`` in the document chooses which one a report shows.
    apart
        Wellbeing and unpaid effort: beside the total, never in it.
    wrong_pocket
        Share of the benefits that lands with others than those who pay, pro rata.
    double_counts
        Pairs that may be the same euro; ``warnings`` holds every other caution.
    deviations
        Amounts and conventions that were changed after registration.
    """

    price_year: int
    base_year: int
    perspective: str
    seed: int
    draws: int
    scrambles: int
    headline: Headline
    headline_value: float
    net: Band
    benefits: Band
    costs: Band
    chance_positive: Chance | None
    ratio: RatioKind
    ratios: tuple[Ratio, ...]
    parties: tuple[PartyRow, ...]
    beneficiaries: tuple[BeneficiaryRow, ...]
    posts: tuple[PostRow, ...]
    apart: tuple[PostRow, ...]
    years: tuple[YearRow, ...]
    inputs: tuple[InputRow, ...]
    tornado: tuple[TornadoRow, ...]
    break_even: tuple[BreakEven, ...]
    matrix: tuple[MatrixCell, ...]
    wrong_pocket: float | None
    completeness: tuple[CompletenessRow, ...]
    complete: bool
    double_counts: tuple[Note, ...]
    not_in_money: tuple[NotInMoney, ...]
    scenarios: tuple[ScenarioRow, ...]
    welfare: tuple[WelfareRow, ...]
    rests_on: tuple[RestsOn, ...]
    information: ValueOfInformation | None
    agenda: tuple[AgendaRow, ...]
    illustrative: bool
    invented: bool
    method: Note
    assumptions: tuple[Note, ...]
    warnings: tuple[Note, ...]
    deviations: tuple[Note, ...] = ()
