"""Research openings: the catalogue, one of them, applying and being placed."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.accounts.models import User
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.questions.actions import placing as acts
from biotoop.web.questions.enums import OpeningState
from biotoop.web.questions.forms.openings import ApplyForm, OpeningFilter, OpeningForm, PlacingForm
from biotoop.web.questions.models import Application, Opening, Question
from biotoop.web.questions.rules.placing import HOLDING, PLACING, open_placing
from biotoop.web.questions.views.desks import homes
from biotoop.web.shared.actions.records import Refused, change, keep
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, could, found, may, may_make, visible
from biotoop.web.shared.views.records import Trail, Words, form_page, said, with_end
from biotoop.web.theories.rules import steps_seen

GIVEN = Count("applications", filter=Q(applications__state__in=HOLDING))


def trail() -> Trail:
    """Give the way to the openings."""
    return [(reverse("questions:openings"), _("Places to do research"))]


def trail_to(opening: Opening) -> Trail:
    """Give the way to an opening."""
    return [*trail(), (opening.get_absolute_url(), opening.title)]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the openings, with how many places are left."""
    rows = visible(request.reader, Opening).select_related("organisation")
    asked = OpeningFilter(request.GET)
    if asked.is_valid():
        wanted = asked.cleaned_data
        if words := wanted["zoek"].strip():
            rows = rows.filter(Q(title__icontains=words) | Q(about__icontains=words))
        if wanted["soort"]:
            rows = rows.filter(kind__in=[wanted["soort"], "both"])
    ordered = rows.annotate(given=GIVEN).order_by("title", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [(row, max(0, row.seats - int(getattr(row, "given", 0)))) for row in page],
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_make": could(request.reader, "questions.Opening", Verb.MAKE)
        and bool(homes(request.reader, Opening)),
    }
    return render(request, "questions/openings.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show an opening, with the applications that the reader may see."""
    near = Opening.objects.select_related("organisation", "step__theory", "question")
    opening = found(request.reader, Opening, pk, among=near)
    rows = visible(request.reader, Application).filter(opening=opening)
    given = opening.applications.filter(state__in=HOLDING).count()
    step, question = opening.step, opening.question
    context = {
        "opening": opening,
        "free": max(0, opening.seats - given),
        "applications": list(rows.select_related("student")),
        "may_change": may(request.reader, Verb.CHANGE, opening),
        "may_apply": opening.takes_applications
        and may_make(request.reader, Application, Kind.SITE, None),
        "sees_theory": step is not None and may(request.reader, Verb.SEE, step.theory),
        "sees_question": question is not None and may(request.reader, Verb.SEE, question),
        "trail": with_end(trail(), opening.title),
    }
    return render(request, "questions/opening.html", context)


def form_of(request: ReaderRequest, opening: Opening | None = None) -> OpeningForm:
    """Give the form of an opening; the learning agenda fills in the step."""
    initial = {name: request.GET[name] for name in ("step", "question") if name in request.GET}
    return OpeningForm(
        request.POST or None,
        instance=opening,
        initial=initial,
        owners=homes(request.reader, Opening),
        links=steps_seen(request.reader),
        questions=visible(request.reader, Question).order_by("-created_at"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Prepare an opening."""
    if not homes(request.reader, Opening):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(Opening(**values), by=person(request))
        said(request, _("It stands there. Open it when students may apply."))
        return made.get_absolute_url()

    words = Words(title=_("New place to do research"), button=_("Prepare it"))
    return form_page(request, form_of(request), save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change an opening."""
    opening = found(request.reader, Opening, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(opening, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return opening.get_absolute_url()

    words = Words(title=_("Change the place"), button=_("Save"))
    form = form_of(request, opening)
    return form_page(request, form, save, words=words, trail=trail_to(opening))


@require_POST
def turn(request: ReaderRequest, pk: UUID, state: str) -> HttpResponse:
    """Open or close an opening."""
    opening = found(request.reader, Opening, pk, Verb.CHANGE)
    if state not in OpeningState.values:
        raise Http404
    try:
        acts.turn(opening, OpeningState(state), by=person(request))
        said(request, _("Done."))
    except Refused as refused:
        said(request, str(refused))
    return redirect(opening.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Apply for a place."""
    near = Opening.objects.select_related("organisation")
    opening = found(request.reader, Opening, pk, among=near)
    user = request.user
    if not may_make(request.reader, Application, Kind.SITE, None) or not isinstance(user, User):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = acts.ask_for(opening, values, student=user)
        said(request, _("You applied. You hear from the organisation."))
        return made.get_absolute_url()

    lead = " · ".join(opening.angle_list)
    words = Words(title=_("Apply"), button=_("Send"), lead=lead)
    form = ApplyForm(request.POST or None)
    return form_page(request, form, save, words=words, trail=trail_to(opening))


@require_safe
def application(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show an application with what happened to it."""
    row = opened(request, pk)
    steps = open_placing(request.reader, row)
    context = {
        "row": row,
        "steps_to_take": steps,
        "story": list(row.steps.all()),
        "trail": with_end(trail_to(row.opening), row.student.name),
    }
    return render(request, "questions/application.html", context)


def opened(request: ReaderRequest, pk: UUID) -> Application:
    """Give an application with what stands around it."""
    near = Application.objects.select_related("opening__organisation", "student")
    return found(request.reader, Application, pk, among=near)


@require_http_methods(["GET", "HEAD", "POST"])
def application_step(request: ReaderRequest, pk: UUID, act: str) -> HttpResponse:
    """Take a step, by the organisation or the student."""
    row, step = opened(request, pk), PLACING.get(act)
    if step is None:
        raise Http404
    if not may(request.reader, step.verb, row):
        raise PermissionDenied

    def save(values: dict[str, Any], edition: int) -> str:
        acts.take_placing_step(row, act, values, by=person(request), seen=edition)
        said(request, _("Done. The other is told."))
        return row.get_absolute_url()

    words = Words(title=str(step.button), button=str(step.button), lead=str(row))
    form = PlacingForm(request.POST or None, step=step, row=row)
    way = [*trail_to(row.opening), (row.get_absolute_url(), row.student.name)]
    return form_page(request, form, save, words=words, trail=way)
