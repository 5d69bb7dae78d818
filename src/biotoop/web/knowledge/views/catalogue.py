"""The public catalogue: what was published, for everybody, without an account."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.knowledge.bridge.harvesting import name_of
from biotoop.web.knowledge.bridge.records import datacite_json, datacite_xml, page_of
from biotoop.web.knowledge.enums import Change, Licence
from biotoop.web.knowledge.forms.products import CatalogueFilter
from biotoop.web.knowledge.models import Release, UseReport
from biotoop.web.knowledge.queries import (
    exposed,
    programmes_with_products,
    public_releases,
    shown_uses,
    used_in,
)
from biotoop.web.knowledge.rules.chain import public_theories
from biotoop.web.knowledge.views.citing import cite
from biotoop.web.organisations.views.frame import A_PAGE
from biotoop.web.programmes.enums import Theme
from biotoop.web.shared.actions import finding
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.queries import files_of
from biotoop.web.shared.rules import NOBODY, ReaderRequest, could, found, visible
from biotoop.web.shared.views.records import Trail, with_end


def trail() -> Trail:
    """Give the way to the catalogue."""
    return [(reverse("knowledge:catalogue"), _("Knowledge"))]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List what was published, by words and by what it is."""
    asked = CatalogueFilter(
        request.GET, themes=Theme.choices, programmes=programmes_with_products()
    )
    wanted = asked.cleaned_data if asked.is_valid() else {}
    rows = public_releases()
    for name, field in (("soort", "kind"), ("thema", "theme"), ("programma", "programme")):
        if wanted.get(name):
            rows = rows.filter(**{field: wanted[name]})
    context = {
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_work": could(request.reader, "knowledge.Product", Verb.SEE),
        "may_report": could(request.reader, "programmes.Partnership", Verb.SEE),
        **pages(request, rows, wanted.get("zoek", "").strip()),
    }
    return render(request, "knowledge/catalogue.html", context)


def pages(request: ReaderRequest, rows: Any, words: str) -> dict[str, Any]:  # noqa: ANN401 - a queryset of releases
    """Give the page that was asked: the best first when there are words, else the newest."""
    number = request.GET.get("pagina")
    rows = rows.select_related("product__organisation", "programme")
    if not words:
        page: Page[Any] = Paginator(rows.order_by("-published_at", "pk"), A_PAGE).get_page(number)
        return {"page": page, "releases": list(page)}
    entries = finding.find(NOBODY, words, Release._meta.label)
    page = Paginator(entries.filter(object_id__in=rows.values("pk")), A_PAGE).get_page(number)
    keys = [entry.object_id for entry in page]
    there = {row.pk: row for row in rows.filter(pk__in=keys)}
    return {"page": page, "releases": [there[key] for key in keys if key in there]}


@require_safe
def product(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show the newest release of a product, or that it was withdrawn."""
    row = exposed().select_related("latest__product__organisation", "organisation").filter(pk=pk)
    there = row.first()
    if there is None or there.latest is None:
        raise Http404
    if there.withdrawn_at is not None:
        context = {"product": there, "trail": with_end(trail(), there.latest.title)}
        return render(request, "knowledge/tombstone.html", context, status=410)
    return shown(request, there.latest)


@require_safe
def release(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show one release, also an older one."""
    among = Release.objects.select_related("product__organisation", "product__latest")
    return shown(request, found(request.reader, Release, pk, among=among))


def shown(request: ReaderRequest, row: Release) -> HttpResponse:
    """Show a release with where it comes from and what was done with it."""
    content, whole = row.content, row.product
    open_theories = public_theories([row])
    context = {
        "release": row,
        "product": whole,
        "content": content,
        "is_latest": whole.latest_id == row.pk,
        "trail": with_end(trail(), row.title),
        "citation": cite(row, page_of(whole.pk)),
        "licence": Licence(content["licence"]).label,
        "audiences": [
            (label, content["audiences"][name])
            for name, label in audience_words()
            if name in content["audiences"]
        ],
        "touches": [
            touch | {"words": Change(touch["change"]).label}
            for touch in content["touches"]
            if touch["theory"] in open_theories
        ],
        "theory": content["theory"] if content["theory"].get("id") in open_theories else {},
        "sources": chain_of(content["sources"]),
        "modules": used_in([whole.pk])[whole.pk],
        "uses": shown_uses(whole),
        "own_uses": visible(request.reader, UseReport, Verb.ARCHIVE).filter(product=whole),
        "files": files_of(row),
        "versions": whole.releases.order_by("-number").values_list("pk", "number", "published_at"),
        "oai_name": name_of(whole),
        "is_signed_in": request.reader.user_id is not None,
    }
    return render(request, "knowledge/release.html", context)


def audience_words() -> list[tuple[str, str]]:
    """Name the groups of readers."""
    return [
        ("for_professionals", _("For professionals")),
        ("for_policy", _("For policy makers")),
        ("for_education", _("For lecturers and students")),
        ("for_residents", _("For residents")),
    ]


def chain_of(sources: list[str]) -> list[Release]:
    """Give the public products that something builds on, each with the question behind it."""
    keys = [UUID(source) for source in sources]
    return list(public_releases().filter(product__in=keys).order_by("title"))


@require_safe
def metadata(_request: ReaderRequest, pk: UUID, form: str) -> HttpResponse:
    """Give the metadata of the newest release for machines; of what was withdrawn nothing."""
    there = get_object_or_404(exposed().select_related("latest"), pk=pk)
    if there.latest is None or there.withdrawn_at is not None:
        return HttpResponse(status=410)
    if form == "json":
        kind = "application/vnd.datacite.datacite+json"
        return HttpResponse(datacite_json(there.latest), content_type=kind)
    kind = "application/vnd.datacite.datacite+xml"
    return HttpResponse(datacite_xml(there.latest), content_type=kind)
