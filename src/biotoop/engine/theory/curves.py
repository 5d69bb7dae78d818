"""Chains of cubic curves: smooth arrows, rounded corners, points along them."""

import itertools
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from biotoop.engine.theory.picture import Point

Chain = tuple[Point, ...]
"""A start, then two control points and an end for each curve."""

# A quarter of a circle by one cubic: 4/3 (sqrt(2) - 1), with an error below 0.03 % of the radius.
_QUARTER = 4 / 3 * (math.sqrt(2) - 1)


def straight(start: Point, end: Point) -> Chain:
    """Give a straight line as a cubic, without its start."""
    (x0, y0), (x1, y1) = start, end
    third = ((2 * x0 + x1) / 3, (2 * y0 + y1) / 3)
    return third, ((x0 + 2 * x1) / 3, (y0 + 2 * y1) / 3), end


def level_curve(start: Point, end: Point, pull: float = 0.5) -> Chain:
    """Give an S-curve that leaves and arrives level, without its start."""
    (x0, y0), (x1, y1) = start, end
    reach = (x1 - x0) * pull
    return (x0 + reach, y0), (x1 - reach, y1), end


def through(stops: Sequence[tuple[Point, Point]]) -> Chain:
    """Join level pieces by S-curves.

    Parameters
    ----------
    stops
        Start and end of each level piece, from left to right; equal points for the two ends of
        the whole.
    """
    chain: list[Point] = [stops[0][0]]
    for (_, leave), (arrive, onward) in itertools.pairwise(stops):
        chain.extend(level_curve(leave, arrive))
        if onward != arrive:
            chain.extend(straight(arrive, onward))
    return tuple(chain)


def rounded(corners: Sequence[Point], radius: float) -> Chain:
    """Give a line with level and upright pieces as a chain with rounded corners.

    Parameters
    ----------
    corners
        Start, corners and end.
    radius
        Radius of the corners; smaller where the pieces are short.
    """
    kept = [corners[0]]
    for point in corners[1:]:
        if math.dist(point, kept[-1]) > 1e-9:
            kept.append(point)
    chain: list[Point] = [kept[0]]
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        size = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        enter, leave = _toward(corner, before, size), _toward(corner, after, size)
        chain.extend(straight(chain[-1], enter))
        rest = size * (1 - _QUARTER)
        chain.extend((_toward(corner, before, rest), _toward(corner, after, rest), leave))
    chain.extend(straight(chain[-1], kept[-1]))
    return tuple(chain)


def _toward(start: Point, end: Point, length: float) -> Point:
    share = length / math.dist(start, end)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def sample(chain: Chain, per_curve: int = 24) -> NDArray[np.float64]:
    """Give points along a chain.

    Returns
    -------
    numpy.ndarray, shape (curves * per_curve + 1, 2)
        Points at even steps of each curve's parameter, both ends included.
    """
    points = np.asarray(chain, dtype=float)
    t = np.linspace(0.0, 1.0, per_curve + 1)[:, None]
    basis = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    pieces = [points[:1]]
    for first in range(0, len(points) - 1, 3):
        curve = sum(b * p for b, p in zip(basis, points[first : first + 4], strict=True))
        pieces.append(np.asarray(curve)[1:])
    return np.concatenate(pieces)


def at(chain: Chain, curve: int, t: float) -> Point:
    """Give the point of a curve in a chain at a parameter between 0 and 1."""
    (a, b, c, d) = chain[3 * curve : 3 * curve + 4]
    u = 1 - t
    weights = (u**3, 3 * t * u**2, 3 * t**2 * u, t**3)
    x = sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True))
    y = sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True))
    return x, y
