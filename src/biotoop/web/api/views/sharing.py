"""Clusters with seats, questions, meetings, and what was published of knowledge."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import learning as told
from biotoop.web.api.bridge.requests import ListQuery, PlainListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.clusters.models import Cluster, Seat
from biotoop.web.clusters.queries import with_people
from biotoop.web.knowledge.models import Release
from biotoop.web.knowledge.rules.chain import public_theories
from biotoop.web.knowledge.views.catalogue import chain_of
from biotoop.web.questions.models import Gathering, Question
from biotoop.web.questions.models.listed import words_in
from biotoop.web.shared.rules import found, visible


@operation("GET", "clusters", "clusters", words=_("Research clusters"), answers=told.Cluster,
           many=True, query=ListQuery)  # fmt: skip
def clusters(call: Call) -> Listed:
    return call.page(visible(call.reader, Cluster), clusters_told)


@operation("GET", "clusters/<uuid:pk>", "cluster", words=_("One research cluster"),
           answers=told.Cluster)  # fmt: skip
def cluster(call: Call, pk: UUID) -> told.Cluster:
    return clusters_told([found(call.reader, Cluster, pk)])[0]


def clusters_told(rows: Iterable[Cluster]) -> list[told.Cluster]:
    names = (
        "name_nl", "name_en", "question", "starts_on", "ends_on", "capacity", "state", "is_public",
    )  # fmt: skip
    return [
        told.Cluster(
            **fields(row, *names), theme=row.theme_id, organisation=row.organisation_id,
            partnership=row.partnership_id,
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", "clusters/<uuid:pk>/seats", "seats", words=_("Seats in a cluster"),
           answers=told.Seat, many=True, query=ListQuery)  # fmt: skip
def seats(call: Call, pk: UUID) -> Listed:
    here = found(call.reader, Cluster, pk)
    return call.page(with_people(visible(call.reader, Seat).filter(cluster=here)), seats_told)


def seats_told(rows: Iterable[Seat]) -> list[told.Seat]:
    names = ("state", "motive", "starts_on", "ends_on")
    return [
        told.Seat(
            **fields(row, *names), cluster=row.cluster_id, organisation=row.organisation_id,
            sponsor=str(row.sponsor.user) if row.sponsor else None, holders=holders_told(row),
        )
        for row in rows
    ]  # fmt: skip


def holders_told(seat: Seat) -> tuple[told.SeatHolder, ...]:
    """Write who sits on a seat and who sat there; who was named by mistake is left out."""
    return tuple(
        told.SeatHolder(
            name=str(row), enrolment=row.enrolment, starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in seat.holders.all()
        if not row.is_archived
    )  # fmt: skip


@operation("GET", "questions", "questions", words=_("Questions from practice"),
           answers=told.Question, many=True, query=ListQuery)  # fmt: skip
def questions(call: Call) -> Listed:
    return call.page(visible(call.reader, Question).select_related("desk"), questions_told)


@operation("GET", "questions/<uuid:pk>", "question", words=_("One question from practice"),
           answers=told.Question)  # fmt: skip
def question(call: Call, pk: UUID) -> told.Question:
    among = Question.objects.select_related("desk")
    return questions_told([found(call.reader, Question, pk, among=among)])[0]


def questions_told(rows: Iterable[Question]) -> list[told.Question]:
    names = (
        "title", "text", "background", "asker_kind", "place", "language", "state", "since",
        "reflection", "approach", "product", "product_address", "answer",
    )  # fmt: skip
    return [
        told.Question(
            **fields(row, *names), organisation=row.desk.organisation_id, step=row.step_id,
            themes=tuple(words_in(row.themes)), methods=tuple(words_in(row.methods)),
        )
        for row in rows
    ]  # fmt: skip


@operation("GET", "releases", "releases", words=_("Published versions of knowledge products"),
           answers=told.Release, many=True, query=PlainListQuery)  # fmt: skip
def releases(call: Call) -> Listed:
    return call.page(visible(call.reader, Release).defer("content"), releases_told)


@operation("GET", "releases/<uuid:pk>", "release",
           words=_("One version of a knowledge product, with all of it"),
           answers=told.WholeRelease)  # fmt: skip
def release(call: Call, pk: UUID) -> told.WholeRelease:
    row = found(call.reader, Release, pk)
    return told.WholeRelease(**release_fields(row), document=open_part(row))


def releases_told(rows: Iterable[Release]) -> list[told.Release]:
    return [told.Release(**release_fields(row)) for row in rows]


def release_fields(row: Release) -> dict[str, Any]:
    """Give what a list tells of a release."""
    names = ("number", "title", "kind", "theme", "summary", "content_hash", "note", "published_at")
    values = {name: getattr(row, name) for name in names}
    return values | {"id": row.pk, "product": row.product_id, "programme": row.programme_id}


def open_part(row: Release) -> dict[str, Any]:
    """Give what was published without what closed since, as its page does."""
    content: dict[str, Any] = row.content
    theories = public_theories([row])
    sources = {str(each.product_id) for each in chain_of(content["sources"])}
    return content | {
        "touches": [touch for touch in content["touches"] if touch["theory"] in theories],
        "theory": content["theory"] if content["theory"].get("id") in theories else {},
        "sources": [key for key in content["sources"] if key in sources],
    }


@operation("GET", "gatherings", "gatherings", words=_("Meetings to learn together"),
           answers=told.Gathering, many=True, query=ListQuery)  # fmt: skip
def gatherings(call: Call) -> Listed:
    return call.page(visible(call.reader, Gathering), lambda rows: gatherings_told(call, rows))


@operation("GET", "gatherings/<uuid:pk>", "gathering", words=_("One meeting to learn together"),
           answers=told.Gathering)  # fmt: skip
def gathering(call: Call, pk: UUID) -> told.Gathering:
    return gatherings_told(call, [found(call.reader, Gathering, pk)])[0]


def gatherings_told(call: Call, rows: Iterable[Gathering]) -> list[told.Gathering]:
    """Write meetings; the question of one is named to who sees that question."""
    rows = list(rows)
    names = (
        "kind", "title", "about", "place", "starts_at", "ends_at", "seats", "is_public", "state",
        "reason",
    )  # fmt: skip
    asked = visible(call.reader, Question).filter(gatherings__in=rows)
    seen = set(asked.values_list("pk", flat=True))
    return [
        told.Gathering(
            **fields(row, *names), organisation=row.organisation_id,
            question=row.question_id if row.question_id in seen else None,
        )
        for row in rows
    ]  # fmt: skip
