"""The columns of the products of a panel, and how each becomes pieces."""

from collections.abc import Sequence

import attrs

from biotoop.engine.datasets.limbs import Split, split_for
from biotoop.engine.datasets.panel_columns import PanelColumn

ONE = Split(exponent=0, count=1)
SHARE = split_for(1.0)


@attrs.frozen(kw_only=True, eq=False)
class Shape:
    """The columns of the products and how they become pieces.

    Attributes
    ----------
    columns
        The columns of the table, outcomes last.
    weights
        The column of weights, or None.
    periods, clusters
        How many there are.
    in_order
        Whether the rows of a unit lie in the order of the periods, not in that of an alphabet.
    """

    columns: tuple[PanelColumn, ...]
    weights: PanelColumn | None
    periods: int
    clusters: int
    in_order: bool = True

    @property
    def terms(self) -> list[tuple[str, PanelColumn]]:
        """Every term with its column."""
        return [(term, column) for column in self.columns for term in column.terms]

    @property
    def right(self) -> list[Split]:
        """Pieces of the constant and the terms."""
        return [ONE, *(column.split for _, column in self.terms)]

    @property
    def left(self) -> list[Split]:
        """Pieces of the same times the weight."""
        if self.weights is None:
            return self.right
        heaviest, whole = self.weights.reach, self.weights.whole
        return [
            split_for(heaviest, whole=whole),
            *(
                split_for(
                    heaviest * column.reach,
                    whole=whole and column.whole,
                    usual=self.weights.usual * column.usual,
                )
                for _, column in self.terms
            ),
        ]

    @property
    def sums(self) -> list[Split]:
        """Pieces of the sums per unit, the constant first."""
        heaviest = 1.0 if self.weights is None else self.weights.reach
        bounds = [heaviest, *(heaviest * column.reach for _, column in self.terms)]
        return [
            split.carried(self.periods, bound)
            for split, bound in zip(self.left, bounds, strict=True)
        ]

    @property
    def means(self) -> list[Split]:
        """Pieces of the mean of each term in a unit."""
        return [split_for(column.reach, usual=column.usual) for _, column in self.terms]


def width(splits: Sequence[Split]) -> int:
    """Give how many pieces there are."""
    return sum(split.count for split in splits)
