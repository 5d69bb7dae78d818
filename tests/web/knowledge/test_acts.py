"""What is done with a product beside its steps, and with reports of use, for each role."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.models.days import site_day
from biotoop.web.shared.rules import matrix
from web.acts import ALLOWED, HIDDEN, REFUSED, OnRow, archived, right, tried
from web.knowledge.conftest import drafted, released
from web.organisations.conftest import member, organisation
from web.signing import signed_in
from web.sweeps import swept

HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]
PLACES = {"home": {"organisation", "all"}, "elsewhere": {"all"}}
TEXTS = {"plain": "Kort en goed.", "for_residents": "Kom erbij.", "edition": 1}
USE = {"who": "Wijkteam", "used_for": "Overleg", "changed": "", "used_on": site_day()}


class World:
    """A product in the making, and a published one that somebody used."""

    def __init__(self) -> None:
        self.home, self.elsewhere = organisation("Lindehof"), organisation("Verweg")
        self.product, self.public = drafted(self.home), released(self.home)
        self.author = self.product.authors.get()
        teller = member(self.elsewhere, "Teller")
        self.use = self.public.uses.create(user=teller, **USE)

    def browser(self, role: Role, place: str) -> Client:
        """Sign somebody in with a role in one of the organisations."""
        if role == Role.VISITOR:
            return Client()
        return signed_in(member(getattr(self, place), f"{role}-{place}-{now()}", role))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


ON_ROWS = {
    "archive": OnRow(row="product", verb=Verb.ARCHIVE),
    "restore": OnRow(row="product", verb=Verb.ARCHIVE, before=archived("product")),
    "add_author": OnRow(row="product", fields=lambda _w: {
        "name": "Jansen, Bep", "is_person": "on", "position": 2}),
    "add_source": OnRow(row="product", fields=lambda w: {"source": w.public.pk}),
    "show_use": OnRow(row="use", verb=Verb.DECIDE),
    "take_back_use": OnRow(row="use", verb=Verb.ARCHIVE),
}  # fmt: skip


@pytest.mark.parametrize("role", swept([Role.VISITOR, *HELD]))
def test_a_product_and_a_report_of_use_are_changed_only_where_the_file_says(world, role):
    for place, words in PLACES.items():
        browser = world.browser(role, place)
        for name, act in ON_ROWS.items():
            row = getattr(world, act.row)
            wanted = right(row._meta.label, role, act.verb, words)
            if role == Role.VISITOR or (wanted == REFUSED and name == "restore"):
                wanted = HIDDEN
            start = transaction.savepoint()
            act.before(world)
            found = tried(browser, reverse(f"knowledge:{name}", args=[row.pk]), act.fields(world))
            transaction.savepoint_rollback(start)
            assert found == wanted, (role, place, name)
        changes = right("knowledge.Product", role, Verb.CHANGE, words)
        changes = HIDDEN if role == Role.VISITOR else changes
        texts = reverse("knowledge:edit", args=[world.product.pk, "teksten"])
        drop = reverse("knowledge:drop", args=[world.product.pk, "maker", world.author.pk])
        assert tried(browser, texts, TEXTS) == changes, (role, place)
        assert tried(browser, drop, {}) == changes, (role, place)


@pytest.mark.parametrize("role", swept([Role.VISITOR, *HELD]))
def test_a_product_is_begun_as_the_file_says_and_use_is_told_by_whoever_signs_in(world, role):
    for place in PLACES:
        browser, home = world.browser(role, place), getattr(world, place)
        makes = "organisation" in matrix().reaches("knowledge.Product", role, Verb.MAKE)
        wanted = ALLOWED if makes else REFUSED
        fields = {"kind": "report", "title": "Nieuw", "place": f"organisation:{home.pk}"}
        telling = reverse("knowledge:tell_use", args=[world.public.pk])
        made, told = tried(browser, reverse("knowledge:make"), fields), tried(browser, telling, USE)
        if role == Role.VISITOR:
            assert (made, told) == (HIDDEN, HIDDEN)
        else:
            assert (made, told) == (wanted, ALLOWED), (role, place)
