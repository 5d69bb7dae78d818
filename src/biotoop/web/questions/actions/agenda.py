"""The learning agenda as a catalogue: open steps, and who already asks or offers something."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

import attrs
from django.db.models import Count, Max, Q

from biotoop.web.questions.bridge.routes import routes_of
from biotoop.web.questions.models import Opening, Question
from biotoop.web.questions.rules.placing import HOLDING
from biotoop.web.shared.rules import Reader, visible
from biotoop.web.shared.rules.chances import Chance, offered_on
from biotoop.web.theories.models import AgendaItem, Link, LinkAssessment, Theory

MOST = 6  # steps of one theory on the page


@attrs.frozen(kw_only=True)
class OpenStep:
    """A step that waits to be looked at, and why it stands where it stands."""

    link: Link
    routes: int
    worth: float | None = None
    worth_error: float | None = None
    price_year: int | None = None
    reason_nl: str = ""
    reason_en: str = ""
    openings: tuple[tuple[Opening, int], ...] = ()
    questions: tuple[Question, ...] = ()
    seats: tuple[Chance, ...] = ()


@attrs.frozen(kw_only=True)
class Agenda:
    """The open steps of one theory; ``was_run`` tells whether evidence was weighed."""

    theory: Theory
    was_run: bool
    steps: tuple[OpenStep, ...]


def agendas(reader: Reader, theories: Iterable[Theory]) -> list[Agenda]:
    """Give the open steps of published theories, in the order of what is worth most to know.

    Of a theory that was run: its own agenda. Of another one: steps without any estimate, by the
    number of ways that pass them.
    """
    rows = [theory for theory in theories if theory.latest is not None]
    ran = items_of(rows)
    bare = [theory for theory in rows if theory.pk not in ran]
    found = {**ran, **unweighed(bare)}
    links = [step.link.pk for steps in found.values() for step in steps]
    offered, asked = openings_on(reader, links), asked_on(reader, links)
    seats = offered_on(reader, links)
    return [
        Agenda(
            theory=theory,
            was_run=theory.pk in ran,
            steps=tuple(
                attrs.evolve(
                    step,
                    openings=tuple(offered[step.link.pk]),
                    questions=tuple(asked[step.link.pk]),
                    seats=tuple(seats[step.link.pk]),
                )
                for step in found.get(theory.pk, ())
            ),
        )
        for theory in rows
        if found.get(theory.pk)
    ]


def items_of(theories: list[Theory]) -> dict[UUID, list[OpenStep]]:
    """Read the agenda of the last run on each of the last versions, in two queries."""
    versions = {theory.latest_id: theory.pk for theory in theories}
    rows = AgendaItem.objects.filter(version__in=versions)
    newest = rows.order_by().values("version").annotate(last=Max("made_at"))
    lasts = {(row["version"], row["last"]) for row in newest}
    runs = {row.run for row in rows if (row.version_id, row.made_at) in lasts}
    found: dict[UUID, list[OpenStep]] = defaultdict(list)
    for row in rows.filter(run__in=runs).select_related("link").order_by("rank"):
        steps = found[versions[row.version_id]]
        if len(steps) < MOST:
            steps.append(step_of(row))
    return found


def step_of(row: AgendaItem) -> OpenStep:
    """Take over what the analysis said."""
    return OpenStep(
        link=row.link, routes=row.routes, worth=row.worth, worth_error=row.worth_error,
        price_year=row.price_year, reason_nl=row.reason_nl, reason_en=row.reason_en,
    )  # fmt: skip


def unweighed(theories: list[Theory]) -> dict[UUID, list[OpenStep]]:
    """Order the steps on which nothing was found yet by the ways that pass them."""
    keys = [theory.latest_id for theory in theories]
    judged = set(LinkAssessment.objects.filter(version__in=keys).values_list("link", flat=True))
    links: dict[tuple[UUID, str], Link] = {
        (link.theory_id, link.code): link for link in Link.objects.filter(theory__in=theories)
    }
    found: dict[UUID, list[OpenStep]] = {}
    for theory in theories:
        content = theory.latest.content if theory.latest else {}
        ways = [(links.get((theory.pk, code)), ways) for code, ways in routes_of(content)]
        steps = [
            OpenStep(link=link, routes=n) for link, n in ways if link and link.pk not in judged
        ]
        found[theory.pk] = steps[:MOST]
    return found


def openings_on(reader: Reader, links: list[UUID]) -> dict[UUID, list[tuple[Opening, int]]]:
    """Give the openings about steps, each with the places that are left."""
    given = Count("applications", filter=Q(applications__state__in=HOLDING))
    found: dict[UUID, list[tuple[Opening, int]]] = defaultdict(list)
    rows = visible(reader, Opening).filter(step__in=links).select_related("organisation")
    for row in rows.annotate(given=given).order_by("title"):
        if row.step_id:
            found[row.step_id].append((row, max(0, row.seats - row.given)))
    return found


def asked_on(reader: Reader, links: list[UUID]) -> dict[UUID, list[Question]]:
    """Give the questions from practice about steps."""
    found: dict[UUID, list[Question]] = defaultdict(list)
    for row in visible(reader, Question).filter(step__in=links).order_by("-created_at"):
        if row.step_id:
            found[row.step_id].append(row)
    return found
