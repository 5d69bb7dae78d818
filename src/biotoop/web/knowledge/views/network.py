"""The network on one page: who gives what, along which lines, what comes of it, what sleeps."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.enums import RunState
from biotoop.web.analyses.models import Run
from biotoop.web.knowledge.models import Release, Source, Touch, UseReport
from biotoop.web.knowledge.queries import (
    counts_by_organisation,
    public_products,
    registered,
    sleeping,
)
from biotoop.web.organisations.queries import holds_on
from biotoop.web.organisations.views.frame import A_PAGE
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
)
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import Reader, ReaderRequest, visible
from biotoop.web.studies.models import Study

Numbers = dict[UUID, int]


@require_safe
def network(request: ReaderRequest) -> HttpResponse:
    """Show the research programmes of the reader, and what they bring."""
    reader, today = request.reader, site_day()
    partnerships = list(visible(reader, Partnership).order_by("name_nl"))
    partners = partners_of(reader)
    homes = {one.organisation_id for rows in partners.values() for one in rows}
    products = counts_by_organisation(public_products().filter(organisation__in=homes))
    gives, lines, agreed = given(reader, today.year), lines_of(reader), agreements_of(reader)
    context = {
        "year": today.year,
        "networks": [
            {
                "partnership": one,
                "agreement": agreed.get(one.pk),
                "partners": [
                    {
                        "organisation": partner.organisation,
                        "gives": gives[one.pk, partner.organisation_id],
                        "products": products.get(partner.organisation_id, 0),
                    }
                    for partner in partners[one.pk]
                ],
                "lines": [(line, who, of(products, who)) for line, who in lines[one.pk]],
                "hours": together(gives, one),
            }
            for one in partnerships
        ],
        "knowledge": four(reader, homes),
        **waiting(request),
    }
    return render(request, "knowledge/network.html", context)


def together(gives: Mapping[tuple[UUID, UUID], list[Capacity]], one: Partnership) -> int | None:
    """Add up the hours that a reader may see; None where there are none to see."""
    seen = [row.hours for key, rows in gives.items() if key[0] == one.pk for row in rows]
    return sum(seen) if seen else None


def partners_of(reader: Reader) -> dict[UUID, list[Partner]]:
    """Give who takes part today, by research programme."""
    rows = visible(reader, Partner).filter(holds_on(site_day())).select_related("organisation")
    found: dict[UUID, list[Partner]] = defaultdict(list)
    for row in rows.order_by("organisation__name"):
        found[row.partnership_id].append(row)
    return found


def given(reader: Reader, year: int) -> dict[tuple[UUID, UUID], list[Capacity]]:
    """Give what organisations put in this year, by research programme and organisation."""
    found: dict[tuple[UUID, UUID], list[Capacity]] = defaultdict(list)
    for row in visible(reader, Capacity).filter(year=year).order_by("funding"):
        found[row.partnership_id, row.organisation_id].append(row)
    return found


def agreements_of(reader: Reader) -> dict[UUID, Agreement]:
    """Give the agreement that holds today, by research programme."""
    rows = visible(reader, Agreement).filter(holds_on(site_day())).order_by("starts_on")
    return {row.partnership_id: row for row in rows}


def lines_of(reader: Reader) -> dict[UUID, list[tuple[Line, list[LinePartner]]]]:
    """Give the lines by research programme, each with who works on it today."""
    who: dict[UUID, list[LinePartner]] = defaultdict(list)
    rows = visible(reader, LinePartner).filter(holds_on(site_day()))
    for row in rows.select_related("organisation").order_by("organisation__name"):
        who[row.line_id].append(row)
    found: dict[UUID, list[tuple[Line, list[LinePartner]]]] = defaultdict(list)
    for line in visible(reader, Line).order_by("position", "name_nl"):
        found[line.partnership_id].append((line, who[line.pk]))
    return found


def of(products: Numbers, partners: list[LinePartner]) -> int:
    """Count the public products of the organisations on a line."""
    return sum(products.get(one.organisation_id, 0) for one in partners)


def four(reader: Reader, homes: set[UUID]) -> list[dict[str, Any]]:
    """Count what stands for each of the four k's, among the organisations of these programmes."""
    studies = visible(reader, Study).filter(organisation__in=homes)
    public = public_products().filter(organisation__in=homes)
    runs = Count("pk", filter=Q(state=RunState.DONE))
    done = Run.objects.filter(study__in=studies, archived_at=None).aggregate(n=runs)["n"]
    live = {"product__in": public, "archived_at": None}
    shown = UseReport.objects.filter(**live, is_shown=True).count()
    built = Source.objects.filter(source__in=public, archived_at=None)
    return [
        {
            "name": _("Producing knowledge"),
            "facts": [(registered(studies).count(), _("registered studies")), (done, _("runs"))],
        },
        {
            "name": _("Developing knowledge"),
            "facts": [(Touch.objects.filter(**live).count(), _("changed steps of theories"))],
        },
        {
            "name": _("Opening up knowledge"),
            "facts": [
                (public.count(), _("published products")),
                (Release.objects.filter(product__in=public).count(), _("versions")),
            ],
        },
        {
            "name": _("Using knowledge"),
            "facts": [
                (shown, _("reports of use")),
                (
                    built.filter(product__in=public_products()).count(),
                    _("products built on others"),
                ),
            ],
        },
    ]


def waiting(request: ReaderRequest) -> dict[str, Any]:
    """Give the studies that were registered and of which nothing can be read, with their age."""
    studies = visible(request.reader, Study, archived=None).select_related("organisation")
    page = Paginator(sleeping(studies), A_PAGE).get_page(request.GET.get("pagina"))
    today = site_day()
    rows = []
    for study in page:
        since = study.registered_at  # type: ignore[attr-defined]  # counted by the query
        rows.append({"study": study, "since": since, "days": (today - since.date()).days})
    return {"page": page, "sleeping": rows, "today": today}
