"""The own line, what a participant tells of it, what a seat brings, and working along."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.clusters.actions import lines as acts
from biotoop.web.clusters.enums import FOR_STUDENT
from biotoop.web.clusters.forms.seats import JoinForm, LineForm, ReportForm, YieldForm
from biotoop.web.clusters.models import Aspect, Cluster, Joining, OwnLine, Report, Seat, Yield
from biotoop.web.clusters.views.frame import acting, trail, trail_to_seat
from biotoop.web.organisations.views.frame import person
from biotoop.web.shared.actions.records import change, put_away, put_back
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, visible
from biotoop.web.shared.views.records import Words, form_page, said, with_end

LINES = OwnLine.objects.select_related(
    "holder__seat__cluster__theme", "holder__seat__organisation", "holder__membership__user"
)


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write what the own line is about, and what not."""
    line = found(request.reader, OwnLine, pk, Verb.CHANGE, among=LINES)
    seat = line.holder.seat

    def save(values: dict[str, Any], edition: int) -> str:
        acts.draw(line, values, edition=edition, said=acting(request, Verb.CHANGE, line))
        said(request, _("Saved."))
        return seat.get_absolute_url()

    around = [seat.cluster_id, *seat.joinings.values_list("cluster", flat=True)]
    aspects = Aspect.objects.filter(cluster__in=around, archived_at=None)
    form = LineForm(request.POST or None, instance=line, choices={"aspects": aspects})
    lead = _("Each participant has an own line, so that each can be judged by an own thesis.")
    words = Words(title=_("Your line"), button=_("Save"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tell how it goes, or that a work came out."""
    line = found(request.reader, OwnLine, pk, Verb.CHANGE, among=LINES)
    seat = line.holder.seat

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.report(Report(line=line, **values), acting(request, Verb.CHANGE, line))
        said(request, _("It stands there."))
        return seat.get_absolute_url()

    form = ReportForm(request.POST or None, initial={"on": site_day()})
    lead = _("Your sponsor reads this too, and cannot hold it back or change it.")
    words = Words(title=_("Tell how it goes"), button=_("Tell this"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


REPORTS = Report.objects.select_related(
    "line__holder__seat__cluster",
    "line__holder__seat__organisation",
    "line__holder__membership__user",
)


@require_safe
def work(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show what a participant told."""
    row = found(request.reader, Report, pk, among=REPORTS)
    seat = row.line.holder.seat
    sees_seat = visible(request.reader, Seat).filter(pk=seat.pk).exists()
    sees_cluster = visible(request.reader, Cluster).filter(pk=seat.cluster_id).exists()
    way = trail_to_seat(seat) if sees_seat else trail_to_seat(seat)[:-1]
    context = {
        "report": row,
        "seat": seat,
        "trail": with_end(way if sees_cluster else trail(), row.title),
    }
    return render(request, "clusters/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_report(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what one told."""
    row = found(request.reader, Report, pk, Verb.CHANGE, among=REPORTS)
    seat = row.line.holder.seat

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return seat.get_absolute_url()

    form = ReportForm(request.POST or None, instance=row)
    words = Words(title=_("Change what you told"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


SEATS = Seat.objects.select_related("cluster__theme", "organisation", "sponsor")


@require_http_methods(["GET", "HEAD", "POST"])
def add_yield(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write down what a seat brought the organisation."""
    seat = found(request.reader, Seat, pk, Verb.CHANGE, among=SEATS)
    return ask_yield(request, seat, seat, for_student=False)


@require_http_methods(["GET", "HEAD", "POST"])
def add_own_yield(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Write down what a seat brought the student."""
    line = found(request.reader, OwnLine, pk, Verb.CHANGE, among=LINES)
    return ask_yield(request, line.holder.seat, line, for_student=True)


def ask_yield(
    request: ReaderRequest, seat: Seat, right: Record, *, for_student: bool
) -> HttpResponse:
    """Ask for the kind, what it brought, and what shows it."""

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.note_yield(Yield(seat=seat, **values), acting(request, Verb.CHANGE, right))
        said(request, _("The yield stands there. The sponsor sees it too."))
        return seat.get_absolute_url()

    form = YieldForm(request.POST or None, for_student=for_student, initial={"on": site_day()})
    title = _("What it brought you") if for_student else _("What it brought the organisation")
    words = Words(title=title, button=_("Write this down"))
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


YIELDS = Yield.objects.select_related("seat__cluster", "seat__organisation")


def yield_for(reader: Reader, pk: UUID, verb: Verb) -> Yield:
    """Give a yield to change; what it brought the student is not for who bought the seat."""
    row = found(reader, Yield, pk, verb, among=YIELDS)
    others = tuple(each for each in reader.grants if each.role != Role.PARTNER_ADMINISTRATOR)
    if row.kind in FOR_STUDENT and not may(Reader(reader.user_id, others), verb, row):
        raise PermissionDenied
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def edit_yield(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what was written of a yield."""
    row = yield_for(request.reader, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return row.seat.get_absolute_url()

    form = YieldForm(request.POST or None, instance=row)
    words = Words(title=_("Change the yield"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to_seat(row.seat))


def told(request: ReaderRequest, pk: UUID, what: str) -> tuple[Report | Yield, Seat]:
    """Give a report or a yield that the reader may take away, and its seat."""
    if what == "report":
        report = found(request.reader, Report, pk, Verb.ARCHIVE, among=REPORTS)
        return report, report.line.holder.seat
    row = yield_for(request.reader, pk, Verb.ARCHIVE)
    return row, row.seat


@require_POST
def archive(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Take a report or a yield away; it can be put back."""
    row, seat = told(request, pk, what)
    put_away(row, by=person(request))
    said(request, _("Taken away."), undo=reverse(f"clusters:restore_{what}", args=[pk]))
    return redirect(seat.get_absolute_url())


@require_POST
def restore(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Put a report or a yield back."""
    row, seat = told(request, pk, what)
    put_back(row, by=person(request))
    said(request, _("It is back."))
    return redirect(seat.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Work along in a cluster, with a free theme."""
    line = found(request.reader, OwnLine, pk, Verb.CHANGE, among=LINES)
    seat = line.holder.seat

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.join(seat, values["cluster"], acting(request, Verb.CHANGE, line, values))
        said(request, _("You work along now. Your own seat stays where it is."))
        return seat.get_absolute_url()

    running = visible(request.reader, Cluster).filter(state="running").exclude(pk=seat.cluster_id)
    form = JoinForm(request.POST or None, choices={"cluster": running}, initial={"on": site_day()})
    lead = _("With a free theme you may work along in a cluster. That takes no seat there.")
    words = Words(title=_("Work along in a cluster"), button=_("Work along"), lead=lead)
    return form_page(request, form, save, words=words, trail=trail_to_seat(seat))


@require_POST
def part_ways(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """End that somebody works along."""
    among = Joining.objects.select_related("seat")
    joining = found(request.reader, Joining, pk, Verb.CHANGE, among=among)
    acts.part_ways(joining, acting(request, Verb.CHANGE, joining))
    said(request, _("Ended."))
    return redirect(joining.seat.get_absolute_url())
