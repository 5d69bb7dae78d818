"""What goes out comes back: values, labels, missing codes, in every program that people use."""

import csv

import numpy as np
import pyarrow.parquet as pq
import pyreadstat
import pytest

from biotoop.engine.core.documents import read_document
from biotoop.engine.datasets.codebook import Codebook
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.export_shapes import Shape
from biotoop.engine.datasets.exporting import TableFormat, export_table
from biotoop.engine.datasets.reading import read_dataset
from biotoop.engine.datasets.snapshot_files import snapshot_from_columns
from engine.datasets.codebooks import BORN, HOURS, LONELY, PERSON, WORK, codebook

MOOD = {
    "name": "mood",
    "type": "category",
    "label": {"nl": "Stemming", "en": "Mood"},
    "values": {"1": {"nl": "goed", "en": "good"}, "2": {"nl": "slecht", "en": "bad"}},
    "missing": {"9": {"nl": "weet niet", "en": "does not know"}},
}
REMARK = {"name": "remark", "type": "text", "missing": {"xx": "struck out"}}
HELP = {
    "name": "help",
    "type": "category",
    "missing": {"dk": "does not know"},
    "values": {"none": "No help", "household": "Help in the household"},
}
WAVES = [{"id": "w0", "label": {"nl": "Begin", "en": "Start"}}, {"id": "w1", "label": "End"}]
SURVEY = codebook(
    PERSON,
    HOURS,
    LONELY,
    MOOD,
    HELP,
    WORK,
    BORN,
    REMARK,
    waves=WAVES,
    wave="wave",
    label={"nl": "Vragenlijst", "en": "Survey"},
)
LONG_REMARK = "Ik ben zo blij met de huiskamer. " * 90 + "é"
ROWS = [
    ["a", "w0", "12.25", "3", "1", "none", "ja", "1950-02-28", "xx"],
    ["a", "w1", "-9", "4", "9", "dk", "nee", "1950-02-28", LONG_REMARK],
    ["b", "w0", "-8", "11", "2", "household", "", "", '=HYPERLINK("x")'],
    ["c", "w1", "40", "", "", "", "ja", "2001-12-31", '-3 graden, "koud"'],
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    with (folder / "survey.csv").open("w", encoding="utf-8", newline="") as handle:
        names = ["person", "wave", "hours", "lonely", "mood", "help", "work", "born", "remark"]
        csv.writer(handle).writerows([names, *ROWS])
    reading = read_dataset(folder / "survey.csv", SURVEY, folder / "store")
    assert reading.problems == ()
    return reading.snapshot


@pytest.fixture(scope="module")
def long(snapshot, tmp_path_factory):
    return export_table(snapshot, tmp_path_factory.mktemp("long"), name="survey")


@pytest.fixture(scope="module")
def wide(snapshot, tmp_path_factory):
    return export_table(
        snapshot,
        tmp_path_factory.mktemp("wide"),
        name="wide",
        shape=Shape.WIDE,
        fixed=["born"],
        language="en",
    )


def file_of(export, ending):
    return next(path for path in export.files if path.name.endswith(ending))


def dataset_of(export):
    document = read_document(file_of(export, "_codebook.yaml"), Codebook, file="codebook.yaml")
    assert document.problems == ()
    return document.value.datasets[0]


def read_sav(export):
    return pyreadstat.read_sav(file_of(export, ".sav"), user_missing=True, output_format="dict")


def read_dta(export):
    return pyreadstat.read_dta(file_of(export, ".dta"), user_missing=True, output_format="dict")


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_the_csv_and_its_codebook_give_the_same_table_again(shape, snapshot, request, tmp_path):
    export = request.getfixturevalue(shape)
    reading = read_dataset(file_of(export, ".csv"), dataset_of(export), tmp_path)
    assert [item.text("en") for item in reading.problems] == []
    expected = pq.read_table(snapshot.path).to_pylist()
    for row in expected:
        if (row["remark"] or "").startswith(("=", "-")):
            row["remark"] = "'" + row["remark"]
    assert pq.read_table(reading.snapshot.path).select(list(expected[0])).to_pylist() == expected


def test_the_sav_by_the_same_codebook_gives_the_same_table_again(snapshot, long, tmp_path):
    sav = read_dataset(file_of(long, ".sav"), snapshot.dataset, tmp_path)
    assert [item.text("en") for item in sav.problems] == []
    assert sav.snapshot.content_hash == snapshot.content_hash


def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe_and_a_number_does_not(long):
    with file_of(long, ".csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [row["remark"][:9] for row in rows] == ["xx", "Ik ben zo", "'=HYPERLI", "'-3 grade"]
    assert [row["hours"] for row in rows] == ["12.25", "-9", "-8", "40.0"]


def test_spss_shows_labels_missing_codes_and_level_of_measurement(long):
    data, meta = read_sav(long)
    assert data["hours"] == [12.25, -9.0, -8.0, 40.0]
    assert meta.missing_ranges["hours"] == [{"lo": -9.0, "hi": -9.0}, {"lo": -8.0, "hi": -8.0}]
    assert meta.variable_value_labels["hours"] == {-9.0: "geweigerd", -8.0: "not applicable"}
    assert meta.variable_value_labels["mood"] == {1.0: "goed", 2.0: "slecht", 9.0: "weet niet"}
    assert meta.column_names_to_labels["mood"] == "Stemming"
    assert (meta.variable_measure["mood"], meta.variable_measure["hours"]) == ("nominal", "scale")
    assert meta.variable_value_labels["help"] == {
        "none": "No help",
        "household": "Help in the household",
        "dk": "does not know",
    }
    assert [span["lo"].strip() for span in meta.missing_ranges["help"]] == ["dk"]
    assert meta.variable_value_labels["work"] == {0.0: "nee", 1.0: "ja"}
    assert [str(day) for day in data["born"]] == ["1950-02-28", "1950-02-28", "None", "2001-12-31"]
    assert data["remark"][1] == LONG_REMARK
    assert (meta.file_label, meta.number_rows, meta.file_encoding) == ("Vragenlijst", 4, "UTF-8")


def test_spss_takes_missing_values_out_when_it_computes(long):
    data, _ = pyreadstat.read_sav(file_of(long, ".sav"), output_format="dict")
    assert data["hours"] == [12.25, None, None, 40.0]
    assert data["mood"] == [1.0, None, 2.0, None]


def test_stata_shows_reasons_as_letters_with_labels(long):
    data, meta = read_dta(long)
    assert data["hours"] == [12.25, "a", "b", 40.0]
    assert meta.variable_value_labels["hours"] == {"a": "geweigerd", "b": "not applicable"}
    assert data["mood"] == [1.0, "a", 2.0, None]
    assert meta.variable_value_labels["mood"] == {1: "goed", 2: "slecht", "a": "weet niet"}
    assert data["help"] == ["none", "dk", "household", ""]
    assert [str(day) for day in data["born"]] == ["1950-02-28", "1950-02-28", "None", "2001-12-31"]
    assert data["remark"][1] == LONG_REMARK
    assert (meta.file_label, meta.column_names_to_labels["mood"]) == ("Vragenlijst", "Stemming")


def test_the_stata_file_comes_back_with_the_reasons_that_its_labels_tell(long, tmp_path):
    dataset = codebook(
        PERSON,
        {"name": "hours", "type": "number"},
        key=("person", "wave"),
        waves=WAVES,
        wave="wave",
    )
    reading = read_dataset(file_of(long, ".dta"), dataset, tmp_path)
    told = {(item.code, item.reason.get("nl")) for item in reading.snapshot.exclusions}
    assert told == {(".a", "geweigerd"), (".b", "not applicable")}


def test_a_wide_table_has_a_row_for_each_person_and_a_column_for_each_wave(wide):
    data, meta = read_sav(wide)
    assert data["person"] == ["a", "b", "c"]
    assert (data["lonely_w0"], data["lonely_w1"]) == ([3.0, 11.0, None], [4.0, None, None])
    assert meta.column_names_to_labels["mood_w0"] == "Mood (Start)"
    assert [name for name in meta.column_names if name.startswith("born")] == ["born"]


def test_parquet_keeps_types_and_tells_the_reason_in_a_column_of_its_own(long):
    rows = pq.read_table(file_of(long, ".parquet")).to_pylist()
    assert [(row["hours"], row["hours_missing"]) for row in rows] == [
        (12.25, None),
        (None, "-9"),
        (None, "-8"),
        (40.0, None),
    ]
    assert [row["work"] for row in rows] == [True, False, None, True]


def test_the_codebook_tells_people_what_each_column_holds(long, wide):
    rows = file_of(long, "_codebook.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("kolom,omschrijving,soort,eenheid,kleinste,grootste,codes,")
    assert "hours,hours,getal,,0,80,,-9 = geweigerd; -8 = not applicable" in rows
    assert "mood_w1,Mood (End),category,,,,1 = good; 2 = bad,9 = does not know" in (
        file_of(wide, "_codebook.csv").read_text("utf-8").splitlines()
    )


def test_the_same_table_gives_the_same_bytes(snapshot, long, tmp_path):
    again = export_table(snapshot, tmp_path, name="survey")
    for one, other in zip(long.files, again.files, strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_column_that_changes_between_waves_cannot_be_fixed(snapshot, tmp_path):
    for name in ("lonely", "work"):
        with pytest.raises(InvalidData, match=f"`{name}` changes"):
            export_table(snapshot, tmp_path, name="x", shape=Shape.WIDE, fixed=[name])


def test_a_table_without_codebook_cannot_go_out(tmp_path):
    bare = snapshot_from_columns({"person": np.array(["a"])}, tmp_path)
    with pytest.raises(InvalidData, match="no codebook"):
        export_table(bare, tmp_path, name="x", formats=[TableFormat.CSV])
