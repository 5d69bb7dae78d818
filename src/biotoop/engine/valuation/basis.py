"""Columns for penalised regression: cubic splines, products, and bins for a single input."""

from collections.abc import Sequence
from itertools import combinations

import attrs
import numpy as np
from scipy.interpolate import BSpline

from biotoop.engine.valuation.quantile_fit import FloatArray

_DEGREE = 3
_MOST_FOR_ALL_PRODUCTS = 4
_MOST_FOR_PAIRS = 8


@attrs.frozen(kw_only=True, eq=False)
class Basis:
    """Columns of a regression and the penalty on their coefficients.

    Attributes
    ----------
    columns
        Shape (rows, m); the first column is the constant.
    penalty
        Shape (m, m); nil for what is not held back: constant and straight lines.
    """

    columns: FloatArray
    penalty: FloatArray


@attrs.frozen(kw_only=True, eq=False)
class Bins:
    """Rows sorted into bins of nearly equal count by one input.

    Attributes
    ----------
    place
        Bin of each row, shape (rows,).
    centre
        Mean of the input in each bin, shape (bins,).
    """

    place: np.ndarray[tuple[int], np.dtype[np.int64]]
    centre: FloatArray


def bins(x: FloatArray, most: int) -> Bins:
    """Sort rows into at most ``most`` bins, fine in the tails, where small worths are decided.

    Few distinct values have a bin each. Else the borders lie at ranks (1 - cos t) / 2 with t in
    even steps, so that the outermost bins hold about one row.
    """
    order = np.argsort(x, kind="stable")
    rising = np.concatenate([[0], np.cumsum(np.diff(x[order]) > 0)])
    if rising[-1] >= most:
        share = (np.arange(x.size) + 0.5) / x.size
        turn = np.floor(np.arccos(1 - 2 * share) / np.pi * most)
        rising = np.concatenate([[0], np.cumsum(np.diff(turn) > 0)])
    place = np.empty(x.size, dtype=np.int64)
    place[order] = rising
    count = np.bincount(place)
    return Bins(place=place, centre=np.bincount(place, weights=x) / count)


def spline(x: FloatArray, at: FloatArray, pieces: int) -> Basis:
    """Make a cubic spline in x with knots at quantiles of ``at``, without its constant.

    The penalty is the integral of the squared second derivative, taken by divided differences of
    the coefficients over the Greville points: straight lines are not penalised (Li & Cao 2022,
    general P-splines).

    Parameters
    ----------
    x
        Where to evaluate, shape (rows,).
    at
        Values that place the knots.
    pieces
        Number of polynomial pieces; fewer when ``at`` has few distinct values.
    """
    inner = np.unique(np.quantile(at, np.linspace(0, 1, pieces + 1)))
    if inner.size < 2:
        return Basis(columns=np.empty((x.size, 0)), penalty=np.empty((0, 0)))
    knots = np.concatenate([np.repeat(inner[0], _DEGREE), inner, np.repeat(inner[-1], _DEGREE)])
    inside = np.clip(x, inner[0], inner[-1])
    columns = BSpline.design_matrix(inside, knots, _DEGREE).toarray()
    greville = np.convolve(knots[1:-1], np.full(_DEGREE, 1 / _DEGREE), mode="valid")
    return Basis(columns=columns[:, 1:], penalty=_roughness(greville)[1:, 1:])


def _roughness(greville: FloatArray) -> FloatArray:
    gap = np.diff(greville)
    difference = np.diff(np.eye(greville.size), axis=0) / gap[:, None]
    turn = np.diff(difference, axis=0) / np.sqrt((gap[1:] + gap[:-1]) / 2)[:, None]
    product: FloatArray = np.einsum("ki,kj->ij", turn, turn)
    return product


def standardised(x: FloatArray) -> FloatArray:
    """Centre each column and bring it to unit spread; a constant column becomes nil."""
    spread = x.std(axis=0)
    score: FloatArray = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return score


def products(x: FloatArray) -> FloatArray:
    """Multiply standardised columns: all products up to four columns, pairs up to eight.

    A set whose worth lies only in a combination (x times y) shows nothing without these.
    """
    count = x.shape[1]
    highest = count if count <= _MOST_FOR_ALL_PRODUCTS else 2 * (count <= _MOST_FOR_PAIRS)
    sets = [s for size in range(2, highest + 1) for s in combinations(range(count), size)]
    if not sets:
        return np.empty((x.shape[0], 0))
    return np.column_stack([np.prod(x[:, s], axis=1) for s in sets])


def joined(rows: int, splines: Sequence[Basis], held: FloatArray) -> Basis:
    """Put columns side by side behind a constant.

    Parameters
    ----------
    rows
        Number of rows.
    splines
        Splines, each with its own penalty, brought to a common scale.
    held
        Columns that are held back towards nil, shape (rows, b).
    """
    parts = [np.ones((rows, 1)), *(s.columns for s in splines), held]
    columns = np.concatenate(parts, axis=1)
    penalty = np.zeros((columns.shape[1], columns.shape[1]))
    start = 1
    for part in splines:
        size = part.columns.shape[1]
        inside = slice(start, start + size)
        weight = np.einsum("ij,ij->", part.columns, part.columns)
        roughness = np.trace(part.penalty)
        if roughness > 0:
            penalty[inside, inside] = part.penalty * weight / roughness
        start += size
    held_back = np.arange(start, columns.shape[1])
    penalty[held_back, held_back] = float(rows)
    return Basis(columns=columns, penalty=penalty)
