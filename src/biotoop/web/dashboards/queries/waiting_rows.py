"""The rows in which something waits for one person: each kind of thing is one question."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from biotoop.web.analyses.models import Run
from biotoop.web.analyses.queries import failed_runs
from biotoop.web.interviews.enums import ProposalState
from biotoop.web.interviews.models import Proposal
from biotoop.web.interviews.queries import PEOPLE, SOURCES, with_support
from biotoop.web.organisations.models import Invitation
from biotoop.web.shared.enums import JobState, Verb
from biotoop.web.shared.models import Letter
from biotoop.web.shared.rules import Reader, visible
from biotoop.web.studies.enums import SafeguardState, StudyState
from biotoop.web.studies.models import Cycle, PlanRegistration, Reflection, Study, StudySafeguard
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models import Comment, Review, Theory

SOON = 60


def promised(reader: Reader, *, today: date) -> QuerySet[Any]:
    """List studies whose result is due soon, or whose plan was registered and nothing published."""
    plans = PlanRegistration.objects.filter(study=OuterRef("pk"))
    rows = visible(reader, Study, Verb.DECIDE).filter(published_on=None)
    rows = rows.annotate(is_registered=Exists(plans)).filter(
        Q(publish_by__lte=today + timedelta(days=SOON)) | Q(is_registered=True)
    )
    return rows.only("title", "publish_by").order_by(F("publish_by").asc(nulls_last=True), "title")


def failed(reader: Reader) -> QuerySet[Run]:
    """List runs after which nothing was run again, the newest first."""
    rows = failed_runs(visible(reader, Run, Verb.MAKE)).select_related("study")
    return rows.order_by("-created_at")


def asked_to_read(reader: Reader) -> QuerySet[Review]:
    """List drafts that somebody else asked to have read."""
    theories = visible(reader, Theory, Verb.DECIDE)
    rows = Review.objects.filter(state=ReviewState.ASKED, archived_at=None, theory__in=theories)
    rows = rows.exclude(asked_by=reader.user_id).select_related("theory", "asked_by")
    return rows.order_by("created_at")


def asked_of_line(reader: Reader) -> QuerySet[Reflection]:
    """List conclusions on which a line did not react yet."""
    rows = visible(reader, Reflection, Verb.CHANGE).filter(
        text="", none_received=False, cycle__decided_on=None, cycle__archived_at=None
    )
    return rows.select_related("line", "cycle").order_by("created_at")


def turning(reader: Reader) -> QuerySet[Any]:
    """List learning cycles on which a team works, with how many questions were answered."""
    given = Count("gate_answers", Q(gate_answers__phase=F("phase")) & ~Q(gate_answers__answer=""))
    rows = visible(reader, Cycle, Verb.CHANGE).filter(decided_on=None)
    return rows.annotate(given=given).order_by("started_on", "title")


def unsettled(reader: Reader) -> QuerySet[StudySafeguard, Any]:
    """Count what protects people and is still open, by study."""
    rows = visible(reader, StudySafeguard, Verb.CHANGE).filter(
        state=SafeguardState.OPEN, study__archived_at=None
    )
    rows = rows.exclude(study__state__in=(StudyState.IDEA, StudyState.CLOSED)).order_by()
    return rows.values("study", "study__title").annotate(n=Count("pk")).order_by("study__title")


def missed(reader: Reader) -> QuerySet[Any]:
    """List what enough people in enough rounds named, and nobody decided about."""
    rows = visible(reader, Proposal, Verb.DECIDE).filter(state=ProposalState.OPEN)
    rows = with_support(rows).annotate(people=F("voices") + F("counted"))
    rows = rows.filter(Q(people__gte=PEOPLE) & Q(rounds__gte=SOURCES)).select_related("study")
    return rows.order_by("-people", "label")


def remarked(reader: Reader) -> QuerySet[Comment, Any]:
    """Count open remarks of others, by theory that the reader writes."""
    rows = Comment.objects.filter(
        theory__in=visible(reader, Theory, Verb.CHANGE),
        resolved_at=None, answers=None, archived_at=None,
    ).exclude(written_by=reader.user_id)  # fmt: skip
    by_theory = rows.order_by().values("theory", "theory__title", "theory__place")
    return by_theory.annotate(n=Count("pk"), last=Max("created_at")).order_by("-last")


def invited(reader: Reader) -> QuerySet[Invitation]:
    """List invitations without an answer."""
    rows = visible(reader, Invitation, Verb.CHANGE).filter(accepted_at=None, withdrawn_at=None)
    return rows.select_related("organisation").order_by("expires_at")


def undelivered(reader: Reader) -> QuerySet[Letter]:
    """List letters with which the post gave up."""
    return visible(reader, Letter, Verb.CHANGE).filter(job__state=JobState.DEAD)
