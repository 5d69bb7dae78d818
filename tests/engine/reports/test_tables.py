"""The figures behind a report travel as tables, exactly, with a codebook, and cannot be run."""

import csv
import io
import zipfile

import attrs
import openpyxl
import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import codebook, data_table, harmless
from biotoop.engine.reports.tables.study import tables_of
from biotoop.engine.reports.tables.text import csv_files, render_csv
from biotoop.engine.reports.workbook import render_workbook
from engine.reports.bare_study import bare_study
from engine.reports.full_study import for_readers


@pytest.fixture(scope="module")
def tables(full):
    return {table.name: table for table in tables_of(full, "nl")}


@pytest.fixture(scope="module")
def book(full):
    return openpyxl.load_workbook(io.BytesIO(render_workbook(full, "nl")))


def records(table) -> list[dict]:
    """Give the rows by column."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_effects_are_there_in_full_precision_failures_too(full, tables):
    rows = {(r["plan"], r["specification"]): r for r in records(tables["effects"])}
    primary = full.effects[0].primary

    assert rows["loneliness", "primary"]["estimate"] == primary.estimate.value
    assert rows["loneliness", "primary"]["d_low"] == primary.standardised.low
    assert rows["loneliness", "matched"]["estimate"] is None
    assert rows["loneliness", "matched"]["refusal"].startswith("Te weinig mensen")


def test_steps_carry_their_weight_and_both_sides(full, tables):
    first = records(tables["steps"])[0]
    found = full.plausibility.link("S1")

    assert (first["k"], first["supports"], first["contradicts"]) == (found.k, 18, 2)
    assert first["certainty"] == "moderate"
    assert records(tables["steps"])[-1]["target_kind"] == "route"


def test_euros_add_up_to_the_net_value(full, tables):
    rows = {(r["party"], r["amount_of"]): r for r in records(tables["parties"])}
    society = [rows["society", name]["mean"] for name in ("benefits", "costs", "net")]

    assert society[0] - society[1] == pytest.approx(society[2], rel=1e-9)
    assert society[2] == full.valuation.net.mean


def test_every_column_is_defined_and_has_one_meaning(full):
    for language in ("nl", "en"):
        entries = codebook(tables_of(full, language), Pen(language))
        meanings = {}
        for entry in entries:
            meanings.setdefault(entry.column, set()).add((entry.definition, entry.unit))
        assert all(len(found) == 1 for found in meanings.values())
        assert all(entry.definition for entry in entries)


def test_every_row_of_invented_findings_says_so(tables):
    assert all(row[0] == "verzonnen" for table in tables.values() for row in table.rows)


def test_a_study_without_euros_has_no_tables_of_euros():
    names = {table.name for table in tables_of(bare_study(), "nl")}

    assert "parties" not in names
    assert {"nodes", "steps", "provenance"} <= names
    assert tables_of(bare_study(), "nl")[0].columns[0] == "node"


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="t: 1 values for 2 columns"):
        data_table("t", "a b", [(1,)])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start):
    text = render_csv(data_table("t", "label", [(f"{start}1+1",)]))

    assert next(csv.reader(io.StringIO(text.split("\n", 1)[1], newline="")))[0] == f"'{start}1+1"


@pytest.mark.parametrize("value", [-1.5, 0, True, None, "gewoon"])
def test_numbers_and_plain_words_stay_as_they_are(value):
    assert harmless(value) == value


def test_csv_reads_back_to_the_same_numbers(full, tables):
    text = csv_files(full, "nl")["tornado.csv"]
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [float(row["swing"]) for row in rows] == [
        row["swing"] for row in records(tables["tornado"])
    ]


def test_the_codebook_travels_with_the_csv_files(full):
    files = csv_files(full, "en")
    rows = list(csv.DictReader(io.StringIO(files["codebook.csv"])))

    assert {row["table"] for row in rows} == {name[:-4] for name in files} - {"codebook"}


def test_the_workbook_has_a_sheet_for_each_table_and_a_codebook(book, tables):
    assert book.sheetnames[:2] == ["Lees mij", "Codeboek"]
    assert len(book.sheetnames) == len(tables) + 2
    steps = book["Stappen"]
    assert [cell.value for cell in steps[1]] == list(tables["steps"].columns)
    assert steps.max_row == len(tables["steps"].rows) + 1
    assert "VERZONNEN" in str(book["Lees mij"]["A4"].value)


def test_the_workbook_holds_no_formula_whatever_a_user_writes(full):
    nasty = Text.of('=HYPERLINK("x")')
    found = attrs.evolve(full, study=attrs.evolve(full.study, title=nasty))

    sheets = openpyxl.load_workbook(io.BytesIO(render_workbook(found, "nl")))

    kinds = {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    assert sheets.worksheets[0]["A1"].value == '\'=HYPERLINK("x")'


def test_the_workbook_is_the_same_at_every_call_and_carries_no_clock(full):
    first, second = render_workbook(full, "nl"), render_workbook(full, "nl")

    with zipfile.ZipFile(io.BytesIO(first)) as file:
        dates = {entry.date_time for entry in file.infolist()}
        properties = file.read("docProps/core.xml").decode()
    assert first == second
    assert dates == {(1980, 1, 1, 0, 0, 0)}
    assert "2025-01-20T00:00:00Z</dcterms:modified>" in properties


def test_what_readers_may_not_see_is_not_in_their_tables_either(full):
    tables = {table.name: table for table in tables_of(for_readers(), "nl")}
    words = " ".join(str(value) for table in tables.values() for row in table.rows for value in row)

    shown = {quote.claim for quote in for_readers().quotes}
    kept = [quote for quote in full.quotes if quote.claim not in shown]
    assert all(quote.text in words for quote in for_readers().quotes)
    assert not any(quote.text in words for quote in kept)
    assert "R12" not in words
    assert records(tables["withheld"])


def test_every_kind_of_line_end_becomes_one():
    text = render_csv(data_table("t", "label", [("een\r\ntwee\rdrie",), ("\r=1",)]))

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["label"], ["een\ntwee\ndrie"], ["'\n=1"],
    ]  # fmt: skip
