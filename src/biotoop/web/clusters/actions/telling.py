"""What people are told about clusters."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from biotoop.web.accounts.actions.notices import notice_kind, tell
from biotoop.web.clusters.models import Cluster, Proposal, Seat
from biotoop.web.clusters.queries import current_holder
from biotoop.web.organisations.models import Organisation
from biotoop.web.organisations.queries import administrators_of, live_grants
from biotoop.web.shared.enums import Kind, Role

SEAT_ASKED = notice_kind("clusters.seat_asked", _("%(who)s asks for a seat in “%(title)s”."))
SEAT_MOVED = notice_kind("clusters.seat_moved", _("The seat in “%(title)s” took a step."))
SEAT_GIVEN = notice_kind("clusters.seat_given", _("You got a seat in “%(title)s”."))
ADOPTED = notice_kind("clusters.adopted", _("You lead the cluster “%(title)s” from now on."))
TO_DO = notice_kind("clusters.to_do", _("You see to a decision of “%(title)s”."))
WORK_OUT = notice_kind("clusters.work_out", _("A work came out in “%(title)s”."))
PROPOSED = notice_kind("clusters.proposed", _("%(who)s proposes a cluster: “%(title)s”."))
PROPOSAL_MOVED = notice_kind("clusters.proposal_moved", _("The proposal “%(title)s” took a step."))
INTEREST = notice_kind("clusters.interest", _("%(who)s wants to take part in “%(title)s”."))


def coordinators_of(organisation: Organisation, cluster: Cluster | None = None) -> set[UUID]:
    """Give who coordinates the education of an organisation, or one cluster of it."""
    rows = live_grants().filter(role=Role.EDUCATION_COORDINATOR)
    found = rows.filter(kind=Kind.ORGANISATION, scope_id=organisation.pk)
    people = set(found.values_list("user", flat=True))
    if cluster is not None:
        here = rows.filter(kind=Kind.CLUSTER, scope_id=cluster.pk)
        people |= set(here.values_list("user", flat=True))
    return people


def about_seat(seat: Seat, code: str, *, by: UUID, people: Iterable[UUID] = ()) -> None:
    """Tell who answers for a seat, on both sides, and who sits on it."""
    around = set(people) or everybody_about(seat)
    words = {"title": seat.cluster.name, "who": seat.organisation.name}
    tell(around - {by}, code, url_name="clusters:seat", object_id=seat.pk, words=words)


def everybody_about(seat: Seat) -> set[UUID]:
    """Give the administrators of the organisation, the coordinators, employee and sponsor."""
    people = set(administrators_of(seat.organisation).values_list("user", flat=True))
    people |= coordinators_of(seat.cluster.organisation, seat.cluster)
    holder = current_holder(seat)
    if holder is not None:
        people.add(holder.membership.user_id)
    if seat.sponsor is not None:
        people.add(seat.sponsor.user_id)
    return people


def about_cluster(cluster: Cluster, code: str, people: Iterable[UUID], *, by: UUID) -> None:
    """Tell people something of a cluster."""
    words = {"title": cluster.name}
    around = set(people) - {by}
    tell(around, code, url_name="clusters:detail", object_id=cluster.pk, words=words)


def about_proposal(proposal: Proposal, code: str, *, by: UUID, who: str = "") -> None:
    """Tell the organisation that proposes, and the one that offers the master."""
    people = set(administrators_of(proposal.organisation).values_list("user", flat=True))
    people |= coordinators_of(proposal.host)
    for interest in proposal.interests.filter(archived_at=None).select_related("organisation"):
        people |= set(administrators_of(interest.organisation).values_list("user", flat=True))
    words = {"title": proposal.title, "who": who or proposal.organisation.name}
    tell(people - {by}, code, url_name="clusters:proposal", object_id=proposal.pk, words=words)
