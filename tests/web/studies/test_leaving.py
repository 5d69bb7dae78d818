"""Who goes leaves no study, theory, question or news behind with nobody."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from biotoop.web.accounts.actions.personal_data import to_hand_over
from biotoop.web.accounts.models import Notice
from biotoop.web.organisations.actions.leaving import come_back, leave
from biotoop.web.organisations.queries import live_grants, reader_of
from biotoop.web.shared.enums import Kind, Role, Verb
from biotoop.web.shared.rules import may
from biotoop.web.studies.actions.telling import MOVED, tell_team
from biotoop.web.theories.actions.publishing import ask_review
from web.theories.conftest import person


@pytest.fixture
def student(study, beekwaarde):
    return person("Lotte", Role.STUDENT, Kind.STUDY, study.pk, beekwaarde)


@pytest.fixture
def newcomer(beekwaarde):
    return person("Daan", Role.PROFESSIONAL, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)


def go(leaver, successor=None) -> None:
    leave(
        leaver.memberships.get(), last_day=localdate() - timedelta(days=1), by=leaver.pk,
        successor=successor.memberships.get() if successor else None,
    )  # fmt: skip


def test_the_study_of_one_person_alone_goes_to_who_takes_over(study, student, newcomer):
    assert not may(reader_of(newcomer), Verb.CHANGE, study)

    go(student, newcomer)

    assert may(reader_of(newcomer), Verb.CHANGE, study)
    assert not may(reader_of(student), Verb.CHANGE, study)


def test_a_study_that_others_work_on_gives_nobody_a_role_that_was_not_asked(
    study, student, newcomer, beekwaarde
):
    person("Els", Role.SUPERVISOR, Kind.STUDY, study.pk, beekwaarde)

    go(student, newcomer)

    assert not live_grants().filter(user=newcomer, kind=Kind.STUDY).exists()


def test_unread_news_and_open_questions_go_along(study, theory, researcher, owner, newcomer):
    review = ask_review(theory, "Klopt dit?", by=owner)
    tell_team(study, MOVED, by=researcher)

    go(owner, newcomer)

    review.refresh_from_db()
    newcomer.refresh_from_db()
    assert review.asked_by == newcomer
    assert set(Notice.objects.filter(user=newcomer).values_list("code", flat=True)) == {
        "study_moved", "work_taken_over",
    }  # fmt: skip
    assert newcomer.unread == 2
    assert not Notice.objects.filter(user=owner, read_at=None).exists()


def test_who_comes_back_may_do_again_what_they_did(study, student, newcomer):
    go(student, newcomer)

    come_back(student.memberships.get(), by=newcomer.pk)

    assert may(reader_of(student), Verb.CHANGE, study)


def test_the_last_one_on_a_study_hands_it_over_before_the_account_goes(
    study, student, researcher, owner, beekwaarde
):
    assert to_hand_over(student) == []

    go(researcher)
    go(owner)
    assert any(study.title in reason for reason in to_hand_over(student))

    person("Els", Role.SUPERVISOR, Kind.STUDY, study.pk, beekwaarde)
    assert to_hand_over(student) == []
