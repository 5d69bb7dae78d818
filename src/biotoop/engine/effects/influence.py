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

    def __sub__(self, other: "Influence") -> "Influence":
        """Take one part from another."""
        return Influence(slope=self.slope - other.slope, at_mean=self.at_mean - other.at_mean)


def influence_error(
    influence: Influence, *, n: Vector, within: Vector, clusters: Codes | None, parameters: int = 1
) -> StandardError:
    """Turn an influence into a standard error.

    Parameters
    ----------
    influence
        Of one row of each cell.
    n, within
        Rows and sum of squares of the outcome inside each cell, shape (c,).
    clusters
        Cluster of each cell; None when rows are independent.
    parameters
        Parameters behind the answer; the rows variance is multiplied by N / (N - parameters),
        the clusters variance by G / (G - 1).

    Raises
    ------
    Refused
        There is only one cluster, or there are no more rows than parameters.
    """
    if clusters is None:
        rows = float(n.sum())
        if rows <= parameters:
            raise Refused("effects.refused.too_few_rows", rows=round(rows), columns=parameters)
        squares = float(influence.slope**2 @ within + n @ influence.at_mean**2)
        df = rows - parameters
        return StandardError(
            se=float(np.sqrt(squares * rows / df)), df=df,
            convention=note("effects.convention.influence", df=df),
        )
    groups = int(clusters.max()) + 1
    if groups < 2:
        raise Refused("effects.refused.one_cluster")
    sums = np.bincount(clusters, weights=n * influence.at_mean, minlength=groups)
    factor = groups / (groups - 1)
    return StandardError(
        se=float(np.sqrt(factor * (sums @ sums))), df=groups - 1,
        convention=note("effects.convention.influence_clusters", clusters=groups, df=groups - 1),
    )
