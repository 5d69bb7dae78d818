"""Waves in columns or rows become one long table; people stay behind a pseudonym."""

import hashlib
import hmac
import re
from base64 import b32encode

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.datasets.data_engine import DuckEngine, literal
from biotoop.engine.datasets.pseudonyms import pseudonym, pseudonym_sql
from biotoop.engine.datasets.reading import read_dataset
from engine.datasets.codebooks import HELP, HOURS, LONELY, PERSON, codebook

KEY = b"a key of the study, kept apart"
WIDE_WAVES = [
    {"id": "w0", "label": "Start", "suffix": "_0"},
    {"id": "w1", "label": "After a year", "suffix": "_1"},
]
LONG_WAVES = [{"id": "w0", "label": "Start"}, {"id": "w1", "label": "After a year"}]
NAME = {"name": "name", "type": "text", "personal": True}


def read(tmp_path, text, dataset, **options):
    path = tmp_path / "survey.csv"
    path.write_text(text)
    return read_dataset(path, dataset, tmp_path / "store", **options)


def rows(reading):
    return pq.read_table(reading.snapshot.path).to_pylist()


def codes(reading):
    return [item.note.code.split(".")[1] for item in reading.problems]


def test_a_wide_file_gives_the_same_table_as_a_long_one(tmp_path):
    wide = read(
        tmp_path,
        "person,help,lonely_0,hours_0,lonely_1,hours_1\nb,some,4,1,2,-9\na,none,7,2.5,8,\n",
        codebook(PERSON, HELP, LONELY, HOURS, waves=WIDE_WAVES),
    )
    long = read(
        tmp_path,
        "wave,person,help,lonely,hours\nw1,b,some,2,-9\nw0,a,none,7,2.5\n"
        "w0,b,some,4,1\nw1,a,none,8,\n",
        codebook(PERSON, HELP, LONELY, HOURS, waves=LONG_WAVES, wave="wave"),
    )
    assert wide.problems == long.problems == ()
    assert wide.snapshot.content_hash == long.snapshot.content_hash
    told = [(row["person"], row["wave"], row["lonely"], row["hours"]) for row in rows(wide)]
    assert told == [
        ("a", "w0", 7, 2.5),
        ("a", "w1", 8, None),
        ("b", "w0", 4, 1.0),
        ("b", "w1", 2, None),
    ]
    for made in (wide.snapshot.dataset, long.snapshot.dataset):
        assert (made.wave, made.key) == ("wave", ("person", "wave"))


def test_a_person_without_any_answer_in_a_wave_has_no_row_there(tmp_path):
    reading = read(
        tmp_path,
        "person,lonely_0,hours_0,lonely_1,hours_1\na,4,1,,\nb,4,1,,-9\nc,,,5,\n",
        codebook(PERSON, LONELY, HOURS, waves=WIDE_WAVES),
    )
    assert [(row["person"], row["wave"]) for row in rows(reading)] == [
        ("a", "w0"),
        ("b", "w0"),
        ("b", "w1"),
        ("c", "w1"),
    ]


def test_a_question_not_asked_in_a_wave_is_told_apart_from_one_not_filled_in(tmp_path):
    reading = read(
        tmp_path,
        "person,lonely_0,lonely_1,hours_1\na,4,1,2\nb,4,1,\n",
        codebook(PERSON, LONELY, HOURS, waves=WIDE_WAVES),
    )
    told = {item.reason.get("en"): item.count for item in reading.snapshot.exclusions}
    assert told == {"not filled in": 1, "not asked in this wave": 2}


def test_faults_in_a_wide_file_name_the_column_as_it_stands_there(tmp_path):
    reading = read(
        tmp_path,
        "person,lonely_0,lonely_1\na,4,12\na,x,2\n",
        codebook(PERSON, LONELY, waves=WIDE_WAVES),
    )
    assert [(item.where, item.line) for item in reading.problems] == [
        (("lonely_0",), 3),
        (("lonely_1",), 2),
        (("person",), 3),
    ]


@pytest.mark.parametrize(
    ("text", "waves", "wave", "expected"),
    [
        ("person,wave,lonely\na,w0,1\na,w7,2\n", LONG_WAVES, "wave", ["unknown_code"]),
        ("person,wave,lonely\na,w0,1\na,,2\n", LONG_WAVES, "wave", ["key_missing"]),
        ("person,wave,lonely\na,w0,1\na,w0,2\n", LONG_WAVES, "wave", ["key_double"]),
        ("person,lonely\na,1\n", LONG_WAVES, "wave", ["column_missing"]),
        ("person_0,lonely_0\na,1\n", WIDE_WAVES, None, ["column_missing_near"]),
        ("person,lonely,lonely_1\na,1,2\n", WIDE_WAVES, None, ["column_twice"]),
    ],
)
def test_waves_that_do_not_fit_are_refused(tmp_path, text, waves, wave, expected):
    reading = read(tmp_path, text, codebook(PERSON, LONELY, waves=waves, wave=wave))
    assert (codes(reading), reading.snapshot) == (expected, None)


def test_waves_coded_as_numbers_stay_the_kind_that_the_codebook_says(tmp_path):
    waves = [{"id": "0", "label": "Start"}, {"id": "1", "label": "End"}]
    moment = {"name": "t", "type": "integer"}
    dataset = codebook(PERSON, moment, LONELY, waves=waves, wave="t")
    told = rows(read(tmp_path, "person,t,lonely\na,1,1\na,0,2\n", dataset))
    assert [row["t"] for row in told] == [0, 1]
    assert codes(read(tmp_path, "person,t,lonely\na,2,1\n", dataset)) == ["unknown_code"]


def test_a_code_of_the_wave_column_that_is_no_wave_is_told_once(tmp_path):
    moment = {"name": "wave", "type": "category", "values": {"w0": "a", "w1": "b", "w9": "c"}}
    dataset = codebook(PERSON, moment, waves=LONG_WAVES, wave="wave")
    assert codes(read(tmp_path, "person,wave\na,w0\na,w9\n", dataset)) == ["unknown_code"]
    assert codes(read(tmp_path, "person,wave\na,w0\na,x\n", dataset)) == ["unknown_code"]


def test_names_are_left_out_and_never_repeated_in_messages(tmp_path):
    dataset = codebook(PERSON, NAME, LONELY)
    reading = read(tmp_path, "person,name,lonely\na,Fatima,1\n", dataset)
    assert codes(reading) == ["personal_left_out"]
    assert set(rows(reading)[0]) == {"person", "lonely"}
    by_name = codebook(NAME, LONELY, key=("name",))
    doubled = read(tmp_path, "name,lonely\nFatima,1\nFatima,2\n", by_name)
    assert codes(doubled) == ["personal_key", "key_double"]
    assert not any("Fatima" in item.text("nl") for item in doubled.problems)


def test_a_personal_key_becomes_a_pseudonym_that_only_the_key_can_make_again(tmp_path):
    dataset = codebook(NAME, LONELY, key=("name",))
    reading = read(tmp_path, "name,lonely\n Fatima ,1\nJan,2\n", dataset, study_key=KEY)
    assert reading.problems == ()
    told = {row["name"]: row["lonely"] for row in rows(reading)}
    assert told == {pseudonym(KEY, "Fatima"): 1, pseudonym(KEY, "Jan"): 2}
    assert reading.snapshot.dataset.columns[0].personal is False
    assert b"Fatima" not in reading.snapshot.path.read_bytes()


@settings(max_examples=8, deadline=None)
@given(
    st.lists(st.text(max_size=30).map(str.strip), min_size=1, max_size=9),
    st.binary(min_size=16, max_size=90),
)
def test_the_pseudonym_follows_rfc_2104_in_python_and_in_the_data_engine(people, key):
    people = [name.replace("\0", "") for name in people]
    digests = [hmac.new(key, name.strip().encode(), hashlib.sha256).digest() for name in people]
    expected = [b32encode(digest)[:12].decode() for digest in digests]
    assert [pseudonym(key, name) for name in people] == expected
    texts = ", ".join(f"({place}, {literal(name.strip())})" for place, name in enumerate(people))
    with DuckEngine(threads=1).open() as session:
        rows = f"(VALUES {texts}) AS t(place, name)"
        made = session.table(f"SELECT {pseudonym_sql(key, 'name')} AS p FROM {rows} ORDER BY place")
    assert made["p"].to_pylist() == expected
    assert all(re.fullmatch("[A-Z2-7]{12}", name) for name in expected)


def test_a_pseudonym_known_from_the_standard_and_a_key_that_is_too_short():
    # HMAC-SHA256 of RFC 4231, case 1: b0344c61d8db38535ca8afceaf0bf12b...
    assert pseudonym(b"\x0b" * 20, "Hi There") == "WA2EYYOY3M4F"
    assert pseudonym(KEY, "Jan") != pseudonym(KEY + b"2", "Jan")
    with pytest.raises(InvalidValue, match="16 bytes"):
        pseudonym(b"short", "Jan")
