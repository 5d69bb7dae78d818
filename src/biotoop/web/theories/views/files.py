"""Take a theory along: picture, study folder, linked data, and on paper."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import ReaderRequest, may
from biotoop.web.theories.bridge import files, reading
from biotoop.web.theories.bridge.documents import TheoryOfChange, published
from biotoop.web.theories.forms import reader_language
from biotoop.web.theories.models import LinkAssessment, Theory
from biotoop.web.theories.queries import latest_assessments
from biotoop.web.theories.views.opening import around, opened
from biotoop.web.theories.views.proof import draft_value
from biotoop.web.theories.views.showing import grades_of, shown

Text = tuple[Theory, TheoryOfChange, dict[UUID, LinkAssessment]]


def text_asked(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> Text:
    """Give the text that was asked for: the last version, or the draft for who writes it."""
    theory = opened(request, pk, verb)
    wants_draft = request.GET.get("van") == "concept" or theory.latest is None
    if wants_draft and may(request.reader, Verb.CHANGE, theory):
        return theory, draft_value(theory), {}
    if theory.latest is None:
        raise Http404
    return theory, published(theory.latest.content), latest_assessments(theory.latest)


def drawn(request: ReaderRequest, pk: UUID, verb: Verb = Verb.SEE) -> tuple[Theory, str]:
    """Give a picture that can stand alone, with its title."""
    theory, value, assessments = text_asked(request, pk, verb)
    grades = grades_of(value, assessments)
    look = reading.Look(grades=grades, words=bool(grades), title=str(theory))
    svg = reading.picture(value, reader_language(), look)
    if svg is None:
        raise Http404
    return theory, svg


def sent(content: bytes, kind: str, theory: Theory, ending: str) -> HttpResponse:
    """Send a file under a name that people recognise."""
    name = slugify(str(theory)) or "redeneerlijn"
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


@require_safe
def svg(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Send the drawing as SVG."""
    theory, picture = drawn(request, pk)
    return sent(picture.encode(), "image/svg+xml", theory, "svg")


@require_safe
def png(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Send the drawing as PNG."""
    theory, picture = drawn(request, pk)
    return sent(files.picture_png(picture), "image/png", theory, "png")


@require_safe
def folder(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Send the theory as a folder for a study."""
    theory, value, _assessments = text_asked(request, pk, Verb.EXPORT)
    return sent(files.folder_zip(value), "application/zip", theory, "zip")


@require_safe
def linked_data(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Send the last version as CIDS JSON-LD."""
    theory = opened(request, pk, Verb.EXPORT)
    if theory.latest is None:
        raise Http404
    value = published(theory.latest.content)
    rows = latest_assessments(theory.latest)
    standing = {
        link.code: files.Standing(
            grade=row.grade, scheme=row.scheme, certainty=row.certainty or None,
            sensitive=row.sensitive,
        )
        for link in value.links
        if (row := rows.get(link.id)) is not None
    }  # fmt: skip
    organisation = theory.programme.organisation
    content = files.linked_data(
        value,
        (organisation.pk, organisation.name),
        theory.latest.published_at,
        reader_language(),
        standing,
        request.build_absolute_uri("/id/"),
    )
    return sent(content, "application/ld+json", theory, "jsonld")


@require_safe
def sheet(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show the drawing and its steps for an A3 sheet."""
    return on_paper(request, pk, "theories/sheet.html", _("On A3"))


@require_safe
def cards(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Show a card for each step, for a session with residents."""
    return on_paper(request, pk, "theories/cards.html", _("Cards"))


def on_paper(request: ReaderRequest, pk: UUID, template: str, words: str) -> HttpResponse:
    theory, value, assessments = text_asked(request, pk)
    context: dict[str, Any] = around(request, theory, (request.path, words))
    more = {
        "shown": shown(theory, value, assessments, reader_language()),
        "address": request.build_absolute_uri(reverse("theories:read", args=[pk])),
        "version": theory.latest,
    }
    return render(request, template, context | more)
