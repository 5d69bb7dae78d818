"""Tables that go out: long and wide, with their codebook, for every program that people use."""

import csv
import io
from collections.abc import Iterator, Sequence
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any

import attrs
import yaml

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.messages import Language, Note, render
from biotoop.engine.datasets.codebook import Codebook, Column, ColumnType
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, literal, quoted
from biotoop.engine.datasets.export_shapes import Shape, ShapedColumn, ShapedTable, shaped
from biotoop.engine.datasets.labelled_export import DTA, SAV, labelled
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.write_dta import write_dta
from biotoop.engine.datasets.write_sav import write_sav

_WORDS = frozenset({ColumnType.CATEGORY, ColumnType.TEXT})
_STARTS = "'^[=+@\t\r-]'"
_NUMBER = "'[-+]?[0-9]+([.,][0-9]+)?'"
_REASON = "_missing"


class TableFormat(StrEnum):
    """File formats of a table."""

    CSV = "csv"
    PARQUET = "parquet"
    SAV = "sav"
    DTA = "dta"


@attrs.frozen(kw_only=True)
class Export:
    """What was written.

    Attributes
    ----------
    files
        The tables, then the codebook as csv and as YAML.
    remarks
        What a format could not hold as it is.
    """

    files: tuple[Path, ...]
    remarks: tuple[Note, ...] = ()


def export_table(
    snapshot: Snapshot,
    folder: Path,
    *,
    name: str,
    shape: Shape = Shape.LONG,
    formats: Sequence[TableFormat] = tuple(TableFormat),
    fixed: Sequence[str] = (),
    language: Language = "nl",
    engine: DataEngine | None = None,
) -> Export:
    """Write a snapshot with its codebook, in one shape and the formats asked for.

    In csv a missing value is written as its code; in .sav as the code, marked as missing; in
    .dta as .a to .z with the reason as label; in parquet it is null, with the code in a column
    of its own. Texts that a spreadsheet would run as a formula get an apostrophe before them.

    Parameters
    ----------
    snapshot
        A snapshot with its codebook.
    folder, name
        Where the files go, and how they are called without their endings.
    shape
        Long (a row a moment) or wide (a row a person).
    formats
        The formats.
    fixed
        For wide: columns that stay one, since they never change within a person.
    language
        Language of the labels in .sav, .dta and the codebook as csv.
    engine
        The data engine; DuckDB when not given.

    Raises
    ------
    InvalidData
        The snapshot has no codebook, or a fixed column changes within a person.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    remarks: list[Note] = []
    with (engine or DuckEngine()).open() as session:
        table = shaped(session, snapshot, shape, fixed=fixed)
        for kind in formats:
            path = folder / f"{name}.{kind.value}"
            remarks += _write(session, table, kind, path, language)
            files.append(path)
    return Export(files=(*files, *_codebook(table, folder, name, language)), remarks=tuple(remarks))


def _write(
    session: Session, table: ShapedTable, kind: TableFormat, path: Path, language: Language
) -> list[Note]:
    if kind is TableFormat.CSV:
        columns = [f"{_cell(item)} AS {quoted(item.column.name)}" for item in table.columns]
        _copy(session, table, columns, path, "FORMAT csv, HEADER")
        return []
    if kind is TableFormat.PARQUET:
        columns = [f"{item.value} AS {quoted(item.column.name)}" for item in table.columns]
        columns += [
            f"{item.reason} AS {quoted(item.column.name + _REASON)}"
            for item in table.columns
            if item.column.missing
        ]
        _copy(session, table, columns, path, "FORMAT parquet, COMPRESSION zstd")
        return []
    if kind is TableFormat.SAV:
        made, remarks = labelled(session, table, SAV, language)
        write_sav(made, path)
    else:
        made, remarks = labelled(session, table, DTA, language)
        write_dta(made, path)
    return remarks


def _copy(
    session: Session, table: ShapedTable, columns: Sequence[str], path: Path, options: str
) -> None:
    order = ", ".join(quoted(name) for name in table.order)
    session.run(
        f"COPY (SELECT {', '.join(columns)} FROM {table.source} ORDER BY {order})"
        f" TO {literal(str(path))} ({options})"
    )


def _cell(item: ShapedColumn) -> str:
    """Write a cell of csv: the value, else the code of why it is missing."""
    text = f"CAST({item.value} AS VARCHAR)"
    if item.column.type in _WORDS:
        harmless = f"NOT regexp_matches({text}, {_STARTS}) OR regexp_full_match({text}, {_NUMBER})"
        text = f"CASE WHEN {harmless} THEN {text} ELSE '''' || {text} END"
    return f"coalesce({text}, {item.reason})"


def _codebook(table: ShapedTable, folder: Path, name: str, language: Language) -> Iterator[Path]:
    rows = folder / f"{name}_codebook.csv"
    rows.write_text(codebook_csv([item.column for item in table.columns], language), "utf-8")
    yield rows
    document = folder / f"{name}_codebook.yaml"
    dataset = attrs.evolve(table.dataset, file=f"{name}.csv", sheet=None)
    document.write_text(codebook_yaml(Codebook(datasets=(dataset,))), "utf-8")
    yield document


def codebook_csv(columns: Sequence[Column], language: Language) -> str:
    """Write a codebook as a table for people: a row for each column."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    heads = ("name", "label", "type", "unit", "minimum", "maximum", "values", "missing")
    writer.writerow([render(f"datasets.codebook.{head}", language) for head in heads])
    for column in columns:
        writer.writerow(
            [
                column.name,
                harmless(column.label.get(language)),
                render(f"datasets.column_type.{column.type.value}", language),
                "" if column.unit is None else harmless(column.unit.get(language)),
                "" if column.minimum is None else f"{column.minimum:g}",
                "" if column.maximum is None else f"{column.maximum:g}",
                harmless(_listed(column.values.items(), language)),
                _listed(column.missing.items(), language),
            ]
        )
    return output.getvalue()


def _listed(codes: Any, language: Language) -> str:  # noqa: ANN401
    return "; ".join(f"{code} = {label.get(language)}" for code, label in codes)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def codebook_yaml(codebook: Codebook) -> str:
    """Write a codebook as the YAML that Biotoop reads, without what is not given."""
    said = _said(to_plain(codebook))
    return str(yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=100))


def _said(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        kept = {key: _said(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in (None, {}, [])}
    if isinstance(value, list | tuple):
        return [_said(part) for part in value]
    return value.value if isinstance(value, Enum) else value
