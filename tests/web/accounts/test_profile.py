"""A person's own settings, keys and data, and the end of an account."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import now

from biotoop.web.accounts.actions import personal_data, tokens
from biotoop.web.accounts.enums import TokenScope
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.shared.models import AuditEntry
from web.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
CHOSEN = {"name": "Fatma A.", "language": "en", "time_zone": "America/Paramaribo", "digest": "none"}


@pytest.fixture
def reader(client, fatma):  # noqa: ARG001 - she signs in
    sign_in(client)
    return client


def test_a_person_chooses_name_language_zone_and_how_news_comes(reader, fatma):
    answer = reader.post("/account/profiel/", CHOSEN)
    page = reader.get("/account/").content.decode()

    fatma.refresh_from_db()
    assert answer.status_code == 302
    assert {name: getattr(fatma, name) for name in CHOSEN} == CHOSEN
    assert '<html lang="en">' in page
    assert "Your profile is saved." in page


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"language": "xx"}, {"time_zone": "Mars/Base"}, {"digest": "hourly"}]
)
def test_a_profile_that_cannot_be_is_refused_whole(reader, fatma, wrong):
    answer = reader.post("/account/profiel/", CHOSEN | wrong)

    assert answer.status_code == 422
    assert User.objects.get(pk=fatma.pk).name == "Fatma"


def test_a_language_chosen_below_a_page_stays_with_the_person(reader, fatma):
    reader.post("/taal/", {"language": "en"})
    elsewhere = type(reader)()
    sign_in(elsewhere)

    assert '<html lang="en">' in elsewhere.get("/").content.decode()
    assert User.objects.get(pk=fatma.pk).language == "en"


def test_a_key_is_shown_once_and_kept_as_a_digest(reader):
    made = reader.post("/account/sleutels/", {"name": "notebook", "scope": "read", "days": 30})
    secret = made.content.decode().partition('class="secret">')[2].partition("<")[0]

    assert secret.startswith("bt_")
    assert secret not in str(ApiToken.objects.values())
    assert secret not in reader.get("/account/sleutels/").content.decode()
    holder, scope = tokens.holder(secret)
    assert (holder.name, scope) == ("Fatma", TokenScope.READ)


def test_a_key_that_is_over_withdrawn_or_of_somebody_gone_opens_nothing(fatma):
    secrets = [tokens.make(fatma, name=str(n), scope="write", days=30) for n in range(3)]
    ApiToken.objects.filter(pk=secrets[0][0].pk).update(expires_at=now() - timedelta(seconds=1))
    tokens.withdraw(fatma, secrets[1][0].pk)

    assert [tokens.holder(secret) is None for _, secret in secrets] == [True, True, False]
    User.objects.update(is_active=False)
    assert tokens.holder(secrets[2][1]) is None
    assert tokens.holder("bt_made-up") is None


def test_nobody_withdraws_the_key_of_another(reader, staff):
    token, _ = tokens.make(staff, name="x", scope="read", days=30)

    assert reader.post(f"/account/sleutels/{token.pk}/weg/").status_code == 404
    assert ApiToken.objects.filter(pk=token.pk).exists()


def test_there_is_an_end_to_keys(reader, fatma):
    for number in range(tokens.MOST):
        tokens.make(fatma, name=str(number), scope="read", days=30)
    answer = reader.post("/account/sleutels/", {"name": "one more", "scope": "read", "days": 30})

    assert answer.status_code == 422
    assert "tien sleutels" in answer.content.decode()


def test_a_person_sees_and_takes_all_that_is_kept_about_them(reader, fatma):
    page = reader.get("/account/gegevens/").content.decode()
    file = reader.get("/account/gegevens.json")
    told = json.loads(file.content)

    assert fatma.email in page
    assert "attachment" in file.headers["Content-Disposition"]
    assert told["account"][0]["email"] == fatma.email
    assert {entry["action"] for entry in told["trail"]} >= {"signed_in"}
    assert set(told) == set(personal_data.ABOUT)
    assert AuditEntry.objects.filter(action="personal_data_exported").exists()


def test_an_account_is_forgotten_and_the_trail_keeps_its_number(reader, fatma):
    before = AuditEntry.objects.filter(actor=fatma.pk).count()
    wrong = reader.post("/account/wissen/", {"password": "x", "sure": "on"})
    answer = reader.post("/account/wissen/", {"password": PASSWORD, "sure": "on"})

    left = User.objects.get(pk=fatma.pk)
    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert "fatma" not in str(User.objects.values()).lower()
    assert not left.is_active
    assert not left.has_usable_password()
    assert AuditEntry.objects.filter(actor=fatma.pk).count() > before
    assert reader.get("/account/").status_code == 302
    assert sign_in(reader).status_code == 422


def test_who_must_hand_over_work_first_is_told_what(reader, fatma, monkeypatch):
    monkeypatch.setattr(personal_data, "TO_HAND_OVER", [lambda _user: ["Draag X over."]])
    page = reader.get("/account/wissen/").content.decode()
    answer = reader.post("/account/wissen/", {"password": PASSWORD, "sure": "on"})

    assert "Draag X over." in page
    assert answer.status_code == 409
    assert User.objects.get(pk=fatma.pk).is_active


@pytest.mark.parametrize(
    "path",
    ["profiel/", "wachtwoord/", "gegevens/", "gegevens.json", "wissen/", "sleutels/"],
)
def test_a_stranger_is_asked_to_sign_in(client, path):
    assert client.get(f"/account/{path}").headers["Location"].startswith("/inloggen/")
