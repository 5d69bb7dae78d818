"""A file held against its codebook: every fault is told with its line, the first few of a kind."""

from collections.abc import Iterator, Sequence

import attrs

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.datasets.codebook import Dataset
from biotoop.engine.datasets.column_reading import (
    Check,
    ColumnReading,
    codes_in_sql,
    fault_of,
    layers,
)
from biotoop.engine.datasets.data_engine import Session
from biotoop.engine.datasets.faults import SHOWN, capped
from biotoop.engine.datasets.layout import Layout
from biotoop.engine.datasets.raw_tables import RawTable


def faults_in(
    session: Session, table: RawTable, layout: Layout, dataset: Dataset, *, file: str
) -> tuple[Problem, ...]:
    """Hold every cell and key of a file against the codebook.

    Parameters
    ----------
    session, table, layout
        The staged file and how it lies.
    dataset
        The codebook.
    file
        Name for messages.

    Returns
    -------
    tuple of Problem
        In the order of the codebook; at most five rows of a kind per column, and a count.
    """
    readings = [item for item in layout.readings if not _left_out(item, dataset)]
    checks = [(item, check) for item in readings for check in _checks(item, layout, dataset)]
    rows = layers(layout.readings, table.source)
    counts = _counts(session, rows, [check for _, check in checks])
    found: list[Problem] = []
    for (reading, check), count in zip(checks, counts, strict=True):
        if count:
            first = _first(session, rows, reading, check)
            faults = _placed(first, reading, check, table, file)
            found.extend(capped(faults, count, file=file))
    return (*found, *_double_keys(session, rows, table, layout, file))


def _left_out(reading: ColumnReading, dataset: Dataset) -> bool:
    return reading.column.personal and reading.column.name not in dataset.key


def _checks(reading: ColumnReading, layout: Layout, dataset: Dataset) -> Iterator[Check]:
    yield from reading.checks()
    value = f"v{reading.place}"
    if reading.column.name in layout.key:
        yield Check(sql=f"{value} IS NULL", code="datasets.key_missing")
    if reading.column.name == layout.wave and dataset.waves:
        waves = tuple(wave.id for wave in dataset.waves)
        text, known = f"t{reading.place}", codes_in_sql(tuple(reading.column.values))
        yield Check(
            sql=f"{text} NOT IN ({codes_in_sql(waves)})"
            + (f" AND {text} IN ({known})" if reading.column.values else ""),
            code="datasets.unknown_code",
            allowed=", ".join(waves),
        )


def _counts(session: Session, rows: str, checks: Sequence[Check]) -> list[int]:
    """Count the rows with each fault, all in one scan."""
    if not checks:
        return []
    parts = [
        f"count(*) FILTER (WHERE {check.sql}) AS f{place},"
        f" count(*) FILTER (WHERE {check.only_with}) AS w{place}"
        for place, check in enumerate(checks)
    ]
    found = session.table(f"SELECT {', '.join(parts)} FROM ({rows})").to_pylist()[0]
    return [found[f"f{place}"] if found[f"w{place}"] else 0 for place in range(len(checks))]


def _first(
    session: Session, rows: str, reading: ColumnReading, check: Check
) -> list[tuple[int, str | None]]:
    found = session.table(
        f"SELECT r, t{reading.place} AS value FROM ({rows}) WHERE {check.sql}"
        f" ORDER BY r LIMIT {SHOWN}"
    )
    return [(row["r"], row["value"]) for row in found.to_pylist()]


def _placed(
    first: Sequence[tuple[int, str | None]],
    reading: ColumnReading,
    check: Check,
    table: RawTable,
    file: str,
) -> list[Problem]:
    lines = table.lines([row for row, _ in first])
    return [
        attrs.evolve(fault_of(check, reading, value), file=file, line=line)
        for (_, value), line in zip(first, lines, strict=True)
    ]


def _double_keys(
    session: Session, rows: str, table: RawTable, layout: Layout, file: str
) -> tuple[Problem, ...]:
    """Find rows whose key stands on an earlier row too."""
    by_name = {part.column.name: part.everywhere for part in layout.parts}
    keys = [reading for name in layout.key if (reading := by_name.get(name)) is not None]
    values = ", ".join(f"v{item.place}" for item in keys)
    whole = " AND ".join(f"v{item.place} IS NOT NULL" for item in keys)
    texts = " || ' / ' || ".join(f"any_value(t{item.place} ORDER BY r)" for item in keys)
    if _surely_unique(session, rows, values, whole):
        return ()
    found = session.table(
        f"SELECT *, sum(k - 1) OVER () AS n FROM (SELECT count(*) AS k, min(r) AS first,"
        f" list(r ORDER BY r)[2] AS second, {texts} AS value FROM ({rows}) WHERE {whole}"
        f" GROUP BY {values} HAVING count(*) > 1) ORDER BY second LIMIT {SHOWN}"
    ).to_pylist()
    if not found:
        return ()
    personal = any(item.column.personal for item in keys)
    firsts = table.lines([row["first"] for row in found])
    seconds = table.lines([row["second"] for row in found])
    name = " / ".join(layout.key)
    faults = [
        attrs.evolve(
            problem(
                "datasets.key_double",
                *layout.key,
                key=name,
                first=first,
                value="…" if personal else row["value"],
            ),
            file=file,
            line=second,
        )
        for row, first, second in zip(found, firsts, seconds, strict=True)
    ]
    return capped(faults, int(found[0]["n"]), file=file)


def _surely_unique(session: Session, rows: str, values: str, whole: str) -> bool:
    """Tell from short hashes, which group faster than texts: no hash twice, no key twice."""
    groups = f"SELECT count(*) AS k FROM ({rows}) WHERE {whole} GROUP BY hash({values})"
    most = session.table(f"SELECT coalesce(max(k), 0) AS most FROM ({groups})")["most"][0].as_py()
    return bool(most <= 1)
