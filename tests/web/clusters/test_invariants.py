"""What clusters and seats never allow, whoever asks."""

from datetime import timedelta

import pytest

from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions import datasets, holders, lines, proposals, seats
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import ClusterState, ProposalState, SeatState, ThemeKind, YieldKind
from biotoop.web.clusters.models import (
    Adoption,
    Aspect,
    Cluster,
    Dataset,
    DatasetAccess,
    DatasetPart,
    Holder,
    Interest,
    OwnLine,
    Proposal,
    Seat,
    Yield,
)
from biotoop.web.clusters.queries import current_holder, open_accesses, sold_in
from biotoop.web.clusters.rules import CLUSTER_STEPS, PROPOSAL_STEPS, SEAT_STEPS
from biotoop.web.organisations.models import RoleGrant
from biotoop.web.organisations.queries import live_grants
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.models import Study
from biotoop.web.theories.models import Theory
from web.clusters.conftest import TODAY, cluster_of, member, running, seat_of, theme_of

pytestmark = pytest.mark.django_db


def line_of(seat: Seat) -> OwnLine:
    return OwnLine.objects.get(holder__seat=seat, holder__ends_on=None)


def test_no_more_seats_are_promised_than_there_are(host, buyer, said):
    small = cluster_of(theme_of(host), capacity=2)
    waiting = [seat_of(small, buyer) for _n in range(3)]
    for seat in waiting[:2]:
        seats.take_step(seat, SEAT_STEPS["promise"], said)

    with pytest.raises(Refused, match="2"):
        seats.take_step(waiting[2], SEAT_STEPS["promise"], said)
    assert sold_in(small) == 2


def test_a_lapsed_seat_makes_room_and_needs_a_reason(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.PROMISED)
    with pytest.raises(Refused):
        seats.take_step(seat, SEAT_STEPS["lapse"], said)
    why = Said(by=said.by, reason="Geen vervanger")
    seats.take_step(seat, SEAT_STEPS["lapse"], why)

    assert sold_in(cluster) == 0
    assert seat.steps.last().reason == "Geen vervanger"


def test_the_capacity_is_never_less_than_what_was_promised(cluster, buyer):
    for _n in range(3):
        seat_of(cluster, buyer, SeatState.PROMISED)

    with pytest.raises(Refused):
        acts.refuse_too_small(cluster, 2)
    acts.refuse_too_small(cluster, 3)


@pytest.mark.parametrize("state", [ClusterState.PREPARING, ClusterState.FINISHED])
def test_a_seat_is_asked_for_in_an_open_cluster_only(host, buyer, said, state):
    closed = cluster_of(theme_of(host), state)

    with pytest.raises(Refused):
        seats.ask(Seat(cluster=closed, organisation=buyer, motive="x"), said)


def test_the_employee_and_the_sponsor_are_of_the_organisation_of_the_seat(
    cluster, buyer, other, said
):
    seat = seat_of(cluster, buyer, SeatState.CONFIRMED)

    with pytest.raises(Refused):
        holders.name(seat, member(other), said)
    with pytest.raises(Refused):
        seats.name_sponsor(seat, member(other), said)
    with pytest.raises(Refused):
        holders.name(seat, seat.sponsor, said)


def test_one_person_takes_one_seat(cluster, buyer, said):
    first, second = (seat_of(cluster, buyer, SeatState.CONFIRMED) for _n in range(2))
    employee = member(buyer)
    holders.name(first, employee, said)

    with pytest.raises(Refused):
        holders.name(second, employee, said)


def test_nobody_begins_without_an_employee_a_sponsor_and_fitting_dates(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.CONFIRMED)
    late = seats.Period(ends_on=cluster.ends_on + timedelta(days=1))
    with pytest.raises(Refused):
        seats.take_step(seat, SEAT_STEPS["take"], said)
    holders.name(seat, member(buyer), said)
    with pytest.raises(Refused):
        seats.take_step(seat, SEAT_STEPS["take"], said, late)
    Seat.objects.filter(pk=seat.pk).update(sponsor=None)
    with pytest.raises(Refused):
        seats.take_step(seat, SEAT_STEPS["take"], said)


def test_a_step_is_not_written_down_beforehand(cluster, buyer, said):
    tomorrow = Said(by=said.by, on=TODAY + timedelta(days=1))

    with pytest.raises(Refused):
        seats.take_step(seat_of(cluster, buyer), SEAT_STEPS["promise"], tomorrow)


def test_before_the_start_another_employee_comes_freely(cluster, buyer, said):
    seat, first, second = seat_of(cluster, buyer, SeatState.CONFIRMED), member(buyer), member(buyer)
    holders.name(seat, first, said)
    made = holders.name(seat, second, said)

    assert (made.enrolment, current_holder(seat)) == (1, made)
    assert Holder.objects.filter(seat=seat, ends_on=None).count() == 1


def test_after_the_start_another_employee_enrols_anew_with_an_own_line(cluster, buyer, said):
    seat, second = seat_of(cluster, buyer, SeatState.TAKEN), member(buyer)
    before = current_holder(seat)
    with pytest.raises(Refused):
        holders.name(seat, second, said)
    made = holders.name(seat, second, Said(by=said.by, reason="Ander werk"))
    students = live_grants().filter(role=Role.STUDENT, kind=Kind.CLUSTER, scope_id=cluster.pk)

    assert (made.enrolment, made.reason) == (2, "Ander werk")
    assert line_of(seat).holder == made
    assert [grant.membership for grant in students] == [second]
    with pytest.raises(Refused):
        acts_on_old_line(before, said)


def acts_on_old_line(before: Holder, said: Said) -> None:
    old = OwnLine.objects.get(holder=before)
    lines.draw(old, {"title": "Nieuw"}, edition=old.edition, said=said)


def test_the_role_in_the_cluster_ends_with_the_seat(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    here = {"kind": Kind.CLUSTER, "scope_id": cluster.pk}
    assert set(RoleGrant.objects.filter(**here).values_list("ends_on", flat=True)) == {seat.ends_on}
    seats.take_step(seat, SEAT_STEPS["finish"], said)

    assert not live_grants().filter(**here).exists()


def test_a_cluster_starts_with_a_professor_and_two_organisations(cluster, buyer, other, said):
    seat_of(cluster, buyer, SeatState.CONFIRMED)
    acts.adopt(cluster, member(other, Role.SUPERVISOR), said)
    with pytest.raises(Refused):
        acts.take_step(cluster, CLUSTER_STEPS["start"], said)
    seat_of(cluster, other, SeatState.CONFIRMED)

    assert acts.take_step(cluster, CLUSTER_STEPS["start"], said).state == ClusterState.RUNNING


def test_a_cluster_does_not_stop_over_the_heads_of_who_paid(cluster, buyer, said):
    seat_of(cluster, buyer, SeatState.CONFIRMED)

    with pytest.raises(Refused):
        acts.take_step(cluster, CLUSTER_STEPS["stop"], Said(by=said.by, reason="Te klein"))


def test_one_professor_leads_and_the_hand_over_is_kept_with_its_reason(cluster, other, said):
    first, second = member(other, Role.SUPERVISOR), member(other, Role.SUPERVISOR)
    acts.adopt(cluster, first, said)
    with pytest.raises(Refused):
        acts.adopt(cluster, second, said)
    acts.adopt(cluster, second, Said(by=said.by, reason="Emeritaat"))
    led = live_grants().filter(role=Role.SUPERVISOR, kind=Kind.CLUSTER, scope_id=cluster.pk)

    assert Adoption.objects.get(ends_on=None).professor == second
    assert Adoption.objects.count() == 2
    assert [grant.membership for grant in led] == [second]


def test_who_is_no_professor_leads_no_cluster(cluster, other, said):
    with pytest.raises(Refused):
        acts.adopt(cluster, member(other, Role.LECTURER), said)


def test_a_free_theme_works_along_without_a_seat(host, cluster, buyer, other, said):
    running(cluster, buyer, other)
    free = cluster_of(theme_of(host, ThemeKind.FREE))
    seat = seat_of(free, buyer, SeatState.TAKEN)
    before = sold_in(cluster)
    lines.join(seat, cluster, Said(by=said.by, reason="Samen"))

    assert sold_in(cluster) == before
    assert seat.joinings.get().cluster == cluster
    with pytest.raises(Refused):
        lines.join(seat, cluster, said)


def test_only_a_free_theme_works_along(host, cluster, buyer, other, said):
    taken, _other = running(cluster, buyer, other)
    second = cluster_of(theme_of(host), ClusterState.RUNNING)

    with pytest.raises(Refused):
        lines.join(taken, second, said)


def test_a_line_covers_parts_of_its_own_cluster(host, cluster, buyer, said):
    line = line_of(seat_of(cluster, buyer, SeatState.TAKEN))
    strange = Aspect.objects.create(cluster=cluster_of(theme_of(host)), name_nl="Elders")

    with pytest.raises(Refused):
        lines.draw(line, {"aspects": [strange]}, edition=1, said=said)


def test_a_degree_comes_with_a_finished_seat(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    fields = {"kind": YieldKind.DEGREE, "text": "MSc", "evidence": "Diploma", "on": TODAY}

    with pytest.raises(Refused):
        lines.note_yield(Yield(seat=seat, **fields), said)
    done = seats.take_step(seat, SEAT_STEPS["finish"], said)
    assert lines.note_yield(Yield(seat=done, **fields), said).kind == YieldKind.DEGREE


def test_a_proposal_starts_with_a_partner_and_becomes_a_cluster(host, buyer, other, said):
    fields = {"organisation": buyer, "host": host, "question": "Wat?", "wanted": "Iemand"}
    made = proposals.propose(Proposal(title="Wachten", **fields), said)
    made = proposals.take_step(made, PROPOSAL_STEPS["seek"], said)
    with pytest.raises(Refused):
        proposals.take_step(made, PROPOSAL_STEPS["deem"], said)
    proposals.show_interest(Interest(proposal=made, organisation=other), said)
    made = proposals.take_step(made, PROPOSAL_STEPS["deem"], said)
    dates = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=730)}
    whole = Cluster(theme=theme_of(host, ThemeKind.COCREATION), organisation=host, name_nl="W",
                    question="Wat?", **dates)  # fmt: skip
    start = proposals.Start(cluster=whole, professor=member(other, Role.SUPERVISOR))
    made = proposals.take_step(made, PROPOSAL_STEPS["start"], said, start)

    assert made.state == ProposalState.STARTED
    assert {seat.organisation for seat in made.cluster.seats.all()} == {buyer, other}


def dataset_of(cluster, owner, said) -> Dataset:
    programme = Programme.objects.create(organisation=owner, name_nl="P", slug="p")
    theory = Theory.objects.create(programme=programme, title="T")
    study = Study.objects.create(
        theory=theory, organisation=owner, title="S", question="?", period_start=TODAY,
        period_end=TODAY,
    )  # fmt: skip
    row = Dataset(cluster=cluster, study=study, title="D", arrangement="x", contact="x",
                  codebook="x", starts_on=TODAY)  # fmt: skip
    return datasets.arrange(row, said)


def part_of(dataset, owner, said) -> DatasetPart:
    part = DatasetPart(
        dataset=dataset, organisation=owner, content="x", signed_by="x", starts_on=TODAY
    )
    return datasets.bring_in(part, said)


def test_an_agreement_holds_for_a_line_of_the_cluster_and_ends_with_the_seat(
    cluster, buyer, other, said
):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    part = part_of(dataset_of(cluster, buyer, said), buyer, said)
    access = DatasetAccess(part=part, line=line_of(seat), purpose="x", starts_on=TODAY)
    datasets.open_for(access, said)
    assert open_accesses().count() == 1
    seats.take_step(seat, SEAT_STEPS["finish"], said)

    assert open_accesses().count() == 0
    with pytest.raises(Refused):
        part_of(part.dataset, other, said)


def test_a_line_of_another_cluster_gets_no_access(host, cluster, buyer, said):
    seat_of(cluster, buyer, SeatState.TAKEN)
    part = part_of(dataset_of(cluster, buyer, said), buyer, said)
    elsewhere = line_of(seat_of(cluster_of(theme_of(host)), buyer, SeatState.TAKEN))

    with pytest.raises(Refused):
        datasets.open_for(
            DatasetAccess(part=part, line=elsewhere, purpose="x", starts_on=TODAY), said
        )
