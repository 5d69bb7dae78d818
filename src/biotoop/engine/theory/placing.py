"""Heights at which boxes stand, so that arrows run as level as the order allows.

Each rank in turn is moved toward the ends of its arrows. With the order fixed and a least distance
between neighbours, the heights nearest to the wanted ones (least squares) follow from one pass of
pooling adjacent violators (Barlow, Bartholomew, Bremner and Brunk 1972).
"""

import itertools
import math
from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.theory.layering import Edge, is_waypoint
from biotoop.engine.theory.ordering import Order

_ROUNDS = 24
_WEIGHT = {0: 1.0, 1: 2.0, 2: 8.0}
"""Weight of an arrow piece by how many of its ends are waypoints: long arrows stay level."""


@attrs.frozen(kw_only=True)
class Spacing:
    """Least distances between what stands above each other in a rank.

    Attributes
    ----------
    boxes
        Between two boxes.
    passing
        Between a box and an arrow that passes, and between two such arrows.
    """

    boxes: float
    passing: float


Pull = tuple[str, str, float, float]
"""Two names, how far the port of the first lies below that of the second when level, weight."""


def nearest_in_order(
    wanted: Sequence[float],
    weights: Sequence[float],
    distances: Sequence[float],
    *,
    low: float = -math.inf,
    high: float = math.inf,
) -> tuple[float, ...]:
    """Give the values nearest to the wanted ones that keep their order and distances.

    Parameters
    ----------
    wanted
        Wanted values, n of them.
    weights
        Positive weights, n of them.
    distances
        Least distance between each value and the next, n - 1 of them.
    low, high
        Bounds of all values, with room for the distances between them.

    Returns
    -------
    tuple of float
        Values x with x[i+1] - x[i] >= distances[i] that minimise the sum of
        weights[i] * (x[i] - wanted[i])**2.
    """
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    blocks: list[tuple[float, float, int]] = []
    for value, weight, offset in zip(wanted, weights, offsets, strict=False):
        mean, total, size = value - offset, weight, 1
        while blocks and blocks[-1][0] >= mean:
            before, mass, count = blocks.pop()
            mean = (before * mass + mean * total) / (mass + total)
            total, size = total + mass, size + count
        blocks.append((mean, total, size))
    level = [mean for mean, _, size in blocks for _ in range(size)]
    return tuple(
        min(max(value, low), high - offsets[-1]) + offset
        for value, offset in zip(level, offsets, strict=True)
    )


def place(
    order: Order,
    edges: Sequence[Sequence[Edge]],
    heights: Mapping[str, float],
    ports: Mapping[tuple[str, str], tuple[float, float]],
    spacing: Spacing,
) -> dict[str, float]:
    """Give the height of the middle of every box and waypoint.

    Parameters
    ----------
    order
        Names of each rank, from top to bottom.
    edges
        For each gap: the pieces of arrows in it.
    heights
        Height of every box and waypoint.
    ports
        For each piece, by (start, end): how far its ends lie below the middle of start and end.
    spacing
        Least distances.

    Returns
    -------
    dict
        Middle of every name, measured downward from the top of the highest box.
    """
    pulls = _pulls(order, edges, ports)
    middle = {name: y for rank in order for name, y in _stacked(rank, heights, spacing)}
    ranks = [rank for rank in order if rank]
    for turn in range(_ROUNDS):
        sides = (
            ("left", "right") if turn >= _ROUNDS - 4 else ("left",) if turn % 2 == 0 else ("right",)
        )
        for rank in ranks if turn % 2 == 0 else ranks[::-1]:
            _move(rank, sides, pulls, middle, heights, spacing)
    top = min((y - heights[name] / 2 for name, y in middle.items()), default=0.0)
    return {name: y - top for name, y in middle.items()}


Pulls = dict[tuple[str, str], list[tuple[str, float, float]]]
"""By name and side: the other end, where the own middle would be level with it, and the weight."""


def _pulls(
    order: Order,
    edges: Sequence[Sequence[Edge]],
    ports: Mapping[tuple[str, str], tuple[float, float]],
) -> Pulls:
    found: Pulls = {
        (name, side): [] for rank in order for name in rank for side in ("left", "right")
    }
    for gap in edges:
        for edge in gap:
            below_start, below_end = ports[edge.start, edge.end]
            weight = _WEIGHT[is_waypoint(edge.start) + is_waypoint(edge.end)]
            shift = below_start - below_end
            found[edge.end, "left"].append((edge.start, shift, weight))
            found[edge.start, "right"].append((edge.end, -shift, weight))
    return found


def _stacked(
    rank: Sequence[str], heights: Mapping[str, float], spacing: Spacing
) -> list[tuple[str, float]]:
    """Stack a rank around height zero."""
    distances = _distances(rank, heights, spacing)
    places = [0.0]
    for distance in distances:
        places.append(places[-1] + distance)
    return [(name, y - places[-1] / 2) for name, y in zip(rank, places, strict=False)]


def _distances(rank: Sequence[str], heights: Mapping[str, float], spacing: Spacing) -> list[float]:
    """Give the least distance between the middles of neighbours in a rank."""
    return [
        (heights[upper] + heights[lower]) / 2
        + (spacing.passing if is_waypoint(upper) or is_waypoint(lower) else spacing.boxes)
        for upper, lower in itertools.pairwise(rank)
    ]


def _move(
    rank: Sequence[str],
    sides: Sequence[str],
    pulls: Pulls,
    middle: dict[str, float],
    heights: Mapping[str, float],
    spacing: Spacing,
) -> None:
    """Move a rank as near as its order allows to where its arrows would be level."""
    wanted, weights = [], []
    for name in rank:
        felt = [pull for side in sides for pull in pulls[name, side]]
        total = sum(weight for _, _, weight in felt)
        if total:
            wanted.append(sum((middle[o] + s) * w for o, s, w in felt) / total)
        else:
            wanted.append(middle[name])
        weights.append(total or 0.1)
    found = nearest_in_order(wanted, weights, _distances(rank, heights, spacing))
    middle.update(zip(rank, found, strict=True))
