"""Ways through the theory: each as strong as its weakest step, and only under its conditions."""

from collections.abc import Collection, Iterator, Mapping

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import ConditionStatus, Grade
from biotoop.engine.plausibility.grading import weakest
from biotoop.engine.plausibility.route_result import ConditionView, RouteAssessment
from biotoop.engine.theory.model import Link, LinkKind, TheoryOfChange
from biotoop.engine.theory.paths import Route, TooManyRoutes, ancestors, descendants, routes


@attrs.frozen(kw_only=True)
class Routes:
    """The routes that are listed, and how many more there are."""

    listed: tuple[RouteAssessment, ...]
    not_listed: int


def assess_routes(
    theory: TheoryOfChange,
    *,
    grades: Mapping[str, Grade],
    conditions: Mapping[str, ConditionStatus],
    whole: Collection[str],
    most: int,
) -> Routes:
    """List the routes from interventions to outcomes and impacts, and those with own evidence.

    Parameters
    ----------
    theory
        The theory of change.
    grades
        Grade shown of every link, by code.
    conditions
        Status of the conditions that were judged, by context node.
    whole
        Routes with evidence of their own, written as N1>N9.
    most
        Up to how many routes to list; of more, only the number is told.

    Raises
    ------
    InvalidTheory
        The causal links run in a circle.
    """
    found: dict[tuple[str, ...], Route] = {}
    not_listed = 0
    for start, end in _wanted(whole):
        try:
            ways = routes(theory, start=start, end=end, most=most)
        except TooManyRoutes as refused:
            not_listed += int(str(refused.params["count"]))
        else:
            found.update((way.links, way) for way in ways)
    views = _conditions(theory, conditions)
    listed = tuple(_assess(way, grades, views, whole) for way in found.values())
    return Routes(listed=listed, not_listed=not_listed)


def _wanted(whole: Collection[str]) -> Iterator[tuple[str | None, str | None]]:
    """Give the ends of the routes to list: all usual ones, then those with own evidence."""
    yield None, None
    for code in sorted(whole):
        start, _, end = code.partition(">")
        yield start, end


def links_between(theory: TheoryOfChange, start: str, end: str) -> tuple[Link, ...]:
    """Give every causal link that lies on a way from start to end."""
    inside = {start, *descendants(theory, start)} & {end, *ancestors(theory, end)}
    return tuple(
        link
        for link in theory.links
        if link.kind is LinkKind.CAUSE and link.from_ in inside and link.to in inside
    )


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


def _assess(
    way: Route,
    grades: Mapping[str, Grade],
    conditions: Mapping[str, list[ConditionView]],
    whole: Collection[str],
) -> RouteAssessment:
    code = f"{way.start}>{way.end}"
    grade = weakest([grades[link] for link in way.links])
    unassessed = tuple(link for link in way.links if grades[link] is Grade.TOO_LITTLE)
    bearing = tuple(view for node in way.nodes for view in conditions.get(node, ()))
    failing = tuple(view.node for view in bearing if view.status is ConditionStatus.NOT)
    steps = tuple(link for link in way.links if grades[link] is grade)
    return RouteAssessment(
        code=code,
        from_=way.start,
        to=way.end,
        nodes=way.nodes,
        links=way.links,
        grade=grade,
        weakest=steps,
        unassessed=unassessed,
        conditional=bool(failing),
        conditions=bearing,
        own=code if code in whole else None,
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
