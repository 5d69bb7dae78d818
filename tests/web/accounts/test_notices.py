"""People are told once until they read it, and by mail if they want that."""

from datetime import date

import pytest
from django.core import mail as post
from django.urls import NoReverseMatch
from django.utils.timezone import now

from biotoop.web.accounts.actions import notices
from biotoop.web.accounts.models import Notice, User
from biotoop.web.accounts.tasks import send_digests
from biotoop.web.shared.actions import schedule
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.models import Job, Worker
from web.accounts.conftest import sign_in

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
OBJECT = "0b1f3c52-6d0f-4c5e-9a70-0d3f5a1c2b3d"

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _a_kind_of_news(monkeypatch, settings):
    settings.MAIL_IS_KEPT = False
    monkeypatch.setitem(notices.TEXTS, "asked", "Bas vraagt je om %(title)s te lezen.")
    monkeypatch.setitem(notices.TEXTS, "bare", "Er is 100% nieuws.")


def tell(user: User, title: str = "Samen sterk", about: str | None = OBJECT) -> None:
    where = "shared:file" if about else "accounts:account"
    words = {"title": title}
    notices.tell([user.pk], "asked", words=words, url_name=where, object_id=about)


def unread(user: User) -> int:
    return User.objects.get(pk=user.pk).unread


def test_news_is_told_once_until_it_is_read(fatma):
    tell(fatma)
    tell(fatma)
    before = unread(fatma)
    notices.read(fatma)
    tell(fatma)

    assert (before, unread(fatma)) == (1, 1)
    assert Notice.objects.count() == 2


def test_the_number_of_unread_news_stands_on_every_page_without_a_query_for_it(
    client, fatma, django_assert_max_num_queries
):
    tell(fatma)
    sign_in(client)
    with django_assert_max_num_queries(3):
        page = client.get("/").content.decode()

    assert '<span class="count">1<span class="hidden"> ongelezen' in page


def test_opening_a_piece_of_news_marks_it_as_read_and_leads_there(client, fatma):
    tell(fatma, about=None)
    sign_in(client)
    listed = client.get("/nieuws/").content.decode()
    answer = client.post(f"/nieuws/{Notice.objects.get().pk}/")

    assert "Bas vraagt je om Samen sterk te lezen." in listed
    assert answer.headers["Location"] == "/account/"
    assert unread(fatma) == 0


def test_nobody_reads_the_news_of_another(client, fatma, staff):  # noqa: ARG001 - she signs in
    tell(staff)
    sign_in(client)

    assert client.post(f"/nieuws/{Notice.objects.get().pk}/").status_code == 404
    assert "Samen sterk" not in client.get("/nieuws/").content.decode()
    client.post("/nieuws/gelezen/")
    assert unread(staff) == 1


def test_a_title_with_markup_stays_a_title(client, fatma):
    tell(fatma, "<b>x</b> %(y)s 100%")
    sign_in(client)

    assert "&lt;b&gt;x&lt;/b&gt; %(y)s 100%" in client.get("/nieuws/").content.decode()


@pytest.mark.parametrize(
    ("title", "end"), [("Wat helpt?", "helpt?"), ("Wat …", "…"), ("Samen eten", "eten.")]
)
def test_a_sentence_that_ends_with_a_title_ends_once(title, end):
    code = notices.notice_kind("tried_ending", "Er kwam iets binnen: %(title)s.")

    assert notices.text_of(Notice(code=code, words={"title": title})).endswith(f" {end}")


def test_a_text_without_words_may_hold_a_percentage(fatma):
    notices.tell([fatma.pk], "bare", url_name="accounts:account")

    assert notices.text_of(Notice.objects.get()) == "Er is 100% nieuws."


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    client, fatma, django_assert_max_num_queries
):
    for number in range(35):
        notices.tell([fatma.pk], "asked", words={"title": str(number)}, url_name="shared:file",
                     object_id=f"0b1f3c52-6d0f-4c5e-9a70-0000000000{number:02}")  # fmt: skip
    sign_in(client)

    with django_assert_max_num_queries(6):
        page = client.get("/nieuws/")
    assert page.content.decode().count('class="meta"') == 30


def work() -> None:
    Job.objects.update(run_after=now())
    Work(Worker.objects.create()).run_all(until_empty=True)


@pytest.mark.parametrize(
    ("wish", "day", "letters"),
    [
        ("daily", TUESDAY, 1),
        ("weekly", TUESDAY, 0),
        ("weekly", MONDAY, 1),
        ("none", MONDAY, 0),
    ],
)
def test_news_comes_by_mail_as_often_as_a_person_wants(fatma, wish, day, letters):
    User.objects.filter(pk=fatma.pk).update(digest=wish)
    tell(fatma)
    send_digests.func(day.isoformat())
    send_digests.func(day.isoformat())
    work()

    assert [letter.to for letter in post.outbox] == [[fatma.email]] * letters
    if letters:
        assert post.outbox[0].subject == "1 nieuwtje in Biotoop"
        assert "- Bas vraagt je om Samen sterk te lezen." in post.outbox[0].body


def test_news_that_was_read_or_mailed_is_not_mailed_again(fatma):
    User.objects.filter(pk=fatma.pk).update(digest="daily")
    tell(fatma)
    notices.mail_digests(MONDAY)

    assert notices.mail_digests(TUESDAY) == 0


def test_the_work_of_a_day_is_put_on_the_table_once_and_not_at_night():
    task = "biotoop.web.accounts.tasks.send_digests"
    night = now().replace(year=2026, month=11, day=23, hour=3, minute=0)
    schedule.put_on_table(night)
    before = Job.objects.count()
    for _ in range(2):
        schedule.put_on_table(night.replace(hour=9))

    assert before == 0
    assert Job.objects.filter(task=task).values_list("arguments", flat=True).get() == {
        "args": [],
        "kwargs": {"day": "2026-11-23"},
    }


def test_news_about_a_page_that_is_not_there_is_refused(fatma):
    with pytest.raises(NoReverseMatch):
        notices.tell([fatma.pk], "asked", url_name="accounts:account", object_id=OBJECT)


def test_news_that_nobody_described_is_refused(fatma):
    with pytest.raises(KeyError):
        notices.tell([fatma.pk], "unknown", url_name="accounts:account")
