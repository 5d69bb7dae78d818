"""The ways that arrows take: through the gaps between ranks, over the top, and up from the context.

Boxes stand only within ranks. Arrows change height only in the gaps, over the top or under the
columns, and pass a rank only level, at a waypoint that keeps its distance: so none runs through a
box.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import attrs

from biotoop.engine.theory.curves import Chain, rounded, through
from biotoop.engine.theory.layering import Layers, waypoint
from biotoop.engine.theory.model import Link
from biotoop.engine.theory.picture import Box, Measures, Point

_NEAREST = 26.0
_NEAREST_LEAVING = 16.0
_RADIUS = 12.0
_FROM_COLUMNS = 16.0

Reach = Literal["arrive", "leave"]


@attrs.frozen(kw_only=True)
class Run:
    """An upright piece of an arrow in the channel to the left of a rank.

    Attributes
    ----------
    link
        Code of the link.
    channel
        Number of the channel: the one left of the rank with this number.
    reach
        "arrive" runs near the boxes to the right of the channel, "leave" near those to the left.
    up
        Whether it goes up from the box, to the top, or down, to the context.
    y
        Height of the box end.
    """

    link: str
    channel: int
    reach: Reach
    up: bool
    y: float


def runs_of(layers: Layers, heights: Mapping[tuple[str, str], float]) -> tuple[Run, ...]:
    """Find the upright pieces that arrows around the boxes need.

    Parameters
    ----------
    layers
        The ranks and links.
    heights
        Height at which each link touches each node, by (link, node).
    """
    rank = layers.rank_of()
    found: list[Run] = []

    def add(link: Link, node: str, *, before: bool, up: bool) -> None:
        channel = rank[node] + (0 if before else 1)
        reach: Reach = "arrive" if before else "leave"
        y = heights[link.code, node]
        found.append(Run(link=link.code, channel=channel, reach=reach, up=up, y=y))

    for link in layers.around:
        if rank[link.to] + 1 != rank[link.from_]:
            add(link, link.from_, before=True, up=True)
            add(link, link.to, before=False, up=True)
    for link in layers.beside:
        if link.to in rank:
            add(link, link.to, before=True, up=False)
        if link.from_ in rank:
            add(link, link.from_, before=False, up=False)
    return tuple(found)


@attrs.frozen(kw_only=True)
class Frame:
    """Where ranks, tracks and lanes lie.

    Attributes
    ----------
    left, right
        Edges of the boxes of each rank.
    tracks
        x of the upright pieces, by (link, reach).
    lanes
        y of the level pieces over the top, by link.
    floors
        y of the level pieces under the columns, by link.
    """

    left: tuple[float, ...]
    right: tuple[float, ...]
    tracks: Mapping[tuple[str, Reach], float]
    lanes: Mapping[str, float]
    floors: Mapping[str, float]


def channel_widths(ranks: int, runs: Iterable[Run], measures: Measures) -> tuple[float, ...]:
    """Give the width of every channel, from the one before the first rank to the one after the
    last.
    """  # noqa: D205
    runs = tuple(runs)
    widths = []
    for channel in range(ranks + 1):
        inside = sum(run.channel == channel for run in runs)
        is_edge = channel in (0, ranks)
        room = inside * measures.track
        widths.append((_NEAREST + room if inside else 0.0) if is_edge else measures.gap + room)
    return tuple(widths)


def tracks_of(
    runs: Iterable[Run], left: Sequence[float], right: Sequence[float], measures: Measures
) -> dict[tuple[str, Reach], float]:
    """Give every upright piece its x; those whose box end lies on the way of others go inside."""
    runs = tuple(runs)
    found: dict[tuple[str, Reach], float] = {}
    for channel in range(len(left) + 1):
        inside = [run for run in runs if run.channel == channel]
        downward = sorted((r for r in inside if not r.up), key=lambda run: -run.y)
        upward = sorted((r for r in inside if r.up), key=lambda run: run.y)
        for reach in ("arrive", "leave"):
            here = [run for run in (*downward, *upward) if run.reach == reach]
            for place, run in enumerate(here):
                if reach == "arrive":
                    x = left[channel] - _NEAREST - place * measures.track
                else:
                    x = right[channel - 1] + _NEAREST_LEAVING + place * measures.track
                found[run.link, run.reach] = x
    return found


def forward_path(
    link: Link,
    layers: Layers,
    frame: Frame,
    heights: Mapping[tuple[str, str], float],
    middles: Mapping[str, float],
) -> Chain:
    """Draw an arrow from left to right through its waypoints."""
    rank = layers.rank_of()
    first, last = rank[link.from_], rank[link.to]
    start = (frame.right[first], heights[link.code, link.from_])
    end = (frame.left[last], heights[link.code, link.to])
    passed = []
    for r in range(first + 1, last):
        y = middles[waypoint(link.code, r)]
        passed.append(((frame.left[r], y), (frame.right[r], y)))
    return through([(start, start), *passed, (end, end)])


def around_path(
    link: Link, layers: Layers, frame: Frame, heights: Mapping[tuple[str, str], float]
) -> Chain:
    """Draw an arrow that goes back: out at the left of its start, in at the right of its end."""
    rank = layers.rank_of()
    start = (frame.left[rank[link.from_]], heights[link.code, link.from_])
    end = (frame.right[rank[link.to]], heights[link.code, link.to])
    if (link.code, "arrive") not in frame.tracks:
        return through([(start, start), (end, end)])
    out, back = frame.tracks[link.code, "arrive"], frame.tracks[link.code, "leave"]
    lane = frame.lanes[link.code]
    corners = [start, (out, start[1]), (out, lane), (back, lane), (back, end[1]), end]
    return rounded(corners, _RADIUS)


def beside_path(
    link: Link, layers: Layers, frame: Frame, heights: Mapping[tuple[str, str], float],
    doors: Mapping[tuple[str, str], Point],
) -> Chain:  # fmt: skip
    """Draw an arrow from or to the context, which lies under the columns.

    ``doors`` holds the points at which links touch context boxes, by (link, node).
    """
    rank = layers.rank_of()
    floor = frame.floors[link.code]
    corners: list[Point] = []
    for node, reach in ((link.from_, "leave"), (link.to, "arrive")):
        if node in rank:
            side = frame.left if reach == "arrive" else frame.right
            x = frame.tracks[link.code, "arrive" if reach == "arrive" else "leave"]
            y = heights[link.code, node]
            piece = [(side[rank[node]], y), (x, y), (x, floor)]
        else:
            door = doors[link.code, node]
            piece = [door, (door[0], floor)]
        corners.extend(piece if reach == "leave" else piece[::-1])
    return rounded(corners, _RADIUS)


def doors_of(
    layers: Layers, boxes: Mapping[str, Box], tracks: Mapping[tuple[str, Reach], float]
) -> dict[tuple[str, str], Point]:
    """Give the points at the top of context boxes where arrows leave and arrive."""
    wanted: dict[str, list[tuple[float, str]]] = {code: [] for code in layers.context}
    for link in layers.beside:
        for node, other in ((link.from_, link.to), (link.to, link.from_)):
            if node in wanted:
                reach: Reach = "arrive" if other == link.to else "leave"
                middle = boxes[other].x + boxes[other].width / 2
                wanted[node].append((tracks.get((link.code, reach), middle), link.code))
    found: dict[tuple[str, str], Point] = {}
    for node, ends in wanted.items():
        box = boxes[node]
        room = box.width - 2 * _FROM_COLUMNS
        for place, (x, code) in enumerate(sorted(ends)):
            low = box.x + _FROM_COLUMNS + min(10.0 * place, room)
            high = box.right - _FROM_COLUMNS - min(10.0 * (len(ends) - 1 - place), room)
            found[code, node] = (min(max(x, low), high), box.y)
    return found
