"""The two shapes in which a table goes out: long, a row a moment; wide, a row a person."""

from collections.abc import Sequence
from enum import StrEnum

import attrs

from biotoop.engine.core.messages import LANGUAGES, note
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column, ColumnType, Dataset
from biotoop.engine.datasets.data_engine import Session, literal, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.snapshots import Snapshot


class Shape(StrEnum):
    """How waves lie in a table."""

    LONG = "long"
    WIDE = "wide"


@attrs.frozen(kw_only=True)
class ShapedColumn:
    """One column of a table that goes out.

    Attributes
    ----------
    column
        What it holds, under its name in the table.
    value, reason
        SQL of its value, and of the code behind a missing value.
    """

    column: Column
    value: str
    reason: str


@attrs.frozen(kw_only=True)
class ShapedTable:
    """A table that goes out.

    Attributes
    ----------
    columns
        The columns, in order.
    source
        FROM item, with filters and groups, in terms of which the columns are written.
    order
        Columns that order the rows.
    dataset
        Its codebook, by which Biotoop can read the table again.
    """

    columns: tuple[ShapedColumn, ...]
    source: str
    order: tuple[str, ...]
    dataset: Dataset


def shaped(
    session: Session, snapshot: Snapshot, shape: Shape, *, fixed: Sequence[str] = ()
) -> ShapedTable:
    """Give a snapshot the shape in which it goes out.

    Parameters
    ----------
    session
        The data engine.
    snapshot
        A snapshot with its codebook.
    shape
        Long or wide; without waves both are the same.
    fixed
        For wide: columns that stay one, since they never change within a person.

    Raises
    ------
    InvalidData
        The snapshot has no codebook, or a fixed column changes within a person.
    """
    dataset = snapshot.dataset
    if dataset is None:
        raise InvalidData(file=snapshot.path.name, reason=note("datasets.reason.no_codebook"))
    if shape is Shape.LONG or dataset.wave is None or len(dataset.key) == 1:
        columns = tuple(_long(snapshot, column) for column in dataset.columns)
        return ShapedTable(
            columns=columns,
            source=session.rows_of(snapshot.path),
            order=dataset.key,
            dataset=dataset,
        )
    return _wide(session, snapshot, dataset, fixed)


def _reason_column(snapshot: Snapshot, column: Column) -> str:
    name = snapshot.column(column.name).reasons
    return "CAST(NULL AS VARCHAR)" if name is None else quoted(name)


def _long(snapshot: Snapshot, column: Column) -> ShapedColumn:
    return ShapedColumn(
        column=column, value=quoted(column.name), reason=_reason_column(snapshot, column)
    )


def _wide(
    session: Session, snapshot: Snapshot, dataset: Dataset, fixed: Sequence[str]
) -> ShapedTable:
    key = tuple(name for name in dataset.key if name != dataset.wave)
    rows = session.rows_of(snapshot.path)
    for name in fixed:
        _require_fixed(session, snapshot, rows, key, snapshot.column(name).name)
    waves = tuple(attrs.evolve(wave, suffix=f"_{wave.id}") for wave in dataset.waves)
    columns: list[ShapedColumn] = []
    for column in dataset.columns:
        if column.name in key:
            columns.append(_long(snapshot, column))
        elif column.name in fixed:
            columns.append(_within(snapshot, column, "TRUE", column))
        elif column.name != dataset.wave:
            for wave in waves:
                condition = f"CAST({quoted(dataset.wave or '')} AS VARCHAR) = {literal(wave.id)}"
                label = _labelled(column.label, wave.label)
                made = attrs.evolve(column, name=f"{column.name}{wave.suffix}", label=label)
                columns.append(_within(snapshot, column, condition, made))
    kept = tuple(column for column in dataset.columns if column.name != dataset.wave)
    groups = ", ".join(quoted(name) for name in key)
    return ShapedTable(
        columns=tuple(columns),
        source=f"{rows} GROUP BY {groups}",
        order=key,
        dataset=attrs.evolve(dataset, columns=kept, key=key, waves=waves),
    )


def _within(snapshot: Snapshot, column: Column, condition: str, made: Column) -> ShapedColumn:
    """Take the one value that a person has under a condition."""
    value, reason = quoted(column.name), _reason_column(snapshot, column)
    return ShapedColumn(
        column=made,
        value=f"max({value}) FILTER (WHERE {condition})",
        reason=f"max({reason}) FILTER (WHERE {condition})",
    )


def _labelled(label: Text, wave: Text) -> Text:
    dutch, english = (f"{label.get(code)} ({wave.get(code)})" for code in LANGUAGES)
    return Text(nl=dutch, en=english)


def _require_fixed(
    session: Session, snapshot: Snapshot, rows: str, key: Sequence[str], name: str
) -> None:
    groups = ", ".join(quoted(item) for item in key)
    column = quoted(name)
    found = session.table(
        f"SELECT coalesce(max(k), 0) AS most FROM (SELECT count(DISTINCT {column})"
        f" + CAST(count({column}) < count(*) AND count({column}) > 0 AS INTEGER) AS k"
        f" FROM {rows} GROUP BY {groups})"
    )
    if found["most"][0].as_py() > 1:
        raise InvalidData(
            file=snapshot.path.name, reason=note("datasets.reason.changes", column=name)
        )


def is_coded_in_numbers(column: Column) -> bool:
    """Tell whether all codes of a category are plain whole numbers, such as 1 and 12."""
    codes = [*column.values, *column.missing]
    return (
        column.type is ColumnType.CATEGORY
        and bool(column.values)
        and all(code.lstrip("-").isdigit() and str(int(code)) == code for code in codes)
    )
