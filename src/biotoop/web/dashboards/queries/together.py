"""What waits in the network: questions from practice, seats, proposals, and products to read."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.clusters.enums import ProposalState, SeatState
from biotoop.web.clusters.models import Interest, Proposal, Seat
from biotoop.web.dashboards.queries.waiting import SHOWN, Found, Task, kind_of_task
from biotoop.web.knowledge.enums import ProductState
from biotoop.web.knowledge.models import Product
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Contributor, Match, Question
from biotoop.web.questions.queries import waiting_too_long
from biotoop.web.shared.enums import Kind, Verb
from biotoop.web.shared.rules import Reader, may_make, visible

Words = dict[str, str]
S = QuestionState
FOR_THE_DESK = (S.SUBMITTED, S.TRIAGE, S.ACCEPTED, S.PRODUCT)
FOR_THE_RESEARCHER = (S.MATCHED, S.REFLECTION, S.COPRODUCTION, S.PRODUCT)
SEEKING = (ProposalState.SEEKING, ProposalState.FEASIBLE)


@kind_of_task(gettext_lazy("Questions from practice"))
def questions_to_go_on_with(reader: Reader, today: date) -> Found:
    """Questions that wait for the desk, for the researcher, or for the answer of who asked."""
    taken = visible(reader, Match, Verb.CHANGE).filter(ended_on=None)
    owned = visible(reader, Contributor, Verb.CHANGE).filter(is_owner=True)
    at_the_desk = Q(pk__in=visible(reader, Question, Verb.DECIDE).values("pk"))
    rows = Question.objects.filter(
        (at_the_desk & Q(state__in=FOR_THE_DESK))
        | Q(pk__in=taken.values("question"), state__in=FOR_THE_RESEARCHER)
        | Q(pk__in=owned.values("question"), state=S.ASKED),
        archived_at=None,
    ).select_related("desk")
    shown = list(rows.order_by("since", "created_at")[: SHOWN + 1])
    late, next_for = waiting_too_long(shown, today), what_is_next()
    for row in shown:
        yield Task(
            title=str(row),
            address=row.get_absolute_url(),
            text=next_for[row.state],
            badge=_("late") if row.pk in late else "",
            kind="warn",
        )


def what_is_next() -> Words:
    """Say what a question waits for, by its state."""
    return {
        S.SUBMITTED: _("Came in; nobody looked at it yet."),
        S.TRIAGE: _("Accept it, or refuse it with a reason."),
        S.ASKED: _("We asked you something about it."),
        S.ACCEPTED: _("Find a researcher for it."),
        S.MATCHED: _("Write what is known about it."),
        S.REFLECTION: _("Start working it out together."),
        S.COPRODUCTION: _("Working it out together; next comes the product."),
        S.PRODUCT: _("There is a product: report back to who asked."),
    }


@kind_of_task(gettext_lazy("Seats that wait for your step"))
def seats_to_go_on_with(reader: Reader, today: date) -> Found:
    """Seats of which the next step on the way is one that the reader may take."""
    is_over = Q(state=SeatState.TAKEN, ends_on__lte=today)
    decides = Q(state__in=(SeatState.REQUESTED, SeatState.PROMISED)) | is_over
    rows = Seat.objects.filter(
        Q(pk__in=visible(reader, Seat, Verb.DECIDE).values("pk")) & decides
        | Q(pk__in=visible(reader, Seat, Verb.CHANGE).values("pk"), state=SeatState.CONFIRMED),
        archived_at=None,
        cluster__archived_at=None,
    ).select_related("organisation", "cluster")
    said = {
        SeatState.REQUESTED: _("Asked for: promise it, or let it lapse."),
        SeatState.PROMISED: _("Promised: confirm the payment."),
        SeatState.CONFIRMED: _("Paid: name the employee and let them begin."),
        SeatState.TAKEN: _("The last day has passed: finish it."),
    }
    for row in rows.order_by("created_at")[: SHOWN + 1]:
        address, text = row.get_absolute_url(), said[SeatState(row.state)]
        yield Task(title=str(row), address=address, text=text)


@kind_of_task(gettext_lazy("Proposals for a cluster"))
def proposals_to_join(reader: Reader, today: date) -> Found:  # noqa: ARG001 - every kind has this form
    """Proposals that look for partners, for who can join; and those that the host decides about."""
    homes = {
        key
        for key in reader.places(Kind.ORGANISATION)
        if may_make(reader, Interest, Kind.ORGANISATION, key)
    }
    joined = Interest.objects.filter(organisation__in=homes, archived_at=None).values("proposal")
    rows = visible(reader, Proposal).exclude(organisation__in=homes).exclude(pk__in=joined)
    to_join = Q(pk__in=rows.values("pk") if homes else (), state__in=SEEKING)
    decided = visible(reader, Proposal, Verb.DECIDE).values("pk")
    stands = (ProposalState.PROPOSED, ProposalState.FEASIBLE)
    found = Proposal.objects.filter(
        to_join | Q(pk__in=decided, state__in=stands), archived_at=None
    ).select_related("organisation")
    said = {
        ProposalState.PROPOSED: _("%(name)s proposes it: look for partners together."),
        ProposalState.SEEKING: _("%(name)s looks for partners."),
        ProposalState.FEASIBLE: _("%(name)s: feasible, and not started yet."),
    }
    for row in found.order_by("created_at")[: SHOWN + 1]:
        text = said[ProposalState(row.state)] % {"name": row.organisation}
        yield Task(title=row.title, address=row.get_absolute_url(), text=text)


@kind_of_task(gettext_lazy("Knowledge products to read before they are published"))
def products_to_read(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Products that somebody else offered, for who decides about them."""
    rows = visible(reader, Product, Verb.DECIDE).filter(state=ProductState.REVIEW)
    rows = rows.filter(Q(offered_by=None) | ~Q(offered_by=reader.user_id))
    for row in rows.select_related("organisation").order_by("changed_at")[: SHOWN + 1]:
        address, text = row.get_absolute_url(), f"{row.get_kind_display()}, {row.organisation}"
        yield Task(title=row.title, address=address, text=text)
