"""Boxes, columns and the context band at their places, with the tracks for arrows between them."""

from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.theory.layering import Edge, Layers, is_waypoint
from biotoop.engine.theory.levelling import levelled, straightened
from biotoop.engine.theory.ordering import Order, fewest_crossings
from biotoop.engine.theory.picture import Box, Column, Measures, Point
from biotoop.engine.theory.placing import Spacing, place
from biotoop.engine.theory.ports import Ports, assign_ports
from biotoop.engine.theory.routing import Frame, Reach, channel_widths, runs_of, tracks_of

MARGIN = 2.0
_WAYPOINT = 8.0
_UNDER_HEADER = 18.0
_UNDER_BOXES = 6.0


@attrs.frozen(kw_only=True)
class Framing:
    """Everything but the arrows.

    Attributes
    ----------
    frame
        Edges of the ranks, tracks, lanes and floors.
    boxes
        Boxes by node.
    columns, band
        Tinted columns and the context band.
    heights
        y at which each link touches each node, by (link, node).
    middles
        y of the middle of every box and waypoint in the ranks.
    doors
        Points at which links touch context boxes, by (link, node).
    width, height
        Size of the whole.
    """

    frame: Frame
    boxes: Mapping[str, Box]
    columns: tuple[Column, ...]
    band: Column | None
    heights: Mapping[tuple[str, str], float]
    middles: Mapping[str, float]
    doors: Mapping[tuple[str, str], Point]
    width: float
    height: float


def order_of(layers: Layers) -> Order:
    """Find the order of boxes; arrows up from the context count as crossings as well."""
    rank = layers.rank_of()
    ranks = [list(names) for names in layers.ranks]
    edges = [list(gap) for gap in layers.edges]
    below: set[str] = set()
    for link in layers.beside:
        if rank.get(link.to, 0) > 0:
            name = f"{link.code}?"
            ranks[rank[link.to] - 1].append(name)
            edges[rank[link.to] - 1].append(Edge(link=link.code, start=name, end=link.to))
            below.add(name)
    found = fewest_crossings(tuple(tuple(r) for r in ranks), edges, last=frozenset(below))
    return tuple(tuple(name for name in names if name not in below) for names in found)


def frame_layers(
    layers: Layers,
    order: Order,
    lines: Mapping[str, tuple[str, ...]],
    measures: Measures,
) -> Framing:
    """Put boxes, columns and band at their places.

    Parameters
    ----------
    layers
        The ranks and links.
    order
        Names of each rank, from top to bottom.
    lines
        The text of every node, in lines.
    measures
        The sizes to draw with.
    """
    stand = _stand(layers, order, lines, measures)
    runs = runs_of(layers, stand.heights)
    widths = channel_widths(len(order), runs, measures)
    left, right = _edges_of(order, widths, measures)
    tracks = tracks_of(runs, left, right, measures)
    width = max(right, default=0.0) + measures.column_padding + widths[-1] + MARGIN
    width = max(width, measures.least_width)
    boxes = _rank_boxes(layers, order, lines, left, stand, measures)
    lanes = _lanes(layers, tracks, stand.top, measures)
    lowest = max((box.bottom for box in boxes.values()), default=stand.top)
    bottom = lowest + measures.column_padding + _UNDER_BOXES if order else 0.0
    columns = _columns(layers, left, right, bottom, measures)
    frame = Frame(left=left, right=right, tracks=tracks, lanes=lanes, floors={})
    return Framing(
        frame=frame, boxes=boxes, columns=columns, band=None, heights=stand.heights,
        middles=stand.middles, doors={}, width=width, height=bottom + MARGIN,
    )  # fmt: skip


@attrs.frozen(kw_only=True)
class _Stand:
    """Heights of boxes, waypoints and ports, and where the boxes begin."""

    sizes: Mapping[str, float]
    middles: Mapping[str, float]
    heights: Mapping[tuple[str, str], float]
    top: float


def _stand(
    layers: Layers, order: Order, lines: Mapping[str, tuple[str, ...]], measures: Measures
) -> _Stand:
    ports = assign_ports(layers, order)
    sizes = {
        name: _WAYPOINT if is_waypoint(name) else _box_height(lines[name], measures, ports, name)
        for rank in order
        for name in rank
    }
    offsets = ports.offsets(sizes)
    shifts = {
        (edge.start, edge.end): (
            offsets.get((edge.start, "right", edge.link), 0.0),
            offsets.get((edge.end, "left", edge.link), 0.0),
        )
        for gap in layers.edges
        for edge in gap
    }
    spacing = Spacing(boxes=measures.row_gap, passing=measures.passing_gap)
    lanes = sum(layers.rank_of()[s.to] + 1 != layers.rank_of()[s.from_] for s in layers.around)
    top = measures.header + _UNDER_HEADER + lanes * measures.track
    placed = place(order, layers.edges, sizes, shifts, spacing)
    middles = {name: y + top for name, y in placed.items()}
    heights = {(link, node): middles[node] + y for (node, _, link), y in offsets.items()}
    middles = straightened(order, layers, heights, middles, sizes, spacing)
    heights = levelled(layers, ports, heights, middles, sizes)
    return _Stand(sizes=sizes, middles=middles, heights=heights, top=top)


def _box_height(lines: Sequence[str], measures: Measures, ports: Ports, node: str) -> float:
    text = len(lines) * measures.line_height + 2 * measures.padding_y
    return max(text, ports.least_height(node))


def _edges_of(
    order: Order, widths: Sequence[float], measures: Measures
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    left, x = [], MARGIN + measures.column_padding
    for _, width in zip(order, widths, strict=False):
        x += width
        left.append(x)
        x += measures.box_width
    return tuple(left), tuple(x + measures.box_width for x in left)


def _rank_boxes(
    layers: Layers,
    order: Order,
    lines: Mapping[str, tuple[str, ...]],
    left: Sequence[float],
    stand: _Stand,
    measures: Measures,
) -> dict[str, Box]:
    return {
        name: Box(
            code=name,
            kind=kind,
            x=x,
            y=stand.middles[name] - stand.sizes[name] / 2,
            width=measures.box_width,
            height=stand.sizes[name],
            lines=lines[name],
        )
        for kind, rank, x in zip(layers.kinds, order, left, strict=True)
        for name in rank
        if not is_waypoint(name)
    }


def _lanes(
    layers: Layers, tracks: Mapping[tuple[str, Reach], float], top: float, measures: Measures
) -> dict[str, float]:
    """Give level pieces over the top their heights, the longest outermost."""
    spans = {
        link.code: abs(tracks[link.code, "arrive"] - tracks[link.code, "leave"])
        for link in layers.around
        if (link.code, "arrive") in tracks
    }
    inward = sorted(spans, key=spans.__getitem__)
    return {code: top - measures.track * (place + 1) for place, code in enumerate(inward)}


def _columns(
    layers: Layers,
    left: Sequence[float],
    right: Sequence[float],
    bottom: float,
    measures: Measures,
) -> tuple[Column, ...]:
    found = []
    for kind in dict.fromkeys(layers.kinds):
        ranks = [rank for rank, other in enumerate(layers.kinds) if other == kind]
        x = left[ranks[0]] - measures.column_padding
        count = sum(not is_waypoint(name) for rank in ranks for name in layers.ranks[rank])
        found.append(
            Column(
                kind=kind,
                x=x,
                y=MARGIN,
                height=bottom - MARGIN,
                count=count,
                width=right[ranks[-1]] + measures.column_padding - x,
            )
        )
    return tuple(found)
