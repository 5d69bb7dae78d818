"""Every step of a seat, for each of the twenty-one roles: allowed and refused.

What is right is worked out from the permission file and the table of steps, not from the code
that decides.
"""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import LifeStep, Seat
from biotoop.web.clusters.rules import SEAT_STEPS
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models import AuditEntry
from biotoop.web.shared.rules import matrix
from web.clusters.conftest import TODAY, member, organisation, seat_of
from web.signing import signed_in
from web.sweeps import swept

pytestmark = pytest.mark.django_db
SEAT = "clusters.Seat"
PLACES = (
    "buyer",
    *(pytest.param(place, marks=pytest.mark.server) for place in ("host", "cluster", "elsewhere")),
)
STEPS = [(name, source) for name, step in SEAT_STEPS.items() for source in step.sources]
WRONG = [
    (name, state.value)
    for name, step in SEAT_STEPS.items()
    for state in SeatState
    if state not in step.sources
]


def words_at(place: str) -> set[str]:
    """Give the words of the permission file that reach the seat from a place."""
    return {
        "buyer": {"organisation"},
        "host": {"host"},
        "cluster": {"cluster"},
        "elsewhere": set(),
    }[place]


def right(role: Role, place: str, verb: Verb) -> str:
    """Work out what must come back: allowed, refused, or as if the seat were not there."""
    if role == Role.VISITOR:
        return "hidden"
    here = words_at(place)
    sees = matrix().reaches(SEAT, role, Verb.SEE) & here
    does = matrix().reaches(SEAT, role, verb) & here
    if not sees:
        return "hidden"
    return "allowed" if does else "refused"


def browser_of(role: Role, place: str, seat: Seat):
    """Sign somebody in with this role in this place; nobody for who has no account."""
    if role == Role.VISITOR:
        return None
    home = {"buyer": seat.organisation, "host": seat.cluster.organisation}.get(place)
    home = home or organisation(f"Elders {role}{place}")
    kind, scope = Kind.ORGANISATION, None
    if place == "cluster":
        kind, scope = Kind.CLUSTER, seat.cluster_id
    if role == Role.GUEST:
        return guest(home, kind, scope or home.pk)
    if role == Role.SYSTEM_ADMINISTRATOR:
        kind, scope = Kind.SITE, None
    return signed_in(member(home, role, kind=kind, scope=scope).user)


def guest(home: Organisation, kind: Kind, scope: UUID) -> Client:
    """Give a browser that came in by a link for a guest."""
    made = home.guest_links.create(
        kind=kind, scope_id=scope, purpose="kijken", digest=uuid4().hex,
        expires_at="2999-01-01T00:00Z",
    )  # fmt: skip
    browser = Client()
    session = browser.session
    session["guest-link"] = str(made.pk)
    session.save()
    return browser


def test_a_guest_is_one_by_link_and_no_member(cluster, buyer):
    browser = browser_of(Role.GUEST, "cluster", seat_of(cluster, buyer))
    reader = browser.get(cluster.get_absolute_url()).wsgi_request.reader
    grants = {(grant.role, grant.kind, grant.scope_id) for grant in reader.grants}

    assert (Role.GUEST, Kind.CLUSTER, cluster.pk) in grants
    assert reader.user_id is None


def outcome(client, browser, seat: Seat, name: str, **values) -> str:
    """Try a step in a browser, and tell what came of it."""
    fields = {
        "on": TODAY,
        "reason": "Het kan niet anders",
        "starts_on": seat.cluster.starts_on,
        "ends_on": seat.cluster.ends_on,
        **values,
    }
    before = seat.state
    answer = (browser or client).post(reverse("clusters:seat_step", args=[seat.pk, name]), fields)
    now = Seat.objects.get(pk=seat.pk).state
    if answer.status_code == 302 and not answer.url.startswith("/inloggen/"):
        assert now == SEAT_STEPS[name].target
        return "allowed"
    assert now == before
    names = {403: "refused", 404: "hidden", 302: "hidden", 422: "does not fit"}
    return names[answer.status_code]


@pytest.mark.parametrize("role", swept(Role))
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("name", "source"), STEPS, ids=str)
def test_a_step_is_open_to_a_role_only_where_the_file_says(
    client, cluster, buyer, role, place, name, source
):
    seat = prepared(cluster, buyer, name, source)
    wanted = right(role, place, SEAT_STEPS[name].verb)

    assert outcome(client, browser_of(role, place, seat), seat, name) == wanted
    if wanted == "allowed":
        row = LifeStep.objects.filter(seat=seat).last()
        assert (row.was, row.now, row.role, row.on) == (source, seat_state(seat), role, TODAY)
        assert AuditEntry.objects.filter(action=f"step_{name}", object_id=seat.pk).exists()


def seat_state(seat: Seat) -> str:
    return Seat.objects.get(pk=seat.pk).state


def prepared(cluster, buyer, name: str, source: str) -> Seat:
    """Make a seat that stands ready for a step."""
    from biotoop.web.clusters.actions import holders  # noqa: PLC0415 - one act of one case
    from biotoop.web.clusters.actions.steps import Said  # noqa: PLC0415 - as above

    seat = seat_of(cluster, buyer, source)
    if name == "take":
        by = member(cluster.organisation).user_id
        holders.name(seat, member(buyer), Said(by=by))
    return Seat.objects.select_related("cluster__organisation", "organisation").get(pk=seat.pk)


@pytest.mark.parametrize(("name", "state"), WRONG, ids=str)
def test_a_step_that_does_not_fit_is_refused_for_who_may_take_it(
    client, cluster, buyer, name, state
):
    seat = seat_of(cluster, buyer, state)
    browser = browser_of(Role.EDUCATION_COORDINATOR, "host", seat)

    assert outcome(client, browser, seat, name) == "does not fit"


@pytest.mark.parametrize("role", swept(Role))
def test_a_seat_is_asked_for_by_the_roles_of_the_file_in_their_own_organisation(
    client, cluster, buyer, role
):
    seat = Seat(cluster=cluster, organisation=buyer)
    browser = browser_of(role, "buyer", seat) or client
    fields = {"organisation": buyer.pk, "motive": "Wij willen leren"}
    answer = browser.post(reverse("clusters:ask", args=[cluster.pk]), fields)

    makes = "organisation" in matrix().reaches(SEAT, role, Verb.MAKE)
    assert Seat.objects.exists() == makes
    assert (answer.status_code == 302 and "/plaatsen/" in answer.url) == makes
