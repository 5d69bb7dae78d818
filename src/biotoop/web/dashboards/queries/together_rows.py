"""The rows of the network in which something waits for one person: each kind is one question."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from biotoop.web.clusters.enums import ProposalState, SeatState
from biotoop.web.clusters.models import Interest, Proposal, Seat
from biotoop.web.knowledge.enums import ProductState
from biotoop.web.knowledge.models import Product
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Contributor, Match, Question
from biotoop.web.shared.enums import Verb
from biotoop.web.shared.rules import Reader, visible

S = QuestionState
FOR_THE_DESK = (S.SUBMITTED, S.TRIAGE, S.ACCEPTED, S.PRODUCT)
FOR_THE_RESEARCHER = (S.MATCHED, S.REFLECTION, S.COPRODUCTION, S.PRODUCT)
SEEKING = (ProposalState.SEEKING, ProposalState.FEASIBLE)
FOR_THE_HOST = (ProposalState.PROPOSED, ProposalState.FEASIBLE)


def with_a_next_step(reader: Reader) -> QuerySet[Question]:
    """List questions that wait for the desk, for the researcher, or for who asked."""
    taken = visible(reader, Match, Verb.CHANGE).filter(ended_on=None)
    owned = visible(reader, Contributor, Verb.CHANGE).filter(is_owner=True)
    at_the_desk = Q(pk__in=visible(reader, Question, Verb.DECIDE).values("pk"))
    rows = Question.objects.filter(
        (at_the_desk & Q(state__in=FOR_THE_DESK))
        | Q(pk__in=taken.values("question"), state__in=FOR_THE_RESEARCHER)
        | Q(pk__in=owned.values("question"), state=S.ASKED),
        archived_at=None,
    )
    return rows.select_related("desk").order_by("since", "created_at")


def seats_on_the_way(reader: Reader, *, today: date) -> QuerySet[Seat]:
    """List seats of which the next step is one that the reader may take."""
    is_over = Q(state=SeatState.TAKEN, ends_on__lte=today)
    decides = Q(state__in=(SeatState.REQUESTED, SeatState.PROMISED)) | is_over
    rows = Seat.objects.filter(
        Q(pk__in=visible(reader, Seat, Verb.DECIDE).values("pk")) & decides
        | Q(pk__in=visible(reader, Seat, Verb.CHANGE).values("pk"), state=SeatState.CONFIRMED),
        archived_at=None,
        cluster__archived_at=None,
    )
    return rows.select_related("organisation", "cluster").order_by("created_at")


def proposals_open_to(reader: Reader, homes: Collection[UUID]) -> QuerySet[Proposal]:
    """List proposals that these organisations can join, and those that the reader decides about."""
    joined = Interest.objects.filter(organisation__in=homes, archived_at=None).values("proposal")
    rows = visible(reader, Proposal).exclude(organisation__in=homes).exclude(pk__in=joined)
    to_join = Q(pk__in=rows.values("pk") if homes else (), state__in=SEEKING)
    decided = visible(reader, Proposal, Verb.DECIDE).values("pk")
    found = Proposal.objects.filter(
        to_join | Q(pk__in=decided, state__in=FOR_THE_HOST), archived_at=None
    )
    return found.select_related("organisation").order_by("created_at")


def offered(reader: Reader) -> QuerySet[Product]:
    """List products that somebody else offered, for who decides about them."""
    rows = visible(reader, Product, Verb.DECIDE).filter(state=ProductState.REVIEW)
    rows = rows.filter(Q(offered_by=None) | ~Q(offered_by=reader.user_id))
    return rows.select_related("organisation").order_by("changed_at")
