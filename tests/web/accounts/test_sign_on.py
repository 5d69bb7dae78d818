"""People come in through their own organisation; a provider runs beside the tests."""

import subprocess
import sys
import time
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests

from biotoop.web.accounts.actions import sign_on as actions
from biotoop.web.accounts.models import SignOnIdentity, User
from web.accounts.conftest import code
from web.running import PATIENCE, free_port

FATMA = '{"sub": "f1", "email": "Fatma@example.org", "email_verified": true}'
OTHER = '{"sub": "f2", "email": "fatma@example.org", "email_verified": true}'
LOOSE = '{"sub": "f3", "email": "fatma@example.org", "email_verified": false}'
# The provider lets these in without asking anything: long ago, or without telling when.
SILENT = (
    '{"sub": "f4", "email": "fatma@example.org", "email_verified": true, "auth_time": 1600000000}'
)
UNTOLD = '{"sub": "f5", "email": "fatma@example.org", "email_verified": true, "auth_time": null}'
NOBODY = '{"sub": "n1", "email": "niemand@example.org", "email_verified": true}'
BACK = "/inloggen/organisatie/terug/"

pytestmark = pytest.mark.django_db


def run_provider(token_life: int):
    """Run a provider of OpenID Connect in a process of its own; give its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    people = [
        part
        for person in (FATMA, OTHER, LOOSE, SILENT, UNTOLD, NOBODY)
        for part in ("--user-claims", person)
    ]
    command += ["--token-max-age", str(token_life), "--require-nonce", *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    return process, address


@pytest.fixture(scope="module")
def provider():
    process, address = run_provider(3600)
    yield address
    process.terminate()
    process.wait()


@pytest.fixture
def sign_on(settings, provider, fatma):  # noqa: ARG001 - she has an account
    use(settings, provider)


def use(settings, issuer: str) -> None:
    settings.OIDC = {"name": "Hogeschool", "issuer": issuer, "client": "biotoop", "secret": "s"}


def to_provider(client) -> str:
    """Press the button; give the address at the provider."""
    return client.post("/inloggen/organisatie/").headers["Location"]


def at_provider(address: str, subject: str) -> dict[str, str]:
    """Sign in at the provider; give what it sends back."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=30)
    back = urlsplit(answer.headers["Location"])
    assert back.path == BACK
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def changed(address: str, **parameters: str) -> str:
    """Change parameters of an address, as an attacker would."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | parameters
    return urlunsplit(parts._replace(query=urlencode(query)))


def come_in(client, subject: str = "f1"):
    return client.get(BACK, at_provider(to_provider(client), subject))


@pytest.mark.usefixtures("sign_on")
def test_a_person_comes_in_by_a_verified_address_and_later_by_subject(client, fatma):
    assert come_in(client).headers["Location"] == "/vandaag/"
    assert client.session["_auth_user_id"] == str(fatma.pk)

    client.post("/uitloggen/")
    User.objects.filter(pk=fatma.pk).update(email="fatma@elders.example")
    come_in(client)

    assert client.session["_auth_user_id"] == str(fatma.pk)
    assert SignOnIdentity.objects.count() == 1


@pytest.mark.usefixtures("sign_on")
def test_the_second_factor_is_asked_after_sign_on_too(client, secret):
    assert come_in(client).headers["Location"] == "/inloggen/code/"
    client.post("/inloggen/code/", {"code": code(secret)})

    assert client.get("/account/").status_code == 200


@pytest.mark.usefixtures("sign_on")
@pytest.mark.parametrize("subject", ["n1", "f3"], ids=["no account", "address not verified"])
def test_who_has_no_account_or_no_verified_address_does_not_come_in(client, subject):
    answer = come_in(client, subject)

    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session
    assert not SignOnIdentity.objects.exists()


@pytest.mark.usefixtures("sign_on")
def test_another_subject_with_the_same_address_is_another_person(client):
    come_in(client)
    client.post("/uitloggen/")

    assert come_in(client, "f2").status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_a_person_who_may_not_sign_in_any_more_does_not(client, fatma):
    come_in(client)
    client.post("/uitloggen/")
    User.objects.filter(pk=fatma.pk).update(is_active=False)

    assert come_in(client).status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_an_answer_with_another_state_is_not_believed(client):
    answer = at_provider(to_provider(client), "f1")

    assert client.get(BACK, answer | {"state": "of-an-attacker"}).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("sign_on")
def test_an_answer_for_another_session_is_not_believed(client):
    from django.test import Client  # noqa: PLC0415

    of_the_attacker = at_provider(to_provider(Client()), "f1")

    assert client.get(BACK, of_the_attacker).status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_a_token_with_another_nonce_is_not_believed(client):
    answer = at_provider(changed(to_provider(client), nonce="of-another-session"), "f1")

    assert client.get(BACK, answer).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("sign_on")
def test_the_same_answer_twice_is_not_believed(client):
    answer = at_provider(to_provider(client), "f1")
    client.get(BACK, answer)
    client.post("/uitloggen/")

    assert client.get(BACK, answer).status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_a_code_that_the_provider_did_not_give_is_not_believed(client):
    answer = at_provider(to_provider(client), "f1")

    assert client.get(BACK, answer | {"code": "guessed"}).status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_who_says_no_at_the_provider_is_told_so(client):
    to_provider(client)

    assert client.get(BACK, {"error": "access_denied", "state": "x"}).status_code == 403


@pytest.mark.usefixtures("sign_on")
def test_the_way_to_the_provider_carries_state_nonce_and_proof_key(client):
    sent = parse_qs(urlsplit(to_provider(client)).query)

    assert set(sent) >= {"state", "nonce", "code_challenge"}
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["response_type"] == ["code"]
    assert client.get("/inloggen/organisatie/").headers["Location"] == "/inloggen/"


def test_a_token_that_has_expired_is_not_believed(client, settings, fatma, monkeypatch):
    process, address = run_provider(-3600)
    use(settings, address)
    try:
        refused = come_in(client).status_code
        monkeypatch.setattr(actions, "LEEWAY", 7200)  # so that it was the time and nothing else
        believed = come_in(client).status_code
    finally:
        process.terminate()
        process.wait()

    assert (refused, believed) == (403, 302)
    assert client.session["_auth_user_id"] == str(fatma.pk)


def test_a_provider_with_another_name_for_itself_is_not_believed(client, settings, provider, fatma):  # noqa: ARG001
    use(settings, provider.replace("127.0.0.1", "localhost"))
    settings.OIDC["issuer"] = provider.replace("127.0.0.1", "localhost")
    right = come_in(client).status_code
    settings.OIDC["issuer"] += "/"

    assert right == 302
    assert come_in(client).status_code == 403


def test_a_provider_that_does_not_answer_is_named(client, settings, fatma):  # noqa: ARG001
    use(settings, "http://127.0.0.1:9")

    answer = client.post("/inloggen/organisatie/")

    assert answer.status_code == 502
    assert "Hogeschool" in answer.content.decode()


def test_without_sign_on_there_is_no_such_way(client, settings, db):  # noqa: ARG001
    settings.OIDC = {}

    assert client.post("/inloggen/organisatie/").headers["Location"] == "/inloggen/"
    assert client.get(BACK).headers["Location"] == "/inloggen/"


@pytest.fixture
def without_password(client, sign_on, fatma):  # noqa: ARG001 - the provider runs
    """Let somebody without a password come in by a sign-on of long ago."""
    fatma.set_unusable_password()
    fatma.save()
    come_in(client, "f4")
    for subject in ("f1", "f5"):
        SignOnIdentity.objects.create(user=fatma, issuer=_issuer(), subject=subject)
    return client


def _issuer() -> str:
    from django.conf import settings  # noqa: PLC0415

    return settings.OIDC["issuer"]


def prove(client, subject: str):
    """Press the button that asks for a new sign-in, and come back as somebody."""
    sent = client.post("/inloggen/organisatie/", {"again": "1", "next": "/account/wissen/"})
    way = sent.headers["Location"]
    asked = parse_qs(urlsplit(way).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    return client.get(BACK, at_provider(way, subject))


def erase(client, fatma) -> bool:
    """Try to have the account erased; tell whether it was."""
    client.post("/account/wissen/", {"sure": "on"})
    fatma.refresh_from_db()
    return not fatma.is_active


def test_a_sign_in_of_long_ago_proves_nothing_and_a_new_one_does(without_password, fatma):
    assert not erase(without_password, fatma)

    assert prove(without_password, "f1").headers["Location"] == "/account/wissen/"
    assert erase(without_password, fatma)


@pytest.mark.parametrize("subject", ["f4", "f5"], ids=["of long ago", "no time told"])
def test_a_provider_that_does_not_ask_anew_proves_nothing(without_password, fatma, subject):
    answer = prove(without_password, subject)

    assert answer.status_code == 403
    assert "auth_time" in answer.content.decode()
    assert not erase(without_password, fatma)


def test_another_person_proves_nothing_and_takes_no_session_over(without_password, fatma, staff):
    SignOnIdentity.objects.create(user=staff, issuer=_issuer(), subject="n1")

    assert prove(without_password, "n1").status_code == 403
    assert without_password.session["_auth_user_id"] == str(fatma.pk)
    assert not erase(without_password, fatma)


def test_a_proof_holds_for_five_minutes(without_password, fatma):
    prove(without_password, "f1")
    session = without_password.session
    session["proof"] = session["proof"] | {"at": session["proof"]["at"] - 301}
    session.save()

    assert not erase(without_password, fatma)
