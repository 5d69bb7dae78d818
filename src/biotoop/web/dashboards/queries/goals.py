"""What is known about a policy goal: the nodes that serve it, and the steps that lead there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs

from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import that_count
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.shared.rules import Reader, visible
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
    rows = GoalLink.objects.filter(
        goal=goal, archived_at=None, node__theory__in=visible(reader, Theory),
        node__theory__latest__isnull=False,
    )  # fmt: skip
    near = rows.select_related("node__theory__latest", "node__theory__programme__organisation")
    by_theory: dict[UUID, list[GoalLink]] = defaultdict(list)
    for row in near.order_by("node__theory__title", "node__code"):
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


def judged_in(theories: Any) -> dict[UUID, dict[UUID, LinkAssessment]]:  # noqa: ANN401 - rows
    """Give the last judgement of each step of the last versions."""
    found: dict[UUID, dict[UUID, LinkAssessment]] = defaultdict(dict)
    versions = {theory.latest_id: theory.pk for theory in theories}
    for row in LinkAssessment.objects.filter(version__in=versions).order_by("made_at"):
        found[versions[row.version_id]][row.link_id] = row
    return found


def agenda_in(theories: Any) -> Rows:  # noqa: ANN401 - as above
    """Give the learning agenda of the last run on each of the last versions."""
    versions = {theory.latest_id: theory.pk for theory in theories}
    rows = AgendaItem.objects.filter(version__in=versions).select_related("link")
    found: Rows = defaultdict(list)
    last: dict[UUID, UUID] = {}
    for row in rows.order_by("-made_at", "rank"):
        theory = versions[row.version_id]
        if last.setdefault(theory, row.run) == row.run:
            found[theory].append(row)
    for items in found.values():
        items.sort(key=lambda item: item.rank)
    return found


def runs_about(theories: Mapping[UUID, Theory], reader: Reader) -> Rows:
    """Give the run that counts of each study on these theories."""
    rows = visible(reader, Run).filter(study__theory__in=theories, study__archived_at=None)
    found: Rows = defaultdict(list)
    for row in that_count(rows).select_related("study__organisation"):
        found[row.study.theory_id].append(row)
    return found


def studies_about(theories: Mapping[UUID, Theory], reader: Reader) -> Rows:
    """Give the studies under way on these theories."""
    found: Rows = defaultdict(list)
    rows = in_motion(visible(reader, Study)).filter(theory__in=theories)
    for row in rows.select_related("organisation").order_by("title"):
        found[row.theory_id].append(row)
    return found


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
