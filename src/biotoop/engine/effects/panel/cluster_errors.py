"""Standard errors of a panel regression, all from the products of its clusters.

Sources: Liang & Zeger 1986 with the factor of fixest (CR1); Bell & McCaffrey 2002, Pustejovsky &
Tipton 2018 (CR2 with Satterthwaite degrees of freedom: effects of units lie within clusters, so
that what is left after the means of the units gives the same error as all indicators written
out); MacKinnon, Nielsen & Webb 2023 (CR3 as the jackknife over clusters).
"""

from enum import StrEnum

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.solved import COLLINEAR, Solved
from biotoop.engine.effects.refusals import Refused

_SATURATED = 1e-10
FEWEST_CLUSTERS = 3
_AT_ONCE = 1_000_000  # numbers of the equations of clusters that are solved together


class PanelError(StrEnum):
    """Convention of the standard error."""

    CLASSICAL = "classical"
    HC1 = "hc1"
    CR1 = "cr1"
    CR2 = "cr2"
    CR3 = "cr3"


@attrs.frozen(kw_only=True, eq=False)
class Errors:
    """Standard errors of the covariates, with their degrees of freedom.

    Attributes
    ----------
    covariance
        Of the covariates, shape (k, k).
    df
        Degrees of freedom of each, shape (k,).
    convention
        Name, with the small-sample factor.
    """

    covariance: Matrix
    df: Vector
    convention: Note

    @property
    def se(self) -> Vector:
        """Standard errors, shape (k,)."""
        return np.sqrt(np.diag(self.covariance))


def panel_errors(fit: Solved, kind: PanelError, cluster: str | None, *, weighted: bool) -> Errors:
    """Give the standard errors in a convention.

    Raises
    ------
    Refused
        No clusters were named, there are too few, one of them decides the answer, or CR2 is
        asked of a weighted regression.
    """
    if kind is PanelError.CLASSICAL:
        return _classical(fit)
    if kind is PanelError.HC1:
        raise Refused("panel.refused.hc1_rows")
    require_clusters(fit, kind.value.upper(), cluster)
    if kind is PanelError.CR1:
        return from_scores(fit, scores_covariance(fit), fit.clusters, str(cluster))
    if kind is PanelError.CR3:
        return _cr3(fit, str(cluster))
    if weighted:
        raise Refused("effects.refused.cr2_weighted")
    return _cr2(fit, str(cluster))


def require_clusters(fit: Solved, method: str, cluster: str | None) -> None:
    """Refuse an error by cluster without clusters, or with so few that nothing can be told."""
    if cluster is None:
        raise Refused("panel.refused.no_clusters", method=method)
    if fit.clusters == 1:
        raise Refused("panel.refused.one_cluster", cluster=cluster)
    if fit.clusters < FEWEST_CLUSTERS:
        raise Refused("panel.refused.two_clusters", cluster=cluster)


def _classical(fit: Solved) -> Errors:
    df = fit.free
    if df <= 0:
        raise Refused("effects.refused.too_few_rows", rows=int(fit.n), columns=int(fit.n - df))
    covariance = fit.bread[np.ix_(fit.terms, fit.terms)] * fit.left_over / df
    return Errors(
        covariance=covariance,
        df=np.full(len(fit.terms), df),
        convention=note("panel.convention.classical", df=int(df)),
    )


def small_sample(fit: Solved, groups: int) -> float:
    """Give the factor of fixest: G/(G-1) (N-1)/(N-K), effects of units not counted in K."""
    return groups / (groups - 1) * (fit.n - 1) / (fit.n - fit.unknowns)


def scores_covariance(fit: Solved) -> Matrix:
    """Give the covariance of the covariates from scores by cluster, without factor."""
    moved = np.einsum("kj,gj->gk", fit.bread[fit.terms], fit.scores)
    return np.asarray(np.einsum("gi,gj->ij", moved, moved))


def from_scores(fit: Solved, covariance: Matrix, groups: int, cluster: str) -> Errors:
    """Give CR1 errors from a covariance without factor."""
    return Errors(
        covariance=covariance * small_sample(fit, groups),
        df=np.full(len(fit.terms), groups - 1.0),
        convention=note("panel.convention.cr1", cluster=cluster, clusters=groups, df=groups - 1),
    )


def _cr2(fit: Solved, cluster: str) -> Errors:
    root = np.linalg.cholesky(fit.bread)
    turned = np.einsum(
        "ki,gkl,lj->gij", root, fit.A, root, optimize=["einsum_path", (0, 1), (0, 1)]
    )
    values, vectors = np.linalg.eigh((turned + turned.transpose(0, 2, 1)) / 2)
    free = 1.0 - values
    # a direction that lies in one cluster only cannot be corrected: it counts for nothing
    power = np.where(free > _SATURATED, np.maximum(free, _SATURATED) ** -0.5, 0.0)
    scores, dfs, moved = fit.scores, [], []
    for place in fit.terms:
        q = np.einsum("gji,j->gi", vectors, root[place]) * power
        q = np.einsum("ki,gi->gk", root, np.einsum("gij,gj->gi", vectors, q))
        moved.append(np.sum(scores * q, axis=1))
        dfs.append(_satterthwaite(fit, q))
    effects = np.array(moved)
    return Errors(
        covariance=np.einsum("ig,jg->ij", effects, effects),
        df=np.array(dfs),
        convention=note(
            "panel.convention.cr2", cluster=cluster, clusters=fit.clusters, df=round(dfs[0], 1)
        ),
    )


def _satterthwaite(fit: Solved, q: Matrix) -> float:
    u = np.einsum("gij,gj->gi", fit.A, q)
    own = np.sum(q * u, axis=1)
    across = np.einsum("gi,ij,gj->g", u, fit.bread, u)
    product = np.einsum("ij,gj,gk->ik", fit.bread, u, u)
    trace = float(np.sum(own - across))
    if trace <= _SATURATED * float(np.sum(own)):
        raise Refused("effects.refused.clusters_decide")
    squared = float(np.sum(own**2 - 2.0 * own * across)) + float(
        np.einsum("ij,ji->", product, product)
    )
    return trace**2 / squared


def without_each(fit: Solved) -> Matrix:
    """Estimate again without each cluster in turn; shape (G, k) for the covariates.

    Raises
    ------
    Refused
        Without one of the clusters a covariate cannot be told from the others.
    """
    total, right = fit.A.sum(axis=0), fit.b.sum(axis=0)
    found = np.empty((fit.clusters, len(fit.terms)))
    many = max(1, _AT_ONCE // total.size)
    for first in range(0, fit.clusters, many):
        some = slice(first, first + many)
        found[some] = _without(fit, total - fit.A[some], right - fit.b[some], np.diag(total))
    return found


def _without(fit: Solved, M: Matrix, v: Matrix, before: Vector) -> Matrix:
    """Solve for some clusters at once, or one by one where a column says nothing any more."""
    if _all_independent(M, before):
        scale = 1.0 / np.sqrt(np.einsum("gii->gi", M))
        scaled = M * scale[:, :, None] * scale[:, None, :]
        beta = scale * np.linalg.solve(scaled, (scale * v)[..., None])[..., 0]
        return np.asarray(beta[:, fit.terms])
    if len(M) > 1:
        return np.vstack([_without(fit, M[[g]], v[[g]], before) for g in range(len(M))])
    kept = independent(M[0], before)
    if not np.isin(fit.terms, kept).all():
        raise Refused("panel.refused.cluster_decides")
    beta = np.zeros((1, len(before)))
    scale = 1.0 / np.sqrt(np.diag(M[0])[kept])
    scaled = M[0][np.ix_(kept, kept)] * scale[:, None] * scale
    beta[0, kept] = scale * np.linalg.solve(scaled, scale * v[0, kept])
    return np.asarray(beta[:, fit.terms])


def _all_independent(M: Matrix, before: Vector) -> bool:
    left = M.copy()
    for place in range(len(before)):
        pivot = left[:, place, place]
        if not bool(np.all(pivot > COLLINEAR * before[place])):
            return False
        left -= left[:, place, :, None] * left[:, place, None, :] / pivot[:, None, None]
    return True


def independent(M: Matrix, before: Vector) -> list[int]:
    """Give the columns that add something, in order."""
    left, kept = M.copy(), []
    for place in range(len(M)):
        pivot = left[place, place]
        if pivot > COLLINEAR * before[place]:
            kept.append(place)
            left -= left[:, place, None] * left[place] / pivot
    return kept


def _cr3(fit: Solved, cluster: str) -> Errors:
    return jackknifed(fit, without_each(fit), cluster)


def jackknifed(fit: Solved, without: Matrix, cluster: str) -> Errors:
    """Give CR3 errors from the covariates without each cluster, shape (G, k)."""
    apart = without - fit.coefficients[fit.terms]
    groups = fit.clusters
    return Errors(
        covariance=np.einsum("gi,gj->ij", apart, apart) * (groups - 1) / groups,
        df=np.full(len(fit.terms), groups - 1.0),
        convention=note("panel.convention.cr3", cluster=cluster, clusters=groups, df=groups - 1),
    )
