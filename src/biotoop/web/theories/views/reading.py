"""Read theories: the list, one version, a step, the versions, and what changed between them."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.queries import files_with
from biotoop.web.shared.rules import Reader, ReaderRequest, ask, could, may, visible
from biotoop.web.theories.actions.publishing import heading_of
from biotoop.web.theories.bridge.documents import as_theory, published
from biotoop.web.theories.bridge.reading import difference, words_of_certainty
from biotoop.web.theories.forms import CommentForm, FilterForm, reader_language
from biotoop.web.theories.models import Theory, Version
from biotoop.web.theories.queries import (
    agenda_of,
    comments_on,
    goals_of,
    latest_assessments,
    seen_for_lists,
    version_of,
)
from biotoop.web.theories.views.opening import around, opened, state_of
from biotoop.web.theories.views.panels import style
from biotoop.web.theories.views.showing import shown_version

A_PAGE = 24


@require_safe
def listed(request: ReaderRequest) -> HttpResponse:
    """List the theories that the reader may read, by programme."""
    form = FilterForm(request.GET)
    rows = ask(seen_for_lists, request.reader)
    if form.is_valid() and any(form.cleaned_data.values()):
        rows = seen_for_lists(request.reader)
        if form.cleaned_data["q"]:
            rows = rows.filter(title__icontains=form.cleaned_data["q"])
        if form.cleaned_data["readable"]:
            rows = rows.filter(visibility=form.cleaned_data["readable"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("pagina"))
    cards = [
        (row, *state_of(row, in_review=bool(getattr(row, "in_review", False)))) for row in page
    ]
    can_make = could(request.reader, Theory._meta.label, Verb.MAKE)
    makers = (
        ask(visible, request.reader, model=Programme, verb=Verb.CHANGE)[:30] if can_make else []
    )
    context = {
        "page": page, "cards": cards, "form": form, "programmes": makers,
        "is_filtered": any(request.GET.values()),
    }  # fmt: skip
    return render(request, "theories/list.html", context)


def changed_programmes(reader: Reader) -> QuerySet[Programme]:
    """List the programmes for which a reader writes theories."""
    return visible(reader, Programme, Verb.CHANGE)


@require_safe
def read(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Read the last published version; who writes the draft and has none yet, goes there."""
    theory = opened(request, pk)
    if theory.latest is None:
        if may(request.reader, Verb.CHANGE, theory):
            return redirect("theories:draw", pk)
        return render(request, "theories/unpublished.html", around(request, theory))
    return version_page(request, theory, theory.latest)


@require_safe
def version(request: ReaderRequest, pk: UUID, number: int) -> HttpResponse:
    """Read one version as it was published."""
    theory = opened(request, pk)
    there = version_of(theory, number)
    if there is None:
        raise Http404
    return version_page(request, theory, there)


def version_page(request: ReaderRequest, theory: Theory, there: Version) -> HttpResponse:
    language = reader_language()
    assessments = latest_assessments(there)
    agenda = agenda_of(there)
    shown_text = shown_version(theory, there, assessments, language)
    context = around(request, theory)
    newest = max((row.made_at for row in assessments.values()), default=None)
    return render(
        request,
        "theories/read.html",
        context
        | {
            "version": there,
            "is_latest": there.pk == theory.latest_id,
            "shown": shown_text,
            "assessed_at": newest,
            "ways": shown_text.ways,
            "panel_style": style(),
            "files": list(ask(files_with, None, theory.pk, label=theory._meta.label)),
            "agenda": agenda[:5],
            "canvas": canvas_of(there, language),
            "goals": [goal for goals in goals_of(theory).values() for goal in goals],
            "may_export": may(request.reader, Verb.EXPORT, theory),
        },
    )


def canvas_of(version: Version, language: str) -> list[tuple[str, str]]:
    """Give the canvas of a version with the words above each field."""
    value = published(version.content)
    names = canvas_names()
    return [
        (names.get(name, name.replace("_", " ")), text.get("en" if language == "en" else "nl"))
        for name, text in value.canvas.items()
    ]


def canvas_names() -> dict[str, str]:
    from biotoop.web.theories.forms.canvas import CANVAS_LAYERS  # noqa: PLC0415

    return {name: str(label) for _layer, fields in CANVAS_LAYERS for name, label, _hint in fields}


@require_safe
def step(request: ReaderRequest, pk: UUID, link: UUID) -> HttpResponse:
    """Read one step of the last version: its words, its judgement, and the way to its evidence."""
    theory = opened(request, pk)
    if theory.latest is None:
        raise Http404
    language = reader_language()
    assessments = latest_assessments(theory.latest)
    shown_text = shown_version(theory, theory.latest, assessments, language)
    here = next((item for item in shown_text.links if item.id == link), None)
    if here is None:
        raise Http404
    context = around(request, theory, (request.path, _("Step %(code)s") % {"code": here.code}))
    row = here.assessment
    return render(
        request,
        "theories/step.html",
        context
        | {
            "step": here,
            "before": [item for item in shown_text.links if item.end == here.start],
            "after": [item for item in shown_text.links if item.start == here.end],
            "certainty": words_of_certainty(row.certainty, language) if row else "",
            "panel": here.panel,
            "comments": comments_on(theory, [link]) if context["may_change"] else [],
            "comment_form": CommentForm(),
        },
    )


@require_safe
def versions(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """List what was published, newest first."""
    theory = opened(request, pk)
    rows = list(theory.versions.defer("content"))
    return render(request, "theories/versions.html", around(request, theory) | {"versions": rows})


@require_safe
def changes(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Tell what changed between two versions, or from the last one to the draft."""
    theory = opened(request, pk)
    context = around(request, theory, (request.path, _("What changed")))
    language = reader_language()
    rows = {row.number: row for row in theory.versions.all()}
    if not rows:
        raise Http404
    old = asked_number(request, "van", rows, default=max(min(max(rows) - 1, max(rows)), min(rows)))
    wants_draft = request.GET.get("naar") == "concept" and context["may_change"]
    if wants_draft:
        new_value, new = as_theory(theory.draft.content, heading_of(theory, "")), 0
        old = asked_number(request, "van", rows, default=max(rows))
    else:
        new = asked_number(request, "naar", rows, default=max(rows))
        new_value = published(rows[new].content)
    told = difference(published(rows[old].content), new_value, language)
    return render(
        request,
        "theories/changes.html",
        context | {"told": told, "old": rows[old], "new": rows.get(new), "numbers": sorted(rows)},
    )


def asked_number(request: HttpRequest, name: str, rows: dict[int, Version], *, default: int) -> int:
    """Give the version that was asked for."""
    asked = request.GET.get(name, "")
    if not asked or not asked.isdecimal():
        return default
    if int(asked) not in rows:
        raise Http404
    return int(asked)
