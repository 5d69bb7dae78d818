"""The theory as a graph: who leads to whom, circles, and what can be reached.

All functions take nodes by code and links in document order, and keep that order in what they
give, so that the same theory always gives the same answer.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from biotoop.engine.theory.model import Link

Neighbours = Mapping[str, tuple[str, ...]]


def successors(codes: Iterable[str], links: Iterable[Link]) -> dict[str, tuple[str, ...]]:
    """Give for every node the nodes to which a link leads, in document order.

    Links that name an unknown node are left out; double links count once.
    """
    found: dict[str, dict[str, None]] = {code: {} for code in codes}
    for link in links:
        if link.from_ in found and link.to in found:
            found[link.from_][link.to] = None
    return {code: tuple(ends) for code, ends in found.items()}


def reversed_graph(graph: Neighbours) -> dict[str, tuple[str, ...]]:
    """Turn every link around."""
    found: dict[str, list[str]] = {code: [] for code in graph}
    for code, ends in graph.items():
        for end in ends:
            found[end].append(code)
    return {code: tuple(starts) for code, starts in found.items()}


def reach(graph: Neighbours, starts: Iterable[str]) -> tuple[str, ...]:
    """Give every node that can be reached from the starts, the starts included, nearest first."""
    found = dict.fromkeys(start for start in starts if start in graph)
    queue = deque(found)
    while queue:
        for end in graph[queue.popleft()]:
            if end not in found:
                found[end] = None
                queue.append(end)
    return tuple(found)


def topological(graph: Neighbours) -> tuple[str, ...]:
    """Order the nodes so that every link points forward (Kahn 1962, ties in document order).

    Nodes on a circle, and nodes behind one, are left out: a result shorter than the graph means
    that there is a circle.
    """
    waiting = dict.fromkeys(graph, 0)
    for ends in graph.values():
        for end in ends:
            waiting[end] += 1
    ready = deque(code for code, count in waiting.items() if count == 0)
    found: list[str] = []
    while ready:
        code = ready.popleft()
        found.append(code)
        for end in graph[code]:
            waiting[end] -= 1
            if waiting[end] == 0:
                ready.append(end)
    return tuple(found)


def circles(graph: Neighbours) -> tuple[tuple[str, ...], ...]:
    """Give one shortest circle for every group of nodes that lead to each other.

    Returns
    -------
    tuple of tuple of str
        Each circle starts and ends with the same node, the first of its group in document order.
    """
    settled = set(topological(graph))
    backward = reversed_graph(graph)
    found: list[tuple[str, ...]] = []
    for code in graph:
        if code in settled:
            continue
        circle = _shortest_circle(graph, code)
        if circle:
            found.append(circle)
            ahead = set(reach(graph, [code]))
            settled.update(ahead.intersection(reach(backward, [code])))
    return tuple(found)


def _shortest_circle(graph: Neighbours, start: str) -> tuple[str, ...]:
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        code = queue.popleft()
        for end in graph[code]:
            if end == start:
                return _trail(came_from, start, code)
            if end not in came_from:
                came_from[end] = code
                queue.append(end)
    return ()


def _trail(came_from: Mapping[str, str], start: str, last: str) -> tuple[str, ...]:
    back = [start, last] if last != start else [start]
    while back[-1] != start:
        back.append(came_from[back[-1]])
    back = back if len(back) > 1 else [start, start]
    return tuple(reversed(back))


def forward_links(codes: Sequence[str], links: Sequence[Link]) -> tuple[Link, ...]:
    """Keep the links that can be drawn without a circle, first come first kept.

    Parameters
    ----------
    codes
        Codes of the nodes.
    links
        Links in document order, each between two of the nodes.
    """
    kept: list[Link] = []
    for link in links:
        if link.from_ not in reach(successors(codes, kept), [link.to]):
            kept.append(link)
    return tuple(kept)
