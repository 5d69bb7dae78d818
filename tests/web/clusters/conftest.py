"""A host that offers the master, two organisations that buy seats, and their people."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from biotoop.web.accounts.models import User
from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions import holders, seats
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import ClusterState, SeatState, ThemeKind
from biotoop.web.clusters.models import Cluster, Seat, Theme
from biotoop.web.clusters.rules import CLUSTER_STEPS, SEAT_STEPS
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.shared.enums import Kind, Role

LONG_AGO = date(2020, 1, 1)
TODAY = localdate()
ORDER = ("promise", "confirm", "take", "finish")
AFTER = ("requested", "promised", "confirmed", "taken", "finished")


def organisation(name: str, kind: str = OrganisationKind.SOCIAL_WORK) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def member(home: Organisation, *roles: Role, kind=Kind.ORGANISATION, scope=None) -> Membership:
    """Make a person who belongs somewhere, with roles there or in another place."""
    name = f"p{uuid4().hex[:8]}"
    user = User.objects.create(email=f"{name}@example.org", name=name, password="!")
    belongs = Membership.objects.create(user=user, organisation=home, starts_on=LONG_AGO)
    for role in roles:
        here = scope if scope or kind == Kind.SITE else home.pk
        RoleGrant.objects.create(
            user=user, role=role, kind=kind, scope_id=here, starts_on=LONG_AGO, membership=belongs
        )
    return belongs


def theme_of(host: Organisation, kind: str = ThemeKind.OFFERED) -> Theme:
    return Theme.objects.create(organisation=host, name_nl=f"Thema {uuid4()}", kind=kind)


def cluster_of(theme: Theme, state: str = ClusterState.OPEN, **fields) -> Cluster:
    """Make a cluster that began a year ago and lasts another year."""
    dates = {"starts_on": TODAY - timedelta(days=365), "ends_on": TODAY + timedelta(days=365)}
    fields = {"name_nl": "Transitie jeugd", "question": "Wat helpt?", **dates, **fields}
    return Cluster.objects.create(
        theme=theme, organisation=theme.organisation, state=state, **fields
    )


def seat_of(cluster: Cluster, buyer: Organisation, state: str = SeatState.REQUESTED) -> Seat:
    """Ask for a seat and take it to a state, along the way that everybody takes."""
    by = Said(by=member(cluster.organisation).user_id)
    seat = Seat(cluster=cluster, organisation=buyer, sponsor=member(buyer), motive="Leren")
    seat = seats.ask(seat, by)
    if state == SeatState.LAPSED:
        why = Said(by=by.by, reason="Toch niet")
        return seats.take_step(seat, SEAT_STEPS["lapse"], why)
    for name in ORDER[: AFTER.index(state)]:
        if name == "take":
            holders.name(seat, member(buyer), by)
        seat = seats.take_step(seat, SEAT_STEPS[name], by)
    return Seat.objects.get(pk=seat.pk)


def running(cluster: Cluster, *buyers: Organisation) -> list[Seat]:
    """Give a cluster a professor and taken seats, and start it."""
    made = [seat_of(cluster, buyer, SeatState.TAKEN) for buyer in buyers]
    by = Said(by=member(cluster.organisation).user_id)
    professor = member(organisation(f"U {uuid4()}"), Role.SUPERVISOR)
    acts.adopt(cluster, professor, by)
    acts.take_step(cluster, CLUSTER_STEPS["start"], by)
    cluster.refresh_from_db()
    return made


@pytest.fixture
def host(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Hogeschool Meer", OrganisationKind.APPLIED_SCIENCES)


@pytest.fixture
def buyer(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Samenkracht")


@pytest.fixture
def other(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Lindelaan")


@pytest.fixture
def cluster(host) -> Cluster:
    return cluster_of(theme_of(host))


@pytest.fixture
def said(host) -> Said:
    """Give somebody who does things."""
    return Said(by=member(host).user_id)
