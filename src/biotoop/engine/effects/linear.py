"""Least squares on cells: the same coefficients as on the rows."""

import attrs
import numpy as np
import scipy.linalg

from biotoop.engine.effects.arrays import Codes, Matrix, Vector
from biotoop.engine.effects.refusals import Refused

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
    """Fit least squares on cells by a QR decomposition with scaled columns.

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
    root_weight = np.sqrt(n * weight)[:, None]
    kept, dropped = _independent(X * root_weight)
    if float(n[weight > 0].sum()) <= len(kept):
        raise Refused("effects.refused.too_few_rows", rows=round(float(n.sum())), columns=len(kept))
    chosen = X[:, kept]
    scale = np.sqrt(np.sum((chosen * root_weight) ** 2, axis=0))
    Q, R = np.linalg.qr(chosen * root_weight / scale)
    beta = scipy.linalg.solve_triangular(R, Q.T @ (mean * root_weight[:, 0])) / scale
    root = scipy.linalg.solve_triangular(R, np.eye(len(kept))) / scale[:, None]
    return LeastSquares(
        coefficients=beta, bread=root @ root.T, root=root, X=chosen, n=n, within=within,
        weights=weight, residuals=mean - chosen @ beta,
        leverage=weight * np.sum((chosen @ root) ** 2, axis=1), kept=kept, dropped=dropped,
    )


def _independent(X: Matrix) -> tuple[Codes, Codes]:
    """Tell which columns add something to those before them."""
    kept = list(range(X.shape[1]))
    dropped: list[int] = []
    lengths = np.sqrt(np.sum(X**2, axis=0))
    while kept:
        # at the first column that its forerunners explain, drop it and look again
        pivots = np.abs(np.diag(np.linalg.qr(X[:, kept], mode="r")))
        padded = np.zeros(len(kept))
        padded[: len(pivots)] = pivots
        weak = np.flatnonzero(padded <= _COLLINEAR * np.maximum(lengths[kept], 1e-300))
        if not len(weak):
            break
        dropped.append(kept.pop(int(weak[0])))
    return np.array(kept, dtype=np.int64), np.array(sorted(dropped), dtype=np.int64)
