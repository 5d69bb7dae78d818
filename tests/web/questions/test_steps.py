"""Every step from every state, for every role and for who has no account."""

import itertools

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.accounts.models import Notice
from biotoop.web.organisations.models import RoleGrant
from biotoop.web.programmes.models import Agreement, Partner, Partnership
from biotoop.web.questions.actions.stepping import take_step
from biotoop.web.questions.actions.telling import follow_address
from biotoop.web.questions.enums import SHARED, WAY, QuestionState, Who
from biotoop.web.questions.models import Desk, Expertise, Match, Question, QuestionStep
from biotoop.web.questions.queries import researcher_of
from biotoop.web.questions.rules.steps import STEPS
from biotoop.web.shared.actions.mail import written
from biotoop.web.shared.actions.records import put_away
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.models import AuditEntry, Letter
from biotoop.web.shared.rules import matrix
from web.organisations.conftest import LONG_AGO, member, organisation
from web.questions.conftest import desk_of, matched, question, translated
from web.signing import signed_in

HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]
AT_DESK = {
    role for (label, role, verb), words in matrix().cells.items()
    if label == "questions.Question" and verb == Verb.DECIDE and "organisation" in words
}  # fmt: skip
TEXT = {"text": "Zo zit het."}
FIELDS = {
    "ask": TEXT,
    "answer": TEXT,
    "accept": {"title": "Samen eten", "themes": ["loneliness"]},
    "refuse": {**TEXT, "alternative": "Vraag het de huisarts."},
    "reopen": TEXT,
    "match": {"hours": 4, "why": "Kent dit."},
    "hand_back": TEXT,
    "reflect": {"reflection": "Er is al veel bekend."},
    "begin": {"approach": "Wij eten mee."},
    "deliver": {"product": "Een werkvorm"},
    "report": {"answer": "Ja, als er ruimte is."},
    "merge": TEXT,
}


def filled(act: str, row: Question) -> dict:
    """Fill in the form of a step as it should be."""
    fields = {**FIELDS.get(act, {}), "edition": row.edition}
    if act == "merge":
        fields["other"] = question(row.desk).pk
    if act == "match":
        fields["expertise"] = Expertise.objects.first().pk
    return fields


def try_step(browser: Client, row: Question, act: str) -> tuple[int, str]:
    address = reverse("questions:step", args=[row.pk, act])
    answer = browser.post(address, filled(act, row))
    code = 401 if answer.status_code == 302 and "/inloggen/" in answer.url else answer.status_code
    return code, Question.objects.get(pk=row.pk).state


def ready(desk, act: str, by) -> Question:
    """Give a question that stands where a step begins, with all that it needs."""
    row = question(desk, STEPS[act].was[0])
    if act == "report":
        translated(row, by)
    return row


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    """Give a desk, a partner and a stranger, and browsers of every role at each of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        homes = {name: organisation(name) for name in ("desk", "partner", "stranger")}
        whole = Partnership.objects.create(name_nl="Biotoop")
        Agreement.objects.create(partnership=whole, starts_on=LONG_AGO)
        for name in ("desk", "partner"):
            Partner.objects.create(partnership=whole, organisation=homes[name], starts_on=LONG_AGO)
        found = People(desk_of(homes["desk"]))
        for (name, home), role in itertools.product(homes.items(), HELD):
            user = member(home, f"{role}-{name}", role)
            found.users[name, role] = user
            found.browsers[name, role] = signed_in(user)
        yield found
        transaction.set_rollback(True)


class People:
    """The desk, and who is signed in where."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.users, self.browsers = desk, {}, {}

    def tries(self, name: str, role: Role, act: str, part: Who | None = None) -> tuple[int, str]:
        """Let somebody try a step in a part; nothing stays of it."""
        user = self.users[name, role]
        with transaction.atomic():
            Expertise.objects.create(user=user, organisation_id=self.desk.organisation_id, hours=9)
            row = ready(self.desk, act, user)
            if part == Who.RESEARCHER:
                matched(row, user)
            if part == Who.ASKER:
                row.contributors.create(user=user, name="Riet", kind="resident", is_owner=True)
            code, state = try_step(self.browsers[name, role], row, act)
            is_told = QuestionStep.objects.filter(question=row, by=user.pk).exists()
            transaction.set_rollback(True)
        assert is_told == (code == 302)
        return code, "same" if state == row.state else state


@pytest.mark.parametrize("act", STEPS)
def test_a_step_of_the_desk_is_taken_by_the_roles_of_the_desk_and_by_no_other(people, act):
    for role in HELD:
        sees = matrix().reaches("questions.Question", role, Verb.SEE) & {"organisation"}
        right = (403 if sees else 404, "same")
        if Who.DESK in STEPS[act].who and role in AT_DESK:
            right = (302, STEPS[act].now.value)
        assert people.tries("desk", role, act) == right, role


@pytest.mark.slow
@pytest.mark.parametrize("act", STEPS)
@pytest.mark.parametrize("part", [Who.RESEARCHER, Who.ASKER])
def test_who_was_matched_and_who_asked_take_their_own_steps_whatever_the_role(people, part, act):
    is_done = part in STEPS[act].who
    right = (302, STEPS[act].now.value) if is_done else (403, "same")
    for role in HELD:
        assert people.tries("stranger", role, act, part) == right, role


@pytest.mark.slow
@pytest.mark.parametrize("act", STEPS)
@pytest.mark.parametrize("name", ["partner", "stranger"])
def test_the_desk_of_another_organisation_takes_no_step(people, name, act):
    shared = STEPS[act].was[0] in SHARED and name == "partner"
    for role in HELD:
        sees = matrix().reaches("questions.Question", role, Verb.SEE) & {"partners"} and shared
        assert people.tries(name, role, act) == (403 if sees else 404, "same"), role


@pytest.mark.parametrize("act", STEPS)
def test_a_visitor_is_sent_to_sign_in(desk, joris, act):
    row = ready(desk, act, joris)
    assert try_step(Client(), row, act) == (401, row.state)


@pytest.mark.parametrize("act", STEPS)
def test_a_guest_by_link_takes_no_step(desk, joris, beekwaarde, act):
    row = ready(desk, act, joris)
    browser = Client()
    made = beekwaarde.guest_links.create(
        kind=Kind.ORGANISATION, scope_id=beekwaarde.pk, purpose="kijken", digest="x" * 64,
        expires_at="2999-01-01T00:00Z",
    )  # fmt: skip
    session = browser.session
    session["guest-link"] = str(made.pk)
    session.save()
    assert try_step(browser, row, act)[1] == row.state
    assert not QuestionStep.objects.exists()


@pytest.mark.usefixtures("joris")
@pytest.mark.parametrize("act", STEPS)
def test_a_step_is_refused_where_it_does_not_begin(desk, noor, act):
    browser = signed_in(noor)
    for state in set(QuestionState) - set(STEPS[act].was):
        row = question(desk, state)
        row.contributors.create(user=noor, name="Noor", kind="resident", is_owner=True)
        assert try_step(browser, row, act) == (422, state)


NEEDED = [(act, name) for act, fields in FIELDS.items() for name in fields] + [
    ("merge", "other"),
    ("match", "expertise"),
]


@pytest.mark.parametrize(("act", "name"), NEEDED)
def test_a_step_asks_for_what_it_needs(desk, noor, joris, act, name):
    row = ready(desk, act, joris)
    row.contributors.create(user=noor, name="Noor", kind="resident", is_owner=True)
    fields = filled(act, row)
    del fields[name]
    address = reverse("questions:step", args=[row.pk, act])

    assert signed_in(noor).post(address, fields).status_code == 422
    assert Question.objects.get(pk=row.pk).state == row.state


@pytest.mark.usefixtures("joris")
def test_the_whole_way_tells_who_asked_at_each_step_and_stands_in_the_trail(desk, noor):
    row = question(desk)
    browser = signed_in(noor)
    for act in ("take", "accept", "match", "reflect", "begin", "deliver"):
        row = Question.objects.get(pk=row.pk)
        assert try_step(browser, row, act)[0] == 302, act
    translated(row, noor)
    worked = researcher_of(Question.objects.get(pk=row.pk))
    assert try_step(browser, Question.objects.get(pk=row.pk), "report") == (302, "reported")

    assert worked is not None
    assert researcher_of(Question.objects.get(pk=row.pk)) == worked
    states = list(row.steps.values_list("now", flat=True))
    assert states == list(WAY[1:])
    acts = set(AuditEntry.objects.filter(object_id=row.pk).values_list("action", flat=True))
    assert {f"question_{act}" for act in ("take", "match", "report")} <= acts
    assert Match.objects.get().ended_on is not None, "the researcher has room again"


def test_reporting_waits_for_what_a_professional_does_differently_or_a_reason(desk, noor):
    row = question(desk, "product")
    browser = signed_in(noor)
    assert try_step(browser, row, "report") == (422, "product")
    address = reverse("questions:step", args=[row.pk, "report"])
    fields = {"answer": "Nee.", "without": "Het bleek niet te helpen.", "edition": 1}
    assert browser.post(address, fields).status_code == 302
    for page in (browser.get(row.get_absolute_url()), Client().get(follow_address(row))):
        assert "Het bleek niet te helpen." in page.content.decode()


@pytest.mark.parametrize("state", ["accepted", "refused"])
def test_the_page_and_the_door_agree_on_who_is_taken_off(desk, noor, lindelaan, state):
    riet = member(lindelaan, "Riet", Role.RESIDENT)
    bep = member(lindelaan, "Bep", Role.RESIDENT)
    row = question(desk, state)
    rows = [
        row.contributors.create(user=user, name=user.name, kind="resident", is_owner=user == riet)
        for user in (riet, bep)
    ]
    right = {riet: {"Riet"}, bep: {"Bep"}, noor: {"Bep"} if state == "accepted" else set()}
    for user, names in right.items():
        browser, shown, done = signed_in(user), set(), set()
        page = browser.get(row.get_absolute_url()).content.decode()
        for one in rows:
            address = reverse("questions:leave", args=[one.pk])
            shown |= {one.name} if address in page else set()
            with transaction.atomic():
                done |= {one.name} if browser.post(address).status_code == 302 else set()
                transaction.set_rollback(True)
        assert shown == done == names, user


def test_handing_back_frees_the_researcher(desk, joris):
    row = question(desk, "matched")
    matched(row, joris)
    assert try_step(signed_in(joris), row, "hand_back") == (302, "accepted")
    assert Match.objects.get().ended_on is not None


def test_a_question_goes_along_only_with_an_open_one_of_the_same_desk(desk, noor, lindelaan):
    row, closed = question(desk, "triage"), question(desk, "refused")
    other = question(desk_of(lindelaan, "lindelaan"))
    address = reverse("questions:step", args=[row.pk, "merge"])
    for wrong in (closed, other, row):
        fields = {"text": "Samen.", "other": wrong.pk, "edition": 1}
        assert signed_in(noor).post(address, fields).status_code == 422


def test_what_happens_with_the_other_is_told_to_who_went_along(desk, noor, client):
    row = question(desk, "merged")
    into = row.merged_into
    try_step(signed_in(noor), into, "take")
    assert "Iemand kijkt naar je vraag" in client.get(follow_address(row)).content.decode()


@pytest.fixture
def taken_along(desk):
    """Give two questions that were taken together; the letters of the second go to Bep."""
    row = question(desk, "merged", email="bep@example.org", confirmed_at=now())
    return row, row.merged_into


def letters_to_bep() -> list[str]:
    return [written(one)[1] for one in Letter.objects.filter(to="bep@example.org")]


def test_what_another_asker_and_the_desk_say_to_each_other_is_not_told(
    taken_along, desk, noor, client
):
    row, other = taken_along
    bep = member(desk.organisation, "Bep", Role.RESIDENT)
    row.contributors.create(user=bep, name="Bep", kind="resident", is_owner=True)
    Question.objects.filter(pk=other.pk).update(state="triage")
    other = take_step(other, "ask", {"text": "Is je man ziek?"}, by=noor.pk, seen=1)
    take_step(other, "answer", {"text": "Ja, en wij hebben schulden."}, by=None, seen=2)

    page = client.get(follow_address(row)).content.decode()
    assert letters_to_bep() == []
    assert not Notice.objects.filter(user=bep).exists()
    for word in ("ziek", "schulden", "Je hebt geantwoord"):
        assert word not in page
    assert "schulden" in client.get(follow_address(other)).content.decode()


def test_when_the_other_is_withdrawn_the_one_that_went_along_is_looked_at_again(
    taken_along, client
):
    row, other = taken_along
    take_step(other, "withdraw", {}, by=None, seen=other.edition)
    row.refresh_from_db()

    assert (row.state, row.merged_into) == ("triage", None)
    [letter] = letters_to_bep()
    assert "is ingetrokken. We kijken opnieuw naar die van jou" in letter
    assert "We kijken opnieuw" in client.get(follow_address(row)).content.decode()
    assert AuditEntry.objects.filter(action="question_parted", object_id=row.pk).exists()


def test_an_archived_question_is_not_shown_to_who_went_along(taken_along, noor, client):
    row, other = taken_along
    Question.objects.filter(pk=other.pk).update(answer="Neem contact op met Riet.")
    other.contributors.create(name="Sjaan Overmars", kind="resident", is_owner=True)
    assert "Sjaan" not in client.get(follow_address(row)).content.decode()
    assert "contact op met Riet" in client.get(follow_address(row)).content.decode()
    put_away(other, by=noor.pk)
    assert "contact op met Riet" not in client.get(follow_address(row)).content.decode()


def test_who_may_not_see_the_other_question_reads_no_word_of_it(taken_along, lindelaan, noor):
    row, other = taken_along
    Question.objects.filter(pk=other.pk).update(text="Mijn man drinkt. Wat nu?")
    bep = member(lindelaan, "Bep", Role.RESIDENT)
    row.contributors.create(user=bep, name="Bep", kind="resident", is_owner=True)
    assert "drinkt" not in signed_in(bep).get(row.get_absolute_url()).content.decode()
    assert "drinkt" in signed_in(noor).get(row.get_absolute_url()).content.decode()


def test_two_who_decide_at_once_do_not_both(desk, noor):
    row = question(desk, "triage")
    fields = {**FIELDS["accept"], "edition": 0}
    address = reverse("questions:step", args=[row.pk, "accept"])
    assert signed_in(noor).post(address, {**fields, "edition": 7}).status_code == 409
    assert Question.objects.get(pk=row.pk).state == "triage"


@pytest.mark.usefixtures("joris")
def test_a_coordinator_of_the_research_programme_decides_about_accepted_questions(desk, college):
    hans = member(college, "Hans")
    whole = college.partnerships.get().partnership
    RoleGrant.objects.create(
        user=hans, role=Role.PROGRAMME_COORDINATOR, kind=Kind.PARTNERSHIP, scope_id=whole.pk,
        membership=hans.memberships.get(), starts_on=LONG_AGO,
    )  # fmt: skip
    raw, accepted = question(desk, "triage"), question(desk, "accepted")

    assert try_step(signed_in(hans), raw, "accept")[0] == 404
    assert try_step(signed_in(hans), accepted, "match") == (302, "matched")
