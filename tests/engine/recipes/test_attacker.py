"""Who holds every file of two editions for readers still finds nobody."""

import csv
import datetime as dt
import re
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.disclosure.answers import answers_told
from biotoop.engine.disclosure.policy import DisclosurePolicy
from biotoop.engine.disclosure.protection import audit
from biotoop.engine.disclosure.release import decide
from biotoop.engine.disclosure.tables import keys_of
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import edition_of
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.people_tables import name_of
from biotoop.engine.recipes.releases import read_releases, write_down
from biotoop.engine.recipes.running import run_study
from biotoop.engine.reports.write import write_report
from engine.disclosure.tables_of_people import AGE, LONELY, SEX, people, tabulate
from engine.recipes.attacker import everything, published, recovered, shares_behind
from engine.recipes.conftest import EXAMPLES

pytestmark = pytest.mark.slow

FORMATS = ("html", "xlsx", "csv", "svg")
MEASURES = """schema_version: 1
measures:
  - {id: work78, node: N3, label: "Had werk", definition: "100 of 0", dataset: nsw,
     column: employed78, unit: "procentpunt", intended: increase}
"""
PLAN = """schema_version: 1
plans:
  - id: work
    title: "Vaker werk?"
    from: N1
    to: N3
    outcome: work78
    dataset: nsw
    design: comparison
    treatment: treat
    interval: hc2
    smallest_effect: 0.1
    primary: true
    people: nsw
    covariates: [black, hisp, marr]
    subgroups: [hisp]
    specifications:
      - {id: adjusted, label: "Met regressie", adjustment: regression}
      - id: young
        label: "Zonder de oudsten"
        filters: [{column: age, values: [AGES], reason: "Weinig ouderen"}]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    """Give the trial with a small group, and a way that leaves out a handful of people."""
    folder = Path(shutil.copytree(EXAMPLES / "nsw", tmp_path_factory.mktemp("attack") / "study"))
    with (folder / "data" / "nsw.csv").open(encoding="utf-8") as lines:
        ages = sorted(int(row["age"]) for row in csv.DictReader(lines))
    kept = ", ".join(f'"{age}"' for age in sorted(set(ages)) if age < ages[-5])
    book = (folder / "data" / "codebook.yaml").read_text("utf-8")
    (folder / "data" / "codebook.yaml").write_text(book.split("  - id: nsw_cps")[0], "utf-8")
    (folder / "measures.yaml").write_text(MEASURES, "utf-8")
    (folder / "data" / "nsw_cps.csv").unlink()
    (folder / "registration.json").unlink()
    (folder / "effects.yaml").write_text(PLAN.replace("AGES", kept), "utf-8")
    return folder


def released(folder, store, out, name):
    """Run a study, release its edition for readers under a name, and write every file of it."""
    team = run_study(check_folder(folder, store=store))
    made = edition_of(team, "readers", folder, name)
    write_report(made.findings, out, language="nl", formats=FORMATS)
    (out / "findings.json").write_bytes(findings_json(made.findings))
    write_down(folder, made, name, ("a", "b"), dt.date(2026, 11, 22))
    return team


@pytest.fixture(scope="module")
def editions(study, tmp_path_factory):
    """Release once, let one person join, and release again."""
    base = tmp_path_factory.mktemp("editions")
    store, out = base / "store", [base / "first", base / "second"]
    store.mkdir()
    teams = [released(study, store, out[0], "first")]
    with (study / "data" / "nsw.csv").open("a", encoding="utf-8") as lines:
        lines.write("n99999,1,30,11,1,0,1,1,0.0,0.0,7000.0,nsw,900,100\n")
    teams.append(released(study, store, out[1], "second"))
    return study, teams, out


def test_nothing_in_a_report_or_drawing_goes_beyond_the_published_findings(editions, tmp_path):
    """Text, tables, paths and widths of bars follow from findings.json and nothing else."""
    _, _, folders = editions
    for folder in folders:
        again = tmp_path / folder.name
        write_report(published(folder), again, language="nl", formats=FORMATS)
        for path in sorted(again.rglob("*")):
            if path.is_file():
                assert path.read_bytes() == (folder / path.relative_to(again)).read_bytes()


def test_small_cells_exist_and_none_can_be_recovered_from_one_edition(editions):
    _, teams, folders = editions

    assert recovered(teams[0], teams[0])  # the edition of the team gives people away
    assert recovered(teams[0], published(folders[0])) == []


def test_one_person_more_cannot_be_found_by_subtracting_two_editions(editions):
    study, teams, folders = editions
    first = read_releases(study).releases[:1]

    analyses, moments = everything(published(folders[1]))
    assert all(found.estimate is None for found in analyses if found.outcome == "work78")
    assert not any(measure.id == "work78" for measure, _ in moments)
    assert recovered(teams[1], published(folders[1]), first) == []
    assert recovered(teams[1], teams[1], first)  # without protection the person is found


def test_a_filter_that_leaves_out_a_handful_is_not_shown_beside_the_whole(editions):
    _, _, folders = editions
    analyses = {name_of(found): found for found in everything(published(folders[0]))[0]}

    assert analyses["work (primary)"].estimate is not None
    assert analyses["work (young)"].estimate is None
    assert all(point.value is None for item in published(folders[0]).effects
               for point in item.curve.points if point.specification == "young")  # fmt: skip


def test_no_standardised_effect_tells_a_share_that_is_hidden(editions):
    _, teams, folders = editions
    answers = [
        (group.n, answers_told(group.mean, group.sd, group.n, (0.0, 100.0)))
        for found in everything(teams[0])[0]
        for group in found.groups
    ]
    small = {(n, told[1]) for n, told in answers if told is not None and min(told) < 10}

    solved = [shares_behind(found) for found in everything(published(folders[0]))[0]]

    assert small
    assert not small & set().union(*solved)


def test_hashes_of_answers_and_names_are_in_no_file(editions):
    _, teams, folders = editions
    for team, folder in zip(teams, folders, strict=True):
        secret = {item.content_hash for item in team.datasets} | {team.provenance.recipe_hash}
        secret |= {digest for name, digest in team.provenance.documents if name == "data/nsw"}
        words = [path.read_text("utf-8") for path in sorted(folder.rglob("*"))
                 if path.suffix in {".html", ".csv", ".svg", ".json"}]  # fmt: skip
        book = openpyxl.load_workbook(folder / "tables-nl.xlsx")
        words += [str(row) for sheet in book for row in sheet.iter_rows(values_only=True)]
        assert not any(digest in text for digest in secret for text in words)


def test_the_reason_that_is_told_does_not_differ_with_what_is_hidden(editions):
    _, _, folders = editions
    reasons = {item.reason.code for item in published(folders[0]).withheld}

    assert reasons == {"recipes.kept"}
    assert all(item.rule is None for item in published(folders[0]).withheld)


def test_the_record_of_releases_holds_no_small_number_and_no_row_of_a_person(editions):
    study, _, _ = editions
    text = (study / "releases.json").read_text("utf-8")
    first, second = read_releases(study).releases

    assert not re.search(r"n0\d{4}", text)
    assert first.review.status == "approved"
    assert first.review.reviewers == ("a", "b")
    shown = [v for table in first.tables for v in table.values if v is not None]
    assert min(shown) >= 10
    assert second.id == "second"


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(40, 120), joined=st.integers(0, 12))
def test_random_tables_of_growing_people_tell_nothing_of_who_joined(seed, n, joined):
    """Two releases of linked tables, the second with some people more."""
    data = people(seed, n + joined, (AGE, SEX, LONELY))
    part = np.arange(n + joined) < n
    policy = DisclosurePolicy()

    def tables(name, where):
        own = (("in", name),)
        return [
            tabulate(data, SEX, AGE, name=f"{name} 1", where=where, population=own),
            tabulate(data, SEX, LONELY, name=f"{name} 2", where=where, population=own),
        ]

    first, second = tables("then", part), tables("now", np.ones_like(part))
    before = decide(policy, tables=first).tables
    linked = {"earlier": before, "within": alike(first, second)}
    now = decide(policy, tables=second, **linked)

    if now.tables:
        assert audit(second, now.tables, policy.survey, **linked).is_safe


def alike(first, second):
    """Pair the cells of two releases."""
    return [
        pair
        for old, new in zip(first, second, strict=True)
        for pair in zip(
            keys_of(new.dimensions, new.population, new.measure),
            keys_of(old.dimensions, old.population, old.measure),
            strict=True,
        )
    ]
