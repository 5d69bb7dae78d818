"""The home page says what needs somebody now, and nothing that is not theirs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from biotoop.web.dashboards.queries.waiting import SHOWN, waiting_for
from biotoop.web.organisations.models import Invitation
from biotoop.web.organisations.queries import reader_of
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions import cycles, studies
from biotoop.web.studies.models import Cycle, Reflection, Study
from biotoop.web.theories.actions.publishing import ask_review
from biotoop.web.theories.actions.talking import comment
from web.dashboards.conftest import person, queries_of
from web.signing import signed_in
from web.theories.conftest import enter

HOME = "/vandaag/"
pytestmark = pytest.mark.django_db


def told(user) -> dict[str, list[str]]:
    """Give what waits for somebody: titles by kind, in English."""
    return {str(g.title): [task.title for task in g.tasks] for g in waiting_for(reader_of(user))}


def test_who_is_not_signed_in_is_asked_to_do_so_first():
    answer = Client().get(HOME)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:sign_in"))


def test_a_review_waits_for_others_than_who_asked(theory, owner, colleague):
    ask_review(theory, "Klopt dit?", by=owner)

    assert "Theories to read before they are published" not in names(owner)
    assert names(colleague)["Theories to read before they are published"] == [str(theory)]


def names(user):
    from django.utils.translation import override  # noqa: PLC0415

    with override("en"):
        return told(user)


def test_a_remark_of_another_waits_until_it_is_dealt_with(theory, owner, colleague):
    remark = comment(theory, "Voor wie niet?", by=colleague)
    assert names(owner)["Open remarks"] == [theory.title]
    assert "Open remarks" not in names(colleague)

    remark.resolved_at = now()
    remark.save()
    assert "Open remarks" not in names(owner)


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (59, False)])
def test_a_promised_result_waits_and_says_when_it_is_late(study, researcher, days, is_late):
    Study.objects.filter(pk=study.pk).update(
        purpose="account", publish_by=localdate() + timedelta(days=days)
    )
    [group] = [g for g in waiting_for(reader_of(researcher)) if g.tasks[0].due]
    assert group.tasks[0].title == study.title
    assert bool(group.tasks[0].badge) == is_late


def test_a_result_far_away_or_published_does_not_wait(study, researcher):
    row = Study.objects.filter(pk=study.pk)
    row.update(purpose="account", publish_by=localdate() + timedelta(days=90))
    assert "Promised results" not in names(researcher)
    row.update(publish_by=localdate(), published_on=localdate())
    assert "Promised results" not in names(researcher)


def test_a_cycle_says_how_many_questions_are_open(theory, partnership, researcher):
    words = cycles.CycleWords(title="Ronde", question="Wat helpt?", partnership=partnership)
    cycle = cycles.start(theory, words, by=researcher)
    cycles.answer(cycle, {"agreed": "Ja, met het team."}, by=researcher, seen=cycle.edition)

    groups = waiting_for(reader_of(researcher))
    [task] = [t for g in groups for t in g.tasks if t.title == "Ronde"]
    assert "2" in task.text


def test_a_line_is_asked_for_its_reflection(theory, partnership, researcher):
    cycle = Cycle.objects.create(
        theory=theory, title="Ronde", question="?", partnership=partnership, phase="conclusion"
    )
    row = Reflection.objects.create(cycle=cycle, line=partnership.lines.first())
    kind = "Reflections that are asked of your line"
    assert names(researcher)[kind] == ["Ronde"]

    row.none_received = True
    row.save()
    assert kind not in names(researcher)


def test_safeguards_of_a_study_under_way_wait_for_who_settles_them(study, researcher):
    assert "Safeguards to settle" not in names(researcher)  # still an idea
    Study.objects.filter(pk=study.pk).update(state="plan")
    assert names(researcher)["Safeguards to settle"] == [study.title]


def test_an_invitation_waits_for_who_may_send_it_again(beekwaarde, researcher):
    administrator = person(
        "Ineke", Role.PARTNER_ADMINISTRATOR, Kind.ORGANISATION, beekwaarde.pk, beekwaarde
    )
    Invitation.objects.create(
        organisation=beekwaarde, email="x@example.org", name="Yara", role=Role.STUDENT,
        kind=Kind.ORGANISATION, scope_id=beekwaarde.pk, digest="d", sent_at=now(),
        expires_at=now() + timedelta(days=3),
    )  # fmt: skip
    assert names(administrator)["Invitations without an answer"] == ["Yara"]
    assert "Invitations without an answer" not in names(researcher)


def test_a_stranger_sees_nothing_of_it(theory, study, owner, colleague, stranger):
    ask_review(theory, "Klopt dit?", by=owner)
    comment(theory, "Voor wie niet?", by=colleague)
    Study.objects.filter(pk=study.pk).update(state="plan", publish_by=localdate())

    assert names(stranger) == {}
    page = signed_in(stranger).get(HOME).content.decode()
    assert study.title not in page
    assert "Er wacht niets op jou" in page


def test_a_kind_shows_the_first_few_and_says_that_there_are_more(theory, words, researcher):
    for number in range(SHOWN + 2):
        made = studies.start(theory, words, by=researcher)
        late = localdate() - timedelta(days=number)
        Study.objects.filter(pk=made.pk).update(title=f"Studie {number}", publish_by=late)
    [group] = [g for g in waiting_for(reader_of(researcher)) if g.tasks[0].due]
    assert len(group.tasks) == SHOWN
    assert group.has_more
    assert group.tasks[0].title == f"Studie {SHOWN + 1}"  # the one that is latest of all


def test_the_page_asks_the_same_with_one_study_and_with_thirty(theory, words, researcher):
    browser = signed_in(researcher)
    made = studies.start(theory, words, by=researcher)
    Study.objects.filter(pk=made.pk).update(state="plan", publish_by=localdate())
    with_one = queries_of(browser, HOME)
    for _number in range(29):
        made = studies.start(theory, words, by=researcher)
        Study.objects.filter(pk=made.pk).update(state="plan", publish_by=localdate())
    assert queries_of(browser, HOME) == with_one <= 15


def test_who_has_no_role_reads_whom_to_ask(db, beekwaarde):  # noqa: ARG001
    from biotoop.web.accounts.models import User  # noqa: PLC0415

    nobody = User.objects.create(email="nieuw@example.org", name="Nieuw", password="!")
    assert signed_in(nobody).get(HOME).status_code == 200


@pytest.mark.parametrize("role", [Role.SECOND_CODER, Role.SECOND_ASSESSOR, Role.CO_RESEARCHER])
def test_who_works_in_one_study_finds_it_on_the_first_page(study, beekwaarde, client, role):
    Study.objects.update(state="fieldwork")
    user = person("Pim", role, Kind.STUDY, study.pk, beekwaarde)

    page = enter(client, user).get("/vandaag/")

    assert [row.pk for row in page.context["studies"]] == [study.pk]
    assert page.context["are_mine"]
    assert 'href="/overzicht/"' not in navigation(page)


@pytest.mark.parametrize("role", [Role.LECTURER, Role.SPONSOR, Role.POLICY_READER])
def test_who_follows_studies_finds_them_and_the_overview_in_the_menu(
    study, beekwaarde, client, role
):
    Study.objects.update(state="fieldwork")
    user = person("Joris", role, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)

    page = enter(client, user).get("/vandaag/")

    assert [row.pk for row in page.context["studies"]] == [study.pk]
    assert not page.context["are_mine"]
    assert 'href="/overzicht/"' in navigation(page)


def test_who_is_never_asked_anything_reads_where_to_begin(programme, beekwaarde, client):
    rita = person("Rita", Role.RESIDENT, Kind.PROGRAMME, programme.pk, beekwaarde)

    page = enter(client, rita).get("/vandaag/").content.decode()

    assert '<a class="button" href="/redeneerlijnen/">' in page


def navigation(page) -> str:
    return page.content.decode().partition("<main")[0]
