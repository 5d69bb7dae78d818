"""Expected value of perfect information, for everything and for sets of inputs.

EVPI = E max_d NB_d - max_d E NB_d. EVPPI of a set = E max_d E[NB_d | set] - max_d E NB_d, the inner
expectation by regression on the draws there are (Strong, Oakley & Brennan 2014). Differences
published between methods come mostly from the sampled mean, so that its error is in ours: every
standard error here is a jackknife over independent blocks of draws.
"""

import math
from collections.abc import Mapping

import attrs
import numpy as np
from scipy import special

from biotoop.engine.valuation.basis import (
    Basis,
    bins,
    joined,
    products,
    spline,
    standardised,
)
from biotoop.engine.valuation.fitted_worth import (
    Cells,
    Worth,
    jackknife,
    leave_one_out,
    worth_of,
)
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.regression import Sums, sums

_BINS = 256
_PIECES = 12
_PIECES_IN_SET = 6


def evpi(net: FloatArray, blocks: int) -> Worth:
    """Value of knowing everything.

    Parameters
    ----------
    net
        Net benefit, shape (draws, options), rows of one block together.
    blocks
        Number of independent blocks of equal size.

    Notes
    -----
    The best option is chosen on the same draws, so that max_d of the sampled means is too high
    and EVPI too low, by at most s L(gap / s) with gap and s the mean and standard error of the
    difference with the runner-up, and L the unit normal loss: added in ``upper``.
    """
    means = net.reshape(blocks, -1, net.shape[1]).mean(axis=1)
    highest = net.max(axis=1).reshape(blocks, -1).mean(axis=1)
    value = float(highest.mean() - means.mean(axis=0).max())
    rest_highest = leave_one_out(highest)
    rest_means = leave_one_out(means)
    error = jackknife(rest_highest - rest_means.max(axis=1))
    return Worth(value=value, error=error, lower=value, upper=value + _choice_bias(means))


def _choice_bias(means: FloatArray) -> float:
    """Bound the bias of the largest of the sampled means; ``means`` is (blocks, options)."""
    overall = means.mean(axis=0)
    best = int(np.argmax(overall))
    bias = 0.0
    for other in range(means.shape[1]):
        difference = means[:, best] - means[:, other]
        s = float(difference.std(ddof=1)) / math.sqrt(len(difference))
        if other != best and s > 0:
            gap = float(difference.mean()) / s
            bias += s * (
                math.exp(-gap * gap / 2) / math.sqrt(2 * math.pi) - gap * special.ndtr(-gap)
            )
    return float(bias)


def evppi(
    inputs: FloatArray,
    net: FloatArray,
    *,
    blocks: int,
    features: FloatArray | None = None,
    spread: bool = True,
) -> Worth:
    """Value of knowing a set of inputs.

    One input: penalised cubic spline on 256 bins. More: an additive spline with products of the
    inputs, held back by the same cross-validation; or, with ``features``, splines in those.

    Parameters
    ----------
    inputs
        Shape (draws, inputs in the set), rows of one block together.
    net
        Net benefit, shape (draws, options).
    blocks
        Number of independent blocks of equal size.
    features
        What the model says of the difference between options from the set alone, shape
        (draws, features); carries the interactions in few columns. ``inputs`` then enter as
        columns held back.
    spread
        False gives the value only: error nan, and both ends of the bracket at the value.
    """
    means = net.mean(axis=0)
    best = int(np.argmax(means))
    gain = np.delete(net, best, axis=1) - net[:, [best]]
    if gain.shape[1] == 0 or float(np.ptp(inputs, axis=0).max(initial=0.0)) == 0:
        return Worth(value=0.0, error=0.0, lower=0.0, upper=0.0)
    if inputs.shape[1] == 1 and features is None:
        return _single(inputs[:, 0], gain, blocks, spread=spread)
    return _set(_set_basis(inputs, features), gain, blocks, spread=spread)


def _single(x: FloatArray, gain: FloatArray, blocks: int, *, spread: bool) -> Worth:
    """Fit on bins: sums by bin and block carry all that is needed."""
    cut = bins(x, min(_BINS, max(x.size // 20, 2)))
    count, outcomes = cut.centre.size, gain.shape[1]
    block = np.repeat(np.arange(blocks), x.size // blocks)
    cell = cut.place * blocks + block
    weight = np.bincount(cell, minlength=count * blocks).reshape(count, blocks).astype(float)
    paid = np.empty((outcomes, count, blocks))
    for k in range(outcomes):
        added_up = np.bincount(cell, weights=gain[:, k], minlength=count * blocks)
        paid[k] = added_up.reshape(count, blocks)
    pieces = min(_PIECES, max(count - 3, 1))
    curve = spline(cut.centre, cut.centre, pieces)
    basis = joined(count, [curve], np.empty((count, 0)))
    design = basis.columns
    added = Sums(
        gram=np.einsum("cb,cij->bij", weight, design[:, :, None] * design[:, None, :]),
        cross=np.einsum("ci,kcb->bik", design, paid),
        square=np.einsum("nk,nk->k", gain, gain),
        rows=x.size,
    )
    cells = Cells(
        design=design,
        penalty=basis.penalty,
        added=added,
        weight=weight,
        paid=paid,
        spans=(slice(None),) * blocks,
    )
    return worth_of(cells, spread=spread)


def _set(basis: Basis, gain: FloatArray, blocks: int, *, spread: bool) -> Worth:
    rows, size = gain.shape[0], gain.shape[0] // blocks
    weight = np.zeros((rows, blocks))
    weight[np.arange(rows), np.repeat(np.arange(blocks), size)] = 1.0
    cells = Cells(
        design=basis.columns,
        penalty=basis.penalty,
        added=sums(basis.columns, gain, blocks),
        weight=weight,
        paid=gain.T[:, :, None] * weight,
        spans=tuple(slice(b * size, (b + 1) * size) for b in range(blocks)),
    )
    return worth_of(cells, spread=spread)


def _set_basis(inputs: FloatArray, features: FloatArray | None) -> Basis:
    rows = inputs.shape[0]
    flat = standardised(inputs)
    if features is None:
        curves = [spline(x, x, _PIECES_IN_SET) for x in flat.T]
        return joined(rows, curves, products(flat))
    told = standardised(features)
    curves = [spline(x, x, _PIECES_IN_SET) for x in told.T]
    return joined(rows, curves, flat)


def ordered(
    found: Mapping[tuple[str, ...], Worth], everything: Worth
) -> dict[tuple[str, ...], Worth]:
    """Repair the order that must hold: a set is worth no less than a part of it.

    Every set is lifted to the largest value among its parts, and cut off at that of everything.

    Parameters
    ----------
    found
        Worth by set, each set a sorted tuple of names.
    everything
        EVPI.
    """
    repaired: dict[tuple[str, ...], Worth] = {}
    for names in sorted(found, key=lambda s: (len(s), s)):
        own = found[names]
        inside = frozenset(names)
        parts = [w for part, w in repaired.items() if inside.issuperset(part)]
        largest = max([own, *parts], key=lambda worth: worth.value)
        value = min(largest.value, everything.value)
        lifted = value != own.value
        error = largest.error if largest.value <= everything.value else everything.error
        upper = max(min(own.upper, everything.upper), value)
        repaired[names] = attrs.evolve(
            own, value=value, error=error if lifted else own.error, lifted=lifted,
            lower=min(own.lower, value), upper=upper,
        )  # fmt: skip
    return repaired
