"""Every step of a cluster and of a proposal, for each role in four places: allowed and refused.

What is right is worked out from the permission file and the tables of steps, not from the code
that decides. A role tries all steps in one world; each try is rolled back.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState, ThemeKind
from biotoop.web.clusters.models import Cluster, Interest, LifeStep, Proposal, Seat
from biotoop.web.clusters.rules import CLUSTER_STEPS, PROPOSAL_STEPS
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import matrix
from web.clusters.conftest import TODAY, cluster_of, member, organisation, theme_of
from web.clusters.test_seat_lifecycle import guest
from web.signing import signed_in
from web.sweeps import swept

pytestmark = pytest.mark.django_db
# Where somebody stands, and the words of the permission file that reach the row from there.
AROUND_A_CLUSTER = {
    "host": {"host"},
    "buyer": {"organisation"},
    "cluster": {"cluster"},
    "elsewhere": set(),
}
AROUND_A_PROPOSAL = {"host": {"host"}, "proposer": {"organisation"}, "elsewhere": set()}
# How the seats stand when a step of the cluster is possible.
SEATS = {
    "open": SeatState.REQUESTED,
    "start": SeatState.CONFIRMED,
    "finish": SeatState.FINISHED,
    "stop": SeatState.REQUESTED,
}
WITHOUT_ACCOUNT = (Role.VISITOR, Role.GUEST)
ANSWERS = {403: "refused", 404: "hidden", 422: "does not fit"}


class World:
    """A cluster of a host with two seats, and a proposal in which a third takes part."""

    def __init__(self) -> None:
        self.host, self.buyer = organisation("Hogeschool Meer"), organisation("Samenkracht")
        self.third, self.elsewhere = organisation("Lindelaan"), organisation("Verweg")
        self.proposer = self.buyer
        self.theme = theme_of(self.host, ThemeKind.COCREATION)
        self.cluster = cluster_of(self.theme, is_public=False)
        for buyer in (self.buyer, self.third):
            Seat.objects.create(
                cluster=self.cluster, organisation=buyer, motive="?", starts_on=TODAY, ends_on=TODAY
            )
        self.professor = member(organisation("Universiteit"), Role.SUPERVISOR)
        by = Said(by=self.professor.user_id)
        acts.adopt(self.cluster, self.professor, by)
        self.proposal = Proposal.objects.create(
            organisation=self.proposer, host=self.host, title="Thuis", question="?", wanted="?"
        )
        Interest.objects.create(proposal=self.proposal, organisation=self.third)

    def browser(self, role: Role, place: str) -> Client:
        """Sign somebody in with a role in a place."""
        if role == Role.VISITOR:
            return Client()
        home = getattr(self, place) if place != "cluster" else self.elsewhere
        kind, scope = Kind.ORGANISATION, home.pk
        if place == "cluster":
            kind, scope = Kind.CLUSTER, self.cluster.pk
        if role == Role.GUEST:
            return guest(home, kind, scope)
        if role == Role.SYSTEM_ADMINISTRATOR:
            kind, scope = Kind.SITE, None
        return signed_in(member(home, role, kind=kind, scope=scope).user)


@pytest.fixture
def world(db) -> World:  # noqa: ARG001 - it stands there
    return World()


def right(model: str, role: Role, here: set[str], verb: Verb, *, public: bool) -> str:
    """Work out what must come back: allowed, refused, or as if the row were not there."""
    if role == Role.VISITOR:
        return "refused" if public else "hidden"
    does = matrix().reaches(model, role, verb) & here
    if does and matrix().reaches(model, role, Verb.SEE) & here:
        return "allowed"
    sees = public or matrix().reaches(model, role, Verb.SEE) & here
    return "refused" if sees else "hidden"


def tried(browser: Client, row: Cluster | Proposal, address: str, target: str, **more) -> str:
    """Take a step in a browser, tell what came of it, and undo it."""
    start = transaction.savepoint()
    before = row.state
    answer = browser.post(address, {"on": TODAY, "reason": "Het kan niet anders", **more})
    now = type(row).objects.get(pk=row.pk).state
    steps = LifeStep.objects.filter(now=target, was=before).count()
    transaction.savepoint_rollback(start)
    if answer.status_code == 302 and not answer.url.startswith("/inloggen/"):
        assert (now, steps) == (target, 1)
        return "allowed"
    assert (now, steps) == (before, 0)
    return ANSWERS.get(answer.status_code, "hidden")


def stand(world: World, name: str, state: str) -> Cluster:
    """Let the cluster and its seats stand so that a step is possible."""
    Seat.objects.update(state=SEATS[name])
    Cluster.objects.filter(pk=world.cluster.pk).update(state=state)
    return Cluster.objects.get(pk=world.cluster.pk)


@pytest.mark.parametrize("role", swept(Role))
def test_a_step_of_a_cluster_is_open_to_a_role_only_where_the_file_says(world, role):
    for place, here in AROUND_A_CLUSTER.items():
        browser = world.browser(role, place)
        for name, step in CLUSTER_STEPS.items():
            address = reverse("clusters:cluster_step", args=[world.cluster.pk, name])
            for source in step.sources:
                row = stand(world, name, source)
                wanted = right("clusters.Cluster", role, here, step.verb, public=False)
                found = tried(browser, row, address, step.target)
                assert found == wanted, (role, place, name, source)


@pytest.mark.parametrize("role", swept(Role))
def test_a_step_of_a_proposal_is_open_to_a_role_only_where_the_file_says(world, role):
    fields = {
        "theme": world.theme.pk, "professor": world.professor.pk, "capacity": 5,
        "starts_on": TODAY, "ends_on": TODAY + timedelta(days=700),
    }  # fmt: skip
    for place, here in AROUND_A_PROPOSAL.items():
        browser = world.browser(role, place)
        for name, step in PROPOSAL_STEPS.items():
            address = reverse("clusters:proposal_step", args=[world.proposal.pk, name])
            for source in step.sources:
                Proposal.objects.update(state=source)
                row = Proposal.objects.get()
                public = source in (ProposalState.SEEKING, ProposalState.FEASIBLE)
                wanted = right("clusters.Proposal", role, here, step.verb, public=public)
                found = tried(browser, row, address, step.target, **fields)
                if role in WITHOUT_ACCOUNT:  # who sees it is asked to sign in
                    assert "allowed" not in (wanted, found)
                    continue
                assert found == wanted, (role, place, name, source)


def test_a_step_that_does_not_begin_here_is_refused_for_who_may_take_it(world):
    browser = world.browser(Role.EDUCATION_COORDINATOR, "host")
    for name, step in CLUSTER_STEPS.items():
        address = reverse("clusters:cluster_step", args=[world.cluster.pk, name])
        for state in set(ClusterState) - set(step.sources):
            row = stand(world, name, state)
            assert tried(browser, row, address, step.target) == "does not fit", (name, state)
    for name, step in PROPOSAL_STEPS.items():
        address = reverse("clusters:proposal_step", args=[world.proposal.pk, name])
        for state in set(ProposalState) - set(step.sources) - {ProposalState.STARTED}:
            Proposal.objects.update(state=state)
            found = tried(browser, Proposal.objects.get(), address, step.target)
            assert found == "does not fit", (name, state)


def test_a_cluster_that_started_from_a_proposal_starts_no_second_one(world):
    Proposal.objects.update(state=ProposalState.STARTED, cluster=world.cluster)
    browser = world.browser(Role.EDUCATION_COORDINATOR, "host")
    for name in PROPOSAL_STEPS:
        address = reverse("clusters:proposal_step", args=[world.proposal.pk, name])
        assert tried(browser, Proposal.objects.get(), address, "?") == "does not fit"
