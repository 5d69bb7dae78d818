"""Matrix products without rounding: doubles in pieces so small that their products add exactly.

A piece (limb) is a whole number of at most 17 bits and a sign. The product of two pieces, summed
over half a million rows, stays under 2^53, where doubles are exact: so a matrix product of pieces
has the same bits in whatever order a library adds, on any number of threads. The idea is that of
error-free matrix multiplication (Ozaki and others 2012, doi 10.1007/s11075-011-9478-1, from
memory), with pieces of fixed weight.
"""

from collections.abc import Sequence
from itertools import pairwise

import attrs
import numpy as np

BITS = 18
MOST_ROWS = 1 << 19
_HALF = BITS - 1
_DOUBLE = 53
_LOW = 32
_ONE_THREAD = 1 << 18
_MOST_EXPONENT = 1000


@attrs.frozen(kw_only=True)
class Split:
    """How the values of a column become pieces.

    Attributes
    ----------
    exponent
        A value times ``2 ** exponent`` is rounded once to a whole number.
    count
        Pieces of 18 bits, the largest first.
    """

    exponent: int
    count: int

    @property
    def scales(self) -> list[float]:
        """What each piece counts for, in the unit of the column."""
        return [2.0 ** (BITS * (self.count - 1 - k) - self.exponent) for k in range(self.count)]

    def into(self, out: np.ndarray, values: np.ndarray) -> None:
        """Write the pieces of values, shape (n,), into the rows of ``out``."""
        left = np.multiply(values, 2.0**self.exponent, out=out[-1])
        for k in range(self.count - 1):
            weight = 2.0 ** (BITS * (self.count - 1 - k))
            np.rint(np.multiply(left, 1.0 / weight, out=out[k]), out=out[k])
            left -= out[k] * weight
        np.rint(left, out=left)

    def carried(self, times: int, bound: float) -> "Split":
        """Give the pieces that hold sums of up to so many values up to a bound."""
        fits = self.count == 1 and times * bound * 2.0**self.exponent < 2.0**_HALF
        return attrs.evolve(self, count=self.count + (not fits))


def split_for(bound: float, *, whole: bool = False, usual: float | None = None) -> Split:
    """Choose the pieces for values up to a bound.

    Parameters
    ----------
    bound
        Largest absolute value.
    whole
        Whether all values are whole numbers: these stay exact.
    usual
        Usual size; values far beyond it get more pieces.
    """
    _, power = np.frexp(bound)
    if bound <= 0.0:
        return Split(exponent=0, count=1)
    if whole:
        return Split(exponent=0, count=-(-(int(power) + 1) // BITS))
    needed = _DOUBLE if not usual else _DOUBLE - 3 + max(0, int(np.log2(bound / usual)))
    count = -(-needed // BITS)
    exponent = BITS * count - 1 - int(power)
    return Split(exponent=max(min(exponent, _MOST_EXPONENT), -_MOST_EXPONENT), count=count)


def carry(sums: np.ndarray) -> np.ndarray:
    """Bring sums of pieces, shape (count, n), back to pieces, shape (count + 1, n)."""
    count, size = sums.shape
    out = np.empty((count + 1, size))
    over = np.zeros(size)
    for k in range(count - 1, -1, -1):
        whole = sums[k] + over
        over = np.rint(whole * 2.0**-BITS)
        out[k + 1] = whole - over * 2.0**BITS
    out[0] = over
    return out


def segment_products(left: np.ndarray, right: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Give ``left right'`` for each run of columns, shape (runs, A, B); exact for pieces.

    Long runs are taken in parts so small that the library does not start threads of its own: blocks
    are added in threads already, and threads within threads only wait for each other.
    """
    found = np.empty((len(edges) - 1, left.shape[0], right.shape[0]))
    other = right.T
    step = max(_ONE_THREAD // max(left.shape[0] * right.shape[0], 1), 1)
    for run, (start, stop) in enumerate(pairwise(edges.tolist())):
        np.matmul(left[:, start : min(start + step, stop)], other[start : min(start + step, stop)],
                  out=found[run])  # fmt: skip
        for begin in range(start + step, stop, step):
            end = min(begin + step, stop)
            found[run] += left[:, begin:end] @ other[begin:end]
    return found


@attrs.frozen(eq=False)
class Tally:
    """Whole numbers that add up without rounding or overflow, by group.

    Attributes
    ----------
    low, high
        The total is ``low + 2**32 high``.
    """

    low: np.ndarray
    high: np.ndarray

    @staticmethod
    def zeros(*shape: int) -> "Tally":
        """Start at zero."""
        return Tally(np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64))

    def add(self, groups: np.ndarray, parts: np.ndarray) -> None:
        """Add whole numbers (as doubles) to groups, each group at most once."""
        whole = parts.astype(np.int64)
        high = whole >> _LOW
        self.low[groups] += whole - (high << _LOW)
        self.high[groups] += high

    def merge(self, other: "Tally") -> None:
        """Add all of another."""
        self.low[...] += other.low
        self.high[...] += other.high

    @property
    def total(self) -> np.ndarray:
        """The totals as doubles, rounded once or twice."""
        return np.asarray(np.ldexp(self.high.astype(np.float64), _LOW) + self.low)


def folded(totals: np.ndarray, axis: int, splits: Sequence[Split]) -> np.ndarray:
    """Put the pieces of columns together again along an axis."""
    moved = np.moveaxis(totals, axis, -1)
    out = np.zeros((*moved.shape[:-1], len(splits)))
    place = 0
    for column, split in enumerate(splits):
        for k in range(split.count - 1, -1, -1):  # the smallest first
            out[..., column] += moved[..., place + k] * split.scales[k]
        place += split.count
    return np.moveaxis(out, -1, axis)
