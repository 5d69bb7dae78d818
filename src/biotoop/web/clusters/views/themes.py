"""Themes of clusters: the list, and changing it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biotoop.web.clusters.forms.clusters import ThemeForm
from biotoop.web.clusters.models import Cluster, Theme
from biotoop.web.clusters.views.frame import home_tabs, trail
from biotoop.web.organisations.views.frame import person
from biotoop.web.programmes.views.programmes import owners
from biotoop.web.shared.actions.records import change, keep, put_away, put_back
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, allowed, found, visible
from biotoop.web.shared.views.records import Trail, Words, form_page, said


def trail_to_themes() -> Trail:
    """Give the way to the themes."""
    return [*trail(), (reverse("clusters:themes"), _("Themes"))]


@require_safe
def index(request: ReaderRequest) -> HttpResponse:
    """List the themes, with how many clusters the reader sees on each."""
    seen = Q(clusters__in=visible(request.reader, Cluster).values("pk"))
    rows = visible(request.reader, Theme).select_related("organisation")
    themes = list(rows.annotate(number=Count("clusters", filter=seen)).order_by("position"))
    context = {
        "themes": themes,
        "tabs": home_tabs(request.reader),
        "changeable": allowed(request.reader, Verb.CHANGE, themes),
        "may_make": owners(request.reader, Theme).exists(),
    }
    return render(request, "clusters/themes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: ReaderRequest) -> HttpResponse:
    """Make a theme."""
    hosts = owners(request.reader, Theme)
    if not hosts:
        raise PermissionDenied

    def save(values: dict[str, Any], _edition: int) -> str:
        keep(Theme(**values), by=person(request))
        said(request, _("Saved."))
        return reverse("clusters:themes")

    form = ThemeForm(request.POST or None, choices={"organisation": hosts})
    form.fields["organisation"].empty_label = None  # type: ignore[attr-defined]
    words = Words(title=_("New theme"), button=_("Add"))
    return form_page(request, form, save, words=words, trail=trail_to_themes())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Change a theme."""
    theme = found(request.reader, Theme, pk, Verb.CHANGE)

    def save(values: dict[str, Any], edition: int) -> str:
        change(theme, values, edition=edition, by=person(request))
        said(request, _("Saved."))
        return reverse("clusters:themes")

    form = ThemeForm(request.POST or None, instance=theme)
    del form.fields["organisation"]
    words = Words(title=_("Change the theme"), button=_("Save"))
    return form_page(request, form, save, words=words, trail=trail_to_themes())


@require_POST
def archive(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Take a theme away; clusters on it stay."""
    theme = found(request.reader, Theme, pk, Verb.ARCHIVE)
    put_away(theme, by=person(request))
    said(request, _("Taken away."), undo=reverse("clusters:restore_theme", args=[pk]))
    return redirect("clusters:themes")


@require_POST
def restore(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Put a theme back."""
    put_back(found(request.reader, Theme, pk, Verb.ARCHIVE), by=person(request))
    said(request, _("It is back."))
    return redirect("clusters:themes")
