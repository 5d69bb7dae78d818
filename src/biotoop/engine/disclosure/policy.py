"""The rules for what may be shown: for tables and figures, for voices, for words of the team."""

from collections.abc import Mapping
from enum import StrEnum

import attrs

from biotoop.engine.core.schema import field


class ZeroCells(StrEnum):
    """What happens with cells in which nobody falls."""

    HIDE = "hide"
    SHOW = "show"


@attrs.frozen(kw_only=True)
class SurveyPolicy:
    """Rules for figures from surveys and registers."""

    minimum_cell: int = field(
        "Fewest people in a cell that is shown, unweighted.", default=10, minimum=3
    )
    hidden_range: int | None = field(
        "How many people wide a hidden count must stay for a reader who combines everything; "
        "by default as wide as the smallest cell that is shown.",
        default=None,
        minimum=1,
    )
    zero_cells: ZeroCells = field("Whether empty cells are hidden.", default=ZeroCells.HIDE)
    largest_share: float = field(
        "Largest part of an amount that may come from one contributor.",
        default=0.50, exclusiveMinimum=0, maximum=1,
    )  # fmt: skip
    two_largest_share: float = field(
        "Largest part of an amount that may come from two contributors.",
        default=0.85, exclusiveMinimum=0, maximum=1,
    )  # fmt: skip
    hidden_amount_share: float = field(
        "How wide a hidden amount must stay, as a part of the highest amount it can be.",
        default=0.5, exclusiveMinimum=0, exclusiveMaximum=1,
    )  # fmt: skip
    group_share: float = field(
        "Largest part of a group that may give one and the same sensitive answer.",
        default=0.90, exclusiveMinimum=0.5, maximum=1,
    )  # fmt: skip
    degrees_of_freedom: int = field(
        "Fewest degrees of freedom of a model that is shown.", default=10, minimum=1
    )
    percentile_sides: int = field(
        "Fewest people on either side of a percentile that is shown.", default=10, minimum=1
    )
    rounding: int | None = field(
        "Counts are rounded to this base, such as 5 in open data.", default=None, minimum=2
    )
    place_columns: tuple[str, ...] = field(
        "Columns of the data that hold a neighbourhood or another small area.", default=()
    )
    inhabitants: Mapping[str, int] = field(
        "How many people live in each place that the data or the interviews name.", factory=dict
    )
    neighbourhood_people: int = field(
        "Fewest inhabitants of a neighbourhood that is shown apart.", default=100, minimum=1
    )

    @property
    def width(self) -> int:
        """How many people wide a hidden count must stay."""
        return self.minimum_cell if self.hidden_range is None else self.hidden_range


@attrs.frozen(kw_only=True)
class VoicesPolicy:
    """Rules for what people said."""

    minimum_count: int = field("Fewest people in a count that is shown.", default=3, minimum=2)
    minimum_breakdown: int = field(
        "Fewest people in each group when a count is broken down.", default=3, minimum=2
    )
    quote_without_place_below: int = field(
        "A quote names no place where fewer people live or take part than this.",
        default=50, minimum=1,
    )  # fmt: skip
    workers_outside_team: int = field(
        "A finding about fewer workers than this stays inside the team unless it agrees.",
        default=3, minimum=1,
    )  # fmt: skip
    worker_roles: tuple[str, ...] = field(
        "Roles in the interviews that are those of workers.",
        default=("worker", "professional", "medewerker", "beroepskracht", "sociaal werker"),
    )


@attrs.frozen(kw_only=True)
class WordsPolicy:
    """Rules for free words of the team: names and reasons of assessors."""

    roles: Mapping[str, str] = field(
        "The role that stands in the place of the name of each assessor, for readers.",
        factory=dict,
    )
    reasons: bool = field(
        "Whether the reasons that assessors wrote may be read outside the team.", default=False
    )


@attrs.frozen(kw_only=True)
class DisclosurePolicy:
    """The `disclosure` block of a study: all sets of rules."""

    survey: SurveyPolicy = field("Rules for figures.", factory=SurveyPolicy)
    voices: VoicesPolicy = field("Rules for voices.", factory=VoicesPolicy)
    words: WordsPolicy = field("Rules for free words of the team.", factory=WordsPolicy)
