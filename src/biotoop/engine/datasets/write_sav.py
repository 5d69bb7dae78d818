"""Writing SPSS .sav, by the description of the format in the PSPP manual.

The file carries no moment of writing, so that the same table always gives the same bytes.
Records: https://gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html
"""

import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.datasets.labelled_tables import (
    LabelledColumn,
    LabelledKind,
    LabelledTable,
    cut,
)

LONGEST_NAME = 64
RESERVED = frozenset(
    ["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"]
)
MOST_MISSING = 3
_SYSTEM_MISSING = -sys.float_info.max
_LOWEST = np.nextafter(_SYSTEM_MISSING, 0.0).item()
_DAYS_TO_1970 = 141_428  # from 14 October 1582
_DAY = 86_400.0
_NUMBER_FORMAT, _TEXT_FORMAT, _DATE_FORMAT = 5, 1, 39
_LONGEST_LABEL, _LONGEST_VALUE_LABEL, _LONGEST_SHOWN = 255, 120, 32_767
_SEGMENT, _SEGMENT_STEP, _SHORT = 255, 252, 8


@attrs.frozen(kw_only=True)
class _Variable:
    """One variable record: a number, or a text of at most 255 bytes."""

    short: str
    column: LabelledColumn
    width: int
    first: bool

    @property
    def elements(self) -> int:
        return max(1, -(-self.width // 8))


def write_sav(table: LabelledTable, path: Path) -> None:
    """Write a table as SPSS .sav (uncompressed, UTF-8).

    Parameters
    ----------
    table
        The table; names at most 64 bytes, at most three missing codes for a text.
    path
        Where to write.
    """
    variables = list(_variables(table.columns))
    with path.open("wb") as handle:
        handle.write(_header(table, sum(variable.elements for variable in variables)))
        for variable in variables:
            handle.write(_variable(variable))
        handle.write(_short_labels(variables))
        for record in _extensions(table, variables):
            handle.write(record)
        handle.write(struct.pack("<ii", 999, 0))
        for batch in table.batches():
            handle.write(_rows(table.columns, batch))


def _variables(columns: Sequence[LabelledColumn]) -> Iterator[_Variable]:
    number = 0
    for column in columns:
        for place, width in enumerate(_widths(column)):
            number += 1
            yield _Variable(short=f"V{number}", column=column, width=width, first=place == 0)


def _widths(column: LabelledColumn) -> list[int]:
    """Give the width of each segment; 0 for numbers."""
    if column.kind is not LabelledKind.TEXT:
        return [0]
    width = min(column.width, _LONGEST_SHOWN)
    if width <= _SEGMENT:
        return [width]
    count = -(-width // _SEGMENT_STEP)
    return [_SEGMENT] * (count - 1) + [width - (count - 1) * _SEGMENT_STEP]


def _header(table: LabelledTable, elements: int) -> bytes:
    cases = table.rows if table.rows < 2**31 else -1
    return (
        b"$FL2"
        + b"@(#) SPSS DATA FILE - Biotoop".ljust(60)
        + struct.pack("<iiiiid", 2, elements, 0, 0, cases, 100.0)
        + b"01 Jan 70"
        + b"00:00:00"
        + cut(table.label, 64).ljust(64)
        + bytes(3)
    )


def _variable(variable: _Variable) -> bytes:
    column = variable.column
    label = cut(column.label, _LONGEST_LABEL) if variable.first else b""
    count, values = _missing(variable)
    shown = _format(variable)
    record = struct.pack("<iiiiii", 2, variable.width, bool(label), count, shown, shown)
    record += variable.short.encode().ljust(8)
    if label:
        record += struct.pack("<i", len(label)) + label + bytes(-len(label) % 4)
    record += b"".join(values)
    dummy = struct.pack("<iiiiii", 2, -1, 0, 0, shown, shown) + b" " * 8
    return record + dummy * (variable.elements - 1)


def _format(variable: _Variable) -> int:
    column = variable.column
    if column.kind is LabelledKind.TEXT:
        return _TEXT_FORMAT << 16 | variable.width << 8
    if column.kind is LabelledKind.DATE:
        return _DATE_FORMAT << 16 | 10 << 8
    return _NUMBER_FORMAT << 16 | 12 << 8 | column.decimals


def _missing(variable: _Variable) -> tuple[int, list[bytes]]:
    """Give the missing codes of numbers and short texts: at most three, else a span."""
    codes = _marked(variable.column)
    if variable.width == 0:
        numbers = sorted(float(code) for code in codes)
        if len(numbers) > MOST_MISSING:
            return -2, [struct.pack("<d", number) for number in (numbers[0], numbers[-1])]
        return len(numbers), [struct.pack("<d", number) for number in numbers]
    if variable.width > _SHORT or not variable.first:
        return 0, []
    return len(codes), [code.encode().ljust(8) for code in codes]


def _marked(column: LabelledColumn) -> tuple[str, ...]:
    return tuple(column.missing) if column.marked is None else column.marked


def _labels(column: LabelledColumn) -> dict[str, str]:
    return {**column.values, **column.missing}


def _short_labels(variables: Sequence[_Variable]) -> bytes:
    """Label the codes of numbers and of texts of at most eight bytes."""
    found, index = b"", 1
    for variable in variables:
        labels = _labels(variable.column)
        if variable.first and labels and variable.width <= _SHORT:
            found += struct.pack("<ii", 3, len(labels))
            for code, label in labels.items():
                text = cut(label, _LONGEST_VALUE_LABEL)
                number = b"" if variable.width else struct.pack("<d", float(code))
                found += number or code.encode().ljust(8)
                found += bytes([len(text)]) + text + b" " * (-(len(text) + 1) % 8)
            found += struct.pack("<iii", 4, 1, index)
        index += variable.elements
    return found


def _extensions(table: LabelledTable, variables: Sequence[_Variable]) -> Iterator[bytes]:
    yield _extension(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001))
    yield _extension(4, 8, struct.pack("<3d", _SYSTEM_MISSING, sys.float_info.max, _LOWEST))
    yield _extension(20, 1, b"UTF-8")
    yield _extension(11, 4, b"".join(_display(variable) for variable in variables))
    firsts = [variable for variable in variables if variable.first]
    names = [f"{variable.short}={variable.column.name}" for variable in firsts]
    yield _extension(13, 1, "\t".join(names).encode())
    long = [v for v in firsts if v.width == _SEGMENT and v.column.width > _SEGMENT]
    if long:
        widths = [min(v.column.width, _LONGEST_SHOWN) for v in long]
        said = "".join(f"{v.short}={w:05d}\0\t" for v, w in zip(long, widths, strict=True))
        yield _extension(14, 1, said.encode())
    wide = [variable for variable in firsts if variable.width > _SHORT]
    labels = b"".join(_long_labels(v.column) for v in wide if _labels(v.column))
    if labels:
        yield _extension(21, 1, labels)
    missing = b"".join(_long_missing(v.column) for v in wide if _marked(v.column))
    if missing:
        yield _extension(22, 1, missing)
    yield _extension(16, 8, struct.pack("<qq", 1, table.rows))


def _extension(kind: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, kind, size, len(content) // size) + content


def _display(variable: _Variable) -> bytes:
    text = variable.column.kind is LabelledKind.TEXT
    measure = 3 if variable.column.scale else 1
    return struct.pack("<3i", measure, min(max(variable.width, 8), 40), 0 if text else 1)


def _counted(content: bytes) -> bytes:
    return struct.pack("<i", len(content)) + content


def _long_labels(column: LabelledColumn) -> bytes:
    labels = _labels(column)
    width = min(column.width, _LONGEST_SHOWN)
    record = _counted(column.name.encode()) + struct.pack("<ii", width, len(labels))
    for code, label in labels.items():
        record += _counted(code.encode().ljust(width))
        record += _counted(cut(label, _LONGEST_VALUE_LABEL))
    return record


def _long_missing(column: LabelledColumn) -> bytes:
    codes = _marked(column)
    record = _counted(column.name.encode()) + bytes([len(codes)])
    values = b"".join(code.encode().ljust(_SHORT) for code in codes)
    return record + struct.pack("<i", _SHORT) + values


def _rows(columns: Sequence[LabelledColumn], batch: pa.RecordBatch) -> bytes:
    fields: list[tuple[str, str]] = []
    arrays: list[np.ndarray] = []
    for place, column in enumerate(columns):
        if column.kind is LabelledKind.TEXT:
            for part in _segments(column, batch.column(f"v{place}")):
                arrays.append(part)
                fields.append((f"f{len(fields)}", part.dtype.str))
        else:
            arrays.append(_numbers(column, batch, place))
            fields.append((f"f{len(fields)}", "<f8"))
    rows = np.empty(batch.num_rows, dtype=fields)
    for (name, _), array in zip(fields, arrays, strict=True):
        rows[name] = array
    return rows.tobytes()


def _numbers(column: LabelledColumn, batch: pa.RecordBatch, place: int) -> np.ndarray:
    values = batch.column(f"v{place}")
    if column.kind is LabelledKind.DATE:
        days = values.cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False)
        numbers = (days + _DAYS_TO_1970) * _DAY
    else:
        numbers = values.to_numpy(zero_copy_only=False)
    codes = np.array([_SYSTEM_MISSING, *(float(code) for code in column.missing)])
    which = batch.column(f"m{place}").fill_null(0).to_numpy(zero_copy_only=False)
    filled = np.where(np.isnan(numbers), codes[which.astype(np.int64)], numbers)
    return np.asarray(filled, dtype=np.float64)


def _segments(column: LabelledColumn, values: pa.Array) -> Iterator[np.ndarray]:
    texts = [(value or "").encode() for value in values.to_pylist()]
    widths = _widths(column)
    for place, width in enumerate(widths):
        start = place * _SEGMENT
        size = 8 * -(-width // 8)
        room = _SEGMENT if len(widths) > 1 and place < len(widths) - 1 else size
        parts = [text[start : start + room].ljust(size) for text in texts]
        yield np.array(parts, dtype=f"S{size}")
