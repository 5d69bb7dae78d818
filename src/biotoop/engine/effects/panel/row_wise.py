"""Several sets of effects, with rows held in memory: estimates and errors from their scores."""

from biotoop.engine.datasets.store import RowPass, RowProducts, row_pass
from biotoop.engine.effects.panel.cluster_errors import Errors, PanelError, panel_errors
from biotoop.engine.effects.panel.solved import Solved, require_rest, solve_rows
from biotoop.engine.effects.refusals import Refused

_EXACT = frozenset({PanelError.CR1, PanelError.CLASSICAL})


def by_rows(asked: RowPass, kind: PanelError) -> tuple[RowProducts, Solved, Errors]:
    """Take effects off the rows, and solve.

    Raises
    ------
    Refused
        The error asked for needs every cluster on its own, which effects across clusters do not
        allow; or as ``solve_rows``.
    """
    if kind not in _EXACT:
        raise Refused("panel.refused.rows_cr1", error=kind.value.upper())
    products = row_pass(asked)
    fit = solve_rows(products)
    require_rest(fit, asked.outcomes[0])
    errors = panel_errors(fit, kind, asked.clusters, weighted=asked.weights is not None)
    return products, fit, errors
