"""Staff prove twice who they are."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from biotoop.web.accounts.actions import second_factors
from biotoop.web.accounts.models import RecoveryCode, SecondFactor
from biotoop.web.shared.actions import sealing
from web.accounts.conftest import code, sign_in

# RFC 4226, appendix D: the codes of the secret "12345678901234567890" for counters 0 to 7.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583"]

pytestmark = pytest.mark.django_db


def test_codes_are_those_of_the_published_standard():
    assert [second_factors.code_at(RFC_SECRET, step) for step in range(8)] == RFC_CODES
    # RFC 6238, appendix B, the last six of the eight figures at 59 s and at 1111111109 s.
    assert second_factors.code_at(RFC_SECRET, 59 // 30) == "287082"
    assert second_factors.code_at(RFC_SECRET, 1111111109 // 30) == "081804"


def test_with_a_second_factor_the_password_alone_opens_nothing(client, fatma, secret):
    answer = sign_in(client)

    assert answer.headers["Location"] == "/inloggen/code/"
    assert client.get("/account/").status_code == 302

    client.post("/inloggen/code/", {"code": code(secret)})

    assert client.session["_auth_user_id"] == str(fatma.pk)


def test_a_code_works_once(client, secret, fatma):
    used = code(secret)

    assert second_factors.accept(fatma, used)
    assert not second_factors.accept(fatma, used)
    sign_in(client)
    assert client.post("/inloggen/code/", {"code": used}).status_code == 422


def test_a_code_of_a_step_ago_works_and_an_older_one_does_not(fatma, secret):
    assert not second_factors.accept(fatma, code(secret, early=3))
    assert second_factors.accept(fatma, code(secret, early=1))


def test_guessing_codes_is_stopped_even_from_a_fresh_sign_in(client, fatma, secret):  # noqa: ARG001
    sign_in(client)
    statuses = [client.post("/inloggen/code/", {"code": f"00000{n}"}).status_code for n in range(6)]
    sign_in(client)

    assert statuses == [422] * 5 + [429]
    assert client.post("/inloggen/code/", {"code": code(secret)}).status_code == 429


def test_half_a_sign_in_is_forgotten_after_ten_minutes(client, fatma, secret):  # noqa: ARG001
    sign_in(client)
    session = client.session
    session["half-way"] = session["half-way"] | {"at": 0}
    session.save()

    assert (
        client.post("/inloggen/code/", {"code": code(secret)}).headers["Location"] == "/inloggen/"
    )


def test_staff_go_nowhere_before_the_second_factor_stands(client, staff):
    sign_in(client, staff.email)

    assert client.get("/").headers["Location"] == "/account/tweede-stap/"
    assert client.get("/health/live").status_code == 200
    assert client.post("/taal/", {"language": "en"}).status_code == 302

    page = client.get("/account/tweede-stap/").content.decode()
    shown = re.search(r'class="secret">([A-Z2-7 ]+)<', page).group(1).replace(" ", "")
    assert client.post("/account/tweede-stap/", {"code": "000000"}).status_code == 422
    answer = client.post("/account/tweede-stap/", {"code": code(shown)})

    assert len(re.findall(r"<li>\w{4}-\w{4}-\w{4}</li>", answer.content.decode())) == 10
    assert client.get("/").status_code == 200


def test_a_session_without_code_cannot_replace_the_second_factor(client, fatma):
    sign_in(client)
    made = second_factors.new_secret()
    second_factors.set_up(fatma, made, code(made))

    assert client.get("/account/tweede-stap/").headers["Location"] == "/inloggen/code/"
    assert client.post("/account/codes/", {"code": "000000"}).status_code == 422


def test_the_picture_is_for_the_camera_of_who_sets_up_only(client, fatma):  # noqa: ARG001
    sign_in(client)
    assert client.get("/account/tweede-stap/plaatje/").status_code == 404

    client.get("/account/tweede-stap/")
    picture = client.get("/account/tweede-stap/plaatje/")

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in picture.content  # else no browser draws it
    assert "no-store" in picture.headers["Cache-Control"]


def test_a_code_on_paper_works_once_and_however_it_is_written(fatma, secret):  # noqa: ARG001
    [first, *_] = second_factors.renew_codes(fatma)

    assert second_factors.accept(fatma, first.upper().replace("-", " "))
    assert not second_factors.accept(fatma, first)


def test_new_codes_on_paper_replace_the_old_ones(client, fatma, secret):
    [old, *_] = second_factors.renew_codes(fatma)
    sign_in(client)
    client.post("/inloggen/code/", {"code": old})
    [other, *_] = second_factors.renew_codes(fatma)

    page = client.post("/account/codes/", {"code": code(secret)})

    assert page.status_code == 200
    assert not second_factors.accept(fatma, other)
    assert RecoveryCode.objects.filter(user=fatma).count() == 10


def test_the_database_holds_no_secret_that_can_be_read(fatma, secret):
    codes = second_factors.renew_codes(fatma)
    kept = str([*SecondFactor.objects.values(), *RecoveryCode.objects.values()])

    assert secret not in kept
    assert not any(code.replace("-", "") in kept for code in codes)


def test_a_second_factor_survives_a_change_of_key_until_the_old_key_goes(fatma, secret, settings):
    [paper, *_] = second_factors.renew_codes(fatma)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert second_factors.accept(fatma, code(secret))
    assert second_factors.accept(fatma, paper)

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.CannotOpen):
        second_factors.accept(fatma, code(secret))


@pytest.mark.usefixtures("committed")
def test_one_code_sent_twice_at_once_is_accepted_once():
    from web.accounts.conftest import PASSWORD, User  # noqa: PLC0415

    user = User.objects.create_user("a@example.org", PASSWORD, name="A")
    made = second_factors.new_secret()
    second_factors.set_up(user, made, code(made))
    SecondFactor.objects.update(last_step=0)

    def send(_):
        try:
            return second_factors.accept(user, code(made))
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        assert [send(0), send(1)] == [True, False]  # in memory there is one connection for all
    else:
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(send, range(2))) == [False, True]
