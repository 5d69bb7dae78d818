"""Faults in what describes the data are told once, and nothing that only echoes them."""

from pathlib import Path

import pytest

from biotoop.engine.core.problems import Problem, Severity
from biotoop.engine.recipes.checking import check_folder
from engine.recipes.conftest import edit, make_study


def found(path: Path, store: Path) -> list[Problem]:
    return [
        fault
        for fault in check_folder(path, store=store).problems
        if fault.note.code != "recipes.not_registered"
    ]


def codes(path: Path, store: Path) -> list[str]:
    return [fault.note.code for fault in found(path, store)]


@pytest.mark.parametrize("name", ["data/codebook.yaml", "measures.yaml", "effects.yaml"])
def test_a_document_in_another_encoding_gives_one_message_with_its_line(
    starter: Path, store: Path, name: str
) -> None:
    path = starter / name
    lines = path.read_text("utf-8").splitlines()
    lines.insert(4, "# één opmerking")
    path.write_bytes("\n".join(lines).encode("cp1252"))

    (fault,) = found(starter, store)

    assert (fault.file, fault.line, fault.note.code) == (name, 5, "core.not_utf8")
    assert fault.note.text("nl").startswith("Het bestand is geen UTF-8-tekst.")
    assert "bij teken 3 (waarschijnlijk een \u00e9)" in fault.note.text("nl")


@pytest.mark.parametrize("name", ["evidence/claims.csv", "data/eaters.csv"])
def test_a_table_in_another_encoding_gives_one_message_with_line_and_character(
    starter: Path, store: Path, name: str
) -> None:
    path = starter / name
    first, rest = path.read_text("utf-8").split("\n", 1)
    path.write_bytes(f"{first}\n\u00efx,{rest}".encode("cp1252"))

    (fault,) = found(starter, store)

    assert (fault.file, fault.line, fault.note.code) == (name, 2, "core.not_utf8")
    assert "character 1 (probably a \u00ef)" in fault.note.text("en")


def test_an_empty_codebook_is_told_as_empty_and_not_as_missing(starter: Path, store: Path) -> None:
    (starter / "data" / "codebook.yaml").write_text("# nog niets\n", "utf-8")

    assert codes(starter, store) == ["core.empty_document"]


def test_a_codebook_that_is_not_there_is_told_as_missing(starter: Path, store: Path) -> None:
    (starter / "data" / "codebook.yaml").unlink()

    assert "recipes.no_effects_without_data" in codes(starter, store)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("minimum: 0", "minimum: 11", "datasets.limits_crossed"),
        ("key: [person, wave]", "key: [name, wave]", "datasets.key_unknown"),
        ("{id: w1, label", "{id: w0, label", "datasets.double_wave"),
        ("name: person,", "name: lonely,", "datasets.double_column"),
    ],
)
def test_a_codebook_that_contradicts_itself_is_told_in_the_codebook(
    starter: Path, store: Path, old: str, new: str, code: str
) -> None:
    edit(starter / "data" / "codebook.yaml", old, new)

    faults = [fault for fault in found(starter, store) if fault.note.code.startswith("datasets.")]

    assert code in {fault.note.code for fault in faults}
    assert {fault.file for fault in faults} == {"data/codebook.yaml"}
    assert all(fault.line for fault in faults)


def test_codebook_faults_are_told_before_the_data_are_read(starter: Path) -> None:
    edit(starter / "data" / "codebook.yaml", "minimum: 0", "minimum: 11")

    assert "datasets.limits_crossed" in [
        fault.note.code for fault in check_folder(starter, store=None).problems
    ]


def test_a_faulty_column_is_told_once_and_the_other_columns_are_still_looked_at(
    starter: Path, store: Path
) -> None:
    edit(starter / "data" / "codebook.yaml", "type: integer", "type: getal")
    edit(starter / "data" / "eaters.csv", "p01,w0,6", "p01,w0,veel")
    edit(starter / "data" / "eaters.csv", "p02,w0,5", "p02,w7,5")

    assert sorted(codes(starter, store)) == ["core.schema.enum", "datasets.unknown_code"]


def test_a_dataset_that_is_described_twice_is_not_read(starter: Path, store: Path) -> None:
    path = starter / "data" / "codebook.yaml"
    text = path.read_text("utf-8")
    path.write_text(text + text.split("datasets:\n")[1].replace("eaters.csv", "nee.csv"), "utf-8")

    assert codes(starter, store) == ["datasets.double_dataset"]


def test_a_test_that_nobody_carried_out_yet_is_not_called_late(starter: Path, store: Path) -> None:
    assert codes(starter, store) == []

    edit(starter / "evidence" / "tests.yaml", "searched: false", "searched: true")

    (fault,) = found(starter, store)
    assert fault.note.code == "evidence.test_not_registered"
    assert fault.severity is Severity.WARNING


def test_writing_rules_are_those_of_the_language_of_the_study(store: Path, tmp_path: Path) -> None:
    for language in ("nl", "en"):
        study = make_study(tmp_path / language, language)

        assert codes(study, store) == []


def test_a_dutch_word_rule_does_not_hold_for_an_english_study(store: Path, tmp_path: Path) -> None:
    study = make_study(tmp_path / "en", "en")
    edit(study / "study.yaml", "languages: [en]", "languages: [nl, en]")

    assert "theory.lint.outcome_who" in codes(study, store)


def test_faults_behind_a_rule_of_the_study_are_told_too(starter: Path, store: Path) -> None:
    edit(starter / "study.yaml", "end: 2026-12-31", "end: 2025-12-31")
    edit(starter / "study.yaml", "purpose: learn", "purpose: account")
    edit(starter / "data" / "eaters.csv", "p01,w0,6", "p01,w0,veel")

    assert sorted(codes(starter, store)) == [
        "core.rule_of_class",
        "datasets.not_integer",
        "recipes.no_day_of_publication",
    ]


def test_a_change_that_runs_back_in_time_is_told(starter: Path) -> None:
    edit(starter / "effects.yaml", "before: w0", "before: w1")
    edit(starter / "effects.yaml", "after: w1", "after: w0")

    (fault,) = [fault for fault in check_folder(starter).problems if "wave" in fault.note.code]

    assert fault.note.code == "recipes.waves_turned"
    assert "terug in de tijd" in fault.note.text("nl")


def test_a_change_from_a_moment_to_itself_is_told(starter: Path) -> None:
    edit(starter / "effects.yaml", "after: w1", "after: w0")

    assert "recipes.one_wave" in [fault.note.code for fault in check_folder(starter).problems]


def test_a_kind_that_does_not_exist_is_told_once(starter: Path, store: Path) -> None:
    edit(starter / "theory.yaml", "kind: outcome", "kind: uitkomst")
    edit(starter / "effects.yaml", "design: pre_post", "design: voor_na")

    assert sorted(codes(starter, store)) == ["core.schema.enum", "core.schema.enum"]


def test_data_outside_the_study_are_not_read(starter: Path, store: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_text((starter / "data/eaters.csv").read_text("utf-8"))
    (starter / "data" / "linked.csv").symlink_to(tmp_path / "elsewhere.csv")
    edit(starter / "data" / "codebook.yaml", "eaters.csv", "linked.csv")

    assert codes(starter, store) == ["recipes.data_outside"]
