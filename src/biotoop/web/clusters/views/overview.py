"""One cluster: who leads it, the seats, and how the lines divide the question."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions.seats import ASKABLE
from biotoop.web.clusters.forms.clusters import ABOUT_CLUSTER, AdoptForm, StepForm
from biotoop.web.clusters.models import Adoption, AfterCare, Aspect, Cluster, OwnLine, Report, Seat
from biotoop.web.clusters.queries import current_adoption, lines_in, with_counts, with_people
from biotoop.web.clusters.rules import CLUSTER_STEPS, steps_for
from biotoop.web.clusters.views.frame import (
    acting,
    cluster_tabs,
    may_add,
    reads_reasons,
    step_address,
    trail,
    trail_to,
)
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import live_grants, live_memberships
from biotoop.web.organisations.views.frame import person
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, may_make, visible
from biotoop.web.shared.views.records import Words, form_page, said, with_end
from biotoop.web.theories.models import Theory


@attrs.frozen
class Cover:
    """A part of the question, the lines on it that a reader sees, and how many others there are."""

    aspect: Aspect
    lines: list[OwnLine]
    others: int

    @property
    def number(self) -> int:
        """Count all lines, whoever may read them."""
        return len(self.lines) + self.others

    @property
    def colour(self) -> str:
        """Give the kind of badge: uncovered, once, or several times."""
        return ("warn", "good", "busy")[min(self.number, 2)]

    @property
    def words(self) -> str:
        """Say the same in words."""
        if not self.number:
            return _("nobody covers this yet")
        return _("overlap") if self.number > 1 else _("covered")


def cover(aspects: list[Aspect], lines: list[OwnLine], seen: set[UUID]) -> list[Cover]:
    """Put the lines with the parts of the question that they cover; unseen ones are counted."""
    by_aspect = defaultdict(list)
    for line in lines:
        for aspect in line.aspects.all():
            by_aspect[aspect.pk].append(line)
    shown = {key: [line for line in rows if line.pk in seen] for key, rows in by_aspect.items()}
    return [
        Cover(
            aspect=aspect,
            lines=shown.get(aspect.pk, []),
            others=len(by_aspect[aspect.pk]) - len(shown.get(aspect.pk, [])),
        )
        for aspect in aspects
    ]


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a cluster."""
    reader = request.reader
    among = with_counts(Cluster.objects.select_related("theme", "organisation", "partnership"))
    cluster = found(reader, Cluster, pk, among=among)
    seen = set(visible(reader, OwnLine).values_list("pk", flat=True))
    every = list(lines_in(cluster))
    lines = [line for line in every if line.pk in seen]
    aspects = list(visible(reader, Aspect).filter(cluster=pk).select_related("step__theory"))
    open_theories = theories_seen(reader, aspects)
    adoptions = visible(reader, Adoption).filter(cluster=pk)
    context = {
        "cluster": cluster,
        "tabs": cluster_tabs(reader, cluster),
        "trail": with_end(trail(), cluster.name),
        "cover": cover(aspects, every, seen),
        "open_theories": open_theories,
        "lines": lines,
        "sees_lines": bool(lines) or bool(seen),
        "adoptions": adoptions.select_related("professor__user", "professor__organisation"),
        "seats": with_people(visible(reader, Seat).filter(cluster=pk)),
        "works": works_of(reader, cluster),
        "after": visible(reader, AfterCare).filter(cluster=pk),
        "steps": [step.name for step in CLUSTER_STEPS.values()],
        "changes": cluster.steps.order_by("at"),
        **rights(reader, cluster),
    }
    return render(request, "clusters/cluster.html", context)


def theories_seen(reader: Reader, aspects: list[Aspect]) -> set[UUID]:
    """Give the theories named with parts of a question that a reader may open."""
    named = {aspect.step.theory_id for aspect in aspects if aspect.step}
    if not named:
        return set()
    return set(visible(reader, Theory).filter(pk__in=named).values_list("pk", flat=True))


def rights(reader: Reader, cluster: Cluster) -> dict[str, Any]:
    """Tell what a reader may do with a cluster."""
    steps = steps_for(reader, cluster, CLUSTER_STEPS, cluster.state)
    return {
        "next": [step_address(cluster, "cluster", step) for step in steps],
        "may_change": may(reader, Verb.CHANGE, cluster),
        "may_archive": may(reader, Verb.ARCHIVE, cluster),
        "may_add_aspect": may_add(reader, Aspect, cluster),
        "may_adopt": may_adopt(reader, cluster),
        "may_ask": cluster.state in ASKABLE and owners(reader, Seat).exists(),
        "is_full": getattr(cluster, "sold", 0) >= cluster.capacity,
        "may_add_after": may_add(reader, AfterCare, cluster),
        "reads_reasons": reads_reasons(reader, cluster),
    }


def works_of(reader: Reader, cluster: Cluster) -> QuerySet[Report]:
    """List the works that came out."""
    rows = visible(reader, Report).filter(line__holder__seat__cluster=cluster, kind="publication")
    return rows.select_related("line__holder__membership__user", "line__holder__seat__organisation")


def may_adopt(reader: Reader, cluster: Cluster) -> bool:
    """Tell whether a reader may adopt a cluster, hand it over, or name who does."""
    if cluster.state in ("finished", "stopped"):
        return False
    if may_add(reader, Adoption, cluster):
        return True
    before = current_adoption(cluster)
    if before is not None:
        return may(reader, Verb.CHANGE, before)
    return any(makes(reader, place) for place in reader.places(Kind.ORGANISATION))


def makes(reader: Reader, place: UUID) -> bool:
    """Tell whether a reader adopts clusters out of an organisation."""
    return may_make(reader, Adoption, Kind.ORGANISATION, place)


def professors_for(reader: Reader, cluster: Cluster) -> QuerySet[Membership]:
    """List who can lead a cluster: all professors for who arranges it, else oneself."""
    held = live_grants().filter(role=Role.SUPERVISOR).exclude(membership=None)
    rows = live_memberships().filter(pk__in=held.values("membership"))
    before = current_adoption(cluster)
    hands_over = before is not None and may(reader, Verb.CHANGE, before)
    if not may_add(reader, Adoption, cluster) and not hands_over:
        rows = rows.filter(user=reader.user_id)
    if before is not None:
        rows = rows.exclude(user=before.professor.user_id)
    return rows.select_related("user", "organisation").order_by("user__name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Let a professor adopt the cluster, or hand it over to another."""
    cluster = found(request.reader, Cluster, pk)
    if not may_adopt(request.reader, cluster):
        raise PermissionDenied
    before = current_adoption(cluster)

    def save(values: dict[str, Any], _edition: int) -> str:
        done = acting(request, Verb.SEE, cluster, values)
        acts.adopt(cluster, values["professor"], done)
        said(request, _("%(name)s leads this cluster now.") % {"name": values["professor"].user})
        return cluster.get_absolute_url()

    person(request)
    choices = {"professor": professors_for(request.reader, cluster)}
    form = AdoptForm(request.POST or None, choices=choices, initial={"on": site_day()})
    if before is None:
        del form.fields["reason"]
    title = _("Hand the cluster over") if before else _("Adopt this cluster")
    lead = _("A professor leads the research; one at a time. Each hand-over is kept.")
    words = Words(title=title, button=title, lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to(cluster))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ReaderRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a cluster one step on."""
    chosen = CLUSTER_STEPS.get(name)
    if chosen is None:
        raise Http404
    cluster = found(request.reader, Cluster, pk, chosen.verb)

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.take_step(cluster, chosen, acting(request, chosen.verb, cluster, values))
        said(request, _("Done."))
        return cluster.get_absolute_url()

    form = StepForm(
        request.POST or None,
        asks_reason=chosen.asks_reason,
        read_by=ABOUT_CLUSTER,
        initial={"on": site_day()},
    )
    lacks = list(acts.missing_for(cluster, chosen)) if request.method != "POST" else []
    lead = " ".join([str(chosen.lead), *([_("This cannot be done yet:"), *lacks] if lacks else [])])
    words = Words(title=str(chosen.words), button=str(chosen.words), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to(cluster))
