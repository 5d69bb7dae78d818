"""An invitation makes one person a member, once, while it works."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.accounts.models import Notice, User
from biotoop.web.organisations.actions import inviting
from biotoop.web.organisations.models import Invitation, Membership, RoleGrant
from biotoop.web.organisations.queries import reader_of
from biotoop.web.organisations.rules import Where
from biotoop.web.shared.actions import mail
from biotoop.web.shared.actions.records import Refused
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models import AuditEntry, Letter
from web.organisations.conftest import give, member
from web.signing import signed_in

PASSWORD = "een lange zin als wachtwoord"


@pytest.fixture
def ann(beekwaarde) -> User:
    return member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR)


def post_invitation(client, place, **more):
    address = reverse("organisations:invite", args=[place.pk])
    fields = {"name": "Kees", "email": "Kees@Example.org", "role": "student"}
    return client.post(address, {**fields, "where": f"organisation:{place.pk}", **more})


def address_in_letter() -> str:
    """Read the link where the person reads it: in the last letter."""
    _subject, text = mail.written(Letter.objects.latest("created_at"))
    return re.search(r"/uitnodiging/\S+", text)[0]


def test_a_new_person_comes_in_by_the_letter(client, beekwaarde, ann):
    assert post_invitation(signed_in(ann), beekwaarde).status_code == 302
    address = address_in_letter()

    page = client.get(address)
    joined = client.post(address, {"name": "Kees de Nieuwe", "password": PASSWORD})

    assert "Samenkracht Beekwaarde" in page.content.decode()
    assert joined.status_code == 302
    kees = User.objects.get(email="kees@example.org")
    assert reader_of(kees).roles == {Role.VISITOR, Role.STUDENT}
    assert Notice.objects.get(user=ann).words == {"name": "Kees de Nieuwe"}
    assert client.get(f"/organisaties/{beekwaarde.pk}/").status_code == 200
    acts = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"made", "accepted", "signed_in"} <= acts


def test_a_link_works_once(client, beekwaarde, ann):
    post_invitation(signed_in(ann), beekwaarde)
    address = address_in_letter()
    client.post(address, {"name": "Kees", "password": PASSWORD})
    client.logout()

    assert client.get(address).status_code == 410
    assert client.post(address, {"name": "X", "password": PASSWORD}).status_code == 410
    assert User.objects.filter(email="kees@example.org").count() == 1


def test_who_has_an_account_accepts_with_it_and_nobody_else_can(client, beekwaarde, lindelaan, ann):
    kees = member(lindelaan, "Kees", Role.PROFESSIONAL)
    post_invitation(signed_in(ann), beekwaarde)
    address = address_in_letter()

    assert "/inloggen/?next=" in client.get(address).content.decode()
    signed_in(member(lindelaan, "Eve")).post(address)
    assert not Membership.objects.filter(organisation=beekwaarde, user__name="Eve").exists()
    assert signed_in(kees).post(address).status_code == 302
    assert Membership.objects.filter(organisation=beekwaarde, user=kees).exists()


def test_sending_again_stops_the_old_link(client, beekwaarde, ann):
    browser = signed_in(ann)
    post_invitation(browser, beekwaarde)
    old = address_in_letter()
    invitation = Invitation.objects.get()

    browser.post(reverse("organisations:invite_again", args=[invitation.pk]))

    assert client.get(old).status_code == 410
    assert client.get(address_in_letter()).status_code == 200


@pytest.mark.parametrize("spoil", ["withdrawn_at", "expires_at"])
def test_a_withdrawn_or_expired_link_opens_nothing(client, beekwaarde, ann, spoil):
    post_invitation(signed_in(ann), beekwaarde)
    Invitation.objects.update(**{spoil: now() - timedelta(seconds=1)})

    answer = client.post(address_in_letter(), {"name": "Kees", "password": PASSWORD})

    assert answer.status_code == 410
    assert not User.objects.filter(email="kees@example.org").exists()


def test_nobody_is_invited_twice_at_the_same_time(beekwaarde, ann):
    browser = signed_in(ann)
    post_invitation(browser, beekwaarde)

    assert post_invitation(browser, beekwaarde).status_code == 422
    assert Invitation.objects.count() == Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("system_administrator", "beekwaarde"),
        ("guest", "beekwaarde"),
        ("visitor", "beekwaarde"),
        ("student", "lindelaan"),
        ("partner_administrator", "lindelaan"),
    ],
)
def test_no_role_can_be_taken_that_is_not_ones_own_to_give(beekwaarde, lindelaan, ann, role, place):
    where = {"beekwaarde": beekwaarde, "lindelaan": lindelaan}[place]

    answer = post_invitation(
        signed_in(ann), beekwaarde, role=role, where=f"organisation:{where.pk}"
    )

    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_the_system_administrator_invites_the_first_administrator_only(beekwaarde):
    root = User.objects.create(email="root@example.org", name="Root")
    give(root, Role.SYSTEM_ADMINISTRATOR, Kind.SITE)
    browser = signed_in(root)

    refused = post_invitation(browser, beekwaarde, role="student")
    sent = post_invitation(browser, beekwaarde, role="partner_administrator")

    assert (refused.status_code, sent.status_code) == (422, 302)


def test_a_role_that_opens_much_asks_a_second_step(beekwaarde, ann):
    fatma = member(beekwaarde, "Fatma")
    where = Where(Kind.ORGANISATION, beekwaarde.pk)
    whom = inviting.Invited(
        email="pim@example.org", name="Pim", role=Role.PARTNER_ADMINISTRATOR, where=where
    )
    invitation = inviting.invite(beekwaarde, whom, by=ann.pk)
    pim = inviting.join(invitation, "Pim", PASSWORD)
    pim.refresh_from_db()

    assert pim.needs_second_factor
    assert not fatma.needs_second_factor


def test_a_membership_that_exists_refuses_the_invitation(beekwaarde, ann):
    fatma = member(beekwaarde, "Fatma")
    where = Where(Kind.ORGANISATION, beekwaarde.pk)
    whom = inviting.Invited(email=fatma.email, name="F", role=Role.STUDENT, where=where)

    with pytest.raises(Refused, match=r"fatma@example\.org"):
        inviting.invite(beekwaarde, whom, by=ann.pk)
    assert RoleGrant.objects.filter(user=fatma).count() == 0
