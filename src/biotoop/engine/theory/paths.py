"""Routes from what is done to what changes, and what lies before and behind a node."""

from collections.abc import Callable, Mapping

import attrs

from biotoop.engine.core.errors import EngineError, InvalidTheory
from biotoop.engine.core.messages import note
from biotoop.engine.theory.graph import (
    circles,
    reach,
    reversed_graph,
    successors,
    topological,
)
from biotoop.engine.theory.model import Link, LinkKind, NodeKind, TheoryOfChange

MOST_ROUTES = 10_000
_ENDS = (NodeKind.OUTCOME, NodeKind.IMPACT)


class TooManyRoutes(EngineError):
    """A theory has more routes than can be shown. Parameters: count, most."""

    code = "theory.too_many_routes"


@attrs.frozen(kw_only=True)
class Route:
    """One way through the theory, from an intervention to an outcome or impact.

    Attributes
    ----------
    nodes
        Codes of the nodes, in order.
    links
        Codes of the links between them: one fewer than the nodes.
    """

    nodes: tuple[str, ...]
    links: tuple[str, ...] = attrs.field()

    @links.validator
    def _one_fewer(self, _attribute: object, links: tuple[str, ...]) -> None:
        if len(links) != len(self.nodes) - 1:
            message = f"{len(self.nodes)} nodes are joined by {len(self.nodes) - 1} links"
            raise ValueError(message)

    @property
    def start(self) -> str:
        """Code of the node where the route starts."""
        return self.nodes[0]

    @property
    def end(self) -> str:
        """Code of the node where the route ends."""
        return self.nodes[-1]

    def __str__(self) -> str:
        """Write the route as "N1 > N3 > N6"."""
        return " > ".join(self.nodes)


def routes(
    theory: TheoryOfChange,
    *,
    start: str | None = None,
    end: str | None = None,
    most: int = MOST_ROUTES,
) -> tuple[Route, ...]:
    """Give all routes over causes, from interventions to outcomes and impacts.

    A route that goes on to an impact is given once for every outcome that it passes, and once for
    the impact: each is an end for which the question "how plausible?" can be asked.

    Parameters
    ----------
    theory
        A theory of change without circles.
    start, end
        Codes of the nodes where routes start and end; by default every intervention, and every
        outcome and impact. Any other node may be named as well.
    most
        Most routes that are listed. They are counted first, so that a refusal costs no time.

    Returns
    -------
    tuple of Route
        In document order of starts, then depth first in document order of links.

    Raises
    ------
    KeyError
        No node has the code of ``start`` or ``end``.
    InvalidTheory
        The causes run in a circle.
    TooManyRoutes
        There are more routes than ``most``.
    """
    steps = _steps(theory)
    starts = _chosen(theory, start, lambda kind: kind == NodeKind.INTERVENTION)
    ends = _chosen(theory, end, lambda kind: kind in _ENDS)
    ahead = _routes_ahead(theory, ends)
    count = sum(ahead[code] - (code in ends) for code in starts)
    if count > most:
        raise TooManyRoutes(count=count, most=most)
    found: list[Route] = []
    for code in starts:
        _walk(code, steps, ends, ahead, found)
    return tuple(found)


def routes_through(
    theory: TheoryOfChange, link: str, *, most: int = MOST_ROUTES
) -> tuple[Route, ...]:
    """Give all routes from interventions to outcomes and impacts that use a link.

    Raises
    ------
    KeyError
        No link has this code.
    InvalidTheory
        The causes run in a circle.
    TooManyRoutes
        More than ``most`` routes use this link.
    """
    step = theory.link(link)
    if step.kind != LinkKind.CAUSE:
        return ()
    steps = _steps(theory)
    ends = _chosen(theory, None, lambda kind: kind in _ENDS)
    starts = _chosen(theory, None, lambda kind: kind == NodeKind.INTERVENTION)
    ahead = _routes_ahead(theory, ends)
    behind = _routes_ahead(theory, (step.from_,))
    count = sum(behind[code] for code in starts) * ahead[step.to]
    if count > most:
        raise TooManyRoutes(count=count, most=most)
    before: list[Route] = []
    for code in starts:
        if code == step.from_:
            before.append(Route(nodes=(code,), links=()))
        _walk(code, steps, (step.from_,), behind, before)
    after: list[Route] = [Route(nodes=(step.to,), links=())] if step.to in ends else []
    _walk(step.to, steps, ends, ahead, after)
    return tuple(
        Route(nodes=(*left.nodes, *right.nodes), links=(*left.links, link, *right.links))
        for left in before
        for right in after
    )


def ancestors(theory: TheoryOfChange, node: str) -> tuple[str, ...]:
    """Give the nodes from which causes lead to a node, nearest first.

    Raises
    ------
    KeyError
        No node has this code.
    """
    theory.node(node)
    return reach(reversed_graph(_graph(theory)), [node])[1:]


def descendants(theory: TheoryOfChange, node: str) -> tuple[str, ...]:
    """Give the nodes to which causes lead from a node, nearest first.

    Raises
    ------
    KeyError
        No node has this code.
    """
    theory.node(node)
    return reach(_graph(theory), [node])[1:]


def conditions_on(theory: TheoryOfChange, route: Route) -> tuple[Link, ...]:
    """Give the condition links that point at a node of a route, in document order."""
    return tuple(
        link for link in theory.links if link.kind == LinkKind.CONDITION and link.to in route.nodes
    )


def _graph(theory: TheoryOfChange) -> dict[str, tuple[str, ...]]:
    causes = [link for link in theory.links if link.kind == LinkKind.CAUSE]
    return successors([node.code for node in theory.nodes], causes)


def _steps(theory: TheoryOfChange) -> dict[str, list[Link]]:
    """Give the causes that leave each node, after making sure that they run in no circle."""
    found = circles(_graph(theory))
    if found:
        raise InvalidTheory(reason=note("theory.circle_reason", path=" > ".join(found[0])))
    steps: dict[str, list[Link]] = {node.code: [] for node in theory.nodes}
    for link in theory.links:
        if link.kind == LinkKind.CAUSE and link.from_ in steps and link.to in steps:
            steps[link.from_].append(link)
    return steps


def _chosen(
    theory: TheoryOfChange, code: str | None, wanted: Callable[[NodeKind], bool]
) -> tuple[str, ...]:
    if code is not None:
        return (theory.node(code).code,)
    return tuple(node.code for node in theory.nodes if wanted(node.kind))


def _routes_ahead(theory: TheoryOfChange, ends: tuple[str, ...]) -> dict[str, int]:
    """Count the routes from each node to any of the ends; an end counts itself as one."""
    steps = _steps(theory)
    count = dict.fromkeys(steps, 0)
    for code in reversed(topological(_graph(theory))):
        count[code] = (code in ends) + sum(count[link.to] for link in steps[code])
    return count


def _walk(
    start: str,
    steps: Mapping[str, list[Link]],
    ends: tuple[str, ...],
    ahead: Mapping[str, int],
    found: list[Route],
) -> None:
    """List the routes of at least one link from a node, depth first, without dead ends."""
    stack: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((start,), ())]
    while stack:
        nodes, links = stack.pop()
        if links and nodes[-1] in ends:
            found.append(Route(nodes=nodes, links=links))
        stack.extend(
            ((*nodes, link.to), (*links, link.code))
            for link in reversed(steps[nodes[-1]])
            if ahead[link.to]
        )
