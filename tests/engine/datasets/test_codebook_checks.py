"""A codebook that contradicts itself is told so before any data are read."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.codebook_checks import check_codebook, check_dataset
from biotoop.engine.datasets.reading import read_dataset
from engine.datasets.codebooks import HELP, HOURS, LONELY, PERSON, codebook

WAVE = {"id": "w0", "label": "Start"}


def codes(problems):
    return [item.note.code.split(".")[1] for item in problems]


@pytest.mark.parametrize(
    ("dataset", "code", "where"),
    [
        (codebook(LONELY), "key_unknown", ("key", 0)),
        (codebook(PERSON, {**LONELY, "name": "Person"}), "double_column", ("columns",)),
        (codebook(PERSON, waves=[WAVE, WAVE]), "double_wave", ("waves",)),
        (
            codebook(
                PERSON, waves=[{**WAVE, "suffix": "_0"}, {"id": "w1", "label": "x", "suffix": "_0"}]
            ),
            "double_suffix",
            ("waves",),
        ),
        (
            codebook(PERSON, {**LONELY, "name": "Wave"}, waves=[{**WAVE, "suffix": "_0"}]),
            "wave_name_taken",
            ("waves",),
        ),
        (codebook(PERSON, {**HOURS, "minimum": 90}), "limits_crossed", ("columns", 1, "minimum")),
        (
            codebook(PERSON, {**HELP, "missing": {"none": "x"}}),
            "code_both",
            ("columns", 1, "missing"),
        ),
    ],
)
def test_every_contradiction_is_told_with_its_place(dataset, code, where, tmp_path):
    found = check_dataset(dataset)
    assert [(item.note.code, item.where) for item in found] == [(f"datasets.{code}", where)]
    assert all(item.text("nl") != item.text("en") for item in found)
    assert codes(read_dataset(tmp_path / "survey.csv", dataset, tmp_path).problems) == [code]


def test_a_codebook_places_faults_in_its_datasets_and_tells_double_names():
    sound, unsound = codebook(PERSON, HOURS), codebook(LONELY)
    found = check_codebook(Codebook(datasets=(sound, unsound)))
    assert [(item.note.code.split(".")[1], item.where) for item in found] == [
        ("double_dataset", ("datasets",)),
        ("key_unknown", ("datasets", 1, "key", 0)),
    ]
    assert check_codebook(Codebook(datasets=(sound,))) == ()


def test_the_wave_may_stand_in_the_key_without_a_column_of_its_own():
    assert check_dataset(codebook(PERSON, key=("person", "t"), waves=[WAVE], wave="t")) == ()


def test_parquet_columns_that_differ_in_capitals_only_are_refused(tmp_path):
    pq.write_table(pa.table({"person": ["a"], "Person": ["b"]}), tmp_path / "x.parquet")
    found = read_dataset(tmp_path / "x.parquet", codebook(PERSON), tmp_path / "store")
    assert codes(found.problems) == ["csv_double_column"]
