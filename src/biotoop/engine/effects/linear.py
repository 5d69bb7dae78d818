"""Least squares on cells: the same coefficients as on the rows."""

import attrs
import numpy as np
import scipy.linalg

from biotoop.engine.effects.arrays import Codes, Matrix, Vector
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sums import apply, by_columns, cross, dot

_COLLINEAR = 1e-9


@attrs.frozen(kw_only=True, eq=False)
class LeastSquares:
    """A fitted (weighted) least squares regression.

    Attributes
    ----------
    coefficients
        Shape (k,), of the columns that were kept.
    bread
        (X'WX)^-1, shape (k, k).
    root
        Lower or upper root L with L L' = bread, shape (k, k).
    X
        Columns that were kept, shape (c, k).
    n, within, weights
        Rows, sum of squares inside, and weight per row of each cell, shape (c,).
    residuals
        Mean outcome minus fitted value of each cell, shape (c,).
    leverage
        Of one row of each cell, shape (c,).
    kept, dropped
        Numbers of the columns kept, and of those that the others already say.
    """

    coefficients: Vector
    bread: Matrix
    root: Matrix
    X: Matrix
    n: Vector
    within: Vector
    weights: Vector
    residuals: Vector
    leverage: Vector
    kept: Codes
    dropped: Codes

    @property
    def rows(self) -> float:
        """Number of rows."""
        return float(self.n.sum())

    @property
    def residual_squares(self) -> Vector:
        """Sum over the rows of each cell of the squared residual, shape (c,)."""
        return self.within + self.n * self.residuals**2

    def contrast(self, full: Vector) -> Vector:
        """Cut a contrast over all columns to those that were kept.

        Raises
        ------
        Refused
            The contrast leans on a column that was dropped: the data cannot tell it apart.
        """
        if np.any(full[self.dropped] != 0):
            raise Refused("effects.refused.not_identified")
        return full[self.kept]


def least_squares(
    X: Matrix, *, n: Vector, mean: Vector, within: Vector, weights: Vector | None = None
) -> LeastSquares:
    """Fit least squares on cells by an orthonormal basis of the columns.

    Columns that are a combination of earlier ones are dropped, as R does.

    Parameters
    ----------
    X
        Regressors with the intercept, constant within a cell, shape (c, k).
    n, mean, within
        Rows, mean outcome and sum of squares around it in each cell, shape (c,).
    weights
        Weight of one row in each cell; none means 1.

    Raises
    ------
    Refused
        There are not more rows than columns.
    """
    weight = np.ones(len(n)) if weights is None else weights
    heavy = n * weight
    X = by_columns(X)
    kept, dropped, Q = _orthonormal(X, heavy)
    if float(n[weight > 0].sum()) <= len(kept):
        raise Refused("effects.refused.too_few_rows", rows=round(float(n.sum())), columns=len(kept))
    chosen = X if not len(dropped) else by_columns(X[:, kept])
    R = np.column_stack([cross(Q, heavy * chosen[:, place]) for place in range(len(kept))])
    root = scipy.linalg.solve_triangular(np.triu(R), np.eye(len(kept)))
    beta = root @ cross(Q, heavy * mean)
    # one step of refinement takes away what rounding left
    beta = beta + root @ cross(Q, heavy * (mean - apply(chosen, beta)))
    return LeastSquares(
        coefficients=beta,
        bread=root @ root.T,
        root=root,
        X=chosen,
        n=n,
        within=within,
        weights=weight,
        residuals=mean - apply(chosen, beta),
        leverage=weight * np.add.reduce(Q**2, axis=1),
        kept=kept,
        dropped=dropped,
    )


def _orthonormal(X: Matrix, heavy: Vector) -> tuple[Codes, Codes, Matrix]:
    """Make the columns orthonormal one by one (Gram-Schmidt, twice), as R does: in order.

    Returns
    -------
    tuple
        Numbers of the columns that add something, of those that do not, and Q with Q'WQ = 1.
    """
    kept: list[int] = []
    dropped: list[int] = []
    basis: list[tuple[Vector, Vector]] = []
    for place in range(X.shape[1]):
        left = X[:, place].astype(np.float64)
        length = np.sqrt(dot(heavy, left**2))
        for _ in range(2):
            for other, weighted in basis:
                left = left - dot(weighted, left) * other
        size = np.sqrt(dot(heavy, left**2))
        if size <= _COLLINEAR * max(length, 1e-300):
            dropped.append(place)
            continue
        kept.append(place)
        basis.append((left / size, heavy * left / size))
    Q = by_columns(np.array([other for other, _ in basis]).T)
    return np.array(kept, dtype=np.int64), np.array(dropped, dtype=np.int64), Q
