"""A study in the workplace and its study.yaml never say two things."""

from datetime import date

import attrs
import pytest

from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.studies.actions import documents, lifecycle, registering, studies
from biotoop.web.studies.actions.evidence import add
from biotoop.web.studies.bridge.documents import read_text
from biotoop.web.studies.bridge.folders import departures, faults_in, files_of
from biotoop.web.studies.bridge.targets import TheoryWords
from biotoop.web.studies.models import LiteratureItem, Study, StudyDocument


def text_of(study: Study, name: str = "study.yaml") -> str:
    return StudyDocument.objects.get(study=study, name=name).text


def settle_all(study: Study, by) -> None:
    for row in study.safeguards.all():
        studies.settle(row, "agreed", "FG, 3 maart", by=by, seen=row.edition)


def literature(study: Study, **fields) -> LiteratureItem:
    usual = {"code": "L1", "target": "S1", "source": "Putnam (2000)", "level": 3, "effect": 0.2,
             "se": 0.1, "population": "bewoners", "setting": "wijk", "group": "p"}  # fmt: skip
    return LiteratureItem(study=study, **{**usual, **fields})


def test_a_new_study_has_a_folder_without_faults(study):
    files = files_of(study)

    assert set(files) == {"study.yaml", "theory.yaml"}
    assert [fault for fault in faults_in(files, "nl") if fault.stops] == []


def test_a_change_in_the_form_is_written_into_the_document_and_nothing_else(
    study, words, researcher
):
    remark = text_of(study) + "# van Noor\nlimits: ['Wie niet komt, zien we niet.']\n"
    documents.save(study, "study.yaml", remark, by=researcher, seen=1, language="nl")
    study.refresh_from_db()

    studies.change(
        study, attrs.evolve(words, title="Eten met buren"), by=researcher, seen=study.edition
    )

    said = read_text("study.yaml", text_of(study), "nl")
    assert said.plain["title"] == "Eten met buren"
    assert said.plain["limits"] == ["Wie niet komt, zien we niet."]
    assert "# van Noor" in text_of(study)


def test_a_change_in_the_document_is_known_in_the_workplace(study, researcher):
    changed = text_of(study).replace("purpose: learn", "purpose: account\npublish_by: 2027-03-01")

    documents.save(study, "study.yaml", changed, by=researcher, seen=1, language="nl")

    study.refresh_from_db()
    assert (study.purpose, study.publish_by) == ("account", date(2027, 3, 1))


def test_a_document_with_a_fault_is_not_kept_and_tells_the_line(study, researcher):
    wrong = text_of(study).replace("seed: 2026", "seed: veel")

    with pytest.raises(documents.Unreadable) as refusal:
        documents.save(study, "study.yaml", wrong, by=researcher, seen=1, language="nl")

    lines = [fault.line for fault in refusal.value.faults]
    assert lines == [wrong.splitlines().index("seed: veel") + 1]
    assert "veel" not in text_of(study)


def test_a_study_keeps_its_identity_whatever_the_document_says(study, researcher):
    other = text_of(study).replace(str(study.pk), "00000000-0000-4000-8000-000000000001")

    with pytest.raises(documents.Unreadable):
        documents.save(study, "study.yaml", other, by=researcher, seen=1, language="nl")


def test_two_people_in_one_document_lose_nothing(study, researcher, owner):
    mine = text_of(study).replace("Samen eten", "Samen koken")
    documents.save(study, "study.yaml", mine, by=researcher, seen=1, language="nl")

    with pytest.raises(Stale):
        documents.save(study, "study.yaml", text_of(study), by=owner, seen=1, language="nl")


def test_a_study_says_what_is_missing_for_its_next_step(study, researcher):
    study = lifecycle.go_on(study, by=researcher, seen=study.edition)
    assert len(lifecycle.missing(study)) == 3
    settle_all(study, researcher)
    for state in ("ethics_agreed", "fieldwork"):
        study = lifecycle.go_on(study, by=researcher, seen=study.edition)
        assert study.state == state

    with pytest.raises(Refused):
        lifecycle.go_on(study, by=researcher, seen=study.edition)
    evidence = literature(study)
    add(evidence, by=researcher)
    assert lifecycle.go_on(study, by=researcher, seen=study.edition).state == "analysis"


def test_a_study_that_accounts_registers_before_fieldwork_and_publishes_before_it_closes(
    study, words, researcher
):
    promised = attrs.evolve(words, purpose="account", publish_by=date(2027, 3, 1))
    study = studies.change(study, promised, by=researcher, seen=study.edition)
    settle_all(study, researcher)
    for state in ("plan", "ethics_agreed"):
        study = lifecycle.go_on(study, by=researcher, seen=study.edition)
        assert study.state == state

    assert [each.page for each in lifecycle.missing(study)] == ["studies:plan"]
    registering.register_plan(study, by=researcher, seen=study.edition, language="nl")
    assert lifecycle.missing(study) == ()
    study.state = "release"
    assert [each.page for each in lifecycle.missing(study)] == ["studies:publish"]


def test_a_registered_promise_to_publish_is_not_put_off(study, words, researcher):
    promised = attrs.evolve(words, purpose="account", publish_by=date(2027, 3, 1))
    study = studies.change(study, promised, by=researcher, seen=study.edition)
    registering.register_plan(study, by=researcher, seen=study.edition, language="nl")

    for other in (words, attrs.evolve(promised, publish_by=date(2027, 4, 1))):
        with pytest.raises(Refused):
            studies.change(study, other, by=researcher, seen=study.edition)
    earlier = attrs.evolve(promised, publish_by=date(2027, 2, 1))
    assert studies.change(study, earlier, by=researcher, seen=study.edition).publish_by.month == 2


def test_a_registration_is_the_engines_and_names_the_one_before_it(study, researcher):
    first = registering.register_plan(study, by=researcher, seen=study.edition, language="nl")
    with pytest.raises(Refused):
        registering.register_plan(study, by=researcher, seen=study.edition, language="nl")
    measures = "schema_version: 1\nmeasures: []\n"
    valuation = text_of(study).replace("seed: 2026", "seed: 2027")
    documents.save(study, "study.yaml", valuation, by=researcher, seen=1, language="nl")
    documents.save(study, "measures.yaml", measures, by=researcher, seen=0, language="nl")

    files = files_of(study)

    assert first.record["label"] == "registered"
    assert first.record["hash"] == first.digest
    assert researcher.name not in str(first.record)
    assert departures(files, "nl") == ()
    assert set(first.documents) == {"study.yaml", "theory.yaml"}


def test_literature_keeps_the_text_that_it_judged(study, researcher):
    kept = add(literature(study), by=researcher)

    assert kept.text_hash == TheoryWords(study.version.content, "nl").find("S1").text_hash
    with pytest.raises(Refused, match="N1"):
        add(literature(study, code="L2", target="N1"), by=researcher)
    assert [f for f in faults_in(files_of(study), "nl") if f.stops] == []
