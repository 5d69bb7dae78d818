"""Bring who found one piece of evidence to its place on the page of the study."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from biotoop.web.shared.rules import ReaderRequest, found
from biotoop.web.studies.models import LiteratureItem, ProcessTest


@require_safe
def literature(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go to a published effect."""
    return in_its_place(found(request.reader, LiteratureItem, pk))


@require_safe
def test(request: ReaderRequest, pk: UUID) -> HttpResponse:
    """Go to a test."""
    return in_its_place(found(request.reader, ProcessTest, pk))


def in_its_place(item: LiteratureItem | ProcessTest) -> HttpResponse:
    """Go to the list in which it stands."""
    return redirect(f"{reverse('studies:evidence', args=[item.study_id])}#{item.code}")
