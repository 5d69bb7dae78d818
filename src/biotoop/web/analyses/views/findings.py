"""Findings as pages: the answer first, then chapter by chapter, and every step on its own."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.analyses.bridge.pages import drawing as drawn
from biotoop.web.analyses.models import Run
from biotoop.web.analyses.views.frame import Reading, opened_run
from biotoop.web.analyses.views.runs import progress_of
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, may
from biotoop.web.studies.models import Study
from biotoop.web.studies.views.frame import around, reader_language

LONG = "private, max-age=3600"


@require_safe
def run(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Read the answer of a run; or see where it stands, or why it failed."""
    found = opened_run(request, pk)
    if not found.is_done:
        return unfinished(request, found)
    reading = Reading(request, found)
    page = reading.page("chapter-answer")
    context = reading.around() | {
        "page": page,
        "cycle": found.study.cycle,
        "is_old": hasattr(found, "superseded_by"),
        "may_export": may(request.reader, Verb.EXPORT, found),
    }
    return render(request, "analyses/answer.html", context)


def unfinished(request: ReaderRequest, found: Run) -> HttpResponse:
    """Show a run that waits, works or failed."""
    study: Study = found.study
    language = reader_language()
    faults = [
        {"file": each.get("file"), "line": each.get("line"), "stops": True, "text": each[language]}
        for each in found.faults
    ]
    context = around(request, study, (found.get_absolute_url(), _("Run"))) | {
        "run": found,
        "active": found,
        "faults": faults,
        **progress_of(found),
    }
    return render(request, "analyses/unfinished.html", context)


def ready(request: ReaderRequest, pk: UUID) -> Reading:
    """Open a run that is ready."""
    found = opened_run(request, pk)
    if not found.is_done:
        raise Http404
    return Reading(request, found)


@require_safe
def chapter(request: ReaderRequest, pk: UUID, anchor: str) -> HttpResponse:
    """Read one chapter."""
    reading = ready(request, pk)
    page = reading.page(f"chapter-{anchor}")
    title = page.get("title") or _("Voices")
    context = reading.around((request.path, title)) | {"page": page, "title": title}
    return render(request, "analyses/chapter.html", context)


@require_safe
def step(request: ReaderRequest, pk: UUID, anchor: str) -> HttpResponse:
    """Read all evidence on one step, or on one route, in one run."""
    reading = ready(request, pk)
    page = reading.page(anchor)
    if page.get("kind") != "step":
        raise Http404
    context = reading.around((request.path, page["code"])) | {"step": page}
    return render(request, "analyses/step.html", context)


@require_safe
def node(request: ReaderRequest, pk: UUID, code: str) -> HttpResponse:
    """Read what one run knows of one node."""
    reading = ready(request, pk)
    page = reading.page(f"node-{code}")
    context = reading.around((request.path, page["code"])) | {"node": page}
    return render(request, "analyses/node.html", context)


@require_safe
def drawing(request: ReaderRequest, pk: UUID, name: str) -> HttpResponse:
    """Send one drawing. It has its own address, so that the page needs no style of its own."""
    reading = ready(request, pk)
    svg = drawn(reading.place.pages(reading.edition, reading.language), name)
    if svg is None:
        raise Http404
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = LONG
    return response
