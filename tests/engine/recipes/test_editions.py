"""What leaves the team: who has everything that was published still finds nobody."""

import csv
import json
import math
from collections import Counter
from pathlib import Path

import attrs
import pytest

from biotoop.engine.core.convert import from_plain
from biotoop.engine.plausibility.weights import GroupKind
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.findings import Edition, Findings
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.running import run_study
from biotoop.engine.reports.tables.study import tables_of
from engine.recipes.conftest import EXAMPLES, edit

STANCES = ("supports", "contradicts", "nuances", "not_mentioned")


@pytest.fixture(scope="module")
def team(tmp_path_factory) -> Findings:
    store = tmp_path_factory.mktemp("store")
    return run_study(check_folder(EXAMPLES / "ontmoeten", store=store))


@pytest.fixture(scope="module")
def readers(team: Findings) -> Findings:
    return readers_edition(team)


def codes_in(column: str, text: str) -> set[str]:
    """Give the codes of a column of the claims that stand in a text, by themselves."""
    with (EXAMPLES / "ontmoeten" / "evidence" / "claims.csv").open(encoding="utf-8") as lines:
        codes = {row[column] for row in csv.DictReader(lines)} - {""}
    return {code for code in codes if f'"{code}"' in text}


@pytest.mark.parametrize("column", ["id", "respondent", "quote_approved_by"])
def test_codes_of_claims_and_people_stand_in_the_edition_of_the_team_only(
    team: Findings, readers: Findings, column: str
) -> None:
    assert codes_in(column, findings_json(team).decode())
    assert not codes_in(column, findings_json(readers).decode())


@pytest.mark.parametrize("column", ["interviewer", "coder"])
def test_codes_of_interviewers_and_coders_stand_in_no_file(readers: Findings, column: str) -> None:
    assert not codes_in(column, findings_json(readers).decode())


def test_quotes_with_a_name_in_them_or_without_approval_stay_with_the_team(
    team: Findings, readers: Findings
) -> None:
    assert any("Joke" in quote.text for quote in team.quotes)
    assert not any("Joke" in quote.text for quote in readers.quotes)
    assert readers.quotes
    assert all(quote.consent and quote.approved_by is None for quote in readers.quotes)


def test_no_count_of_people_by_stance_is_below_three(readers: Findings) -> None:
    counts = [link.bundle.counts for link in readers.plausibility.links]
    counts += [item.counts for link in readers.plausibility.links for item in link.bundle.for_whom]

    shown = [getattr(c, name) for c in counts for name in STANCES if name not in c.hidden]
    assert [n for n in shown if 0 < n < 3] == []


def test_a_hidden_count_never_stands_alone_in_its_line(readers: Findings) -> None:
    for link in readers.plausibility.links:
        bundle = link.bundle
        if bundle.counts.hidden:
            assert len(bundle.counts.hidden) > 1
            assert bundle.respondents == 0
            continue
        lines = Counter(
            (item.life, name) for item in bundle.for_whom for name in item.counts.hidden
        )
        assert [line for line, hidden in lines.items() if hidden == 1] == []


def test_voices_against_are_never_folded_away(team: Findings, readers: Findings) -> None:
    for was, now in zip(team.plausibility.links, readers.plausibility.links, strict=True):
        if was.bundle.counts.contradicts:
            counts = now.bundle.counts
            assert counts.contradicts or "contradicts" in counts.hidden
            assert now.bundle.disagreed


def test_nobody_who_contradicts_is_described_apart(readers: Findings) -> None:
    for link in readers.plausibility.links:
        assert all(item.respondent is None and item.age is None for item in link.bundle.disagreed)


def test_a_share_of_all_or_nobody_stays_with_the_team(team: Findings, readers: Findings) -> None:
    (before,) = [item for item in team.measures if item.id == "step"]
    (after,) = [item for item in readers.measures if item.id == "step"]

    assert [moment.wave for moment in before.moments] == ["w0", "w2"]
    assert [moment.wave for moment in after.moments] == ["w2"]


def test_rows_and_missing_answers_are_rounded(readers: Findings) -> None:
    for dataset in readers.datasets:
        assert dataset.rows % 5 == 0
    for measure in readers.measures:
        assert all(moment.mean.missing % 5 == 0 for moment in measure.moments)


@pytest.mark.slow
def test_a_subgroup_that_is_too_small_takes_another_with_it(ontmoeten: Path, store: Path) -> None:
    edit(
        ontmoeten / "study.yaml",
        "disclosure:\n",
        "disclosure:\n  survey: {minimum_cell: 130}\n",
    )
    found = readers_edition(run_study(check_folder(ontmoeten, store=store)))

    (loneliness,) = [item for item in found.effects if item.plan == "loneliness"]
    assert all(part.estimate is None for part in loneliness.subgroups)
    assert {entry.what.split(" ")[0] for entry in found.withheld} >= {"loneliness"}


def test_what_was_withheld_is_told_with_the_reason(readers: Findings) -> None:
    assert readers.edition is Edition.READERS
    assert readers.withheld
    assert all(item.reason.text("nl") and item.reason.text("en") for item in readers.withheld)


def test_the_edition_for_readers_of_readers_is_the_same(readers: Findings) -> None:
    assert readers_edition(readers) is readers


def test_grades_and_euros_do_not_change_by_disclosure(team: Findings, readers: Findings) -> None:
    assert team.plausibility.grades() == readers.plausibility.grades()
    assert attrs.asdict(team.valuation.net) == attrs.asdict(readers.valuation.net)


def voice_groups(link):
    return [
        group
        for family in link.families
        for group in family.groups
        if group.kind is GroupKind.CLAIMS
    ]


def test_no_weight_of_a_group_tells_who_said_what_in_it(team: Findings, readers: Findings) -> None:
    """The scheme is public, so an exact weight of a small group could be solved for its voices."""
    for was, now in zip(team.plausibility.links, readers.plausibility.links, strict=True):
        few = False
        for group in voice_groups(was):
            sides = Counter()
            for item in group.items:
                sides[(item.log_ratio > 0) - (item.log_ratio < 0)] += max(item.people, 1)
            few = few or any(0 < people < 3 for people in sides.values())
        assert all(group.items == () for group in voice_groups(now))
        if few:
            assert all(math.isnan(group.log_ratio) for group in voice_groups(now))
            assert math.isnan(now.n_eff)
            assert now.sensitivity.rows == ()
            assert now.k == float(f"{was.k:.0e}")


def test_ranks_do_not_tell_the_size_of_a_hidden_group(readers: Findings) -> None:
    for node in readers.plausibility.nodes:
        assert all(part.ranked == 0 for part in node.for_whom if part.hidden)


@pytest.mark.slow
def test_an_effect_that_is_withheld_is_nowhere_else_either(ontmoeten: Path, store: Path) -> None:
    edit(
        ontmoeten / "study.yaml",
        "disclosure:\n",
        "disclosure:\n  survey: {minimum_cell: 400}\n",
    )
    found = readers_edition(run_study(check_folder(ontmoeten, store=store)))

    assert all(item.primary.estimate is None for item in found.effects)
    assert all(item.curve.lowest is None for item in found.effects)
    assert all(link.estimates == () for link in found.plausibility.routes_as_whole)
    assert found.valuation is None


def test_tables_for_readers_leave_hidden_numbers_empty_and_never_nil(readers: Findings) -> None:
    files = {table.name: table for table in tables_of(readers, "nl")}
    steps = files["steps"]
    (row,) = [row for row in steps.rows if "S8" in row]
    places = {name: place for place, name in enumerate(steps.columns)}

    assert [row[places[name]] for name in ("respondents", "supports", "contradicts")] == [None] * 3
    hidden = [i for link in readers.plausibility.links for i in link.bundle.for_whom
              if "supports" in i.counts.hidden]  # fmt: skip
    whom = files["for_whom"]
    place = whom.columns.index("supports")
    assert sum(row[place] is None for row in whom.rows) == len(hidden)


def test_the_edition_for_readers_reads_back_as_it_was_written(readers: Findings) -> None:
    plain = json.loads(findings_json(readers))

    assert json.loads(findings_json(from_plain(plain, Findings))) == plain
