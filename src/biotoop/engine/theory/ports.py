"""Where arrows touch their boxes: fanned out over the side, in the order of their other ends."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import attrs

from biotoop.engine.theory.layering import Layers, is_waypoint
from biotoop.engine.theory.model import Link
from biotoop.engine.theory.ordering import Order

Side = Literal["left", "right"]
PortKey = tuple[str, Side, str]
"""Node, side and link."""

_WIDEST = 24.0
NARROWEST = 13.0
CORNER = 14.0


@attrs.frozen(kw_only=True)
class Ports:
    """The links at each side of each box, from top to bottom."""

    links: Mapping[tuple[str, Side], tuple[str, ...]]

    def least_height(self, node: str) -> float:
        """Give the height that a box needs for its arrows."""
        most = max(len(self.links.get((node, side), ())) for side in ("left", "right"))
        return 2 * CORNER + max(most - 1, 0) * NARROWEST

    def offsets(self, heights: Mapping[str, float]) -> dict[PortKey, float]:
        """Give how far each arrow touches below the middle of its box."""
        found: dict[PortKey, float] = {}
        for (node, side), links in self.links.items():
            room = heights[node] - 2 * CORNER
            step = min(_WIDEST, room / (len(links) - 1)) if len(links) > 1 else 0.0
            for place, link in enumerate(links):
                found[node, side, link] = (place - (len(links) - 1) / 2) * step
        return found


def assign_ports(layers: Layers, order: Order) -> Ports:
    """Give every arrow its place at the sides of its boxes.

    Arrows that come over the top touch above all others, the longest highest; arrows from and to
    the context, which lies below, touch under all others.
    """
    turn = {name: place for rank in order for place, name in enumerate(rank)}
    rank_of = layers.rank_of()
    around = sorted(layers.around, key=lambda link: rank_of[link.to] - rank_of[link.from_])
    left: dict[str, list[tuple[int, str]]] = {}
    right: dict[str, list[tuple[int, str]]] = {}
    for gap in layers.edges:
        for edge in gap:
            if not is_waypoint(edge.start):
                right.setdefault(edge.start, []).append((turn[edge.end], edge.link))
            if not is_waypoint(edge.end):
                left.setdefault(edge.end, []).append((turn[edge.start], edge.link))
    nodes = [n for rank in order for n in rank if not is_waypoint(n)]
    found: dict[tuple[str, Side], tuple[str, ...]] = {}
    for node in nodes:
        found[node, "left"] = (
            *_codes(around, "from_", node),
            *_in_turn(left.get(node, ())),
            *_codes(layers.beside, "to", node),
        )
        found[node, "right"] = (
            *_codes(around, "to", node),
            *_in_turn(right.get(node, ())),
            *_codes(layers.beside, "from_", node),
        )
    return Ports(links=found)


def _in_turn(links: Sequence[tuple[int, str]]) -> list[str]:
    return [link for _, link in sorted(links, key=lambda item: item[0])]


def _codes(links: Iterable[Link], end: str, node: str) -> list[str]:
    return [link.code for link in links if getattr(link, end) == node]
