"""Programmes, policy goals and research programmes, for who may see and change them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import (
    Agreement,
    Capacity,
    Line,
    LinePartner,
    Partner,
    Partnership,
    PolicyGoal,
    Programme,
)
from biotoop.web.shared.enums import Kind, Role
from web.organisations.conftest import LONG_AGO, give, member, organisation
from web.signing import signed_in


@pytest.fixture
def town(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Gemeente Beekwaarde", "municipality")


@pytest.fixture
def biotoop(town) -> Partnership:
    whole = Partnership.objects.create(name_nl="Lerende biotoop")
    Agreement.objects.create(partnership=whole, starts_on=LONG_AGO)
    Partner.objects.create(partnership=whole, organisation=town, starts_on=LONG_AGO)
    return whole


@pytest.fixture
def hans(town, biotoop):
    """Give the coordinator of the research programme."""
    user = member(town, "Hans", Role.PROFESSIONAL)
    through = user.memberships.get()
    give(user, Role.PROGRAMME_COORDINATOR, Kind.PARTNERSHIP, biotoop.pk, membership=through)
    return user


def test_a_programme_gets_an_address_of_its_own_and_comes_back_from_the_archive(town):
    browser = signed_in(member(town, "Ann", Role.PARTNER_ADMINISTRATOR))
    fields = {"organisation": town.pk, "name_nl": "Wijk & buurt", "status": "running"}
    for _time in range(2):
        assert browser.post(reverse("programmes:make"), fields).status_code == 302
    assert sorted(Programme.objects.values_list("slug", flat=True)) == [
        "wijk-buurt",
        "wijk-buurt-2",
    ]

    row = Programme.objects.first()
    browser.post(reverse("programmes:archive", args=[row.pk]))
    assert Programme.objects.get(pk=row.pk).is_archived
    browser.post(reverse("programmes:restore", args=[row.pk]))
    assert not Programme.objects.get(pk=row.pk).is_archived


def test_nobody_makes_a_programme_for_another_organisation(town, lindelaan):
    browser = signed_in(member(town, "Ann", Role.PARTNER_ADMINISTRATOR))
    fields = {"organisation": lindelaan.pk, "name_nl": "Vreemd", "status": "running"}

    assert browser.post(reverse("programmes:make"), fields).status_code == 422
    assert not Programme.objects.exists()


def test_a_goal_is_set_by_a_municipality_only(town, beekwaarde):
    policy = signed_in(member(town, "Gerda", Role.POLICY_READER))
    social = signed_in(member(beekwaarde, "Ann", Role.PARTNER_ADMINISTRATOR))
    fields = {"name_nl": "Minder eenzaam"}

    made = policy.post(reverse("programmes:make_goal"), {**fields, "organisation": town.pk})
    refused = social.post(
        reverse("programmes:make_goal"), {**fields, "organisation": beekwaarde.pk}
    )

    assert (made.status_code, refused.status_code) == (302, 422)


def test_a_public_goal_opens_without_an_account_and_another_does_not(client, town):
    public, own = (
        PolicyGoal.objects.create(
            organisation=town, name_nl=f"Doel {is_public}", is_public=is_public
        )
        for is_public in (True, False)
    )

    assert client.get(public.get_absolute_url()).status_code == 200
    assert client.get(own.get_absolute_url()).url.startswith("/inloggen/")
    assert "Doel False" not in client.get(reverse("programmes:goals")).content.decode()


def test_an_id_leads_to_its_page_for_who_may_see_it_and_nowhere_else(client, hans, town):
    goal = PolicyGoal.objects.create(organisation=town, name_nl="Doel")

    assert signed_in(hans).get(f"/id/{goal.pk}/").url == goal.get_absolute_url()
    assert client.get(f"/id/{goal.pk}/").url == f"/inloggen/?next=/id/{goal.pk}/"
    assert signed_in(hans).get(f"/id/{town.memberships.get().user_id}/").status_code == 404


def test_the_name_in_the_language_of_the_reader_or_else_the_other(client, town):
    goal = PolicyGoal.objects.create(organisation=town, name_nl="Minder eenzaam", is_public=True)
    client.cookies["biotoop-language"] = "en"
    page = client.get(goal.get_absolute_url()).content.decode()

    assert '<h1 lang="nl">Minder eenzaam</h1>' in page


def test_a_period_that_ends_before_it_begins_is_refused_in_words(hans, biotoop):
    fields = {"starts_on": "2027-01-01", "ends_on": "2026-01-01", "intellectual_property": "x",
              "derived_services": "x", "funding": "x"}  # fmt: skip
    answer = signed_in(hans).post(reverse("programmes:add_agreement", args=[biotoop.pk]), fields)

    assert answer.status_code == 422
    assert "Deze dag ligt voor de eerste dag." in answer.content.decode()


def test_the_coordinator_lays_lines_and_puts_partners_on_them(hans, town, biotoop):
    browser = signed_in(hans)
    browser.post(
        reverse("programmes:add_line", args=[biotoop.pk]), {"name_nl": "Praktijk", "position": 2}
    )
    line = Line.objects.get()
    fields = {"organisation": town.pk, "starts_on": "2026-01-01"}
    browser.post(reverse("programmes:add_line_partner", args=[line.pk]), fields)
    taken = LinePartner.objects.get()
    browser.post(reverse("programmes:archive_line_partner", args=[taken.pk]))

    assert (taken.organisation, line.position) == (town, 2)
    assert LinePartner.objects.get().is_archived


def test_an_administrator_states_the_hours_of_the_own_organisation_only(town, beekwaarde, biotoop):
    Partner.objects.create(partnership=biotoop, organisation=beekwaarde, starts_on=LONG_AGO)
    browser = signed_in(member(town, "Ann", Role.PARTNER_ADMINISTRATOR))
    address = reverse("programmes:add_capacity", args=[biotoop.pk])
    fields = {"year": 2027, "hours": 300, "funding": "own"}

    own = browser.post(address, {**fields, "organisation": town.pk})
    other = browser.post(address, {**fields, "organisation": beekwaarde.pk})

    assert (own.status_code, other.status_code) == (302, 422)
    assert Capacity.objects.get().organisation == town


def fill(town: Organisation, whole: Partnership, number: int) -> None:
    for step in range(number):
        place = organisation(f"P {number} {step}")
        Partner.objects.create(partnership=whole, organisation=place, starts_on=LONG_AGO)
        Programme.objects.create(organisation=place, name_nl="P", slug="p")
        PolicyGoal.objects.create(organisation=town, name_nl="G")
        line = Line.objects.create(partnership=whole, name_nl=f"L {number} {step}")
        LinePartner.objects.create(line=line, organisation=place, starts_on=LONG_AGO)
        put_in = {"partnership": whole, "organisation": place, "hours": 9, "funding": "own"}
        Capacity.objects.create(**put_in, year=2026)


@pytest.mark.parametrize("name", ["list", "goals", "partnerships", "partnership"])
def test_a_list_of_thirty_asks_no_more_than_a_list_of_one(hans, town, biotoop, name):
    browser = signed_in(hans)
    args = [biotoop.pk] if name == "partnership" else []
    numbers = []
    for size in (1, 30):
        fill(town, biotoop, size)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(reverse(f"programmes:{name}", args=args)).status_code == 200
        numbers.append(len(asked))

    assert numbers[0] == numbers[1] <= 15, numbers


def test_search_finds_what_the_reader_sees_and_nothing_of_others(hans, town, lindelaan):
    Programme.objects.create(organisation=town, name_nl="Ontmoeten in het wijkcentrum", slug="o")
    Programme.objects.create(organisation=lindelaan, name_nl="Ontmoeten elders", slug="o")

    page = signed_in(hans).get("/zoeken/?q=ontmoeten").content.decode()

    assert "Ontmoeten in het wijkcentrum" in page
    assert "Ontmoeten elders" not in page
