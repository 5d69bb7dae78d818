"""Everything that is done around a cluster, for each role where it holds: allowed and refused.

Steps of clusters, seats and proposals are tried in two files of their own. What is right is worked
out from the permission file alone. One world holds for all; each try is rolled back.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState, ThemeKind
from biotoop.web.clusters.models import (
    AfterCare,
    Aspect,
    DatasetAccess,
    DatasetPart,
    Decision,
    Interest,
    Joining,
    Meeting,
    OwnLine,
    Proposal,
    Report,
    Yield,
)
from biotoop.web.clusters.queries import current_holder
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import matrix
from biotoop.web.studies.models import Study
from web.acts import ALLOWED, HIDDEN, REFUSED, OnRow, archived, reaches, right, tried
from web.clusters.conftest import TODAY, cluster_of, member, organisation, seat_of, theme_of
from web.clusters.test_invariants import dataset_of
from web.clusters.test_seat_lifecycle import guest
from web.signing import signed_in
from web.sweeps import swept

YESTERDAY = TODAY - timedelta(days=1)
PLACES = {"host": "host", "buyer": "organisation", "cluster": "cluster", "elsewhere": ""}


class World:
    """A running cluster with a free theme, a seat on it, and a row of everything around it."""

    def __init__(self) -> None:
        self.host, self.buyer = organisation("Hogeschool Meer"), organisation("Samenkracht")
        self.elsewhere, third = organisation("Verweg"), organisation("Lindelaan")
        self.theme = theme_of(self.host, ThemeKind.FREE)
        fields = {"is_public": False, "state": ClusterState.RUNNING}
        self.cluster = cluster_of(self.theme, **fields)
        self.other = cluster_of(self.theme, **fields | {"is_public": True})
        self.seat = seat_of(self.cluster, self.buyer, SeatState.TAKEN)
        self.holder = current_holder(self.seat).membership
        self.line = OwnLine.objects.get(holder__membership=self.holder)
        self.professor, self.next = (member(third, Role.SUPERVISOR) for _n in range(2))
        self.said = Said(by=self.professor.user_id)
        acts.adopt(self.cluster, self.professor, self.said)
        self.fill()
        self.fill_data()

    def fill(self) -> None:
        """Make a row of everything that can be changed, taken away or put back."""
        here, dated = {"cluster": self.cluster}, {"on": TODAY, "title": "T"}
        self.aspect = Aspect.objects.create(**here, name_nl="Deel")
        self.meeting = Meeting.objects.create(**here, organisation=self.host, **dated)
        self.group = Meeting.objects.create(organisation=self.host, **dated)
        self.after = AfterCare.objects.create(**here, kind="network", **dated)
        self.decision = Decision.objects.create(
            **here, text="Wij doen het", owner=self.seat.sponsor, due_on=TODAY
        )
        self.report = Report.objects.create(line=self.line, kind="progress", **dated)
        shown = {"seat": self.seat, "text": "x", "evidence": "x", "on": TODAY}
        self.gain = Yield.objects.create(kind="o_network", **shown)
        self.joining = Joining.objects.create(
            seat=self.seat, cluster=self.other, starts_on=YESTERDAY, reason="x"
        )
        self.proposal = Proposal.objects.create(
            organisation=self.buyer, host=self.host, title="V", question="?", wanted="?"
        )
        self.sought = Proposal.objects.create(
            organisation=organisation("Derde"), host=self.host, title="W", question="?",
            wanted="?", state=ProposalState.SEEKING,
        )  # fmt: skip
        self.interest = Interest.objects.create(
            proposal=self.proposal, organisation=self.buyer, note="x"
        )

    def fill_data(self) -> None:
        """Tie a study with one part and one agreement."""
        self.dataset = dataset_of(self.cluster, self.buyer, self.said)
        theory = self.dataset.study.theory
        self.study = Study.objects.create(
            theory=theory, organisation=self.buyer, title="S2", question="?",
            period_start=TODAY, period_end=TODAY,
        )  # fmt: skip
        dates = {"starts_on": TODAY}
        self.part = DatasetPart.objects.create(
            dataset=self.dataset, organisation=self.buyer, content="x", signed_by="x", **dates
        )
        self.access = DatasetAccess.objects.create(
            part=self.part, line=self.line, purpose="x", **dates
        )

    def browser(self, role: Role, place: str) -> Client:
        """Sign somebody in with a role in a place."""
        if role == Role.VISITOR:
            return Client()
        home = self.elsewhere if place == "cluster" else getattr(self, place)
        kind, scope = Kind.ORGANISATION, home.pk
        if place == "cluster":
            kind, scope = Kind.CLUSTER, self.cluster.pk
        if role == Role.GUEST:
            return guest(home, kind, scope)
        if role == Role.SYSTEM_ADMINISTRATOR:
            kind, scope = Kind.SITE, None
        return signed_in(member(home, role, kind=kind, scope=scope).user)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


def dated(world: World) -> dict[str, Any]:  # noqa: ARG001 - every form has this shape
    return {"on": TODAY, "title": "Nieuw", "kind": "network", "edition": 1}


def free(world: World) -> None:
    """Let the holder work along nowhere."""
    Joining.objects.filter(pk=world.joining.pk).update(ends_on=TODAY)


YIELDS = {"text": "Meer buren", "evidence": "Verslag", "on": TODAY, "edition": 1}
ON_ROWS = {
    "edit": OnRow(row="cluster", fields=lambda w: {
        "theme": w.theme.pk, "name_nl": "Anders", "question": "?", "capacity": 5, "edition": 1,
        "starts_on": w.cluster.starts_on, "ends_on": w.cluster.ends_on}),
    "archive": OnRow(row="cluster", verb=Verb.ARCHIVE),
    "restore": OnRow(row="cluster", verb=Verb.ARCHIVE, before=archived("cluster")),
    "edit_aspect": OnRow(row="aspect", fields=lambda _w: {
        "name_nl": "Anders", "position": 2, "edition": 1}),
    "edit_meeting": OnRow(row="meeting", fields=dated),
    "edit_group_meeting": OnRow(row="group", fields=dated),
    "edit_after": OnRow(row="after", fields=dated),
    "edit_decision": OnRow(row="decision", fields=lambda w: {
        "text": "Anders", "owner": w.seat.sponsor_id, "due_on": TODAY, "edition": 1}),
    "follow": OnRow(row="decision", fields=lambda _w: {
        "done_on": TODAY, "outcome": "Gedaan", "edition": 1}),
    "edit_theme": OnRow(row="theme", fields=lambda _w: {
        "name_nl": "Anders", "kind": "free", "position": 3, "edition": 1}),
    "archive_theme": OnRow(row="theme", verb=Verb.ARCHIVE),
    "restore_theme": OnRow(row="theme", verb=Verb.ARCHIVE, before=archived("theme")),
    "employee": OnRow(row="seat", fields=lambda w: {
        "employee": member(w.buyer).pk, "on": TODAY, "reason": "Ziek"}),
    "sponsor": OnRow(row="seat", fields=lambda w: {"sponsor": member(w.buyer).pk}),
    "add_yield": OnRow(row="seat", fields=lambda _w: {**YIELDS, "kind": "o_network"}),
    "edit_yield": OnRow(row="gain", fields=lambda _w: {**YIELDS, "kind": "o_network"}),
    "archive_yield": OnRow(row="gain", verb=Verb.ARCHIVE),
    "restore_yield": OnRow(row="gain", verb=Verb.ARCHIVE, before=archived("gain")),
    "line": OnRow(row="line", fields=lambda w: {
        "title": "Buren", "question": "?", "within": "a", "outside": "b",
        "aspects": [w.aspect.pk], "edition": 1}),
    "report": OnRow(row="line", fields=lambda _w: {
        "kind": "progress", "title": "Halverwege", "text": "x", "on": TODAY}),
    "add_own_yield": OnRow(row="line", fields=lambda _w: {**YIELDS, "kind": "s_network"}),
    "join": OnRow(row="line", before=free, fields=lambda w: {
        "cluster": w.other.pk, "on": TODAY, "reason": "Samen"}),
    "part_ways": OnRow(row="joining"),
    "edit_report": OnRow(row="report", fields=lambda _w: {
        "kind": "progress", "title": "Verder", "text": "x", "on": TODAY, "edition": 1}),
    "archive_report": OnRow(row="report", verb=Verb.ARCHIVE),
    "restore_report": OnRow(row="report", verb=Verb.ARCHIVE, before=archived("report")),
    "edit_proposal": OnRow(row="proposal", fields=lambda _w: {
        "title": "Anders", "question": "?", "wanted": "?", "edition": 1}),
    "withdraw_interest": OnRow(row="interest", verb=Verb.ARCHIVE),
    "edit_dataset": OnRow(row="dataset", fields=lambda _w: {
        "title": "Anders", "arrangement": "x", "contact": "x", "codebook": "x",
        "starts_on": TODAY, "edition": 1}),
    "end_part": OnRow(row="part", verb=Verb.ARCHIVE),
    "close_access": OnRow(row="access", verb=Verb.ARCHIVE),
    **{
        f"{verb}_{name}": OnRow(row=name, verb=Verb.ARCHIVE, before=(
            archived(name) if verb == "restore" else lambda _world: None))
        for name in ("aspect", "meeting", "after", "decision")
        for verb in ("archive", "restore")
    },
}  # fmt: skip


def here(place: str) -> set[str]:
    """Give the words of the permission file that reach what lies around the cluster."""
    return {"all", PLACES[place]}


def wanted_on_row(world: World, name: str, role: Role, words: set[str]) -> str:
    """Work out what must come of an act; what was put away is there for who may put it back."""
    act = ON_ROWS[name]
    label = getattr(world, act.row)._meta.label
    found = right(label, role, act.verb, words)
    return HIDDEN if found == REFUSED and name.startswith("restore") else found


def try_on_row(world: World, browser: Client, name: str) -> str:
    act = ON_ROWS[name]
    start = transaction.savepoint()
    act.before(world)
    address = reverse(f"clusters:{name}", args=[getattr(world, act.row).pk])
    found = tried(browser, address, act.fields(world))
    transaction.savepoint_rollback(start)
    return found


@pytest.mark.parametrize("role", swept(Role))
def test_a_row_is_changed_and_taken_away_by_a_role_only_where_the_file_says(world, role):
    for place in PLACES:
        browser = world.browser(role, place)
        for name in ON_ROWS:
            wanted = wanted_on_row(world, name, role, here(place))
            if role in (Role.VISITOR, Role.GUEST):
                wanted = HIDDEN
            assert try_on_row(world, browser, name) == wanted, (role, place, name)


# What is somebody's own, beside what the role in the cluster opens.
OWN = {("holder", "line"), ("holder", "report"), ("holder", "joining"), ("sponsor", "decision")}
PEOPLE = {"holder": Role.STUDENT, "sponsor": Role.SPONSOR, "professor": Role.SUPERVISOR}


@pytest.mark.parametrize("who", PEOPLE)
def test_who_holds_sponsors_or_leads_does_what_is_theirs(world, who):
    person = world.seat.sponsor if who == "sponsor" else getattr(world, who)
    browser, role = signed_in(person.user), PEOPLE[who]
    for name, act in ON_ROWS.items():
        own = {"own"} if (who, act.row) in OWN else set()
        wanted = wanted_on_row(world, name, role, {"all", "cluster", "involved"} | own)
        assert try_on_row(world, browser, name) == wanted, (who, name)


@attrs.frozen(kw_only=True)
class Made:
    """Something that is made: of what kind, on which row, where it does not fit, what is sent."""

    label: str
    row: str = "cluster"
    fields: Callable[[World, Any], dict[str, Any]]
    unfit: tuple[str, ...] = ()
    before: Callable[[World], object] = lambda _world: None


def gone(name: str) -> Callable[[World], object]:
    return lambda world: (
        type(getattr(world, name)).objects.filter(pk=getattr(world, name).pk).delete()
    )


# In the cluster, or for who offers it.
IN_CLUSTER = {
    "adopt": Made(label="Adoption", fields=lambda w, _h: {
        "professor": w.next.pk, "on": TODAY, "reason": "Met pensioen"}),
    "add_aspect": Made(label="Aspect", fields=lambda _w, _h: {
        "name_nl": "Nog een deel", "position": 2}),
    "add_meeting": Made(label="Meeting", fields=lambda w, _h: dated(w)),
    "add_after": Made(label="AfterCare", fields=lambda w, _h: dated(w)),
    "add_decision": Made(label="Decision", fields=lambda w, _h: {
        "text": "Samen", "owner": w.seat.sponsor_id, "due_on": TODAY}),
    # The study must be one that they may change as well: see the tests of what is private.
    "make_dataset": Made(label="Dataset", unfit=tuple(PLACES), fields=lambda w, _h: {
        "title": "D", "study": w.study.pk, "arrangement": "x", "contact": "x", "codebook": "x",
        "starts_on": TODAY}),
}  # fmt: skip
# For one's own organisation.
AT_HOME = {
    "ask": Made(label="Seat", fields=lambda _w, home: {
        "organisation": home.pk, "motive": "Leren"}),
    "interest": Made(label="Interest", row="sought", fields=lambda _w, home: {
        "organisation": home.pk, "note": "Graag"}),
    "bring_in": Made(label="DatasetPart", row="dataset", unfit=("host",), before=gone("part"),
        fields=lambda _w, home: {
            "organisation": home.pk, "content": "x", "signed_by": "x", "starts_on": TODAY}),
    "make_theme": Made(label="Theme", row="", fields=lambda _w, home: {
        "organisation": home.pk, "name_nl": "Nieuw", "kind": "offered", "position": 9}),
    "make": Made(label="Cluster", row="", unfit=("buyer", "elsewhere"), fields=lambda w, home: {
        "organisation": home.pk, "theme": w.theme.pk, "name_nl": "Nieuw", "question": "?",
        "capacity": 5, "starts_on": TODAY, "ends_on": TODAY}),
    "make_proposal": Made(label="Proposal", row="", unfit=("host",), fields=lambda w, home: {
        "organisation": home.pk, "host": w.host.pk, "title": "V", "question": "?", "wanted": "?"}),
    "add_group_meeting": Made(label="Meeting", row="", fields=lambda w, home: {
        **dated(w), "organisation": home.pk}),
    "open_part": Made(label="DatasetAccess", row="part", before=gone("access"),
        fields=lambda w, _h: {"line": w.line.pk, "purpose": "x", "starts_on": TODAY}),
}  # fmt: skip


def sees(world: World, made: Made, role: Role, place: str) -> bool:
    """Tell whether somebody sees the row on which something is made; lists are there for all."""
    if not made.row:
        return True
    row = getattr(world, made.row)
    public = {"public"} if made.row == "sought" else set()
    return reaches(row._meta.label, role, Verb.SEE, here(place) | public)


def may_make_it(name: str, role: Role, place: str) -> bool:
    """Work out from the file whether somebody makes this from where they stand."""
    if name in AT_HOME:
        at_home = place == "buyer" if name == "open_part" else place != "cluster"
        label = f"clusters.{AT_HOME[name].label}"
        return at_home and reaches(label, role, Verb.MAKE, {"organisation"})
    label = f"clusters.{IN_CLUSTER[name].label}"
    word = {"host": "organisation", "cluster": "cluster"}.get(place, "")
    makes = reaches(label, role, Verb.MAKE, {word})
    return makes or (name == "adopt" and reaches(label, role, Verb.CHANGE, here(place)))


def asks_for_the_row_first(name: str, role: Role, place: str) -> bool:
    """Tell whether the row decides; who makes such a thing nowhere is refused before that."""
    if role in (Role.VISITOR, Role.GUEST) or not matrix().operations[f"clusters:{name}"].lists:
        return True
    label = f"clusters.{AT_HOME[name].label}"
    return place != "cluster" and "organisation" in matrix().reaches(label, role, Verb.MAKE)


def try_made(world: World, browser: Client, name: str, place: str) -> str:
    made = {**IN_CLUSTER, **AT_HOME}[name]
    start = transaction.savepoint()
    home = world.elsewhere if place == "cluster" else getattr(world, place)
    fields = made.fields(world, home)
    made.before(world)
    args = [getattr(world, made.row).pk] if made.row else []
    found = tried(browser, reverse(f"clusters:{name}", args=args), fields)
    transaction.savepoint_rollback(start)
    return found


@pytest.mark.parametrize("role", swept(Role))
def test_something_is_made_by_a_role_only_where_the_file_says(world, role):
    for place in PLACES:
        browser = world.browser(role, place)
        for name, made in {**IN_CLUSTER, **AT_HOME}.items():
            wanted = ALLOWED if may_make_it(name, role, place) else REFUSED
            if wanted == ALLOWED and place in made.unfit:
                wanted = "does not fit"
            if role in (Role.VISITOR, Role.GUEST) or not sees(world, made, role, place):
                wanted = HIDDEN if asks_for_the_row_first(name, role, place) else REFUSED
            assert try_made(world, browser, name, place) == wanted, (role, place, name)


def test_every_act_of_clusters_is_tried_here_or_as_a_step():
    steps = {"cluster_step", "seat_step", "proposal_step"}
    private = {"archive_dataset", "restore_dataset"}  # tried with the studies that they tie
    acts_of = {
        name.partition(":")[2]
        for name, operation in matrix().operations.items()
        if name.startswith("clusters:") and not is_page(name, operation.verb)
    }
    assert acts_of - steps - private == {*ON_ROWS, *IN_CLUSTER, *AT_HOME}


def is_page(name: str, verb: Verb) -> bool:
    """Tell whether an address is only looked at."""
    return verb == Verb.SEE and name != "clusters:archive_dataset"
