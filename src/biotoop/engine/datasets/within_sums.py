"""Products within units, summed over blocks of units, without any rounding but the first."""

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from biotoop.engine.datasets.coded_sums import CodedSums, Coding
from biotoop.engine.datasets.limbs import (
    Split,
    Tally,
    carry,
    folded,
    segment_products,
)
from biotoop.engine.datasets.panel_columns import PanelColumn
from biotoop.engine.datasets.panel_shape import SHARE, Shape, width
from biotoop.engine.datasets.unit_blocks import Block

MOST_PATTERNS = 100_000
_WORD = 62
_RADIX = 1 << 16


@attrs.define(kw_only=True, eq=False)
class WithinSums:
    """What the blocks add up to.

    ``rows`` holds products of the rows by cluster, ``moments`` sums by cluster and period,
    ``whole`` products of the sums of units that are there in all periods, ``part`` and ``times``
    products of means and sums, and of shares of periods, of all other units.
    """

    shape: Shape
    rows: Tally
    moments: Tally
    whole: Tally
    part: Tally
    times: Tally
    n: np.ndarray
    units: np.ndarray
    alone: np.ndarray
    falls: np.ndarray
    patterns: set[tuple[int, ...]] = attrs.field(factory=set)
    coded: CodedSums | None = None

    @staticmethod
    def of(shape: Shape) -> "WithinSums":
        """Start at nothing."""
        groups, length = shape.clusters, shape.periods
        left, right = width(shape.left), width(shape.right)
        sums, means = width(shape.sums[1:]), width(shape.means)
        bits = length * shape.left[0].count
        coding = None
        if shape.weights is None and shape.columns:
            coding = Coding.of(shape.columns, periods=length, clusters=groups)
        return WithinSums(
            shape=shape,
            rows=Tally.zeros(groups, left, right),
            moments=Tally.zeros(groups, length, left),
            whole=Tally.zeros(groups, sums + 1, sums + 1),
            part=Tally.zeros(groups, means, sums + bits),
            times=Tally.zeros(groups, length * SHARE.count, bits),
            n=np.zeros(groups),
            units=np.zeros(groups),
            alone=np.zeros(groups),
            falls=np.zeros(len(shape.columns)),
            coded=None if coding is None else CodedSums.of(coding),
        )

    def add(self, block: Block) -> None:
        """Add a block."""
        sorting = _Sorting.of(block)
        full = sorting.sizes == self.shape.periods
        balanced, weight = bool(full.all()), self._weight(block)
        if self.coded is not None:
            sums = self.coded.add(block, balanced=balanced)[:, sorting.order]
        else:
            sums = self._add_rows(sorting, block, weight, balanced=balanced)
        if weight is None:
            self._add_whole(sorting, sums, np.flatnonzero(full))
        rest = np.flatnonzero(~full) if weight is None else np.arange(full.size)
        self._add_part(sorting, block, sums, rest, weight)
        self.units[sorting.groups] += np.diff(sorting.edges)
        self.n[sorting.groups] += np.diff(sorting.row_edges)
        self.alone += np.bincount(block.cluster[block.sizes == 1], minlength=self.alone.size)
        self._look(block, balanced=balanced)

    def _add_rows(
        self, sorting: "_Sorting", block: Block, weight: np.ndarray | None, *, balanced: bool
    ) -> np.ndarray:
        """Add products of the rows; give the sums of each unit, sorted by cluster."""
        right = self._pieces(block)
        left = right if weight is None else self._weighted(block, weight)
        taken = sorting.rows(left)
        self.rows.add(
            sorting.groups,
            segment_products(
                taken, taken if left is right else sorting.rows(right), sorting.row_edges
            ),
        )
        self._add_moments(sorting, block, taken, balanced=balanced)
        return self._sums(sorting, taken, balanced=balanced)

    def merge(self, other: "WithinSums") -> None:
        """Add all that other blocks add up to."""
        for mine, theirs in (
            (self.rows, other.rows),
            (self.moments, other.moments),
            (self.whole, other.whole),
            (self.part, other.part),
            (self.times, other.times),
        ):
            mine.merge(theirs)
        self.n += other.n
        self.units += other.units
        self.alone += other.alone
        self.falls += other.falls
        self.patterns |= other.patterns
        if self.coded is not None and other.coded is not None:
            self.coded.merge(other.coded)

    def settle(self) -> None:
        """Turn what was only counted so far into products; once, after the last block."""
        if self.coded is not None:
            self.coded.settle(self.rows, self.moments)
            self.coded = None

    def _weight(self, block: Block) -> np.ndarray | None:
        weights = self.shape.weights
        return None if weights is None else weights.values(block.columns[weights.name])[0]

    def _pieces(self, block: Block) -> np.ndarray:
        """Write the constant and the terms of all rows as pieces, a row for each."""
        out = np.empty((width(self.shape.right), block.period.size))
        out[0] = 1.0
        place = 1
        for column, values in _values(self.shape.columns, block):
            split = column.split
            if column.levels is not None:
                out[place] = values
            else:
                split.into(out[place : place + split.count], values)
            place += split.count
        return out

    def _weighted(self, block: Block, weight: np.ndarray) -> np.ndarray:
        values = (values for _, values in _values(self.shape.columns, block))
        return _split([weight, *(weight * each for each in values)], self.shape.left)

    def _sums(self, sorting: "_Sorting", taken: np.ndarray, *, balanced: bool) -> np.ndarray:
        """Sum the pieces of each unit; exact, so that a product may do it."""
        if not balanced:
            return np.asarray(np.add.reduceat(taken, sorting.starts, axis=1))
        length = self.shape.periods
        return np.asarray((taken.reshape(-1, length) @ np.ones(length)).reshape(len(taken), -1))

    def _add_moments(
        self, sorting: "_Sorting", block: Block, taken: np.ndarray, *, balanced: bool
    ) -> None:
        length, groups = self.shape.periods, sorting.groups.size
        if balanced:
            cube = taken.reshape(len(taken), -1, length)
            found = np.add.reduceat(cube, sorting.edges[:-1], axis=1).transpose(1, 2, 0)
            parts = np.empty_like(found)
            parts[:, block.period[:length]] = found
        else:
            local = np.repeat(np.arange(groups), np.diff(sorting.row_edges))
            key = local * length + sorting.rows(block.period)
            sums = [np.bincount(key, weights=row, minlength=groups * length) for row in taken]
            parts = np.column_stack(sums).reshape(groups, length, -1)
        self.moments.add(sorting.groups, parts)

    def _add_whole(self, sorting: "_Sorting", sums: np.ndarray, units: np.ndarray) -> None:
        """Add units that are there in all periods: their mean is their sum over a constant."""
        if units.size:
            pieces = self._carried(sums[:, units])
            pieces[0] = 1.0
            edges = np.searchsorted(units, sorting.edges)
            self.whole.add(sorting.groups, segment_products(pieces, pieces, edges))

    def _add_part(
        self,
        sorting: "_Sorting",
        block: Block,
        sums: np.ndarray,
        units: np.ndarray,
        weight: np.ndarray | None,
    ) -> None:
        """Add units with gaps or weights, through their means."""
        if not units.size:
            return
        edges, sums = np.searchsorted(units, sorting.edges), sums[:, units]
        count, length = self.shape.left[0].count, self.shape.periods
        bits = self._bits(sorting, block, units, weight)
        plain = folded(sums, 0, self.shape.left)
        means = _split(list(plain[1:] / plain[0]), self.shape.means)
        right = np.vstack([self._carried(sums)[self.shape.sums[0].count :], bits])
        self.part.add(sorting.groups, segment_products(means, right, edges))
        heavy = folded(bits.reshape(length, count, -1), 1, [self.shape.left[0]])[:, 0]
        shares = _split(list(heavy / plain[0]), [SHARE] * length)
        self.times.add(sorting.groups, segment_products(shares, bits, edges))

    def _bits(
        self, sorting: "_Sorting", block: Block, units: np.ndarray, weight: np.ndarray | None
    ) -> np.ndarray:
        """Give the weight of each unit in each period in pieces, a row for each piece."""
        split, length = self.shape.left[0], self.shape.periods
        place = np.full(sorting.sizes.size, -1)
        place[units] = np.arange(units.size)
        row = np.repeat(place, sorting.sizes)
        there = row >= 0
        values = np.ones((1, row.size))
        if weight is not None:
            values = np.empty((split.count, weight.size))
            split.into(values, weight)
            values = sorting.rows(values)
        out = np.zeros((length, split.count, units.size))
        period = sorting.rows(block.period)[there]
        for k in range(split.count):
            out[period, k, row[there]] = values[k, there]
        return out.reshape(length * split.count, -1)

    def _carried(self, sums: np.ndarray) -> np.ndarray:
        """Bring the sums of every term back to pieces."""
        parts, place = [], 0
        for split, target in zip(self.shape.left, self.shape.sums, strict=True):
            part = sums[place : place + split.count]
            parts.append(carry(part) if target.count > split.count else part)
            place += split.count
        return np.vstack(parts)

    def _look(self, block: Block, *, balanced: bool) -> None:
        """Count patterns of presence, and units in which a 0/1 column falls back to 0."""
        words = -(-self.shape.periods // _WORD)
        if balanced:
            left = [min(self.shape.periods - _WORD * word, _WORD) for word in range(words)]
            self.patterns.add(tuple((1 << bits) - 1 for bits in left))
        elif len(self.patterns) <= MOST_PATTERNS:
            marks = [
                np.bitwise_or.reduceat(
                    np.where(block.period // _WORD == word, 1 << (block.period % _WORD), 0),
                    block.starts,
                )
                for word in range(words)
            ]
            found = np.unique(np.column_stack(marks), axis=0) if words > 1 else None
            single = np.unique(marks[0])[:, None] if found is None else found
            self.patterns.update(map(tuple, single.tolist()))
        inside = np.ones(block.period.size, dtype=bool)
        inside[block.starts] = False
        order = None if self.shape.in_order else _by_period(block)
        for place, column in enumerate(self.shape.columns):
            if column.switch:
                values = column.values(block.columns[column.name])[0]
                values = values if order is None else values[order]
                fell = np.flatnonzero(inside[1:] & (values[1:] < values[:-1]))
                self.falls[place] += np.unique(
                    np.searchsorted(block.starts, fell, side="right")
                ).size


def _by_period(block: Block) -> np.ndarray:
    """Give the order of the rows by period within each unit."""
    return np.lexsort((block.period, np.repeat(np.arange(block.sizes.size), block.sizes)))


@attrs.frozen(kw_only=True, eq=False)
class _Sorting:
    """The units of a block by cluster.

    ``order`` sorts the units, ``groups`` are the clusters that occur, ``edges`` where each begins
    among the sorted units and ``row_edges`` among their rows; ``sizes`` and ``starts`` are those of
    the sorted units, ``first`` where each began before.
    """

    order: np.ndarray
    groups: np.ndarray
    edges: np.ndarray
    row_edges: np.ndarray
    sizes: np.ndarray
    starts: np.ndarray
    first: np.ndarray

    @staticmethod
    def of(block: Block) -> "_Sorting":
        groups, cluster = np.unique(block.cluster, return_inverse=True)
        few = cluster.astype(np.uint16) if groups.size < _RADIX else cluster
        order = np.argsort(few, kind="stable")
        edges = np.searchsorted(cluster[order], np.arange(groups.size + 1))
        sizes = block.sizes[order]
        ends = np.cumsum(sizes)
        starts = ends - sizes
        row_edges = np.append(0, ends)[edges]
        return _Sorting(
            order=order,
            groups=groups,
            edges=edges,
            row_edges=row_edges,
            sizes=sizes,
            starts=starts,
            first=block.starts[order],
        )

    def rows(self, values: np.ndarray) -> np.ndarray:
        """Give values by row in the sorted order; the rows are the last axis."""
        if self.groups.size == 1:
            return values
        index = np.repeat(self.first - self.starts, self.sizes)
        index += np.arange(index.size)
        return np.take(values, index, axis=-1, mode="clip")


def _values(
    columns: Sequence[PanelColumn], block: Block
) -> Iterator[tuple[PanelColumn, np.ndarray]]:
    for column in columns:
        for values in column.values(block.columns[column.name]):
            yield column, values


def _split(columns: Sequence[np.ndarray], splits: Sequence[Split]) -> np.ndarray:
    out = np.empty((width(splits), len(columns[0]) if columns else 0))
    place = 0
    for values, split in zip(columns, splits, strict=True):
        split.into(out[place : place + split.count], values)
        place += split.count
    return out
