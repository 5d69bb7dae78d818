"""What is one's own: the holder changes it, the sponsor sees it, whatever else they are."""

import pytest
from django.urls import reverse

from biotoop.web.accounts.models import User
from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions import holders, lines
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import SeatState, ThemeKind
from biotoop.web.clusters.models import Adoption, OwnLine, Report, Yield
from biotoop.web.clusters.queries import current_holder
from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.organisations.queries import live_grants, reader_of
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import may
from web.clusters.conftest import (
    LONG_AGO,
    TODAY,
    cluster_of,
    member,
    running,
    seat_of,
    theme_of,
)
from web.signing import signed_in

pytestmark = pytest.mark.django_db
TO_CHANGE = (Verb.CHANGE, Verb.ARCHIVE, Verb.DECIDE)


def also(belongs: Membership, role: Role, place) -> Membership:
    """Give a person a second role, in another organisation."""
    there = Membership.objects.create(user=belongs.user, organisation=place, starts_on=LONG_AGO)
    RoleGrant.objects.create(
        user=belongs.user, role=role, kind=Kind.ORGANISATION, scope_id=place.pk,
        starts_on=LONG_AGO, membership=there,
    )  # fmt: skip
    return there


def rights(belongs: Membership, row) -> set[Verb]:
    """Give the verbs with which a person may touch a row."""
    reader = reader_of(User.objects.get(pk=belongs.user_id))
    return {verb for verb in (Verb.SEE, *TO_CHANGE) if may(reader, verb, row)}


def told(seat) -> list:
    """Write a line, a work and two yields."""
    line = OwnLine.objects.get(holder__seat=seat, holder__ends_on=None)
    work = Report.objects.create(line=line, kind="publication", title="Werk", on=TODAY)
    yields = [
        Yield.objects.create(seat=seat, kind=kind, text="x", evidence="x", on=TODAY)
        for kind in ("s_network", "o_network")
    ]
    return [line, work, *yields]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_a_sponsor_with_any_role_elsewhere_only_sees(cluster, buyer, other, role):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    also(seat.sponsor, role, other)

    for row in (seat, *told(seat)):
        assert rights(seat.sponsor, row) == {Verb.SEE}, row


def test_a_participant_changes_their_own_and_not_the_yield_of_the_organisation(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    line, work, own, of_buyer = told(seat)
    holder = current_holder(seat).membership

    assert rights(holder, line) == {Verb.SEE, Verb.CHANGE}
    for row in (work, own):
        assert rights(holder, row) == {Verb.SEE, Verb.CHANGE, Verb.ARCHIVE}
    assert rights(holder, of_buyer) == {Verb.SEE}


def test_the_administrator_keeps_off_the_yield_of_the_student(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    _line, _work, own, of_buyer = told(seat)
    browser = signed_in(member(buyer, Role.PARTNER_ADMINISTRATOR).user)

    for name in ("edit_yield", "archive_yield"):
        assert browser.post(reverse(f"clusters:{name}", args=[own.pk])).status_code == 403
    browser.post(reverse("clusters:archive_yield", args=[of_buyer.pk]))
    assert set(Yield.objects.filter(archived_at=None)) == {own}


def test_who_comes_next_does_not_touch_what_the_former_employee_wrote(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    line, work, *_yields = told(seat)
    made = holders.name(seat, member(buyer), Said(by=said.by, reason="Ander werk"))

    for row in (line, work):
        assert rights(made.membership, row) == {Verb.SEE}


def test_a_sponsor_who_supervises_elsewhere_does_not_hand_the_cluster_over(
    cluster, buyer, other, said
):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    professor = member(other, Role.SUPERVISOR)
    acts.adopt(cluster, professor, said)
    also(seat.sponsor, Role.SUPERVISOR, other)
    row = Adoption.objects.get()

    assert rights(seat.sponsor, row) == {Verb.SEE}
    assert rights(professor, row) == {Verb.SEE, Verb.CHANGE}


def students_of(cluster) -> list[Membership]:
    here = live_grants().filter(role=Role.STUDENT, kind=Kind.CLUSTER, scope_id=cluster.pk)
    return [grant.membership for grant in here.select_related("membership")]


def test_who_leaves_a_seat_leaves_the_cluster_that_they_joined(host, cluster, buyer, other, said):
    running(cluster, buyer, other)
    seat = seat_of(cluster_of(theme_of(host, ThemeKind.FREE)), buyer, SeatState.TAKEN)
    joining = lines.join(seat, cluster, Said(by=said.by, reason="Samen"))
    before, after = current_holder(seat).membership, member(buyer)
    assert before in students_of(cluster)
    holders.name(seat, after, Said(by=said.by, reason="Ander werk"))
    joining.refresh_from_db()

    assert joining.ends_on is not None
    assert not {before, after} & set(students_of(cluster))
    again = lines.join(seat, cluster, Said(by=said.by, reason="Opnieuw"))
    assert after in students_of(cluster)
    lines.part_ways(again, said)
    assert after not in students_of(cluster)
