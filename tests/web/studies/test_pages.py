"""The pages of cycles and studies, for who works there and for who may only look."""

from datetime import date

import attrs
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from biotoop.web.shared.enums import Kind, Role
from biotoop.web.studies.actions import cycles, registering, studies
from biotoop.web.studies.actions.cycles import CycleWords
from biotoop.web.studies.models import Cycle, LiteratureItem, Snapshot, Study
from web.studies.conftest import person
from web.studies.pages import asked, signed_in

CODEBOOK = """schema_version: 1
datasets:
  - id: survey
    file: survey.csv
    label: Vragenlijst
    kind: invented
    controller: Samenkracht
    key: [code]
    columns:
      - {name: code, label: Code, type: text}
      - {name: score, label: Score, type: integer}
"""
ROWS = b"code,score\na,1\nb,2\n"


@pytest.fixture
def browser(researcher):
    return signed_in(researcher)


@pytest.fixture
def policy_reader(beekwaarde):
    return person("Piet", Role.POLICY_READER, Kind.ORGANISATION, beekwaarde.pk, beekwaarde)


def at(name: str, row) -> str:
    return reverse(f"studies:{name}", args=[row.pk])


def test_a_researcher_starts_a_study_from_the_theory(browser, theory, version, beekwaarde):
    address = at("make", theory)
    assert version.theory.title in browser.get(address).content.decode()

    sent = {
        "title": "Samen eten", "question": "Helpt het?", "purpose": "learn",
        "period_start": "2026-01-01", "period_end": "2026-12-31", "version": version.pk,
        "organisation": beekwaarde.pk, "language": "nl",
    }  # fmt: skip
    answer = browser.post(address, sent)

    study = Study.objects.get()
    assert answer.url == study.get_absolute_url()
    assert study.documents.get().name == "study.yaml"


def test_the_lists_lead_to_a_new_study_and_cycle_only_who_may_make_one(
    browser, theory, policy_reader
):
    for name, there in (("list", "make"), ("cycles", "make_cycle")):
        address = reverse(f"studies:{name}")
        assert at(there, theory) in browser.get(address).text
        assert at(there, theory) not in signed_in(policy_reader).get(address).text


def test_who_accounts_has_to_say_by_when(browser, theory, version, beekwaarde):
    sent = {
        "title": "Samen eten", "question": "Helpt het?", "purpose": "account",
        "period_start": "2026-01-01", "period_end": "2026-12-31", "version": version.pk,
        "organisation": beekwaarde.pk, "language": "nl",
    }  # fmt: skip

    answer = browser.post(at("make", theory), sent)

    assert answer.status_code == 422
    assert "publish_by" in answer.context["form"].errors


@pytest.mark.parametrize(
    "name",
    ["study", "documents", "plan", "safeguards", "evidence", "data", "change", "publish",
     "add_literature", "add_test"],
)  # fmt: skip
def test_every_page_of_a_study_stays_within_fifteen_questions(browser, study, name):
    number, _page = asked(browser, at(name, study))

    assert number <= 15


@pytest.mark.parametrize("name", ["studies:list", "studies:unpublished", "studies:cycles"])
def test_a_list_asks_as_much_for_thirty_as_for_one(browser, study, words, theory, owner, name):
    researcher = study.state_changes.model and owner
    make_more(theory, words, researcher, 1)
    for_one, _page = asked(browser, reverse(name))
    make_more(theory, words, researcher, 29)

    for_thirty, page = asked(browser, reverse(name))

    assert for_thirty == for_one <= 15
    assert page


def make_more(theory, words, by, number: int) -> None:
    """Make registered studies, each with a cycle."""
    for _ in range(number):
        cycles.start(theory, CycleWords(title="Ronde", question="Wat?"), by=by)
        made = studies.start(theory, words, by=by)
        registering.register_plan(made, by=by, seen=made.edition, language="nl")


def test_a_document_with_a_fault_comes_back_with_its_line_and_the_text(browser, study):
    address = f"{at('documents', study)}?naam=study.yaml"
    text = study.documents.get().text.replace("seed: 2026", "seed: veel")

    answer = browser.post(address, {"text": text, "edition": 1})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"regel {text.splitlines().index('seed: veel') + 1}" in page
    assert "seed: veel" in page


def test_a_document_is_taken_out_but_never_the_study_itself(browser, study):
    put_codebook(browser, study)
    address = at("documents", study)
    assert at("drop_document", study) in browser.get(f"{address}?naam=data/codebook.yaml").text
    assert at("drop_document", study) not in browser.get(f"{address}?naam=study.yaml").text

    for name in ("data/codebook.yaml", "study.yaml"):
        browser.post(at("drop_document", study), {"naam": name, "edition": 1})

    assert [row.name for row in study.documents.all()] == ["study.yaml"]


def test_two_people_in_one_document_both_see_both_texts(browser, study, owner):
    address = f"{at('documents', study)}?naam=study.yaml"
    text = study.documents.get().text
    signed_in(owner).post(address, {"text": text.replace("2026-12", "2027-12"), "edition": 1})

    answer = browser.post(address, {"text": text.replace("2026-12", "2028-12"), "edition": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "2027-12" in page
    assert "2028-12" in page


def test_registering_shows_the_plan_with_the_time_of_the_server(browser, study, researcher):
    answer = browser.post(at("plan", study), {"edition": study.edition}, follow=True)

    assert answer.status_code == 200
    assert researcher.name in answer.content.decode()
    row = study.registrations.get()
    file = browser.get(f"{at('registration', row)}?als=json").json()
    assert file["hash"] == row.digest


def test_a_data_file_that_departs_from_its_codebook_is_refused_whole(browser, study):
    put_codebook(browser, study)
    wrong = SimpleUploadedFile("survey.csv", b"code,score\na,veel\n")
    sent = {"dataset": "survey", "file": wrong, "taken_on": "2026-03-01"}

    answer = browser.post(at("data", study), sent)

    assert answer.status_code == 422
    assert "veel" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_a_newer_data_file_takes_the_place_of_the_one_before_it(browser, study, policy_reader):
    put_codebook(browser, study)
    for rows in (ROWS, ROWS + b"c,3\n"):
        sent = {"dataset": "survey", "file": SimpleUploadedFile("survey.csv", rows),
                "taken_on": "2026-03-01"}  # fmt: skip
        assert browser.post(at("data", study), sent).status_code == 302

    old, new = Snapshot.objects.order_by("created_at")
    assert (new.supersedes, new.rows, old.superseded_at is None) == (old, 3, False)
    given = browser.get(at("download", old))
    assert b"".join(given.streaming_content) == ROWS
    assert signed_in(policy_reader).get(at("download", new)).status_code == 404


def put_codebook(browser, study) -> None:
    address = f"{at('documents', study)}?naam=data/codebook.yaml"
    assert browser.post(address, {"text": CODEBOOK, "edition": 0}).status_code == 302


def test_literature_is_added_and_changed_on_the_text_of_today(browser, study):
    sent = {
        "target": "S1", "code": "L1", "source": "Putnam (2000)", "level": "3", "effect": "0.2",
        "se": "0.1", "tau_het": "0", "population": "bewoners", "setting": "wijk",
        "transferability": "0.5", "group": "p",
    }  # fmt: skip
    browser.post(at("add_literature", study), sent)
    row = LiteratureItem.objects.get()

    browser.post(at("literature", row), {**sent, "effect": "0.3", "edition": row.edition})

    row.refresh_from_db()
    assert (row.effect, row.edition) == (0.3, 2)


def test_a_cycle_goes_from_gate_to_decision_in_the_browser(theory, partnership, owner):
    browser = signed_in(owner)
    sent = {"title": "Ronde 1", "question": "Wat helpt?", "partnership": partnership.pk}
    browser.post(at("make_cycle", theory), sent)
    cycle = Cycle.objects.get()
    for _ in range(3):
        form = browser.get(at("cycle", cycle)).context["gate"]
        answers = {field.name: field.name for field in form.visible_fields()}
        browser.post(at("answer", cycle), {**answers, "edition": cycle.edition})
        cycle.refresh_from_db()
        browser.post(at("cycle_on", cycle), {"edition": cycle.edition})
        cycle.refresh_from_db()
    for row in cycle.reflections.all():
        browser.post(at("reflect", row), {"text": "Herkenbaar.", "edition": row.edition})
    ending = {"conclusion": "both_held", "decision": "continue", "decision_reason": "Het werkt."}
    browser.post(at("decide", cycle), {**ending, "edition": cycle.edition})

    cycle.refresh_from_db()
    assert cycle.decided_on is not None
    assert asked(browser, at("cycle", cycle))[0] <= 15


def test_partners_see_what_was_registered_and_not_published(
    study, words, researcher, partnership, elsewhere
):
    from biotoop.web.programmes.models import Partner  # noqa: PLC0415

    Partner.objects.create(
        partnership=partnership, organisation=elsewhere, starts_on=date(2020, 1, 1)
    )
    reader = person("Els", Role.POLICY_READER, Kind.ORGANISATION, elsewhere.pk, elsewhere)
    browser, address = signed_in(reader), reverse("studies:unpublished")
    assert study.title not in browser.get(address).content.decode()
    promised = attrs.evolve(words, purpose="account", publish_by=date(2026, 2, 1))
    study = studies.change(study, promised, by=researcher, seen=study.edition)
    registering.register_plan(study, by=researcher, seen=study.edition, language="nl")
    studies.put_away(study, by=researcher)

    assert study.title in browser.get(address).content.decode()
    study = Study.objects.get()
    studies.publish(study, date(2026, 3, 1), "doi", by=researcher, seen=study.edition)
    assert study.title not in browser.get(address).content.decode()
