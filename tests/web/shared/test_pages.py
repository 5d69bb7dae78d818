"""The bare page and the pages for when something goes wrong."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import path

from biotoop.web.config import urls as house
from biotoop.web.shared.views import errors


def fall(request):  # noqa: ARG001 - Django's signature
    raise OperationalError


def trip(request):  # noqa: ARG001 - Django's signature
    raise ZeroDivisionError


urlpatterns = [*house.urlpatterns, path("fall/", fall), path("trip/", trip)]
handler400, handler403 = house.handler400, house.handler403
handler404, handler500 = house.handler404, house.handler500


@pytest.fixture
def reader(in_production, settings) -> Client:  # noqa: ARG001 - pages as people see them
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_the_bare_page_asks_the_database_nothing(client):
    answer = client.get("/")  # pytest-django refuses the database to this test

    assert answer.status_code == 200


def test_a_page_sends_the_browser_strict_rules(client):
    headers = client.get("/").headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "status"), [("/nergens/", 404), ("/fall/", 503), ("/trip/", 500)]
)
def test_a_page_about_an_error_says_what_to_do_without_the_database(reader, address, status):
    answer = reader.get(address)

    text = answer.content.decode()
    assert answer.status_code == status
    assert f'<p class="code">{status}</p>' in text
    assert "<li>" in text
    assert answer.headers["Content-Security-Policy"]


def test_a_database_that_is_away_asks_the_browser_to_come_back(reader):
    assert reader.get("/fall/").headers["Retry-After"] == "30"


def test_a_request_for_another_host_is_refused_with_a_page(reader):
    answer = reader.get("/", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert '<p class="code">400</p>' in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_a_page():
    answer = Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"})

    assert answer.status_code == 403
    assert '<p class="code">403</p>' in answer.content.decode()


def test_what_somebody_may_not_do_has_a_page_of_its_own():
    answer = errors.denied(RequestFactory().get("/"), PermissionError())

    assert answer.status_code == 403


def test_the_language_is_dutch_until_the_reader_chooses_another(client):
    english_browser = {"accept-language": "en-GB"}

    before = client.get("/", headers=english_browser).content.decode()
    client.post("/taal/", {"language": "en", "next": "/"})
    after = client.get("/").content.decode()

    assert '<html lang="nl">' in before
    assert '<html lang="en">' in after


def test_a_language_that_we_do_not_speak_is_left_aside(client):
    client.cookies["biotoop-language"] = "../../x"

    assert '<html lang="nl">' in client.get("/").content.decode()


def test_choosing_a_language_leads_to_no_other_site(client):
    answer = client.post("/taal/", {"language": "en", "next": "https://evil.example/"})

    assert answer.headers["Location"] == "/"
