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
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.regression import Sums, fit, sums

_BINS = 256
_PIECES = 12
_PIECES_IN_SET = 6


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
    rest_highest = _leave_one_out(highest)
    rest_means = _leave_one_out(means)
    error = _jackknife(rest_highest - rest_means.max(axis=1))
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
    inputs: FloatArray, net: FloatArray, *, blocks: int, features: FloatArray | None = None
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
        straight lines and as further columns held back.
    """
    means = net.mean(axis=0)
    best = int(np.argmax(means))
    gain = np.delete(net, best, axis=1) - net[:, [best]]
    if gain.shape[1] == 0 or float(np.ptp(inputs, axis=0).max(initial=0.0)) == 0:
        return Worth(value=0.0, error=0.0, lower=0.0, upper=0.0)
    if inputs.shape[1] == 1 and features is None:
        return _single(inputs[:, 0], gain, blocks)
    return _set(_set_basis(inputs, features), gain, blocks)


def _single(x: FloatArray, gain: FloatArray, blocks: int) -> Worth:
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
    basis = joined(count, [curve], np.empty((count, 0)), np.empty((count, 0)))
    design = basis.columns
    added = Sums(
        gram=np.einsum("cb,cij->bij", weight, design[:, :, None] * design[:, None, :]),
        cross=np.einsum("ci,kcb->bik", design, paid),
        square=np.einsum("nk,nk->k", gain, gain),
        rows=x.size,
    )
    everywhere = (slice(None),) * blocks
    return _worth(design, added, basis.penalty, weight, paid, everywhere)


def _set(basis: Basis, gain: FloatArray, blocks: int) -> Worth:
    rows = gain.shape[0]
    added = sums(basis.columns, gain, blocks)
    weight = np.zeros((rows, blocks))
    weight[np.arange(rows), np.repeat(np.arange(blocks), rows // blocks)] = 1.0
    paid = gain.T[:, :, None] * weight
    size = rows // blocks
    own = tuple(slice(b * size, (b + 1) * size) for b in range(blocks))
    return _worth(basis.columns, added, basis.penalty, weight, paid, own)


def _set_basis(inputs: FloatArray, features: FloatArray | None) -> Basis:
    rows = inputs.shape[0]
    flat = standardised(inputs)
    if features is None:
        curves = [spline(x, x, _PIECES_IN_SET) for x in flat.T]
        return joined(rows, curves, np.empty((rows, 0)), products(flat))
    told = standardised(features)
    curves = [spline(x, x, _PIECES_IN_SET) for x in told.T]
    return joined(rows, curves, np.empty((rows, 0)), flat)


def _worth(
    design: FloatArray,
    added: Sums,
    penalty: FloatArray,
    weight: FloatArray,
    paid: FloatArray,
    spans: tuple[slice, ...],
) -> Worth:
    """Value, error and bracket from cells.

    Parameters
    ----------
    design
        Columns at each cell (row or bin), shape (cells, m).
    added, penalty
        Sums by block and the penalty.
    weight
        Rows of each block in each cell, shape (cells, blocks).
    paid
        Sum of the gain over those rows, shape (outcomes, cells, blocks).
    spans
        Cells in which each block has rows.
    """
    found = fit(added, penalty)
    rows, blocks = added.rows, weight.shape[1]
    count, by_block = weight.sum(axis=1), paid.sum(axis=1)
    sum_, size = by_block.sum(axis=1), weight.sum(axis=0)
    now = max(float(sum_.max()) / rows, 0.0)
    value = _pays(np.einsum("ci,ik->ck", design, found.whole), count) / rows - now
    rest, decided = np.empty(blocks), 0.0
    for b in range(blocks):
        held = np.einsum("ci,ik->ck", design, found.without[b])
        others = rows - size[b]
        stay = max(float((sum_ - by_block[:, b]).max()), 0.0)
        rest[b] = (_pays(held, count - weight[:, b]) - stay) / others
        decided += _decided(held[spans[b]], paid[:, spans[b], b])
    value = max(value, 0.0)
    lower = min(max(decided / rows - now, 0.0), value)
    return Worth(value=value, error=_jackknife(rest), lower=lower, upper=value)


def _decided(fitted: FloatArray, paid: FloatArray) -> float:
    """Add up what is paid where the fitted curve chooses; (cells, outcomes), (outcomes, cells)."""
    if fitted.shape[1] == 1:
        return float(np.sum(paid[0], where=fitted[:, 0] > 0))
    choice, cells = np.argmax(fitted, axis=1), np.arange(len(fitted))
    return float(np.sum(paid[choice, cells], where=fitted[cells, choice] > 0))


def _pays(fitted: FloatArray, weight: FloatArray) -> float:
    best = fitted[:, 0] if fitted.shape[1] == 1 else fitted.max(axis=1)
    return float(np.einsum("c,c->", np.maximum(best, 0.0), weight))


def _leave_one_out(parts: FloatArray) -> FloatArray:
    """Mean of all blocks but one, for every block; blocks along the first axis."""
    mean: FloatArray = (parts.sum(axis=0) - parts) / (len(parts) - 1)
    return mean


def _jackknife(rest: FloatArray) -> float:
    """Give the standard error from leave-one-out values (Efron & Stein 1981)."""
    return float(math.sqrt((len(rest) - 1) * float(np.mean((rest - rest.mean()) ** 2))))


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
