"""Guest links, and going in by one."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.organisations.actions import guests
from biotoop.web.organisations.forms.people import GuestLinkForm
from biotoop.web.organisations.models import GuestLink, Organisation
from biotoop.web.organisations.rules import Where, place_names, places_in
from biotoop.web.organisations.views.frame import A_PAGE, person, tabs_of, trail_to
from biotoop.web.shared.actions.mail import link as whole_address
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import ReaderRequest, found, may_make, visible
from biotoop.web.shared.rules.registry import PLACES
from biotoop.web.shared.views.records import Words, form_page, said, with_end

FRESH = "fresh-guest-link"


@never_cache
@require_safe
def index(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List the guest links of an organisation; a fresh one is shown once, whole."""
    organisation = found(request.reader, Organisation, pk)
    if not places(request, organisation):
        raise PermissionDenied
    rows = visible(request.reader, GuestLink).filter(organisation=pk)
    rows = rows.select_related("made_by").order_by("-created_at", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    names = place_names(request.reader, [Where(Kind(row.kind), row.scope_id) for row in page])
    moment, fresh = now(), request.session.pop(FRESH, "")
    context = {
        "organisation": organisation,
        "trail": with_end(trail_to(organisation), _("Guest links")),
        "tabs": tabs_of(request.reader, organisation),
        "page": page,
        "rows": [
            (row, names.get(Where(Kind(row.kind), row.scope_id), "…"), row.works(moment))
            for row in page
        ],
        "address": whole_address(reverse("organisations:guest", args=[fresh])) if fresh else "",
    }
    return render(request, "organisations/guest_links.html", context)


def places(request: ReaderRequest, organisation: Organisation) -> list[tuple[str, str]]:
    """List the places to which the reader may let guests in."""
    whole = (f"organisation:{organisation.pk}", _("the whole organisation"))
    every = [whole, *places_in(request.reader, organisation.pk)]
    return [(value, words) for value, words in every if may_open(request, value)]


def may_open(request: ReaderRequest, value: str) -> bool:
    """Tell whether the reader may let guests into this place."""
    kind, _colon, scope_id = value.partition(":")
    return may_make(request.reader, GuestLink, Kind(kind), UUID(scope_id))


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Make a guest link."""
    organisation = found(request.reader, Organisation, pk)
    offered = places(request, organisation)
    if not offered:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        _link, secret = guests.open_to_guests(
            organisation, values["where"], values["purpose"], values["until"], by=person(request)
        )
        request.session[FRESH] = secret
        return reverse("organisations:guest_links", args=[pk])

    words = Words(
        title=_("New guest link"),
        lead=_("Whoever has the link looks without an account, and changes nothing."),
        button=_("Make the link"),
    )
    form = GuestLinkForm(request.POST or None, places=offered)
    return form_page(request, form, save, words=words, trail=trail_to(organisation))


@require_POST
def withdraw(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Close a guest link."""
    row = found(request.reader, GuestLink, pk, Verb.ARCHIVE)
    guests.withdraw(row, by=person(request))
    undo = reverse("organisations:allow_guests", args=[pk])
    said(request, _("The link no longer works."), undo=undo)
    return redirect("organisations:guest_links", row.organisation_id)


@require_POST
def allow(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Undo that a guest link was closed."""
    row = found(request.reader, GuestLink, pk, Verb.ARCHIVE)
    guests.allow_again(row, by=person(request))
    said(request, _("The link works again."))
    return redirect("organisations:guest_links", row.organisation_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ReaderRequest, secret: str) -> HttpResponse:
    """Go in as a guest; only the button does it, so that a mail scanner is no guest."""
    row = guests.link_of(secret)
    if row is None:
        return render(request, "organisations/guest_gone.html", status=410)
    place: Any = PLACES[Kind(row.kind)]._default_manager.filter(pk=row.scope_id).first()
    if place is None or place.is_archived:
        return render(request, "organisations/guest_gone.html", status=410)
    if request.method == "POST":
        guests.enter(row)
        request.session[guests.SESSION] = str(row.pk)
        return redirect(place.get_absolute_url())
    return render(request, "organisations/guest.html", {"link": row, "place": place})
