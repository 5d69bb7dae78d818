"""Penalised least squares from sums by block, with every block left out in turn.

Only sums over rows enter, added in a fixed order without threads, so that the answer has the same
bytes on any machine of the kind. The penalty is chosen by generalised cross-validation (Craven &
Wahba 1979), once for every outcome.
"""

import attrs
import numpy as np

from biotoop.engine.valuation.quantile_fit import FloatArray

_STRENGTHS = np.concatenate([[0.0], np.exp(np.linspace(-14.0, 14.0, 29))])
_JITTER = 1e-9


@attrs.frozen(kw_only=True, eq=False)
class Sums:
    """Sums over the rows of each block.

    Attributes
    ----------
    gram
        X'X, shape (blocks, m, m).
    cross
        X'Y, shape (blocks, m, outcomes).
    square
        Sum of the squares of each outcome, shape (outcomes,).
    rows
        Number of rows in all.
    """

    gram: FloatArray
    cross: FloatArray
    square: FloatArray
    rows: int


@attrs.frozen(kw_only=True, eq=False)
class Fit:
    """Coefficients.

    Attributes
    ----------
    whole
        From all rows, shape (m, outcomes).
    without
        From all blocks but one, shape (blocks, m, outcomes).
    """

    whole: FloatArray
    without: FloatArray


def sums(columns: FloatArray, outcomes: FloatArray, blocks: int) -> Sums:
    """Add up by block; rows of a block stand together and blocks are of equal size."""
    x = by_block(columns, blocks)
    y = by_block(outcomes, blocks)
    return Sums(
        gram=np.einsum("bin,bjn->bij", x, x),
        cross=np.einsum("bin,bkn->bik", x, y),
        square=np.einsum("nk,nk->k", outcomes, outcomes),
        rows=columns.shape[0],
    )


def by_block(columns: FloatArray, blocks: int) -> FloatArray:
    """Bring (rows, m) to (blocks, m, rows of a block), so that sums run along memory."""
    parts = columns.reshape(blocks, -1, columns.shape[1])
    return np.ascontiguousarray(parts.transpose(0, 2, 1))


def fit(added: Sums, penalty: FloatArray) -> Fit:
    """Fit each outcome with its own strength of penalty.

    Parameters
    ----------
    added
        Sums by block.
    penalty
        Shape (m, m), positive semi-definite.
    """
    gram, cross = added.gram.sum(axis=0), added.cross.sum(axis=0)
    gram = gram + _JITTER * np.trace(gram) / len(gram) * np.eye(len(gram))
    strength = _strengths(gram, cross, penalty, added)
    outcomes = cross.shape[1]
    whole, without = np.empty(cross.shape), np.empty(added.cross.shape)
    for k in range(outcomes):
        system = gram + strength[k] * penalty
        whole[:, k] = np.linalg.solve(system, cross[:, k])
        left = (cross - added.cross)[..., k]
        without[..., k] = np.linalg.solve(system - added.gram, left[..., None])[..., 0]
    return Fit(whole=whole, without=without)


def _strengths(gram: FloatArray, cross: FloatArray, penalty: FloatArray, added: Sums) -> FloatArray:
    """Choose the strength with the least GCV score for each outcome."""
    inverse = np.linalg.inv(gram + _STRENGTHS[:, None, None] * penalty)
    freedom = np.einsum("sij,ji->s", inverse, gram)
    solved = np.einsum("sij,jk->sik", inverse, cross)
    fitted = np.einsum("ij,sjk->sik", gram, solved)
    explained = np.einsum("sik,ik->sk", solved, 2 * cross) - np.einsum(
        "sik,sik->sk", solved, fitted
    )
    residual = np.maximum(added.square - explained, 0.0)
    score = residual / ((added.rows - freedom) ** 2)[:, None]
    best: FloatArray = _STRENGTHS[np.argmin(score, axis=0)]
    return best
