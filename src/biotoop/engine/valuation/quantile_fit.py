"""Distributions through three quantiles: P5, P50 and P95 are met exactly.

Johnson quantile-parameterised distributions (Hadlock & Bickel 2017, Decision Analysis 14(1),
35-64; formulas rederived here and held against the three quantiles by the tests). Each is a
function of a standard normal score z, so that one factor can tie several inputs together.
"""

import math

import attrs
import numpy as np
import numpy.typing as npt
from scipy import special

FloatArray = npt.NDArray[np.float64]
OUTER = float(special.ndtri(0.95))
"""Normal score of P95."""
MOST_SKEW = 20.0
"""Largest skewness (see ``skewness``) that three numbers can carry."""
_SYMMETRIC = 1e-9


@attrs.frozen(kw_only=True)
class Curve:
    """Shape of a quantile function of a normal score.

    Attributes
    ----------
    anchor
        Value at the anchored quantile.
    scale, bend
        lambda and delta of the paper; ``bend`` 0 is the normal distribution.
    side
        1 when the long arm lies above the middle, -1 below, 0 for a symmetric shape.
    """

    anchor: float
    scale: float
    bend: float
    side: int


def skewness(low: float, mid: float, high: float) -> float:
    """Give (high - low) / (2 x shortest arm): 1 is symmetric, 5 is arms of 1 to 9."""
    return (high - low) / (2 * min(mid - low, high - mid))


def _side(low: float, mid: float, high: float) -> int:
    tilt = low + high - 2 * mid
    return 0 if abs(tilt) <= _SYMMETRIC * (high - low) else int(math.copysign(1, tilt))


def sinh_curve(low: float, mid: float, high: float) -> Curve:
    """Fit anchor + scale sinh(bend (z + side c)), with c the score of P95.

    With side 1 the anchor is P5, with side -1 it is P95: the sine vanishes there.
    """
    side = _side(low, mid, high)
    if side == 0:
        return Curve(anchor=mid, scale=(high - low) / (2 * OUTER), bend=0.0, side=0)
    bend = math.acosh(skewness(low, mid, high)) / OUTER
    scale = (high - low) / math.sinh(2 * bend * OUTER)
    return Curve(anchor=low if side > 0 else high, scale=scale, bend=bend, side=side)


def sinh_at(curve: Curve, z: FloatArray) -> FloatArray:
    """Evaluate the curve of ``sinh_curve``; z and result have the same shape."""
    if curve.side == 0:
        return curve.anchor + curve.scale * z
    return curve.anchor + curve.scale * np.sinh(curve.bend * (z + curve.side * OUTER))


def tempered_curve(low: float, mid: float, high: float) -> Curve:
    """Fit anchor + scale sinh(arsinh(bend z) + arsinh(side c bend)).

    For the logarithm of an amount: straight in the tails, so that every moment of the amount
    exists, as with the lognormal distribution.
    """
    side = _side(low, mid, high)
    if side == 0:
        return Curve(anchor=mid, scale=(high - low) / (2 * OUTER), bend=0.0, side=0)
    bend = math.sinh(math.acosh(skewness(low, mid, high))) / OUTER
    scale = min(mid - low, high - mid) / (bend * OUTER)
    return Curve(anchor=low if side > 0 else high, scale=scale, bend=bend, side=side)


def tempered_at(curve: Curve, z: FloatArray) -> FloatArray:
    """Evaluate the curve of ``tempered_curve``; z and result have the same shape."""
    if curve.side == 0:
        return curve.anchor + curve.scale * z
    lean = math.asinh(curve.side * OUTER * curve.bend)
    return curve.anchor + curve.scale * np.sinh(np.arcsinh(curve.bend * z) + lean)
