"""What the data cannot tell apart is said by the check, before anybody waits for a run."""

from pathlib import Path

from biotoop.engine.core.problems import Severity
from biotoop.engine.recipes.checking import check_folder
from engine.recipes.conftest import edit

PLAN = "    smallest_effect: 0.2\n    people: survey\n"


def only_areas(study: Path, *areas: str) -> None:
    """Limit the first plan to some areas; those with an odd number have the programme."""
    named = ", ".join(f'"{area}"' for area in areas)
    chosen = f"{{column: area, values: [{named}], reason: Proef}}"
    edit(study / "effects.yaml", PLAN, f"    filters: [{chosen}]\n{PLAN}")


def said(study: Path, store: Path) -> list[str]:
    found = check_folder(study, store=store).problems
    told = [fault for fault in found if fault.note.code == "recipes.plan_without_number"]
    assert all((one.severity, one.file) == (Severity.WARNING, "effects.yaml") for one in told)
    assert all(one.line for one in told)
    return [one.note.text("nl") for one in told]


def test_one_area_against_one_is_told_by_the_check(ontmoeten: Path, store: Path) -> None:
    only_areas(ontmoeten, "a01", "a02")

    (told,) = said(ontmoeten, store)

    assert told.startswith("Plan visits krijgt zo geen getal. Eén wijk tegen één wijk:")


def test_one_area_against_a_few_is_told_with_how_many_are_needed(
    ontmoeten: Path, store: Path
) -> None:
    only_areas(ontmoeten, "a01", "a02", "a04", "a06")

    (told,) = said(ontmoeten, store)

    assert "Eén wijk staat tegen 3" in told
    assert "Zoek 10 of meer wijken" in told


def test_data_that_look_like_whole_areas_ask_for_clusters(ontmoeten: Path, store: Path) -> None:
    edit(
        ontmoeten / "effects.yaml",
        "    assignment: area\n    clusters: area\n    interval: cr2\n",
        "",
    )

    (told,) = said(ontmoeten, store)

    assert "`area`" in told


def test_enough_areas_on_both_sides_are_no_fault(ontmoeten: Path, store: Path) -> None:
    assert said(ontmoeten, store) == []
