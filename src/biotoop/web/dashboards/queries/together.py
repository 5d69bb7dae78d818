"""What waits in the network: questions from practice, seats, proposals, and products to read."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biotoop.web.clusters.enums import ProposalState, SeatState
from biotoop.web.clusters.models import Interest
from biotoop.web.dashboards.queries.together_rows import (
    S,
    offered,
    proposals_open_to,
    seats_on_the_way,
    with_a_next_step,
)
from biotoop.web.dashboards.queries.waiting import SHOWN, Found, Task, kind_of_task
from biotoop.web.questions.queries import waiting_too_long
from biotoop.web.shared.enums import Kind
from biotoop.web.shared.rules import Reader, ask, may_make

Words = dict[str, str]


@kind_of_task(gettext_lazy("Questions from practice"))
def questions_to_go_on_with(reader: Reader, today: date) -> Found:
    """Questions that wait for the desk, for the researcher, or for the answer of who asked."""
    shown = list(ask(with_a_next_step, reader)[: SHOWN + 1])
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
    said = {
        SeatState.REQUESTED: _("Asked for: promise it, or let it lapse."),
        SeatState.PROMISED: _("Promised: confirm the payment."),
        SeatState.CONFIRMED: _("Paid: name the employee and let them begin."),
        SeatState.TAKEN: _("The last day has passed: finish it."),
    }
    for row in ask(seats_on_the_way, reader, today=today)[: SHOWN + 1]:
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
    said = {
        ProposalState.PROPOSED: _("%(name)s proposes it: look for partners together."),
        ProposalState.SEEKING: _("%(name)s looks for partners."),
        ProposalState.FEASIBLE: _("%(name)s: feasible, and not started yet."),
    }
    for row in ask(proposals_open_to, reader, tuple(sorted(homes)))[: SHOWN + 1]:
        text = said[ProposalState(row.state)] % {"name": row.organisation}
        yield Task(title=row.title, address=row.get_absolute_url(), text=text)


@kind_of_task(gettext_lazy("Knowledge products to read before they are published"))
def products_to_read(reader: Reader, today: date) -> Found:  # noqa: ARG001 - as above
    """Products that somebody else offered, for who decides about them."""
    for row in ask(offered, reader)[: SHOWN + 1]:
        address, text = row.get_absolute_url(), f"{row.get_kind_display()}, {row.organisation}"
        yield Task(title=row.title, address=address, text=text)
