"""Anybody brings a question: five fields, no account, no script; and follows it by a link."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from biotoop.web.accounts.models import Notice
from biotoop.web.questions.actions.arriving import MOST, MOST_LETTERS
from biotoop.web.questions.actions.links import secret_for
from biotoop.web.questions.actions.stepping import forget_addresses, take_step
from biotoop.web.questions.actions.telling import follow_address
from biotoop.web.questions.models import Contributor, Question
from biotoop.web.shared.actions.mail import written
from biotoop.web.shared.enums import Role
from biotoop.web.shared.models import AuditEntry, Letter
from web.organisations.conftest import member
from web.questions.conftest import desk_of, form, old_ticket, question
from web.questions.test_gatherings import come, gathering
from web.signing import signed_in


def address(desk) -> str:
    return reverse("questions:ask", args=[desk.slug])


def act(row, name: str, **fields):
    secret = secret_for("follow", row.pk)
    browser = Client()
    browser.post(reverse("questions:follow_act", args=[secret, name]), fields)
    return Question.objects.get(pk=row.pk)


def test_the_form_has_five_fields_at_most_and_no_script(client, desk):
    page = client.get(address(desk)).content.decode()
    part = page[page.index('<form class="form"') : page.index("</section>")]
    fields = re.findall(r"<(?:input|select|textarea)[^>]*>", part)

    assert 1 <= len([one for one in fields if 'type="hidden"' not in one]) <= 5
    assert "<script" not in page
    assert part.count("mag leeg blijven") == 3, "only the question and who asks must be filled in"


def test_a_question_comes_in_without_account_and_leads_to_its_secret_page(desk):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(address(desk)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    answer = browser.post(address(desk), form(csrfmiddlewaretoken=token), follow=True)

    assert Question.objects.get().text == "Helpt samen eten?"
    assert "Helpt samen eten?" in answer.content.decode()
    assert "biotoop-session" not in browser.cookies


def test_the_desk_hears_of_it_and_nobody_else(client, desk, noor, lindelaan):
    other = member(lindelaan, "Vera", Role.LAB_RESEARCHER)
    client.post(address(desk), form())

    assert list(Notice.objects.values_list("user", flat=True)) == [noor.pk]
    assert other.pk != noor.pk


def test_an_address_is_asked_five_times_a_day_at_most_whether_it_is_theirs(desk):
    codes = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(address(desk), form(email="b@example.org"))
        for number in range(MOST_LETTERS + 1)
    ]
    assert [one.status_code for one in codes] == [302] * MOST_LETTERS + [429]
    assert Letter.objects.count() == Question.objects.count() == MOST_LETTERS


def test_the_same_form_sent_twice_is_one_question(client, desk):
    once = form()
    first, second = (client.post(address(desk), once).url.partition(":")[0] for _time in range(2))

    assert Question.objects.count() == 1
    assert first == second  # behind it stand the second and the signature


@pytest.mark.parametrize("seconds", [0, 25 * 3600])
def test_a_form_that_comes_back_too_soon_or_too_late_keeps_its_words(client, desk, seconds):
    fields = form(ticket=old_ticket("question", seconds))
    answer = client.post(address(desk), fields)

    assert answer.status_code == 422
    assert "Helpt samen eten?" in answer.content.decode()
    assert not Question.objects.exists()
    fresh = re.search(r'name="ticket" value="([^"]+)"', answer.content.decode()).group(1)
    assert fresh != fields["ticket"]


def test_a_ticket_of_somebody_elses_making_is_refused(client, desk):
    assert client.post(address(desk), form(ticket="x")).status_code == 422


def test_a_row_of_web_addresses_is_refused(client, desk):
    text = "http://a http://b https://c"
    assert client.post(address(desk), form(text=text)).status_code == 422


def test_who_sends_much_waits_and_others_do_not(desk):
    answers = [Client().post(address(desk), form()).status_code for _time in range(MOST + 1)]
    other = Client(REMOTE_ADDR="10.0.0.9").post(address(desk), form())

    assert answers == [302] * MOST + [429]
    assert other.status_code == 302


@pytest.mark.parametrize("name", ["ask", "gathering"])
def test_behind_a_proxy_who_sends_much_slows_down_nobody_else(desk, settings, name):
    settings.PROXIES = 1
    room = gathering(desk.organisation, seats=50)

    def send(place: str) -> int:
        browser = Client(REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"6.6.6.6, {place}"})
        if name == "gathering":
            return come(room, "Riet", browser).status_code
        return browser.post(address(desk), form()).status_code

    codes = [send("192.0.2.7") for _time in range(MOST + 1)]
    assert codes == [302] * MOST + [429]
    assert send("192.0.2.8") == 302


def test_a_closed_desk_takes_nothing(client, desk):
    desk.is_open = False
    desk.save()
    assert client.post(address(desk), form()).status_code == 404


def test_one_desk_needs_no_choice_and_two_do(client, desk, lindelaan):
    somewhere = reverse("questions:ask_somewhere")
    assert client.get(somewhere).url == address(desk)
    desk_of(lindelaan, "lindelaan")
    assert "Jeugdzorggroep Lindelaan" in client.get(somewhere).content.decode()


def test_mail_goes_only_to_an_address_that_was_confirmed(client, desk, noor):
    client.post(address(desk), form(email="riet@example.org"))
    row, letter = Question.objects.get(), Letter.objects.get()
    take_step(row, "take", {}, by=noor.pk, seen=1)
    assert Letter.objects.count() == 1, "not confirmed yet"

    way = re.search(r"https?://\S+(/vraag/mail/\S+)", written(letter)[1]).group(1)
    client.get(way)
    assert Question.objects.get().confirmed_at is None, "opening a link says nothing"
    client.post(way)
    row.refresh_from_db()
    take_step(row, "ask", {"text": "Waar is dat?"}, by=noor.pk, seen=row.edition)

    told = written(Letter.objects.exclude(pk=letter.pk).get())[1]
    assert "Waar is dat?" in told
    assert follow_path(told) == follow_address(row)


def follow_path(told: str) -> str:
    return re.search(r"https?://[^/]+(/vraag/volgen/\S+)", told).group(1)


@pytest.mark.parametrize("name", ["follow", "confirm"])
def test_an_invented_link_is_over(client, name, db):  # noqa: ARG001 - it must be there
    assert client.get(reverse(f"questions:{name}", args=["abc:def"])).status_code == 410


def test_a_link_to_follow_confirms_no_address(client, desk):
    row = question(desk, email="riet@example.org")
    secret = secret_for("follow", row.pk)
    assert client.get(reverse("questions:confirm", args=[secret])).status_code == 410


def test_who_asked_answers_withdraws_and_stops_the_mail(desk):
    row = question(desk, "asked", email="riet@example.org")
    row = act(row, "geen-mail")
    assert (row.email, row.state) == ("", "asked")
    row = act(row, "antwoord", text="In de Populier.", edition=row.edition)
    assert (row.state, row.steps.last().text) == ("triage", "In de Populier.")
    row = act(row, "intrekken", edition=row.edition)

    assert row.state == "withdrawn"
    assert AuditEntry.objects.filter(action="question_withdraw", object_id=row.pk).exists()


def test_a_resident_works_along_as_a_researcher_under_a_name_of_choice(desk):
    row = question(desk, "accepted")
    act(row, "meedoen", **{"join-name": "Riet"})
    act(row, "meedoen", **{"join-name": "riet"})

    one = Contributor.objects.get()
    assert (one.name, one.kind, one.is_owner) == ("Riet", "resident", False)


def test_with_the_link_of_one_question_nobody_joins_another(desk):
    row = question(desk, "merged")
    act(row, "meedoen", **{"join-name": "Buur"})
    assert not Contributor.objects.exists()


def test_who_works_along_by_link_stops_by_the_same_link_and_by_no_other(desk, noor, client):
    row, other = question(desk, "accepted"), question(desk, "accepted")
    act(row, "meedoen", **{"join-name": "Riet"})
    one = Contributor.objects.get()
    by_desk = row.contributors.create(name="Vera", kind="professional")
    page = client.get(follow_address(row)).content.decode()
    assert "Haal Riet van de lijst" in page
    assert "Haal Vera van de lijst" not in page

    act(other, "stoppen", who=str(one.pk))
    act(row, "stoppen", who=str(by_desk.pk))
    act(row, "stoppen", who="x")
    assert Contributor.objects.filter(archived_at=None).count() == 2
    act(row, "stoppen", who=str(one.pk))
    assert list(Contributor.objects.filter(archived_at=None)) == [by_desk]
    assert "Riet" not in signed_in(noor).get(row.get_absolute_url()).content.decode()


def test_nobody_works_along_on_a_closed_question(desk):
    row = question(desk, "refused")
    act(row, "meedoen", **{"join-name": "Riet"})
    assert not Contributor.objects.exists()


def test_who_asks_with_an_account_owns_the_question_and_sees_it(desk, lindelaan):
    riet = member(lindelaan, "Riet", Role.RESIDENT)
    browser = signed_in(riet)
    browser.post(address(desk), form())
    row = Question.objects.get()
    page = browser.get(row.get_absolute_url())

    assert page.status_code == 200
    withdraw = reverse("questions:step", args=[row.pk, "withdraw"])
    assert browser.post(withdraw, {"edition": 1}).status_code == 302
    assert Question.objects.get().state == "withdrawn"


def test_the_address_of_who_asked_stands_on_no_page(desk, noor):
    row = question(desk, email="riet@example.org")
    assert "riet@example.org" not in signed_in(noor).get(row.get_absolute_url()).content.decode()


def test_addresses_of_questions_that_ended_long_ago_are_forgotten(desk):
    old, fresh = (
        question(desk, "refused", email="a@example.org", since=day)
        for day in ("2020-01-01", "2999-01-01")
    )
    assert forget_addresses() == 1
    assert [Question.objects.get(pk=one.pk).email for one in (old, fresh)] == ["", "a@example.org"]
