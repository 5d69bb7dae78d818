"""A person may do what they were given, where, and for as long as it was given."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.timezone import now

from biotoop.web.organisations.models import GuestLink, Membership, Organisation
from biotoop.web.organisations.queries import as_guest, reader_of
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import NOBODY, found, may, may_make, visible
from web.organisations.conftest import give, member

DAY = timedelta(days=1)


def test_a_member_sees_colleagues_and_nobody_elsewhere(beekwaarde, lindelaan):
    fatma = member(beekwaarde, "Fatma", Role.PROFESSIONAL)
    member(beekwaarde, "Bas", Role.STUDENT)
    member(lindelaan, "Chris", Role.PROFESSIONAL)

    seen = visible(reader_of(fatma), Membership)

    assert {row.user.name for row in seen} == {"Fatma", "Bas"}


def test_a_reader_costs_one_query(beekwaarde, django_assert_num_queries):
    fatma = member(beekwaarde, "Fatma", Role.PROFESSIONAL, Role.PROGRAMME_OWNER)
    with django_assert_num_queries(1):
        reader = reader_of(fatma)

    assert reader.roles == {Role.VISITOR, Role.PROFESSIONAL, Role.PROGRAMME_OWNER}
    assert reader.places(Kind.ORGANISATION) == {beekwaarde.pk}


def test_somebody_without_an_account_sees_no_organisation(beekwaarde):
    assert not visible(NOBODY, Organisation).exists()
    assert not may(NOBODY, Verb.SEE, beekwaarde)
    with pytest.raises(Http404):
        found(NOBODY, Organisation, beekwaarde.pk)


@pytest.mark.parametrize("shift", [{"starts_on": 1}, {"ends_on": -1}])
def test_a_role_outside_its_dates_gives_nothing(beekwaarde, today, shift):
    dates = {name: today + days * DAY for name, days in shift.items()}
    fatma = member(beekwaarde, "Fatma", Role.PARTNER_ADMINISTRATOR, **dates)

    assert reader_of(fatma).roles == {Role.VISITOR}


def test_a_role_holds_on_its_last_day(beekwaarde, today):
    fatma = member(beekwaarde, "Fatma", Role.STUDENT, ends_on=today)

    assert Role.STUDENT in reader_of(fatma).roles


def test_a_role_ends_with_the_membership_through_which_it_was_given(beekwaarde, today):
    fatma = member(beekwaarde, "Fatma", Role.PARTNER_ADMINISTRATOR)
    Membership.objects.update(ends_on=today - DAY)

    assert reader_of(fatma).roles == {Role.VISITOR}
    assert not visible(reader_of(fatma), Organisation).exists()


def test_what_is_seen_may_still_refuse_a_verb(beekwaarde):
    fatma = member(beekwaarde, "Fatma", Role.PROFESSIONAL)

    assert found(reader_of(fatma), Organisation, beekwaarde.pk) == beekwaarde
    with pytest.raises(PermissionDenied):
        found(reader_of(fatma), Organisation, beekwaarde.pk, Verb.CHANGE)


def test_an_administrator_of_one_organisation_is_nobody_in_another(beekwaarde, lindelaan):
    ann = reader_of(member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR))
    theirs = member(lindelaan, "Chris", Role.PROFESSIONAL).memberships.get()

    assert may(ann, Verb.CHANGE, beekwaarde)
    assert not may(ann, Verb.CHANGE, lindelaan)
    assert may_make(ann, Membership, Kind.ORGANISATION, beekwaarde.pk)
    assert not may_make(ann, Membership, Kind.ORGANISATION, lindelaan.pk)
    with pytest.raises(Http404):
        found(ann, Membership, theirs.pk)


def test_the_system_administrator_makes_organisations_and_sees_nobody_in_them(beekwaarde):
    root = member(beekwaarde, "Root")
    root.memberships.all().delete()
    give(root, Role.SYSTEM_ADMINISTRATOR, Kind.SITE)
    member(beekwaarde, "Fatma", Role.PROFESSIONAL)

    assert may_make(reader_of(root), Organisation, Kind.SITE, None)
    assert not visible(reader_of(root), Membership).exists()


def test_what_was_put_away_is_left_out_and_exists_for_who_may_put_it_back(beekwaarde):
    ann = reader_of(member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR))
    fatma = reader_of(member(beekwaarde, "Fatma", Role.PROFESSIONAL))
    Organisation.objects.update(archived_at=now())

    assert not visible(ann, Organisation).exists()
    assert visible(ann, Organisation, archived=True).get() == beekwaarde
    assert found(ann, Organisation, beekwaarde.pk) == beekwaarde
    with pytest.raises(Http404):
        found(fatma, Organisation, beekwaarde.pk)


@pytest.mark.parametrize(
    ("works", "spoilt"),
    [
        (True, {}),
        (False, {"withdrawn_at": now()}),
        (False, {"expires_at": now() - DAY}),
    ],
    ids=["live", "withdrawn", "expired"],
)
def test_a_guest_sees_the_one_place_of_the_link_while_it_works(beekwaarde, works, spoilt):
    fields = {"digest": "d", "expires_at": now() + DAY, "purpose": "visit", **spoilt}
    link = GuestLink.objects.create(
        organisation=beekwaarde, kind=Kind.ORGANISATION, scope_id=beekwaarde.pk, **fields
    )

    guest = as_guest(NOBODY, link.pk)

    assert visible(guest, Organisation).exists() == works
    assert not visible(guest, Membership).exists()
