"""Every app says what of its records can be found, and each has a page to go to."""

import uuid

import pytest
from django.urls import resolve, reverse

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.actions.finding import PROVIDERS, find
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.shared.rules import NOBODY, Grant, Reader
from biotoop.web.theories.models import Theory

EXPECTED = {
    "organisations.Organisation",
    "programmes.Partnership",
    "programmes.PolicyGoal",
    "programmes.Programme",
    "studies.Cycle",
    "studies.Study",
    "theories.Theory",
}


def test_what_people_look_for_can_be_found():
    assert set(PROVIDERS) >= EXPECTED


@pytest.mark.parametrize("label", sorted(EXPECTED))
def test_what_is_found_has_a_page(label):
    provider = PROVIDERS[label]

    assert resolve(reverse(provider.url_name, args=[uuid.UUID(int=1)])).url_name


def test_a_theory_and_its_programme_are_found_by_who_belongs_there(db):  # noqa: ARG001 - rows stand there
    place = Organisation.objects.create(name="Samenkracht", kind="social_work")
    programme = Programme.objects.create(
        organisation=place, slug="p", name_nl="Buren helpen buren", name_en="Neighbours"
    )
    Theory.objects.create(programme=programme, title="Buurthulp in Lindehof")
    grant = Grant(Role.PROFESSIONAL, Kind.ORGANISATION, place.pk)
    member = Reader(uuid.UUID(int=2), (*NOBODY.grants, grant))

    assert [entry.title for entry in find(member, "buurthulp")] == ["Buurthulp in Lindehof"]
    assert [entry.title for entry in find(member, "neighbour")] == ["Buren helpen buren"]
    assert list(find(NOBODY, "buurthulp")) == []
