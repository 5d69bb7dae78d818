"""From the columns of a file to the canonical table: long, typed, missing values with reasons."""

from collections.abc import Mapping, Sequence

import attrs

from biotoop.engine.core.messages import render
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column, ColumnType, Dataset
from biotoop.engine.datasets.column_reading import ColumnReading, layers
from biotoop.engine.datasets.data_engine import Session, literal, quoted
from biotoop.engine.datasets.layout import Layout, Part, wave_column
from biotoop.engine.datasets.pseudonyms import pseudonym_sql
from biotoop.engine.datasets.raw_tables import FileLabels, RawTable
from biotoop.engine.datasets.snapshots import Exclusion

REASON = "@missing"
_SQL_TYPES = {
    ColumnType.INTEGER: "BIGINT",
    ColumnType.NUMBER: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
    ColumnType.DATE: "DATE",
    ColumnType.CATEGORY: "VARCHAR",
    ColumnType.TEXT: "VARCHAR",
}


@attrs.frozen(kw_only=True)
class Canonical:
    """The canonical table as a query, with its description.

    Attributes
    ----------
    query
        SELECT of its rows.
    types
        Kind of each column, in order.
    reasons
        For a column with missing codes: the column that holds them.
    dataset
        The codebook of the canonical table.
    order
        Columns that order the rows.
    """

    query: str
    types: Mapping[str, ColumnType]
    reasons: Mapping[str, str]
    dataset: Dataset
    order: tuple[str, ...]


def canonical(
    table: RawTable, layout: Layout, dataset: Dataset, *, study_key: bytes | None
) -> Canonical:
    """Write the canonical table of a file.

    Wide files become long, with a row for each wave in which a person has any answer; columns
    that identify a person are left out, unless they are the key, which becomes a pseudonym when
    the key of the study is given.
    """
    parts = [
        part for part in layout.parts if not part.column.personal or part.column.name in dataset.key
    ]
    described = _described(dataset, layout, parts, hidden=study_key is not None)
    reasons = {part.column.name: part.column.name + REASON for part in parts if _coded(part)}
    rows = layers(layout.readings, table.source)
    writer = _Writer(parts=parts, reasons=reasons, layout=layout, study_key=study_key)
    selects = [writer.select(rows, described, wave) for wave in (layout.waves or (None,))]
    return Canonical(
        query=" UNION ALL ".join(selects),
        types={column.name: column.type for column in described.columns},
        reasons=reasons,
        dataset=described,
        order=layout.canonical_key,
    )


def _readings(part: Part) -> list[ColumnReading]:
    return [item for item in (part.everywhere, *part.by_wave.values()) if item is not None]


def _coded(part: Part) -> bool:
    return any(item.has_missing_codes for item in _readings(part))


def _described(dataset: Dataset, layout: Layout, parts: Sequence[Part], *, hidden: bool) -> Dataset:
    """Describe the canonical table: labels from the file where the codebook has none."""
    columns = [_with_file_labels(part, hidden=hidden) for part in parts]
    if layout.waves and layout.wave is not None:
        names = [column.name for column in columns]
        behind = max((names.index(name) for name in layout.key if name in names), default=-1) + 1
        columns.insert(behind, wave_column(dataset, layout.wave))
    waves = tuple(attrs.evolve(wave, suffix=None) for wave in dataset.waves)
    return attrs.evolve(
        dataset, columns=tuple(columns), key=layout.canonical_key, wave=layout.wave, waves=waves
    )


def _with_file_labels(part: Part, *, hidden: bool) -> Column:
    column = part.column
    if column.personal and hidden:
        return attrs.evolve(column, type=ColumnType.TEXT, personal=False, values={}, missing={})
    known: FileLabels = _readings(part)[0].raw.labels
    codes = {code for code in known.values if _is_missing(code, known)} | set(known.missing_codes)
    missing = {code: Text.of(known.values.get(code, code)) for code in sorted(codes)} | dict(
        column.missing
    )
    values = {code: Text.of(label) for code, label in known.values.items() if code not in missing}
    if column.type is ColumnType.CATEGORY and column.values:
        values = {}
    return attrs.evolve(column, missing=missing, values=column.values or values)


def _is_missing(code: str, labels: FileLabels) -> bool:
    if code in labels.missing_codes:
        return True
    return any(_within(code, low, high) for low, high in labels.missing_ranges)


def _within(code: str, low: float | str, high: float | str) -> bool:
    if isinstance(low, str) or isinstance(high, str):
        return str(low) <= code <= str(high)
    try:
        return low <= float(code) <= high
    except ValueError:
        return False


@attrs.frozen(kw_only=True)
class _Writer:
    """Writes the SELECT of one wave, or of the whole file."""

    parts: Sequence[Part]
    reasons: Mapping[str, str]
    layout: Layout
    study_key: bytes | None

    def select(self, rows: str, described: Dataset, wave: str | None) -> str:
        by_name = {part.column.name: part for part in self.parts}
        names = [column.name for column in described.columns]
        shown = [
            self._value(by_name[name], wave)
            if name in by_name
            else f"{literal(wave or '')} AS {quoted(name)}"
            for name in names
        ]
        said = [self._reason(by_name[name], wave) for name in names if name in self.reasons]
        answered = [
            item.filled
            for part in self.parts
            if wave is not None and (item := part.by_wave.get(wave)) is not None
        ]
        where = f" WHERE {' OR '.join(answered)}" if answered else ""
        return f"SELECT {', '.join(shown + said)} FROM ({rows}){where}"

    def _value(self, part: Part, wave: str | None) -> str:
        column, reading = part.column, part.at(wave)
        name = quoted(column.name)
        if reading is None:
            return f"CAST(NULL AS {_SQL_TYPES[column.type]}) AS {name}"
        if column.personal and self.study_key is not None:
            return f"{pseudonym_sql(self.study_key, f't{reading.place}')} AS {name}"
        return f"v{reading.place} AS {name}"

    def _reason(self, part: Part, wave: str | None) -> str:
        reading = part.at(wave)
        found = "CAST(NULL AS VARCHAR)" if reading is None else f"m{reading.place}"
        return f"{found} AS {quoted(self.reasons[part.column.name])}"


def exclusions_of(
    session: Session, source: str, table: Canonical, layout: Layout
) -> tuple[Exclusion, ...]:
    """Count the cells without a value in the canonical table, per column and code."""
    found: list[Exclusion] = []
    for column in table.dataset.columns:
        name = quoted(column.name)
        reason = quoted(table.reasons[column.name]) if column.name in table.reasons else "NULL"
        asked = _asked(column, layout)
        rows = session.table(
            f"SELECT CAST({reason} AS VARCHAR) AS code, {asked} AS asked, count(*) AS n"
            f" FROM {source} WHERE {name} IS NULL GROUP BY ALL HAVING count(*) > 0"
            " ORDER BY asked DESC, code"
        ).to_pylist()
        found += [
            Exclusion(
                column=column.name,
                code=row["code"] or "",
                count=row["n"],
                reason=_why(column, row["code"], asked=row["asked"]),
            )
            for row in rows
        ]
    return tuple(found)


def _asked(column: Column, layout: Layout) -> str:
    """Write the condition that the column exists in the wave of a row."""
    part = next((part for part in layout.parts if part.column.name == column.name), None)
    if part is None or not part.by_wave or layout.wave is None:
        return "TRUE"
    return f"{quoted(layout.wave)} IN ({', '.join(literal(wave) for wave in part.by_wave)})"


def _why(column: Column, code: str | None, *, asked: bool) -> Text:
    if code is not None:
        return column.missing.get(code, Text.of(code))
    key = "datasets.reason_empty" if asked else "datasets.reason_not_asked"
    return Text(nl=render(key, "nl"), en=render(key, "en"))
