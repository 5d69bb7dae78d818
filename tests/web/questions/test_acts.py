"""Everything that is done around questions, gatherings and openings, for each role: allowed or not.

Steps of questions and applications, opening, closing and calling off are tried in files of their
own. What is right is worked out from the permission file; one world holds for all tries.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.questions.models import Gathering, Opening
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.rules import matrix
from web.acts import ALLOWED, HIDDEN, REFUSED, OnRow, archived, reaches, right, tried
from web.organisations.conftest import member, organisation
from web.questions.conftest import desk_of, question, translated
from web.signing import signed_in
from web.sweeps import swept

HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]
PLACES = {"here": {"organisation", "all"}, "elsewhere": {"all"}}
LATER = {"starts_at": "2999-01-10T10:00", "ends_at": "2999-01-10T12:00"}
GATHERING = {
    "kind": "cafe",
    "title": "Eten",
    "about": "Samen.",
    "place": "Hier",
    "seats": 5,
    **LATER,
}
OPENING = {
    "kind": "both", "title": "Wie eet mee?", "about": "Wie missen we?", "angles": "Effect",
    "seats": 1, "mentor": "Noor, 2 uur",
}  # fmt: skip
DESK = {"name_nl": "Loket", "slug": "ander-loket", "days": 7}
TRANSLATION = {"text": "Ik vraag nu door.", "edition": 1}


class World:
    """A closed desk with a question that has a result, and what lies around it."""

    def __init__(self) -> None:
        self.here, self.elsewhere = organisation("Samenkracht"), organisation("Verweg")
        self.desk = desk_of(self.here)
        type(self.desk).objects.update(is_open=False)
        self.question = question(self.desk, "product", answer="Ja.")
        writer = member(self.here, "Schrijver")
        self.translation = translated(self.question, writer)
        self.contributor = self.question.contributors.create(name="Riet", kind="resident")
        begins = now() + timedelta(days=9)
        self.gathering = Gathering.objects.create(
            organisation=self.here, kind="cafe", title="Eten", about="Samen.", place="Hier",
            starts_at=begins, ends_at=begins + timedelta(hours=2), seats=5, is_public=False,
            state="open",
        )  # fmt: skip
        self.registration = self.gathering.registrations.create(name="Riet")
        self.opening = Opening.objects.create(organisation=self.here, state="draft", **OPENING)

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
    "edit_desk": OnRow(row="desk", fields=lambda _w: {**DESK, "edition": 1}),
    "archive_desk": OnRow(row="desk", verb=Verb.ARCHIVE),
    "restore_desk": OnRow(row="desk", verb=Verb.ARCHIVE, before=archived("desk")),
    "archive": OnRow(row="question", verb=Verb.ARCHIVE),
    "restore": OnRow(row="question", verb=Verb.ARCHIVE, before=archived("question")),
    "edit_translation": OnRow(row="translation", fields=lambda _w: TRANSLATION),
    "archive_translation": OnRow(row="translation", verb=Verb.ARCHIVE),
    "edit_gathering": OnRow(row="gathering", fields=lambda _w: {**GATHERING, "edition": 1}),
    "strike": OnRow(row="registration"),
    "edit_opening": OnRow(row="opening", fields=lambda _w: {**OPENING, "edition": 1}),
}
LISTS = {
    "make_desk": ("Desk", DESK), "make_gathering": ("Gathering", GATHERING),
    "make_opening": ("Opening", OPENING),
    "expertise": ("Expertise", {"themes": ["youth"], "methods": ["interviews"], "hours": 4}),
}  # fmt: skip


@pytest.mark.parametrize("role", swept([Role.VISITOR, *HELD]))
def test_a_row_is_changed_by_a_role_only_where_the_file_says(world, role):
    for place, words in PLACES.items():
        browser = world.browser(role, place)
        for name, act in ON_ROWS.items():
            row = getattr(world, act.row)
            wanted = right(row._meta.label, role, act.verb, words)
            if role == Role.VISITOR or (wanted == REFUSED and name.startswith("restore")):
                wanted = HIDDEN
            start = transaction.savepoint()
            act.before(world)
            found = tried(browser, reverse(f"questions:{name}", args=[row.pk]), act.fields(world))
            transaction.savepoint_rollback(start)
            assert found == wanted, (role, place, name)


@pytest.mark.parametrize("role", swept([Role.VISITOR, *HELD]))
def test_desks_gatherings_openings_and_what_one_knows_are_made_as_the_file_says(world, role):
    for place in PLACES:
        browser, home = world.browser(role, place), getattr(world, place)
        for name, (model, fields) in LISTS.items():
            makes = matrix().reaches(f"questions.{model}", role, Verb.MAKE)
            wanted = ALLOWED if makes & {"organisation", "own"} else REFUSED
            wanted = HIDDEN if role == Role.VISITOR else wanted
            sent = {**fields, "organisation": home.pk}
            assert tried(browser, reverse(f"questions:{name}"), sent) == wanted, (place, name)


@pytest.mark.parametrize("role", swept([Role.VISITOR, *HELD]))
def test_people_are_put_on_a_question_and_taken_off_by_the_desk(world, role):
    for place, words in PLACES.items():
        browser = world.browser(role, place)
        decides = right("questions.Question", role, Verb.DECIDE, words)
        leaves = right("questions.Contributor", role, Verb.SEE, words)
        leaves = REFUSED if leaves == ALLOWED and decides != ALLOWED else leaves
        makes = bool(matrix().reaches("questions.Translation", role, Verb.MAKE) & {"own"})
        sees = reaches("questions.Question", role, Verb.SEE, words)
        told = (ALLOWED if makes else REFUSED) if sees else HIDDEN
        for name, row, fields, wanted in (
            ("contribute", world.question, {"name": "Bep", "kind": "resident"}, decides),
            ("leave", world.contributor, {}, leaves),
            ("translate", world.question, TRANSLATION, told),
        ):
            wanted = HIDDEN if role == Role.VISITOR else wanted  # noqa: PLW2901 - of nobody
            found = tried(browser, reverse(f"questions:{name}", args=[row.pk]), fields)
            assert found == wanted, (role, place, name)


def test_every_act_of_questions_is_tried_here_or_as_a_step():
    elsewhere = {"step", "open_gathering", "cancel_gathering", "turn_opening", "apply",
                 "application_step"}  # fmt: skip
    pages = {"question", "list", "researchers", "desks", "desk", "gatherings", "gathering",
             "calendar", "openings", "opening", "application", "agenda"}  # fmt: skip
    ours = {
        name.partition(":")[2]
        for name, operation in matrix().operations.items()
        if name.startswith("questions:") and not operation.open
    }
    assert ours - pages - elsewhere == {*ON_ROWS, *LISTS, "contribute", "leave", "translate"}
