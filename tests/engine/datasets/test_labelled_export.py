"""What SPSS and Stata cannot hold as it is gets another form, and is told."""

import pyarrow.parquet as pq
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.datasets.exporting import TableFormat, export_table, harmless
from biotoop.engine.datasets.labelled_tables import cut, fitting_names
from biotoop.engine.datasets.reading import read_dataset
from engine.datasets.codebooks import PERSON, codebook

LONG_NAME = "hours_of_help_from_neighbours_and_family"


def exported(tmp_path, text, *columns):
    path = tmp_path / "survey.csv"
    path.write_text(text, "utf-8")
    reading = read_dataset(path, codebook(PERSON, *columns), tmp_path / "store")
    assert reading.problems == ()
    return export_table(
        reading.snapshot, tmp_path / "out", name="t", formats=[TableFormat.SAV, TableFormat.DTA]
    )


def sav(export):
    return pyreadstat.read_sav(export.files[0], user_missing=True, output_format="dict")


def dta(export):
    return pyreadstat.read_dta(export.files[1], user_missing=True, output_format="dict")


def remarks(export):
    return [(item.code.split(".")[1], item.params) for item in export.remarks]


def test_more_than_three_missing_codes_become_a_span_when_nothing_else_lies_in_it(tmp_path):
    hours = {
        "name": "hours",
        "type": "number",
        "missing": {f"-{n}": f"reason {n}" for n in (6, 7, 8, 9)},
    }
    export = exported(tmp_path, "person,hours\na,-9\nb,-6\nc,3.5\n", hours)
    data, meta = sav(export)
    assert data["hours"] == [-9.0, -6.0, 3.5]
    assert meta.missing_ranges["hours"] == [{"lo": -9.0, "hi": -6.0}]
    assert remarks(export) == []


def test_missing_codes_among_the_values_are_marked_as_far_as_the_file_can(tmp_path):
    hours = {
        "name": "hours",
        "type": "number",
        "missing": {str(n): f"reason {n}" for n in (-1, 97, 98, 99)},
    }
    export = exported(tmp_path, "person,hours\na,97\nb,40\n", hours)
    _, meta = sav(export)
    assert [span["lo"] for span in meta.missing_ranges["hours"]] == [-1.0, 97.0, 98.0]
    assert remarks(export) == [
        ("codes_unmarked", {"column": "hours", "codes": ("99",), "file": "sav"})
    ]
    assert "-1" not in export.remarks[0].text("nl")


def test_missing_codes_that_are_words_get_numbers_below_all_others(tmp_path):
    score = {
        "name": "score",
        "type": "integer",
        "missing": {"dk": "does not know", "-7": "x", "ref": "refused"},
    }
    export = exported(tmp_path, "person,score\na,dk\nb,-120\nc,ref\nd,-7\n", score)
    data, meta = sav(export)
    assert data["score"] == [-121.0, -120.0, -122.0, -7.0]
    assert meta.variable_value_labels["score"][-121.0] == "does not know"
    assert remarks(export) == [
        ("codes_renumbered", {"column": "score", "codes": ("dk > -121", "ref > -122")})
    ]
    assert dta(export)[0]["score"] == ["a", -120.0, "c", "b"]


def test_dates_may_have_missing_codes_too(tmp_path):
    born = {"name": "born", "type": "date", "missing": {"-1": "will not say"}}
    export = exported(tmp_path, "person,born\na,-1\nb,1970-01-02\n", born)
    data, meta = sav(export)
    assert str(data["born"][1]) == "1970-01-02"
    assert str(meta.missing_ranges["born"][0]["lo"]) == "1582-10-13"
    plain, _ = pyreadstat.read_sav(export.files[0], output_format="dict")
    assert plain["born"][0] is None
    assert dta(export)[1].variable_value_labels["born"] == {"a": "will not say"}
    again = read_dataset(
        export.files[0], codebook(PERSON, {"name": "born", "type": "date"}), tmp_path / "again"
    )
    born = pq.read_table(again.snapshot.path).to_pydict()
    assert [str(day) for day in born["born"]] == ["None", "1970-01-02"]
    assert born["born@missing"] == ["1582-10-13", None]


def test_names_that_are_too_long_or_reserved_are_fitted_and_told(tmp_path):
    columns = [
        {"name": name, "type": "integer"}
        for name in (LONG_NAME, LONG_NAME + "_too", "with", "By", "double")
    ]
    heading = ",".join(["person", *(column["name"] for column in columns)])
    export = exported(tmp_path, f"{heading}\na,1,2,3,4,5\n", *columns)
    assert sav(export)[1].column_names == [
        "person",
        LONG_NAME,
        LONG_NAME + "_too",
        "with_2",
        "By_2",
        "double",
    ]
    assert dta(export)[1].column_names == [
        "person",
        LONG_NAME[:32],
        LONG_NAME[:30] + "_2",
        "with_2",
        "By",
        "double_2",
    ]
    assert [item.params["file"] for item in export.remarks] == ["sav", "dta"]


def test_numbers_and_codes_that_a_double_or_a_number_would_spoil_stay_texts(tmp_path):
    number = {"name": "bsn", "type": "integer"}
    code = {"name": "area", "type": "category", "values": {"01": "Noord", "02": "Zuid"}}
    export = exported(tmp_path, "person,bsn,area\na,9007199254740993,01\n", number, code)
    data, meta = sav(export)
    assert (data["bsn"], data["area"]) == (["9007199254740993"], ["01"])
    assert meta.variable_value_labels["area"] == {"01": "Noord", "02": "Zuid"}


def test_texts_with_missing_codes_that_are_long_are_told(tmp_path):
    remark = {"name": "remark", "type": "text", "missing": {"not asked": "x", "xx": "struck out"}}
    export = exported(tmp_path, "person,remark\na,not asked\nb,xx\nc,\n", remark)
    data, meta = sav(export)
    assert data["remark"] == ["not asked", "xx", ""]
    assert [span["lo"].strip() for span in meta.missing_ranges["remark"]] == ["xx"]
    assert [item.params["codes"] for item in export.remarks] == [
        ("not asked",),
        ("not asked", "xx"),
    ]


def test_labels_are_cut_between_characters_where_a_file_has_less_room(tmp_path):
    label = "Hoe vaak hielp je iemand in de buurt? " * 8 + "één"
    score = {"name": "score", "type": "integer", "label": label, "values": {"1": "é" * 100}}
    export = exported(tmp_path, "person,score\na,1\n", score)
    assert sav(export)[1].column_names_to_labels["score"] == label[:255]
    assert sav(export)[1].variable_value_labels["score"][1.0] == "é" * 60
    assert dta(export)[1].column_names_to_labels["score"] == label[:80].rstrip()
    assert dta(export)[1].variable_value_labels["score"][1] == "é" * 100


@pytest.mark.parametrize("length", [1, 8, 9, 254, 255, 256, 511, 2045, 2046, 5000])
def test_texts_of_any_length_come_back_whole(length, tmp_path):
    text = ("0123456789" * 500)[: length - 1] + "x"
    export = exported(
        tmp_path, f"person,remark\na,{text}\nb,kort\n", {"name": "remark", "type": "text"}
    )
    kept = text if length >= 4 else "kort"
    assert sav(export)[0]["remark"] == [text, "kort"]
    assert dta(export)[0]["remark"] == [text, "kort"]
    assert max(text, "kort", key=len) == kept


@given(
    st.lists(st.from_regex("[A-Za-z][A-Za-z0-9_]{0,40}", fullmatch=True), max_size=12),
    st.booleans(),
)
def test_fitted_names_are_short_different_and_free(names, case):
    made = fitting_names(names, longest=8, reserved=frozenset({"if", "with"}), case=case)
    assert all(len(name) <= 8 for name in made)
    folded = made if case else [name.lower() for name in made]
    assert len(set(folded)) == len(names)
    assert not {"if", "with"} & {name.lower() for name in made}


@given(st.text(max_size=20), st.integers(0, 30))
def test_a_cut_text_is_a_beginning_of_it(text, most):
    kept = cut(text.encode(errors="ignore").decode(), most)
    assert len(kept) <= most
    assert text.encode(errors="ignore").startswith(kept)


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-x", "@a", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(text):
    assert harmless(text) == "'" + text
    assert harmless("Ja, " + text) == "Ja, " + text
