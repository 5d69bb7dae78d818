"""Standard errors from influence: how far each person, or each cluster, moves the answer.

Everything that was estimated on the way (propensities, balancing weights, target means) is in
the influence, so the error allows for it. Source: Newey & McFadden 1994, section 6 (stacked
estimating equations); Lunceford & Davidian 2004 for weighting.
"""

import attrs
import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.effects.arrays import Codes, Vector
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.robust import StandardError
from biotoop.engine.effects.sums import dot


@attrs.frozen(kw_only=True, eq=False)
class Influence:
    """How far one row of each cell moves the estimate, already divided by the rows.

    A row with outcome y in a cell with mean m moves it by ``at_mean + slope * (y - m)``.

    Attributes
    ----------
    slope
        Shape (c,).
    at_mean
        Shape (c,).
    """

    slope: Vector
    at_mean: Vector

    def __add__(self, other: "Influence") -> "Influence":
        """Add two parts of one influence."""
        return Influence(slope=self.slope + other.slope, at_mean=self.at_mean + other.at_mean)

    def times(self, weight: Vector) -> "Influence":
        """Let each row count so many times."""
        return Influence(slope=self.slope * weight, at_mean=self.at_mean * weight)

    def __sub__(self, other: "Influence") -> "Influence":
        """Take one part from another."""
        return Influence(slope=self.slope - other.slope, at_mean=self.at_mean - other.at_mean)


def effective_n(n: Vector, weights: Vector) -> float:
    """Give the people that weights leave: (sum w)^2 / sum w^2 (Kish 1965)."""
    return dot(n, weights) ** 2 / dot(n, weights**2)


def influence_error(
    influence: Influence,
    *,
    n: Vector,
    within: Vector,
    clusters: Codes | None,
    df: float,
    convention: str = "influence",
    factor: float = 1.0,
    weight: Vector | None = None,
) -> StandardError:
    """Turn an influence into a standard error.

    Parameters
    ----------
    influence
        Of one row of each cell.
    n, within
        Rows and sum of squares of the outcome inside each cell, shape (c,).
    clusters
        Cluster of each cell; None when rows are independent. With clusters the variance is
        multiplied by G / (G - 1), the degrees of freedom are G - 1, and ``factor`` and ``df``
        are not used.
    df
        Degrees of freedom for independent rows.
    convention
        Name of the sentence in the catalogue; with clusters ``_clusters`` is added.
    factor
        Small-sample factor of the variance for independent rows.
    weight
        Weight of people: a row moves the answer so many times as much as the influence says.

    Raises
    ------
    Refused
        There is only one cluster, or no degree of freedom is left.
    """
    if weight is not None:
        influence = influence.times(weight)
    if clusters is None:
        if df <= 0:
            raise Refused(
                "effects.refused.too_few_rows",
                rows=round(float(n.sum())),
                columns=round(float(n.sum()) - df),
            )
        squares = dot(influence.slope**2, within) + dot(n, influence.at_mean**2)
        return StandardError(
            se=float(np.sqrt(squares * factor)),
            df=df,
            convention=note(f"effects.convention.{convention}", df=df),
        )
    groups = int(clusters.max()) + 1
    if groups < 2:
        raise Refused("effects.refused.one_cluster")
    sums: Vector = np.asarray(
        np.bincount(clusters, weights=n * influence.at_mean, minlength=groups), np.float64
    )
    se = float(np.sqrt(groups / (groups - 1) * dot(sums, sums)))
    named = note(f"effects.convention.{convention}_clusters", clusters=groups, df=groups - 1)
    return StandardError(se=se, df=groups - 1, convention=named)
