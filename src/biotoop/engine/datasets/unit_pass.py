"""Panels: products of the columns within units, for any gaps, from one pass over the rows.

A regression with an effect for each unit and each period needs the products of what is left of
each column after the mean of its unit is taken off. With ``z`` a row of columns, ``w`` its weight,
``S`` the weighted sum over the rows of a unit and ``W`` the sum of its weights these are
``sum(w z z') - sum(S S' / W)``. The rows come by in the order of the units, some whole units at a
time: the memory does not depend on their number, and any pattern of gaps is exact.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.limbs import folded
from biotoop.engine.datasets.panel_pass import PanelPass, each_block
from biotoop.engine.datasets.panel_shape import ONE, SHARE, Shape
from biotoop.engine.datasets.row_selection import RowFilter
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Panel
from biotoop.engine.datasets.within_sums import MOST_PATTERNS, WithinSums

_MOST_NUMBERS = 50_000_000
_MIB = 1 << 20


@attrs.frozen(kw_only=True, eq=False)
class WithinProducts:
    """Products of columns within units, summed per cluster.

    Attributes
    ----------
    names
        Names of the P columns: x (indicators as ``column=code``), indicators of all periods but
        the first as ``period=code``, then the outcomes.
    outcomes
        Names of the outcomes, the last of ``names``.
    reference
        For each category, and for the period, the code without an indicator.
    clusters
        Value of each cluster: numbers, or places in ``labels``; one cluster 0 without clusters.
    labels
        Labels of the clusters when they are words.
    products
        Sums over the rows of ``z z'`` with the mean of the unit taken off ``z``, shape
        (clusters, P, P). A column that does not change within units has nothing left but
        rounding: compare its total square with ``before``.
    before
        Sum of squares of each column over all rows before the means were taken off (numbers off
        their overall mean), shape (P,).
    n, units, alone
        Rows and units per cluster, and units with one row, which add nothing.
    periods
        Codes of the periods, in order.
    patterns
        Number of patterns of presence; None when there are more than 100,000.
    falls
        For each column of 0 and 1 that falls back to 0 within a unit: in how many units.
    weighted
        Whether the rows carry weights.
    rows, used, missing
        As in ``Cells``.
    note
        Rows, units, patterns and memory in words.
    """

    names: tuple[str, ...]
    outcomes: tuple[str, ...]
    reference: Mapping[str, str]
    clusters: np.ndarray
    labels: tuple[str, ...]
    products: np.ndarray
    before: np.ndarray
    n: np.ndarray
    units: np.ndarray
    alone: np.ndarray
    periods: tuple[str, ...]
    patterns: int | None
    falls: Mapping[str, int]
    weighted: bool
    rows: int
    used: int
    missing: Mapping[str, int]
    note: Note

    def place(self, name: str) -> int:
        """Give the place of a column in ``names``."""
        return self.names.index(name)

    @property
    def total(self) -> np.ndarray:
        """Products summed over the clusters, shape (P, P)."""
        return np.asarray(self.products.sum(axis=0), dtype=np.float64)


def unit_pass(
    snapshot: Snapshot,
    panel: Panel,
    *,
    x: Sequence[str],
    outcomes: Sequence[str],
    where: Sequence[RowFilter] = (),
    weights: str | None = None,
    categories: Sequence[str] = (),
    engine: DataEngine | None = None,
) -> WithinProducts:
    """Sum the products of columns within units, in one pass over the rows.

    Parameters
    ----------
    snapshot
        The table. Rows in the order of unit and period (as ``read_dataset`` writes them) are
        read as they lie; others are sorted by the data engine first.
    panel
        Columns with unit, period and cluster.
    x
        Covariates: numbers enter as they are, categories as indicators. Rows with one of the
        columns missing are left out and counted.
    outcomes
        Columns of numbers.
    where
        Filters; a row takes part when it passes all.
    weights
        Column of weights, all above 0; rows without a weight are left out. Weights that lie more
        than 1e12 times apart are refused: too few digits of the lightest would be left.
    categories
        Covariates that are numbers and enter as indicators all the same.
    engine
        The data engine; DuckDB when not given. The bits do not depend on its threads.

    Raises
    ------
    InvalidData
        A unit has two rows in a period, or stands in two clusters; a weight is not above 0.
    TooManyCells
        There are more than 400 periods, or more clusters than can be held.
    UnknownColumn, NotNumeric
        A column is not there or cannot be used.
    """
    outcomes = tuple(dict.fromkeys(outcomes))
    with (engine or DuckEngine()).open() as session:
        found = PanelPass.of(
            session,
            snapshot,
            panel,
            x=tuple(dict.fromkeys(x)),
            outcomes=outcomes,
            where=where,
            weights=weights,
            categories=categories,
        )
        _require_room(found.shape, panel)
        sums = each_block(session, found, lambda: WithinSums.of(found.shape))
        sums.settle()
    return _within(sums, found)


def _require_room(shape: Shape, panel: Panel) -> None:
    width = sum(split.count for split in shape.left) + shape.periods
    if shape.clusters * width**2 > _MOST_NUMBERS:
        most = _MOST_NUMBERS // width**2
        raise TooManyCells(most=most, columns=(str(panel.clusters),))


def _within(sums: WithinSums, found: PanelPass) -> WithinProducts:
    """Put the products together, outcomes last."""
    shape, panel, counted = sums.shape, found.reading.panel, found.counted
    periods, clusters, outcomes = found.periods.labels, found.clusters, found.outcomes
    terms = [term for term, _ in shape.terms]
    products, before = within_products(sums)
    last = len(terms) - len(outcomes)
    indicators = [f"{panel.period}={code}" for code in periods[1:]]
    order = [*range(last), *range(len(terms) + 1, products.shape[1]), *range(last, len(terms))]
    kept = np.ascontiguousarray(products[:, order][:, :, order])
    reference = {
        column.name: column.levels.labels[0]
        for column in shape.columns
        if column.levels is not None and column.levels.labels
    }
    patterns = None if len(sums.patterns) > MOST_PATTERNS else len(sums.patterns)
    return WithinProducts(
        names=(*terms[:last], *indicators, *outcomes),
        outcomes=outcomes,
        reference={**reference, **dict(zip([panel.period], periods, strict=False))},
        clusters=clusters.numbers,
        labels=clusters.labels,
        products=kept,
        before=before[order],
        n=sums.n,
        units=sums.units,
        alone=sums.alone,
        periods=periods,
        patterns=patterns,
        falls={
            column.name: int(fell)
            for column, fell in zip(shape.columns, sums.falls, strict=True)
            if fell
        },
        weighted=shape.weights is not None,
        rows=counted.rows,
        used=counted.used,
        missing=counted.missing,
        note=note(
            "datasets.unit_pass",
            rows=counted.rows,
            used=counted.used,
            units=int(sums.units.sum()),
            patterns=f"> {MOST_PATTERNS}" if patterns is None else patterns,
            clusters=len(clusters.numbers),
            mib=kept.nbytes / _MIB,
        ),
    )


def within_products(sums: WithinSums) -> tuple[np.ndarray, np.ndarray]:
    """Take off what the means of the units explain.

    Returns
    -------
    tuple
        Products by cluster of the terms and of all periods, shape (G, K + T, K + T), and the
        total squares before, shape (K + T,).
    """
    shape = sums.shape
    length, size = shape.periods, len(shape.terms)
    rows = folded(folded(sums.rows.total, 1, shape.left), 2, shape.right)[:, 1:, 1:]
    moments = folded(sums.moments.total, 2, shape.left)
    products = np.zeros((shape.clusters, size + length, size + length))
    terms, times = slice(0, size), slice(size, None)
    products[:, terms, terms] = _even(rows)
    products[:, terms, times] = moments[:, :, 1:].transpose(0, 2, 1)
    products[:, times, times] = np.eye(length) * moments[:, :, :1]
    before = np.einsum("gpp->p", products)
    kept = [ONE, *shape.sums[1:]]
    whole = folded(folded(sums.whole.total, 1, kept), 2, kept) / length
    products[:, terms, terms] -= whole[:, 1:, 1:]
    products[:, terms, times] -= whole[:, 1:, :1]
    products[:, times, times] -= whole[:, :1, :1]
    part = folded(sums.part.total, 1, shape.means)
    own = [*shape.sums[1:], *[shape.left[0]] * length]
    part = folded(part, 2, own)
    products[:, terms, terms] -= _even(part[:, :, :size])
    products[:, terms, times] -= part[:, :, size:]
    shares = folded(folded(sums.times.total, 1, [SHARE] * length), 2, [shape.left[0]] * length)
    products[:, times, times] -= _even(shares)
    products[:, times, terms] = products[:, terms, times].transpose(0, 2, 1)
    return products, before


def _even(matrices: np.ndarray) -> np.ndarray:
    """Take the mean of matrices and their transposes."""
    return np.asarray((matrices + matrices.transpose(0, 2, 1)) / 2.0)
