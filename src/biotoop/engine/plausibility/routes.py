"""Ways through the theory: each as strong as its weakest step, and only under its conditions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from biotoop.engine.core.errors import InvalidTheory
from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import ConditionStatus, Grade
from biotoop.engine.plausibility.grading import weakest
from biotoop.engine.plausibility.route_result import ConditionView, RouteAssessment
from biotoop.engine.theory.model import Link, LinkKind, NodeKind, TheoryOfChange

_ENDS = (NodeKind.OUTCOME, NodeKind.IMPACT)


@attrs.frozen(kw_only=True)
class Routes:
    """The routes that are listed, and how many more there are."""

    listed: tuple[RouteAssessment, ...]
    not_listed: int


class Ways:
    """The causal links of a theory, to walk along.

    Raises
    ------
    InvalidTheory
        The causal links run in a circle, so that there is no end to the routes.
    """

    def __init__(self, theory: TheoryOfChange) -> None:
        self.steps: dict[str, list[Link]] = {node.code: [] for node in theory.nodes}
        self.back: dict[str, list[Link]] = {node.code: [] for node in theory.nodes}
        for link in theory.links:
            if link.kind is LinkKind.CAUSE:
                self.steps[link.from_].append(link)
                self.back[link.to].append(link)
        self.order = self._order()
        self.starts = [n.code for n in theory.nodes if n.kind is NodeKind.INTERVENTION]
        self.ends = [n.code for n in theory.nodes if n.kind in _ENDS]

    def _order(self) -> list[str]:
        waiting = {code: len(links) for code, links in self.back.items()}
        ready = [code for code, count in waiting.items() if count == 0]
        for code in ready:
            for link in self.steps[code]:
                waiting[link.to] -= 1
                if waiting[link.to] == 0:
                    ready.append(link.to)
        if len(ready) < len(self.steps):
            circle = ", ".join(code for code, count in waiting.items() if count > 0)
            reason = note("plausibility.route.circle", nodes=circle)
            raise InvalidTheory(reason=Text(nl=reason.text("nl"), en=reason.text("en")))
        return ready

    def count(self, starts: Iterable[str], ends: Iterable[str]) -> int:
        """Count the ways of at least one step from any start to any end."""
        first = set(starts)
        ways = dict.fromkeys(self.order, 0)
        for code in self.order:
            for link in self.steps[code]:
                ways[link.to] += ways[code] + (code in first)
        return sum(ways[code] for code in ends)

    def leading_to(self, ends: Iterable[str]) -> set[str]:
        """Give the nodes from which an end can be reached, the ends included."""
        return _reach(ends, {code: [link.from_ for link in self.back[code]] for code in self.back})

    def links_between(self, start: str, end: str) -> list[Link]:
        """Give every link that lies on a way from start to end."""
        ahead = _reach([start], {c: [link.to for link in self.steps[c]] for c in self.steps})
        inside = ahead & self.leading_to([end])
        return [
            link
            for code in self.order
            if code in inside
            for link in self.steps[code]
            if link.to in inside
        ]

    def walk(self, start: str, ends: Iterable[str]) -> Iterator[tuple[Link, ...]]:
        """Give every way from a start to any of the ends, depth first in document order."""
        wanted = set(ends)
        useful = self.leading_to(wanted)
        path: list[Link] = []
        branches = [iter(self.steps[start])]
        while branches:
            link = next(branches[-1], None)
            if link is None:
                branches.pop()
                if path:
                    path.pop()
                continue
            if link.to not in useful:
                continue
            path.append(link)
            branches.append(iter(self.steps[link.to]))
            if link.to in wanted:
                yield tuple(path)


def _reach(starts: Iterable[str], graph: Mapping[str, Sequence[str]]) -> set[str]:
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        for code in graph[waiting.pop()]:
            if code not in seen:
                seen.add(code)
                waiting.append(code)
    return seen


def assess_routes(
    theory: TheoryOfChange,
    ways: Ways,
    *,
    grades: Mapping[str, Grade],
    conditions: Mapping[str, ConditionStatus],
    whole: Iterable[str],
    most: int,
) -> Routes:
    """List the routes from interventions to outcomes and impacts, and those with own evidence.

    Parameters
    ----------
    theory
        The theory of change.
    ways
        Its causal links.
    grades
        Grade shown of every link, by code.
    conditions
        Status of the conditions that were judged, by context node.
    whole
        Routes with evidence of their own, written as N1>N9.
    most
        How many routes to list.
    """
    own = set(whole)
    views = _conditions(theory, conditions)
    listed: list[RouteAssessment] = []
    total = 0
    for start, ends in _wanted(ways, own):
        total += ways.count([start], ends)
        if len(listed) < most:
            for path in ways.walk(start, ends):
                listed.append(_route(path, grades, views, own))
                if len(listed) == most:
                    break
    return Routes(listed=tuple(listed), not_listed=total - len(listed))


def _wanted(ways: Ways, own: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Give for each start the ends to which routes are listed."""
    starts = set(ways.starts)
    extra: dict[str, list[str]] = {}
    for code in sorted(own):
        start, _, end = code.partition(">")
        if start not in starts or end not in ways.ends:
            extra.setdefault(start, []).append(end)
    for start in [*ways.starts, *sorted(set(extra) - starts)]:
        yield start, [*(ways.ends if start in starts else ()), *extra.get(start, ())]


def _conditions(
    theory: TheoryOfChange, judged: Mapping[str, ConditionStatus]
) -> dict[str, list[ConditionView]]:
    """Give the conditions on each node, by the node on which they bear."""
    found: dict[str, list[ConditionView]] = {}
    for link in theory.links:
        if link.kind is LinkKind.CONDITION:
            view = ConditionView(
                node=link.from_, bears_on=link.to, link=link.code, status=judged.get(link.from_)
            )
            found.setdefault(link.to, []).append(view)
    return found


def _route(
    path: Sequence[Link],
    grades: Mapping[str, Grade],
    conditions: Mapping[str, list[ConditionView]],
    own: set[str],
) -> RouteAssessment:
    nodes = (path[0].from_, *(link.to for link in path))
    code = f"{nodes[0]}>{nodes[-1]}"
    found = [grades[link.code] for link in path]
    grade = weakest(found)
    unassessed = tuple(link.code for link in path if grades[link.code] is Grade.TOO_LITTLE)
    bearing = tuple(view for node in nodes for view in conditions.get(node, ()))
    failing = tuple(view.node for view in bearing if view.status is ConditionStatus.NOT)
    steps = tuple(link.code for link in path if grades[link.code] is grade)
    return RouteAssessment(
        code=code,
        from_=nodes[0],
        to=nodes[-1],
        nodes=nodes,
        links=tuple(link.code for link in path),
        grade=grade,
        weakest=steps,
        unassessed=unassessed,
        conditional=bool(failing),
        conditions=bearing,
        own=code if code in own else None,
        sentence=_sentence(grade, steps, unassessed, failing),
    )


def _sentence(
    grade: Grade | None,
    steps: tuple[str, ...],
    unassessed: tuple[str, ...],
    failing: tuple[str, ...],
) -> Note:
    tail = "_conditional" if failing else ""
    if grade is None:
        return note(f"plausibility.route.unknown{tail}", steps=unassessed, nodes=failing)
    word = word_of("plausibility.grade", grade)
    return note(f"plausibility.route.known{tail}", grade=word, steps=steps, nodes=failing)
