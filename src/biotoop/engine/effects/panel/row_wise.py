"""Several sets of effects, with rows held in memory: estimates and errors from their scores."""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import KeptRows, RowPass, RowProducts, row_pass
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.cluster_errors import (
    Errors,
    PanelError,
    independent,
    jackknifed,
    panel_errors,
    require_clusters,
)
from biotoop.engine.effects.panel.solved import Solved, require_rest, solve_rows
from biotoop.engine.effects.refusals import Refused

MOST_LEFT_OUT = 100


def by_rows(asked: RowPass, kind: PanelError) -> tuple[RowProducts, Solved, Errors]:
    """Take effects off the rows, and solve.

    CR3 takes the effects off anew without each cluster in turn, which holds for effects across
    clusters too; so its time grows with the number of clusters.

    Raises
    ------
    Refused
        CR2 is asked, which has no way with effects across clusters; CR3 is asked of more than
        100 clusters; or as ``solve_rows``.
    """
    if kind is PanelError.CR2:
        raise Refused("panel.refused.rows_cr2")
    first = row_pass(attrs.evolve(asked, keep=asked.keep or kind is PanelError.HC1))
    fit = solve_rows(first)
    require_rest(fit, asked.outcomes[0])
    products = first if asked.keep else attrs.evolve(first, kept=None)
    if kind is PanelError.HC1:
        return products, fit, _by_row(first, fit)
    if kind is PanelError.CR3:
        return products, fit, _jackknife(asked, fit)
    return (
        products,
        fit,
        panel_errors(fit, kind, asked.clusters, weighted=asked.weights is not None),
    )


def _by_row(found: RowProducts, fit: Solved) -> Errors:
    """Give HC1: each row its own spread (White 1980), factor N/(N-K) with all effects in K."""
    kept = _kept(found)
    left, places = kept.left, [found.names.index(name) for name in fit.names]
    residual = _residual(kept, places, fit)
    pulled = np.zeros((len(fit.terms), residual.size))
    for row, line in zip(pulled, fit.bread[fit.terms], strict=True):
        for place, weight in zip(places, line, strict=True):
            row += weight * left[place]  # noqa: PLW2901 - in its place, on purpose
    pulled *= kept.heavy(residual)
    free = fit.free
    if free <= 0:
        raise Refused("effects.refused.too_few_rows", rows=int(fit.n), columns=int(fit.n - free))
    covariance = np.array([[np.add.reduce(a * b) for b in pulled] for a in pulled])
    return Errors(
        covariance=covariance * fit.n / free,
        df=np.full(len(fit.terms), free),
        convention=note("panel.convention.hc1", df=int(free)),
    )


def _kept(found: RowProducts) -> KeptRows:
    if found.kept is None:
        raise Refused("panel.refused.rows_let_go")
    return found.kept


def _residual(kept: KeptRows, places: Sequence[int], fit: Solved) -> Vector:
    residual = kept.left[-1].copy()
    for place, slope in zip(places, fit.coefficients, strict=True):
        residual -= slope * kept.left[place]
    return np.asarray(residual)


def spill_of(found: RowProducts, fit: Solved, term: str) -> tuple[Matrix, Matrix]:
    """Tell how turning the residuals of one cluster around reaches the scores of all.

    Effects that lie across clusters carry what is turned around from one to another. Both parts of
    the restricted residuals - those found, and what they move by when the effect is held one
    lower - are taken apart by cluster, and the effects are taken off each anew.

    Raises
    ------
    Refused
        The rows were let go, or there are more than 100 clusters.
    """
    kept = _kept(found)
    if fit.clusters > MOST_LEFT_OUT:
        raise Refused("panel.refused.rows_wild", clusters=fit.clusters, most=MOST_LEFT_OUT)
    places, place = [found.names.index(name) for name in fit.names], fit.place(term)
    pull = fit.bread[place]
    along, shift = (
        np.add.reduce([w * kept.left[p] for p, w in zip(places, line, strict=True)])
        for line in (pull, pull / pull[place])
    )
    values = (_residual(kept, places, fit), shift)
    first, second = (kept.spread(value, along, fit.clusters) for value in values)
    return first, second


def _jackknife(asked: RowPass, fit: Solved) -> Errors:
    require_clusters(fit, "CR3", asked.clusters)
    if fit.clusters > MOST_LEFT_OUT:
        raise Refused("panel.refused.rows_cr3", clusters=fit.clusters, most=MOST_LEFT_OUT)
    again = row_pass(attrs.evolve(asked, without_each=True))
    places = [again.names.index(name) for name in fit.names]
    outcome, found = len(again.names) - 1, []
    for M in () if again.without is None else again.without:
        own = M[np.ix_(places, places)]
        kept = independent(own, fit.before[:-1])
        if not np.isin(fit.terms, kept).all():
            raise Refused("panel.refused.cluster_decides")
        beta = np.zeros(len(places))
        beta[kept] = np.linalg.solve(own[np.ix_(kept, kept)], M[places, outcome][kept])
        found.append(beta[fit.terms])
    return jackknifed(fit, np.array(found), str(asked.clusters))
