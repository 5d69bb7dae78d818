"""A shaped table made ready for SPSS or Stata: names, codes and labels that these can hold."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import pyarrow as pa

from biotoop.engine.core.messages import Language, Note, note, render
from biotoop.engine.datasets import write_dta, write_sav
from biotoop.engine.datasets.codebook import Column, ColumnType
from biotoop.engine.datasets.data_engine import Session, literal, quoted
from biotoop.engine.datasets.export_shapes import ShapedColumn, ShapedTable, is_coded_in_numbers
from biotoop.engine.datasets.labelled_tables import (
    LabelledColumn,
    LabelledKind,
    LabelledTable,
    fitting_names,
)

_SCALES = frozenset({ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE})
_LONGEST_TEXT_CODE = 8
_EXACT = 2.0**53


@attrs.frozen(kw_only=True)
class Program:
    """What the files of one program can hold.

    Attributes
    ----------
    name
        Ending of the files.
    longest_name, reserved, case
        Rules for names.
    most_missing
        Missing codes of a number, and of a text, that the file can mark one by one.
    letters
        Whether missing codes of numbers become .a to .z.
    """

    name: str
    longest_name: int
    reserved: frozenset[str]
    case: bool
    most_missing: int
    letters: bool


SAV = Program(
    name="sav",
    longest_name=write_sav.LONGEST_NAME,
    reserved=write_sav.RESERVED,
    case=False,
    most_missing=write_sav.MOST_MISSING,
    letters=False,
)
DTA = Program(
    name="dta",
    longest_name=write_dta.LONGEST_NAME,
    reserved=write_dta.RESERVED,
    case=True,
    most_missing=write_dta.MOST_MISSING,
    letters=True,
)


@attrs.frozen(kw_only=True)
class _Made:
    """A column as the file has it, with the SQL of its value and of its missing code."""

    column: LabelledColumn
    value: str
    which: str
    remarks: tuple[Note, ...] = ()


def labelled(
    session: Session, table: ShapedTable, program: Program, language: Language
) -> tuple[LabelledTable, list[Note]]:
    """Make a table ready for a program.

    Categories whose codes are whole numbers, and yes and no, become labelled numbers; other
    categories stay texts. Codes of missing numbers that are no numbers get a number below all
    others in .sav. What a file cannot hold as it is comes back as a remark.
    """
    names = [item.column.name for item in table.columns]
    fitting = fitting_names(
        names, longest=program.longest_name, reserved=program.reserved, case=program.case
    )
    figures = _figures(session, table)
    made = [
        _made(item, name, figures, place, program, language)
        for place, (item, name) in enumerate(zip(table.columns, fitting, strict=True))
    ]
    remarks = [remark for item in made for remark in item.remarks]
    renamed = [f"{a} > {b}" for a, b in zip(names, fitting, strict=True) if a != b]
    if renamed:
        remarks.append(note("datasets.names_fitted", file=program.name, names=tuple(renamed)))
    query = _query(table, made)

    def batches() -> Iterator[pa.RecordBatch]:
        return session.batches(query)

    result = LabelledTable(
        label=table.dataset.label.get(language),
        rows=int(figures["n"]),
        columns=tuple(item.column for item in made),
        batches=batches,
    )
    return result, remarks


def _query(table: ShapedTable, made: Sequence[_Made]) -> str:
    parts = [
        f"{item.value} AS v{place}, {item.which} AS m{place}" for place, item in enumerate(made)
    ]
    keys = [
        f"{item.value} AS {quoted('k_' + item.column.name)}"
        for item in table.columns
        if item.column.name in table.order
    ]
    order = ", ".join(quoted("k_" + name) for name in table.order)
    return f"SELECT {', '.join([*parts, *keys])} FROM {table.source} ORDER BY {order}"


def _figures(session: Session, table: ShapedTable) -> Mapping[str, Any]:
    """Find in one scan the widths of texts, the ranges of numbers, and codes that are words."""
    inner = [
        f"{item.value} AS v{place}, {item.reason} AS r{place}"
        for place, item in enumerate(table.columns)
    ]
    outer = []
    for place, item in enumerate(table.columns):
        outer.append(f"max(strlen(coalesce(CAST(v{place} AS VARCHAR), r{place}))) AS w{place}")
        if item.column.type is not ColumnType.DATE:
            number = f"TRY_CAST(v{place} AS DOUBLE)"
            outer.append(
                f"min({number}) AS a{place}, max({number}) AS b{place},"
                f" count(v{place}) - count({number}) AS words{place}"
            )
    rows = f"SELECT {', '.join(inner)} FROM {table.source}"
    found = session.table(f"SELECT count(*) AS n, {', '.join(outer)} FROM ({rows})")
    figures: Mapping[str, Any] = found.to_pylist()[0]
    return figures


def _made(
    item: ShapedColumn,
    name: str,
    figures: Mapping[str, Any],
    place: int,
    program: Program,
    language: Language,
) -> _Made:
    column = item.column
    base = LabelledColumn(
        name=name,
        label=column.label.get(language),
        kind=LabelledKind.NUMBER,
        scale=column.type in _SCALES,
    )
    if column.type is ColumnType.DATE:
        return _number(
            item,
            attrs.evolve(base, kind=LabelledKind.DATE),
            item.value,
            figures,
            place,
            program,
            language,
        )
    large = max(-(figures[f"a{place}"] or 0), figures[f"b{place}"] or 0) >= _EXACT
    as_text = column.type is ColumnType.TEXT or (
        column.type is ColumnType.CATEGORY
        and (not is_coded_in_numbers(column) or figures[f"words{place}"] > 0)
    )
    if as_text or (large and column.type is ColumnType.INTEGER):
        width = max(figures[f"w{place}"] or 1, 1)
        return _text(
            item, attrs.evolve(base, kind=LabelledKind.TEXT, width=width), program, language
        )
    decimals = 2 if column.type is ColumnType.NUMBER else 0
    base = attrs.evolve(base, decimals=decimals, values=_values(column, language))
    return _number(
        item, base, f"TRY_CAST({item.value} AS DOUBLE)", figures, place, program, language
    )


def _values(column: Column, language: Language) -> dict[str, str]:
    if column.type is ColumnType.BOOLEAN:
        return {code: render(f"datasets.boolean.{code}", language) for code in ("0", "1")}
    return {code: label.get(language) for code, label in column.values.items() if _is_number(code)}


def _is_number(code: str) -> bool:
    try:
        return math.isfinite(float(code))
    except ValueError:
        return False


def _text(item: ShapedColumn, base: LabelledColumn, program: Program, language: Language) -> _Made:
    """Make a text; its missing codes stand in the cells, and .sav marks three short ones."""
    column = item.column
    values = {code: label.get(language) for code, label in column.values.items()}
    missing = {code: label.get(language) for code, label in column.missing.items()}
    short = [code for code in missing if len(code.encode()) <= _LONGEST_TEXT_CODE]
    marked = tuple(short[: program.most_missing]) if not program.letters else ()
    unmarked = tuple(code for code in missing if code not in marked)
    remarks = (_unmarked(column, unmarked, program),) if unmarked else ()
    width = max(len(code.encode()) for code in ("", *values, *missing))
    base = attrs.evolve(
        base, values=values, missing=missing, marked=marked, width=max(base.width, width)
    )
    value = f"coalesce(CAST({item.value} AS VARCHAR), {item.reason})"
    return _Made(column=base, value=value, which="CAST(NULL AS INTEGER)", remarks=remarks)


def _unmarked(column: Column, codes: Sequence[str], program: Program) -> Note:
    return note(
        "datasets.codes_unmarked", column=column.name, codes=tuple(codes), file=program.name
    )


def _number(
    item: ShapedColumn,
    base: LabelledColumn,
    value: str,
    figures: Mapping[str, Any],
    place: int,
    program: Program,
    language: Language,
) -> _Made:
    """Make a number; every missing code becomes a number of its own, or a letter."""
    column = item.column
    codes = list(column.missing)
    labels = [column.missing[code].get(language) for code in codes]
    cases = " ".join(
        f"WHEN {literal(code)} THEN {turn}" for turn, code in enumerate(codes, start=1)
    )
    which = f"CASE {item.reason} {cases} END" if codes else "NULL"
    which = f"CAST({which} AS INTEGER)"
    if program.letters:
        kept = dict(zip(codes[: program.most_missing], labels, strict=False))
        beyond = tuple(codes[program.most_missing :])
        which = f"CASE WHEN {which} <= {program.most_missing} THEN {which} END"
        remarks = (_unmarked(column, beyond, program),) if beyond else ()
        return _Made(
            column=attrs.evolve(base, missing=kept), value=value, which=which, remarks=remarks
        )
    numbers = _as_numbers(codes, base.values, figures.get(f"a{place}"))
    missing = dict(zip(numbers, labels, strict=True))
    marked, unmarked = _span(column, numbers, base.values, figures, place, program)
    recoded = tuple(f"{a} > {b}" for a, b in zip(codes, numbers, strict=True) if a != b)
    if recoded:
        unmarked += (note("datasets.codes_renumbered", column=column.name, codes=recoded),)
    return _Made(
        column=attrs.evolve(base, missing=missing, marked=marked),
        value=value,
        which=which,
        remarks=unmarked,
    )


def _as_numbers(codes: Sequence[str], values: Mapping[str, str], least: float | None) -> list[str]:
    """Give each code a number; words get whole numbers below everything else."""
    known = [float(code) for code in (*codes, *values) if _is_number(code)]
    below = math.floor(min([*known, least or 0.0, -90.0]))
    numbers: list[str] = []
    for code in codes:
        if not _is_number(code):
            below -= 1
        numbers.append(code if _is_number(code) else str(below))
    return numbers


def _span(
    column: Column,
    numbers: Sequence[str],
    values: Mapping[str, str],
    figures: Mapping[str, Any],
    place: int,
    program: Program,
) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """Mark more than three codes by a span, when nothing else lies in it."""
    if len(numbers) <= program.most_missing:
        return tuple(numbers), ()
    low, high = min(map(float, numbers)), max(map(float, numbers))
    least, most = figures.get(f"a{place}"), figures.get(f"b{place}")
    inside = [code for code in values if low <= float(code) <= high]
    apart = least is None or most is None or least > high or most < low
    if column.type is not ColumnType.DATE and apart and not inside:
        return tuple(numbers), ()
    marked = tuple(numbers[: program.most_missing])
    return marked, (_unmarked(column, numbers[program.most_missing :], program),)
