"""The work community of a cluster, its yield, and the learning group over all clusters."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.clusters.enums import FOR_ORGANISATION, FOR_STUDENT, YieldKind
from biotoop.web.clusters.forms.community import FollowForm, GroupMeetingForm
from biotoop.web.clusters.models import Cluster, Decision, Holder, Meeting, Seat, Yield
from biotoop.web.clusters.queries import community_of, with_people
from biotoop.web.clusters.views.frame import (
    cluster_tabs,
    home_tabs,
    may_add,
    opens,
    trail,
    trail_to,
)
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import change, keep
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ReaderRequest, allowed, could, found, visible
from biotoop.web.shared.views.records import Words, form_page, said, with_end


@require_safe
def community(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show who form the work community, when they meet, and what they decided."""
    reader = request.reader
    cluster = found(reader, Cluster, pk)
    if not opens(reader, Decision, cluster):
        raise Http404
    decisions = (
        visible(reader, Decision).filter(cluster=pk).select_related("owner__user", "meeting")
    )
    rows = list(decisions.order_by("due_on"))
    seats = with_people(visible(reader, Seat).filter(cluster=pk))
    context = {
        "cluster": cluster,
        "tabs": cluster_tabs(reader, cluster),
        "trail": with_end(trail_to(cluster), _("Work community")),
        "people": community_of(cluster),
        "parts": parts_of(list(seats), cluster),
        "meetings": visible(reader, Meeting).filter(cluster=pk),
        "open": [row for row in rows if row.done_on is None],
        "done": [row for row in rows if row.done_on is not None],
        "today": site_day(),
        "followable": allowed(reader, Verb.CHANGE, rows),
        "may_meet": may_add(reader, Meeting, cluster),
        "may_decide": may_add(reader, Decision, cluster),
        "changeable": allowed(
            reader, Verb.CHANGE, list(visible(reader, Meeting).filter(cluster=pk))
        ),
    }
    return render(request, "clusters/community.html", context)


def parts_of(seats: list[Seat], cluster: Cluster) -> dict[UUID, str]:
    """Say of each person what they are in the community."""
    parts: dict[UUID, str] = {}
    led = cluster.adoptions.filter(ends_on=None, archived_at=None).values_list(
        "professor", flat=True
    )
    parts |= dict.fromkeys(led, _("professor"))
    joined = cluster.joinings.filter(ends_on=None, archived_at=None).values("seat")
    along = Holder.objects.filter(seat__in=joined, ends_on=None, archived_at=None)
    parts |= dict.fromkeys(along.values_list("membership", flat=True), _("works along"))
    for seat in seats:
        if seat.sponsor_id:
            parts[seat.sponsor_id] = _("sponsor")
        for holder in seat.holders.all():
            if holder.ends_on is None:
                parts[holder.membership_id] = _("participant")
    return parts


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Say what came of a decision, and whether it is done."""
    among = Decision.objects.select_related("cluster")
    row = found(request.reader, Decision, pk, Verb.CHANGE, among=among)

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return reverse("clusters:community", args=[row.cluster_id])

    form = FollowForm(request.POST or None, instance=row)
    words = Words(title=_("Follow up a decision"), button=_("Save"), lead=row.text)
    return form_page(request, form, save, words=words, trail=trail_to(row.cluster))


@attrs.frozen
class KindRow:
    """One kind of yield, and what was written of it."""

    kind: YieldKind
    rows: list[Yield]


@require_safe
def yields(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what a cluster brought: seven kinds for organisations, six for students."""
    reader = request.reader
    cluster = found(reader, Cluster, pk)
    seats = visible(reader, Seat).filter(cluster=pk)
    if not seats.exists():
        raise Http404
    by_kind = defaultdict(list)
    seen = visible(reader, Yield).filter(seat__cluster=pk).select_related("seat__organisation")
    for row in seen.order_by("seat__organisation__name", "on"):
        by_kind[row.kind].append(row)
    context = {
        "cluster": cluster,
        "tabs": cluster_tabs(reader, cluster),
        "trail": with_end(trail_to(cluster), _("Yield")),
        "for_organisation": [KindRow(kind, by_kind[kind]) for kind in FOR_ORGANISATION],
        "for_student": [KindRow(kind, by_kind[kind]) for kind in FOR_STUDENT],
        "number": sum(map(len, by_kind.values())),
        "kinds": len([rows for rows in by_kind.values() if rows]),
        "seats": seats.filter(state__in=("taken", "finished")).count(),
    }
    return render(request, "clusters/yields.html", context)


@require_safe
def group(request: ReaderRequest) -> HttpResponse:
    """Show the learning group: everybody of all clusters, and when they meet."""
    reader = request.reader
    if not could(reader, Meeting._meta.label, Verb.SEE):
        raise PermissionDenied
    seen = visible(reader, Cluster).filter(state="running").select_related("theme")
    page = Paginator(seen.order_by("name_nl", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    people = defaultdict(list)
    held = Holder.objects.filter(
        ends_on=None, archived_at=None, seat__in=visible(reader, Seat), seat__state="taken"
    )
    for row in held.filter(seat__cluster__in=list(page)).select_related("membership__user", "seat"):
        people[row.seat.cluster_id].append(row.membership.user.name)
    meetings = list(visible(reader, Meeting).filter(cluster=None)[:A_PAGE])
    context = {
        "page": page,
        "people": people,
        "tabs": home_tabs(reader),
        "meetings": meetings,
        "changeable": allowed(reader, Verb.CHANGE, meetings),
        "may_meet": owners(reader, Meeting).exists(),
    }
    return render(request, "clusters/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_group_meeting(request: ReaderRequest) -> HttpResponse:
    """Call the learning group together."""
    hosts = owners(request.reader, Meeting)
    if not hosts:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        keep(Meeting(**values), by=person(request))
        said(request, _("Saved."))
        return reverse("clusters:group")

    form = GroupMeetingForm(
        request.POST or None, choices={"organisation": hosts}, initial={"on": site_day()}
    )
    form.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
    words = Words(title=_("New meeting of the learning group"), button=_("Add"))
    way = [*trail(), (reverse("clusters:group"), _("Learning group"))]
    return form_page(request, form, save, words=words, trail=way)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_group_meeting(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a meeting of the learning group."""
    row = found(request.reader, Meeting, pk, Verb.CHANGE)
    if row.cluster_id is not None:
        raise Http404

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return reverse("clusters:group")

    form = GroupMeetingForm(request.POST or None, instance=row)
    del form.fields["organisation"]
    words = Words(title=_("Change the meeting"), button=_("Save"))
    way = [*trail(), (reverse("clusters:group"), _("Learning group"))]
    return form_page(request, form, save, words=words, trail=way)
