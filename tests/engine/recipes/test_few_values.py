"""Counts of answers cannot be solved from the means in an edition for readers, however coded."""

import csv
import json
import shutil

import attrs
import pytest

from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.people_tables import name_of
from biotoop.engine.recipes.running import run_study
from engine.recipes.attacker import everything, recovered
from engine.recipes.conftest import EXAMPLES
from engine.recipes.test_attacker import MEASURES, PLAN


def coded(target, codes):
    """Give the trial with other codes: of no work, of work, and of the first few with work."""
    folder = shutil.copytree(EXAMPLES / "nsw", target)
    with (folder / "data" / "nsw.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    few = [row for row in rows if row["employed78"] == "100"][:4]
    for row in rows:
        row["employed78"] = str(codes[1] if row["employed78"] == "100" else codes[0])
    if len(codes) == 3:
        for row in few:
            row["employed78"] = str(codes[2])
    with (folder / "data" / "nsw.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    book = (folder / "data" / "codebook.yaml").read_text("utf-8").split("  - id: nsw_cps")[0]
    book = book.replace('"percentage points"}, minimum: 0,', '"percentage points"}, minimum: -1,')
    (folder / "data" / "codebook.yaml").write_text(book, "utf-8")
    (folder / "data" / "nsw_cps.csv").unlink()
    (folder / "registration.json").unlink()
    (folder / "measures.yaml").write_text(MEASURES, "utf-8")
    plan = PLAN.split("      - id: young")[0]
    (folder / "effects.yaml").write_text(plan, "utf-8")
    return folder


def editions(tmp_path, codes):
    store = tmp_path / "store"
    store.mkdir(parents=True)
    team = run_study(check_folder(coded(tmp_path / "study", codes), store=store))
    return team, readers_edition(team)


def shown(findings):
    """Give the analyses with their means, and the moments, that an edition shows."""
    analyses, moments = everything(findings)
    means = {name_of(found) for found in analyses if found.groups and found.estimate is not None}
    return means, {measure.id for measure, _ in moments}


@pytest.mark.parametrize("codes", [(0, 10), (-1, 1), (3, 7)])
def test_two_answers_are_guarded_alike_whatever_their_codes(tmp_path, codes):
    team, readers = editions(tmp_path / "a", codes)
    _, usual = editions(tmp_path / "b", (0, 100))

    assert recovered(team, team)
    assert recovered(team, readers) == []
    assert shown(readers) == shown(usual)
    assert shown(readers) != shown(team)
    assert all(measure.values == {} for measure in readers.measures)


def test_a_characteristic_of_two_values_is_guarded_alike_whatever_its_codes(tmp_path):
    """The codebook does not say that it has two; means, difference and variances do."""
    folder, store = coded(tmp_path / "study", (0, 100)), tmp_path / "store"
    store.mkdir()
    kept = []
    for codes in (("0", "1"), ("4", "9")):
        recode(folder, "hisp", dict(zip(("0", "1"), codes, strict=True)))
        (folder / "effects.yaml").write_text(PLAN.split("    subgroups")[0], "utf-8")
        team = run_study(check_folder(folder, store=store))
        rules = attrs.evolve(team.study.disclosure, survey=SurveyPolicy(minimum_cell=20))
        team = attrs.evolve(team, study=attrs.evolve(team.study, disclosure=rules))
        kept.append([row.covariate for row in readers_edition(team).effects[0].primary.balance])
        assert len(team.effects[0].primary.balance) == 3
        assert recovered(team, readers_edition(team)) == []

    assert kept[0] == kept[1]
    assert "hisp" not in kept[0]
    assert kept[0]


def recode(folder, column, codes):
    """Write other codes in a column, of which the codebook tells no bounds."""
    path = folder / "data" / "nsw.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row[column] = codes[row[column]]
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    lines = (folder / "data" / "codebook.yaml").read_text("utf-8").splitlines()
    said = f"      - {{name: {column}, label: X, type: integer}}"
    lines = [said if f"name: {column}," in line else line for line in lines]
    (folder / "data" / "codebook.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def test_of_three_answers_of_which_four_people_gave_one_no_mean_is_shown(tmp_path):
    team, readers = editions(tmp_path, (0, 10, 5))

    assert team.measures[0].values == {"nsw": (0.0, 5.0, 10.0)}
    assert recovered(team, team)
    assert recovered(team, readers) == []
    assert shown(readers) == (set(), set())
    assert json.loads(findings_json(readers))["measures"][0]["values"] == {}
