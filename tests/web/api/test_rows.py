"""The API shows each role the rows that the queries of the pages show, and no others."""

import json

import pytest
from django.core.cache import cache
from django.db import transaction

from biotoop.web.accounts.models import Notice, User
from biotoop.web.analyses.bridge.places import Place
from biotoop.web.analyses.models import Certainty, Override, Run
from biotoop.web.api.views.operations import OPERATIONS
from biotoop.web.clusters.models import Cluster, Seat
from biotoop.web.interviews.models import Claim, Round
from biotoop.web.knowledge.models import Release
from biotoop.web.organisations.models import Membership, Organisation, RoleGrant
from biotoop.web.organisations.queries import reader_of
from biotoop.web.programmes.models import PolicyGoal, Programme
from biotoop.web.questions.models import Gathering, Question
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import visible
from biotoop.web.studies.models import (
    Cycle,
    LiteratureItem,
    PlanRegistration,
    ProcessTest,
    Reflection,
    Study,
)
from biotoop.web.studies.rules import may_in_study
from biotoop.web.theories.models import Theory, Version
from web.api.conftest import Program, program
from web.permissions import world as worlds
from web.permissions.world import LONG_AGO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISTS = {
    "organisations": Organisation, "programmes": Programme, "policy-goals": PolicyGoal,
    "theories": Theory, "studies": Study, "notices": Notice, "cycles": Cycle, "clusters": Cluster,
    "questions": Question, "releases": Release, "gatherings": Gathering,
}  # fmt: skip
ONE = {
    "organisations": Organisation, "programmes": Programme, "policy-goals": PolicyGoal,
    "theories": Theory, "studies": Study, "claims": Claim, "runs": Run, "cycles": Cycle,
    "clusters": Cluster, "questions": Question, "releases": Release, "gatherings": Gathering,
}  # fmt: skip
OF_STUDY = {
    "claims": Claim, "rounds": Round, "literature": LiteratureItem, "tests": ProcessTest,
    "runs": Run, "registrations": PlanRegistration, "grades": Override, "certainties": Certainty,
}  # fmt: skip
PARTS = {
    ("cycles", Cycle): ("reflections", Reflection, "cycle"),
    ("clusters", Cluster): ("seats", Seat, "cluster"),
}
# Tried in a test of their own, each.
APART = {"me", "people", "versions", "version", "draft", "findings"}
PLACES = {Role.SYSTEM_ADMINISTRATOR: Kind.SITE}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):  # noqa: ARG001 - it must be there
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def people(world) -> dict[tuple[Role, Kind], tuple[User, Program]]:
    """Give for each role somebody who holds it in the organisation, and in one study."""
    found, study = {}, world.places[Kind.STUDY]
    for role in Role:
        for kind in (PLACES.get(role, Kind.ORGANISATION), Kind.STUDY):
            user = User.objects.create(email=f"{role}-{kind}@example.org", name=str(role))
            here = world.organisations["here"]
            belongs = Membership.objects.create(user=user, organisation=here, starts_on=LONG_AGO)
            where = {Kind.SITE: None, Kind.ORGANISATION: here.pk, Kind.STUDY: study}
            through = {} if kind == Kind.SITE else {"membership": belongs}
            RoleGrant.objects.create(
                user=user, role=role, kind=kind, scope_id=where[kind], starts_on=LONG_AGO, **through
            )
            found[role, kind] = user, program(user)
    return found


def holding(people, role: Role) -> list[tuple[User, Program]]:
    cache.clear()
    return [held for (named, _kind), held in people.items() if named == role]


def test_every_way_to_read_is_tried_for_every_role():
    tried = {*LISTS, *(f"{path}/<uuid:pk>" for path in ONE)}
    tried |= {f"studies/<uuid:pk>/{path}" for path in OF_STUDY}
    tried |= {f"{whole}/<uuid:pk>/{name}" for (whole, _), (name, _, _) in PARTS.items()}
    reading = {each.path: each.name for each in OPERATIONS if not each.writes}

    assert {name for path, name in reading.items() if path not in tried} == APART
    assert tried <= set(reading)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_the_rows_that_the_person_sees(people, role, path):
    for user, asking in holding(people, role):
        right = set(visible(reader_of(user), LISTS[path]).values_list("pk", flat=True))

        assert {row["id"] for row in asking.all(path, limit=3)} == {str(pk) for pk in right}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", OF_STUDY)
def test_what_a_study_holds_opens_to_who_sees_it(world, people, role, path):
    model = OF_STUDY[path]
    for user, asking in holding(people, role):
        reader = reader_of(user)
        seen = set(visible(reader, Study).values_list("pk", flat=True))
        for placed in world.rows["studies.Study"]:
            study = placed.row
            answer = asking.get(f"studies/{study.pk}/{path}?limit=200")
            rows = visible(reader, model).filter(study=study).values_list("pk", flat=True)
            if study.pk not in seen:
                assert answer.status_code == 404
            elif answer.status_code == 403:
                assert not may_in_study(reader, model, study)
                assert not rows
            else:
                assert {row["id"] for row in answer.json()["items"]} == {str(pk) for pk in rows}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("path", ONE)
def test_one_row_opens_when_it_is_in_the_list_and_else_is_not_there(world, people, role, path):
    model = ONE[path]
    for user, asking in holding(people, role):
        seen = set(visible(reader_of(user), model).values_list("pk", flat=True))
        for placed in world.rows[model._meta.label]:
            answer = asking.get(f"{path}/{placed.row.pk}")
            assert answer.status_code == (200 if placed.row.pk in seen else 404)


@pytest.mark.parametrize("role", Role)
def test_what_cycles_and_clusters_hold_are_the_rows_that_the_person_sees(world, people, role):
    for (path, whole), (name, model, key) in PARTS.items():
        for user, asking in holding(people, role):
            reader = reader_of(user)
            seen = set(visible(reader, whole).values_list("pk", flat=True))
            for placed in world.rows[whole._meta.label]:
                answer = asking.get(f"{path}/{placed.row.pk}/{name}")
                assert answer.status_code == (200 if placed.row.pk in seen else 404)
                if answer.status_code == 200:
                    rows = visible(reader, model).filter(**{key: placed.row})
                    right = {str(pk) for pk in rows.values_list("pk", flat=True)}
                    assert {row["id"] for row in answer.json()["items"]} == right


@pytest.mark.parametrize("role", Role)
def test_people_of_an_organisation_are_those_that_the_person_sees(people, role):
    for user, asking in holding(people, role):
        reader = reader_of(user)
        for place in visible(reader, Organisation):
            rows = visible(reader, Membership).filter(organisation=place, ends_on=None)
            right = {str(pk) for pk in rows.values_list("pk", flat=True)}
            assert {row["id"] for row in asking.all(f"organisations/{place.pk}/people")} == right


@pytest.mark.parametrize("role", Role)
def test_versions_and_drafts_open_with_the_theory(world, people, role):
    for user, asking in holding(people, role):
        reader = reader_of(user)
        seen, written = (
            set(visible(reader, Theory, verb).values_list("pk", flat=True))
            for verb in (Verb.SEE, Verb.CHANGE)
        )
        for placed in world.rows["theories.Theory"]:
            path, pk = f"theories/{placed.row.pk}", placed.row.pk
            listed = asking.get(f"{path}/versions?limit=200")
            assert listed.status_code == (200 if pk in seen else 404)
            if pk in seen:
                right = visible(reader, Version).filter(theory=pk).values_list("pk", flat=True)
                assert {row["id"] for row in listed.json()["items"]} == set(map(str, right))
            for number in (1, 90):
                there = pk in seen and Version.objects.filter(theory=pk, number=number).exists()
                status = asking.get(f"{path}/versions/{number}").status_code
                assert status == (200 if there else 404)
            status = asking.get(f"{path}/draft").status_code
            assert status == (200 if pk in written else 403 if pk in seen else 404)


@pytest.mark.parametrize("role", Role)
def test_findings_are_read_in_the_edition_of_the_role(world, people, role):
    runs = [placed.row for placed in world.rows["analyses.Run"]]
    for run in runs:
        for edition in ("team", "readers"):
            folder = Place(run.digest).edition(edition)
            folder.mkdir(parents=True)
            (folder / "findings.json").write_text(f'{{"edition": "{edition}"}}')
    for user, asking in holding(people, role):
        reader = reader_of(user)
        seen, changed = (
            set(visible(reader, Run, verb).values_list("pk", flat=True))
            for verb in (Verb.SEE, Verb.CHANGE)
        )
        for run in runs:
            answer = asking.get(f"runs/{run.pk}/findings")
            assert answer.status_code == (200 if run.pk in seen else 404)
            if run.pk in seen:
                edition = json.loads(b"".join(answer.streaming_content))["edition"]
                assert edition == ("team" if run.pk in changed else "readers")


def test_words_and_codes_are_for_fewer_people_than_claims(world, people):
    study = world.places[Kind.STUDY]
    shown = {}
    for role in (Role.LAB_RESEARCHER, Role.PROFESSIONAL, Role.CO_RESEARCHER):
        claim = people[role, Kind.STUDY][1].all(f"studies/{study}/claims")[0]
        shown[role] = (claim["quote"] is not None, claim["respondent"])

    assert shown == {
        Role.LAB_RESEARCHER: (True, "R1"),
        Role.PROFESSIONAL: (False, None),
        Role.CO_RESEARCHER: (True, None),
    }
