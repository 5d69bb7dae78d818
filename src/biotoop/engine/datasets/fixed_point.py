"""Sums that do not depend on the order of the rows, so not on the number of threads either.

A sum of doubles changes in its last digits with the order of adding, and a data engine that
works in parallel adds in another order every run. Whole numbers do not: so every term is scaled
by a power of two, rounded once to a whole number, and summed without any rounding. What is lost
is half a unit per row, 2^-62 of the largest term. Where the largest term is far beyond the
usual one (a few very high incomes), 128-bit terms are used, with 2^-96 of the largest.

The idea is that of reproducible summation by binning (Demmel & Nguyen 2013, doi
10.1109/ARITH.2013.9, from memory), with one bin, which a first pass over smallest and largest
value makes enough.
"""

import math
from fractions import Fraction

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.datasets.data_engine import Session

LARGEST = 1e150
_NARROW_BITS = 61
_WIDE_BITS = 95
_SKEWED = 2.0**20
_MOST_EXPONENT = 1000


@attrs.frozen(kw_only=True)
class ExactSum:
    """A sum in SQL with the power of two that undoes its scale.

    Attributes
    ----------
    sql
        Aggregate expression that gives a whole number.
    exponent
        The sum in its own unit is the whole number times ``2 ** -exponent``.
    """

    sql: str
    exponent: int

    @property
    def as_double(self) -> str:
        """The aggregate as a double, still scaled."""
        return f"CAST({self.sql} AS DOUBLE)"

    def unscale(self, column: pa.ChunkedArray) -> np.ndarray:
        """Turn a fetched column of scaled doubles into the sums; empty sums are 0."""
        doubles = column.fill_null(0.0).to_numpy()
        return np.asarray(np.ldexp(doubles, -self.exponent), dtype=np.float64)

    def exact(self, total: int) -> Fraction:
        """Turn one fetched whole number into the sum, without any rounding."""
        return Fraction(total) / Fraction(2) ** self.exponent


def exact_sum(
    session: Session, expression: str, *, bound: float, usual: float | None = None
) -> ExactSum:
    """Write a sum of doubles as an exact sum of whole numbers.

    Parameters
    ----------
    session
        The data engine.
    expression
        SQL of a double per row, without parameters of its own scale.
    bound
        Largest absolute value that the expression can take; at most 1e300.
    usual
        Its usual size (root mean square), when known; decides between 64 and 128 bits.

    Returns
    -------
    ExactSum
        Error per row at most ``bound * 2**-61`` (64 bits) or ``bound * 2**-95`` (128 bits).
    """
    wide = usual is not None and bound > _SKEWED * usual
    exponent = _exponent(bound, _WIDE_BITS if wide else _NARROW_BITS)
    scaled = f"({expression}) * {number(math.ldexp(1.0, exponent))}"
    return ExactSum(sql=f"sum({session.whole(scaled, wide=wide)})", exponent=exponent)


def _exponent(bound: float, bits: int) -> int:
    _, power = math.frexp(bound)
    return max(min(bits - power, _MOST_EXPONENT), -_MOST_EXPONENT)


def number(value: float) -> str:
    """Write a finite double as SQL that gives back the same bits."""
    return f"CAST('{value!r}' AS DOUBLE)"
