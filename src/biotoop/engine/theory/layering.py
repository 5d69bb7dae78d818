"""Ranks of a drawing: a column for every kind of node, more than one where links stay within it.

A link that skips ranks gets an invisible waypoint in each rank that it passes (Sugiyama, Tagawa
and Toda 1981), so that its arrow has room of its own between the boxes.
"""

from collections.abc import Iterable, Mapping

import attrs

from biotoop.engine.theory.checks import LEVEL
from biotoop.engine.theory.graph import forward_links, reversed_graph, successors, topological
from biotoop.engine.theory.model import Link, LinkKind, NodeKind, TheoryOfChange

KINDS = tuple(LEVEL)


@attrs.frozen(kw_only=True)
class Edge:
    """A piece of an arrow between two neighbouring ranks.

    Attributes
    ----------
    link
        Code of the link.
    start, end
        Node codes or waypoints in two neighbouring ranks.
    """

    link: str
    start: str
    end: str


@attrs.frozen(kw_only=True)
class Layers:
    """Who stands in which rank, and which arrows run between the ranks.

    Attributes
    ----------
    kinds
        Kind of each rank, from left to right.
    ranks
        Node codes and waypoints of each rank, from top to bottom.
    edges
        For each gap between two ranks: the pieces of arrows in it.
    forward
        Links that run from left to right through the gaps.
    around
        Links that go back, and so are drawn around the boxes.
    context
        Codes of context nodes, which stand in a band of their own.
    beside
        Links that start or end at the context.
    """

    kinds: tuple[NodeKind, ...]
    ranks: tuple[tuple[str, ...], ...]
    edges: tuple[tuple[Edge, ...], ...]
    forward: tuple[Link, ...]
    around: tuple[Link, ...]
    context: tuple[str, ...]
    beside: tuple[Link, ...]

    def rank_of(self) -> dict[str, int]:
        """Give the rank of every node and waypoint."""
        return {code: rank for rank, codes in enumerate(self.ranks) for code in codes}


def waypoint(link: str, rank: int) -> str:
    """Name the waypoint of a link in a rank; no node code holds an @."""
    return f"{link}@{rank}"


def is_waypoint(name: str) -> bool:
    """Tell waypoints from nodes."""
    return "@" in name


def assign_layers(theory: TheoryOfChange, *, all_kinds: bool = False) -> Layers:
    """Give every node its rank, in document order within a rank.

    Parameters
    ----------
    theory
        A theory whose codes are unique and whose links name nodes; it may have other faults.
    all_kinds
        Whether kinds without nodes get an empty rank, as an editor needs.
    """
    kinds = {node.code: node.kind for node in theory.nodes}
    context = tuple(code for code, kind in kinds.items() if kind == NodeKind.CONTEXT)
    flow = {code: LEVEL[kind] for code, kind in kinds.items() if kind in LEVEL}
    beside = tuple(s for s in theory.links if s.from_ in context or s.to in context)
    within = tuple(s for s in theory.links if s.from_ in flow and s.to in flow)
    rising = [s for s in within if s.kind != LinkKind.FEEDBACK and flow[s.from_] <= flow[s.to]]
    forward = forward_links(tuple(flow), rising)
    columns = [
        _columns([c for c in flow if flow[c] == level], forward, has_any=all_kinds)
        for level in range(len(KINDS))
    ]
    ranks = tuple(tuple(rank) for column in columns for rank in column)
    kept = {link.code for link in forward}
    edges, passed = _edges(ranks, forward)
    return Layers(
        kinds=tuple(kind for kind, column in zip(KINDS, columns, strict=True) for _ in column),
        ranks=tuple((*rank, *extra) for rank, extra in zip(ranks, passed, strict=True)),
        edges=edges,
        forward=forward,
        around=tuple(link for link in within if link.code not in kept),
        context=context,
        beside=beside,
    )


def _columns(codes: list[str], links: Iterable[Link], *, has_any: bool) -> list[list[str]]:
    """Split the nodes of one kind over as few ranks as the links within it ask for."""
    if not codes:
        return [[]] if has_any else []
    links = tuple(links)
    graph = successors(codes, [link for link in links if link.to in codes])
    depth = _depths(graph)
    deepest = max(depth.values())
    for code in reversed(topological(graph)):
        leaving = sum(link.from_ == code for link in links)
        arriving = sum(link.to == code for link in links)
        if leaving > arriving:
            depth[code] = min((depth[end] for end in graph[code]), default=deepest + 1) - 1
    return [[code for code in codes if depth[code] == rank] for rank in range(deepest + 1)]


def _depths(graph: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    before = reversed_graph(graph)
    depth: dict[str, int] = {}
    for code in topological(graph):
        depth[code] = max((depth[start] + 1 for start in before[code]), default=0)
    return depth


def _edges(
    ranks: tuple[tuple[str, ...], ...], links: Iterable[Link]
) -> tuple[tuple[tuple[Edge, ...], ...], list[list[str]]]:
    """Cut every link at the ranks that it passes."""
    rank_of = {code: rank for rank, codes in enumerate(ranks) for code in codes}
    edges: list[list[Edge]] = [[] for _ in ranks[1:]]
    passed: list[list[str]] = [[] for _ in ranks]
    for link in links:
        first, last = rank_of[link.from_], rank_of[link.to]
        stops = [link.from_, *(waypoint(link.code, r) for r in range(first + 1, last)), link.to]
        for rank in range(first + 1, last):
            passed[rank].append(waypoint(link.code, rank))
        for rank in range(first, last):
            start, end = stops[rank - first], stops[rank - first + 1]
            edges[rank].append(Edge(link=link.code, start=start, end=end))
    return tuple(tuple(gap) for gap in edges), passed
