"""What a fitted curve is worth when it decides: value, error and bracket, from cells."""

import math

import attrs
import numpy as np

from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.regression import Sums, fit


@attrs.frozen(kw_only=True)
class Worth:
    """What knowing something is worth, in the unit of the net benefits.

    Attributes
    ----------
    value
        Plug-in estimate: the fitted curve decides and pays. High on average.
    error
        Standard error by the jackknife over blocks.
    lower
        The curve fitted without a block decides, the draws of that block pay. Low on average.
    upper
        The plug-in estimate; for everything: plus the bias of choosing on the same draws.
    lifted
        Whether ``ordered`` changed the value.
    """

    value: float
    error: float
    lower: float
    upper: float
    lifted: bool = False


@attrs.frozen(kw_only=True, eq=False)
class Cells:
    """Rows, or bins of rows, with what is paid in them.

    Attributes
    ----------
    design
        Columns of the regression at each cell, shape (cells, m).
    penalty
        Shape (m, m).
    added
        Sums by block.
    weight
        Rows of each block in each cell, shape (cells, blocks).
    paid
        Sum of the gain over those rows, shape (outcomes, cells, blocks).
    spans
        Cells in which each block has rows.
    """

    design: FloatArray
    penalty: FloatArray
    added: Sums
    weight: FloatArray
    paid: FloatArray
    spans: tuple[slice, ...]


def worth_of(cells: Cells, *, spread: bool) -> Worth:
    """Let the fitted curve choose, and pay what it says.

    Parameters
    ----------
    cells
        Where and what.
    spread
        False gives the value only: error nan, and both ends of the bracket at the value.
    """
    found, rows = fit(cells.added, cells.penalty), cells.added.rows
    count, by_block = cells.weight.sum(axis=1), cells.paid.sum(axis=1)
    now = max(float(by_block.sum(axis=1).max()) / rows, 0.0)
    if not spread:
        value = max(_pays(_fitted(cells.design, found.whole[None])[0], count) / rows - now, 0.0)
        return Worth(value=value, error=math.nan, lower=value, upper=value)
    fitted = _fitted(cells.design, np.concatenate([found.whole[None], found.without]))
    value = max(_pays(fitted[0], count) / rows - now, 0.0)
    rest, decided = _blocks_left_out(cells, fitted[1:], count, by_block)
    lower = min(max(decided / rows - now, 0.0), value)
    return Worth(value=value, error=jackknife(rest), lower=lower, upper=value)


def _blocks_left_out(
    cells: Cells, fitted: FloatArray, count: FloatArray, by_block: FloatArray
) -> tuple[FloatArray, float]:
    """Give the value without each block, and what the draws of the left-out blocks pay."""
    blocks, size = len(fitted), cells.weight.sum(axis=0)
    rest, decided, sum_ = np.empty(blocks), 0.0, by_block.sum(axis=1)
    for b in range(blocks):
        held, span = fitted[b], cells.spans[b]
        stay = max(float((sum_ - by_block[:, b]).max()), 0.0)
        pays = _pays(held, count - cells.weight[:, b])
        rest[b] = (pays - stay) / (cells.added.rows - size[b])
        decided += _decided(held[:, span], cells.paid[:, span, b])
    return rest, decided


def _fitted(design: FloatArray, coefficients: FloatArray) -> FloatArray:
    """Evaluate all fits: (cells, m) and (fits, m, outcomes) give (fits, outcomes, cells)."""
    fits, m, outcomes = coefficients.shape
    side_by_side = np.ascontiguousarray(coefficients.transpose(1, 0, 2)).reshape(m, -1)
    found = np.einsum("ij,ic->jc", side_by_side, np.ascontiguousarray(design.T))
    return np.asarray(found.reshape(fits, outcomes, len(design)), dtype=np.float64)


def _decided(fitted: FloatArray, paid: FloatArray) -> float:
    """Add up what is paid where the fitted curve chooses; both (outcomes, cells)."""
    if len(fitted) == 1:
        return float(np.sum(paid[0], where=fitted[0] > 0))
    choice, cells = np.argmax(fitted, axis=0), np.arange(fitted.shape[1])
    return float(np.sum(paid[choice, cells], where=fitted[choice, cells] > 0))


def _pays(fitted: FloatArray, weight: FloatArray) -> float:
    best = fitted[0] if len(fitted) == 1 else fitted.max(axis=0)
    return float(np.einsum("c,c->", np.maximum(best, 0.0), weight))


def leave_one_out(parts: FloatArray) -> FloatArray:
    """Give the mean of all blocks but one, for every block; blocks along the first axis."""
    mean: FloatArray = (parts.sum(axis=0) - parts) / (len(parts) - 1)
    return mean


def jackknife(rest: FloatArray) -> float:
    """Give the standard error from leave-one-out values (Efron & Stein 1981)."""
    return float(math.sqrt((len(rest) - 1) * float(np.mean((rest - rest.mean()) ** 2))))
