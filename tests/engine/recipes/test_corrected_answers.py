"""Of one corrected or exchanged answer no figure is printed anew, so that nobody is subtracted."""

import csv
import datetime as dt

import pytest

from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import edition_of, release_of
from biotoop.engine.recipes.people_tables import name_of
from biotoop.engine.recipes.releases import read_releases, write_down
from biotoop.engine.recipes.running import run_study
from engine.recipes.attacker import everything

pytestmark = pytest.mark.slow

WHOLE, ALONE = "loneliness (primary)", "loneliness (primary, alone=0)"
ITEMS = ("djg03", "djg04", "djg07", "djg08", "djg09", "djg10")


def rows_of(folder):
    with (folder / "data" / "survey.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_rows(folder, rows):
    with (folder / "data" / "survey.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def shown_before_and_after(folder, store, change):
    """Release a study, change answers, and give the estimates of both editions for readers."""
    first = edition_of(run_study(check_folder(folder, store=store)), "readers", folder, "first")
    write_down(folder, first, "first", ("a", "b"), dt.date(2026, 11, 22))
    rows = rows_of(folder)
    change({(row["person"], row["wave"]): row for row in rows})
    write_rows(folder, rows)
    team = run_study(check_folder(folder, store=store))
    second = release_of(team, read_releases(folder).releases)
    return [estimates(item) for item in (first.findings, second.findings, team)]


def estimates(findings):
    found = {name_of(item): item.estimate for item in everything(findings)[0]}
    return {name: (one.value, one.se) for name, one in found.items() if one is not None}


def correct_one_baseline_answer(rows):
    row = rows["p0101", "w0"]
    row["djg07"] = "1" if row["djg07"] == "3" else "3"


def exchange_two_follow_ups(rows):
    """Let two people of one area and programme, of different ages, give each other's answers."""
    all_told = [row for (_, wave), row in rows.items()
                if wave == "w2" and "-9" not in [row[name] for name in ITEMS]]  # fmt: skip
    one, other = next(
        (one, other)
        for one in all_told
        for other in all_told
        if one["area"] == other["area"]
        and one["alone"] == other["alone"] == "0"
        and one["age"] != other["age"]
        and sum(one[name] == "1" for name in ITEMS) + 3 <= sum(other[name] == "1" for name in ITEMS)
        and all(rows[each["person"], "w0"][name] != "-9" for each in (one, other) for name in ITEMS)
    )
    for name in ITEMS:
        one[name], other[name] = other[name], one[name]


def test_after_one_corrected_baseline_answer_a_subgroup_is_not_printed_anew(ontmoeten, store):
    before, after, team = shown_before_and_after(ontmoeten, store, correct_one_baseline_answer)

    assert {WHOLE, ALONE} <= set(before)
    assert team[ALONE] != before[ALONE]
    assert not {WHOLE, ALONE} & set(after)
    assert all(before[name] == figure for name, figure in after.items() if name in before)


def test_after_two_exchanged_answers_no_estimate_is_printed_anew(ontmoeten, store):
    """Mean and spread of both sides stay the same; the estimates and their errors do not."""
    before, after, team = shown_before_and_after(ontmoeten, store, exchange_two_follow_ups)

    moved = {name for name, figure in team.items() if before.get(name, figure) != figure}
    assert moved
    assert not moved & set(after)
