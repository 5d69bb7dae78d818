"""The decision that a study serves; without one there is no value of information."""

import attrs

from biotoop.engine.core.schema import field
from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.model import CODE, SOCIETY


@attrs.frozen(kw_only=True)
class Option:
    """One thing that can be decided."""

    id: str = field("Short code.", pattern=CODE)
    label: Text = field("The option in one line.")
    without: bool = field(
        "True marks the situation without the programme, worth nil by definition.", default=False
    )
    items: tuple[str, ...] | None = field(
        "Ids of the items that come with it; all if left out.", default=None
    )
    costs: tuple[str, ...] | None = field(
        "Ids of the costs that come with it; all if left out.", default=None
    )
    effect_scale: float = field("Factor on the quantities of its items.", default=1.0, minimum=0)
    cost_scale: float = field("Factor on the amounts of its costs.", default=1.0, minimum=0)


@attrs.frozen(kw_only=True)
class StudyCost:
    """What it costs to find something out."""

    links: tuple[str, ...] = field("Codes of the links that the study is about.", minItems=1)
    label: Text = field("The study in one line.")
    cost: float = field("Euros for the whole study.", minimum=0)
    source: Text | None = field("Where the amount comes from.", default=None)


@attrs.frozen(kw_only=True)
class Decision:
    """Who decides what, for how many people, for how long."""

    question: Text = field("What has to be decided.")
    options: tuple[Option, ...] = field(
        "What can be chosen, with exactly one situation without.", minItems=2
    )
    payer: str = field("Whose euros decide: society, or the code of one party.", default=SOCIETY)
    people: float = field("People that the valuation is about.", exclusiveMinimum=0)
    population: float = field("People for whom it would be decided, each year.", exclusiveMinimum=0)
    years: int = field("Years that the decision will stand.", minimum=1, maximum=60)
    implement: float = field(
        "Share that would really be decided as the figures say.",
        default=1.0,
        exclusiveMinimum=0,
        maximum=1,
    )
    study_cost: float | None = field(
        "Euros for a study of one link, unless listed; leave out when unknown.",
        default=None,
        minimum=0,
    )
    studies: tuple[StudyCost, ...] = field("Studies with a cost of their own.", default=())
