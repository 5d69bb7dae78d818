"""Letters wait in the outbox, go out once, and what they say is gone afterwards."""

import json

import pytest
from django.utils.timezone import now

from biotoop.web.shared.actions import mail
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.enums import JobState, LetterState
from biotoop.web.shared.models import AuditEntry, Job, Letter, Worker
from web.shared.mailbox import Mailbox

TEXT = "{% load i18n %}Hallo {{ name }}\n\nDag {{ name }},\n\nKijk op {{ site }}/x?a=1&b=2\n"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = box.server_address
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = settings.MAIL_IS_KEPT = False
    settings.DEFAULT_FROM_EMAIL = "Biotoop <biotoop@example.org>"
    yield box
    box.end()


@pytest.fixture(autouse=True)
def _a_letter_of_our_own(tmp_path, monkeypatch, settings):
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "hello.txt").write_text(TEXT)
    settings.ADDRESS = "https://biotoop.example.org"
    monkeypatch.setitem(mail.KINDS, "hello", "a greeting")
    engine = mail.Engine(
        dirs=[tmp_path], autoescape=False, libraries=mail.get_installed_libraries()
    )
    monkeypatch.setattr(mail, "engine", lambda: engine)


pytestmark = pytest.mark.usefixtures("committed")


def write(key="hello:1", name="Fatma") -> Letter:
    return mail.send("fatma@example.org", "hello", {"name": name}, "nl", key)


def work() -> None:
    Job.objects.update(run_after=now())
    Work(Worker.objects.create()).run_all(until_empty=True)


def test_a_letter_goes_out_after_the_request_and_says_what_it_should(mailbox):
    letter = write()
    before = (letter.state, list(mailbox.letters))
    work()

    [received] = mailbox.letters
    text, page = (part.get_content() for part in received.iter_parts())
    assert before == (LetterState.WAITING, [])
    assert received["Subject"] == "Hallo Fatma"
    assert received["To"] == "fatma@example.org"
    assert received["Message-ID"] == f"<{letter.id}@example.org>"
    assert "Dag Fatma," in text
    assert 'href="https://biotoop.example.org/x?a=1&amp;b=2"' in page


@pytest.mark.usefixtures("mailbox")
def test_once_sent_nothing_is_kept_of_what_a_letter_said():
    letter = write(name="Geheim")
    assert "Geheim" not in letter.sealed_words
    work()

    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert letter.sealed_words == ""
    assert "Geheim" not in json.dumps(list(Job.objects.values("arguments", "result", "error")))
    assert AuditEntry.objects.filter(action="letter_sent", object_id=letter.id).exists()


def test_the_same_key_is_one_letter_and_a_second_run_sends_nothing(mailbox):
    first, second = write(), write()
    work()
    mail.deliver(first.id)

    assert first == second
    assert len(mailbox.letters) == 1


def test_a_mail_server_that_refuses_is_tried_again_until_given_up_and_then_by_hand(
    mailbox,
):
    mailbox.is_full = True
    letter = write()
    for _ in range(5):
        work()
    given_up = Letter.objects.get().state
    mailbox.is_full = False
    assert mail.again(Letter.objects.get(), letter.id)
    work()

    assert given_up == LetterState.GIVEN_UP
    assert Letter.objects.get().state == LetterState.SENT
    assert len(mailbox.letters) == 1
    assert not mail.again(Letter.objects.get(), letter.id)


def test_where_mail_is_kept_the_letter_stays_and_can_be_read(settings):
    settings.MAIL_IS_KEPT = True
    letter = write()
    work()

    letter.refresh_from_db()
    assert letter.state == LetterState.KEPT
    assert mail.written(letter)[0] == "Hallo Fatma"
    assert Job.objects.get().state == JobState.DONE


def test_a_letter_that_nobody_described_is_refused():
    with pytest.raises(KeyError):
        mail.send("fatma@example.org", "unknown", {}, "nl", "x")


def test_a_subject_holds_one_line_whatever_a_name_holds():
    letter = write(name="X\nBcc: all@example.org")

    assert mail.message(letter).subject == "Hallo X"


def test_the_job_holds_no_more_than_the_number_of_the_letter():
    letter = write()

    assert Job.objects.get().arguments == {"args": [], "kwargs": {"letter": str(letter.id)}}
