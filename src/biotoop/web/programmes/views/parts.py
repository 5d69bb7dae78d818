"""Parts of a research programme: each is added and changed in the same way."""

from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.views.frame import person
from biotoop.web.programmes.forms import partnerships as forms
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
)
from biotoop.web.programmes.views.partnerships import trail_to
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.records import Record
from biotoop.web.shared.rules import ReaderRequest, found, may_make, visible
from biotoop.web.shared.views.records import Words, form_page, said


@attrs.frozen
class Part:
    """What a part is, and what the pages about it say."""

    model: type[Record]
    form: type[forms.PartForm]
    new: str | Promise
    edit: str | Promise


PARTS = {
    "agreement": Part(
        Agreement,
        forms.AgreementForm,
        gettext_lazy("New agreement"),
        gettext_lazy("Change the agreement"),
    ),
    "partner": Part(
        Partner, forms.PartnerForm, gettext_lazy("New partner"), gettext_lazy("Change the partner")
    ),
    "line": Part(Line, forms.LineForm, gettext_lazy("New line"), gettext_lazy("Change the line")),
    "line_partner": Part(
        LinePartner,
        forms.LinePartnerForm,
        gettext_lazy("New partner on a line"),
        gettext_lazy("Change the partner"),
    ),
    "capacity": Part(
        Capacity,
        forms.CapacityForm,
        gettext_lazy("New capacity"),
        gettext_lazy("Change the capacity"),
    ),
}


def home_of(row: Record) -> Partnership:
    """Give the research programme to which a part belongs."""
    whole = (
        row.line.partnership if isinstance(row, LinePartner) else getattr(row, "partnership", None)
    )
    if not isinstance(whole, Partnership):
        raise Http404
    return whole


def owners(request: ReaderRequest, part: Part, partnership: Partnership) -> QuerySet[Organisation]:
    """List the organisations that may stand in the part."""
    rows = visible(request.reader, Organisation)
    if part.model is Partner:
        return rows
    rows = rows.filter(partnerships__partnership=partnership, partnerships__archived_at=None)
    if part.model is Capacity and not may_make(
        request.reader, Capacity, Kind.PARTNERSHIP, partnership.pk
    ):
        own = request.reader.places(Kind.ORGANISATION)
        own_ones = [pk for pk in own if may_make(request.reader, Capacity, Kind.ORGANISATION, pk)]
        rows = rows.filter(pk__in=own_ones)
    return rows.distinct()


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Add a part to a research programme."""
    return add_to(request, found(request.reader, Partnership, pk), PARTS[what], {})


@require_http_methods(["GET", "HEAD", "POST"])
def add_to_line(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Add an organisation to a line."""
    line = found(request.reader, Line, pk)
    return add_to(request, line.partnership, PARTS["line_partner"], {"line": line})


def add_to(
    request: ReaderRequest, partnership: Partnership, part: Part, fixed: dict[str, Any]
) -> HttpResponse:
    """Ask for a part and keep it."""
    choices = owners(request, part, partnership)
    is_allowed = may_make(request.reader, part.model, Kind.PARTNERSHIP, partnership.pk)
    if not is_allowed and not (part.model is Capacity and choices.exists()):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        keep(part.model(**(fixed or {"partnership": partnership}), **values), by=person(request))
        said(request, _("Saved."))
        return partnership.get_absolute_url()

    form = part.form(request.POST or None, owners=choices)
    words = Words(title=str(part.new), button=_("Add"))
    return form_page(request, form, save, words=words, trail=trail_to(partnership))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Change a part."""
    part = PARTS[what]
    row = found(request.reader, part.model, pk, Verb.CHANGE)
    partnership = home_of(row)

    def save(values: dict[str, Any], edition: int) -> str:
        change(row, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return partnership.get_absolute_url()

    choices = owners(request, part, partnership)
    form = part.form(request.POST or None, instance=row, owners=choices)
    words = Words(title=str(part.edit), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(partnership))


@require_POST
def archive(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Take a part away; it can be put back."""
    row = found(request.reader, PARTS[what].model, pk, Verb.ARCHIVE)
    put_away(row, by=person(request))
    said(request, _("Taken away."), undo=reverse(f"programmes:restore_{what}", args=[pk]))
    return redirect(home_of(row).get_absolute_url())


@require_POST
def restore(request: ReaderRequest, pk: UUID, what: str) -> HttpResponse:
    """Put a part back."""
    row = found(request.reader, PARTS[what].model, pk, Verb.ARCHIVE)
    put_back(row, by=person(request))
    said(request, _("It is back."))
    return redirect(home_of(row).get_absolute_url())
