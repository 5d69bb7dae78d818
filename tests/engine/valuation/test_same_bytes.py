"""The same input gives the same bytes, on any number of threads and through the files."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.messages import Note, sentences
from biotoop.engine.core.schema import json_schema
from biotoop.engine.valuation.decision import Decision, Option
from biotoop.engine.valuation.model import Valuation
from biotoop.engine.valuation.result import ValuationResult
from biotoop.engine.valuation.value import value
from engine.theory.examples import demo as theory_of
from engine.valuation.examples import WHY, demo

ROOT = Path(__file__).parents[3]
ROOM = ROOT / "src" / "biotoop" / "engine" / "valuation"
OPTIONS = (
    Option(id="without", label=WHY, without=True),
    Option(id="go", label=WHY),
    Option(id="small", label=WHY, effect_scale=0.6, cost_scale=0.3),
)
DECISION = Decision(question=WHY, options=OPTIONS, people=80, population=300, years=3)


def digest() -> str:
    """Hash the whole result of one invented programme with a decision of three options."""
    found = value(demo("p4"), theory=theory_of("p4"), seed=11, draws=4_096, decision=DECISION)
    return hashlib.sha256(canonical_json(to_plain(found))).hexdigest()


def test_another_seed_moves_the_draws_within_their_stated_error():
    first, second = (
        value(demo("p1"), theory=theory_of("p1"), seed=s, draws=4_096).net for s in (1, 2)
    )

    assert first.mean != second.mean
    assert first.mean == pytest.approx(second.mean, abs=5 * (first.mean_error + second.mean_error))
    assert first.mid == second.mid


@pytest.mark.slow
def test_one_thread_and_many_give_the_same_bytes():
    program = "from engine.valuation.test_same_bytes import digest; print(digest())"
    command = [sys.executable, "-c", program]
    found = {
        subprocess.run(
            command, capture_output=True, text=True, check=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads,
                 "PYTHONHASHSEED": threads, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}"},
        ).stdout
        for threads in ("1", "2", "7")
    }  # fmt: skip

    assert found == {digest() + "\n"}


def test_a_result_survives_the_way_through_plain_data():
    found = value(demo("p3"), theory=theory_of("p3"), seed=1, draws=1_024, decision=DECISION)
    again = from_plain(to_plain(found), ValuationResult)

    assert [n.text("nl") for n in notes_in(again)] == [n.text("nl") for n in notes_in(found)]
    assert again.information == found.information
    assert again.parties == found.parties
    assert again.net == found.net
    assert canonical_json(to_plain(again)["years"]) == canonical_json(to_plain(found)["years"])


def notes_in(part: object) -> list[Note]:
    """Find every sentence, however deep."""
    if isinstance(part, Note):
        return [part]
    if isinstance(part, tuple):
        return [found for inner in part for found in notes_in(inner)]
    if attrs.has(type(part)):
        return [found for field in attrs.fields(type(part))
                for found in notes_in(getattr(part, field.name))]  # fmt: skip
    return []


def test_every_sentence_of_a_result_can_be_read_in_both_languages():
    found = value(demo("p2"), theory=theory_of("p2"), seed=1, draws=1_024, decision=DECISION)
    told = notes_in(found)

    assert len(told) > 25
    for sentence in told:
        assert "{" not in sentence.text("nl") + sentence.text("en")
        assert sentence.text("nl") != sentence.text("en")


def test_the_published_schema_of_results_names_every_part():
    schema = json_schema(ValuationResult, title="valuation")

    assert {"Band", "VoiRow", "AgendaRow", "PartyRow", "RestsOn"} <= set(schema["$defs"])


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_a_document_survives_the_way_through_plain_data(programme):
    assert from_plain(to_plain(demo(programme)), Valuation) == demo(programme)


DRAFT = """
price_year: 2025
base_year: 2025
parties: [{code: gemeente, label: Gemeente}]
items:
  - id: wmo
    label: Uitstel
    payer: gemeente
    quantity: 22
    unit: jaar
    price: {amount: {low: 1, mid: 2, high: 3}, price_year: 2025, kind: integraal}
    deadweight: ongeveer
  - id: rest
    label: Rest
    payer: {gemeente: 1}
    quantity: {estimate: E1}
    unit: jaar
    price: {amount: {low: 1, md: 2}, price_year: 2025, kind: marginal}
"""


def test_a_draft_with_six_faults_of_notation_gets_six_messages_with_their_lines():
    document = parse_document(DRAFT, Valuation, file="valuation.yaml")
    found = [(fault.line, fault.note.code) for fault in document.problems]

    assert document.value is None
    assert len(found) == 6
    assert [line for line, _ in found] == [9, 11, 12, 13, 16, 18]


def test_every_code_of_the_room_is_used_and_every_fault_has_its_sentence():
    source = "".join(path.read_text("utf-8") for path in sorted(ROOM.glob("*.py")))
    codes = {code for code in sentences("nl") if code.startswith("valuation.")}
    composed = ("valuation.timing.", "valuation.party.")

    assert {c for c in codes if f'"{c}"' not in source and not c.startswith(composed)} == set()
