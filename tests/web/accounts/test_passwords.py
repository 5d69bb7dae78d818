"""Who forgot a password gets a letter; nobody learns from it who has an account."""

import re

import pytest
from django.core import mail as post
from django.utils.timezone import now

from biotoop.web.accounts.actions import passwords, second_factors
from biotoop.web.accounts.actions.tokens import make
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.models import AuditEntry, Job, Letter, Worker
from web.accounts.conftest import PASSWORD, sign_in

NEW = "een heel andere zin als wachtwoord"

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _mail_goes_out(settings):
    settings.MAIL_IS_KEPT = False
    settings.ADDRESS = "http://testserver"


def work() -> None:
    Job.objects.update(run_after=now())
    Work(Worker.objects.create()).run_all(until_empty=True)


def ask(client, email: str = "fatma@example.org"):
    answer = client.post("/wachtwoord/vergeten/", {"email": email})
    work()
    return answer


def link_in(letter) -> str:
    return re.search(r"http://testserver(/wachtwoord/nieuw/\S+)", letter.body)[1]


def set_new(client, link: str, new: str = NEW, again: str | None = None):
    client.get(link)
    return client.post("/wachtwoord/nieuw/", {"new": new, "again": again or new})


def test_a_person_chooses_a_new_password_by_letter_and_signs_in_with_it(client, fatma):
    ask(client)
    [letter] = post.outbox
    answer = set_new(client, link_in(letter))

    assert letter.to == [fatma.email]
    assert answer.headers["Location"] == "/inloggen/"
    assert sign_in(client).status_code == 422
    assert sign_in(client, password=NEW).status_code == 302
    assert AuditEntry.objects.filter(action="password_reset", object_id=fatma.id).exists()


def test_the_answer_is_the_same_for_an_address_that_nobody_has(
    client, fatma, django_assert_num_queries
):
    with django_assert_num_queries(5):
        known = client.post("/wachtwoord/vergeten/", {"email": fatma.email}).content
    with django_assert_num_queries(5):
        other = client.post("/wachtwoord/vergeten/", {"email": "nobod@example.org"}).content
    work()

    assert re.sub(rb"fatma|nobod|csrf.*?>", b"", known) == re.sub(
        rb"fatma|nobod|csrf.*?>", b"", other
    )
    assert [letter.to for letter in post.outbox] == [[fatma.email]]


def test_neither_the_table_of_jobs_nor_the_outbox_holds_the_address_or_the_link(client, fatma):
    client.post("/wachtwoord/vergeten/", {"email": fatma.email})
    assert fatma.email not in str(list(Job.objects.values("arguments")))

    work()

    assert not Letter.objects.exclude(sealed_words="").exists()


def test_a_link_works_once(client, fatma):  # noqa: ARG001 - her account stands there
    ask(client)
    link = link_in(post.outbox[0])
    set_new(client, link)

    assert client.get(link).status_code == 410
    assert client.post("/wachtwoord/nieuw/", {"new": NEW, "again": NEW}).status_code == 410


@pytest.mark.parametrize("link", ["x/y/", "%00/%00/", "MQ/abc-def/"])
def test_a_made_up_link_is_told_to_be_over(client, link):
    assert client.get(f"/wachtwoord/nieuw/{link}").status_code == 410


def test_a_link_is_over_after_two_hours(client, fatma, settings):  # noqa: ARG001 - as above
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.get(link_in(post.outbox[0])).status_code == 410


def test_other_sessions_and_keys_end_with_the_old_password(client, fatma):
    sign_in(client)
    make(fatma, name="notebook", scope="read", days=30)
    elsewhere = type(client)()
    ask(elsewhere)
    set_new(elsewhere, link_in(post.outbox[0]))

    assert client.get("/account/").status_code == 302
    assert not ApiToken.objects.exists()


def test_a_letter_says_that_the_password_was_changed(client, fatma):  # noqa: ARG001 - as above
    ask(client)
    set_new(client, link_in(post.outbox[0]))
    work()

    assert post.outbox[-1].subject == "Je wachtwoord is gewijzigd"


def test_the_second_step_is_still_asked_after_a_new_password(client, fatma):
    second_factors.set_up(fatma, made := second_factors.new_secret(), code_now(made))
    ask(client)
    set_new(client, link_in(post.outbox[0]))

    assert sign_in(client, password=NEW).headers["Location"] == "/inloggen/code/"


def code_now(secret: str) -> str:
    return second_factors.code_at(secret, int(now().timestamp()) // 30)


@pytest.mark.parametrize(
    ("new", "again", "message"),
    [("kort", "kort", "te kort. Neem minstens 12"), (NEW, NEW + "x", "niet gelijk"), ("", "", "")],
)
def test_a_weak_or_mistyped_password_is_refused(client, fatma, new, again, message):
    ask(client)
    answer = set_new(client, link_in(post.outbox[0]), new, again)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert User.objects.get(pk=fatma.pk).check_password(PASSWORD)


def test_who_asks_too_often_is_slowed_down(client, fatma):  # noqa: ARG001 - as above
    answers = [
        client.post("/wachtwoord/vergeten/", {"email": "fatma@example.org"}) for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert "Wacht" in answers[-1].content.decode()


def test_who_signs_in_through_an_organisation_is_told_so(client, fatma):
    fatma.set_unusable_password()
    fatma.save()
    ask(client)

    assert "via je organisatie" in post.outbox[0].body
    assert "/wachtwoord/nieuw/" not in post.outbox[0].body


def test_a_letter_comes_in_the_language_of_its_reader(client, fatma):
    User.objects.filter(pk=fatma.pk).update(language="en")
    ask(client)

    assert post.outbox[0].subject == "A new password for Biotoop"


def test_changing_the_password_keeps_this_session_and_ends_the_others(client, fatma):  # noqa: ARG001 - as above
    sign_in(client)
    other = type(client)()
    sign_in(other)
    wrong = client.post("/account/wachtwoord/", {"old": "x", "new": NEW, "again": NEW})
    right = client.post("/account/wachtwoord/", {"old": PASSWORD, "new": NEW, "again": NEW})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_a_link_belongs_to_one_person(fatma, staff):
    mine = passwords.default_token_generator.make_token(fatma)

    assert passwords.holder(passwords.urlsafe_base64_encode(str(staff.pk).encode()), mine) is None
