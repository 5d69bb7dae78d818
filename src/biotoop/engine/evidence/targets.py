"""What evidence can bear on: nodes, links, and routes as a whole."""

import difflib
from enum import StrEnum

import attrs

from biotoop.engine.core.ids import digests, still_says, texts_hash
from biotoop.engine.theory.graph import reach, successors
from biotoop.engine.theory.model import LinkKind, Node, TheoryOfChange


class TargetKind(StrEnum):
    """What a target is."""

    NODE = "node"
    LINK = "link"
    ROUTE = "route"


@attrs.frozen(kw_only=True)
class Target:
    """A node, a link or a route, with the hash of its present text."""

    code: str
    kind: TargetKind
    text_hash: str

    def has_changed(self, judged: str | None) -> bool:
        """Tell whether evidence judged a text that is no longer there; None judges what is."""
        return judged is not None and not still_says(judged, self.text_hash)


def route_hash(start: str, end: str) -> str:
    """Hash the text of a route from the hashes of its two ends, each in its languages."""
    return texts_hash(f"{a} > {b}" for a in digests(start) for b in digests(end))


class Targets:
    """All targets of one theory, looked up by code.

    A route written by the two ends of one link is that link; any other route must be walkable
    along causal links.
    """

    def __init__(self, theory: TheoryOfChange) -> None:
        self.nodes: dict[str, Node] = {node.code: node for node in theory.nodes}
        self.links = {link.code: link for link in theory.links}
        self._by_ends: dict[tuple[str, str], list[str]] = {}
        for link in theory.links:
            self._by_ends.setdefault((link.from_, link.to), []).append(link.code)
        causes = [link for link in theory.links if link.kind is LinkKind.CAUSE]
        self._graph = successors(self.nodes, causes)
        self._found: dict[str, Target | None] = {}

    def find(self, code: str) -> Target | None:
        """Give the target of a code, or None when the theory has no such thing."""
        if code not in self._found:
            self._found[code] = self._find(code)
        return self._found[code]

    def _find(self, code: str) -> Target | None:
        if link := self.links.get(code):
            return Target(code=code, kind=TargetKind.LINK, text_hash=link.text_hash)
        if node := self.nodes.get(code):
            return Target(code=code, kind=TargetKind.NODE, text_hash=node.text_hash)
        start, arrow, end = code.partition(">")
        if not arrow or start not in self.nodes or end not in self.nodes:
            return None
        links = self._by_ends.get((start, end), [])
        if len(links) == 1:
            return self.find(links[0])
        if not self._walkable(start, end):
            return None
        words = route_hash(self.nodes[start].text_hash, self.nodes[end].text_hash)
        return Target(code=code, kind=TargetKind.ROUTE, text_hash=words)

    def _walkable(self, start: str, end: str) -> bool:
        return end in reach(self._graph, self._graph[start])

    def near(self, code: str) -> str | None:
        """Give the code that was probably meant."""
        known = {each.casefold(): each for each in (*self.nodes, *self.links)}
        found = difflib.get_close_matches(code.casefold(), known, n=1, cutoff=0.6)
        return known[found[0]] if found else None

    def has_detour(self, link: str) -> bool:
        """Tell whether the ends of a link are also joined by another way."""
        start, end = self.links[link].from_, self.links[link].to
        others = [code for code in self._graph[start] if code != end]
        return end in reach(self._graph, others)
