"""A table of claims typed in a spreadsheet comes back row by row, faults with their line."""

import attrs

from biotoop.engine.core.csv_source import parse_rows, read_rows
from biotoop.engine.core.schema import field


@attrs.frozen(kw_only=True)
class Voice:
    """A voice."""

    id: str = field("Code.")
    people: int = field("How many.", default=1, minimum=1)
    quality: float = field("Quality.", default=1.0)
    consent: bool = field("Consent.", default=False)
    quote: str | None = field("Words.", default=None)


def codes_and_lines(table) -> list[tuple[str, int | None]]:
    return [(fault.note.code, fault.line) for fault in table.problems]


def test_rows_become_values_with_numbers_and_yes_or_no() -> None:
    text = 'id;people;quality;consent;quote\nc1;3;0,75;ja;"dag; nacht"\nc2;;;;\n'

    table = parse_rows(text, Voice, file="claims.csv")

    assert table.problems == ()
    assert table.rows == (
        Voice(id="c1", people=3, quality=0.75, consent=True, quote="dag; nacht"),
        Voice(id="c2"),
    )
    assert table.lines == (2, 3)


def test_a_quote_over_two_lines_keeps_the_lines_right() -> None:
    table = parse_rows('id,quote\nc1,"een\ntwee"\nc2,x\n', Voice, file="claims.csv")

    assert table.lines == (2, 4)


def test_faults_are_told_by_row_and_the_good_rows_are_kept_apart() -> None:
    table = parse_rows("id,people\nc1,0\n,2\nc3,veel\nc4,1,9\n", Voice, file="claims.csv")

    assert table.rows == ()
    assert codes_and_lines(table) == [
        ("core.schema.minimum", 2),
        ("core.missing_key", 3),
        ("core.schema.type", 4),
        ("core.csv_row_length", 5),
    ]


def test_a_missing_column_is_told_once_and_not_for_every_row() -> None:
    table = parse_rows("people\n1\n2\n3\n", Voice, file="claims.csv")

    assert codes_and_lines(table) == [("core.csv_missing_column", 1)]


def test_unknown_and_double_columns_are_told_at_the_heading() -> None:
    table = parse_rows("id,id,mood\nc1,c1,x\n", Voice, file="claims.csv")

    assert [code for code, _ in codes_and_lines(table)][:2] == [
        "core.csv_double_column",
        "core.csv_unknown_column",
    ]


def test_an_open_quote_is_a_fault_and_never_a_traceback() -> None:
    table = parse_rows('id,quote\nc1,"open\n', Voice, file="claims.csv")

    assert [code for code, _ in codes_and_lines(table)] == ["core.csv_syntax"]


def test_a_table_that_is_not_utf8_or_not_there_is_refused(tmp_path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"id\n\xff\n")

    assert read_rows(path, Voice, file="x").problems[0].note.code == "core.not_utf8"
    assert read_rows(tmp_path / "no", Voice, file="x").problems[0].note.code == "core.cannot_open"
