"""The invented world comes whole, once, in demo mode only, and on an empty database only."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from architecture.tree import ROOT
from biotoop.web.accounts.models import User
from biotoop.web.analyses.enums import Grade, RunState
from biotoop.web.analyses.models import Run
from biotoop.web.config.demo.content import GOALS, PEOPLE, address_of, content
from biotoop.web.config.demo.seeding import seed
from biotoop.web.config.demo.theories import IMPORTED
from biotoop.web.interviews.models import Claim, Quote
from biotoop.web.organisations.models import Organisation, RoleGrant
from biotoop.web.organisations.queries import reader_of
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models import Worker
from biotoop.web.shared.rules import visible
from biotoop.web.studies.models import Cycle, PlanRegistration, Study
from biotoop.web.studies.queries import late
from biotoop.web.theories.models import GoalLink, LinkAssessment, Theory

EXAMPLE = ROOT / "examples" / "ontmoeten"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001 - it must be there
    """Give the invented world, made once for all tests here."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), transaction.atomic():
        from django.conf import settings  # noqa: PLC0415 - after the setup

        patch.setattr(settings, "MODE", "demo")
        folder = tmp_path_factory.mktemp("media")
        patch.setattr(settings, "MEDIA_ROOT", folder)
        assert seed(EXAMPLE)
        patch.undo()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def in_demo(seeded, settings):
    settings.MODE, settings.MEDIA_ROOT = "demo", seeded


def person(role: Role) -> User:
    return User.objects.get(email=address_of(role))


def test_the_world_holds_what_the_content_says(in_demo):  # noqa: ARG001
    programmes = content()["programmas"]
    assert Organisation.objects.count() == len(content()["organisaties"])
    assert Programme.objects.count() == len(programmes) == 4
    for plain in programmes:
        theory = Theory.objects.get(programme__name_nl=plain["naam"])
        assert theory.invented
        assert theory.latest.number == 1
        assert theory.nodes.count() == len(plain["knopen"])
        assert theory.links.count() == len(plain["schakels"])
    assert GoalLink.objects.count() == sum(
        len(nodes) for goal in GOALS for nodes in goal["nodes"].values()
    )


def test_every_fragment_is_a_claim_with_its_words(in_demo):  # noqa: ARG001
    for plain in content()["programmas"]:
        if plain["code"] == IMPORTED:  # its claims come with the example study
            continue
        said = {each["tekst"] for each in plain["fragmenten"]}
        kept = Quote.objects.filter(claim__study__theory__programme__name_nl=plain["naam"])
        assert said <= set(kept.values_list("text", flat=True))
    assert Claim.objects.filter(study__snapshots__name="data/survey.csv").count() == 240
    assert Claim.objects.filter(stance="contradicts").count() > 28


def test_studies_stand_at_different_places_and_one_is_late(in_demo):  # noqa: ARG001
    assert set(Study.objects.values_list("state", flat=True)) == {"fieldwork", "plan", "analysis"}
    assert late(Study.objects.all()).count() == 1
    assert PlanRegistration.objects.count() == 2
    assert Cycle.objects.filter(decision="adjust", next_cycles__isnull=False).count() == 1


@pytest.mark.server
def test_the_example_waits_for_a_worker_and_gives_every_grade(in_demo):  # noqa: ARG001
    run = Run.objects.get()
    assert run.study.claims.count() == 240
    work = Work(Worker.objects.create())
    while Run.objects.get().state != RunState.DONE:
        assert work.run_one()

    judged = LinkAssessment.objects.filter(run=run.pk)
    assert set(judged.values_list("grade", flat=True)) == set(Grade.values)


def test_every_role_that_can_be_given_has_one_person(in_demo):  # noqa: ARG001
    given = set(RoleGrant.objects.values_list("role", "user__email"))
    assert {(role.value, address_of(role)) for role in PEOPLE} <= given
    assert {role for role, _ in given} == {role.value for role in PEOPLE}
    assert set(PEOPLE) == set(Role) - {Role.GUEST, Role.VISITOR}
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_one_click_signs_in_as_each_person_also_where_a_second_factor_is_asked(in_demo):  # noqa: ARG001
    for role in PEOPLE:
        client = Client()
        answer = client.post(reverse("demo_enter"), {"role": role.value})
        assert answer.status_code == 302
        profile = client.get(reverse("accounts:profile"))
        assert profile.status_code == 200, role
        assert person(role).name in profile.content.decode()


def test_the_sign_in_page_offers_the_people_in_the_demo_only(seeded, settings):  # noqa: ARG001
    page = reverse("accounts:sign_in")
    assert person(Role.SPONSOR).name not in Client().get(page).content.decode()
    settings.MODE = "demo"
    shown = Client().get(page).content.decode()
    assert all(name in shown for name, _home, _kind in PEOPLE.values())


@pytest.mark.parametrize("mode", ["development", "production"])
def test_outside_the_demo_nobody_enters_without_a_password(seeded, settings, mode):  # noqa: ARG001
    settings.MODE = mode
    answer = Client().post(reverse("demo_enter"), {"role": Role.SYSTEM_ADMINISTRATOR.value})
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["", "guest", "visitor", "nobody", "' OR 1=1"])
def test_nobody_enters_as_who_is_not_there(in_demo, role):  # noqa: ARG001
    assert Client().post(reverse("demo_enter"), {"role": role}).status_code == 404


def test_a_page_of_the_demo_says_that_it_is_invented(in_demo):  # noqa: ARG001
    client = Client()
    client.post(reverse("demo_enter"), {"role": Role.PROGRAMME_OWNER.value})
    theory = Theory.objects.get(programme__name_nl=content()["programmas"][0]["naam"])
    for address in ("/", theory.get_absolute_url(), reverse("programmes:goals")):
        assert "Verzonnen." in client.get(address).content.decode()


def test_a_second_time_changes_nothing_that_people_did(in_demo):  # noqa: ARG001
    Programme.objects.filter(name_nl__startswith="Ontmoeten").update(summary="Zelf geschreven.")
    users = User.objects.count()

    assert seed(EXAMPLE) is False
    assert Programme.objects.filter(summary="Zelf geschreven.").count() == 1
    assert User.objects.count() == users


def test_a_visitor_reads_the_public_goals_only(in_demo):  # noqa: ARG001
    shown = visible(reader_of(None), PolicyGoal)
    assert shown.count() == len(GOALS) - 1
