"""People sign in, and who guesses is slowed down."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from biotoop.web.accounts.actions import throttling
from biotoop.web.accounts.enums import AttemptKind
from biotoop.web.accounts.models import SignInAttempt, User
from biotoop.web.shared.models import AuditEntry
from web.accounts.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_with_capitals_in_the_address_as_they_like(client, fatma):
    answer = sign_in(client, " FATMA@example.org ")

    assert answer.headers["Location"] == "/vandaag/"
    assert client.session["_auth_user_id"] == str(fatma.pk)


def test_signing_in_gives_the_session_a_new_key(client, fatma):  # noqa: ARG001 - she exists
    client.session.save()
    client.cookies["biotoop-session"] = before = client.session.session_key
    sign_in(client)

    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(client, fatma):  # noqa: ARG001
    wrong = sign_in(client, password="iets anders dan het is")
    unknown = sign_in(client, "niemand@example.org")

    assert wrong.status_code == unknown.status_code == 422
    errors = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert errors[0] == errors[1]
    assert errors[0]


def test_a_person_who_may_not_sign_in_any_more_does_not(client, fatma):
    User.objects.filter(pk=fatma.pk).update(is_active=False)

    assert sign_in(client).status_code == 422


def test_the_sixth_wrong_password_in_a_row_is_not_even_looked_at(client, fatma):  # noqa: ARG001
    statuses = [sign_in(client, password=f"gok {n}").status_code for n in range(6)]
    right = sign_in(Client())

    assert statuses == [422] * 5 + [429]
    assert right.status_code == 429
    assert "15 minuten" in right.content.decode() or "15 minutes" in right.content.decode()


def test_after_a_quarter_of_an_hour_the_person_may_try_again(client, fatma):  # noqa: ARG001
    for n in range(6):
        sign_in(client, password=f"gok {n}")
    SignInAttempt.objects.update(at=now() - timedelta(minutes=15, seconds=1))

    assert sign_in(client).status_code == 302


def test_guessing_at_one_account_from_many_places_is_stopped(client, fatma):  # noqa: ARG001
    for place in range(throttling.AT_ACCOUNT):
        sign_in(client, password="gok", REMOTE_ADDR=f"10.0.0.{place}")

    assert sign_in(client, password="gok", REMOTE_ADDR="10.9.9.9").status_code == 429


def test_guessing_at_many_accounts_from_one_place_is_stopped(client):
    for person in range(throttling.FROM_ADDRESS):
        sign_in(client, f"persoon{person}@example.org")

    assert sign_in(client, "nog-een@example.org").status_code == 429
    assert sign_in(client, "nog-een@example.org", REMOTE_ADDR="10.9.9.9").status_code == 422


def test_a_refused_attempt_does_not_lengthen_the_wait():
    for _ in range(5):
        throttling.begin(AttemptKind.PASSWORD, "a", "here")
    for _ in range(3):
        with pytest.raises(throttling.TooManyAttempts):
            throttling.begin(AttemptKind.PASSWORD, "a", "here")

    assert SignInAttempt.objects.count() == 5


def test_a_sign_in_that_succeeds_forgets_the_typing_errors(client, fatma):  # noqa: ARG001
    for n in range(4):
        sign_in(client, password=f"gok {n}")
    sign_in(client)

    assert SignInAttempt.objects.count() == 0


def test_attempts_tell_nobody_which_address_or_person_it_was(client):
    sign_in(client, "geheim@example.org", REMOTE_ADDR="192.0.2.77")

    kept = str(SignInAttempt.objects.values_list().get())
    assert "geheim" not in kept
    assert "192.0.2.77" not in kept


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "9.9.9.9"), (2, "8.8.8.8")])
def test_only_our_own_proxies_are_believed_about_where_somebody_is(rf, settings, proxies, address):
    from biotoop.web.accounts.actions.signing_in import client_address  # noqa: PLC0415

    settings.PROXIES = proxies
    request = rf.get("/", headers={"x-forwarded-for": "1.1.1.1, 8.8.8.8, 9.9.9.9"})

    assert client_address(request) == address


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x()"])
def test_signing_in_leads_to_no_other_site(client, fatma, target):  # noqa: ARG001
    answer = client.post(
        "/inloggen/", {"email": "fatma@example.org", "password": PASSWORD, "next": target}
    )

    assert answer.headers["Location"] == "/vandaag/"


def test_a_page_for_signed_in_people_leads_there_after_signing_in(client, fatma):  # noqa: ARG001
    asked = client.get("/account/").headers["Location"]
    answer = client.post(asked, {"email": "fatma@example.org", "password": PASSWORD})

    assert answer.headers["Location"] == "/account/"


def test_signing_out_leaves_nothing_of_the_session(client, fatma):  # noqa: ARG001
    sign_in(client)
    client.get("/uitloggen/")  # a link or picture on another site
    assert "_auth_user_id" in client.session

    client.post("/uitloggen/")

    assert "_auth_user_id" not in client.session


def test_who_leaves_the_screen_alone_is_signed_out(client, fatma, settings):  # noqa: ARG001
    sign_in(client)
    session = client.session
    session["seen"] -= settings.IDLE_MINUTES * 60 + 1
    session.save()

    assert client.get("/account/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_day_ends_even_for_who_keeps_clicking(client, fatma, settings):  # noqa: ARG001
    sign_in(client)
    session = client.session
    session["began"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()

    assert client.get("/account/").status_code == 302


def test_a_new_password_ends_the_other_sessions(client, fatma):
    sign_in(client)
    fatma.set_password("een heel ander wachtwoord")
    fatma.save()

    assert client.get("/account/").status_code == 302


def test_the_trail_tells_who_signed_in_and_where_it_was_refused(client, fatma):
    sign_in(client, password="gok")
    sign_in(client)
    client.post("/uitloggen/")

    trail = AuditEntry.objects.order_by("id").values_list("action", "actor", "object_id")
    assert list(trail) == [
        ("sign_in_refused", None, fatma.pk),
        ("signed_in", fatma.pk, fatma.pk),
        ("signed_out", fatma.pk, fatma.pk),
    ]


def test_a_bare_page_for_who_signed_in_asks_session_person_and_roles(
    client,
    fatma,  # noqa: ARG001
    django_assert_num_queries,
):
    sign_in(client)
    with django_assert_num_queries(3):  # the menu shows no doors that stay closed
        client.get("/")


def test_attempts_survive_a_restart_of_the_server(workplace):
    workplace.serve("--workers", "1", "--no-worker")
    first = [post_sign_in(workplace) for _ in range(6)]
    workplace.running[-1].terminate()
    workplace.running[-1].wait(timeout=40)
    workplace.serve("--workers", "1", "--no-worker")

    assert first == [422] * 5 + [429]
    assert post_sign_in(workplace) == 429


def post_sign_in(workplace) -> int:
    """Fill in the form of a running server."""
    import requests  # noqa: PLC0415

    browser = requests.Session()
    page = browser.get(f"{workplace.address}/inloggen/", timeout=30).text
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    data = {"csrfmiddlewaretoken": token, "email": "a@example.org", "password": "gok"}
    return browser.post(f"{workplace.address}/inloggen/", data=data, timeout=30).status_code
