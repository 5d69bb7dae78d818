"""Name the employee of a seat, or another: freely before the start, later by enrolling anew."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.places import enter, leave
from biotoop.web.clusters.actions.steps import Said, fresh
from biotoop.web.clusters.actions.telling import SEAT_GIVEN, about_seat
from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import Holder, Joining, OwnLine, Seat
from biotoop.web.clusters.queries import current_holder
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import live_memberships
from biotoop.web.shared.actions.records import Refused, keep, noted, put_away
from biotoop.web.shared.enums import Role

NAMEABLE = (SeatState.PROMISED, SeatState.CONFIRMED, SeatState.TAKEN)


@transaction.atomic
def name(seat: Seat, employee: Membership, said: Said) -> Holder:
    """Name who gets a seat; who comes in the place of another enrols anew once it has begun."""
    there = fresh(Seat.objects.select_related("cluster", "organisation", "sponsor"), seat)
    if there.state not in NAMEABLE:
        raise Refused(_("An employee is named once the seat is promised, and until it is over."))
    refuse_wrong_member(there, employee)
    before = current_holder(there)
    has_begun = there.state == SeatState.TAKEN
    enrolment = 1
    if before is not None:
        enrolment = replace(there, before, employee, said, has_begun=has_begun)
    row = Holder(
        seat=there,
        membership=employee,
        starts_on=said.on,
        enrolment=enrolment,
        reason=said.reason.strip() if before else "",
    )
    made = keep(row, by=said.by)
    if has_begun:
        enter(employee, Role.STUDENT, there.cluster, by=said.by, ends_on=there.ends_on)
        begin_line(made, by=said.by)
    about_seat(there, SEAT_GIVEN, by=said.by, people=[employee.user_id])
    return made


def replace(
    seat: Seat, before: Holder, employee: Membership, said: Said, *, has_begun: bool
) -> int:
    """Let the former employee go, and tell the number of the enrolment of the new one."""
    if before.membership_id == employee.pk:
        raise Refused(_("This employee is on the seat already."))
    if not has_begun:
        put_away(before, by=said.by)
        before.refresh_from_db()
        before.ends_on = before.starts_on
        before.save()
        return before.enrolment
    if not said.reason.strip():
        raise Refused(
            _("The seat has begun: somebody else enrols anew. Say why, the reason is kept.")
        )
    if seat.ends_on is not None and said.on > seat.ends_on:
        raise Refused(_("This day lies after the last day of the seat."))
    release(before, said, said.reason)
    return before.enrolment + 1


def release(holder: Holder, said: Said, reason: str) -> None:
    """End that somebody is on a seat, and the role that came with it."""
    holder.ends_on = max(holder.starts_on, said.on - timedelta(days=1))
    holder.reason = (holder.reason or reason)[:500]
    holder.edition += 1
    holder.save()
    noted(holder, "released", said.by)
    leave(holder.membership, Role.STUDENT, holder.seat.cluster, by=said.by)
    end_joinings(holder, said)


def end_joinings(holder: Holder, said: Said) -> None:
    """End where an employee works along, with the role there; who comes next chooses anew."""
    for joining in Joining.objects.filter(seat=holder.seat, ends_on=None, archived_at=None):
        joining.ends_on = max(joining.starts_on, said.on)
        joining.edition += 1
        joining.save()
        noted(joining, "ended", said.by)
        leave(holder.membership, Role.STUDENT, joining.cluster, by=said.by)


def refuse_wrong_member(seat: Seat, employee: Membership) -> None:
    """Refuse who is not of the organisation, is its sponsor, or sits on another seat."""
    if employee.organisation_id != seat.organisation_id:
        raise Refused(_("The employee belongs to another organisation than the one of the seat."))
    if not live_memberships().filter(pk=employee.pk).exists():
        raise Refused(_("This employee no longer belongs to the organisation."))
    if seat.sponsor is not None and seat.sponsor.user_id == employee.user_id:
        raise Refused(_("The employee cannot be the sponsor of the same seat."))
    others = Holder.objects.filter(membership__user=employee.user_id, ends_on=None)
    open_seats = others.filter(seat__state__in=NAMEABLE, archived_at=None).exclude(seat=seat.pk)
    if open_seats.exists():
        raise Refused(_("This employee has a seat in a cluster already. One person takes one."))


def begin_line(holder: Holder, *, by: UUID) -> OwnLine:
    """Give the employee an own line, still to be filled in."""
    return keep(OwnLine(holder=holder), by=by)
