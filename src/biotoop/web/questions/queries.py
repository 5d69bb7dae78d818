"""What the tables of questions are asked."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from biotoop.web.organisations.rules import people_who
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Contributor, Desk, Expertise, Match, Question
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.models.days import site_day


def live_matches() -> QuerySet[Match]:
    """List who works on what now."""
    return Match.objects.filter(ended_on=None, archived_at=None)


def researcher_of(question: Question) -> Match | None:
    """Give who works on a question now, or did until it was reported back."""
    rows = live_matches().filter(question=question)
    if question.state == QuestionState.REPORTED:
        last = Match.objects.filter(question=question, archived_at=None)
        rows = last.order_by(F("ended_on").desc(nulls_first=True), "-created_at")
    return rows.select_related("expertise__user", "expertise__organisation").first()


def owners_of(question: Question) -> QuerySet[Contributor]:
    """List whose question it is, as far as they have accounts."""
    return Contributor.objects.filter(
        question=question, is_owner=True, archived_at=None, user__isnull=False
    )


def with_load(rows: QuerySet[Expertise]) -> QuerySet[Expertise]:
    """Add how many hours a month are given away already."""
    busy = Sum("matches__hours", filter=Q(matches__ended_on=None, matches__archived_at=None))
    return rows.annotate(busy=Coalesce(busy, 0))


def staff_of(desk: Desk) -> set[UUID]:
    """Give the people who look at what comes in at a desk."""
    return people_who(Question, Verb.DECIDE, {Kind.ORGANISATION: desk.organisation_id})


def waiting_too_long(rows: Iterable[Question], day: date | None = None) -> set[UUID]:
    """Give which of these questions wait for the desk longer than it promised."""
    today = day or site_day()
    states = (QuestionState.SUBMITTED, QuestionState.TRIAGE)
    return {
        row.pk for row in rows if row.state in states
        and row.created_at.date() + timedelta(days=row.desk.days) < today
    }  # fmt: skip


def with_merged(question: Question) -> Collection[Question]:
    """Give a question and those that were taken together with it."""
    return [question, *Question.objects.filter(merged_into=question, archived_at=None)]
