"""Standard errors of a contrast of least squares, all exact from cells, each by its name.

Sources: MacKinnon & White 1985 (HC1 to HC3); Liang & Zeger 1986 with the factor
G/(G-1) (N-1)/(N-K) that fixest and Stata use (CR1); Bell & McCaffrey 2002, Imbens & Kolesar
2016, Pustejovsky & Tipton 2018 (HC2 and CR2 with Satterthwaite degrees of freedom).
"""

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.arrays import Codes, Matrix, Vector
from biotoop.engine.effects.linear import LeastSquares
from biotoop.engine.effects.plan import IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sums import apply, dot, forms, gram

_SATURATED = 1e-10
CLUSTERED = frozenset({IntervalMethod.CR1, IntervalMethod.CR2})


@attrs.frozen(kw_only=True)
class StandardError:
    """A standard error, the degrees of freedom for its interval, and its name.

    Attributes
    ----------
    se
        In units of the outcome.
    df
        Degrees of freedom of the t distribution; None for a normal interval.
    convention
        Which convention, with its small-sample factor.
    """

    se: float
    df: float | None
    convention: Note


def standard_error(
    fit: LeastSquares, contrast: Vector, kind: IntervalMethod, clusters: Codes | None = None
) -> StandardError:
    """Give the standard error of a contrast of coefficients.

    Parameters
    ----------
    fit
        The regression.
    contrast
        Weights of the coefficients that were kept, shape (k,).
    kind
        The convention; CR1 and CR2 need clusters.
    clusters
        Cluster of each cell, numbered from 0, shape (c,).

    Raises
    ------
    Refused
        Clusters are missing or fewer than two, a single row decides the answer (HC2, HC3), or
        CR2 is asked of a weighted regression.
    """
    if kind in CLUSTERED:
        if clusters is None:
            raise Refused("effects.refused.no_clusters", method=kind.value.upper())
        if (groups := int(clusters.max()) + 1) < 2:
            raise Refused("effects.refused.one_cluster")
        clustered = _cr1 if kind is IntervalMethod.CR1 else _cr2
        return clustered(fit, contrast, clusters, groups)
    return _by_row(fit, contrast, kind)


def _by_row(fit: LeastSquares, contrast: Vector, kind: IntervalMethod) -> StandardError:
    rows, k = fit.rows, len(fit.coefficients)
    left = rows - k
    squares = fit.residual_squares
    named = note(f"effects.convention.{kind.value}", df=left)
    if kind is IntervalMethod.CLASSICAL:
        sigma2 = dot(fit.weights, squares) / left
        return StandardError(
            se=float(np.sqrt(sigma2 * contrast @ fit.bread @ contrast)), df=left, convention=named
        )
    # one row moves the answer by `pull` times its outcome
    pull = fit.weights * apply(fit.X, fit.bread @ contrast)
    if kind is IntervalMethod.HC1:
        variance = dot(pull**2, squares) * rows / left
        return StandardError(se=float(np.sqrt(variance)), df=left, convention=named)
    free = _freedom(fit, pull, kind)
    power = 1 if kind is IntervalMethod.HC2 else 2
    variance = dot(pull**2, squares / free**power)
    df = left
    if kind is IntervalMethod.HC2 and np.all(fit.weights == 1.0):
        df = _df_by_row(fit, pull / np.sqrt(free))
        named = note("effects.convention.hc2_satterthwaite", df=df)
    return StandardError(se=float(np.sqrt(variance)), df=df, convention=named)


def _freedom(fit: LeastSquares, pull: Vector, kind: IntervalMethod) -> Vector:
    """1 - leverage; rows that only fit themselves and move nothing count as free."""
    free = 1.0 - fit.leverage
    alone = free < _SATURATED
    if np.any(np.abs(pull[alone]) > _SATURATED * np.abs(pull).max()):
        raise Refused("effects.refused.one_row_decides", method=kind.value.upper())
    return np.where(alone, 1.0, free)


def _df_by_row(fit: LeastSquares, adjusted: Vector) -> float:
    """Satterthwaite degrees of freedom when every row is its own cluster."""
    weight = fit.n * adjusted**2
    hat = forms(fit.X, fit.bread)
    spread = gram(fit.X, weight)
    product = fit.bread @ spread
    trace = dot(weight, 1.0 - hat)
    squared = float(np.sum(fit.n * adjusted**4 * (1.0 - 2.0 * hat))) + float(
        np.trace(product @ product)
    )
    return trace**2 / squared


def _cr1(fit: LeastSquares, contrast: Vector, clusters: Codes, groups: int) -> StandardError:
    rows, k = fit.rows, len(fit.coefficients)
    pull = fit.weights * apply(fit.X, fit.bread @ contrast)
    scores = _per_cluster(pull * fit.n * fit.residuals, clusters, groups)
    factor = groups / (groups - 1) * (rows - 1) / (rows - k)
    return StandardError(
        se=float(np.sqrt(factor * dot(scores, scores))),
        df=groups - 1,
        convention=note("effects.convention.cr1", clusters=groups, df=groups - 1),
    )


def _per_cluster(values: Vector, clusters: Codes, groups: int) -> Vector:
    return np.asarray(np.bincount(clusters, weights=values, minlength=groups), np.float64)


def cross_products(X: Matrix, n: Vector, clusters: Codes, groups: int) -> Matrix:
    """Give X'X for each cluster, shape (g, k, k)."""
    k = X.shape[1]
    products = np.empty((groups, k, k))
    for i in range(k):
        for j in range(i + 1):
            sums = np.bincount(clusters, weights=n * X[:, i] * X[:, j], minlength=groups)
            products[:, i, j] = products[:, j, i] = sums
    return products


def _cr2(fit: LeastSquares, contrast: Vector, clusters: Codes, groups: int) -> StandardError:
    """Bell & McCaffrey's bias-reduced error, for a working model of equal independent errors."""
    if np.any(fit.weights != 1.0):
        raise Refused("effects.refused.cr2_weighted")
    A = cross_products(fit.X, fit.n, clusters, groups)
    values, vectors = np.linalg.eigh(fit.root.T @ A @ fit.root)
    free = 1.0 - values
    # a direction that lies in one cluster only cannot be corrected: it counts for nothing
    power = np.where(free > _SATURATED, np.maximum(free, _SATURATED) ** -0.5, 0.0)
    pull = fit.root.T @ contrast
    turned = np.einsum("gji,j->gi", vectors, pull) * power
    q = np.einsum("gij,gj->gi", vectors, turned)
    q = np.einsum("gi,ji->gj", q, fit.root)
    moved = fit.n * fit.residuals
    scores = _per_cluster(moved * np.sum(fit.X * q[clusters], axis=1), clusters, groups)
    df = _df_by_cluster(fit, A, q)
    return StandardError(
        se=float(np.sqrt(dot(scores, scores))),
        df=df,
        convention=note("effects.convention.cr2", clusters=groups, df=df),
    )


def _df_by_cluster(fit: LeastSquares, A: Matrix, q: Matrix) -> float:
    u = np.einsum("gij,gj->gi", A, q)
    own = np.sum(q * u, axis=1)
    across = forms(u, fit.bread)
    product = fit.bread @ gram(u, np.ones(len(u)))
    trace = float(np.sum(own - across))
    squared = float(np.sum(own**2 - 2.0 * own * across)) + float(np.trace(product @ product))
    if trace <= _SATURATED * float(np.sum(own)):
        raise Refused("effects.refused.clusters_decide")
    return trace**2 / squared
