"""Two organisations, with people in them."""

from datetime import date

import pytest
from django.utils.timezone import localdate

from biotoop.web.accounts.models import User
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.shared.enums import Kind, Role

LONG_AGO = date(2020, 1, 1)


def organisation(name: str, kind: str = OrganisationKind.SOCIAL_WORK) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind)


def member(where: Organisation, name: str, *roles: Role, **dates: date) -> User:
    """Make a person who belongs to an organisation, with roles there."""
    user = User.objects.create(email=f"{name.lower()}@example.org", name=name, password="!")
    belongs = Membership.objects.create(user=user, organisation=where, starts_on=LONG_AGO)
    for role in roles:
        give(user, role, Kind.ORGANISATION, where.pk, membership=belongs, **dates)
    return user


def give(user: User, role: Role, kind: Kind, scope_id=None, **fields) -> RoleGrant:
    fields = {"starts_on": LONG_AGO, **fields}
    return RoleGrant.objects.create(user=user, role=role, kind=kind, scope_id=scope_id, **fields)


@pytest.fixture
def beekwaarde(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Samenkracht Beekwaarde")


@pytest.fixture
def lindelaan(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Jeugdzorggroep Lindelaan", OrganisationKind.YOUTH_CARE)


@pytest.fixture
def today() -> date:
    return localdate()
