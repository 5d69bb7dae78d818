"""A csv file is taken whole, or refused with every fault and its line."""

import pyarrow.parquet as pq
import pytest

from biotoop.engine.datasets.codebook import ColumnType
from biotoop.engine.datasets.reading import read_dataset
from biotoop.engine.datasets.snapshot_files import open_snapshot
from engine.datasets.codebooks import BORN, HELP, HOURS, LONELY, PERSON, WORK, codebook

SURVEY = codebook(PERSON, HOURS, LONELY, HELP, WORK, BORN)
HEADING = "person,hours,lonely,help,work,born\n"


def read(tmp_path, text, dataset=SURVEY, **options):
    path = tmp_path / "survey.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_dataset(path, dataset, tmp_path / "store", file="data/survey.csv", **options)


def faults(reading):
    return [(item.note.code.split(".")[1], item.line, *item.where) for item in reading.problems]


def rows(reading):
    return pq.read_table(reading.snapshot.path).to_pylist()


def test_answers_become_typed_values_and_missing_codes_become_reasons(tmp_path):
    reading = read(tmp_path, HEADING + "b,-9,3,dk,ja,1950-02-28\na,12.5,11,some,0,\n")
    assert reading.problems == ()
    first, second = rows(reading)
    typed = [first[name] for name in ("person", "hours", "lonely", "work")]
    assert typed == ["a", 12.5, 11, False]
    assert (second["hours"], second["hours@missing"]) == (None, "-9")
    assert (second["help"], second["help@missing"]) == (None, "dk")
    assert str(second["born"]) == "1950-02-28"
    told = {
        (item.column, item.code): (item.count, item.reason.get("nl"))
        for item in reading.snapshot.exclusions
    }
    assert told == {
        ("hours", "-9"): (1, "geweigerd"),
        ("help", "dk"): (1, "does not know"),
        ("born", ""): (1, "niet ingevuld"),
    }


def test_a_dutch_spreadsheet_with_semicolons_commas_and_a_mark_gives_the_same_table(tmp_path):
    english = read(tmp_path, HEADING + "a,1.5,2,none,true,1950-01-01\nb,-9.0,0,some,nee,\n")
    dutch = read(
        tmp_path,
        "\ufeffborn;person;hours;lonely;work;help\r\n;b;-9;0;FALSE;some\r\n"
        "1950-01-01;a;1,5;2;ja;none\r\n",
    )
    assert dutch.problems == ()
    assert dutch.snapshot.content_hash == english.snapshot.content_hash
    assert dutch.snapshot.path.read_bytes() == english.snapshot.path.read_bytes()


PLANTED = (
    "a,twelve,3,some,ja,1950-01-01\n"
    ",1,3,some,ja,1950-01-01\n"
    "c,81,3.5,some,ja,1950-01-01\n"
    "d,nan,-1,much,maybe,1950-02-30\n"
    "a,inf,1e1,none,1,01-02-1950\n"
)


def test_every_planted_fault_gets_its_own_message_with_its_line(tmp_path):
    reading = read(tmp_path, HEADING + PLANTED)

    assert reading.snapshot is None
    assert not (tmp_path / "store").exists()
    assert sorted(faults(reading), key=lambda item: item[1:]) == [
        ("not_number", 2, "hours"),
        ("key_missing", 3, "person"),
        ("out_of_range", 4, "hours"),
        ("not_integer", 4, "lonely"),
        ("not_date", 5, "born"),
        ("unknown_code", 5, "help"),
        ("not_number", 5, "hours"),
        ("out_of_range", 5, "lonely"),
        ("not_boolean", 5, "work"),
        ("not_date", 6, "born"),
        ("not_number", 6, "hours"),
        ("key_double", 6, "person"),
    ]
    text = next(item.text("en") for item in reading.problems if "81" in item.text("en"))
    assert text.startswith("data/survey.csv:4: hours: 81 cannot be. Allowed: 0 .. 80.")


def test_many_faults_of_one_kind_are_counted_after_the_first_five(tmp_path):
    many = "".join(f"p{i},x,1,none,ja,\n" for i in range(317))
    reading = read(tmp_path, HEADING + many)
    assert [item.line for item in reading.problems] == [2, 3, 4, 5, 6, None]
    assert reading.problems[-1].note.params == {"count": 312}
    assert reading.problems[-1].text("nl") == "data/survey.csv: En nog 312 van dezelfde soort."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", [("empty_file", None)]),
        (HEADING, [("no_rows", 1)]),
        (
            "person,hours,lonely,help,work,hours\na,1,1,none,1,\n",
            [("csv_double_column", 1, "hours")],
        ),
        (HEADING.encode() + b"a,1,1,none,1,\nb,1,1,caf\xe9,1,\n", [("not_utf8", 3)]),
        ("a,1".encode("utf-16"), [("utf16", 1)]),
        (HEADING + 'a,1,1,none,1,\nb,1,"x"y,none,1,\n', [("csv_syntax", 3)]),
        (
            "person;hour;lonely;help;work;born\na;1;1;none;1;\n",
            [("column_missing_near", None, "hours")],
        ),
        (
            "x\n1\n",
            [
                ("column_missing", None, name)
                for name in ("person", "hours", "lonely", "help", "work", "born")
            ],
        ),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_the_reason(tmp_path, text, expected):
    reading = read(tmp_path, text)
    assert reading.snapshot is None
    assert faults(reading) == expected
    assert all(item.text("nl") and item.text("en") for item in reading.problems)


def test_rows_with_too_few_and_too_many_cells_are_told_with_their_lines(tmp_path):
    reading = read(
        tmp_path, HEADING + 'a,1,1,none,1,\n"b\nb",1,1,none,1,\n\r\nc,1\nd,1,1,none,1,,7\n'
    )
    assert faults(reading) == [("csv_row_length", 6), ("csv_row_length", 7)]
    assert [item.note.params["cells"] for item in reading.problems] == [2, 7]


def test_lines_that_end_in_two_ways_as_excel_writes_them_are_read(tmp_path):
    text = HEADING.replace("\n", "\r\n") + '"a\nb",1,1,none,1,\r\nc,1,99,none,1,\nd,1,1,none,1,'
    reading = read(tmp_path, text)
    assert faults(reading) == [("out_of_range", 4, "lonely")]


def test_a_line_too_long_for_any_table_is_refused_by_name(tmp_path):
    reading = read(tmp_path, HEADING + f'a,1,1,none,1,"{"x" * (3 << 20)}"\n')
    assert faults(reading)[0][0] == "csv_syntax"


def test_lines_are_right_below_blank_lines_and_answers_of_several_lines(tmp_path):
    reading = read(tmp_path, HEADING + '"a\na",1,1,none,1,\n\n\nb,x,1,none,1,\nc,1,99,none,1,\n')
    assert sorted(faults(reading)) == [("not_number", 6, "hours"), ("out_of_range", 7, "lonely")]


def test_points_and_commas_in_one_column_are_refused_since_1_234_may_mean_two_things(tmp_path):
    heading = HEADING.replace(",", ";")
    mixed = read(tmp_path, heading + "a;1.234;1;none;1;\nb;2,5;1;none;1;\n")
    assert faults(mixed) == [("mixed_decimals", 2, "hours")]
    points = read(tmp_path, heading + "a;1.234;1;none;1;\nb;2.5;1;none;1;\n")
    assert [row["hours"] for row in rows(points)] == [1.234, 2.5]


def test_whole_numbers_beyond_a_double_and_minus_zero_keep_their_value(tmp_path):
    dataset = codebook(PERSON, {"name": "id", "type": "integer"}, {"name": "x", "type": "number"})
    reading = read(tmp_path, "person,id,x\na,9007199254740993,-0.0\nb,12.0,.5\n", dataset)
    assert [(row["id"], str(row["x"])) for row in rows(reading)] == [
        (9007199254740993, "0.0"),
        (12, "0.5"),
    ]


def test_a_key_of_two_columns_names_a_row_together(tmp_path):
    dataset = codebook(PERSON, LONELY, key=("person", "lonely"))
    fine = read(tmp_path, "person,lonely\na,1\na,2\nb,1\n", dataset)
    assert fine.snapshot.rows == 3
    double = read(tmp_path, "person,lonely\na,1\na,2\na,1\na,1\n", dataset)
    assert faults(double)[0] == ("key_double", 4, "person", "lonely")
    assert double.problems[0].note.params["first"] == 2
    assert double.problems[1].note.params["count"] == 1


def test_the_snapshot_opens_again_with_all_that_it_knows(tmp_path):
    reading = read(tmp_path, HEADING + "a,12.5,11,some,0,\n")
    assert open_snapshot(reading.snapshot.path) == reading.snapshot
    hours = reading.snapshot.column("hours")
    assert (hours.type, hours.reasons, hours.mean) == (ColumnType.NUMBER, "hours@missing", 12.5)


def test_columns_outside_the_codebook_are_named_and_not_taken(tmp_path):
    reading = read(tmp_path, "remark,person,lonely\nx,a,1\n", codebook(PERSON, LONELY))
    assert reading.ignored == ("remark",)
    assert [column.name for column in reading.snapshot.columns] == ["person", "lonely"]


def test_numbers_too_large_to_square_are_a_fault_of_the_file(tmp_path):
    dataset = codebook(PERSON, {"name": "x", "type": "number"})
    assert faults(read(tmp_path, "person,x\na,1e200\n", dataset)) == [("invalid_data", None)]
