"""What the tables of theories are asked."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from biotoop.web.theories.enums import Act, ReviewState
from biotoop.web.theories.models import (
    AgendaItem,
    Comment,
    DraftEdition,
    GoalLink,
    LinkAssessment,
    Review,
    Theory,
    Version,
)


def for_lists(theories: QuerySet[Theory]) -> QuerySet[Theory]:
    """Bring along what a list shows of each theory, in one query."""
    waiting = Review.objects.filter(theory=OuterRef("pk"), state=ReviewState.ASKED)
    open_remarks = Count("comments", Q(comments__resolved_at=None, comments__answers=None))
    near = theories.select_related("programme__organisation", "latest", "draft", "variant_of")
    return near.defer("latest__content", "draft__content").annotate(
        in_review=Exists(waiting), open_remarks=open_remarks
    )


def version_of(theory: Theory, number: int) -> Version | None:
    """Give one version by its number."""
    return theory.versions.filter(number=number).first()


def open_review(theory: Theory) -> Review | None:
    """Give the review that waits for somebody."""
    return theory.reviews.filter(state=ReviewState.ASKED).first()


def approval_of(theory: Theory, text_hash: str) -> Review | None:
    """Give the approval of exactly this text."""
    approved = theory.reviews.filter(state=ReviewState.APPROVED, text_hash=text_hash)
    return approved.select_related("decided_by").order_by("-decided_at").first()


def latest_assessments(version: Version) -> dict[UUID, LinkAssessment]:
    """Give the last judgement of each step of a version, by link."""
    rows = LinkAssessment.objects.filter(version=version).order_by("made_at")
    return {row.link_id: row for row in rows}


def agenda_of(version: Version) -> list[AgendaItem]:
    """Give the learning agenda of the last run on a version."""
    last = AgendaItem.objects.filter(version=version).order_by("-made_at").values("run")[:1]
    rows = AgendaItem.objects.filter(
        version=version, run__in=list(last.values_list("run", flat=True))
    )
    return list(rows.select_related("link"))


def edition_of(theory: Theory, number: int) -> DraftEdition | None:
    """Give the draft as it was at an edition, if it is still kept."""
    return DraftEdition.objects.filter(draft__theory=theory, edition=number).first()


def last_change(theory: Theory) -> DraftEdition | None:
    """Give the last change of the draft, when there is one to take back."""
    row = (
        DraftEdition.objects.filter(draft__theory=theory)
        .defer("content")
        .order_by("-edition")
        .first()
    )
    return row if row is not None and row.act != Act.STARTED else None


def goals_of(theory: Theory) -> dict[UUID, list[GoalLink]]:
    """Give the policy goals by node."""
    rows = GoalLink.objects.filter(node__theory=theory, archived_at=None).select_related("goal")
    found: dict[UUID, list[GoalLink]] = {}
    for row in rows:
        found.setdefault(row.node_id, []).append(row)
    return found


def comments_on(theory: Theory, targets: Collection[UUID] | None = None) -> list[Comment]:
    """Give the remarks with their answers, oldest first; those on some parts when named."""
    rows = Comment.objects.filter(theory=theory, answers=None, archived_at=None)
    if targets is not None:
        rows = rows.filter(target__in=targets)
    return list(
        rows.select_related("written_by", "version").prefetch_related("replies__written_by")
    )
