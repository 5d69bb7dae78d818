"""The last touch on heights: long arrows without needless bends, nearly level arrows made level."""

import math
from collections.abc import Mapping

from biotoop.engine.theory.layering import Edge, Layers, is_waypoint
from biotoop.engine.theory.ordering import Order
from biotoop.engine.theory.placing import Spacing
from biotoop.engine.theory.ports import CORNER, NARROWEST, PortKey, Ports

_HAIR = 14.0
_NOWHERE = (1.0, 0.0)

Heights = Mapping[tuple[str, str], float]
"""y at which each link touches each node, by (link, node)."""


def straightened(
    order: Order,
    layers: Layers,
    heights: Heights,
    middles: Mapping[str, float],
    sizes: Mapping[str, float],
    spacing: Spacing,
) -> dict[str, float]:
    """Move the waypoints of an arrow level with each other, best with its start or end.

    Nothing moves where the boxes leave no common room.

    Parameters
    ----------
    order
        Names of each rank, from top to bottom.
    layers
        The ranks and links.
    heights
        Where links touch nodes.
    middles, sizes
        Middle and height of every box and waypoint.
    spacing
        Least distances, which stay respected.

    Returns
    -------
    dict
        The middles, those of waypoints moved.
    """
    found = dict(middles)
    for link in layers.forward:
        waypoints = [n for rank in order for n in rank if n.startswith(f"{link.code}@")]
        ends = (heights[link.code, link.from_], heights[link.code, link.to])
        if not waypoints:
            continue
        rooms = [_room(name, order, found, sizes, spacing) for name in waypoints]
        low, high = max(room[0] for room in rooms), min(room[1] for room in rooms)
        if low > high:
            continue
        now = sum(found[name] for name in waypoints) / len(waypoints)
        fitting = [y for y in ends if low <= y <= high] or [min(max(now, low), high)]
        level = min(fitting, key=lambda y: abs(y - now))
        found.update(dict.fromkeys(waypoints, level))
    return found


def _room(
    name: str,
    order: Order,
    middles: Mapping[str, float],
    sizes: Mapping[str, float],
    spacing: Spacing,
) -> tuple[float, float]:
    """Give the lowest and highest middle that a waypoint may have between its neighbours."""
    rank = next(names for names in order if name in names)
    place = rank.index(name)
    low, high = (-math.inf, math.inf)
    if place:
        above = rank[place - 1]
        low = middles[above] + (sizes[above] + sizes[name]) / 2 + spacing.passing
    if place + 1 < len(rank):
        below = rank[place + 1]
        high = middles[below] - (sizes[below] + sizes[name]) / 2 - spacing.passing
    top = min(middles[n] - sizes[n] / 2 for n in middles if not is_waypoint(n))
    return max(low, top), high


def levelled(
    layers: Layers,
    ports: Ports,
    heights: Heights,
    middles: Mapping[str, float],
    sizes: Mapping[str, float],
) -> dict[tuple[str, str], float]:
    """Move the ends of arrows that would rise or fall by a hair, so that they run level.

    Parameters
    ----------
    layers
        The ranks and links.
    ports
        The links at each side of each box.
    heights
        Where links touch nodes.
    middles, sizes
        Middle and height of every box and waypoint.

    Returns
    -------
    dict
        Where links touch nodes, each end still at a distance from its neighbours on the side.
    """
    found = dict(heights)
    free = _free(ports, found, middles, sizes)
    for edge in (edge for gap in layers.edges for edge in gap):
        for port, y in _moves(edge, found, middles):
            low, high = free.get(port, _NOWHERE)
            if low <= y <= high:
                found[edge.link, port[0]] = y
                break
    return found


def _moves(
    edge: Edge, heights: Heights, middles: Mapping[str, float]
) -> tuple[tuple[PortKey, float], ...]:
    start = heights.get((edge.link, edge.start), middles[edge.start])
    end = heights.get((edge.link, edge.end), middles[edge.end])
    if not 0 < abs(start - end) <= _HAIR:
        return ()
    return ((edge.end, "left", edge.link), start), ((edge.start, "right", edge.link), end)


def _free(
    ports: Ports, heights: Heights, middles: Mapping[str, float], sizes: Mapping[str, float]
) -> dict[PortKey, tuple[float, float]]:
    """Give the lowest and highest y for each port that leave room for its neighbours to move."""
    found: dict[PortKey, tuple[float, float]] = {}
    for (node, side), links in ports.links.items():
        edge = sizes[node] / 2 - CORNER
        ys = [-math.inf, *(heights[link, node] for link in links), math.inf]
        for link, above, y, below in zip(links, ys, ys[1:], ys[2:], strict=False):
            low = max(middles[node] - edge, (above + y) / 2 + NARROWEST / 2)
            high = min(middles[node] + edge, (below + y) / 2 - NARROWEST / 2)
            found[node, side, link] = (low, high)
    return found
