"""Another address holds once a letter to it was answered; who has no password signs in anew."""

import re
import time

import pytest
from django.core import mail as post
from django.test import Client
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.models import AuditEntry, Job, Worker
from web.accounts.conftest import PASSWORD, sign_in

NEW = "fatma@elders.example"

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _mail_goes_out(settings):
    settings.MAIL_IS_KEPT = False
    settings.ADDRESS = "http://testserver"


@pytest.fixture
def desk(client, fatma):  # noqa: ARG001 - her account
    sign_in(client)
    return client


def work() -> None:
    Job.objects.update(run_after=now())
    Work(Worker.objects.create()).run_all(until_empty=True)


def ask(desk, email: str = NEW, password: str = PASSWORD):
    answer = desk.post("/account/adres/", {"email": email, "password": password})
    work()
    return answer


def link() -> str:
    return re.search(r"http://testserver(/account/adres/\S+)", post.outbox[-1].body)[1]


def confirm(desk, way: str):
    desk.get(way)
    return desk.post("/account/adres/bevestigen/")


def test_the_new_address_holds_after_the_letter_and_the_old_one_hears_of_it(desk, fatma):
    ask(desk)
    fatma.refresh_from_db()
    assert fatma.email == "fatma@example.org"
    assert post.outbox[-1].to == [NEW]

    way = link()
    page = desk.get(way, follow=True).content.decode()
    assert NEW in page
    assert confirm(desk, way).status_code == 302
    work()

    fatma.refresh_from_db()
    assert fatma.email == NEW
    assert post.outbox[-1].to == ["fatma@example.org"]
    assert AuditEntry.objects.filter(action="address_changed", object_id=fatma.pk).exists()
    assert confirm(desk, way).status_code == 410


def test_without_the_password_no_letter_goes_out(desk):
    assert ask(desk, password="verkeerd").status_code == 422
    assert post.outbox == []


def test_a_link_is_of_who_asked_and_of_two_hours(desk, staff, monkeypatch):
    ask(desk)
    way = link()
    other = Client()
    other.force_login(staff)
    session = other.session
    session["began"] = session["seen"] = int(time.time())
    session["with-code"] = True
    session.save()
    User.objects.filter(pk=staff.pk).update(needs_second_factor=False)
    assert confirm(other, way).status_code == 410

    monkeypatch.setattr("biotoop.web.accounts.actions.addresses.TWO_HOURS", -1)
    assert confirm(desk, way).status_code == 410


def test_an_address_that_somebody_has_is_not_told_and_not_taken(desk, staff, fatma):
    answer = ask(desk, staff.email)

    assert answer.status_code == 200
    assert post.outbox == []
    fatma.refresh_from_db()
    assert fatma.email == "fatma@example.org"


@pytest.fixture
def without_password(client, fatma):
    fatma.set_unusable_password()
    fatma.save()
    client.force_login(fatma)

    def began(seconds_ago: int):
        session = client.session
        session["began"] = int(time.time())
        session["proof"] = {"user": str(fatma.pk), "at": int(time.time()) - seconds_ago}
        session["seen"] = int(time.time())
        session.save()
        return client

    return began


def test_who_has_no_password_takes_the_account_away_right_after_signing_in(without_password, fatma):
    desk = without_password(10)
    assert 'type="password"' not in desk.get("/account/wissen/").content.decode()

    assert desk.post("/account/wissen/", {"sure": "on"}).status_code == 302

    fatma.refresh_from_db()
    assert not fatma.is_active
    assert fatma.name != "Fatma"


def test_who_has_no_password_and_signed_in_long_ago_signs_in_once_more_first(
    without_password, fatma
):
    desk = without_password(3600)

    answer = desk.post("/account/wissen/", {"sure": "on"})

    assert answer.status_code == 200
    assert "nog een keer" in answer.content.decode()
    fatma.refresh_from_db()
    assert fatma.is_active
