"""SPSS, Stata, Excel and parquet files give the same table as csv, or say why not."""

import datetime as dt
import struct
import zipfile

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from biotoop.engine.core.problems import Severity
from biotoop.engine.datasets.labelled_worker import stage
from biotoop.engine.datasets.reading import read_dataset
from engine.datasets.codebooks import BORN, HELP, HOURS, LONELY, PERSON, WORK, codebook

SURVEY = codebook(PERSON, HOURS, LONELY, HELP, WORK, BORN)
TABLE = pd.DataFrame(
    {
        "person": ["a", "b", "c"],
        "hours": [12.5, -9.0, np.nan],
        "lonely": [3, 11, 0],
        "help": ["none", "some", "dk"],
        "work": [1.0, 0.0, np.nan],
        "born": [dt.date(1950, 2, 28), None, dt.date(2001, 12, 31)],
    }
)
CSV = (
    "person,hours,lonely,help,work,born\na,12.5,3,none,1,1950-02-28\n"
    "b,-9,11,some,0,\nc,,0,dk,,2001-12-31\n"
)


def taken(path, dataset=SURVEY):
    return read_dataset(path, dataset, path.parent / "store")


def codes(reading):
    return [(item.note.code.split(".")[1], item.line, *item.where) for item in reading.problems]


def write_xlsx(path, rows, sheet="Blad1"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)


def write(path):
    """Write the same answers by other people's programs."""
    plain = TABLE.astype({"born": object}).where(TABLE.notna(), None)
    if path.suffix == ".csv":
        path.write_text(CSV)
    elif path.suffix == ".sav":
        pyreadstat.write_sav(TABLE, path)
    elif path.suffix == ".dta":
        pyreadstat.write_dta(TABLE, path)
    elif path.suffix == ".xlsx":
        write_xlsx(path, [[], list(TABLE.columns), [], *plain.values.tolist()])
    else:
        pq.write_table(pa.Table.from_pandas(plain, preserve_index=False), path)
    return path


@pytest.fixture(scope="module")
def by_csv(tmp_path_factory):
    return taken(write(tmp_path_factory.mktemp("csv") / "survey.csv"))


@pytest.mark.parametrize("ending", ["sav", "dta", "xlsx", "parquet"])
def test_the_same_answers_give_the_same_table_from_every_program(ending, by_csv, tmp_path):
    reading = taken(write(tmp_path / f"survey.{ending}"))
    assert reading.problems == by_csv.problems == ()
    assert reading.snapshot.content_hash == by_csv.snapshot.content_hash
    assert reading.snapshot.exclusions == by_csv.snapshot.exclusions


def test_missing_spans_and_labels_of_an_spss_file_count_without_a_codebook_for_them(tmp_path):
    path = tmp_path / "survey.sav"
    table = pd.DataFrame(
        {"person": ["a", "b", "c"], "hours": [3.0, -7.0, -9.0], "help": ["none", "nvt", "none"]}
    )
    pyreadstat.write_sav(
        table,
        path,
        column_labels={"hours": "Uren"},
        missing_ranges={"hours": [{"lo": -9, "hi": -7}], "help": ["nvt"]},
        variable_value_labels={"hours": {-9: "geweigerd", 3: "drie"}, "help": {"nvt": "n.v.t."}},
    )
    hours = {"name": "hours", "type": "number"}
    reading = taken(path, codebook(PERSON, hours, {"name": "help", "type": "category"}))
    told = {(item.code, item.reason.get("nl"), item.count) for item in reading.snapshot.exclusions}
    assert told == {("-9", "geweigerd", 1), ("-7", "-7", 1), ("nvt", "n.v.t.", 1)}
    described = {column.name: column for column in reading.snapshot.dataset.columns}
    assert described["hours"].values["3"].get("nl") == "drie"
    assert set(described["hours"].missing) == {"-9"}


def test_letters_between_the_numbers_of_a_stata_file_are_missing_codes(tmp_path):
    path = tmp_path / "survey.dta"
    table = pd.DataFrame({"person": ["a", "b", "c"], "hours": [2.5, "a", "z"]})
    pyreadstat.write_dta(
        table,
        path,
        missing_user_values={"hours": ["a", "z"]},
        variable_value_labels={"hours": {"a": "geweigerd"}},
    )
    reading = taken(path, codebook(PERSON, {"name": "hours", "type": "number"}))
    told = {(item.code, item.reason.get("nl")) for item in reading.snapshot.exclusions}
    assert told == {(".a", "geweigerd"), (".z", ".z")}
    assert pq.read_table(reading.snapshot.path)["hours"].to_pylist() == [2.5, None, None]


def test_the_worker_tells_kinds_labels_and_missing_codes_of_a_file(tmp_path):
    path = tmp_path / "survey.dta"
    kept = {"born": TABLE["born"], "help": TABLE["help"]}
    table = pd.DataFrame({"hours": [2.5, "b", None], **kept, "other": [1, 2, 3]})
    pyreadstat.write_dta(
        table,
        path,
        missing_user_values={"hours": ["b"]},
        variable_value_labels={"hours": {"b": "nvt", 2: "two"}},
    )
    told = stage(path, tmp_path / "stage.parquet", ["help", "hours", "born"])
    assert [(item["name"], item["kind"]) for item in told["columns"]] == [
        ("hours", "text"),
        ("born", "date"),
        ("help", "text"),
    ]
    hours = told["columns"][0]
    assert (hours["missing_codes"], hours["values"]) == ([".b"], {".b": "nvt", "2": "two"})
    assert pq.read_table(tmp_path / "stage.parquet").to_pydict()["c0"] == ["2.5", ".b", None]
    sav = write(tmp_path / "survey.sav")
    assert stage(sav, tmp_path / "sav.parquet", ["hours"])["rows"] == 3
    assert stage(sav, tmp_path / "none.parquet", ["nothing"]) == {"rows": 0, "columns": []}


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["sav", "dta"])
def test_a_file_of_many_cases_is_read_in_batches_that_join_up(ending, tmp_path):
    path, count = tmp_path / f"many.{ending}", 50_000
    table = pd.DataFrame({"person": np.arange(count).astype(str), "lonely": np.arange(count) % 12})
    (pyreadstat.write_sav if ending == "sav" else pyreadstat.write_dta)(table, path)
    reading = taken(path, codebook(PERSON, LONELY))
    assert reading.snapshot.rows == count
    assert reading.snapshot.column("lonely").mean == pytest.approx((np.arange(count) % 12).mean())


def test_moments_yes_no_and_decimals_of_excel_are_read_as_they_are(tmp_path):
    path = tmp_path / "survey.xlsx"
    write_xlsx(
        path,
        [
            ["person", "born", "work", "hours"],
            ["a", dt.datetime.fromisoformat("2024-03-01"), True, 2.0],
            ["b", dt.datetime.fromisoformat("2024-03-01 09:30"), False, 2.5],
        ],
    )
    found = codes(taken(path, codebook(PERSON, BORN, WORK, HOURS)))
    assert found == [("not_date", 3, "born")]


def test_a_moment_is_no_date_unless_it_is_midnight(tmp_path):
    path = tmp_path / "survey.sav"
    moments = pd.to_datetime(["2024-03-01 10:30", "2024-03-02 00:00"])
    pyreadstat.write_sav(pd.DataFrame({"person": ["a", "b"], "born": moments}), path)
    assert codes(taken(path, codebook(PERSON, BORN))) == [("not_date", 1, "born")]


def test_cells_of_excel_with_errors_and_formulas_without_outcome_are_told(tmp_path):
    path = tmp_path / "survey.xlsx"
    write_xlsx(path, [["person", "lonely"], ["a", "=1+1"], ["b", "#N/A"], ["c", 3]])
    assert codes(taken(path, codebook(PERSON, LONELY))) == [
        ("formula_without_value", 2, "lonely"),
        ("cell_error", 3, "lonely"),
    ]


def test_the_sheet_of_the_codebook_is_read_and_lines_count_blank_rows(tmp_path):
    path = tmp_path / "survey.xlsx"
    write_xlsx(path, [["person", "lonely", None], [], ["a", "x"], [None, 2, "note"]], "Data")
    reading = taken(path, codebook(PERSON, LONELY, sheet="Data"))
    assert sorted(codes(reading)) == [("key_missing", 4, "person"), ("not_integer", 3, "lonely")]
    assert codes(taken(path, codebook(PERSON, sheet="Blad9"))) == [("no_sheet", None)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], [("empty_file", None)]),
        ([["person", "lonely"]], [("no_rows", None)]),
        ([["person", "person"], ["a", "b"]], [("csv_double_column", None, "person")]),
    ],
)
def test_an_excel_file_that_is_no_such_table_is_refused(rows, expected, tmp_path):
    write_xlsx(tmp_path / "survey.xlsx", rows)
    assert codes(taken(tmp_path / "survey.xlsx", codebook(PERSON, LONELY))) == expected


def test_an_excel_file_that_would_unpack_to_gigabytes_is_not_opened(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    promised = bytearray(path.read_bytes())
    struct.pack_into("<I", promised, promised.index(b"PK\x01\x02") + 24, 3 << 30)
    path.write_bytes(promised)
    reading = taken(path, codebook(PERSON))
    assert codes(reading) == [("too_much_unpacked", None)]
    assert reading.problems[0].note.params["mib"] == 3 << 10


@pytest.mark.parametrize("ending", ["sav", "dta", "xlsx", "parquet"])
def test_a_file_that_is_not_what_its_name_says_is_refused(ending, tmp_path):
    path = tmp_path / f"survey.{ending}"
    path.write_bytes(b"this is no such file, whatever its name says" * 20)
    assert codes(taken(path)) == [("unreadable_file", None)]


def test_a_broken_book_of_excel_and_files_of_unknown_kinds_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as archive:
        archive.writestr("a.txt", "no workbook")
    assert codes(taken(tmp_path / "broken.xlsx")) == [("unreadable_file", None)]
    write_xlsx(tmp_path / "half.xlsx", [["person"], ["a"]])
    with (
        zipfile.ZipFile(tmp_path / "half.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "sheet.xlsx", "w") as half,
    ):
        for part in whole.namelist():
            text = whole.read(part)
            half.writestr(part, text[:80] if part.startswith("xl/worksheets/") else text)
    assert codes(taken(tmp_path / "sheet.xlsx", codebook(PERSON))) == [("unreadable_file", None)]
    assert codes(taken(tmp_path / "survey.ods")) == [("unknown_kind", None)]
    assert codes(taken(tmp_path / "nowhere.csv")) == [("cannot_open", None)]


@pytest.mark.parametrize("ending", ["sav", "dta", "xlsx", "parquet"])
def test_a_damaged_file_is_refused_in_words_and_never_by_a_crash(ending, tmp_path):
    sound = write(tmp_path / f"survey.{ending}").read_bytes()
    rng = np.random.default_rng(6)
    for turn in range(2 if ending in ("sav", "dta") else 8):
        damaged = bytearray(sound[: rng.integers(len(sound))] if turn % 2 else sound)
        for place in rng.integers(0, len(damaged), 4):
            damaged[place] = rng.integers(256)
        path = tmp_path / f"damaged.{ending}"
        path.write_bytes(bytes(damaged))
        reading = taken(path)
        assert (reading.snapshot is None) == any(
            item.severity is Severity.ERROR for item in reading.problems
        )
        assert all(item.text("nl") for item in reading.problems)


def test_a_file_that_brings_the_reader_down_takes_nothing_with_it(tmp_path):
    path = tmp_path / "survey.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"person": ["a"], "lonely": [1.0]}),
        path,
        variable_value_labels={"lonely": {1: "one"}},
    )
    hostile = path.read_bytes()
    label_of_second = struct.pack("<iii", 4, 1, 2)
    assert hostile.count(label_of_second) == 1
    path.write_bytes(hostile.replace(label_of_second, struct.pack("<iii", 4, 1, 203)))
    reading = taken(path, codebook(PERSON, LONELY))
    assert codes(reading) == [("unreadable_file", None)]


FAULTY_TYPES = {
    "person": pa.array(["a", "b", None]).dictionary_encode(),
    "hours": [float("inf"), float("nan"), 81.0],
    "lonely": [1.0, 2.5, 3.0],
    "work": [True, False, None],
    "born": pa.array([1, 2, 3], pa.timestamp("s")),
    "help": [1, 2, 3],
}


def test_typed_columns_of_parquet_are_held_against_the_codebook_too(tmp_path):
    path = tmp_path / "survey.parquet"
    pq.write_table(pa.table(FAULTY_TYPES), path)

    found = codes(taken(path))
    assert set(found) == {
        ("key_missing", 3, "person"),
        ("not_number", 1, "hours"),
        ("out_of_range", 3, "hours"),
        ("not_integer", 2, "lonely"),
        ("not_date", 1, "born"),
        ("not_date", 2, "born"),
        ("not_date", 3, "born"),
        ("unknown_code", 1, "help"),
        ("unknown_code", 2, "help"),
        ("unknown_code", 3, "help"),
    }


def test_lists_and_files_without_rows_have_no_place_in_a_table(tmp_path):
    path = tmp_path / "survey.parquet"
    pq.write_table(pa.table({"person": ["a"], "lonely": [[1, 2]]}), path)
    assert codes(taken(path, codebook(PERSON, LONELY))) == [("column_kind", None, "lonely")]
    for ending, nothing in (
        ("parquet", pa.table({"person": pa.array([], pa.string())})),
        ("sav", pd.DataFrame({"person": pd.Series([], dtype=str)})),
    ):
        empty = tmp_path / f"empty.{ending}"
        if ending == "sav":
            pyreadstat.write_sav(nothing, empty)
        else:
            pq.write_table(nothing, empty)
        assert codes(taken(empty, codebook(PERSON))) == [("no_rows", None)]


def test_a_labelled_file_without_any_known_column_tells_what_is_missing(tmp_path):
    pyreadstat.write_sav(pd.DataFrame({"x": [1.0]}), tmp_path / "survey.sav")
    found = codes(taken(tmp_path / "survey.sav", codebook(PERSON)))
    assert found == [("column_missing", None, "person")]
