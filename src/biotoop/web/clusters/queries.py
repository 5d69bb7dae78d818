"""What the tables of clusters are asked."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from biotoop.web.clusters.enums import LIVE, SOLD, ProposalState, SeatState
from biotoop.web.clusters.models import (
    Adoption,
    Cluster,
    DatasetAccess,
    Holder,
    Interest,
    Joining,
    OwnLine,
    Proposal,
    Seat,
)
from biotoop.web.organisations.models import Membership
from biotoop.web.organisations.queries import holds_on, live_memberships
from biotoop.web.shared.models.days import site_day

HELD = Q(state__in=SOLD)


def seats_of(organisations: Collection[UUID]) -> QuerySet[Seat]:
    """List the seats with which organisations take part."""
    return Seat.objects.filter(organisation__in=organisations, state__in=LIVE, archived_at=None)


def held_by(people: Collection[UUID]) -> QuerySet[Holder]:
    """List what people hold: the seats on which they sit, or sat to the end."""
    members = live_memberships().filter(user__in=people)
    rows = Holder.objects.filter(ends_on=None, archived_at=None, membership__in=members)
    return rows.filter(seat__archived_at=None).exclude(seat__state=SeatState.LAPSED)


def seats_around(people: Collection[UUID]) -> QuerySet[Seat]:
    """List the seats that people hold, or that they sponsor: to see, not to change."""
    members = live_memberships().filter(user__in=people)
    mine = Q(pk__in=held_by(people).values("seat")) | Q(sponsor__in=members)
    return Seat.objects.filter(mine, archived_at=None).exclude(state=SeatState.LAPSED)


def clusters_of(people: Collection[UUID]) -> Q:
    """Give the condition that a cluster is one in which people sit, sponsor, join or lead."""
    seats = seats_around(people)
    joined = Joining.objects.filter(seat__in=seats, ends_on=None, archived_at=None)
    led = Adoption.objects.filter(professor__user__in=people, ends_on=None, archived_at=None)
    return (
        Q(pk__in=seats.values("cluster"))
        | Q(pk__in=joined.values("cluster"))
        | Q(pk__in=led.values("cluster"))
    )


def with_counts(rows: QuerySet[Cluster]) -> QuerySet[Cluster]:
    """Add how many seats were sold, and taken, and how many organisations bought one."""
    here = Q(seats__archived_at=None)
    return rows.annotate(
        sold=Count("seats", filter=here & Q(seats__state__in=SOLD), distinct=True),
        taken=Count("seats", filter=here & Q(seats__state=SeatState.TAKEN), distinct=True),
        buyers=Count("seats__organisation", filter=here & Q(seats__state__in=SOLD), distinct=True),
    )


def sold_in(cluster: Cluster) -> int:
    """Count the seats that were promised or more."""
    return cluster.seats.filter(HELD, archived_at=None).count()


def current_adoption(cluster: Cluster) -> Adoption | None:
    """Give who leads a cluster now."""
    rows = cluster.adoptions.filter(ends_on=None, archived_at=None)
    return rows.select_related("professor__user", "professor__organisation").first()


def current_adoptions(clusters: Collection[Cluster]) -> dict[UUID, str]:
    """Give the name of the professor of each cluster, in one query."""
    rows = Adoption.objects.filter(cluster__in=clusters, ends_on=None, archived_at=None)
    pairs = rows.values_list("cluster", "professor__user__name")
    return dict(pairs)


def current_holder(seat: Seat) -> Holder | None:
    """Give the employee who is on a seat."""
    rows = seat.holders.filter(ends_on=None, archived_at=None)
    return rows.select_related("membership__user", "membership__organisation").first()


def with_people(seats: QuerySet[Seat]) -> QuerySet[Seat]:
    """Bring the organisation, the sponsor and everybody who was on the seat along."""
    holders = Holder.objects.select_related("membership__user", "line")
    return seats.select_related("organisation", "cluster__theme", "sponsor__user").prefetch_related(
        Prefetch("holders", queryset=holders)
    )


def lines_in(cluster: Cluster) -> QuerySet[OwnLine]:
    """List the lines of who is on a seat now, and of who works along."""
    seats = cluster.seats.filter(state__in=(SeatState.TAKEN, SeatState.FINISHED), archived_at=None)
    joined = cluster.joinings.filter(ends_on=None, archived_at=None)
    here = Q(holder__seat__in=seats) | Q(holder__seat__in=joined.values("seat"))
    rows = OwnLine.objects.filter(here, holder__ends_on=None, archived_at=None)
    people = ("holder__membership__user", "holder__seat__organisation")
    return (
        rows.select_related(*people)
        .prefetch_related("aspects")
        .order_by("title", "holder__membership__user__name", "pk")
    )


def community_of(cluster: Cluster, day: date | None = None) -> QuerySet[Membership]:
    """List who form the work community: participants, sponsors and the professor."""
    seats = cluster.seats.filter(state__in=LIVE, archived_at=None)
    joined = cluster.joinings.filter(ends_on=None, archived_at=None).values("seat")
    here = Q(seat__in=seats) | Q(seat__in=joined)
    held = Holder.objects.filter(here, ends_on=None, archived_at=None)
    led = cluster.adoptions.filter(ends_on=None, archived_at=None)
    mine = (
        Q(pk__in=held.values("membership"))
        | Q(pk__in=seats.exclude(sponsor=None).values("sponsor"))
        | Q(pk__in=led.values("professor"))
    )
    rows = live_memberships(day).filter(mine).select_related("user", "organisation")
    return rows.order_by("user__name", "pk")


def people_of(cluster: Cluster) -> set[UUID]:
    """Give the numbers of the people of the work community."""
    return set(community_of(cluster).values_list("user", flat=True))


def open_proposals() -> Q:
    """Give the condition that a proposal looks for partners."""
    return Q(state__in=(ProposalState.SEEKING, ProposalState.FEASIBLE))


def live_interests(proposal: Proposal) -> QuerySet[Interest]:
    """List who wants to take part."""
    return proposal.interests.filter(archived_at=None).select_related("organisation")


def open_accesses(day: date | None = None) -> QuerySet[DatasetAccess]:
    """List the accesses that hold: under the arrangement, the part, and a seat that is taken."""
    day = day or site_day()
    return DatasetAccess.objects.filter(
        holds_on(day),
        holds_on(day, "part__"),
        holds_on(day, "part__dataset__"),
        part__dataset__cluster__archived_at=None,
        line__archived_at=None,
        line__holder__ends_on=None,
        line__holder__seat__state=SeatState.TAKEN,
        line__holder__seat__ends_on__gte=day,
    )
