"""System administrators see which letters wait or failed, not what they say."""

import pytest

from biotoop.web.shared.actions import mail
from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import Job, Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_kind_of_letter(monkeypatch):
    monkeypatch.setitem(mail.KINDS, "accounts/reset", "a link")


def letters(number: int) -> None:
    for at in range(number):
        mail.send(f"p{at}@example.org", "accounts/reset", {"path": "/geheim"}, "nl", f"x:{at}")


@pytest.fixture
def administrator(client, signed_in):
    return signed_in(client, "system_administrator")


def test_an_administrator_sees_state_and_kind_but_no_content(administrator):
    letters(1)
    page = administrator.get("/beheer/post/").content.decode()

    assert "a link" in page
    assert "p…@example.org" in page
    assert "p0@" not in page
    assert "geheim" not in page
    assert administrator.get(f"/beheer/post/{Letter.objects.get().id}/").status_code == 404


def test_a_letter_that_was_given_up_is_tried_again_with_one_click(administrator):
    letters(1)
    Job.objects.update(state=JobState.DEAD)
    page = administrator.get("/beheer/post/").content.decode()
    answer = administrator.post(f"/beheer/post/{Letter.objects.get().id}/opnieuw/")

    assert "Opnieuw proberen" in page
    assert answer.status_code == 302
    assert Job.objects.get().state == JobState.WAITING


def test_the_demo_shows_a_letter_because_nobody_gets_it(administrator, settings, monkeypatch):
    settings.MODE = "demo"
    letters(1)
    monkeypatch.setattr(mail, "written", lambda letter: ("Dag", f"voor {letter.to}"))

    page = administrator.get(f"/beheer/post/{Letter.objects.get().id}/").content.decode()

    assert "p0@example.org" in page


def test_others_do_not_see_the_outbox(client, signed_in):
    letters(1)
    other = signed_in(client, "professional")

    assert other.get("/beheer/post/").status_code == 403
    assert other.post(f"/beheer/post/{Letter.objects.get().id}/opnieuw/").status_code == 404


def test_the_outbox_takes_as_many_queries_for_one_letter_as_for_thirty(
    administrator, django_assert_max_num_queries
):
    letters(30)

    with django_assert_max_num_queries(6):
        administrator.get("/beheer/post/")
