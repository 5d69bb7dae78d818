"""Research programmes: the list, one of them, and changing it."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.forms.partnerships import PartnershipForm
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
)
from biotoop.web.shared.actions.records import change, keep
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.queries import files_of_each
from biotoop.web.shared.rules import ReaderRequest, allowed, found, may, may_make, visible
from biotoop.web.shared.views.records import Trail, Words, form_page, said, with_end


def trail() -> Trail:
    """Give the way to the research programmes."""
    return [(reverse("programmes:partnerships"), _("Research programmes"))]


def trail_to(partnership: Partnership) -> Trail:
    """Give the way to a research programme."""
    return [*trail(), (partnership.get_absolute_url(), partnership.name)]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the research programmes in which the reader's organisations take part."""
    rows = visible(request.reader, Partnership).order_by("name_nl", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    partners = defaultdict(list)
    taking_part = visible(request.reader, Partner).filter(partnership__in=list(page))
    for partner in taking_part.select_related("organisation").order_by("organisation__name"):
        partners[partner.partnership_id].append(partner.organisation.name)
    context = {
        "page": page,
        "partners": partners,
        "may_make": may_make(request.reader, Partnership, Kind.SITE, None),
    }
    return render(request, "programmes/partnerships.html", context)


@require_safe
def detail(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a research programme with everything that was agreed."""
    reader = request.reader
    partnership = found(reader, Partnership, pk)
    agreements = list(visible(reader, Agreement).filter(partnership=pk).order_by("-starts_on"))
    rows = visible(reader, Partner).filter(partnership=pk).select_related("organisation")
    partners = list(rows.order_by("organisation__name", "starts_on"))
    files = files_of_each(agreements)
    context = {
        "partnership": partnership,
        "trail": with_end(trail(), partnership.name),
        "agreements": [(each, files[each.pk]) for each in agreements],
        "today": site_day(),
        "partners": partners,
        "to_open": allowed(reader, Verb.SEE, [partner.organisation for partner in partners]),
        "to_change": allowed(reader, Verb.CHANGE, agreements)
        | allowed(reader, Verb.CHANGE, partners),
        "lines": lines_of(request, pk),
        **capacity_of(request, pk),
        "may_change": may(reader, Verb.CHANGE, partnership),
        "may_agree": may_make(reader, Agreement, Kind.PARTNERSHIP, pk),
        "may_add_partner": may_make(reader, Partner, Kind.PARTNERSHIP, pk),
        "may_add_line": may_make(reader, Line, Kind.PARTNERSHIP, pk),
    }
    return render(request, "programmes/partnership.html", context)


def lines_of(request: ReaderRequest, pk: UUID) -> list[tuple[Line, list[LinePartner]]]:
    """Give the lines, each with who works on it."""
    lines = list(visible(request.reader, Line).filter(partnership=pk).order_by("position"))
    rows = visible(request.reader, LinePartner).filter(line__in=lines)
    by_line = defaultdict(list)
    for row in rows.select_related("organisation").order_by("organisation__name"):
        by_line[row.line_id].append(row)
    return [(line, by_line[line.pk]) for line in lines]


def capacity_of(request: ReaderRequest, pk: UUID) -> dict[str, Any]:
    """Give what organisations put in, the total of each year, and what the reader may change."""
    rows = visible(request.reader, Capacity).filter(partnership=pk).select_related("organisation")
    capacities = list(rows.order_by("year", "organisation__name"))
    totals: dict[int, int] = defaultdict(int)
    for row in capacities:
        totals[row.year] += row.hours
    may_add = may_make(request.reader, Capacity, Kind.PARTNERSHIP, pk) or any(
        may_make(request.reader, Capacity, Kind.ORGANISATION, place)
        for place in request.reader.places(Kind.ORGANISATION)
    )
    return {
        "capacities": capacities,
        "totals": sorted(totals.items()),
        "changeable": allowed(request.reader, Verb.CHANGE, capacities),
        "may_add_capacity": may_add,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Make a research programme."""
    if not may_make(request.reader, Partnership, Kind.SITE, None):
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = keep(Partnership(**values), by=person(request))
        said(request, _("The research programme stands there. Next: its agreement and partners."))
        return made.get_absolute_url()

    form = PartnershipForm(request.POST or None)
    words = Words(title=_("New research programme"), button=_("Make the research programme"))
    return form_page(request, form, save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what a research programme is called and is for."""
    partnership = found(request.reader, Partnership, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(partnership, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return partnership.get_absolute_url()

    form = PartnershipForm(request.POST or None, instance=partnership)
    words = Words(title=_("Change the research programme"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(partnership))
