"""Keys, limits, faults and repeated calls."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from biotoop.web.accounts.actions import tokens
from biotoop.web.accounts.models import ApiToken, User
from biotoop.web.api.models import KeptCall
from biotoop.web.api.views import problems
from biotoop.web.interviews.models import Claim
from biotoop.web.shared.models import AuditEntry
from web.api.conftest import Program, program

pytestmark = pytest.mark.django_db


def said(held, **more) -> dict:
    usual = {"round": str(held.pk), "target": "S1", "stance": "supports", "respondent": "R1"}
    return usual | {"quote": "Ik ken nu de buren van de overkant."} | more


def test_a_key_opens_and_is_marked_as_used(lab, researcher):
    me = lab.get("me")

    assert me.status_code == 200, me.content
    assert (me.json()["name"], me.json()["scope"]) == ("Noor", "write")
    assert {role["role"] for role in me.json()["roles"]} == {"visitor", "lab_researcher"}
    assert ApiToken.objects.get(user=researcher).used_at is not None


@pytest.mark.parametrize("secret", ["", "bt_made-up", "é", "bt_" + "x" * 5000])
def test_without_a_key_that_works_nothing_opens(db, secret):  # noqa: ARG001 - it must be there
    answer = Program(secret).get("studies")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#no-key")


def test_a_key_that_is_over_withdrawn_or_of_somebody_gone_opens_nothing(researcher):
    gone, over = program(researcher), program(researcher)
    ApiToken.objects.filter(digest=tokens.digest(over.secret)).update(
        expires_at=now() - timedelta(seconds=1)
    )
    tokens.withdraw(researcher, ApiToken.objects.get(digest=tokens.digest(gone.secret)).pk)
    left = program(researcher)
    assert [p.get("me").status_code for p in (gone, over, left)] == [401, 401, 200]

    User.objects.filter(pk=researcher.pk).update(is_active=False)

    assert left.get("me").status_code == 401


def test_a_session_is_no_key(client, researcher):
    client.force_login(researcher)

    assert client.get("/api/v1/studies").status_code == 401


def test_who_must_use_a_second_factor_does_so_before_a_key_works(lab, researcher):
    User.objects.filter(pk=researcher.pk).update(needs_second_factor=True)

    answer = lab.get("me")

    assert (answer.status_code, answer.json()["type"][-13:]) == (403, "second-factor")


def test_a_key_for_reading_writes_nothing(researcher, study, held):
    answer = program(researcher, "read").post(f"studies/{study.pk}/claims", said(held))

    assert (answer.status_code, answer.json()["title"]) == (403, "Deze sleutel mag alleen lezen")
    assert Claim.objects.count() == 0


def test_who_calls_too_often_waits(lab, settings):
    settings.API_CALLS = 10
    answers = [lab.get("me") for _ in range(22)]  # a minute may end between
    refused = [a for a in answers if a.status_code == 429]

    assert {a.status_code for a in answers[:9]} == {200}
    assert refused
    assert 1 <= int(refused[-1].headers["Retry-After"]) <= 61


def test_who_guesses_at_keys_waits_too(db, settings):  # noqa: ARG001 - it must be there
    settings.API_CALLS = 10
    answers = [Program("bt_x").get("me").status_code for _ in range(8)]  # a minute may end between

    assert (answers[0], 429 in answers) == (401, True)


def test_problems_speak_the_language_of_the_person(lab, researcher):
    first = lab.get("studies?limit=0")
    dutch = first.json()
    assert first.headers["Content-Language"] == "nl"
    User.objects.filter(pk=researcher.pk).update(language="en")
    english = lab.get("studies?limit=0").json()

    assert (dutch["title"], english["title"]) == ("Dit past niet", "This does not fit")
    assert dutch["faults"] == [{"where": "limit", "text": "limit: 0 is te klein. Minstens 1."}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 415), (b" ", 400), (b"{", 400), (b"\xff", 400), (b"[" * 5000, 400), (b"1e999", 400),
        (b"NaN", 400), (b'{"a": 1, "a": 2}', 400), (b'{"target": "\\u0000"}', 400),
        (b'{"target": "\\ud800"}', 400), (b"9" * 5000, 400), (b"[]", 422), (b"null", 422),
        (b'{"round": 3, "target": "S 1", "stance": "x", "nonsense": 1}', 422),
        (b" " * 2_500_001, 413),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_nothing_is_kept(lab, study, body, status):
    answer = lab.post(f"studies/{study.pk}/claims", body)

    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == problems.KIND
    assert answer.json()["status"] == status
    assert Claim.objects.count() == 0


def test_every_fault_of_a_document_is_told_at_once(lab, study):
    body = {"round": 3, "target": "S 1", "stance": "x", "nonsense": 1, "quote": "a" * 4001}

    answer = lab.post(f"studies/{study.pk}/claims", body).json()

    assert {fault["where"] for fault in answer["faults"]} == {
        "round", "target", "stance", "nonsense", "quote",
    }  # fmt: skip


def test_only_json_is_read(lab, study):
    answer = lab.post(f"studies/{study.pk}/claims", b"a=1", Content_Type="text/csv")

    assert answer.status_code == 415


@pytest.mark.parametrize(
    "path",
    ["studies?colour=red", "studies?limit=201", "studies?limit=x", "studies?after=1",
     "studies?limit=1&limit=2", "studies?changed_since=yesterday"],
)  # fmt: skip
def test_what_stands_behind_an_address_is_held_to_its_description(lab, path):
    assert lab.get(path).status_code == 422


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-28"])
def test_any_day_of_the_calendar_may_be_asked(lab, study, day):
    found = lab.get(f"studies?changed_since={day}").json()["items"]

    assert [row["id"] for row in found] == ([] if day > "2027" else [str(study.pk)])


def test_a_method_that_an_address_does_not_know_is_named(lab):
    answer = lab.call("PATCH", "studies")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")


def test_an_address_where_nothing_is_says_so(lab):
    assert lab.get("nothing/here").json()["type"] == f"{reverse('api:docs')}#not-there"
    assert lab.get(f"theories/{'0' * 8}-0000-0000-0000-{'0' * 12}").status_code == 404
    assert (
        lab.get(f"theories/{'0' * 8}-0000-0000-0000-{'0' * 12}/versions/{10**30}").status_code
        == 404
    )


def test_what_did_not_change_is_not_sent_again(lab, study):
    first = lab.get(f"studies/{study.pk}")
    again = lab.get(f"studies/{study.pk}", If_None_Match=first.headers["ETag"])
    study.title = "Anders"
    study.save()
    changed = lab.get(f"studies/{study.pk}", If_None_Match=first.headers["ETag"])

    assert [a.status_code for a in (first, again, changed)] == [200, 304, 200]
    assert again.content == b""


def test_a_call_that_comes_twice_is_done_once(lab, study, held):
    path, key = f"studies/{study.pk}/claims", {"Idempotency_Key": "row-1"}
    first = lab.post(path, said(held), **key)
    again = lab.post(path, said(held), **key)
    other = lab.post(path, said(held, stance="nuances"), **key)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.json()["type"].endswith("#other-call")
    assert Claim.objects.count() == 1
    assert "buren" not in str(KeptCall.objects.values())


@pytest.mark.parametrize("key", ["", " ", "row 1", "a\tb", "é", "a" * 101])
def test_a_key_for_a_call_is_a_word(lab, study, held, key):
    answer = lab.post(f"studies/{study.pk}/claims", said(held), Idempotency_Key=key)

    assert (answer.status_code, answer.json()["faults"][0]["where"]) == (422, "Idempotency-Key")
    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    "address", ["nowhere", "theories/a%0Ab/draft/nodes/c", "theories/%18%0A/x"]
)
def test_an_address_that_is_not_there_is_told_as_a_problem(lab, address):
    answer = lab.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, problems.KIND)


def test_a_call_that_was_refused_may_be_mended_under_the_same_key(lab, study, held):
    path, key = f"studies/{study.pk}/claims", {"Idempotency_Key": "row-1"}

    assert lab.post(path, said(held, target="S99"), **key).status_code == 422
    assert lab.post(path, said(held), **key).status_code == 201


def test_the_same_key_of_another_person_is_another_key(lab, owner, study, held):
    key = {"Idempotency_Key": "row-1"}
    lab.post(f"studies/{study.pk}/claims", said(held), **key)
    path = f"theories/{study.theory_id}/draft/nodes"
    node = {"edition": 1, "kind": "outcome", "label": "Bewoners lenen gereedschap uit"}

    assert program(owner).post(path, node, **key).status_code == 201


def test_old_answers_are_forgotten(lab, study, held):
    path, key = f"studies/{study.pk}/claims", {"Idempotency_Key": "row-1"}
    lab.post(path, said(held), **key)
    KeptCall.objects.update(at=now() - timedelta(days=2))
    lab.post(path, said(held), Idempotency_Key="row-2")

    assert KeptCall.objects.count() == 1


def test_what_a_key_wrote_stands_in_the_trail(lab, study, held, researcher):
    lab.post(f"studies/{study.pk}/claims", said(held))

    token = ApiToken.objects.get(user=researcher)
    entries = AuditEntry.objects.filter(actor=researcher.pk)
    assert entries.filter(action="written_by_key", object_id=token.pk).count() == 1
    assert entries.filter(action="claim_added").count() == 1
