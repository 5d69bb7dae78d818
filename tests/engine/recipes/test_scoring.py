"""Scores stand beside the answers, and take nothing away from what was known of these."""

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.exporting import export_data
from biotoop.engine.recipes.scoring import score_all
from engine.recipes.conftest import EXAMPLES

SURVEY = EXAMPLES / "ontmoeten" / "data" / "survey.csv"


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    return check_folder(EXAMPLES / "ontmoeten", store=tmp_path_factory.mktemp("store"))


def refusals(path: Path, item: str) -> int:
    """Count the people who would rather not say, by the code in the file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return sum(row[item] == "-9" for row in csv.DictReader(handle))


def test_scoring_keeps_why_an_answer_is_missing(checked) -> None:
    before = checked.snapshots["survey"]
    folder = checked.folder
    scored = score_all(folder.measures.measures, checked.snapshots, checked.catalogue, seed=1)

    after = scored["survey"].snapshot
    kept = {column.name: column.reasons for column in after.columns}
    assert {column.name: column.reasons for column in before.columns}.items() <= kept.items()
    codes = pq.read_table(after.path)[kept["djg03"]].to_pylist()
    assert codes.count("-9") == refusals(SURVEY, "djg03") > 0
    assert after.column("loneliness").missing > 0


def test_an_export_with_scores_still_says_who_would_rather_not_say(checked, tmp_path) -> None:
    export_data(checked, tmp_path, formats=["csv"], shapes=["long"], language="nl")

    exported = tmp_path / "survey-long.csv"
    assert refusals(exported, "djg03") == refusals(SURVEY, "djg03")
    assert refusals(exported, "who1") == refusals(SURVEY, "who1")
