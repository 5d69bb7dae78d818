"""Gatherings: the list for everybody, one of them, and coming to it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.actions.signing_in import client_address
from biotoop.web.accounts.models import User
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.questions.actions import gathering as acts
from biotoop.web.questions.actions.arriving import TooMany
from biotoop.web.questions.actions.calendars import calendar_file
from biotoop.web.questions.actions.links import opened_by
from biotoop.web.questions.enums import GatheringState, SeatState
from biotoop.web.questions.forms.gatherings import (
    CancelForm,
    GatheringFilter,
    GatheringForm,
    SeatForm,
)
from biotoop.web.questions.models import Gathering, Question, Registration
from biotoop.web.questions.views.desks import homes
from biotoop.web.shared.actions.records import Refused, keep
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, could, found, may, visible
from biotoop.web.shared.views.records import Trail, Words, form_page, said, with_end

SEATED = Count("registrations", filter=Q(registrations__state=SeatState.SEATED))


def trail() -> Trail:
    """Give the way to the gatherings."""
    return [(reverse("questions:gatherings"), _("Gatherings"))]


def trail_to(gathering: Gathering) -> Trail:
    """Give the way to a gathering."""
    return [*trail(), (gathering.get_absolute_url(), gathering.title)]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List what is to come, or what was."""
    rows = visible(request.reader, Gathering).select_related("organisation")
    asked = GatheringFilter(request.GET)
    wanted = asked.cleaned_data if asked.is_valid() else {"soort": "", "wanneer": ""}
    if wanted["soort"]:
        rows = rows.filter(kind=wanted["soort"])
    if wanted["wanneer"]:
        rows = rows.filter(ends_at__lt=now()).order_by("-starts_at", "pk")
    else:
        rows = rows.filter(ends_at__gte=now()).order_by("starts_at", "pk")
    page = Paginator(rows.annotate(taken=SEATED), A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [(row, max(0, row.seats - int(getattr(row, "taken", 0)))) for row in page],
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_make": could(request.reader, "questions.Gathering", Verb.MAKE)
        and bool(homes(request.reader, Gathering)),
    }
    return render(request, "questions/gatherings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a gathering; who wants to come fills in a name."""
    near = Gathering.objects.select_related("organisation", "question")
    gathering = found(request.reader, Gathering, pk, among=near)
    user = request.user if isinstance(request.user, User) else None
    initial = {"name": user.name, "email": ""} if user else {}
    form, status = SeatForm(request.POST or None, initial=initial, gathering=gathering), 200
    if form.is_valid():
        try:
            row = come(request, gathering, form, user)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 429 if isinstance(refused, TooMany) else 422
        else:
            has_place = row.state == SeatState.SEATED
            said(
                request, _("You have a place.") if has_place else _("You are on the waiting list.")
            )
            return redirect(acts.seat_address(row))
    status = 422 if form.errors and status == 200 else status
    context = shown(request, gathering) | {"form": form}
    return render(request, "questions/gathering.html", context, status=status)


def come(
    request: ReaderRequest, gathering: Gathering, form: SeatForm, user: User | None
) -> Registration:
    """Register who filled in the form."""
    values = {name: form.cleaned_data[name] for name in ("name", "email")}
    number, origin = form.cleaned_data["number"], client_address(request)
    return acts.register(gathering, values, number=number, origin=origin, user=user)


def shown(request: ReaderRequest, gathering: Gathering) -> dict[str, Any]:
    """Give what the page of a gathering shows."""
    rows = list(visible(request.reader, Registration).filter(gathering=gathering)
                .order_by("created_at"))  # fmt: skip
    may_change = may(request.reader, Verb.CHANGE, gathering)
    taken = gathering.registrations.filter(state=SeatState.SEATED).count()
    question = gathering.question
    return {
        "gathering": gathering,
        "free": max(0, gathering.seats - taken),
        "registrations": [row for row in rows if row.state != SeatState.CANCELLED],
        "may_change": may_change and gathering.state != GatheringState.CANCELLED,
        "may_open": may_change and gathering.state == GatheringState.PLANNED,
        "sees_question": question is not None and may(request.reader, Verb.SEE, question),
        "trail": with_end(trail(), gathering.title),
    }


@require_safe
def calendar(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Give the calendar file."""
    near = Gathering.objects.select_related("organisation")
    gathering = found(request.reader, Gathering, pk, among=near)
    return as_calendar(gathering)


def as_calendar(gathering: Gathering) -> HttpResponse:
    """Answer with a calendar file."""
    answer = HttpResponse(calendar_file(gathering), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{gathering.pk}.ics"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: ReaderRequest, secret: str) -> HttpResponse:
    """Show a registration, and give the place up; only the button does that."""
    opened = opened_by("seat", secret)
    near = Registration.objects.select_related("gathering__organisation")
    row = near.filter(pk=opened[0]).first() if opened else None
    if row is None:
        return render(request, "questions/link_over.html", status=410)
    if request.method == "POST":
        try:
            acts.give_up(row, by=None)
            said(request, _("Your place goes to somebody else. Thank you for telling."))
        except Refused as refused:
            said(request, str(refused))
        return redirect(request.path)
    if "agenda" in request.GET:
        return as_calendar(row.gathering)
    return render(request, "questions/seat.html", {"row": row, "gathering": row.gathering})


def form_of(request: ReaderRequest, gathering: Gathering | None = None) -> GatheringForm:
    """Give the form of a gathering, with what can be chosen in it."""
    return GatheringForm(
        request.POST or None,
        instance=gathering,
        owners=homes(request.reader, Gathering),
        questions=visible(request.reader, Question).order_by("-created_at"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Prepare a gathering."""
    if not homes(request.reader, Gathering):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(Gathering(**values), by=person(request))
        said(request, _("It stands there. Open it when people may register."))
        return made.get_absolute_url()

    words = Words(title=_("New gathering"), button=_("Prepare it"))
    return form_page(request, form_of(request), save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a gathering; who comes hears of it."""
    gathering = found(request.reader, Gathering, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        acts.rearrange(gathering, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return gathering.get_absolute_url()

    words = Words(title=_("Change the gathering"), button=_("Save"))
    form = form_of(request, gathering)
    return form_page(request, form, save, words=words, trail=trail_to(gathering))


@require_POST
def open_up(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Let people register."""
    gathering = found(request.reader, Gathering, pk, Verb.CHANGE)
    try:
        acts.open_up(gathering, by=person(request))
        said(request, _("People can register now."))
    except Refused as refused:
        said(request, str(refused))
    return redirect(gathering.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Cancel a gathering, with the reason."""
    gathering = found(request.reader, Gathering, pk, Verb.CHANGE)

    def save(values: dict[str, Any], _edition: int) -> str:
        acts.cancel(gathering, values["reason"], by=person(request))
        said(request, _("It is cancelled. Who would come is told."))
        return gathering.get_absolute_url()

    words = Words(title=_("Cancel this gathering"), button=_("Cancel it"))
    form = CancelForm(request.POST or None)
    return form_page(request, form, save, words=words, trail=trail_to(gathering))


@require_POST
def strike(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take somebody off the list, or yourself."""
    near = Registration.objects.select_related("gathering")
    row = found(request.reader, Registration, pk, Verb.CHANGE, among=near)
    try:
        acts.give_up(row, by=person(request))
        said(request, _("Taken off the list."))
    except Refused as refused:
        said(request, str(refused))
    return redirect(row.gathering.get_absolute_url())
