"""Groups that start at different moments: means and products of their outcomes over time.

For a comparison of changes no row is needed: per cohort (units that start in the same period) and
cell of covariates the number of units, the sum of the outcome in each period, and the products of
these give every effect and its error; per cluster the numbers and sums.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow.compute as pc

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.limbs import Tally, folded, segment_products
from biotoop.engine.datasets.panel_columns import PanelColumn
from biotoop.engine.datasets.panel_pass import PanelPass, each_block
from biotoop.engine.datasets.row_selection import RowFilter
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Block, Panel
from biotoop.engine.datasets.unit_starts import rows_of_units, started, starts_asked

MOST_CELLS = 4096
_MOST_NUMBERS = 50_000_000
_MIB = 1 << 20
_STILL = 1e-10


@attrs.frozen(kw_only=True, eq=False)
class CohortSums:
    """Outcomes over time by cohort and cell, of units that are there in all periods.

    Attributes
    ----------
    periods
        Codes of the T periods, in order.
    cohorts
        Place of the first period with treatment of each cohort; T stands for never, shape (C,).
    cells
        What each of the X cells of covariates is, in words.
    n
        Units, shape (C, X).
    sums
        Sum of the outcome off ``centre``, shape (C, X, T).
    products
        Sums of products of the outcomes of two periods, off their means, shape (C, X, T, T).
    cluster_n, cluster_sums
        The same per cluster, shapes (G, C, X) and (G, C, X, T); one cluster without clusters.
    centre
        What was taken off the outcome.
    incomplete, always, falls
        Units left out as they miss a period; units left out since they were reached in the first
        period already; units whose treatment goes back to 0.
    rows, used, missing
        As in ``Cells``.
    note
        Rows, units and memory in words.
    """

    periods: tuple[str, ...]
    cohorts: np.ndarray
    cells: tuple[str, ...]
    n: np.ndarray
    sums: np.ndarray
    products: np.ndarray
    cluster_n: np.ndarray
    cluster_sums: np.ndarray
    centre: float
    incomplete: int
    always: int
    falls: int
    rows: int
    used: int
    missing: Mapping[str, int]
    note: Note

    @property
    def sizes(self) -> np.ndarray:
        """Units of each cohort."""
        return np.asarray(self.n.sum(axis=1))

    @property
    def still(self) -> bool:
        """Whether the outcome never changes within units."""
        square = np.einsum("cxtt->", self.products)
        mean = self.sums / np.maximum(self.n, 1.0)[..., None]
        square += np.sum(self.n[..., None] * mean**2)
        level = np.sum(self.products, axis=(2, 3)) + self.n * np.sum(mean, axis=2) ** 2
        return bool(square - np.sum(level) / len(self.periods) <= _STILL * square)


def cohort_pass(
    snapshot: Snapshot,
    panel: Panel,
    *,
    outcome: str,
    treatment: str,
    covariates: Sequence[str] = (),
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> CohortSums:
    """Sum outcomes over time by cohort, in one pass over the rows.

    Parameters
    ----------
    snapshot, panel
        The table; see ``unit_pass``.
    outcome
        Column of numbers.
    treatment
        Column that is 0 until a unit starts and 1 from then on; or the period in which it starts,
        with 0, or a period after the last, for never.
    covariates
        Columns with few values, taken as they are in the first period.
    where
        Filters.
    engine
        The data engine; DuckDB when not given. The bits do not depend on its threads.

    Raises
    ------
    InvalidData
        As ``unit_pass``; or the period in which a unit starts changes.
    TooManyCells
        There are too many cells of covariates.
    """
    x = (treatment, *dict.fromkeys(covariates))
    with (engine or DuckEngine()).open() as session:
        found = PanelPass.of(
            session,
            snapshot,
            panel,
            x=x,
            outcomes=(outcome,),
            where=where,
            weights=None,
            categories=tuple(covariates),
        )
        cells = int(np.prod([column.codes for column in found.columns[1:-1]], dtype=np.float64))
        if cells > MOST_CELLS:
            raise TooManyCells(most=MOST_CELLS, columns=tuple(covariates))
        shape = _Shape(found=found, cells=max(cells, 1), starts=starts_asked(found, snapshot))
        sums = each_block(session, found, lambda: _Cohorts.of(shape))
    return _settled(sums, found)


@attrs.frozen(kw_only=True, eq=False)
class _Shape:
    found: PanelPass
    cells: int
    starts: np.ndarray | None

    @property
    def periods(self) -> int:
        return max(len(self.found.periods.labels), 1)

    @property
    def clusters(self) -> int:
        return len(self.found.clusters.numbers)

    @property
    def outcome(self) -> PanelColumn:
        return self.found.columns[-1]


@attrs.define(eq=False)
class _Sparse:
    """A tally for the groups that occur."""

    groups: np.ndarray
    tally: Tally

    def add(self, groups: np.ndarray, parts: np.ndarray) -> None:
        self._make_room(groups, parts.shape[1:])
        self.tally.add(np.searchsorted(self.groups, groups), parts)

    def merge(self, other: "_Sparse") -> None:
        self._make_room(other.groups, other.tally.low.shape[1:])
        places = np.searchsorted(self.groups, other.groups)
        self.tally.low[places] += other.tally.low
        self.tally.high[places] += other.tally.high

    def _make_room(self, groups: np.ndarray, shape: tuple[int, ...]) -> None:
        if np.isin(groups, self.groups).all():
            return
        every = np.union1d(self.groups, groups)
        if every.size * int(np.prod(shape)) > _MOST_NUMBERS:
            raise TooManyCells(most=_MOST_NUMBERS // int(np.prod(shape)), columns=())
        grown = Tally.zeros(every.size, *shape)
        places = np.searchsorted(every, self.groups)
        grown.low[places], grown.high[places] = self.tally.low, self.tally.high
        self.groups, self.tally = every, grown


@attrs.define(kw_only=True, eq=False)
class _Cohorts:
    shape: _Shape
    sums: _Sparse
    products: _Sparse
    incomplete: int = 0
    always: int = 0
    falls: int = 0

    @staticmethod
    def of(shape: _Shape) -> "_Cohorts":
        width = shape.periods * shape.outcome.split.count
        none = np.empty(0, dtype=np.int64)
        return _Cohorts(
            shape=shape,
            sums=_Sparse(none, Tally.zeros(0, width + 1)),
            products=_Sparse(none, Tally.zeros(0, width, width)),
        )

    def merge(self, other: "_Cohorts") -> None:
        self.sums.merge(other.sums)
        self.products.merge(other.products)
        self.incomplete += other.incomplete
        self.always += other.always
        self.falls += other.falls

    def add(self, block: Block) -> None:
        """Add the units that are there in all periods."""
        shape, length = self.shape, self.shape.periods
        full = block.sizes == length
        self.incomplete += int(np.sum(~full))
        cohort, falls = started(shape.found, shape.starts, block, np.flatnonzero(full))
        self.falls += falls
        kept = cohort > 0
        self.always += int(np.sum(~kept))
        units, cohort = np.flatnonzero(full)[kept], cohort[kept]
        if not units.size:
            return
        key = cohort * shape.cells + self._cell(block, units)
        both = key * shape.clusters + block.cluster[units]
        order = np.argsort(both, kind="stable")
        pieces = self._pieces(block, units[order])
        groups, starts = np.unique(both[order], return_index=True)
        parts = np.add.reduceat(pieces, starts, axis=1).T
        counts = np.diff(np.append(starts, units.size))
        self.sums.add(groups, np.column_stack([counts, parts]))
        groups, starts = np.unique(key[order], return_index=True)
        edges = np.append(starts, units.size)
        self.products.add(groups, segment_products(pieces, pieces, edges))

    def _cell(self, block: Block, units: np.ndarray) -> np.ndarray:
        """Give the cell of the covariates in the first period of each unit."""
        cell = np.zeros(units.size, dtype=np.int64)
        for column in self.shape.found.columns[1:-1]:
            first = pc.take(block.columns[column.name], block.starts[units])
            cell = cell * column.codes + column.code(first)
        return cell

    def _pieces(self, block: Block, units: np.ndarray) -> np.ndarray:
        """Give the outcomes of units in pieces: a row for each period and piece."""
        column, length = self.shape.outcome, self.shape.periods
        values = column.values(block.columns[column.name])[0]
        found = np.empty((column.split.count, values.size))
        column.split.into(found, values)
        cube = found[:, rows_of_units(block, units, length)]
        places = block.period[block.starts[units[0]] :][:length]
        ordered = np.empty((length, column.split.count, units.size))
        ordered[places] = cube.transpose(2, 0, 1)
        return ordered.reshape(-1, units.size)


def _settled(sums: _Cohorts, found: PanelPass) -> CohortSums:
    shape, split = sums.shape, sums.shape.outcome.split
    length, clusters = shape.periods, shape.clusters
    kinds = np.unique(sums.products.groups // shape.cells)
    groups = sums.sums.groups
    cohort = np.searchsorted(kinds, groups // clusters // shape.cells)
    place = (groups % clusters, cohort, groups // clusters % shape.cells)
    size = (clusters, kinds.size, shape.cells)
    totals = sums.sums.tally.total
    cluster_n, cluster_sums = np.zeros(size), np.zeros((*size, length))
    cluster_n[place] = totals[:, 0]
    pieces = totals[:, 1:].reshape(len(totals), length, split.count)
    cluster_sums[place] = folded(pieces, 2, [split])[:, :, 0]
    n, by_cohort = cluster_n.sum(axis=0), cluster_sums.sum(axis=0)
    products = np.zeros((*size[1:], length, length))
    keys = sums.products.groups
    square = folded(folded(sums.products.tally.total, 1, [split] * length), 2, [split] * length)
    products[np.searchsorted(kinds, keys // shape.cells), keys % shape.cells] = square
    apart = by_cohort[..., :, None] * by_cohort[..., None, :]
    products -= apart / np.maximum(n, 1.0)[..., None, None]
    kept = cluster_sums.nbytes + products.nbytes
    return CohortSums(
        periods=found.periods.labels,
        cohorts=kinds,
        cells=_names(found),
        n=n,
        sums=by_cohort,
        products=products,
        cluster_n=cluster_n,
        cluster_sums=cluster_sums,
        centre=shape.outcome.centre,
        incomplete=sums.incomplete,
        always=sums.always,
        falls=sums.falls,
        rows=found.counted.rows,
        used=found.counted.used,
        missing=found.counted.missing,
        note=note(
            "panel.cohorts",
            rows=found.counted.rows,
            used=found.counted.used,
            units=int(n.sum()),
            cohorts=int(kinds.size),
            cells=shape.cells,
            clusters=clusters,
            mib=kept / _MIB,
        ),
    )


def _names(found: PanelPass) -> tuple[str, ...]:
    """Name the cells of the covariates."""
    names = [""]
    for column in found.columns[1:-1]:
        labels = column.levels.labels if column.levels is not None else ()
        parts = [f"{column.name}={label}" for label in labels]
        names = [f"{name}, {part}".strip(", ") for name in names for part in parts]
    return tuple(names)
