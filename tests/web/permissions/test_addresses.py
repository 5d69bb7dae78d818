"""Every address for every role: open, refused, hidden, or sent to the sign-in page."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from biotoop.web.organisations.models import Membership, RoleGrant
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import matrix, may_make
from web.permissions.test_models import expected
from web.permissions.world import LONG_AGO
from web.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]
AT_SITE = {Role.SYSTEM_ADMINISTRATOR}


def addresses(resolver: URLResolver, names: tuple[str, ...] = ()) -> dict[str, URLPattern]:
    """Give every named address of the workplace."""
    found = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= addresses(entry, (*names, *filter(None, [entry.namespace])))
        elif entry.name:
            found[":".join((*names, entry.name))] = entry
    return found


ALL = addresses(get_resolver("biotoop.web.config.urls"))
OURS = ("organisations:", "programmes:", "studies:", "interviews:")
# They give files, which the world does not have; and whose turn a reflection is follows from
# belonging to an organisation, as everybody in these browsers does.
APART = {"studies:download", "interviews:folder", "studies:reflect"}
TRIED = sorted(
    name
    for name in {name for name in ALL if name.startswith(OURS)} - APART
    if not matrix().operations[name].open
)


@pytest.fixture(scope="module")
def clients(world) -> dict[Role, tuple[Client, object]]:
    """Sign in one person for each role, at the organisation here; and nobody, for the visitor."""
    found = {Role.VISITOR: (Client(), None)}
    home = world.rows["organisations.Organisation"][0]
    for role in HELD:
        user = type(world.someone).objects.create(email=f"{role}-{uuid4()}@example.org", name=role)
        here = world.organisations["here"]
        belongs = Membership.objects.create(user=user, organisation=here, starts_on=LONG_AGO)
        fields = {"user": user, "role": role, "starts_on": LONG_AGO, "membership": belongs}
        if role in AT_SITE:
            belongs.delete()
            RoleGrant.objects.create(**{**fields, "membership": None, "kind": Kind.SITE})
        else:
            RoleGrant.objects.create(**fields, kind=Kind.ORGANISATION, scope_id=here.pk)
            home.within["own"].add(user.pk)
        found[role] = (signed_in(user), user)
    return found


def rows_for(world, name: str) -> list:
    """Give the rows that an address is tried with: of its model, or the places."""
    operation = matrix().operations[name]
    if operation.lists:
        return [None]
    label = operation.model
    if operation.within:
        label = {
            Kind.ORGANISATION: "organisations.Organisation",
            Kind.PARTNERSHIP: "programmes.Partnership",
            Kind.THEORY: "theories.Theory",
            Kind.STUDY: "studies.Study",
        }[operation.within]
    rows = [placed.row for placed in world.rows[label]]
    return [rows[0], rows[len(rows) // 2], rows[-1]]


def asked(client: Client, address: str) -> int:
    """Give the answer, whatever it takes to get one; nothing stays of what was done."""
    with transaction.atomic():
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/inloggen/"):
        return 401
    return answer.status_code


def right(world, name: str, role: Role, user, row) -> set[int]:
    """Work out what must come back."""
    operation = matrix().operations[name]
    kind = Kind.SITE if role in AT_SITE else Kind.ORGANISATION
    label, verb = operation.model, operation.verb
    words = {word for r in (role, Role.VISITOR) for word in matrix().reaches(label, r, verb)}
    if operation.lists:
        at_home = words & {"organisation", "partners", "own", kind.value, "public"}
        allowed = bool(at_home - ({"own"} if user is None else set()) - unheld(role, kind))
        return {200} if allowed else {401} if user is None else {403}
    see = expected(world, row._meta.label, role, Verb.SEE, kind, user)
    if row.pk not in see:
        return {401} if user is None else {404}
    if operation.within:
        is_allowed = is_made(world, operation, role, kind, user, row)
    else:
        is_allowed = row.pk in expected(world, label, role, verb, kind, user)
    refused = {401} if user is None else {403}
    return {200, 302} if is_allowed else refused


def unheld(role: Role, kind: Kind) -> set[str]:
    """Give the words that mean nothing for a role that is held at this kind of place."""
    if role == Role.VISITOR:
        return {"organisation", "partners"}
    return {"organisation", "partners"} if kind == Kind.SITE else set()


def is_made(world, operation, role, kind, user, row) -> bool:
    """Tell whether the place lets this role do what the address is for."""
    reader = world.reader(role, kind, user)
    model = apps.get_model(operation.model)
    if operation.verb != Verb.MAKE:
        here = [
            p.row.pk
            for p in world.rows[operation.model]
            if row.pk in p.within.get(operation.within, ())
        ]
        return bool(set(here) & expected(world, operation.model, role, operation.verb, kind, user))
    if operation.name == "programmes:add_capacity":
        partners = (
            {p.pk for p in world.together} if row.pk == world.places[operation.within] else ()
        )
        own = any(may_make(reader, model, Kind.ORGANISATION, place) for place in partners)
        return own or may_make(reader, model, operation.within, row.pk)
    return may_make(reader, model, operation.within, row.pk)


@pytest.mark.parametrize("role", [Role.VISITOR, *HELD])
@pytest.mark.parametrize("name", TRIED)
def test_an_address_answers_each_role_as_the_matrix_says(world, clients, name, role):
    client, user = clients[role]
    for row in rows_for(world, name):
        address = reverse(name, args=[row.pk] if row is not None else [])
        assert asked(client, address) in right(world, name, role, user, row), address


def test_every_address_has_a_row_in_the_matrix():
    assert set(ALL) - set(matrix().operations) == set()
    assert set(matrix().operations) - set(ALL) == set()
