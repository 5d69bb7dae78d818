"""A town with a programme, a study, and people around it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from biotoop.web.accounts.models import User
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import PolicyGoal
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.theories.models import GoalLink
from web.studies.conftest import (  # noqa: F401 - fixtures of the floor below
    beekwaarde,
    colleague,
    elsewhere,
    owner,
    partnership,
    person,
    programme,
    researcher,
    stranger,
    study,
    theory,
    version,
    words,
)


@pytest.fixture
def town(db) -> Organisation:  # noqa: ARG001 - it stands there
    return Organisation.objects.create(name="Gemeente", kind=OrganisationKind.MUNICIPALITY)


@pytest.fixture
def goal(town, theory, version) -> PolicyGoal:  # noqa: ARG001, F811 - it is published
    """Give a public goal that the last outcome of the theory serves."""
    made = PolicyGoal.objects.create(organisation=town, name_nl="Buren helpen", is_public=True)
    GoalLink.objects.create(node=theory.nodes.get(code="N10"), goal=made, because="Buren, samen")
    return made


@pytest.fixture
def alderman(town) -> User:
    return person("Sofie", Role.POLICY_READER, Kind.ORGANISATION, town.pk, town)


def queries_of(browser, address: str) -> int:
    """Count what a page asks the database, the second time that it is opened."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
