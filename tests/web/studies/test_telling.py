"""Who works on a study hears what happened to it, once, and never about their own acts."""

from biotoop.web.accounts.actions.notices import text_of
from biotoop.web.accounts.models import Notice, User
from biotoop.web.shared.actions.finding import find
from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions import cycles, lifecycle, registering
from biotoop.web.studies.actions.cycles import CycleWords
from biotoop.web.studies.actions.evidence import add
from biotoop.web.studies.actions.telling import DATA, REGISTERED, tell_team
from biotoop.web.theories.actions.publishing import ask_review, decide
from biotoop.web.theories.enums import ReviewState
from web.studies.test_cycles import answered, to_conclusion
from web.studies.test_studies import literature
from web.theories.conftest import person


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("code", flat=True))


def test_the_team_hears_of_a_registered_plan_once_and_outsiders_do_not(
    study, researcher, owner, stranger, beekwaarde
):
    reads = person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)

    registering.register_plan(study, by=researcher, seen=study.edition, language="nl")
    tell_team(study, REGISTERED, by=researcher)

    assert told(owner) == ["plan_registered"]
    assert told(researcher) == told(reads) == told(stranger) == []
    owner.refresh_from_db()
    assert owner.unread == 1
    assert study.title in text_of(Notice.objects.get(user=owner))


def test_the_team_hears_that_a_study_moved_and_that_data_came_in(study, researcher, owner):
    lifecycle.go_on(study, by=researcher, seen=study.edition)
    tell_team(study, DATA, by=owner)

    assert told(owner) == ["study_moved"]
    assert told(researcher) == ["data_came_in"]


def test_lines_hear_that_their_reflection_is_asked(theory, partnership, owner, beekwaarde):
    speaks = person("Piet", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)
    rita = person("Rita", Role.RESIDENT, Kind.PROGRAMME, theory.programme_id, beekwaarde)
    words = CycleWords(title="Eerste ronde", question="Wat helpt?", partnership=partnership)
    cycle = cycles.start(theory, words, by=owner)

    cycle = answered(cycle, owner)
    cycle = cycles.go_on(cycle, by=owner, seen=cycle.edition)
    assert "reflection_asked" not in told(speaks)
    to_conclusion(cycle, owner)

    assert told(speaks) == ["reflection_asked"]
    assert told(rita) == []


def test_who_may_publish_hears_that_a_theory_waits_and_who_asked_hears_the_answer(
    theory, owner, colleague
):
    review = ask_review(theory, "Klopt stap 4?", by=owner)
    assert told(colleague) == ["theory_review_asked"]
    assert told(owner) == []

    decide(review, ReviewState.APPROVED, "Helder", by=colleague)
    assert told(owner) == ["theory_review_decided"]


def test_literature_is_found_by_who_may_see_the_study_only(study, researcher, stranger, reader):
    item = literature(study)
    add(item, by=researcher)

    assert [each.title for each in find(reader(researcher), "Putnam")] == ["Putnam (2000)"]
    assert not find(reader(stranger), "Putnam").exists()
