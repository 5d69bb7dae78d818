"""The people of one analysis, folded into cells: all that the estimators ever see."""

from collections.abc import Mapping

import attrs
import numpy as np

from biotoop.engine.effects.arrays import Codes, Mask, Matrix, Vector
from biotoop.engine.effects.sums import dot


@attrs.frozen(kw_only=True, eq=False)
class Sample:
    """Rows that share side, covariates and cluster, folded without loss.

    A cell may hold one row. All that follows is exact: a sum of squares over rows is the sum
    inside the cell plus n times the square of the cell's mean.

    Attributes
    ----------
    n
        Rows in each cell, shape (c,).
    mean
        Mean outcome in each cell, shape (c,).
    within
        Sum of squared distances of the outcome to the cell's mean, shape (c,).
    treated
        Whether the rows of the cell were reached, shape (c,).
    X
        Covariate terms, without intercept, shape (c, k).
    names
        Name of each term.
    columns
        The covariates themselves, as numbers or codes, each of shape (c,).
    categories
        Labels of the codes of categorical columns.
    clusters
        Cluster of each cell, numbered from 0, shape (c,); None without clusters.
    weight
        For how many people one row of each cell stands, shape (c,); None when each stands for one.
    """

    n: Vector
    mean: Vector
    within: Vector
    treated: Mask
    X: Matrix
    names: tuple[str, ...] = ()
    columns: Mapping[str, Vector] = attrs.field(factory=dict)
    categories: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    clusters: Codes | None = None
    weight: Vector | None = None

    @property
    def people(self) -> Vector:
        """Rows in each cell by their weight, shape (c,)."""
        return self.n if self.weight is None else self.n * self.weight

    def standing(self, weights: Vector) -> Vector:
        """Give weights of an estimator times those of people, for one row of each cell."""
        return weights if self.weight is None else weights * self.weight

    @property
    def rows(self) -> int:
        """Number of rows."""
        return round(float(self.n.sum()))

    def count(self, side: Mask) -> int:
        """Rows in the cells of a mask."""
        return round(float(self.n[side].sum()))

    def take(self, keep: Mask) -> "Sample":
        """Keep some cells; clusters are numbered anew."""
        clusters = self.clusters
        if clusters is not None:
            clusters = np.unique(clusters[keep], return_inverse=True)[1].astype(np.int64)
        return attrs.evolve(
            self,
            n=self.n[keep],
            mean=self.mean[keep],
            within=self.within[keep],
            treated=self.treated[keep],
            X=self.X[keep],
            clusters=clusters,
            weight=None if self.weight is None else self.weight[keep],
            columns={name: values[keep] for name, values in self.columns.items()},
        )


def cluster_count(clusters: Codes, keep: Mask | None = None) -> int:
    """Count the clusters, of all cells or of those in a mask."""
    return len(np.unique(clusters if keep is None else clusters[keep]))


def weighted_moments(
    values: Vector, weights: Vector, within: Vector | None = None
) -> tuple[float, float]:
    """Give mean and variance (divided by the weight itself) under weights.

    Parameters
    ----------
    values
        Mean of each cell, shape (c,).
    weights
        Weight of each cell in all: rows times weight per row, shape (c,).
    within
        Weighted sum of squares inside each cell, shape (c,); none for cell constants.
    """
    total = float(weights.sum())
    mean = dot(weights, values) / total
    spread = dot(weights, (values - mean) ** 2)
    if within is not None:
        spread += float(within.sum())
    return mean, spread / total
