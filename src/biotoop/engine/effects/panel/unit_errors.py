"""The error with each unit as its own cluster, from a second pass over the rows.

Millions of units cannot each keep a matrix. But the score of a unit for one coefficient is the sum
of ``w e`` over its rows, with ``e`` the residual and ``w`` the row of the inverse times the
columns, both with the mean of the unit taken off: three sums for each coefficient and unit.
"""

import numpy as np

from biotoop.engine.datasets.store import PanelScores, unit_scores
from biotoop.engine.effects.panel.cluster_errors import Errors, from_scores
from biotoop.engine.effects.panel.solved import Solved


def errors_by_unit(fit: Solved, asked: PanelScores) -> Errors:
    """Give CR1 errors with the units as clusters."""
    rows = [fit.bread[place] for place in fit.terms]
    covariance = unit_scores(asked, names=fit.names, pulls=np.array(rows), slopes=fit.coefficients)
    return from_scores(fit, covariance, int(fit.units), asked.panel.unit)
