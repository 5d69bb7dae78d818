"""How far each unit pulls on a regression with effects of units and periods: a second pass."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.datasets.coded_sums import Coding
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.limbs import Split, Tally, folded, segment_products
from biotoop.engine.datasets.panel_columns import PanelColumn
from biotoop.engine.datasets.panel_pass import PanelPass, each_block
from biotoop.engine.datasets.row_selection import RowFilter
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Block, Panel

_PIECES = 5


@attrs.frozen(kw_only=True)
class PanelScores:
    """Which regression the second pass is about; as in ``unit_pass``.

    Attributes
    ----------
    snapshot, panel, x, outcome, where, weights, categories, engine
        The table, its columns and who reads it.
    """

    snapshot: Snapshot
    panel: Panel
    x: tuple[str, ...]
    outcome: str
    where: Sequence[RowFilter] = ()
    weights: str | None = None
    categories: tuple[str, ...] = ()
    engine: DataEngine | None = None


def unit_scores(
    asked: PanelScores, *, names: Sequence[str], pulls: np.ndarray, slopes: np.ndarray
) -> np.ndarray:
    """Give the sum over the units of the products of their scores.

    Parameters
    ----------
    asked
        The regression.
    names
        Names of its columns, indicators of periods as ``period=code``, shape (P,).
    pulls
        For each coefficient in question its row of the inverse of X'X, shape (k, P).
    slopes
        The coefficients, shape (P,).

    Returns
    -------
    ndarray
        Shape (k, k); the bits do not depend on threads or on the order of the rows.
    """
    places = {name: place for place, name in enumerate(names)}
    with (asked.engine or DuckEngine()).open() as session:
        found = PanelPass.of(
            session,
            asked.snapshot,
            attrs.evolve(asked.panel, clusters=None),
            x=asked.x,
            outcomes=(asked.outcome,),
            where=asked.where,
            weights=asked.weights,
            categories=asked.categories,
        )
        moments = [f"{asked.panel.period}={code}" for code in found.periods.labels]
        line = _Line(
            found=found,
            places=places,
            pulls=pulls,
            slopes=slopes,
            period_pulls=np.array([[row[places[m]] if m in places else 0.0 for m in moments]
                                   for row in pulls]),
            period_slopes=np.array([slopes[places[m]] if m in places else 0.0 for m in moments]),
            coding=Coding.of(found.columns, periods=found.shape.periods, clusters=1),
        )  # fmt: skip
        return each_block(session, found, lambda: _Scores.of(line)).covariance


@attrs.frozen(kw_only=True, eq=False, slots=True)
class _Line:
    found: PanelPass
    places: dict[str, int]
    pulls: np.ndarray
    slopes: np.ndarray
    period_pulls: np.ndarray
    period_slopes: np.ndarray
    coding: Coding | None

    def read(self, block: Block) -> tuple[np.ndarray, Iterator[np.ndarray]]:
        """Give minus the fitted outcome of each row, and its pull on each coefficient in turn."""
        if self.coding is None:
            fitted, *pulled = self._row_by_row(block)
            return fitted, iter(pulled)
        kind = block.period * len(self.coding.design)
        kind += self.coding.combination(block)
        taken = (np.take(row, kind, mode="clip") for row in self.table)
        return next(taken), taken

    def _row_by_row(self, block: Block) -> np.ndarray:
        lines = self.by_period[:, block.period]
        for column in self.found.columns[:-1]:
            parts = column.values(block.columns[column.name])
            for term, values in zip(column.terms, parts, strict=True):
                if term in self.places:
                    lines += self.lines[:, self.places[term], None] * values
        return np.asarray(lines)

    @property
    def lines(self) -> np.ndarray:
        """Minus the coefficients, then the pulls, shape (1 + k, P)."""
        return np.vstack([-self.slopes, self.pulls])

    @property
    def by_period(self) -> np.ndarray:
        """The same for the periods, shape (1 + k, T)."""
        return np.vstack([-self.period_slopes, self.period_pulls])

    @cached_property
    def table(self) -> np.ndarray:
        """The same for each period and combination of codes, shape (1 + k, T times codes)."""
        if self.coding is None:
            return np.empty((0, 0))
        found = np.repeat(self.by_period[:, :, None], len(self.coding.design), axis=2)
        terms = [term for column in self.coding.columns for term in column.terms]
        for term, values in zip(terms, self.coding.design.T, strict=True):
            if term in self.places:
                found += self.lines[:, self.places[term], None, None] * values
        return np.ascontiguousarray(found.reshape(len(found), -1))

    @property
    def split(self) -> Split:
        """Pieces for a score, from the largest that it can be."""
        columns, length = self.found.columns, self.found.shape.periods
        terms = [(term, column) for column in columns for term in column.terms]
        reach = {term: column.reach for term, column in terms}
        most = max(self._reach(row, reach, own) for row, own in
                   zip(self.pulls, self.period_pulls, strict=True))  # fmt: skip
        left = columns[-1].reach + self._reach(self.slopes, reach, self.period_slopes)
        heavy = 1.0 if self.found.weights is None else self.found.weights.reach
        _, power = np.frexp(4.0 * most * left * heavy * length)
        return Split(exponent=18 * _PIECES - 1 - int(power), count=_PIECES)

    def _reach(self, row: np.ndarray, reach: dict[str, float], own: np.ndarray) -> float:
        terms = sum(abs(row[self.places[name]]) * far for name, far in reach.items()
                    if name in self.places)  # fmt: skip
        return float(terms + np.abs(own).max(initial=0.0))


@attrs.define(kw_only=True, eq=False)
class _Scores:
    line: _Line
    split: Split
    tally: Tally

    @staticmethod
    def of(line: _Line) -> "_Scores":
        width = len(line.pulls) * _PIECES
        return _Scores(line=line, split=line.split, tally=Tally.zeros(1, width, width))

    def add(self, block: Block) -> None:
        """Add the scores of some units."""
        line, found = self.line, self.line.found
        residual, pulled = line.read(block)
        residual += _only(found.columns[-1], block.columns[found.columns[-1].name])
        weight = np.ones(len(residual))
        if found.weights is not None:
            weight = _only(found.weights, block.columns[found.weights.name])
        total = np.add.reduceat(weight, block.starts)
        mean = np.add.reduceat(weight * residual, block.starts) / total
        apart = weight * (residual - np.repeat(mean, block.sizes))
        pieces = np.empty((len(line.pulls) * _PIECES, block.starts.size))
        for place, values in enumerate(pulled):
            score = np.add.reduceat(values * apart, block.starts)
            self.split.into(pieces[place * _PIECES : (place + 1) * _PIECES], score)
        self.tally.add(
            np.zeros(1, dtype=np.int64),
            segment_products(pieces, pieces, np.array([0, pieces.shape[1]])),
        )

    def merge(self, other: "_Scores") -> None:
        """Add the scores of other units."""
        self.tally.merge(other.tally)

    @property
    def covariance(self) -> np.ndarray:
        """The sum of products of scores."""
        splits = [self.split] * len(self.line.pulls)
        return np.asarray(folded(folded(self.tally.total, 1, splits), 2, splits)[0])


def _only(column: PanelColumn, values: pa.Array) -> np.ndarray:
    return column.values(values)[0]
