"""The data appendix of a report: counts, reasons, means, quantiles, and who stayed."""

import csv

import numpy as np
import pytest

from biotoop.engine.datasets.attrition import attrition
from biotoop.engine.datasets.describe import QUANTILES, describe
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.reading import read_dataset
from biotoop.engine.datasets.row_selection import Where
from biotoop.engine.datasets.snapshot_files import snapshot_from_columns
from engine.datasets.codebooks import BORN, HELP, HOURS, PERSON, WORK, codebook

WAVES = [{"id": wave, "label": wave} for wave in ("start", "half", "year")]
SURVEY = codebook(PERSON, HOURS, HELP, WORK, BORN, waves=WAVES, wave="wave")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    present = {"a": "start half year", "b": "start year", "c": "start", "d": "half", "e": "year"}
    with (folder / "survey.csv").open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["person", "wave", "hours", "help", "work", "born"])
        hours = iter(["1", "2", "4", "8", "-9", "", "-9", "80"])
        for person, waves in present.items():
            writer.writerows([person, wave, next(hours), "some", 1, ""] for wave in waves.split())
    reading = read_dataset(folder / "survey.csv", SURVEY, folder / "store")
    assert reading.problems == ()
    return reading.snapshot


def test_missing_answers_are_counted_by_reason(snapshot):
    hours, _, _, born = describe(snapshot, ["hours", "help", "work", "born"])
    assert hours.n == 5
    told = [
        (item.code, item.count, item.reason and item.reason.get("nl")) for item in hours.missing
    ]
    assert told == [("-9", 2, "geweigerd"), ("", 1, None)]
    assert (born.n, born.missing[0].count, born.mean, born.quantiles) == (0, 8, None, {})


def test_mean_spread_and_quantiles_follow_their_definitions(snapshot):
    hours = describe(snapshot, ["hours"])[0]
    values = [1.0, 2.0, 4.0, 8.0, 80.0]
    assert hours.mean == pytest.approx(np.mean(values), rel=1e-15)
    assert hours.sd == pytest.approx(np.std(values, ddof=1), rel=1e-15)
    assert list(hours.quantiles.values()) == pytest.approx(np.quantile(values, QUANTILES))


def test_categories_and_yes_or_no_are_counted_by_code(snapshot):
    where = [Where(column="wave", values=("start",))]
    _, hours, help_, work, _ = describe(
        snapshot, ["wave", "hours", "help", "work", "born"], where=where
    )
    assert (help_.frequencies, work.frequencies) == ({"some": 3}, {"true": 3})
    assert (hours.n, hours.label.get("nl")) == (2, "hours")


def test_without_a_list_all_columns_but_the_key_are_described(snapshot):
    assert [item.column for item in describe(snapshot)] == ["hours", "help", "work", "born"]


@pytest.mark.parametrize("n", [1, 2, 7, 1000])
def test_quantiles_of_any_number_of_skewed_values_are_exact(n, tmp_path):
    rng = np.random.default_rng(n)
    values = np.round(np.exp(rng.normal(8, 2, n)), 1)
    made = snapshot_from_columns({"x": rng.permutation(np.repeat(values, 3))}, tmp_path)
    found = describe(made)[0]
    expected = np.quantile(np.repeat(values, 3), QUANTILES)
    assert list(found.quantiles.values()) == pytest.approx(expected, rel=1e-14)
    assert found.sd == pytest.approx(np.std(np.repeat(values, 3), ddof=1), rel=1e-12, abs=1e-9)


def test_one_value_has_a_mean_and_no_spread(tmp_path):
    made = snapshot_from_columns({"x": np.array([3.5, np.nan])}, tmp_path)
    found = describe(made)[0]
    assert (found.n, found.mean, found.sd, found.label) == (1, 3.5, None, None)


def test_attrition_tells_who_stayed_left_for_good_and_joined(snapshot):
    start, half, year = attrition(snapshot)
    assert (start.people, start.from_first, start.retention, start.lost, start.new) == (
        3,
        3,
        1.0,
        0,
        3,
    )
    assert (half.people, half.from_first, half.lost, half.new) == (2, 1, 1, 1)
    assert half.retention == pytest.approx(1 / 3)
    assert (year.people, year.from_first, year.lost, year.new) == (3, 2, 1, 1)


def test_attrition_of_nobody_and_of_a_table_without_waves(snapshot, tmp_path):
    nobody = attrition(snapshot, where=[Where(column="person", values=("z",))])
    assert [item.people for item in nobody] == [0, 0, 0]
    assert np.isnan(nobody[0].retention)
    with pytest.raises(InvalidData, match="no waves"):
        attrition(snapshot_from_columns({"x": np.array([1.0])}, tmp_path))
