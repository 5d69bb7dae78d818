"""The order of boxes within their ranks that lets few arrows cross.

Barycentre sweeps (Sugiyama, Tagawa and Toda 1981) from several starting orders, each followed by
sifting: every box in turn is moved to the place in its rank where the fewest arrows cross
(Matuszewski, Schönfeld and Molitor 1999). The best order found is kept; the document order is
among the starts, so that the result never has more crossings than the order in which people wrote.
"""

import bisect
import math
from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.theory.layering import Edge

Order = tuple[tuple[str, ...], ...]
_SWEEPS = 8
_TURNS = 4
_ROUNDS = 12


@attrs.frozen(kw_only=True)
class Neighbours:
    """The ends of arrows to the left and to the right of every box, by name."""

    left: Mapping[str, tuple[str, ...]]
    right: Mapping[str, tuple[str, ...]]


def count_crossings(order: Order, edges: Sequence[Sequence[Edge]]) -> int:
    """Count the pairs of arrow pieces that cross in the gaps between neighbouring ranks.

    Parameters
    ----------
    order
        Names of each rank, from top to bottom.
    edges
        For each gap: the pieces in it, whose ends are names in the two ranks.
    """
    return sum(
        _crossings_in_gap(left, right, gap)
        for left, right, gap in zip(order, order[1:], edges, strict=False)
    )


def _crossings_in_gap(left: Sequence[str], right: Sequence[str], gap: Sequence[Edge]) -> int:
    """Count inversions of the right ends when the pieces are sorted by their left ends."""
    above = {name: place for place, name in enumerate(left)}
    below = {name: place for place, name in enumerate(right)}
    ends = sorted((above[edge.start], below[edge.end]) for edge in gap)
    seen: list[int] = []
    count = 0
    for _, end in ends:
        count += len(seen) - bisect.bisect_right(seen, end)
        bisect.insort(seen, end)
    return count


def fewest_crossings(
    order: Order, edges: Sequence[Sequence[Edge]], *, last: frozenset[str] = frozenset()
) -> Order:
    """Reorder every rank so that few arrows cross.

    Parameters
    ----------
    order
        Names of each rank, in document order.
    edges
        For each gap: the pieces of arrows in it.
    last
        Names that stay at the bottom of their rank.

    Returns
    -------
    tuple of tuple of str
        The same names, reordered within their ranks; equal input gives equal output.
    """
    neighbours = _neighbours(order, edges)
    best, fewest = order, (count_crossings(order, edges), _unevenness(order, edges))
    for start in _starts(order, neighbours, last):
        found = start
        for turn in range(_TURNS):
            swept = _swept(found, edges, neighbours, last, flips=turn % 2 == 1)
            found = _sifted(swept, neighbours, last)
            score = (count_crossings(found, edges), _unevenness(found, edges))
            if score < fewest:
                best, fewest = found, score
    return best


def _neighbours(order: Order, edges: Sequence[Sequence[Edge]]) -> Neighbours:
    left: dict[str, list[str]] = {name: [] for rank in order for name in rank}
    right: dict[str, list[str]] = {name: [] for rank in order for name in rank}
    for gap in edges:
        for edge in gap:
            right[edge.start].append(edge.end)
            left[edge.end].append(edge.start)
    return Neighbours(
        left={name: tuple(ends) for name, ends in left.items()},
        right={name: tuple(ends) for name, ends in right.items()},
    )


def _unevenness(order: Order, edges: Sequence[Sequence[Edge]]) -> float:
    """Measure how far arrows climb or fall, with every rank spread over the same height."""
    height = {name: (place + 0.5) / len(rank) for rank in order for place, name in enumerate(rank)}
    return round(sum(abs(height[e.start] - height[e.end]) for gap in edges for e in gap), 9)


def _starts(order: Order, neighbours: Neighbours, last: frozenset[str]) -> list[Order]:
    upside_down = tuple(_settled(rank[::-1], last) for rank in order)
    walks = [
        _by_walk(names, ways, last)
        for names in (order, upside_down)
        for ways in (neighbours.right, neighbours.left)
    ]
    return [order, upside_down, *walks]


def _by_walk(order: Order, ways: Mapping[str, tuple[str, ...]], last: frozenset[str]) -> Order:
    """Order every rank by when a depth-first walk along the arrows comes past."""
    seen: dict[str, None] = {}
    ranks = order if any(ways[name] for rank in order[:1] for name in rank) else order[::-1]
    for start in (name for rank in ranks for name in rank):
        stack = [start]
        while stack:
            name = stack.pop()
            if name not in seen:
                seen[name] = None
                stack.extend(reversed(ways[name]))
    turn = {name: place for place, name in enumerate(seen)}
    return tuple(_settled(sorted(rank, key=turn.__getitem__), last) for rank in order)


def _settled(rank: Sequence[str], last: frozenset[str]) -> tuple[str, ...]:
    return (*(n for n in rank if n not in last), *(n for n in rank if n in last))


def _swept(
    order: Order,
    edges: Sequence[Sequence[Edge]],
    neighbours: Neighbours,
    last: frozenset[str],
    *,
    flips: bool,
) -> Order:
    """Sort every rank by the mean place of its neighbours, rightward and leftward in turn.

    With ``flips``, names with the same mean change places, which gets the search out of a rut.
    """
    best, fewest = order, math.inf
    current = [list(rank) for rank in order]
    for sweep in range(_SWEEPS):
        is_rightward = sweep % 2 == 0
        ways = neighbours.left if is_rightward else neighbours.right
        span = range(1, len(order)) if is_rightward else range(len(order) - 2, -1, -1)
        for rank in span:
            names = current[rank][::-1] if flips else current[rank]
            fixed = current[rank - 1] if is_rightward else current[rank + 1]
            current[rank] = list(_settled(_by_barycentre(names, fixed, ways), last))
        found = tuple(tuple(rank) for rank in current)
        count = count_crossings(found, edges)
        if count < fewest:
            best, fewest = found, float(count)
    return best


def _by_barycentre(
    rank: Sequence[str], fixed: Sequence[str], ways: Mapping[str, tuple[str, ...]]
) -> list[str]:
    place = {name: index for index, name in enumerate(fixed)}

    def centre(name: str, index: int) -> float:
        ends = [place[end] for end in ways[name]]
        own = (index + 0.5) / len(rank) * len(fixed) - 0.5
        return sum(ends) / len(ends) if ends else own

    keys = {name: (centre(name, index), index) for index, name in enumerate(rank)}
    return sorted(rank, key=keys.__getitem__)


def _sifted(order: Order, neighbours: Neighbours, last: frozenset[str]) -> Order:
    """Move every box to its best place in its rank, until no move helps."""
    current = [list(rank) for rank in order]
    place = {name: index for rank in order for index, name in enumerate(rank)}
    for _ in range(_ROUNDS):
        gained = 0
        for rank in current:
            for name in tuple(rank):
                if name not in last:
                    gained += _sift(rank, name, place, neighbours, last)
        if gained == 0:
            break
    return tuple(tuple(rank) for rank in current)


def _sift(
    rank: list[str],
    name: str,
    place: dict[str, int],
    neighbours: Neighbours,
    last: frozenset[str],
) -> int:
    """Move one box to the place in its rank with the fewest crossings; tell how many it saves."""
    start = rank.index(name)
    others = [other for other in rank if other != name]
    change, changes = 0, [0]
    for other in others:
        change += _crossings_of(other, name, place, neighbours)
        change -= _crossings_of(name, other, place, neighbours)
        changes.append(change)
    free = len([other for other in others if other not in last])
    best = min(range(free + 1), key=lambda spot: (changes[spot], abs(spot - start)))
    if changes[best] < changes[start]:
        others.insert(best, name)
        rank[:] = others
        place.update({other: index for index, other in enumerate(rank)})
        return changes[start] - changes[best]
    return 0


def _crossings_of(upper: str, lower: str, place: Mapping[str, int], neighbours: Neighbours) -> int:
    """Count the crossings between the arrows of two boxes of one rank, one above the other."""
    return sum(
        place[a] > place[b]
        for ways in (neighbours.left, neighbours.right)
        for a in ways[upper]
        for b in ways[lower]
    )
