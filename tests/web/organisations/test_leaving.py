"""Who leaves hands over, and nothing is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from biotoop.web.accounts.actions import personal_data
from biotoop.web.organisations.actions import leaving, roles
from biotoop.web.organisations.queries import live_memberships, reader_of
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models import AuditEntry
from web.organisations.conftest import give, member
from web.signing import signed_in

DAY = timedelta(days=1)


@pytest.fixture
def ann(beekwaarde):
    return member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR)


def test_roles_go_to_the_successor_and_work_goes_along(beekwaarde, ann, today, monkeypatch):
    fatma, bas = member(beekwaarde, "Fatma", Role.PROGRAMME_OWNER), member(beekwaarde, "Bas")
    moved = []
    monkeypatch.setattr(leaving, "WORK", [lambda *work: moved.append(work) or 1])
    out, to = fatma.memberships.get(), bas.memberships.get()
    grant = fatma.role_grants.get()

    leaving.leave(out, last_day=today - DAY, by=ann.pk, successor=to, roles=[grant.pk])

    assert reader_of(fatma).roles == {Role.VISITOR}
    assert Role.PROGRAMME_OWNER in reader_of(bas).roles
    assert moved == [(out, to, ann.pk)]
    assert bas.role_grants.get().given_by == ann.pk
    assert AuditEntry.objects.filter(action="took_over", object_id=to.pk).exists()


def test_leaving_can_be_undone(beekwaarde, ann, today):
    fatma = member(beekwaarde, "Fatma", Role.PROFESSIONAL)
    browser = signed_in(ann)
    pk = fatma.memberships.get().pk
    browser.post(reverse("organisations:leave", args=[pk]), {"last_day": today - DAY})
    assert not live_memberships().filter(user=fatma).exists()

    browser.post(reverse("organisations:come_back", args=[pk]))

    assert Role.PROFESSIONAL in reader_of(fatma).roles


def test_the_last_administrator_cannot_go(beekwaarde, ann, today):
    own = ann.memberships.get()
    for last_day in (today - DAY, today + DAY):
        with pytest.raises(Refused):
            leaving.leave(own, last_day=last_day, by=ann.pk)
    with pytest.raises(Refused):
        roles.change_role(ann.role_grants.get(), {"ends_on": today + DAY}, edition=1, by=ann.pk)
    with pytest.raises(Refused):
        roles.end(ann.role_grants.get(), by=ann.pk)

    second = member(beekwaarde, "Bea", Role.PARTNER_ADMINISTRATOR)
    leaving.leave(own, last_day=today - DAY, by=second.pk)
    assert reader_of(ann).roles == {Role.VISITOR}


def test_nobody_of_another_organisation_takes_over(beekwaarde, lindelaan, ann, today):
    out, other = member(beekwaarde, "Fatma"), member(lindelaan, "Chris")
    with pytest.raises(Refused):
        leaving.leave(
            out.memberships.get(), last_day=today, by=ann.pk, successor=other.memberships.get()
        )
    answer = signed_in(ann).post(
        reverse("organisations:leave", args=[out.memberships.get().pk]),
        {"last_day": today, "successor": other.memberships.get().pk},
    )
    assert answer.status_code == 422


def test_a_role_ends_and_comes_back_with_one_button(beekwaarde, ann):
    fatma = member(beekwaarde, "Fatma", Role.STUDENT)
    pk, browser = fatma.role_grants.get().pk, signed_in(ann)

    browser.post(reverse("organisations:end_role", args=[pk]))
    gone = reader_of(fatma).roles
    browser.post(reverse("organisations:resume_role", args=[pk]))

    assert Role.STUDENT not in gone
    assert Role.STUDENT in reader_of(fatma).roles


def test_the_same_role_in_the_same_place_is_given_once(beekwaarde, ann):
    fatma = member(beekwaarde, "Fatma", Role.STUDENT).memberships.get()
    where = Where(Kind.ORGANISATION, beekwaarde.pk)

    with pytest.raises(Refused):
        roles.give(fatma, Role.STUDENT, where, by=ann.pk)


def test_who_is_forgotten_leaves_no_name_address_or_role(beekwaarde, ann):
    fatma = member(beekwaarde, "Fatma", Role.STUDENT)
    shown = personal_data.everything(fatma)
    assert shown["memberships"][0]["organisation__name"] == beekwaarde.name
    assert shown["roles"][0]["role"] == Role.STUDENT

    personal_data.erase(fatma)

    assert not live_memberships().filter(user=fatma).exists()
    page = signed_in(ann).get(reverse("organisations:people", args=[beekwaarde.pk]))
    assert "Fatma" not in page.content.decode()


def test_the_last_administrator_cannot_be_forgotten_yet(ann):
    with pytest.raises(personal_data.WorkToHandOver, match="Samenkracht Beekwaarde"):
        personal_data.erase(ann)


def test_an_administrator_cannot_lengthen_a_role_that_is_not_theirs_to_give(beekwaarde, ann, today):
    hans = member(beekwaarde, "Hans")
    through, place = hans.memberships.get(), uuid4()
    grant = give(hans, Role.PROGRAMME_COORDINATOR, Kind.PARTNERSHIP, place, membership=through)
    address = reverse("organisations:edit_role", args=[grant.pk])

    answer = signed_in(ann).post(address, {"ends_on": today + 999 * DAY, "edition": 1})

    assert answer.status_code == 403
    assert signed_in(ann).get(through.get_absolute_url()).status_code == 200


JUDGES = [Role.SECOND_CODER, Role.SECOND_ASSESSOR]


@pytest.fixture
def both(beekwaarde):
    """Give who leaves and who stays."""
    return [member(beekwaarde, name).memberships.get() for name in ("Fatma", "Bas")]


def in_study(belongs, role: Role, study) -> None:
    give(belongs.user, role, Kind.STUDY, study, membership=belongs, given_by=uuid4())


def roles_in(belongs, study) -> set[str]:
    return set(belongs.user.role_grants.filter(scope_id=study).values_list("role", flat=True))


def test_roles_that_go_along_with_work_were_given_by_who_hands_over(both, ann):
    study = uuid4()
    in_study(both[0], Role.LAB_RESEARCHER, study)

    assert leaving.hand_over_places(*both, Kind.STUDY, ann.pk) == 1
    assert both[1].user.role_grants.get().given_by == ann.pk
    noted = AuditEntry.objects.filter(object_id=both[1].user.role_grants.get().pk)
    assert set(noted.values_list("actor", flat=True)) == {ann.pk}


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize("kind", [Kind.STUDY, Kind.ORGANISATION])
def test_who_does_the_research_does_not_become_its_second_judge(
    beekwaarde, both, ann, today, kind, judge
):
    study = uuid4()
    place = study if kind == Kind.STUDY else beekwaarde.pk
    in_study(both[0], judge, study)
    give(both[1].user, Role.LAB_RESEARCHER, kind, place, membership=both[1])
    duties = {both[0].user.role_grants.get().pk: both[1]}

    with pytest.raises(Refused, match="Bas"):
        leaving.leave(both[0], last_day=today, by=ann.pk, successor=both[1], duties=duties)
    leaving.hand_over_places(*both, Kind.STUDY, ann.pk)

    assert roles_in(both[1], study) <= {Role.LAB_RESEARCHER}
    assert live_memberships().filter(pk=both[0].pk, ends_on=None).exists()


@pytest.mark.parametrize("judge", JUDGES)
def test_a_second_judge_does_not_take_over_the_research(both, ann, today, judge):
    study = uuid4()
    in_study(both[0], Role.LAB_RESEARCHER, study)
    in_study(both[1], judge, study)
    chosen = [both[0].user.role_grants.get().pk]

    with pytest.raises(Refused, match="Bas"):
        leaving.leave(both[0], last_day=today, by=ann.pk, successor=both[1], roles=chosen)

    assert roles_in(both[1], study) == {judge}


@pytest.mark.parametrize("judge", JUDGES)
def test_of_both_parts_in_one_study_each_goes_to_somebody_else(beekwaarde, both, ann, today, judge):
    study, cees = uuid4(), member(beekwaarde, "Cees").memberships.get()
    in_study(both[0], judge, study)
    in_study(both[0], Role.LAB_RESEARCHER, study)
    duties = {both[0].user.role_grants.get(role=judge).pk: cees}

    assert leaving.hand_over_places(*both, Kind.STUDY, ann.pk) == 1
    leaving.leave(both[0], last_day=today, by=ann.pk, successor=both[1], duties=duties)

    assert roles_in(both[1], study) == {Role.LAB_RESEARCHER}
    assert roles_in(cees, study) == {judge}


@pytest.mark.parametrize("judge", JUDGES)
def test_a_second_judgement_is_decided_by_who_lets_somebody_go(both, ann, today, judge):
    study = uuid4()
    in_study(both[0], judge, study)
    grant = both[0].user.role_grants.get()

    with pytest.raises(Refused, match=str(grant.get_role_display())):
        leaving.leave(both[0], last_day=today, by=ann.pk, successor=both[1])
    assert roles_in(both[1], study) == set()
    leaving.leave(both[0], last_day=today, by=ann.pk, duties={grant.pk: both[1]})

    assert roles_in(both[1], study) == {judge}
    assert both[1].user.role_grants.get().given_by == ann.pk


def leaving_page(by, leaver, **sent):
    """Open the page on which somebody is let go, or send it."""
    address, browser = reverse("organisations:leave", args=[leaver.pk]), signed_in(by)
    return browser.post(address, sent) if sent else browser.get(address)


def test_the_page_names_each_second_judgement_and_asks_who_takes_it_over(
    beekwaarde, lindelaan, both, ann, today
):
    cees = member(beekwaarde, "Cees").memberships.get()
    far = member(lindelaan, "Chris").memberships.get()
    for belongs, role in ((both[0], Role.SECOND_CODER), (both[0], Role.PROFESSIONAL),
                          (both[1], Role.LAB_RESEARCHER)):  # fmt: skip
        give(belongs.user, role, Kind.ORGANISATION, beekwaarde.pk, membership=belongs)
    duty = both[0].user.role_grants.get(role=Role.SECOND_CODER)
    name, page = f"duty-{duty.pk}", leaving_page(ann, both[0])
    form = page.context["form"]
    offered = {pk for pk, _words in form.fields[name].choices}
    assert offered == {"", "nobody", str(cees.pk), str(ann.memberships.get().pk)}
    assert str(duty.get_role_display()) in page.content.decode()
    assert [pk for pk, _words in form.fields["roles"].choices] == [
        str(both[0].user.role_grants.get(role=Role.PROFESSIONAL).pk)
    ]
    for wrong in ({}, {name: both[1].pk}, {name: far.pk}):
        answer = leaving_page(ann, both[0], last_day=today, **wrong)
        assert (answer.status_code, name in answer.context["form"].errors) == (422, True)
    assert leaving_page(ann, both[0], last_day=today, **{name: cees.pk}).status_code == 302

    assert roles_in(cees, beekwaarde.pk) == {Role.SECOND_CODER}
    assert live_memberships().get(pk=both[0].pk).ends_on == today


def test_a_second_judgement_may_end_with_who_leaves(beekwaarde, both, ann, today):
    place = {"scope_id": beekwaarde.pk, "membership": both[0]}
    give(both[0].user, Role.SECOND_CODER, Kind.ORGANISATION, **place)
    name = f"duty-{both[0].user.role_grants.get().pk}"

    sent = {"last_day": today - DAY, "successor": both[1].pk, name: "nobody"}
    answer = leaving_page(ann, both[0], **sent)

    assert answer.status_code == 302
    assert roles_in(both[1], beekwaarde.pk) == set()


def test_a_role_that_is_not_yours_to_hand_over_is_named(both, ann):
    in_partnership = {"membership": both[0], "given_by": uuid4()}
    give(both[0].user, Role.PROGRAMME_COORDINATOR, Kind.PARTNERSHIP, uuid4(), **in_partnership)

    page = leaving_page(ann, both[0])

    assert str(Role.PROGRAMME_COORDINATOR.label) in page.content.decode()
