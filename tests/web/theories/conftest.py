"""A programme with a theory of change, and people with roles around it."""

import time
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from biotoop.web.accounts.models import User
from biotoop.web.organisations.enums import OrganisationKind
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.programmes.models import Programme
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.theories.actions.theories import Particulars, make
from biotoop.web.theories.bridge.documents import content_of, hash_of, whole_of
from biotoop.web.theories.bridge.files import read_theory
from biotoop.web.theories.models import Theory, Version

LONG_AGO = date(2020, 1, 1)
DEMO = Path(__file__).parents[2] / "engine" / "theory" / "demo"


def sound_theory(name: str = "p1"):
    """Read one of the invented programmes."""
    reading = read_theory((DEMO / f"{name}.yaml").read_text(), "nl")
    assert reading.theory is not None
    return reading.theory


def person(name: str, role: Role, kind: Kind, scope_id, home: Organisation) -> User:
    """Make a person with one role in a place."""
    user = User.objects.create(email=f"{name.lower()}@example.org", name=name, password="!")
    belongs = Membership.objects.create(user=user, organisation=home, starts_on=LONG_AGO)
    RoleGrant.objects.create(
        user=user, role=role, kind=kind, scope_id=scope_id, membership=belongs, starts_on=LONG_AGO
    )
    return user


def enter(client: Client, user: User) -> Client:
    """Sign somebody in, who was seen just now."""
    client.force_login(user)
    session = client.session
    session["began"] = session["seen"] = int(time.time())
    session.save()
    return client


@pytest.fixture
def desk(client, owner) -> Client:
    return enter(client, owner)


@pytest.fixture
def beekwaarde(db) -> Organisation:  # noqa: ARG001 - it stands there
    return Organisation.objects.create(
        name="Samenkracht Beekwaarde", kind=OrganisationKind.SOCIAL_WORK
    )


@pytest.fixture
def elsewhere(db) -> Organisation:  # noqa: ARG001 - as above
    return Organisation.objects.create(name="Verweg", kind=OrganisationKind.SOCIAL_WORK)


@pytest.fixture
def programme(beekwaarde) -> Programme:
    return Programme.objects.create(
        organisation=beekwaarde, name_nl="Wijk- en buurtgericht", slug="wijk"
    )


@pytest.fixture
def theory(programme, owner) -> Theory:
    """Give a theory with a sound draft of eleven nodes and ten steps."""
    particulars = Particulars(title="Buren die elkaar kennen")
    return make(programme, particulars, by=owner, content=content_of(sound_theory()))


@pytest.fixture
def version(theory) -> Version:
    sound = sound_theory()
    made = Version.objects.create(
        theory=theory, number=1, content=whole_of(sound), text_hash=hash_of(sound)
    )
    theory.latest = made
    theory.save()
    return made


@pytest.fixture
def owner(programme, beekwaarde) -> User:
    return person("Fatma", Role.PROGRAMME_OWNER, Kind.PROGRAMME, programme.pk, beekwaarde)


@pytest.fixture
def colleague(programme, beekwaarde) -> User:
    return person("Bas", Role.PROGRAMME_OWNER, Kind.PROGRAMME, programme.pk, beekwaarde)


@pytest.fixture
def stranger(elsewhere) -> User:
    return person("Vera", Role.PROGRAMME_OWNER, Kind.ORGANISATION, elsewhere.pk, elsewhere)
