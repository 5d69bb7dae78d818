"""A program of its own that reads a .sav or .dta file and leaves a table and its labels.

The reader is C code that a damaged or hostile file can bring down. As a process of its own it
takes nothing with it. It is started by its path and imports nothing of Biotoop; it is asked, and
answers, in JSON.
"""

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

_BATCH = 50_000
_DATES = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "%TD", "%D")
_MOMENTS = ("DATETIME", "TIME", "DTIME", "YMDHMS", "MTIME", "%TC")
_ARROW = {"number": pa.float64(), "text": pa.string(), "date": pa.date32()}
_BROKEN = (  # what the reader trips over in a file that is damaged
    pyreadstat.ReadstatError,
    pyreadstat.PyreadstatError,
    pa.ArrowException,
    OSError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    MemoryError,
)
Meta = Any  # pyreadstat's description of a file
Batch = tuple[Mapping[str, Any], Meta]


def read(path: Path, **options: Any) -> Batch:  # noqa: ANN401
    """Read a file or a part of it, with the codes of missing values left in."""
    reader: Any = pyreadstat.read_sav if path.suffix.lower() == ".sav" else pyreadstat.read_dta
    data, meta = reader(path, user_missing=True, output_format="dict", **options)
    return data, meta


def stage(path: Path, stage_path: Path, wanted: Sequence[str]) -> dict[str, object]:
    """Write the wanted columns as parquet, and describe them.

    Returns
    -------
    dict
        ``rows``, and ``columns``: name, kind, label, values, missing_codes, missing_ranges.
    """
    _, meta = read(path, metadataonly=True)
    names = [name for name in meta.column_names if name in set(wanted)]
    if not names:
        return {"rows": 0, "columns": []}
    letters = letters_in(path, names)
    columns: list[dict[str, object]] = []
    writer: pq.ParquetWriter | None = None
    rows = 0
    for data, described in batches(path, names):
        if writer is None:
            columns = [describe(name, described, letters.get(name)) for name in names]
            fields = [(f"c{j}", _ARROW[str(item["kind"])]) for j, item in enumerate(columns)]
            writer = pq.ParquetWriter(stage_path, pa.schema(fields))
        arrays = [
            array(data[name], str(item["kind"]), lettered=name in letters)
            for name, item in zip(names, columns, strict=True)
        ]
        writer.write_table(pa.table(arrays, schema=writer.schema))
        rows += len(arrays[0])
    if writer is not None:
        writer.close()
    return {"rows": rows, "columns": columns}


def batches(path: Path, names: Sequence[str]) -> Iterator[Batch]:
    """Give the cases a part at a time."""
    offset = 0
    while True:
        data, meta = read(path, usecols=list(names), row_offset=offset, row_limit=_BATCH)
        found = len(data[names[0]])
        if found or not offset:
            yield data, meta
        if found < _BATCH:
            return
        offset += found


def letters_in(path: Path, names: Sequence[str]) -> dict[str, frozenset[str]]:
    """Find the letters that stand among the numbers of a .dta; only a full read tells."""
    found: dict[str, set[str]] = {}
    if path.suffix.lower() == ".dta":
        for _, meta in batches(path, names):
            for name, letters in meta.missing_user_values.items():
                found.setdefault(name, set()).update(letters)
    return {name: frozenset(letters) for name, letters in found.items()}


def describe(name: str, meta: Meta, letters: frozenset[str] | None) -> dict[str, object]:
    """Describe a column: its kind, its labels, its missing codes."""
    letters = letters or frozenset()
    codes = [f".{letter}" for letter in sorted(letters)]
    spans: list[list[float | str]] = []
    for span in meta.missing_ranges.get(name, ()):
        low, high = span["lo"], span["hi"]
        if isinstance(low, str):
            codes.append(low.rstrip())
        elif isinstance(low, dt.date):
            spans.append([code_text(low), code_text(high)])
        else:
            spans.append([float(low), float(high)])
    labels = meta.variable_value_labels.get(name, {})
    return {
        "name": name,
        "kind": kind_of(name, meta, lettered=bool(letters)),
        "label": meta.column_names_to_labels.get(name),
        "values": {
            f".{code}" if code in letters else code_text(code): str(label)
            for code, label in labels.items()
        },
        "missing_codes": codes,
        "missing_ranges": spans,
    }


def kind_of(name: str, meta: Meta, *, lettered: bool) -> str:
    """Give the kind of a column: number, text or date; moments are texts."""
    written = str(meta.original_variable_types.get(name, "")).upper()
    if lettered or meta.readstat_variable_types.get(name) == "string":
        return "text"
    if written.startswith(_MOMENTS):
        return "text"
    return "date" if written.startswith(_DATES) else "number"


def code_text(code: object) -> str:
    """Write a code as text: a whole number without decimals."""
    if isinstance(code, float) and code.is_integer():
        return str(int(code))
    return str(code).rstrip()


def array(values: Sequence[object], kind: str, *, lettered: bool) -> pa.Array:
    """Make an array; Stata's letters among numbers get their point before them."""
    if kind != "text":
        return pa.array(values, _ARROW[kind])
    mark = "." if lettered else ""
    texts = [
        None
        if value is None
        else mark + value
        if lettered and isinstance(value, str)
        else code_text(value)
        for value in values
    ]
    return pa.array(texts, pa.string())


def main() -> None:
    """Answer one question from standard input on standard output."""
    asked = json.load(sys.stdin)
    try:
        answer = stage(Path(asked["path"]), Path(asked["stage"]), asked["wanted"])
    except _BROKEN as error:
        answer = {"error": (str(error).splitlines() or [type(error).__name__])[0]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
