"""The pages of claims: short to fill in, and the words only for who may read them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from biotoop.web.interviews.actions import claims
from biotoop.web.interviews.models import Claim, Proposal, Quote
from biotoop.web.shared.enums import Kind, Role
from web.interviews.test_claims import PASTED, QUOTE, missed, said
from web.studies.conftest import person
from web.studies.pages import asked, signed_in


@pytest.fixture
def browser(researcher):
    return signed_in(researcher)


def at(name: str, row) -> str:
    return reverse(f"interviews:{name}", args=[row.pk])


def short(held, **fields) -> dict[str, object]:
    """Give what a claim needs, as a form sends it."""
    usual = {
        "round": held.pk, "quote": QUOTE, "life_role": "bewoner", "respondent": "R7",
        "target": "S1", "stance": "supports", "language": "nl", "count": "1", "quality": "1",
        "coder_relation": "independent",
    }  # fmt: skip
    return {**usual, **fields}


def test_a_claim_is_added_with_one_short_form(browser, study, held):
    answer = browser.post(at("add", study), short(held))

    assert answer.status_code == 302
    claim = Claim.objects.get()
    assert (claim.target, claim.stance, claim.life_role) == ("S1", "supports", "bewoner")


def test_a_phone_number_is_refused_and_the_masked_words_are_offered(browser, study, held):
    answer = browser.post(at("add", study), short(held, quote="Bel 0612345678."))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bel [phone]." in page
    assert not Claim.objects.exists()


def test_the_steps_are_shown_in_words(browser, study, held):
    _number, page = asked(browser, at("add", study))

    assert "→" in page
    assert held.code in page


def test_a_list_of_claims_asks_as_much_for_thirty_as_for_one(browser, study, held, researcher):
    claims.add(held, said(), by=researcher)
    for_one, _page = asked(browser, at("claims", study))
    for number in range(29):
        claims.add(held, said(respondent=f"R{number + 2}"), by=researcher)

    for_thirty, page = asked(browser, at("claims", study))

    assert for_thirty == for_one <= 15
    assert QUOTE in page


@pytest.mark.parametrize("name", ["add", "paste", "proposals", "add_round"])
def test_the_other_pages_stay_within_fifteen_questions(browser, study, held, name):
    assert held.study == study
    assert asked(browser, at(name, study))[0] <= 15


def test_who_may_see_claims_but_not_words_sees_no_words(study, held, researcher, owner):
    claim = claims.add(held, said(respondent="R77"), by=researcher)
    browser = signed_in(owner)

    pages = [asked(browser, at("claims", study))[1], asked(browser, at("claim", claim))[1]]

    for page in pages:
        assert claim.code in page
        assert QUOTE not in page
        assert "R77" not in page


def test_who_may_only_see_the_study_is_refused_the_claims(study, beekwaarde):
    reader = person("Piet", Role.POLICY_READER, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)

    assert signed_in(reader).get(at("claims", study)).status_code == 403


def test_a_table_is_looked_through_and_then_kept(browser, study, held):
    sent = {"round": held.pk, "text": PASTED}
    first = browser.post(at("paste", study), sent)
    assert first.status_code == 200
    assert not Claim.objects.exists()

    browser.post(at("paste", study), {**sent, "neem": "ja"})

    assert Quote.objects.get().text == "Ik slaap beter."


def test_a_workbook_with_faults_names_each_row_and_keeps_nothing(browser, study, held, tmp_path):
    book = Workbook()
    for cells in (["stap", "standpunt"], ["S1", "steunt"], ["S99", "steunt"], ["S1", "vindt"]):
        book.active.append(cells)
    book.save(tmp_path / "uitspraken.xlsx")
    file = SimpleUploadedFile("u.xlsx", (tmp_path / "uitspraken.xlsx").read_bytes())

    answer = browser.post(at("paste", study), {"round": held.pk, "file": file, "neem": "ja"})

    assert answer.status_code == 422
    assert {fault.line for fault in answer.context["stops"]} == {3, 4}
    assert not Claim.objects.exists()


@pytest.mark.parametrize("data", [b"PK\x03\x04broken", b"\xff\xfe\x00", b"PK"])
def test_a_file_that_cannot_be_read_is_refused_in_words(browser, study, held, data):
    sent = {"round": held.pk, "file": SimpleUploadedFile("u.xlsx", data)}

    answer = browser.post(at("paste", study), sent)

    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


def test_two_people_who_change_one_claim_lose_nothing(browser, held, researcher):
    claim = claims.add(held, said(), by=researcher)
    claims.change(claim, held, said(stance="nuances"), by=researcher, seen=1)

    answer = browser.post(at("claim", claim), short(held, stance="contradicts", edition=1))

    assert answer.status_code == 409
    assert answer.context["edition"] == 2
    browser.post(at("claim", claim), short(held, stance="contradicts", edition=2))
    assert Claim.objects.get().stance == "contradicts"


def test_what_is_missed_is_decided_with_a_reason(browser, study, held, second, researcher):
    for respondent, in_round in (("R1", held), ("R2", held), ("R3", second)):
        missed(in_round, respondent, researcher)
    assert "vraagt om een besluit" in asked(browser, at("proposals", study))[1]
    row = Proposal.objects.get()

    browser.post(
        at("decide", row), {"state": "parked", "kind": "result", "reason": "Later.", "edition": 1}
    )

    row.refresh_from_db()
    assert (row.state, row.reason) == ("parked", "Later.")
