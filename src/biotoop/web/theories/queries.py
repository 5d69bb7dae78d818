"""What the tables of theories are asked."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from biotoop.web.shared.rules import Reader, ask, visible
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

ON_CARDS = (
    "title", "place", "visibility", "programme__name_nl", "programme__name_en",
    "programme__organisation__name", "latest__number", "latest__published_at",
    "latest__draft_edition", "draft__edition", "draft__theory", "variant_of__title",
    "variant_of__place",
)  # fmt: skip


def for_lists(theories: QuerySet[Theory]) -> QuerySet[Theory]:
    """Bring along what a list shows of each theory, in one query."""
    waiting = Review.objects.filter(theory=OuterRef("pk"), state=ReviewState.ASKED)
    near = theories.select_related("programme__organisation", "latest", "draft", "variant_of")
    return near.defer("latest__content", "draft__content").annotate(in_review=Exists(waiting))


def seen_for_lists(reader: Reader) -> QuerySet[Theory]:
    """List the theories that a reader may read, by programme."""
    rows = for_lists(visible(reader, Theory)).defer(None).only(*ON_CARDS)
    return rows.order_by("programme__name_nl", "title", "place")


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
    return {row.link_id: row for row in ask(assessments_of, None, version.pk)}


def assessments_of(version: UUID) -> QuerySet[LinkAssessment]:
    """List the judgements of the steps of a version, the last one last."""
    return LinkAssessment.objects.filter(version=version).order_by("made_at")


def agenda_of(version: Version) -> list[AgendaItem]:
    """Give the learning agenda of the last run on a version."""
    return list(ask(last_agenda_of, None, version.pk))


def last_agenda_of(version: UUID) -> QuerySet[AgendaItem]:
    """List what the last run on a version put on the agenda."""
    rows = AgendaItem.objects.filter(version=version)
    last = rows.order_by("-made_at").values("run")[:1]
    return rows.filter(run=Subquery(last)).select_related("link")


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
    found: dict[UUID, list[GoalLink]] = {}
    for row in ask(goal_links_of, None, theory.pk):
        found.setdefault(row.node_id, []).append(row)
    return found


def goal_links_of(theory: UUID) -> QuerySet[GoalLink]:
    """List what serves policy goals in a theory."""
    rows = GoalLink.objects.filter(node__theory=theory, archived_at=None)
    return rows.select_related("goal")


def comments_on(theory: Theory, targets: Collection[UUID] | None = None) -> list[Comment]:
    """Give the remarks with their answers, oldest first; those on some parts when named."""
    rows = Comment.objects.filter(theory=theory, answers=None, archived_at=None)
    if targets is not None:
        rows = rows.filter(target__in=targets)
    return list(
        rows.select_related("written_by", "version").prefetch_related("replies__written_by")
    )
