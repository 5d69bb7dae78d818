"""Several sets of effects, with rows held in memory: estimates and errors from their scores."""

import attrs
import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import RowPass, RowProducts, row_pass
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
    first = row_pass(attrs.evolve(asked, keep=kind is PanelError.HC1))
    fit = solve_rows(first)
    require_rest(fit, asked.outcomes[0])
    products = attrs.evolve(first, left=None, weights=None)
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
    left = np.empty((0, 0)) if found.left is None else found.left
    places = [found.names.index(name) for name in fit.names]
    residual = left[-1].copy()
    for place, slope in zip(places, fit.coefficients, strict=True):
        residual -= slope * left[place]
    pulled = np.zeros((len(fit.terms), residual.size))
    for row, line in zip(pulled, fit.bread[fit.terms], strict=True):
        for place, weight in zip(places, line, strict=True):
            row += weight * left[place]  # noqa: PLW2901 - in its place, on purpose
    pulled *= residual if found.weights is None else residual * found.weights
    free = fit.free
    if free <= 0:
        raise Refused("effects.refused.too_few_rows", rows=int(fit.n), columns=int(fit.n - free))
    covariance = np.array([[np.add.reduce(a * b) for b in pulled] for a in pulled])
    return Errors(
        covariance=covariance * fit.n / free,
        df=np.full(len(fit.terms), free),
        convention=note("panel.convention.hc1", df=int(free)),
    )


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
