"""Research openings, applications, and the learning agenda as the catalogue."""

import itertools

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.programmes.models import Programme
from biotoop.web.questions.enums import ApplicationState
from biotoop.web.questions.models import Application, ApplicationStep, Opening
from biotoop.web.questions.rules.placing import PLACING
from biotoop.web.shared.enums import Role, Verb
from biotoop.web.shared.rules import matrix
from biotoop.web.theories.bridge.documents import hash_of, whole_of
from biotoop.web.theories.models import AgendaItem, Link, Theory, Version
from web.organisations.conftest import member
from web.signing import signed_in
from web.theories.conftest import sound_theory

HELD = [role for role in Role if role not in (Role.VISITOR, Role.GUEST)]
DECIDERS = {
    role for (label, role, verb) in matrix().cells
    if label == "questions.Application" and verb == Verb.DECIDE
}  # fmt: skip
DATES = {"starts_on": "2027-02-01", "ends_on": "2027-06-30", "supervisor": "Joris"}


def opening(home, state: str = "open", **fields) -> Opening:
    fields = {
        "kind": "both", "title": "Wie eet niet mee?", "about": "Wie missen we aan tafel?",
        "angles": "- Beleving\n- Effect", "mentor": "Noor, 2 uur per week", **fields,
    }  # fmt: skip
    return Opening.objects.create(organisation=home, state=state, **fields)


def a_theory(programme: Programme, title: str = "Samen") -> Theory:
    """Give a published theory with the steps of an invented programme."""
    sound = sound_theory()
    made = Theory.objects.create(programme=programme, title=title, visibility="public")
    content = whole_of(sound)
    made.latest = Version.objects.create(
        theory=made, number=1, content=content, text_hash=hash_of(sound)
    )
    made.save()
    Link.objects.bulk_create(
        Link(theory=made, code=link["code"], label=f"Stap {link['code']}")
        for link in content["links"]
    )
    return made


def applied(row: Opening, student, state: str = "applied") -> Application:
    return Application.objects.create(
        opening=row, student=student, angle="Beleving", motivation="Graag.", state=state
    )


def try_step(browser: Client, row: Application, act: str) -> tuple[int, str]:
    fields = {"edition": row.edition, "reason": "Daarom.", **DATES}
    answer = browser.post(reverse("questions:application_step", args=[row.pk, act]), fields)
    code = 401 if answer.status_code == 302 and "/inloggen/" in answer.url else answer.status_code
    return code, Application.objects.get(pk=row.pk).state


@pytest.fixture
def lotte(college):
    return member(college, "Lotte", Role.STUDENT)


@pytest.mark.server
@pytest.mark.parametrize("act", PLACING)
def test_each_role_takes_the_steps_of_the_organisation_only_at_home(
    beekwaarde, college, lindelaan, lotte, act
):
    step = PLACING[act]
    for home, role in itertools.product((beekwaarde, college, lindelaan), HELD):
        with transaction.atomic():
            row = applied(opening(beekwaarde), lotte, step.was[0])
            user = member(home, f"{role}-{home.pk}", role)
            code, state = try_step(signed_in(user), row, act)
            transaction.set_rollback(True)
        if home == beekwaarde and role in DECIDERS:
            done = step.verb == Verb.DECIDE
            assert (code, state) == ((302, step.now) if done else (403, row.state)), role
        else:
            assert (code, state) == (404, row.state), (role, home)


@pytest.mark.parametrize("act", PLACING)
def test_a_student_takes_their_own_steps_and_not_those_of_the_organisation(beekwaarde, lotte, act):
    step = PLACING[act]
    row = applied(opening(beekwaarde), lotte, step.was[0])
    code, state = try_step(signed_in(lotte), row, act)
    done = step.verb == Verb.CHANGE
    assert (code, state) == ((302, step.now) if done else (403, row.state))


@pytest.mark.parametrize("act", PLACING)
def test_another_student_and_a_visitor_take_no_step(beekwaarde, college, lotte, act):
    row = applied(opening(beekwaarde), lotte, PLACING[act].was[0])
    other = member(college, "Anna", Role.STUDENT)
    assert try_step(signed_in(other), row, act) == (404, row.state)
    assert try_step(Client(), row, act) == (401, row.state)
    assert not ApplicationStep.objects.exists()


@pytest.mark.parametrize("act", PLACING)
def test_a_step_is_refused_where_it_does_not_begin(beekwaarde, noor, lotte, act):
    step = PLACING[act]
    browser = signed_in(noor if step.verb == Verb.DECIDE else lotte)
    for state in set(ApplicationState) - set(step.was):
        row = applied(opening(beekwaarde), lotte, state)
        assert try_step(browser, row, act) == (422, state)


@pytest.mark.parametrize("act", [act for act, step in PLACING.items() if step.needs_reason])
def test_a_reason_is_given_where_the_other_needs_one(beekwaarde, noor, lotte, act):
    step = PLACING[act]
    row = applied(opening(beekwaarde), lotte, step.was[0])
    browser = signed_in(noor if step.verb == Verb.DECIDE else lotte)
    address = reverse("questions:application_step", args=[row.pk, act])
    assert browser.post(address, {"edition": row.edition, "reason": " "}).status_code == 422


@pytest.mark.parametrize("role", [Role.VISITOR, *HELD])
def test_only_a_student_applies(beekwaarde, college, role):
    row = opening(beekwaarde)
    browser = Client() if role == Role.VISITOR else signed_in(member(college, "Iemand", role))
    fields = {"angle": "Beleving", "motivation": "Graag."}
    answer = browser.post(reverse("questions:apply", args=[row.pk]), fields)

    assert Application.objects.exists() == (role == Role.STUDENT)
    assert answer.status_code in (302, 403)


def test_places_are_given_once(beekwaarde, college, noor):
    row = opening(beekwaarde, seats=1)
    students = [member(college, name, Role.STUDENT) for name in ("Anna", "Bo")]
    first, second = (applied(row, one, "talk") for one in students)
    browser = signed_in(noor)
    assert try_step(browser, first, "offer") == (302, "offered")
    assert try_step(browser, second, "offer") == (422, "talk")


def test_who_works_in_another_organisation_reads_no_application(beekwaarde, lotte, lindelaan):
    row = applied(opening(beekwaarde), lotte)
    other = signed_in(member(lindelaan, "Vera", Role.LAB_RESEARCHER))
    assert other.get(row.get_absolute_url()).status_code == 404
    assert "Lotte" not in other.get(row.opening.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("angle", "code"), [("Beleving", 302), ("Iets anders", 422)])
def test_an_angle_of_ones_own_only_where_that_can_be_discussed(beekwaarde, lotte, angle, code):
    row = opening(beekwaarde, other_angles=False)
    fields = {"angle": angle, "motivation": "Graag."}
    address = reverse("questions:apply", args=[row.pk])
    assert signed_in(lotte).post(address, fields).status_code == code


@pytest.mark.parametrize(("state", "to", "became"), [
    ("draft", "open", "open"), ("open", "closed", "closed"), ("closed", "open", "open"),
    ("draft", "closed", "draft"), ("open", "draft", "open"),
])  # fmt: skip
def test_an_opening_opens_and_closes(beekwaarde, noor, state, to, became):
    row = opening(beekwaarde, state)
    signed_in(noor).post(reverse("questions:turn_opening", args=[row.pk, to]))
    assert Opening.objects.get().state == became


def test_a_draft_is_read_at_home_only_and_an_open_one_by_anybody(client, beekwaarde, noor, lotte):
    draft, open_one = opening(beekwaarde, "draft"), opening(beekwaarde)
    assert signed_in(lotte).get(draft.get_absolute_url()).status_code == 404
    assert signed_in(noor).get(draft.get_absolute_url()).status_code == 200
    assert client.get(open_one.get_absolute_url()).status_code == 200


def test_the_agenda_of_a_theory_that_was_run_keeps_its_order_and_reasons(client, beekwaarde):
    theory = a_theory(Programme.objects.create(organisation=beekwaarde, name_nl="P", slug="p"))
    links = list(theory.links.order_by("code"))
    for rank, link in enumerate(reversed(links[:3]), start=1):
        AgendaItem.objects.create(
            version=theory.latest, link=link, run="00000000-0000-0000-0000-000000000001",
            rank=rank, reason_nl=f"Reden {rank}", made_at=now(),
        )  # fmt: skip
    row = opening(beekwaarde, step=links[1], supervision="Hanna Oostermeer")
    page = client.get(reverse("questions:agenda")).content.decode()

    places = [page.index(f"Reden {rank}") for rank in (1, 2, 3)]
    assert places == sorted(places)
    assert row.get_absolute_url() in page
    assert "Hanna Oostermeer" in page


def test_a_theory_that_nobody_ran_is_ordered_by_what_rests_on_its_steps(client, beekwaarde):
    from biotoop.web.questions.bridge.routes import routes_of  # noqa: PLC0415

    theory = a_theory(Programme.objects.create(organisation=beekwaarde, name_nl="P", slug="p"))
    ways = routes_of(theory.latest.content)
    page = client.get(reverse("questions:agenda")).content.decode()

    assert [n for _code, n in ways] == sorted((n for _code, n in ways), reverse=True)
    assert f"Stap {ways[0][0]}<" in page
    assert page.index(f"Stap {ways[0][0]}<") < page.index(f"Stap {ways[5][0]}<")


def test_a_step_of_the_agenda_becomes_a_topic(beekwaarde, noor):
    theory = a_theory(Programme.objects.create(organisation=beekwaarde, name_nl="P", slug="p"))
    link = theory.links.first()
    address = f"{reverse('questions:make_opening')}?step={link.pk}"
    page = signed_in(noor).get(address).content.decode()
    assert f'<option value="{link.pk}" selected>' in page


@pytest.mark.server
@pytest.mark.parametrize(
    ("was", "to"), [("draft", "open"), ("closed", "open"), ("open", "closed")], ids=str
)
def test_each_role_opens_and_closes_only_at_home_and_as_the_file_says(
    beekwaarde, lindelaan, was, to
):
    row = opening(beekwaarde, was)
    address = reverse("questions:turn_opening", args=[row.pk, to])
    for home, role in itertools.product((beekwaarde, lindelaan), [Role.VISITOR, *HELD]):
        start = transaction.savepoint()
        held = [] if role == Role.VISITOR else [role]
        browser = signed_in(member(home, f"{role}-{home.pk}", *held)) if held else Client()
        code = browser.post(address).status_code
        state = type(row).objects.get(pk=row.pk).state
        transaction.savepoint_rollback(start)
        here = {"organisation"} if home == beekwaarde else set()
        label = row._meta.label
        done = bool(matrix().reaches(label, role, Verb.CHANGE) & here)
        assert (state == to) == done, (role, home)
        if done or role == Role.VISITOR:
            assert code in (302, 403, 404)
            continue
        sees = was == "open" or matrix().reaches(label, role, Verb.SEE) & here
        assert code == (403 if sees else 404), (role, home)


def test_the_agenda_leads_from_a_step_to_the_seats_of_clusters(client, beekwaarde, lindelaan):
    from web.clusters.conftest import cluster_of, theme_of  # noqa: PLC0415 - of an app beside

    theory = a_theory(Programme.objects.create(organisation=beekwaarde, name_nl="P", slug="p"))
    step = theory.links.get(code="S1")
    free, full = (
        cluster_of(theme_of(lindelaan), name_nl=name, capacity=2, is_public=True)
        for name in ("Samen thuis", "Vol huis")
    )
    hidden = cluster_of(theme_of(lindelaan), name_nl="Nog geheim", is_public=False)
    over = cluster_of(theme_of(lindelaan), "finished", name_nl="Voorbij", is_public=True)
    for row in (free, full, hidden, over):
        row.aspects.create(name_nl="Deel", step=step)
        row.aspects.create(name_nl="Nog een deel", step=step)
    for _number in range(2):
        full.seats.create(organisation=beekwaarde, motive="?", state="promised")
    page = client.get(reverse("questions:agenda")).content.decode()

    assert page.count("Samen thuis") == page.count("Vol huis") == 1
    assert "2 plaatsen vrij" in page
    assert "0 plaatsen vrij" in page
    assert "Nog geheim" not in page
    assert "Voorbij" not in page
