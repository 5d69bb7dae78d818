"""What is private in clusters: why somebody left, names after erasing, studies of others."""

import pytest
from django.urls import reverse

from biotoop.web.accounts.actions.personal_data import erase, everything
from biotoop.web.clusters.actions import clusters as acts
from biotoop.web.clusters.actions import holders, seats
from biotoop.web.clusters.actions.steps import Said
from biotoop.web.clusters.enums import SeatState
from biotoop.web.clusters.models import Adoption, Dataset, Holder, OwnLine, Report, Yield
from biotoop.web.clusters.queries import current_holder
from biotoop.web.clusters.rules import SEAT_STEPS
from biotoop.web.organisations.models import RoleGrant
from biotoop.web.shared.enums import Kind, Role
from web.clusters.conftest import LONG_AGO, TODAY, member, seat_of
from web.clusters.test_invariants import dataset_of, part_of
from web.signing import signed_in

pytestmark = pytest.mark.django_db
WHY = "Langdurig ziek"


def reads(address: str, belongs=None, client=None) -> bool:
    answer = (signed_in(belongs.user) if belongs else client).get(address)
    assert answer.status_code == 200
    return WHY in answer.content.decode()


def test_why_a_cluster_was_handed_over_is_read_by_who_arranges_and_leads(
    client, cluster, host, buyer, other, said
):
    sponsor = seat_of(cluster, buyer, SeatState.TAKEN).sponsor
    professors = [member(other, Role.SUPERVISOR) for _n in range(2)]
    acts.adopt(cluster, professors[0], said)
    acts.adopt(cluster, professors[1], Said(by=said.by, reason=WHY))
    page = cluster.get_absolute_url()

    assert reads(page, member(host, Role.EDUCATION_COORDINATOR))
    assert reads(page, professors[1])
    assert not reads(page, client=client)
    for belongs in (sponsor, professors[0], member(buyer, Role.PARTNER_ADMINISTRATOR)):
        assert not reads(page, belongs)


def test_why_a_seat_lapsed_is_read_by_host_buyer_and_holder(cluster, host, buyer, other, said):
    fellow = current_holder(seat_of(cluster, other, SeatState.TAKEN)).membership
    sponsor = seat_of(cluster, other, SeatState.TAKEN).sponsor
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    seats.take_step(seat, SEAT_STEPS["lapse"], Said(by=said.by, reason=WHY))
    page = seat.get_absolute_url()

    for place, role in (
        (host, Role.EDUCATION_COORDINATOR),
        (buyer, Role.PARTNER_ADMINISTRATOR),
        (buyer, Role.PROGRAMME_OWNER),
    ):
        assert reads(page, member(place, role))
    for belongs in (fellow, sponsor, member(buyer, Role.PROFESSIONAL)):
        assert not reads(page, belongs)


def test_the_field_says_who_reads_the_reason(cluster, buyer):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    browser = signed_in(member(cluster.organisation, Role.EDUCATION_COORDINATOR).user)
    for address in (
        reverse("clusters:seat_step", args=[seat.pk, "lapse"]),
        reverse("clusters:employee", args=[seat.pk]),
        reverse("clusters:cluster_step", args=[cluster.pk, "stop"]),
    ):
        assert str(browser.get(address).context["form"]["reason"].help_text) != ""


def test_erasing_an_account_leaves_no_name_and_no_reason(cluster, buyer, said):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    holder = current_holder(seat)
    user, name = holder.membership.user, holder.membership.user.name
    line = OwnLine.objects.get(holder=holder)
    assert (line.title, name in str(line)) == ("", True)
    OwnLine.objects.filter(pk=line.pk).update(title=f"Het plan van {name}")
    part = part_of(dataset_of(cluster, buyer, said), buyer, said)
    type(part).objects.update(signed_by=name)
    holders.name(seat, member(buyer), Said(by=said.by, reason=WHY))
    erase(user)
    line = OwnLine.objects.select_related("holder__membership__user").get(pk=line.pk)
    part.refresh_from_db()

    assert name not in f"{line} {part.signed_by}"
    assert set(Holder.objects.values_list("reason", flat=True)) == {""}


def test_erasing_takes_away_why_a_cluster_was_handed_over(cluster, other, said):
    first, second = (member(other, Role.SUPERVISOR) for _n in range(2))
    acts.adopt(cluster, first, said)
    acts.adopt(cluster, second, Said(by=said.by, reason=WHY))
    erase(first.user)

    assert not Adoption.objects.filter(reason=WHY).exists()


def test_a_person_gets_all_that_clusters_keep_about_them(cluster, buyer, other, said):
    seat = seat_of(cluster, buyer, SeatState.TAKEN)
    holder = current_holder(seat)
    Report.objects.create(line=holder.line, kind="progress", title="Halverwege", on=TODAY)
    Yield.objects.create(seat=seat, kind="s_network", text="Netwerk", evidence="x", on=TODAY)
    professor = member(other, Role.SUPERVISOR)
    acts.adopt(cluster, professor, said)
    of_holder, of_sponsor = everything(holder.membership.user), everything(seat.sponsor.user)

    assert of_holder["cluster_reports"][0]["title"] == "Halverwege"
    assert of_holder["cluster_yields"][0]["text"] == "Netwerk"
    assert of_sponsor["cluster_sponsoring"][0]["cluster__name_nl"] == cluster.name_nl
    assert len(everything(professor.user)["cluster_adoptions"]) == 1
    assert of_sponsor["cluster_reports"] == of_sponsor["cluster_yields"] == []


def grant(belongs, role, kind, scope) -> None:
    RoleGrant.objects.create(
        user=belongs.user, role=role, kind=kind, scope_id=scope, starts_on=LONG_AGO,
        membership=belongs,
    )  # fmt: skip


def test_only_who_may_change_a_study_ties_it_and_it_can_be_untied(cluster, buyer, other, said):
    seat_of(cluster, buyer, SeatState.TAKEN)
    dataset = dataset_of(cluster, buyer, said)
    study = dataset.study
    Dataset.objects.all().delete()
    leader = member(other, Role.SUPERVISOR, kind=Kind.CLUSTER, scope=cluster.pk)
    browser = signed_in(leader.user)
    address = reverse("clusters:make_dataset", args=[cluster.pk])
    fields = {"title": "D", "study": study.pk, "arrangement": "x", "contact": "x",
              "codebook": "x", "starts_on": TODAY}  # fmt: skip
    assert browser.post(address, fields).status_code == 422
    grant(leader, Role.SUPERVISOR, Kind.STUDY, study.pk)
    assert browser.post(address, fields).status_code == 302
    made = Dataset.objects.get()
    browser.post(reverse("clusters:archive_dataset", args=[made.pk]))
    made.refresh_from_db()

    assert made.archived_at is not None
    assert browser.post(address, fields).status_code == 302
    browser.post(reverse("clusters:restore_dataset", args=[made.pk]))
    assert Dataset.objects.filter(archived_at=None).count() == 1


def test_the_organisation_of_a_study_unties_it_and_nobody_ties_it_again_for_them(
    cluster, buyer, other, said
):
    seat_of(cluster, buyer, SeatState.TAKEN)
    made = dataset_of(cluster, buyer, said)
    leader = member(other, Role.SUPERVISOR, kind=Kind.CLUSTER, scope=cluster.pk)
    sponsor = seat_of(cluster, buyer, SeatState.TAKEN).sponsor
    untie = reverse("clusters:archive_dataset", args=[made.pk])
    assert signed_in(sponsor.user).post(untie).status_code == 403
    assert signed_in(member(buyer, Role.PROGRAMME_OWNER).user).post(untie).status_code == 302
    back = signed_in(leader.user).post(reverse("clusters:restore_dataset", args=[made.pk]))

    assert back.status_code == 403
    assert not Dataset.objects.filter(archived_at=None).exists()


def test_the_title_of_a_study_stays_hidden_for_who_may_not_see_it(cluster, buyer, other, said):
    seat_of(cluster, buyer, SeatState.TAKEN)
    made = dataset_of(cluster, buyer, said)
    made.study.title = "Geheime titel"
    made.study.save()
    fellow = seat_of(cluster, other, SeatState.TAKEN).sponsor
    page = signed_in(fellow.user).get(made.get_absolute_url()).content.decode()

    assert "Geheime titel" not in page
    assert made.title in page
