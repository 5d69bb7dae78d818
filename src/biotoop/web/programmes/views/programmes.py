"""Programmes: the list, one of them, and changing it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.actions.programmes import make_programme
from biotoop.web.programmes.forms.programmes import ProgrammeFilter, ProgrammeForm
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions.records import change, put_away, put_back
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, may_make, visible
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said, with_end


def owners(reader: Reader, model: type[Model]) -> QuerySet[Organisation]:
    """List the organisations in which a reader may make such a record."""
    ids = [pk for pk in reader.places(Kind.ORGANISATION) if makes(reader, model, pk)]
    return visible(reader, Organisation).filter(pk__in=ids)


def makes(reader: Reader, model: type[Model], pk: UUID) -> bool:
    return may_make(reader, model, Kind.ORGANISATION, pk)


def trail() -> Trail:
    """Give the way to the programmes."""
    return [(reverse("programmes:list"), _("Programmes"))]


def trail_to(programme: Programme) -> Trail:
    """Give the way to a programme."""
    return [*trail(), (programme.get_absolute_url(), programme.name)]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the programmes that the reader sees."""
    rows = visible(request.reader, Programme).select_related("organisation")
    asked = ProgrammeFilter(request.GET, owners=visible(request.reader, Organisation))
    if asked.is_valid():
        wanted = asked.cleaned_data
        if words := wanted["zoek"].strip():
            by_name = Q(name_nl__icontains=words) | Q(name_en__icontains=words)
            rows = rows.filter(by_name | Q(place__icontains=words))
        if wanted["organisatie"]:
            rows = rows.filter(organisation=wanted["organisatie"])
        if wanted["status"]:
            rows = rows.filter(status=wanted["status"])
    page = Paginator(rows.order_by("name_nl", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_make": bool(owners(request.reader, Programme)),
    }
    return render(request, "programmes/list.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a programme."""
    among = Programme.objects.select_related("organisation")
    programme = found(request.reader, Programme, pk, among=among)
    owner = programme.organisation
    context = {
        "programme": programme,
        "owner_is_seen": may(request.reader, Verb.SEE, owner),
        "trail": with_end(trail(), programme.name),
        "may_change": may(request.reader, Verb.CHANGE, programme),
        "may_archive": may(request.reader, Verb.ARCHIVE, programme),
    }
    return render(request, "programmes/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Make a programme."""
    choices = owners(request.reader, Programme)
    if not choices:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = make_programme(values, by=person(request))
        said(request, _("The programme stands there. Next: its theory of change."))
        return made.get_absolute_url()

    form = ProgrammeForm(request.POST or None, owners=choices)
    words = Words(title=_("New programme"), button=_("Make the programme"))
    return form_page(request, form, save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what a programme is called and is."""
    programme = found(request.reader, Programme, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(programme, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return programme.get_absolute_url()

    form = ProgrammeForm(
        request.POST or None, instance=programme, owners=Organisation.objects.none()
    )
    words = Words(title=_("Change the programme"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(programme))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a programme away; it can be put back."""
    programme = found(request.reader, Programme, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(programme, by=person(request))
        undo = reverse("programmes:restore", args=[pk])
        said(request, _("%(name)s is archived.") % {"name": programme.name}, undo=undo)
        return reverse("programmes:list")

    words = Words(
        title=_("Archive %(name)s") % {"name": programme.name},
        lead=_("It disappears from every list. Nothing is thrown away; you can put it back."),
        button=_("Archive"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to(programme))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a programme back."""
    programme = found(request.reader, Programme, pk, Verb.ARCHIVE)
    put_back(programme, by=person(request))
    said(request, _("%(name)s is back.") % {"name": programme.name})
    return redirect(programme.get_absolute_url())
