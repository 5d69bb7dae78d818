"""Voices are written down as they were said, and nobody can be recognised by them."""

import pytest

from biotoop.engine.evidence.reading import read_evidence
from biotoop.web.interviews.actions import claims, importing, proposals
from biotoop.web.interviews.actions.claims import ClaimWords, Words
from biotoop.web.interviews.actions.importing import Table
from biotoop.web.interviews.actions.proposals import Verdict
from biotoop.web.interviews.bridge.masking import look_through
from biotoop.web.interviews.bridge.rows import whole_folder
from biotoop.web.interviews.models import Claim, Proposal, Quote, Respondent, Round
from biotoop.web.interviews.queries import waiting_for_decision
from biotoop.web.shared.actions.finding import find, hit
from biotoop.web.shared.actions.records import Refused, Stale
from biotoop.web.shared.models import AuditEntry
from biotoop.web.studies.bridge.folders import faults_in, on_disk
from web.theories.conftest import enter

QUOTE = "Ik ken nu de buren van de overkant."
PASTED = "stap\tstandpunt\tcitaat\trespondent\tgroep\nS1\tsteunt\tIk slaap beter.\tR1\tbewoner\n"


def said(**fields) -> ClaimWords:
    usual = {"target": "S1", "stance": "supports", "respondent": "R1", "words": Words(text=QUOTE)}
    return ClaimWords(**{**usual, **fields})


def test_a_claim_keeps_its_words_apart_and_judges_the_text_of_today(held, researcher):
    claim = claims.add(held, said(), by=researcher)

    assert claim.text_hash
    assert claim.quote.text == QUOTE
    assert claim.quote.approved_by == ""
    assert Claim._meta.get_field("respondent").related_model is Respondent


@pytest.mark.parametrize(
    "told",
    ["Bel me op 06-12345678.", "Mail jan@example.org maar.", "Mijn nummer is 123456782.",
     "Ik woon op 5038 BA."],
)  # fmt: skip
def test_words_that_tell_who_somebody_is_are_never_kept(held, researcher, told):
    with pytest.raises(Refused):
        claims.add(held, said(words=Words(text=told, is_read=True)), by=researcher)

    assert (Claim.objects.count(), Quote.objects.count(), Respondent.objects.count()) == (0, 0, 0)
    masked = look_through(told).masked
    assert claims.add(held, said(words=Words(text=masked)), by=researcher)


def test_what_may_be_a_name_waits_for_somebody_to_read_it(held, researcher):
    words = Words(text="Sinds Fatma er is, ga ik weer.")
    with pytest.raises(Refused, match="Fatma"):
        claims.add(held, said(words=words), by=researcher)

    read = Words(text=words.text, is_read=True)
    assert claims.add(held, said(words=read), by=researcher).quote.approved_by == str(researcher.pk)


def test_a_stance_that_does_not_go_with_its_target_is_refused_with_every_reason(held, researcher):
    with pytest.raises(Refused) as refusal:
        claims.add(held, said(stance="missing", rival="de zomer"), by=researcher)

    assert len(refusal.value.args) == 3


def test_the_audit_trail_holds_no_words_and_no_person(held, researcher):
    claims.add(held, said(), by=researcher)

    trail = str(list(AuditEntry.objects.values()))
    assert QUOTE not in trail
    assert "R1" not in trail


def test_a_stale_claim_is_not_written_over(held, researcher):
    claim = claims.add(held, said(), by=researcher)
    claims.change(claim, held, said(stance="nuances"), by=researcher, seen=1)

    with pytest.raises(Stale):
        claims.change(claim, held, said(stance="contradicts"), by=researcher, seen=1)

    assert Claim.objects.get().stance == "nuances"


def test_claims_stand_in_the_folder_as_the_engine_reads_them(held, study, researcher):
    claims.add(held, said(rival="de zomer", rival_relation="adds"), by=researcher)
    claims.add(held, said(respondent="R2", stance="contradicts", words=Words()), by=researcher)

    files = whole_folder(study)
    with on_disk(files) as folder:
        read = read_evidence(folder / "evidence", None).claims

    assert [f for f in faults_in(files, "nl") if f.stops] == []
    assert [(c.respondent, c.stance.value, c.quote, c.rival) for c in read] == [
        ("R1", "supports", QUOTE, "de zomer"),
        ("R2", "contradicts", None, None),
    ]
    assert {c.asked_by.value for c in read} == {"independent"}


def test_a_pasted_table_in_the_words_of_the_screen_is_understood(held, study, researcher):
    table = Table(text=PASTED, held=held)

    assert importing.take(study, table, "nl", by=researcher) == 1

    claim = Claim.objects.select_related("respondent", "quote").get()
    assert (claim.target, claim.stance, claim.life_role) == ("S1", "supports", "bewoner")
    assert claim.quote.text == "Ik slaap beter."


def test_a_table_with_one_fault_is_refused_whole_and_names_every_row(held, study, researcher):
    wrong = ["S99\tsteunt\tx\tR2\t", "S1\tvindt\t\tR3\t", "S1\tsteunt\tbel 0612345678\tR4\t"]
    text = PASTED + "\n".join(wrong)
    table = Table(text=text, held=held)

    preview = importing.look(study, table, "nl")

    assert sorted({f.line for f in preview.faults if f.stops}) == [3, 4, 5]
    with pytest.raises(Refused):
        importing.take(study, table, "nl", by=researcher)
    assert (Claim.objects.count(), Respondent.objects.count()) == (0, 0)


def test_masking_a_whole_table_lets_it_through(held, study, researcher):
    text = "stap\tstandpunt\tcitaat\trespondent\nS1\tsteunt\tBel 0612345678 maar.\tR4\n"

    importing.take(study, Table(text=text, held=held, masked=True), "nl", by=researcher)

    assert Quote.objects.get().text == "Bel [phone] maar."


def test_a_code_that_is_taken_is_a_fault_of_its_row(held, study, researcher):
    text = "code\tstap\tstandpunt\tgroep\nu1\tS1\tsteunt\tbewoner\n"
    claims.add(held, said(), by=researcher)

    preview = importing.look(study, Table(text=text, held=held), "nl")

    assert [f.line for f in preview.faults if f.stops] == [2]


def missed(held: Round, respondent: str, by, label: str = "Rust in huis") -> None:
    claims.add(
        held,
        said(target="N1", stance="missing", proposes=label, respondent=respondent, words=Words()),
        by=by,
    )


def test_what_three_people_in_two_rounds_miss_asks_for_a_decision(held, second, study, researcher):
    missed(held, "R1", researcher)
    missed(held, "R2", researcher)
    missed(held, "R3", researcher, "rust in  Huis")
    assert waiting_for_decision(study) == []

    missed(second, "R3", researcher)

    waiting = waiting_for_decision(study)
    assert [(each.label, each.voices, each.rounds) for each in waiting] == [("Rust in huis", 3, 2)]


def test_one_person_who_says_it_thrice_is_one_person(held, second, study, researcher):
    for held_in in (held, second, second):
        missed(held_in, "R1", researcher)

    assert waiting_for_decision(study) == []


def test_what_is_taken_up_becomes_a_node_in_the_draft(held, study, researcher):
    missed(held, "R1", researcher)
    proposal = Proposal.objects.get()
    before = study.theory.draft.edition
    verdict = Verdict(state="included", reason="Zeven bewoners noemen het.", kind="outcome")

    decided = proposals.decide(proposal, verdict, by=researcher, seen=1)

    study.theory.draft.refresh_from_db()
    node = study.theory.draft.content["nodes"][-1]
    assert (node["label"], node["kind"], node["code"]) == (
        "Rust in huis", "outcome", decided.node_code,
    )  # fmt: skip
    assert study.theory.draft.edition == before + 1
    with pytest.raises(Refused):
        proposals.decide(proposal, verdict, by=researcher, seen=2)


def test_a_decision_needs_a_reason(held, researcher):
    missed(held, "R1", researcher)

    with pytest.raises(Refused):
        proposals.decide(
            Proposal.objects.get(), Verdict(state="rejected", reason=" "), by=researcher, seen=1
        )


def test_words_are_found_by_who_may_read_words_and_by_nobody_else(
    held, researcher, owner, reader, client
):
    claim = claims.add(held, said(), by=researcher)

    (entry,) = find(reader(researcher), "overkant")
    assert not find(reader(owner), "overkant").exists()
    answer = enter(client, researcher).get(hit(entry).address)
    assert answer.url == claim.get_absolute_url()

    claims.put_away([claim.pk], claim.study, by=researcher)
    assert not find(reader(researcher), "overkant").exists()
