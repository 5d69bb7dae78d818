"""Ask for a seat and take it through its life."""

from datetime import date

import attrs
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.clusters.actions.holders import (
    begin_line,
    end_joinings,
    refuse_wrong_member,
    release,
)
from biotoop.web.clusters.actions.places import enter, leave
from biotoop.web.clusters.actions.steps import (
    Said,
    fresh,
    moved,
    refuse_unless_possible,
    write_step,
)
from biotoop.web.clusters.actions.telling import (
    SEAT_ASKED,
    SEAT_MOVED,
    about_seat,
    coordinators_of,
)
from biotoop.web.clusters.enums import ClusterState, SeatState
from biotoop.web.clusters.models import Cluster, Seat
from biotoop.web.clusters.queries import current_holder, sold_in
from biotoop.web.clusters.rules import Transition
from biotoop.web.organisations.models import Membership
from biotoop.web.shared.actions.records import Refused, keep, noted
from biotoop.web.shared.enums import Role

ASKABLE = (ClusterState.OPEN, ClusterState.RUNNING)


@attrs.frozen(kw_only=True)
class Period:
    """From when until when the employee sits on the seat."""

    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def ask(seat: Seat, said: Said) -> Seat:
    """Ask for a seat on behalf of an organisation."""
    cluster = fresh(Cluster.objects.all(), seat.cluster)
    if cluster.state not in ASKABLE:
        raise Refused(_("This cluster takes no requests: it is not open."))
    if sold_in(cluster) >= cluster.capacity:
        raise Refused(full(cluster))
    refuse_wrong_sponsor(seat, seat.sponsor)
    made = keep(seat, by=said.by)
    write_step(made, "", said)
    about_seat(made, SEAT_ASKED, by=said.by, people=coordinators_of(cluster.organisation, cluster))
    return made


def full(cluster: Cluster) -> str:
    """Say that there is no room."""
    return _(
        "All %(number)s seats of this cluster were promised. Ask the coordinator for more seats, "
        "or choose another cluster."
    ) % {"number": cluster.capacity}


@transaction.atomic
def take_step(seat: Seat, step: Transition, said: Said, period: Period | None = None) -> Seat:
    """Take a seat one step on."""
    cluster = fresh(Cluster.objects.all(), seat.cluster)
    there = fresh(Seat.objects.select_related("cluster", "organisation", "sponsor"), seat)
    refuse_unless_possible(there, step, said)
    if step.target == SeatState.PROMISED and sold_in(cluster) >= cluster.capacity:
        raise Refused(full(cluster))
    if step.target == SeatState.TAKEN:
        sit_down(there, period or Period(), said)
    if step.target in (SeatState.FINISHED, SeatState.LAPSED):
        stand_up(there, step, said)
    done = moved(there, step, said)
    about_seat(done, SEAT_MOVED, by=said.by)
    return done


def sit_down(seat: Seat, period: Period, said: Said) -> None:
    """Let the employee begin: the dates fit the cluster, somebody was named, a sponsor too."""
    cluster, holder = seat.cluster, current_holder(seat)
    if holder is None:
        raise Refused(_("First name the employee who gets this seat."))
    if seat.sponsor is None:
        raise Refused(_("First name the sponsor: somebody of your organisation with a mandate."))
    starts = period.starts_on or cluster.starts_on
    ends = period.ends_on or cluster.ends_on
    if not cluster.starts_on <= starts <= ends <= cluster.ends_on:
        raise Refused(
            _("The dates lie outside those of the cluster: %(first)s until %(last)s.")
            % {"first": f"{cluster.starts_on:%d-%m-%Y}", "last": f"{cluster.ends_on:%d-%m-%Y}"}
        )
    seat.starts_on, seat.ends_on = starts, ends
    refuse_wrong_member(seat, holder.membership)
    holder.starts_on = starts
    holder.save()
    enter(holder.membership, Role.STUDENT, cluster, by=said.by, ends_on=ends)
    enter(seat.sponsor, Role.SPONSOR, cluster, by=said.by, ends_on=ends)
    begin_line(holder, by=said.by)


def stand_up(seat: Seat, step: Transition, said: Said) -> None:
    """Take back the roles in the cluster; who lapsed is no longer on the seat either."""
    holder = current_holder(seat)
    if holder is not None and step.target == SeatState.LAPSED:
        release(holder, said, _("The seat lapsed."))
    elif holder is not None:
        leave(holder.membership, Role.STUDENT, seat.cluster, by=said.by)
        end_joinings(holder, said)
    if step.target == SeatState.FINISHED and said.on < (seat.starts_on or said.on):
        raise Refused(_("This day lies before the first day on the seat."))
    if seat.sponsor is not None and not sponsors_another(seat):
        leave(seat.sponsor, Role.SPONSOR, seat.cluster, by=said.by)


def sponsors_another(seat: Seat) -> bool:
    """Tell whether the sponsor has another taken seat in the same cluster."""
    others = Seat.objects.filter(
        cluster=seat.cluster, sponsor=seat.sponsor, state=SeatState.TAKEN, archived_at=None
    )
    return others.exclude(pk=seat.pk).exists()


def refuse_wrong_sponsor(seat: Seat, sponsor: Membership | None) -> None:
    """Refuse a sponsor of another organisation, or who sits on the seat as well."""
    if sponsor is None:
        return
    if sponsor.organisation_id != seat.organisation_id:
        raise Refused(_("The sponsor belongs to another organisation than the one of the seat."))
    holder = current_holder(seat)
    if holder is not None and holder.membership.user_id == sponsor.user_id:
        raise Refused(_("The sponsor cannot be the employee on the same seat."))


@transaction.atomic
def name_sponsor(seat: Seat, sponsor: Membership, said: Said) -> Seat:
    """Name who sponsors a seat; the former one leaves the cluster."""
    rows = Seat.objects.select_related("cluster", "organisation", "sponsor__user")
    there = fresh(rows, seat)
    if there.state in (SeatState.FINISHED, SeatState.LAPSED):
        raise Refused(_("This seat is over; its sponsor stays as written."))
    refuse_wrong_sponsor(there, sponsor)
    if there.state == SeatState.TAKEN:
        if there.sponsor is not None and not sponsors_another(there):
            leave(there.sponsor, Role.SPONSOR, there.cluster, by=said.by)
        enter(sponsor, Role.SPONSOR, there.cluster, by=said.by, ends_on=there.ends_on)
    there.sponsor = sponsor
    there.edition += 1
    there.save()
    noted(there, "sponsor_named", said.by)
    return there
