"""Writing Stata .dta, format 118 (Stata 14 and later, UTF-8).

The file carries no moment of writing, so that the same table always gives the same bytes.
The layout follows Stata's ``help dta``, from memory; the tests read it back with ReadStat.
"""

import struct
from collections.abc import Sequence
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

LONGEST_NAME = 32
RESERVED = frozenset(
    [
        "_all",
        "_b",
        "byte",
        "_coef",
        "_cons",
        "double",
        "float",
        "if",
        "in",
        "int",
        "long",
        "_n",
        "_pi",
        "_pred",
        "_rc",
        "_skip",
        "strl",
        "using",
        "with",
    ]
)
MOST_MISSING = 26
_DOUBLE, _LONG_TEXT, _WIDEST = 65_526, 32_768, 2_045
_DAYS_TO_1970 = 3_653  # from 1 January 1960
_MISSING, _MISSING_STEP = 0x7FE0000000000000, 0x0000010000000000
_MISSING_LABEL = 2_147_483_621
_LARGEST_LABELLED = 2_147_483_620
_MAP = (
    "stata_dta",
    "map",
    "variable_types",
    "varnames",
    "sortlist",
    "formats",
    "value_label_names",
    "variable_labels",
    "characteristics",
    "data",
    "strls",
    "value_labels",
    "end",
    "file_end",
)


@attrs.define
class _LongTexts:
    """Texts that do not fit in a row, collected while the rows are written."""

    parts: list[bytes] = attrs.field(factory=list)

    def place(self, text: bytes, variable: int, row: int) -> bytes:
        """Keep a text and give the pointer that stands in the row; an empty text needs none."""
        if not text:
            return bytes(8)
        self.parts.append(
            b"GSO" + struct.pack("<IQBI", variable, row, 130, len(text) + 1) + text + b"\0"
        )
        return struct.pack("<H", variable) + row.to_bytes(6, "little")


def write_dta(table: LabelledTable, path: Path) -> None:
    """Write a table as Stata .dta, format 118.

    Parameters
    ----------
    table
        The table; names at most 32 characters, at most 26 missing codes for a number, which
        become .a to .z in their order.
    path
        Where to write.
    """
    places: dict[str, int] = {"stata_dta": 0}
    with path.open("wb") as handle:
        handle.write(_header(table))
        places["map"] = handle.tell()
        handle.write(_section("map", bytes(8 * len(_MAP))))
        for name, content in _descriptions(table.columns):
            places[name] = handle.tell()
            handle.write(_section(name, content))
        places["data"] = handle.tell()
        handle.write(b"<data>")
        long_texts, first = _LongTexts(), 1
        for batch in table.batches():
            handle.write(_rows(table.columns, batch, first, long_texts))
            first += batch.num_rows
        handle.write(b"</data>")
        for name, content in (
            ("strls", b"".join(long_texts.parts)),
            ("value_labels", _value_labels(table.columns)),
        ):
            places[name] = handle.tell()
            handle.write(_section(name, content))
        places["end"] = handle.tell()
        handle.write(b"</stata_dta>")
        places["file_end"] = handle.tell()
        handle.seek(places["map"])
        handle.write(_section("map", struct.pack("<14q", *(places[name] for name in _MAP))))


def _section(name: str, content: bytes) -> bytes:
    return f"<{name}>".encode() + content + f"</{name}>".encode()


def _header(table: LabelledTable) -> bytes:
    label = cut(table.label[:80], 320)
    return (
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        + _section("K", struct.pack("<H", len(table.columns)))
        + _section("N", struct.pack("<Q", table.rows))
        + _section("label", struct.pack("<H", len(label)) + label)
        + _section("timestamp", b"\0")
        + b"</header>"
    )


def _descriptions(columns: Sequence[LabelledColumn]) -> list[tuple[str, bytes]]:
    count = len(columns)
    names = [column.name.encode().ljust(129, b"\0") for column in columns]
    labelled = [
        name if _codes(column) else bytes(129) for name, column in zip(names, columns, strict=True)
    ]
    return [
        ("variable_types", struct.pack(f"<{count}H", *(_type(column) for column in columns))),
        ("varnames", b"".join(names)),
        ("sortlist", bytes(2 * (count + 1))),
        ("formats", b"".join(_format(column).ljust(57, b"\0") for column in columns)),
        ("value_label_names", b"".join(labelled)),
        (
            "variable_labels",
            b"".join(cut(column.label[:80], 320).ljust(321, b"\0") for column in columns),
        ),
        ("characteristics", b""),
    ]


def _type(column: LabelledColumn) -> int:
    if column.kind is not LabelledKind.TEXT:
        return _DOUBLE
    return column.width if column.width <= _WIDEST else _LONG_TEXT


def _format(column: LabelledColumn) -> bytes:
    if column.kind is LabelledKind.DATE:
        return b"%tdCCYY-NN-DD"
    if column.kind is LabelledKind.TEXT:
        return b"%-9s"
    return f"%12.{column.decimals}f".encode() if column.decimals else b"%12.0g"


def _codes(column: LabelledColumn) -> list[tuple[int, str]]:
    """Give the codes that Stata can label: whole numbers, and .a to .z."""
    if column.kind is LabelledKind.TEXT:
        return []
    found = [
        (int(float(code)), label)
        for code, label in column.values.items()
        if float(code).is_integer() and abs(float(code)) <= _LARGEST_LABELLED
    ]
    letters = enumerate(column.missing.values(), start=1)
    return sorted(found) + [(_MISSING_LABEL + place, label) for place, label in letters]


def _value_labels(columns: Sequence[LabelledColumn]) -> bytes:
    found = b""
    for column in columns:
        codes = _codes(column)
        if not codes:
            continue
        texts = [label.encode() + b"\0" for _, label in codes]
        starts = np.cumsum([0, *(len(text) for text in texts)])
        table = struct.pack("<ii", len(codes), int(starts[-1]))
        table += struct.pack(f"<{len(codes)}i", *(int(start) for start in starts[:-1]))
        table += struct.pack(f"<{len(codes)}i", *(code for code, _ in codes)) + b"".join(texts)
        head = struct.pack("<i", len(table)) + column.name.encode().ljust(129, b"\0") + bytes(3)
        found += b"<lbl>" + head + table + b"</lbl>"
    return found


def _rows(
    columns: Sequence[LabelledColumn], batch: pa.RecordBatch, first: int, long_texts: _LongTexts
) -> bytes:
    arrays: list[np.ndarray] = []
    for place, column in enumerate(columns):
        values = batch.column(f"v{place}")
        if column.kind is not LabelledKind.TEXT:
            arrays.append(_numbers(column, values, batch.column(f"m{place}")))
            continue
        texts = [(value or "").encode() for value in values.to_pylist()]
        if column.width <= _WIDEST:
            arrays.append(np.array(texts, dtype=f"S{column.width}"))
        else:
            pointers = [
                long_texts.place(text, place + 1, row) for row, text in enumerate(texts, first)
            ]
            arrays.append(np.frombuffer(b"".join(pointers), dtype="V8"))
    fields = [(f"f{place}", array.dtype.str) for place, array in enumerate(arrays)]
    rows = np.empty(batch.num_rows, dtype=fields)
    for place, array in enumerate(arrays):
        rows[f"f{place}"] = array
    return rows.tobytes()


def _numbers(column: LabelledColumn, values: pa.Array, which: pa.Array) -> np.ndarray:
    if column.kind is LabelledKind.DATE:
        days = values.cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False)
        numbers = days + _DAYS_TO_1970
    else:
        numbers = values.to_numpy(zero_copy_only=False)
    letters = which.fill_null(0).to_numpy(zero_copy_only=False).astype(np.uint64)
    missing = (np.uint64(_MISSING) + letters * np.uint64(_MISSING_STEP)).view(np.float64)
    return np.asarray(np.where(np.isnan(numbers), missing, numbers), dtype=np.float64)
