"""A desk with questions in every state, and people around it."""

import time

import pytest

from biotoop.web.organisations.models import Organisation
from biotoop.web.programmes.models import Agreement, Partner, Partnership
from biotoop.web.questions.actions import links
from biotoop.web.questions.enums import QuestionState
from biotoop.web.questions.models import Desk, Expertise, Match, Question, Translation
from biotoop.web.shared.enums import Role
from web.organisations.conftest import LONG_AGO, member, organisation


@pytest.fixture
def beekwaarde(db) -> Organisation:  # noqa: ARG001 - it stands there
    return organisation("Samenkracht Beekwaarde")


@pytest.fixture
def lindelaan(db) -> Organisation:  # noqa: ARG001 - as above
    return organisation("Jeugdzorggroep Lindelaan")


@pytest.fixture
def college(beekwaarde) -> Organisation:
    """Give a partner of Beekwaarde."""
    made = organisation("Hogeschool De Meander", "applied_sciences")
    whole = Partnership.objects.create(name_nl="Lerende biotoop")
    Agreement.objects.create(partnership=whole, starts_on=LONG_AGO)
    for one in (beekwaarde, made):
        Partner.objects.create(partnership=whole, organisation=one, starts_on=LONG_AGO)
    return made


@pytest.fixture
def desk(beekwaarde) -> Desk:
    return desk_of(beekwaarde)


@pytest.fixture
def noor(beekwaarde):
    """Give somebody of the desk."""
    return member(beekwaarde, "Noor", Role.LAB_RESEARCHER)


@pytest.fixture
def joris(college):
    """Give a lecturer of a partner, who can be asked."""
    user = member(college, "Joris", Role.LECTURER)
    Expertise.objects.create(
        user=user, organisation=college, themes=",loneliness,", methods=",interviews,", hours=10
    )
    return user


def desk_of(home: Organisation, slug: str = "beekwaarde") -> Desk:
    return Desk.objects.create(organisation=home, name_nl="Vraagloket", slug=slug)


def question(desk: Desk, state: str = QuestionState.SUBMITTED, **fields) -> Question:
    """Make a question that stands in some state."""
    fields = {"text": "Wat helpt tegen eenzaamheid?", "asker_kind": "resident", **fields}
    if state == QuestionState.MERGED:
        fields["merged_into"] = question(desk)
    return Question.objects.create(desk=desk, state=state, **fields)


def matched(row: Question, user) -> Match:
    """Let somebody work on a question."""
    expertise = Expertise.objects.filter(user=user).first() or Expertise.objects.create(
        user=user, organisation=row.desk.organisation, hours=10
    )
    return Match.objects.create(question=row, expertise=expertise, why="past")


def translated(row: Question, user) -> Translation:
    return Translation.objects.create(question=row, by=user, text="Ik vraag nu door.")


def old_ticket(what: str, seconds: float = 60) -> str:
    """Give the ticket of a form that stood open for some time."""
    return links.ticket(what, at=time.time() - seconds)


def form(**fields) -> dict[str, str]:
    """Fill in the form as somebody does."""
    asked = {
        "text": "Helpt samen eten?",
        "asker_kind": "resident",
        "ticket": old_ticket("question"),
    }
    return {**asked, **fields}
