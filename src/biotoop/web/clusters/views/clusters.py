"""Clusters: the list, one of them, making and changing it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.forms.clusters import ClusterFilter, ClusterForm
from biotoop.web.clusters.models import Cluster, Theme
from biotoop.web.clusters.queries import current_adoptions, with_counts
from biotoop.web.clusters.views.frame import acting, home_tabs, trail, trail_to
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.views.frame import A_PAGE, person
from biotoop.web.programmes.models import Partnership
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import change, put_away, put_back
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, ReaderRequest, found, visible
from biotoop.web.shared.views.records import Words, ask_first, form_page, said


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the clusters that the reader sees."""
    rows = visible(request.reader, Cluster).select_related("theme", "organisation")
    asked = ClusterFilter(request.GET, themes=visible(request.reader, Theme))
    if asked.is_valid():
        rows = narrowed(rows, asked.cleaned_data)
    ordered = with_counts(rows).order_by("-starts_on", "name_nl", "pk")
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "tabs": home_tabs(request.reader),
        "professors": current_adoptions(list(page)),
        "filter": asked,
        "is_filtered": any(request.GET.get(name) for name in asked.fields),
        "may_make": owners(request.reader, Cluster).exists(),
    }
    return render(request, "clusters/list.html", context)


def narrowed(rows: QuerySet[Cluster], wanted: dict[str, Any]) -> QuerySet[Cluster]:
    """Keep what was asked for."""
    if words := wanted["zoek"].strip():
        named = Q(name_nl__icontains=words) | Q(name_en__icontains=words)
        rows = rows.filter(named | Q(question__icontains=words))
    if wanted["thema"]:
        rows = rows.filter(theme=wanted["thema"])
    if wanted["status"]:
        rows = rows.filter(state=wanted["status"])
    return rows


def choices_for(reader: Reader, hosts: QuerySet[Organisation]) -> dict[str, QuerySet[Any]]:
    """Give what can be chosen for a cluster."""
    themes = visible(reader, Theme).filter(organisation__in=hosts)
    return {
        "organisation": hosts,
        "theme": themes,
        "partnership": visible(reader, Partnership),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Make a cluster."""
    hosts = owners(request.reader, Cluster)
    if not hosts:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        made = acts.begin(Cluster(**values), acting(request, Verb.MAKE, None))
        said(request, _("The cluster stands there. Next: the parts of its question."))
        return made.get_absolute_url()

    form = ClusterForm(request.POST or None, choices=choices_for(request.reader, hosts))
    form.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
    words = Words(title=_("New research cluster"), button=_("Make the cluster"))
    return form_page(request, form, save, words=words, trail=trail())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change what a cluster is about."""
    cluster = found(request.reader, Cluster, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        acts.refuse_too_small(cluster, values["capacity"])
        change(cluster, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return cluster.get_absolute_url()

    hosts = Organisation.objects.filter(pk=cluster.organisation_id)
    choices = choices_for(request.reader, hosts)
    if cluster.partnership_id:
        own = Partnership.objects.filter(pk=cluster.partnership_id)
        choices["partnership"] = (choices["partnership"] | own).distinct()
    form = ClusterForm(request.POST or None, instance=cluster, choices=choices)
    del form.fields["organisation"]
    words = Words(title=_("Change the cluster"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to(cluster))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a cluster away; it can be put back."""
    cluster = found(request.reader, Cluster, pk, Verb.ARCHIVE)

    def act() -> str:
        put_away(cluster, by=person(request))
        undo = reverse("clusters:restore", args=[pk])
        said(request, _("%(name)s is archived.") % {"name": cluster.name}, undo=undo)
        return reverse("clusters:list")

    words = Words(
        title=_("Archive %(name)s") % {"name": cluster.name},
        lead=_("It disappears from every list. Nothing is thrown away; you can put it back."),
        button=_("Archive"),
        is_grave=True,
    )
    return ask_first(request, act, words=words, trail=trail_to(cluster))


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a cluster back."""
    cluster = found(request.reader, Cluster, pk, Verb.ARCHIVE)
    put_back(cluster, by=person(request))
    said(request, _("%(name)s is back.") % {"name": cluster.name})
    return redirect(cluster.get_absolute_url())
