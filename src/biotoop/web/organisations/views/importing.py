"""Invite many people at once: a file, a look at it, and then all of them or nobody."""

from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from biotoop.web.organisations.actions import importing
from biotoop.web.organisations.forms.people import ImportForm
from biotoop.web.organisations.models import Invitation, Organisation
from biotoop.web.organisations.rules import roles_to_give
from biotoop.web.organisations.views.frame import person, trail_to
from biotoop.web.organisations.views.invitations import host
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.rules import ReaderRequest
from biotoop.web.shared.views.records import said, with_end

SALT, PATIENCE = "organisations.import", 3600


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a file, show what is in it with every fault, and invite when it is right."""
    organisation = host(request, pk)
    if "rows" in request.POST:
        return confirmed(request, organisation)
    form = ImportForm(request.POST or None, request.FILES or None)
    listing = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read(importing.MOST_BYTES + 1)
        listing = importing.read(file.name, content, organisation, givable(request, organisation))
    return show(request, organisation, form, listing)


def givable(request: ReaderRequest, organisation: Organisation) -> set[Any]:
    """Give the roles that may stand in the list."""
    return set(roles_to_give(request.reader, organisation.pk, Invitation))


def confirmed(request: ReaderRequest, organisation: Organisation) -> HttpResponse:
    """Invite the people that were shown, after checking them once more."""
    try:
        rows = signing.loads(request.POST["rows"], salt=SALT, max_age=PATIENCE)
    except signing.BadSignature:
        said(request, _("This took too long. Choose the file once more."))
        return redirect("organisations:import", organisation.pk)
    listing = importing.checked(rows, organisation, givable(request, organisation))
    if listing.faults:
        return show(request, organisation, ImportForm(), listing)
    try:
        number = importing.invite_all(organisation, listing.people, by=person(request))
    except Refused as refused:
        said(request, str(refused))
        return redirect("organisations:import", organisation.pk)
    text = ngettext("%(number)d person invited.", "%(number)d people invited.", number)
    said(request, text % {"number": number})
    return redirect("organisations:invitations", organisation.pk)


def show(
    request: ReaderRequest,
    organisation: Organisation,
    form: ImportForm,
    listing: importing.Listing | None,
) -> HttpResponse:
    """Show the page: the question, or what the file holds."""
    rows = listing.rows if listing and not listing.faults else ()
    roles = roles_to_give(request.reader, organisation.pk, Invitation)
    here = (reverse("organisations:invitations", args=[organisation.pk]), _("Invitations"))
    context = {
        "organisation": organisation,
        "trail": with_end([*trail_to(organisation), here], _("Invite many people")),
        "form": form,
        "listing": listing,
        "rows": signing.dumps(rows, salt=SALT, compress=True) if rows else "",
        "roles": [role.label for role in roles],
    }
    status = 422 if form.errors or (listing and listing.faults) else 200
    return render(request, "organisations/import.html", context, status=status)
