"""Theories, and what was published of them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import theories as told
from biotoop.web.api.bridge.requests import ListQuery, PlainListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.shared.rules import visible
from biotoop.web.theories.models import LinkAssessment, Theory, Version
from biotoop.web.theories.queries import latest_assessments, version_of
from biotoop.web.theories.views.opening import opened


@operation("GET", "theories", "theories", words=_("Theories of change"), answers=told.Theory,
           many=True, query=ListQuery)  # fmt: skip
def theories(call: Call) -> Listed:
    rows = visible(call.reader, Theory).select_related("latest").defer("latest__content")
    return call.page(rows, theories_told)


@operation("GET", "theories/<uuid:pk>", "theory", words=_("One theory"), answers=told.Theory)
def theory(call: Call, pk: UUID) -> told.Theory:
    return theories_told([opened(call.request, pk)])[0]


def theories_told(rows: Iterable[Theory]) -> list[told.Theory]:
    names = ("title", "place", "language", "visibility", "invented")
    return [
        told.Theory(
            **fields(row, *names), programme=row.programme_id, variant_of=row.variant_of_id,
            latest=row.latest.number if row.latest else None,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", "theories/<uuid:pk>/versions", "versions",
           words=_("Versions of a theory, without their text"), answers=told.VersionLine,
           many=True, query=PlainListQuery)  # fmt: skip
def versions(call: Call, pk: UUID) -> Listed:
    here = opened(call.request, pk)
    return call.page(here.versions.defer("content"), lines_told)


def lines_told(rows: Iterable[Version]) -> list[told.VersionLine]:
    return [
        told.VersionLine(
            id=row.pk, theory=row.theory_id, number=row.number, text_hash=row.text_hash,
            note=row.note, published_at=row.published_at,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", "theories/<uuid:pk>/versions/<int:number>", "version",
           words=_("One version: its text, and what the evidence says of its steps"),
           answers=told.Version)  # fmt: skip
def version(call: Call, pk: UUID, number: int) -> told.Version:
    there = version_of(opened(call.request, pk), number)
    if there is None:
        raise Http404
    grades = tuple(grade_told(row) for row in latest_assessments(there).values())
    return told.Version(
        id=there.pk, theory=there.theory_id, number=there.number, text_hash=there.text_hash,
        note=there.note, published_at=there.published_at, document=there.content, grades=grades,
    )  # fmt: skip


def grade_told(row: LinkAssessment) -> told.StepGrade:
    return told.StepGrade(
        link=row.link_id, run=row.run, grade=row.grade, scheme=row.scheme,
        sensitive=row.sensitive, certainty=row.certainty, override=row.override,
        people_for=row.people_for, people_against=row.people_against,
        evidence_until=row.evidence_until, text_hash=row.text_hash,
    )  # fmt: skip
