"""Clusters with their seats, questions from practice, and what was published of knowledge."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.api.bridge.answers import learning as told
from biotoop.web.api.bridge.requests import ListQuery, PlainListQuery
from biotoop.web.api.views.calls import Call, Listed
from biotoop.web.api.views.operations import operation
from biotoop.web.api.views.places import fields
from biotoop.web.clusters.models import Cluster, Seat
from biotoop.web.knowledge.models import Release
from biotoop.web.questions.models import Question
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
    return call.page(visible(call.reader, Seat).filter(cluster=here), seats_told)


def seats_told(rows: Iterable[Seat]) -> list[told.Seat]:
    names = ("state", "motive", "starts_on", "ends_on")
    return [
        told.Seat(**fields(row, *names), cluster=row.cluster_id, organisation=row.organisation_id)
        for row in rows
    ]


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
           words=_("One version of a knowledge product"), answers=told.Release)  # fmt: skip
def release(call: Call, pk: UUID) -> told.Release:
    return releases_told([found(call.reader, Release, pk)])[0]


def releases_told(rows: Iterable[Release]) -> list[told.Release]:
    return [
        told.Release(
            id=row.pk, product=row.product_id, number=row.number, title=row.title, kind=row.kind,
            theme=row.theme, programme=row.programme_id, summary=row.summary,
            content_hash=row.content_hash, note=row.note, published_at=row.published_at,
        )
        for row in rows
    ]  # fmt: skip
