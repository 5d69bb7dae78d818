"""Nothing of another organisation leaks; nobody's change is lost; long lists stay quick."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.organisations.actions.guests import open_to_guests
from biotoop.web.organisations.models import GuestLink, Invitation, Organisation
from biotoop.web.organisations.rules import Where
from biotoop.web.programmes.models import Agreement, Partner, Partnership
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.models import AuditEntry
from web.organisations.conftest import LONG_AGO, member, organisation
from web.signing import signed_in


@pytest.fixture
def ann(beekwaarde):
    return member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR)


def work_together(*places: Organisation) -> Partnership:
    whole = Partnership.objects.create(name_nl="Lerende biotoop")
    Agreement.objects.create(partnership=whole, starts_on=LONG_AGO)
    for place in places:
        Partner.objects.create(partnership=whole, organisation=place, starts_on=LONG_AGO)
    return whole


@pytest.mark.parametrize(
    "name", ["organisations:list", "programmes:list", "programmes:goals", "programmes:partnerships"]
)
def test_no_list_or_choice_names_an_organisation_of_others(ann, lindelaan, name):
    page = signed_in(ann).get(reverse(name)).content.decode()

    assert lindelaan.name not in page
    assert str(lindelaan.pk) not in page


def test_partners_see_each_other_as_long_as_the_agreement_holds(ann, beekwaarde, lindelaan, today):
    whole = work_together(beekwaarde, lindelaan)
    address, browser = lindelaan.get_absolute_url(), signed_in(ann)
    assert browser.get(address).status_code == 200

    Agreement.objects.filter(partnership=whole).update(ends_on=today - timedelta(days=1))

    assert browser.get(address).status_code == 404


def test_looking_at_people_of_a_partner_is_written_down(ann, beekwaarde, lindelaan):
    work_together(beekwaarde, lindelaan)
    chris = member(lindelaan, "Chris", Role.PROFESSIONAL)
    browser = signed_in(ann)

    browser.get(reverse("organisations:people", args=[beekwaarde.pk]))
    assert not AuditEntry.objects.filter(action="people_seen").exists()
    page = browser.get(reverse("organisations:people", args=[lindelaan.pk])).content.decode()
    entry = AuditEntry.objects.get(action="people_seen")
    person = browser.get(chris.memberships.get().get_absolute_url()).content.decode()

    assert (entry.actor, entry.object_id) == (ann.pk, lindelaan.pk)
    assert "Chris" in page
    assert chris.email not in person
    assert "professional" not in person


def test_a_stranger_is_asked_to_sign_in_whether_or_not_the_thing_exists(client, beekwaarde):
    for pk in (beekwaarde.pk, "5a3ce1cb-6ef2-4c8c-9fb3-3f0d1b2f4e55"):
        answer = client.get(f"/organisaties/{pk}/")
        assert answer.url == f"/inloggen/?next=/organisaties/{pk}/"


def test_two_people_who_edit_at_once_both_keep_their_text(ann, beekwaarde):
    bea = member(beekwaarde, "Bea", Role.PARTNER_ADMINISTRATOR)
    address = reverse("organisations:edit", args=[beekwaarde.pk])
    fields = {"name": beekwaarde.name, "kind": beekwaarde.kind, "edition": beekwaarde.edition}
    first = signed_in(ann).post(address, {**fields, "place": "Beekwaarde"})

    second = signed_in(bea).post(address, {**fields, "place": "De Populier"})

    assert (first.status_code, second.status_code) == (302, 409)
    page = second.content.decode()
    assert "De Populier" in page
    assert "Beekwaarde" in page
    assert Organisation.objects.get(pk=beekwaarde.pk).place == "Beekwaarde"
    again = {**fields, "place": "De Populier", "edition": second.context["edition"]}
    assert signed_in(bea).post(address, again).status_code == 302
    assert Organisation.objects.get(pk=beekwaarde.pk).place == "De Populier"


def test_an_archived_organisation_comes_back_with_one_button(ann, beekwaarde):
    browser = signed_in(ann)
    browser.post(reverse("organisations:archive", args=[beekwaarde.pk]))
    gone = browser.get(reverse("organisations:list")).content.decode()
    browser.post(reverse("organisations:restore", args=[beekwaarde.pk]))

    assert f'href="{beekwaarde.get_absolute_url()}"' not in gone
    assert beekwaarde.name in browser.get(reverse("organisations:list")).content.decode()


def test_a_guest_link_ends_at_once_when_it_is_withdrawn(client, ann, beekwaarde):
    where = Where(Kind.ORGANISATION, beekwaarde.pk)
    link, secret = open_to_guests(beekwaarde, where, "visit", now() + timedelta(days=1), by=ann.pk)
    client.post(reverse("organisations:guest", args=[secret]))
    inside = client.get(beekwaarde.get_absolute_url())

    signed_in(ann).post(reverse("organisations:withdraw_guests", args=[link.pk]))

    assert inside.status_code == 200
    assert client.get(beekwaarde.get_absolute_url()).status_code == 302
    assert client.get(reverse("organisations:guest", args=[secret])).status_code == 410
    assert secret not in str(GuestLink.objects.values().get())


def fill(place: Organisation, number: int) -> None:
    others = [place]
    for step in range(number):
        member(place, f"M{number}x{step}", Role.STUDENT, Role.PROFESSIONAL)
        others.append(organisation(f"Partner {number} {step}"))
        fields = {"organisation": place, "kind": Kind.ORGANISATION, "scope_id": place.pk}
        ways = {**fields, "digest": f"{number}-{step}", "expires_at": now() + timedelta(days=9)}
        invited = {"email": f"{number}-{step}@x.nl", "name": "N", "role": Role.STUDENT}
        Invitation.objects.create(**ways, **invited, sent_at=now())
        GuestLink.objects.create(**ways, purpose="visit")
    work_together(*others)


@pytest.mark.parametrize(
    "name",
    [
        "organisations:list",
        "organisations:detail",
        "organisations:people",
        "organisations:invitations",
        "organisations:guest_links",
    ],
)
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(ann, beekwaarde, name):
    browser = signed_in(ann)
    address = reverse(name, args=[] if name.endswith(":list") else [beekwaarde.pk])
    numbers = []
    for size in (1, 30):
        fill(beekwaarde, size)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 15, numbers
