"""The document valuation.yaml: what changes, what it costs, who pays, how sure each number is."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.ranges import Range

CODE = "^[A-Za-z][A-Za-z0-9_-]{0,47}$"
SOCIETY = "society"
IN_ESTIMATE = "in_estimate"
_IN_ESTIMATE_PATTERN = "^in_estimate$"


class Direction(StrEnum):
    """What an item does to the purse or the life of somebody."""

    BENEFIT = "benefit"
    COST = "cost"
    TRANSFER = "transfer"
    EFFORT = "effort"
    WELLBEING = "wellbeing"


APART = (Direction.EFFORT, Direction.WELLBEING)
"""Shown beside the euros and never added to them."""


class Timing(StrEnum):
    """When in a year the money is counted."""

    START_OF_YEAR = "start_of_year"
    MID_YEAR = "mid_year"
    END_OF_YEAR = "end_of_year"


class Headline(StrEnum):
    """Which figure stands first."""

    MEAN = "mean"
    MEDIAN = "median"


class RatioKind(StrEnum):
    """Which ratio is meant; the names are never mixed."""

    BENEFITS_TO_COSTS = "benefits_to_costs"
    SROI = "sroi"
    NET_TO_INPUTS = "net_to_inputs"


class PriceKind(StrEnum):
    """Integral: the average with overhead. Marginal: what one more or less costs."""

    INTEGRAL = "integral"
    MARGINAL = "marginal"


@attrs.frozen(kw_only=True)
class Discounting:
    """How later euros are counted: a named convention, its rate, its source and its date."""

    convention: str = field(
        "Name of a known convention (nl_2021), or `own` with rate, source and date.",
        default="nl_2021",
        pattern=CODE,
    )
    timing: Timing = field(
        "When in a year money is counted; year 1 is the base year.", default=Timing.START_OF_YEAR
    )
    rate: float | None = field(
        "Rate per year as a share, such as 0.0225.", default=None, minimum=0, maximum=0.2
    )
    effect_rate: float | None = field(
        "Another rate for the items, where the convention asks for it.",
        default=None,
        minimum=0,
        maximum=0.2,
    )
    cost_rate: float | None = field(
        "Another rate for the programme costs, where the convention asks for it.",
        default=None,
        minimum=0,
        maximum=0.2,
    )
    source: Text | None = field("Document that sets the rate.", default=None)
    date: dt.date | None = field("Since when the rate holds.", default=None)


@attrs.frozen(kw_only=True)
class IndexSeries:
    """An index by which prices of one year are brought to another."""

    name: str = field("Name, such as CPI or OVA.", pattern=CODE)
    source: Text = field("Where the figures come from.")
    values: Mapping[str, float] = field("Index figure for each year.", minProperties=2)


@attrs.frozen(kw_only=True)
class Party:
    """Somebody who pays or benefits."""

    code: str = field("Short code, such as municipality.", pattern=CODE)
    label: Text = field("Name on paper.")


@attrs.frozen(kw_only=True)
class Price:
    """What one unit is worth, of which year and by whose word."""

    amount: Range = field("Euros for one unit, in prices of `price_year`.")
    price_year: int = field("Year of the prices.", minimum=1990, maximum=2100)
    index: str | None = field(
        "Index series that brings the price to the price year of the valuation.", default=None
    )
    kind: PriceKind = field("Integral or marginal price.")
    realisation: Range | None = field(
        "Share of the price that is really saved: an avoided bed is no avoided cost until "
        "capacity falls.",
        default=None,
    )
    source: Text | None = field(
        "Where the price comes from; none makes it illustrative.", default=None
    )


@attrs.frozen(kw_only=True)
class FromEstimate:
    """A quantity that follows from an effect estimate: effect x people x units per effect."""

    estimate: str = field("Id of the analysis plan in effects.yaml.")
    people: Range = field("People for whom the effect holds.")
    units_per_effect: Range | None = field(
        "Units of this item for one unit of effect; leave out when they are the same.",
        default=None,
    )
    lower_is_better: bool = field(
        "True turns the sign: a fall in the outcome is a gain.", default=False
    )


@attrs.frozen(kw_only=True)
class Item:
    """One change that is valued: how much, at what price, and what part is ours."""

    id: str = field("Short code, unique in the valuation.", pattern=CODE)
    label: Text = field("What changes, in one line.")
    direction: Direction = field(
        "benefit or cost (a burden); transfer (payer to beneficiary, nil for society); effort "
        "(unpaid hours) and wellbeing are shown apart.",
        default=Direction.BENEFIT,
    )
    payer: str | Mapping[str, float] = field(
        "On whose purse the euros fall: one party, or shares that sum to 1."
    )
    beneficiary: str | None = field("For whom life changes; the payer if left out.", default=None)
    via: tuple[str, ...] = field("Codes of the links that the change came along.", default=())
    node: str | None = field("Code of the node that is valued.", default=None)
    quantity: Range | FromEstimate = field("How many units in the first year.")
    unit: Text = field("What one unit is, such as person-year.")
    price: Price = field("What one unit is worth.")
    deadweight: Range | str = field(
        "Share that would have happened anyway (0-1), or in_estimate.",
        pattern=_IN_ESTIMATE_PATTERN,
    )
    attribution_own: Range | str | None = field(
        "Share that is due to this programme (multiplied), or in_estimate.",
        default=None,
        pattern=_IN_ESTIMATE_PATTERN,
    )
    attribution_others: Range | None = field(
        "Share that is due to others (subtracted).", default=None
    )
    attribution: Any = field(
        "Refused: the word has two meanings. Write attribution_own or attribution_others.",
        default=None,
        deprecated=True,
    )
    argued: Text | None = field(
        "Why deadweight or attribution has a value of its own beside an estimate with a "
        "comparison.",
        default=None,
    )
    displacement: Range | None = field("Share that moved a problem elsewhere (0-1).", default=None)
    drop_off: Range | None = field("Share that is lost each year, from year 2 (0-1).", default=None)
    years: int = field("Years that the change lasts.", default=1, minimum=1, maximum=60)
    start_year: int | None = field("First year; the base year if left out.", default=None)
    cashable: bool = field("Whether the money can be taken out of a budget.", default=False)
    in_kind: bool = field("Whether it is not in money (hours, rooms).", default=False)
    illustrative: bool = field("True: an order of magnitude, no figure.", default=False)
    adds_to_total: bool | None = field(
        "Whether it counts in the total; wellbeing and effort never do.", default=None
    )
    distinct_from: Mapping[str, Text] = field(
        "Items that look like the same euro, with the reason why they are not.", factory=dict
    )

    @property
    def counted(self) -> bool:
        """Whether the item counts in the total."""
        return self.direction not in APART if self.adds_to_total is None else self.adds_to_total


@attrs.frozen(kw_only=True)
class Cost:
    """One input of the programme: what has to be paid or done to get the changes."""

    id: str = field("Short code, unique in the valuation.", pattern=CODE)
    label: Text = field("What is paid or done.")
    payer: str | Mapping[str, float] = field("Who pays: one party, or shares that sum to 1.")
    amount: Range = field("Euros a year, or units a year with `unit_price`.")
    unit_price: Range | None = field("Euros for one unit, when `amount` is in units.", default=None)
    price_year: int = field("Year of the prices.", minimum=1990, maximum=2100)
    index: str | None = field("Index series to the price year of the valuation.", default=None)
    years: int = field("Years that it is paid.", default=1, minimum=1, maximum=60)
    start_year: int | None = field("First year; the base year if left out.", default=None)
    via: tuple[str, ...] = field("Codes of links that the cost hangs on, if any.", default=())
    in_kind: bool = field("Whether it is not in money (hours, rooms).", default=False)
    illustrative: bool = field("True: an order of magnitude, no figure.", default=False)
    source: Text | None = field("Where it comes from; none makes it illustrative.", default=None)


@attrs.frozen(kw_only=True)
class SharedFactor:
    """One factor behind all effects: who is too hopeful about one is so about others."""

    on: bool = field("False takes the inputs as independent; say why.", default=True)
    correlation: float = field(
        "Correlation between the normal scores of any two inputs that share it.",
        default=0.5,
        minimum=0,
        exclusiveMaximum=1,
    )
    prices: bool = field(
        "Whether prices share it beside quantity, deadweight and attribution.", default=False
    )
    because: Text | None = field("Why this choice.", default=None)


@attrs.frozen(kw_only=True)
class Scenario:
    """The same figures under another choice of structure."""

    id: str = field("Short code.", pattern=CODE)
    label: Text = field("The choice in one line.")
    rate: float | None = field("Another rate for everything.", default=None, minimum=0, maximum=0.2)
    timing: Timing | None = field("Another timing.", default=None)
    longest: int | None = field("No effect counts beyond this many years.", default=None, minimum=1)
    without_items: tuple[str, ...] = field("Ids of items and costs left out.", default=())
    payer: str | None = field("Another perspective: one party, or society.", default=None)


@attrs.frozen(kw_only=True)
class WelfareFactor:
    """What the council lets a euro of wellbeing weigh beside a euro of money."""

    low: float = field("Smallest weight shown.", default=0.0, minimum=0)
    high: float = field("Largest weight shown.", default=1.0, minimum=0, maximum=10)
    because: Text | None = field("Who chose it, and why.", default=None)


@attrs.frozen(kw_only=True)
class NotInMoney:
    """A change that is not put in euros, in the words of residents."""

    label: Text = field("What changes.")
    node: str | None = field("Code of the node.", default=None)
    words: tuple[Text, ...] = field("How residents say it.", default=())
    who: Text | None = field("For whom.", default=None)
    negative: bool = field("Whether it is a change for the worse.", default=False)


@attrs.frozen(kw_only=True)
class Valuation:
    """What a programme is worth in euros, for whom, and what is not in euros."""

    schema_version: int = field("Version of this file format.", default=1, const=1)
    perspective: str = field("society, or the code of one party.", default=SOCIETY)
    price_year: int = field("Year of the prices in the result.", minimum=1990, maximum=2100)
    base_year: int = field(
        "Year 1, to which later years are discounted.", minimum=1990, maximum=2100
    )
    situation_without: Text | None = field(
        "What would happen without the programme; results are differences to it.", default=None
    )
    discounting: Discounting = field("How later euros are counted.", factory=Discounting)
    headline: Headline = field("Which figure stands first.", default=Headline.MEAN)
    ratio: RatioKind = field(
        "Which ratio is shown, once the inputs are complete.", default=RatioKind.BENEFITS_TO_COSTS
    )
    parties: tuple[Party, ...] = field("Who pays or benefits.", minItems=1)
    indices: tuple[IndexSeries, ...] = field("Index series for older prices.", default=())
    items: tuple[Item, ...] = field("What changes.", minItems=1)
    costs: tuple[Cost, ...] = field("What it costs.", default=())
    shared_factor: SharedFactor = field("What the inputs have in common.", factory=SharedFactor)
    scenarios: tuple[Scenario, ...] = field("Other choices of structure.", default=())
    welfare_factor: WelfareFactor | None = field("Weight of wellbeing.", default=None)
    not_in_money: tuple[NotInMoney, ...] = field("What is not put in euros.", default=())
    no_negative_effects: Text | None = field(
        "Why no negative or unintended effect is listed.", default=None
    )
    invented: bool = field("True marks every figure as invented, on every export.", default=False)
