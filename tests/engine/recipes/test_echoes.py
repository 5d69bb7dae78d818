"""A fault of form is told, and nothing that only says so once more; a real one beside it is."""

from pathlib import Path

from biotoop.engine.core.problems import errors_in
from biotoop.engine.recipes.checking import check_folder
from engine.recipes.conftest import edit


def codes(study: Path) -> set[str]:
    found = check_folder(study).problems
    return {fault.note.code for fault in found} - {"recipes.not_registered"}


def test_a_faulty_horizon_or_rival_is_not_also_called_missing(starter: Path) -> None:
    edit(starter / "theory.yaml", "horizon: weeks", "horizon: snel")
    edit(starter / "theory.yaml", "code: R1", 'code: "1e verklaring"')

    assert codes(starter) == {"core.schema.enum", "core.pattern.code"}


def test_a_faulty_price_year_does_not_make_every_price_of_another_year(starter: Path) -> None:
    edit(starter / "valuation.yaml", "price_year: 2026\n", "price_year: jaar\n")

    assert codes(starter) == {"core.schema.type"}


def test_a_lost_measure_is_told_beside_a_design_that_does_not_exist(starter: Path) -> None:
    edit(starter / "effects.yaml", "design: pre_post", "design: voor_en_na")
    edit(starter / "effects.yaml", "outcome: loneliness", "outcome: lonelyness")

    assert codes(starter) == {"core.schema.enum", "recipes.lost.measure_near"}


def test_a_decimal_comma_is_named(starter: Path) -> None:
    edit(starter / "effects.yaml", "smallest_effect: 0.2", "smallest_effect: 0,2")

    (fault,) = (
        fault for fault in check_folder(starter).problems if fault.note.code.startswith("core.")
    )

    assert fault.note.text("nl").endswith("Schrijf een punt in plaats van de komma.")


def test_a_doubled_code_is_told_once_and_not_for_every_place_that_seeks_the_other(
    ontmoeten: Path,
) -> None:
    edit(ontmoeten / "theory.yaml", "    code: N3\n", "    code: N2\n")

    faults = errors_in(check_folder(ontmoeten).problems)

    assert [fault.note.code for fault in faults] == ["theory.double_code"]


def test_a_lost_node_is_told_beside_a_doubled_code(ontmoeten: Path) -> None:
    edit(ontmoeten / "theory.yaml", "    code: N3\n", "    code: N2\n")
    edit(ontmoeten / "effects.yaml", "    to: N7\n", "    to: N77\n")

    assert any(code.startswith("recipes.lost.node") for code in codes(ontmoeten))


def test_a_node_that_never_was_is_told_beside_a_code_that_was_pasted_twice(
    ontmoeten: Path,
) -> None:
    theory = ontmoeten / "theory.yaml"
    written = theory.read_text("utf-8")
    start = written.index("  - id: ")
    first = written[start : written.index("  - id: ", start + 1)]
    pasted = first.replace(first[8:44], "3f1d1f8e-54c5-4a9e-9d0a-0a8c2b6f7e11")
    edit(theory, first, first + pasted)
    edit(ontmoeten / "effects.yaml", "    to: N7\n", "    to: N77\n")

    assert {"theory.double_code", "recipes.lost.node_near"} <= set(codes(ontmoeten))


def test_a_share_that_is_no_range_is_not_also_called_missing(ontmoeten: Path) -> None:
    written = (ontmoeten / "valuation.yaml").read_text("utf-8")
    line = next(row for row in written.splitlines() if row.startswith("    attribution_own: {low"))
    edit(ontmoeten / "valuation.yaml", line + "\n", '    attribution_own: "veel"\n')

    faults = errors_in(check_folder(ontmoeten).problems)

    assert len(faults) == 1, [fault.note.text("nl") for fault in faults]


def test_ids_that_are_no_uuid_are_not_also_called_the_same(ontmoeten: Path) -> None:
    theory = ontmoeten / "theory.yaml"
    ids = [row for row in theory.read_text("utf-8").splitlines() if row.startswith("  - id: ")]
    for place, row in enumerate(ids[:5]):
        edit(theory, row + "\n", f"  - id: knoop{place}\n")

    faults = errors_in(check_folder(ontmoeten).problems)

    assert {fault.note.code for fault in faults} == {"core.schema.format_uuid"}
    assert len(faults) == 5
