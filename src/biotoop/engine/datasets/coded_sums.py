"""Sums over cells of columns with few values: rows become counts before anything is multiplied.

When every covariate has few values, a row is one of few kinds: its cluster, its period and the
combination of its codes. Counting the kinds, and summing the outcome by kind, costs a fraction of
multiplying columns row by row, and gives the same whole numbers. The sums per unit are packed,
several to a word of 62 bits.
"""

from collections.abc import Callable, Sequence

import attrs
import numpy as np

from biotoop.engine.datasets.limbs import Split, Tally
from biotoop.engine.datasets.panel_columns import PanelColumn
from biotoop.engine.datasets.unit_blocks import Block

MOST_KINDS = 1 << 20
MOST_COMBINATIONS = 1 << 12
_WORD = 62
ByUnit = Callable[[np.ndarray], np.ndarray]


@attrs.frozen(kw_only=True, eq=False)
class Coding:
    """How the covariates become one code, and what that code says.

    Attributes
    ----------
    columns
        The covariates.
    outcome
        The outcome.
    periods, clusters
        How many there are.
    design
        The terms of each combination of codes, shape (combinations, K).
    lowest
        The smallest value of each term, shape (K,).
    words
        For each word: the value of each combination, shape (combinations,).
    fields
        For each term its word, its first bit and its number of bits.
    """

    columns: tuple[PanelColumn, ...]
    outcome: PanelColumn
    periods: int
    clusters: int
    design: np.ndarray
    lowest: np.ndarray
    words: tuple[np.ndarray, ...]
    fields: tuple[tuple[int, int, int], ...]

    @staticmethod
    def of(columns: Sequence[PanelColumn], *, periods: int, clusters: int) -> "Coding | None":
        """Make the coding; None when a covariate has too many values."""
        *covariates, outcome = columns
        sizes = [column.codes for column in covariates]
        if outcome.levels is not None or 0 in sizes:
            return None
        combinations = int(np.prod(sizes, dtype=np.float64))
        if combinations > MOST_COMBINATIONS or combinations * periods * clusters > MOST_KINDS:
            return None
        places = np.unravel_index(np.arange(combinations), sizes) if sizes else []
        parts = [column.design[place] for column, place in zip(covariates, places, strict=True)]
        design = np.hstack([np.empty((combinations, 0)), *parts])
        lowest = design.min(axis=0, initial=0.0)
        words, fields = _packed(design - lowest, periods)
        return Coding(
            columns=tuple(covariates),
            outcome=outcome,
            periods=periods,
            clusters=clusters,
            design=design,
            lowest=lowest,
            words=words,
            fields=fields,
        )

    @property
    def split(self) -> Split:
        """How the outcome becomes pieces."""
        return self.outcome.split

    def combination(self, block: Block) -> np.ndarray:
        """Give the code of each row."""
        code = np.zeros(block.period.size, dtype=np.int64)
        for column in self.columns:
            code *= column.codes
            code += column.code(block.columns[column.name])
        return code


def _packed(
    values: np.ndarray, times: int
) -> tuple[tuple[np.ndarray, ...], tuple[tuple[int, int, int], ...]]:
    """Pack terms in words so that their sums over so many rows do not run into each other."""
    words: list[np.ndarray] = []
    fields = []
    used = _WORD
    for column in values.T:
        bits = max(int(column.max(initial=0.0) * times).bit_length(), 1)
        if used + bits > _WORD:
            words.append(np.zeros(len(values), dtype=np.int64))
            used = 0
        words[-1] += column.astype(np.int64) << used
        fields.append((len(words) - 1, used, bits))
        used += bits
    return tuple(words), tuple(fields)


@attrs.define(kw_only=True, eq=False)
class CodedSums:
    """Counts and sums of the outcome by kind of row, and its squares by cluster."""

    coding: Coding
    counts: np.ndarray
    sums: np.ndarray
    squares: Tally

    @staticmethod
    def of(coding: Coding) -> "CodedSums":
        """Start at nothing."""
        kinds = coding.clusters * coding.periods * len(coding.design)
        pieces = coding.split.count
        return CodedSums(
            coding=coding,
            counts=np.zeros(kinds),
            sums=np.zeros((pieces, kinds)),
            squares=Tally.zeros(coding.clusters, pieces, pieces),
        )

    def add(self, block: Block, *, balanced: bool) -> np.ndarray:
        """Add a block; give the sums of constant, terms and pieces of each unit, in its order."""
        coding = self.coding
        code = coding.combination(block)
        kind = np.repeat(block.cluster * coding.periods, block.sizes)
        kind += block.period
        kind *= len(coding.design)
        kind += code
        self.counts += np.bincount(kind, minlength=self.counts.size)
        pieces = np.empty((coding.split.count, code.size))
        values = coding.outcome.values(block.columns[coding.outcome.name])[0]
        coding.split.into(pieces, values)
        for place, piece in enumerate(pieces):
            self.sums[place] += np.bincount(kind, weights=piece, minlength=self.counts.size)

        def by_unit(rows: np.ndarray) -> np.ndarray:
            if balanced:
                return np.asarray(rows.reshape(-1, coding.periods).sum(axis=1))
            return np.asarray(np.add.reduceat(rows, block.starts))

        self._add_squares(block, pieces, by_unit)
        words = [by_unit(np.take(word, code, mode="clip")) for word in coding.words]
        terms = [
            ((words[word] >> start) & ((1 << bits) - 1)) + low * block.sizes
            for (word, start, bits), low in zip(coding.fields, coding.lowest, strict=True)
        ]
        return np.vstack([block.sizes, *terms, *map(by_unit, pieces)]).astype(np.float64)

    def _add_squares(self, block: Block, pieces: np.ndarray, by_unit: ByUnit) -> None:
        clusters, count = self.coding.clusters, len(pieces)
        parts = np.empty((clusters, count, count))
        for i in range(count):
            for j in range(i + 1):
                unit = by_unit(pieces[i] * pieces[j])
                found = np.bincount(block.cluster, weights=unit, minlength=clusters)
                parts[:, i, j] = parts[:, j, i] = found
        self.squares.add(np.arange(clusters), parts)

    def merge(self, other: "CodedSums") -> None:
        """Add all of another."""
        self.counts += other.counts
        self.sums += other.sums
        self.squares.merge(other.squares)

    def settle(self, rows: Tally, moments: Tally) -> None:
        """Turn the kinds into products by cluster, and sums by cluster and period."""
        coding = self.coding
        shape = (coding.clusters, coding.periods, len(coding.design))
        design = np.hstack([np.ones((shape[2], 1)), coding.design])
        counts, sums = self.counts.reshape(shape), self.sums.reshape(len(self.sums), *shape)
        size = design.shape[1]
        every = np.arange(coding.clusters)
        by_code = counts.sum(axis=1)
        parts = np.zeros((coding.clusters, rows.low.shape[1], rows.low.shape[2]))
        parts[:, :size, :size] = design.T @ (by_code[:, :, None] * design)
        for place, own in enumerate(sums, start=size):
            crossed = own.sum(axis=1) @ design
            parts[:, :size, place] = parts[:, place, :size] = crossed
        rows.add(every, parts)
        rows.low[:, size:, size:] += self.squares.low
        rows.high[:, size:, size:] += self.squares.high
        over = np.concatenate([counts @ design, sums.sum(axis=3).transpose(1, 2, 0)], axis=2)
        moments.add(every, over)
