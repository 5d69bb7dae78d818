"""Organisations: the list, one of them, and changing it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.forms.organisations import OrganisationFilter, OrganisationForm
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.organisations.queries import holds_on, live_memberships
from biotoop.web.organisations.views.frame import A_PAGE, person, tabs_of, trail_to
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import ReaderRequest, found, may, may_make, visible
from biotoop.web.shared.views.records import Words, ask_first, form_page, said, with_end


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the organisations that the reader sees."""
    rows = visible(request.reader, Organisation)
    asked = OrganisationFilter(request.GET)
    if asked.is_valid():
        words, kind = asked.cleaned_data["zoek"].strip(), asked.cleaned_data["soort"]
        if words:
            rows = rows.filter(Q(name__icontains=words) | Q(place__icontains=words))
        if kind:
            rows = rows.filter(kind=kind)
    page = Paginator(rows.order_by("name", "pk"), A_PAGE).get_page(request.GET.get("pagina"))
    own = live_memberships().filter(user=request.reader.user_id)
    context = {
        "page": page,
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in ("zoek", "soort")),
        "own": set(own.values_list("organisation", flat=True)) if request.reader.user_id else (),
        "may_make": may_make(request.reader, Organisation, Kind.SITE, None),
    }
    return render(request, "organisations/list.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show an organisation."""
    organisation = found(request.reader, Organisation, pk)
    members = visible(request.reader, Membership).filter(holds_on(site_day()), organisation=pk)
    administrators = visible(request.reader, RoleGrant).filter(
        holds_on(site_day()), membership__in=members, role=Role.PARTNER_ADMINISTRATOR
    )
    context = {
        "organisation": organisation,
        "trail": with_end(trail_to(organisation)[:1], str(organisation)),
        "tabs": tabs_of(request.reader, organisation),
        "members": members.count(),
        "administrators": sorted(set(administrators.values_list("user__name", flat=True))),
        "own_roles": own_roles(request, pk),
        "may_change": may(request.reader, Verb.CHANGE, organisation),
        "may_archive": may(request.reader, Verb.ARCHIVE, organisation),
    }
    return render(request, "organisations/detail.html", context)


def own_roles(request: ReaderRequest, pk: UUID) -> list[str]:
    """Give what the reader is here."""
    here = [g.role for g in request.reader.grants if g.kind == Kind.ORGANISATION and g.home == pk]
    return [str(role.label) for role in Role if role in here]


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Make an organisation."""
    if not may_make(request.reader, Organisation, Kind.SITE, None):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(Organisation(**values), by=person(request))
        said(request, _("The organisation stands there. Now invite its first administrator."))
        return reverse("organisations:invite", args=[made.pk])

    words = Words(title=_("New organisation"), button=_("Make the organisation"))
    trail = [(reverse("organisations:list"), _("Organisations"))]
    return form_page(
        request, OrganisationForm(request.POST or None), save, words=words, trail=trail
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what an organisation is called and is."""
    organisation = found(request.reader, Organisation, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(organisation, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return organisation.get_absolute_url()

    form = OrganisationForm(request.POST or None, instance=organisation)
    words = Words(title=_("Change the organisation"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(organisation))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put an organisation away; it can be put back."""
    organisation = found(request.reader, Organisation, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(organisation, by=person(request))
        undo = reverse("organisations:restore", args=[pk])
        said(request, _("%(name)s is archived.") % {"name": organisation}, undo=undo)
        return reverse("organisations:list")

    words = Words(
        title=_("Archive %(name)s") % {"name": organisation},
        lead=_("It disappears from every list. Nothing is thrown away; you can put it back."),
        button=_("Archive"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to(organisation))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put an organisation back."""
    organisation = found(request.reader, Organisation, pk, Verb.ARCHIVE)
    put_back(organisation, by=person(request))
    said(request, _("%(name)s is back.") % {"name": organisation})
    return redirect(organisation.get_absolute_url())
