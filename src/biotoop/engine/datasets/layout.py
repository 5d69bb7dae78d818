"""How the columns of a file lie: one row a moment (long), or a column a moment (wide)."""

import difflib
from collections.abc import Iterator, Mapping, Sequence

import attrs

from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.core.texts import Text
from biotoop.engine.datasets.codebook import Column, ColumnType, Dataset
from biotoop.engine.datasets.column_reading import ColumnReading
from biotoop.engine.datasets.raw_tables import RawKind, RawTable

WAVE = "wave"


@attrs.frozen(kw_only=True)
class Part:
    """One column of the canonical table and where it stands in the file.

    Attributes
    ----------
    column
        What the codebook says.
    everywhere
        The column of the file that holds it, for every wave the same.
    by_wave
        For wide files: the column of the file for each wave that has one.
    """

    column: Column
    everywhere: ColumnReading | None = None
    by_wave: Mapping[str, ColumnReading] = attrs.field(factory=dict)

    def at(self, wave: str | None) -> ColumnReading | None:
        """Give the column of the file in a wave; None when it was not asked then."""
        return self.everywhere or self.by_wave.get(wave or "")


@attrs.frozen(kw_only=True)
class Layout:
    """How a file becomes the canonical table.

    Attributes
    ----------
    parts
        Columns of the canonical table, in the order of the codebook.
    readings
        Columns of the file that are read.
    waves
        For wide files the waves that have columns; empty for long files.
    wave
        Name of the column with the wave in the canonical table; None without waves.
    key
        Columns that name a row of the file once.
    problems
        Columns that are missing or stand twice.
    """

    parts: tuple[Part, ...]
    readings: tuple[ColumnReading, ...]
    waves: tuple[str, ...]
    wave: str | None
    key: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def canonical_key(self) -> tuple[str, ...]:
        """Columns that name a row of the canonical table once."""
        return (*self.key, self.wave) if self.waves and self.wave is not None else self.key


def expected_names(dataset: Dataset) -> frozenset[str]:
    """Give every column name that a file of this dataset may have."""
    suffixes = ["", *(wave.suffix for wave in dataset.waves if wave.suffix is not None)]
    names = {column.name + suffix for column in dataset.columns for suffix in suffixes}
    return frozenset(names | ({dataset.wave} if dataset.wave else set()))


def layout_of(dataset: Dataset, table: RawTable) -> Layout:
    """Find every column of the codebook in the file.

    A column whose plain name is there holds for all waves; else it is looked for with the
    suffix of each wave.
    """
    long = dataset.wave is not None and dataset.wave in table.columns
    finder = _Finder(dataset=dataset, table=table)
    columns = list(dataset.columns)
    if long and dataset.wave not in [column.name for column in columns]:
        columns.insert(_behind_key(dataset, columns), wave_column(dataset, dataset.wave or WAVE))
    parts = [finder.part(column, wide=not long) for column in columns]
    waves = tuple(
        wave.id for wave in dataset.waves if any(wave.id in part.by_wave for part in parts)
    )
    wave = dataset.wave if long else (dataset.wave or WAVE) if waves else None
    key = tuple(dict.fromkeys((*dataset.key, *([dataset.wave] if long and dataset.wave else []))))
    problems = [fault for part in parts for fault in finder.faults(part)]
    if dataset.wave is not None and not long and not waves:
        problems.append(_missing(dataset.wave, table))
    return Layout(
        parts=tuple(parts),
        readings=tuple(finder.readings),
        waves=waves,
        wave=wave,
        key=key,
        problems=tuple(problems),
    )


def wave_column(dataset: Dataset, name: str) -> Column:
    """Describe the column with the wave."""
    return Column(
        name=name,
        label=Text(nl="Meting", en="Wave"),
        type=ColumnType.CATEGORY,
        values={wave.id: wave.label for wave in dataset.waves},
    )


def _behind_key(dataset: Dataset, columns: Sequence[Column]) -> int:
    places = [place for place, column in enumerate(columns) if column.name in dataset.key]
    return max(places, default=-1) + 1


@attrs.define(kw_only=True)
class _Finder:
    dataset: Dataset
    table: RawTable
    readings: list[ColumnReading] = attrs.field(factory=list)

    def part(self, column: Column, *, wide: bool) -> Part:
        plain = self._read(column, column.name)
        by_wave: dict[str, ColumnReading] = {}
        for wave in self.dataset.waves if wide else ():
            found = wave.suffix and self._read(column, column.name + wave.suffix)
            if found:
                by_wave[wave.id] = found
        return Part(column=column, everywhere=plain, by_wave=by_wave)

    def _read(self, column: Column, name: str) -> ColumnReading | None:
        raw = self.table.columns.get(name)
        if raw is None:
            return None
        reading = ColumnReading(
            place=len(self.readings),
            column=column,
            raw=raw,
            decimal_comma=self.table.decimal_comma,
        )
        self.readings.append(reading)
        return reading

    def faults(self, part: Part) -> Iterator[Problem]:
        column = part.column
        if part.everywhere is None and (not part.by_wave or column.name in self.dataset.key):
            yield _missing(column.name, self.table)
        if part.everywhere is not None and part.by_wave:
            names = [item.raw.name for item in part.by_wave.values()]
            yield problem(
                "datasets.column_twice", column.name, column=column.name, others=tuple(names)
            )
        for item in filter(None, (part.everywhere, *part.by_wave.values())):
            if item.raw.kind is RawKind.OTHER:
                yield problem("datasets.column_kind", column.name, column=item.raw.name)
        if column.personal:
            code = "personal_key" if column.name in self.dataset.key else "personal_left_out"
            yield warning(f"datasets.{code}", column.name, column=column.name)


def _missing(name: str, table: RawTable) -> Problem:
    known = tuple(table.columns)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.7)
    if near:
        return problem("datasets.column_missing_near", name, column=name, near=near[0])
    return problem("datasets.column_missing", name, column=name, allowed=known[:20])
