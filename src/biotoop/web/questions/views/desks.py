"""Question desks: where anybody can bring a question, and who looks at it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.questions.forms.questions import DeskForm
from biotoop.web.questions.models import Desk
from biotoop.web.questions.views.questions import trail
from biotoop.web.shared.actions.mail import link
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, may, may_make, visible
from biotoop.web.shared.views.records import Trail, Words, ask_first, form_page, said, with_end


def here() -> Trail:
    """Give the way to the desks."""
    return [*trail(), (reverse("questions:desks"), _("Question desks"))]


def homes(reader: Reader, model: type[Model]) -> QuerySet[Organisation]:
    """List the organisations for which a reader may make such a record."""
    own = [pk for pk in reader.places(Kind.ORGANISATION)
           if may_make(reader, model, Kind.ORGANISATION, pk)]  # fmt: skip
    return visible(reader, Organisation).filter(pk__in=own)


def form_of(request: ReaderRequest, desk: Desk | None = None) -> DeskForm:
    """Give the form of a desk; the organisation stays what it is."""
    form = DeskForm(request.POST or None, instance=desk)
    field = form.fields["organisation"]
    assert isinstance(field, ModelChoiceField)  # noqa: S101 - tells the type checker
    field.queryset = homes(request.reader, Desk)
    field.empty_label = None
    if desk is not None:
        del form.fields["organisation"]
    return form


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the desks that the reader sees."""
    rows = visible(request.reader, Desk).select_related("organisation").order_by("name_nl", "pk")
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("pagina")),
        "may_make": bool(homes(request.reader, Desk)),
        "trail": with_end(trail(), _("Question desks")),
    }
    return render(request, "questions/desks.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a desk with the address for on a poster."""
    desk = found(request.reader, Desk, pk, among=Desk.objects.select_related("organisation"))
    context = {
        "desk": desk,
        "address": link(reverse("questions:ask", args=[desk.slug])),
        "may_change": may(request.reader, Verb.CHANGE, desk),
        "may_archive": may(request.reader, Verb.ARCHIVE, desk),
        "trail": with_end(here(), desk.name),
    }
    return render(request, "questions/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Open a desk."""
    if not homes(request.reader, Desk):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(Desk(**values), by=person(request))
        said(request, _("The desk stands there. Its address is for everybody."))
        return made.get_absolute_url()

    words = Words(title=_("New question desk"), button=_("Open the desk"))
    return form_page(request, form_of(request), save, words=words, trail=here())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a desk."""
    desk = found(request.reader, Desk, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(desk, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return desk.get_absolute_url()

    words = Words(title=_("Change the desk"), button=_("Save"))
    way = [*here(), (desk.get_absolute_url(), desk.name)]
    return form_page(request, form_of(request, desk), save, words=words, trail=way)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a desk away; nobody can bring questions there any more."""
    desk = found(request.reader, Desk, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(desk, by=person(request))
        undo = reverse("questions:restore_desk", args=[pk])
        said(request, _("%(name)s is archived.") % {"name": desk.name}, undo=undo)
        return reverse("questions:desks")

    words = Words(
        title=_("Archive %(name)s") % {"name": desk.name}, button=_("Archive"), is_grave=True,
        lead=_("Its page closes. The questions that came in stay."),
    )  # fmt: skip
    way = [*here(), (desk.get_absolute_url(), desk.name)]
    return ask_first(request, act, words=words, trail=way)


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a desk back."""
    desk = found(request.reader, Desk, pk, Verb.ARCHIVE)
    put_back(desk, by=person(request))
    said(request, _("%(name)s is back.") % {"name": desk.name})
    return redirect(desk.get_absolute_url())
