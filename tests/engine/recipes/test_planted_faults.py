"""A study folder with more than twenty faults of different kinds: each is told, in one run."""

from pathlib import Path

import pytest

from biotoop.engine.core.problems import errors_in
from biotoop.engine.recipes.checking import check_folder
from engine.recipes.conftest import edit

# What is planted: document, old text, new text, and the code and line of the message.
PLANTED = {
    "a purpose that does not exist": (
        "study.yaml", "purpose: account", "purpose: verantwoorden", "core.schema.enum"),
    "a key with a typing error": (
        "study.yaml", "languages: [nl, en]", "langauges: [nl, en]", "core.unknown_key_near"),
    "a day that does not exist": (
        "study.yaml", "end: 2026-06-30", "end: 2026-06-31", "core.schema.format_date"),
    "a link to a node that is not there": (
        "theory.yaml", "    from: N7\n    to: N9", "    from: N7\n    to: N99",
        "theory.unknown_end"),
    "a step back from outcome to result": (
        "theory.yaml", "    from: N8\n    to: N10", "    from: N8\n    to: N4",
        "theory.level_falls"),
    "a mechanism that repeats the change": (
        "theory.yaml", 'nl: "zij invloed ervaren"', 'nl: "ervaren zij meer grip"',
        "theory.because_repeats"),
    "another key with a typing error": (
        "theory.yaml", "    code: N11\n", "    code: N11\n    kindd: x\n",
        "core.unknown_key_near"),
    "an identity that is no UUID": (
        "theory.yaml", "ca993351-2d67-56b9-bb35-3c9758f1a1e3", "ca993351-2d67",
        "core.schema.format_uuid"),
    "a column type that does not exist": (
        "data/codebook.yaml", 'en: "Age"}, type: integer', 'en: "Age"}, type: getal',
        "core.schema.enum"),
    "a measure on a column that is not there": (
        "measures.yaml", "column: visits, ", "column: vists, ", "recipes.lost.column_near"),
    "an instrument that is not in the catalogue": (
        "measures.yaml", "instrument: WHO5", "instrument: WHO6", "recipes.unknown_instrument"),
    "an item that the instrument does not have": (
        "measures.yaml", "djg03: djg03", "djg99: djg03", "recipes.unknown_item"),
    "an item of the instrument without a column": (
        "measures.yaml", "djg99: djg03, ", "djg99: djg03, ", "recipes.missing_item"),
    "a plan on a measure that is not there": (
        "effects.yaml", "outcome: loneliness", "outcome: lonelyness", "recipes.lost.measure_near"),
    "a smallest effect of nothing": (
        "effects.yaml", "smallest_effect: 0.2", "smallest_effect: 0",
        "core.schema.exclusiveMinimum"),
    "a plan that compares without saying whom": (
        "effects.yaml", "    treatment: guided\n    after: w2", "    after: w2",
        "recipes.plan_without_treatment"),
    "a stance that does not exist": (
        "evidence/claims.csv", "c002,S1,supports", "c002,S1,agrees", "core.schema.enum"),
    "a claim on a step that is not there": (
        "evidence/claims.csv", "c003,S1,", "c003,S99,", "evidence.unknown_target_near"),
    "a probability above one": (
        "evidence/tests.yaml", "test: strong\n", "test: strong\n    p: 1.4\n    p_not: 0.1\n",
        "core.schema.maximum"),
    "a judgement without a reason": (
        "evidence/judgements.yaml", '2026-06-15, reason: {nl: "Er is een vaste tafel',
        '2026-06-15, motive: {nl: "Er is een vaste tafel', "core.missing_key"),
    "shares of payers that do not add up": (
        "valuation.yaml", "payer: {gemeente: 0.7, rijk: 0.3}", "payer: {gemeente: 0.7, rijk: 0.4}",
        "valuation.shares"),
    "a bare attribution": (
        "valuation.yaml", "    attribution_own: {low: 0.3, mid: 0.5, high: 0.7,",
        "    attribution: {low: 0.3, mid: 0.5, high: 0.7,", "valuation.bare_attribution"),
    "a range whose middle lies outside": (
        "valuation.yaml", "{low: 15, mid: 40, high: 80}", "{low: 15, mid: 4, high: 80}",
        "valuation.range_order"),
    "a key given twice": (
        "evidence/literature.yaml", "schema_version: 1", "schema_version: 1\nschema_version: 1",
        "core.yaml_double_key"),
    "an answer that the question does not allow": (
        "data/volunteers.csv", "0.33,w0,7,0", "0.33,w0,17,0", "datasets.out_of_range"),
    "a person who is there twice": (
        "data/volunteers.csv", "v0102,c01", "v0101,c01", "datasets.key_double"),
}  # fmt: skip

# Two faults in one item, row or file: the first must not hide the second.
BEHIND = {
    "a cell of a file that lacks a column": (
        "data/codebook.yaml", '- {name: step, label: {nl: "Stap gezet',
        '- {name: unseen, label: x, type: text}\n      - {name: step, label: {nl: "Stap gezet',
        "data/volunteers.csv", "0.33,w0,7,0", "0.33,w0,17,0", "datasets.out_of_range"),
    "the target of a claim with a stance that does not exist": (
        "evidence/claims.csv", "c010,S1,supports", "c010,S1,agrees",
        "evidence/claims.csv", "c010,S1,", "c010,S99,", "evidence.unknown_target_near"),
    "the id of a claim with a stance that does not exist": (
        "evidence/claims.csv", "c010,S1,supports", "c010,S1,agrees",
        "evidence/claims.csv", "c010,S1,", "c009,S1,", "evidence.double_id"),
    "the target of a judgement on a day that does not exist": (
        "evidence/judgements.yaml", "date: 2026-06-15\n    reason", "date: 2026-06-31\n    reason",
        "evidence/judgements.yaml", "  - target: S1\n", "  - target: S99\n",
        "evidence.unknown_target_near"),
}  # fmt: skip


@pytest.mark.parametrize("name", BEHIND)
def test_a_fault_does_not_hide_another_of_its_item(ontmoeten: Path, store: Path, name: str) -> None:
    file, old, new, other_file, was, now, code = BEHIND[name]
    edit(ontmoeten / file, old, new)
    first = {fault.note.code for fault in errors_in(check_folder(ontmoeten, store=store).problems)}
    edit(ontmoeten / other_file, was, now)

    found = errors_in(check_folder(ontmoeten, store=store).problems)

    assert len(first) == 1
    assert {fault.note.code for fault in found} == {*first, code}


def test_every_planted_fault_is_told_in_one_run(ontmoeten: Path, store: Path) -> None:
    for file, old, new, _ in PLANTED.values():
        edit(ontmoeten / file, old, new)

    checked = check_folder(ontmoeten, store=store)

    told = {(fault.file, fault.note.code) for fault in checked.problems}
    untold = {
        name: (file, code)
        for name, (file, _, _, code) in PLANTED.items()
        if (file, code) not in told
    }
    assert untold == {}
    assert not checked.sound


def test_each_message_names_the_file_and_the_line(ontmoeten: Path, store: Path) -> None:
    for file, old, new, _ in PLANTED.values():
        edit(ontmoeten / file, old, new)

    faults = errors_in(check_folder(ontmoeten, store=store).problems)

    assert [fault for fault in faults if fault.file is None or fault.line is None] == []
    assert all(fault.text("nl") and fault.text("en") for fault in faults)


def test_the_study_without_planted_faults_has_none(ontmoeten: Path, store: Path) -> None:
    checked = check_folder(ontmoeten, store=store)

    assert [fault.text("en") for fault in errors_in(checked.problems)] == []


def test_a_gain_that_is_read_the_wrong_way_round_is_refused(ontmoeten: Path, store: Path) -> None:
    edit(ontmoeten / "measures.yaml", 'share of people (0-1)"}, intended: increase',
         'share of people (0-1)"}, intended: decrease')  # fmt: skip

    faults = errors_in(check_folder(ontmoeten, store=store).problems)

    assert [fault.note.code for fault in faults] == ["recipes.direction_differs"]
    assert faults[0].line is not None


def test_plans_without_measures_are_told_once(ontmoeten: Path, store: Path) -> None:
    (ontmoeten / "measures.yaml").unlink()

    gone = errors_in(check_folder(ontmoeten, store=store).problems)
    (ontmoeten / "measures.yaml").mkdir()
    folder = errors_in(check_folder(ontmoeten, store=store).problems)

    assert [fault.note.code for fault in gone] == ["recipes.no_effects_without_measures"]
    assert [(fault.file, fault.note.code) for fault in folder] == [
        ("measures.yaml", "core.cannot_open")
    ]
