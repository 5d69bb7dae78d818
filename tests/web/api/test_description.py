"""The API is described, soundly, for programs and for people."""

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from biotoop.web.api.views.operations import OPERATIONS
from biotoop.web.api.views.problems import KINDS
from web.signing import signed_in


@pytest.fixture
def described(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


def test_the_description_is_sound(described):
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []


def test_it_knows_every_operation_and_says_what_each_takes_and_answers(described):
    known = {
        operation["operationId"]: operation
        for methods in described["paths"].values()
        for operation in methods.values()
    }

    assert len(known) == len(OPERATIONS)
    assert all(operation["summary"] for operation in known.values())
    assert all({"401", "429"} <= set(operation["responses"]) for operation in known.values())
    assert known["post_claims"]["requestBody"]["required"]
    fields = described["components"]["schemas"]["NewClaim"]["properties"]
    assert all(part["description"] for part in fields.values())


def test_it_is_in_english_and_needs_no_key(client):
    answer = client.get("/api/v1/openapi.json", headers={"Accept-Language": "nl"})

    assert answer.status_code == 200
    assert "Keep one claim" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Bewaar één uitspraak"), ("en", "Keep one claim")]
)
def test_the_page_for_people_shows_every_operation_and_problem(language, words):
    client = Client()
    client.cookies["biotoop-language"] = language
    page = client.get("/api/v1/docs").content.decode()

    assert words in page
    assert all(f'id="{kind.name}"' in page for kind in KINDS)
    assert page.count("<code>/api/v1/") == len(OPERATIONS)
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.django_db
def test_where_keys_are_made_the_way_to_the_page_is_shown(researcher):
    page = signed_in(researcher).get("/account/sleutels/").content.decode()

    assert 'href="/api/v1/docs"' in page
