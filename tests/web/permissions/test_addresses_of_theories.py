"""Addresses of theories are hidden or refused as the matrix says; open ones: tests of theories."""

import pytest
from django.urls import reverse

from biotoop.web.shared.enums import Role
from biotoop.web.shared.rules import matrix
from web.permissions import test_addresses
from web.permissions.test_addresses import ALL, HELD, asked, right

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
clients = test_addresses.clients
# Addresses of one theory; those of its steps, nodes and versions take the same way in.
TRIED = sorted(
    name
    for name, entry in ALL.items()
    if name.startswith("theories:")
    and set(entry.pattern.converters) == {"pk"}
    and matrix().operations[name].model == "theories.Theory"
)


@pytest.mark.parametrize("role", [Role.VISITOR, *HELD])
@pytest.mark.parametrize("name", TRIED)
def test_a_theory_stays_closed_to_who_may_not_do_this(world, clients, name, role):
    client, user = clients[role]
    rows = [placed.row for placed in world.rows["theories.Theory"]]
    wanted = {row: right(world, name, role, user, row) for row in (rows[0], rows[-1])}
    closed = {row: answers for row, answers in wanted.items() if answers <= {401, 403, 404}}

    assert rows[-1] in closed, "the theory of strangers"
    for row, answers in closed.items():
        assert asked(client, reverse(name, args=[row.pk])) in answers
