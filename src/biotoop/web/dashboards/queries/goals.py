"""What is known about a policy goal: the nodes that serve it, and the steps that lead there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from django.db.models import QuerySet

from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import that_count
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.shared.rules import Reader, ask, visible
from biotoop.web.studies.models import Study
from biotoop.web.studies.queries import in_motion
from biotoop.web.theories.models import AgendaItem, GoalLink, LinkAssessment, Theory

Plain = Mapping[str, Any]
Rows = dict[UUID, list[Any]]


@attrs.frozen(kw_only=True)
class Served:
    """A theory with the nodes that serve the goal, and everything that was found about it."""

    theory: Theory
    links: tuple[GoalLink, ...]
    assessments: Mapping[UUID, LinkAssessment]
    agenda: tuple[AgendaItem, ...]
    runs: tuple[Run, ...]
    studies: tuple[Study, ...]


def serving(goal: PolicyGoal, reader: Reader) -> list[Served]:
    """Give the published theories that serve a goal, as far as the reader may read them."""
    by_theory: dict[UUID, list[GoalLink]] = defaultdict(list)
    for row in ask(links_to, reader, goal.pk):
        by_theory[row.node.theory_id].append(row)
    theories = {key: links[0].node.theory for key, links in by_theory.items()}
    judged, agenda = judged_in(theories.values()), agenda_in(theories.values())
    runs, studies = runs_about(theories, reader), studies_about(theories, reader)
    return [
        Served(
            theory=theories[key],
            links=tuple(links),
            assessments=judged.get(key, {}),
            agenda=tuple(agenda.get(key, ())),
            runs=tuple(runs.get(key, ())),
            studies=tuple(studies.get(key, ())),
        )
        for key, links in by_theory.items()
    ]


def links_to(reader: Reader, goal: UUID) -> QuerySet[GoalLink]:
    """List the nodes that serve a goal, in published theories that the reader may read."""
    rows = GoalLink.objects.filter(
        goal=goal, archived_at=None, node__theory__in=visible(reader, Theory),
        node__theory__latest__isnull=False,
    )  # fmt: skip
    near = rows.select_related("node__theory__latest", "node__theory__programme__organisation")
    return near.order_by("node__theory__title", "node__code")


def judged_in(theories: Any) -> dict[UUID, dict[UUID, LinkAssessment]]:  # noqa: ANN401 - rows
    """Give the last judgement of each step of the last versions."""
    found: dict[UUID, dict[UUID, LinkAssessment]] = defaultdict(dict)
    versions = {theory.latest_id: theory.pk for theory in theories}
    for row in ask(judgements_of, None, tuple(versions)):
        found[versions[row.version_id]][row.link_id] = row
    return found


def judgements_of(versions: Collection[UUID]) -> QuerySet[LinkAssessment]:
    """List the judgements of the steps of versions, the last one last."""
    return LinkAssessment.objects.filter(version__in=versions).order_by("made_at")


def agenda_in(theories: Any) -> Rows:  # noqa: ANN401 - as above
    """Give the learning agenda of the last run on each of the last versions."""
    versions = {theory.latest_id: theory.pk for theory in theories}
    found: Rows = defaultdict(list)
    last: dict[UUID, UUID] = {}
    for row in ask(items_on, None, tuple(versions)):
        theory = versions[row.version_id]
        if last.setdefault(theory, row.run) == row.run:
            found[theory].append(row)
    for items in found.values():
        items.sort(key=lambda item: item.rank)
    return found


def items_on(versions: Collection[UUID]) -> QuerySet[AgendaItem]:
    """List what runs put on the agenda of versions, the last run first."""
    rows = AgendaItem.objects.filter(version__in=versions).select_related("link")
    return rows.order_by("-made_at", "rank")


def runs_about(theories: Mapping[UUID, Theory], reader: Reader) -> Rows:
    """Give the run that counts of each study on these theories."""
    found: Rows = defaultdict(list)
    if not ask(done_on, reader, tuple(theories))[:1]:
        return found
    rows = done_on(reader, tuple(theories))
    for row in that_count(rows).select_related("study__organisation"):
        found[row.study.theory_id].append(row)
    return found


def done_on(reader: Reader, theories: Collection[UUID]) -> QuerySet[Run]:
    """List the runs on theories that are ready."""
    rows = visible(reader, Run).filter(study__theory__in=theories, study__archived_at=None)
    return rows.filter(state=RunState.DONE)


def studies_about(theories: Mapping[UUID, Theory], reader: Reader) -> Rows:
    """Give the studies under way on these theories."""
    found: Rows = defaultdict(list)
    for row in ask(under_way_on, reader, tuple(theories)):
        found[row.theory_id].append(row)
    return found


def under_way_on(reader: Reader, theories: Collection[UUID]) -> QuerySet[Study]:
    """List the studies under way on theories."""
    rows = in_motion(visible(reader, Study)).filter(theory__in=theories)
    return rows.select_related("organisation").order_by("title")


def codes_towards(content: Plain, nodes: Sequence[str]) -> set[str]:
    """Give the codes of all steps from which a way leads to one of these nodes."""
    into: dict[str, list[Plain]] = defaultdict(list)
    for link in content.get("links", ()):
        into[link["to"]].append(link)
    found: set[str] = set()
    ahead = list(nodes)
    while ahead:
        for link in into.pop(ahead.pop(), ()):
            found.add(link["code"])
            ahead.append(link["from"])
    return found
