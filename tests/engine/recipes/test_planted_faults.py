"""A study folder with more than twenty faults of different kinds: each is told, in one run."""

from pathlib import Path

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
        "theory.yaml", 'because: "zij invloed ervaren"', 'because: "ervaren zij meer grip"',
        "theory.because_repeats"),
    "an identity that is no UUID": (
        "theory.yaml", "    code: N11\n", "    code: N11\n    kindd: x\n",
        "core.unknown_key_near"),
    "a column type that does not exist": (
        "data/codebook.yaml", 'label: "Leeftijd", type: integer', 'label: "Leeftijd", type: getal',
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
        "evidence/tests.yaml", "test: strong, ", "test: strong, p: 1.4, p_not: 0.1, ",
        "core.schema.maximum"),
    "a judgement without a reason": (
        "evidence/judgements.yaml", '2026-06-15, reason: "Er is een vaste tafel',
        '2026-06-15, motive: "Er is een vaste tafel', "core.missing_key"),
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
    edit(ontmoeten / "measures.yaml", 'unit: "van elke persoon (0-1)", intended: increase',
         'unit: "van elke persoon (0-1)", intended: decrease')  # fmt: skip

    faults = errors_in(check_folder(ontmoeten, store=store).problems)

    assert [fault.note.code for fault in faults] == ["recipes.direction_differs"]
    assert faults[0].line is not None
