"""What knowing some inputs says of the others that share the factor of the programme."""

import math

import attrs
import numpy as np

from biotoop.engine.valuation.distributions import Distribution
from biotoop.engine.valuation.draws import Draws
from biotoop.engine.valuation.inputs import Model
from biotoop.engine.valuation.quantile_fit import FloatArray

_NODES, _NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(40)
_NODE_WEIGHTS = _NODE_WEIGHTS / _NODE_WEIGHTS.sum()
_GRID = 97


@attrs.frozen(kw_only=True, eq=False)
class Expected:
    """Inputs as far as a set tells them.

    Attributes
    ----------
    values
        Shape (draws, inputs): as drawn inside the set, at their mean given the set outside it.
    factor
        Mean of the shared factor given the set, shape (draws,); None when the set says nothing
        of any input outside it.
    """

    values: FloatArray
    factor: FloatArray | None


def expected_given(model: Model, draws: Draws, columns: tuple[int, ...]) -> Expected:
    """Expect every input given those of a set.

    Scores are normal: with k inputs of the set sharing the factor, its precision given their
    scores is 1 + k r / (1 - r), r the correlation, and its mean v sqrt(r) / (1 - r) times the sum
    of their scores, each by its sign. An input outside then has a normal score, and its mean
    follows by Gauss-Hermite quadrature.

    Parameters
    ----------
    model
        The inputs.
    draws
        Their draws.
    columns
        Columns of the set.
    """
    values = np.repeat(draws.values.mean(axis=0)[None, :], draws.count, axis=0)
    values[:, columns] = draws.values[:, columns]
    hope = np.array([item.hope for item in model.inputs], dtype=np.float64)
    inside = hope[list(columns)]
    outside = [k for k in np.flatnonzero(hope) if k not in columns]
    r = draws.correlation
    if r == 0 or not inside.any() or not outside:
        return Expected(values=values, factor=None)
    variance = 1 / (1 + np.abs(inside).sum() * r / (1 - r))
    told = (draws.scores[:, columns] * inside).sum(axis=1)
    factor = variance * math.sqrt(r) / (1 - r) * told
    spread = math.sqrt(1 - r + r * variance)
    for k in outside:
        centre = hope[k] * math.sqrt(r) * factor
        values[:, k] = _mean_at(model.inputs[k].distribution, centre, spread)
    return Expected(values=values, factor=factor)


def _mean_at(given: Distribution, centre: FloatArray, spread: float) -> FloatArray:
    """Give the mean of an input whose score is normal around each centre, by interpolation."""
    grid = np.linspace(centre.min(), centre.max(), _GRID)
    at_nodes = given.quantile(grid[:, None] + spread * _NODES)
    means = np.einsum("gn,n->g", at_nodes, _NODE_WEIGHTS)
    found: FloatArray = np.interp(centre, grid, means)
    return found
