"""Seats: asking for one, one of them, the steps, and who sits on it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.clusters.actions import holders
from biotoop.web.clusters.actions import seats as acts
from biotoop.web.clusters.actions.holders import NAMEABLE
from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.forms.clusters import ABOUT_SEAT, StepForm
from biotoop.web.clusters.forms.seats import HolderForm, SeatForm, SponsorForm, TakeForm
from biotoop.web.clusters.models import Cluster, Joining, OwnLine, Report, Seat, Yield
from biotoop.web.clusters.queries import with_people
from biotoop.web.clusters.rules import SEAT_STEPS, steps_for
from biotoop.web.clusters.views.frame import (
    acting,
    home_tabs,
    members_of,
    reads_reasons,
    step_address,
    trail_to,
    trail_to_seat,
)
from biotoop.web.organisations.views.frame import A_PAGE
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Words, form_page, said, with_end

PATH = (
    SeatState.REQUESTED,
    SeatState.PROMISED,
    SeatState.CONFIRMED,
    SeatState.TAKEN,
    SeatState.FINISHED,
)


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the seats that the reader sees."""
    rows = with_people(visible(request.reader, Seat))
    if request.GET.get("status") in SeatState.values:
        rows = rows.filter(state=request.GET["status"])
    ordered = rows.order_by("-cluster__starts_on", "cluster__name_nl", "organisation__name", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "tabs": home_tabs(request.reader)}
    return render(request, "clusters/seats.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a seat with everything that a reader may see of it."""
    reader = request.reader
    seat = found(reader, Seat, pk, among=with_people(Seat.objects.all()))
    lines = visible(reader, OwnLine).filter(holder__seat=pk)
    line = (
        lines.filter(holder__ends_on=None)
        .select_related("holder__membership__user")
        .prefetch_related("aspects")
        .first()
    )
    reports = visible(reader, Report).filter(line__holder__seat=pk)
    context = {
        "seat": seat,
        "trail": with_end(
            trail_to(seat.cluster), _("Seat of %(name)s") % {"name": seat.organisation}
        ),
        "labels": [str(state.label) for state in PATH],
        "at": PATH.index(seat.standing) + 1 if seat.standing in PATH else 0,
        "changes": list(seat.steps.order_by("at")),
        "line": line,
        "reports": [row for row in reports if row.kind == "progress"],
        "works": [row for row in reports if row.kind == "publication"],
        "yields": visible(reader, Yield).filter(seat=pk),
        "joinings": visible(reader, Joining).filter(seat=pk).select_related("cluster"),
        **rights(reader, seat, line),
    }
    return render(request, "clusters/seat.html", context)


def rights(reader: Reader, seat: Seat, line: OwnLine | None) -> dict[str, Any]:
    """Tell what a reader may do with a seat."""
    may_change = may(reader, Verb.CHANGE, seat)
    is_own = line is not None and may(reader, Verb.CHANGE, line)
    steps = steps_for(reader, seat, SEAT_STEPS, seat.state)
    is_under_way = seat.state in (SeatState.TAKEN, SeatState.FINISHED)
    return {
        "next": [step_address(seat, "seat", step) for step in steps],
        "reads_reasons": reads_reasons(reader, seat),
        "may_name": may_change and seat.state in NAMEABLE,
        "may_yield": may_change and is_under_way,
        "is_own": is_own,
        "may_join": is_own and seat.cluster.theme.kind == "free" and seat.state == SeatState.TAKEN,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Ask for a seat in a cluster on behalf of an organisation."""
    cluster = found(request.reader, Cluster, pk)
    buyers = owners(request.reader, Seat)
    if not buyers:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        seat = Seat(cluster=cluster, **values)
        made = acts.ask(seat, acting(request, Verb.MAKE, None))
        said(request, _("Your request stands there. The coordinator of the education has it."))
        return made.get_absolute_url()

    sponsors = members_of(buyers)
    form = SeatForm(request.POST or None, choices={"organisation": buyers, "sponsor": sponsors})
    words = Words(
        title=_("Ask for a seat"),
        button=_("Ask for this seat"),
        lead=_("A seat in the research is also a place in the master for one employee."),
    )
    return form_page(request, form, save, words=words, trail=trail_to(cluster))


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ReaderRequest, pk: UUID, name: str) -> HttpResponse:
    """Take a seat one step on."""
    chosen = SEAT_STEPS.get(name)
    if chosen is None:
        raise Http404
    among = Seat.objects.select_related("cluster", "organisation", "sponsor")
    seat = found(request.reader, Seat, pk, chosen.verb, among=among)

    def save(values: dict[str, Any], _edition: int) -> str:
        period = acts.Period(starts_on=values.get("starts_on"), ends_on=values.get("ends_on"))
        acts.take_step(seat, chosen, acting(request, chosen.verb, seat, values), period)
        said(request, _("Done."))
        return seat.get_absolute_url()

    kind = TakeForm if chosen.target == SeatState.TAKEN else StepForm
    first = {"starts_on": seat.cluster.starts_on, "ends_on": seat.cluster.ends_on}
    form = kind(
        request.POST or None,
        asks_reason=chosen.asks_reason,
        read_by=ABOUT_SEAT,
        initial={"on": site_day(), **first},
    )
    words = Words(
        title=str(chosen.words),
        button=str(chosen.words),
        lead=str(chosen.lead),
        is_grave=chosen.asks_reason,
    )
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


@require_http_methods(["GET", "HEAD", "POST"])
def employee(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Name who gets a seat, or who comes in the place of another."""
    among = Seat.objects.select_related("cluster", "organisation", "sponsor")
    seat = found(request.reader, Seat, pk, Verb.CHANGE, among=among)

    def save(values: dict[str, Any], _edition: int) -> str:
        made = holders.name(seat, values["employee"], acting(request, Verb.CHANGE, seat, values))
        said(request, _("%(name)s has this seat now.") % {"name": made})
        return seat.get_absolute_url()

    has_begun = seat.state == SeatState.TAKEN
    form = HolderForm(
        request.POST or None,
        choices={"employee": members_of([seat.organisation_id])},
        asks_reason=has_begun,
        read_by=ABOUT_SEAT,
        initial={"on": site_day()},
    )
    lead = (
        _("The seat has begun. Somebody else enrols anew, with an own line from the beginning.")
        if has_begun
        else _("Until the start you may still choose somebody else.")
    )
    words = Words(title=_("Name the employee"), button=_("Name the employee"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


@require_http_methods(["GET", "HEAD", "POST"])
def sponsor(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Name who sponsors a seat."""
    among = Seat.objects.select_related("cluster", "organisation", "sponsor")
    seat = found(request.reader, Seat, pk, Verb.CHANGE, among=among)

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.name_sponsor(seat, values["sponsor"], acting(request, Verb.CHANGE, seat))
        said(request, _("%(name)s sponsors this seat.") % {"name": values["sponsor"].user})
        return seat.get_absolute_url()

    form = SponsorForm(
        request.POST or None, choices={"sponsor": members_of([seat.organisation_id])}
    )
    lead = _("The sponsor reads how it goes and what came out, and can hold nothing back.")
    words = Words(title=_("Name the sponsor"), button=_("Name the sponsor"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))
