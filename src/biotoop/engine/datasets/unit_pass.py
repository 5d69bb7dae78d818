"""Panels: products of the columns within units, for any gaps, from two passes over the rows.

A regression with an effect for each unit and each period needs the products of what is left of
each column after the mean of its unit is taken off. With ``z`` a row of columns and ``S`` their
sum over the ``n`` rows of a unit these are ``sum(z z') - sum(S S' / n)``. Indicators of periods
need not be summed per unit: the pattern of periods in which a unit is there says all, and units
with the same pattern can be taken together. So the second pass keeps one row for each cluster
and pattern, exact for every panel with gaps.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.design_terms import terms_of
from biotoop.engine.datasets.fixed_point import ExactSum
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.panel_queries import Panel, PanelQuery, UnitSums
from biotoop.engine.datasets.row_selection import RowCount, RowFilter, count_rows, usable
from biotoop.engine.datasets.snapshots import Snapshot

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
    n, units
        Rows and units per cluster; units with one row count, and add nothing.
    periods
        Codes of the periods, in order.
    patterns
        Number of patterns of presence.
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
    periods: tuple[str, ...]
    patterns: int
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
    engine: DataEngine | None = None,
) -> WithinProducts:
    """Sum the products of columns within units, in two passes inside the data engine.

    Parameters
    ----------
    snapshot
        The table.
    panel
        Columns with unit, period and cluster.
    x
        Covariates: numbers enter as they are, categories as indicators. Rows with one of the
        columns missing are left out and counted.
    outcomes
        Columns of numbers.
    where
        Filters; a row takes part when it passes all.
    engine
        The data engine; DuckDB when not given. The bits do not depend on its threads.

    Raises
    ------
    InvalidData
        A unit has two rows in a period, or stands in two clusters.
    TooManyCells
        There are more than 126 periods, or more than 100,000 patterns of presence.
    UnknownColumn, NotNumeric
        A column is not there or cannot be used.
    """
    names = (panel.unit, panel.period, *([panel.clusters] if panel.clusters else []))
    needed = (*dict.fromkeys(x), *dict.fromkeys(outcomes), *names)
    with (engine or DuckEngine()).open() as session:
        condition = usable(snapshot, needed, where)
        counted = count_rows(session, snapshot, needed, where)
        design = terms_of(
            session, snapshot, tuple(dict.fromkeys(x)), tuple(dict.fromkeys(outcomes)), condition
        )
        query = PanelQuery(
            session=session, snapshot=snapshot, panel=panel, design=design, condition=condition
        )
        periods = query.periods()
        moments, units = query.moments(), query.units(periods)
    return _within(query, counted, periods, moments, units, outcomes=len(dict.fromkeys(outcomes)))


def _within(
    query: PanelQuery,
    counted: RowCount,
    periods: tuple[str, ...],
    moments: tuple[pa.Table, Mapping[tuple[int, int], ExactSum]],
    units: tuple[pa.Table, UnitSums],
    *,
    outcomes: int,
) -> WithinProducts:
    """Put the products of the rows and of the units together, outcomes last."""
    panel, design = query.panel, query.design
    columns = [term.name for term in design.terms[1:]]
    first = dict(zip([panel.period], periods, strict=False))
    clusters, labels = _clusters(query, moments[0])
    products, n = _of_rows(query, clusters, periods, moments)
    before = np.einsum("gpp->p", products)
    counts = _take_units(query, clusters, products, units)
    last = len(columns) - outcomes
    indicators = [f"{panel.period}={code}" for code in periods[1:]]
    order = [*range(last), *range(len(columns) + 1, products.shape[1]), *range(last, len(columns))]
    kept = products[:, order][:, :, order]
    return WithinProducts(
        names=(*columns[:last], *indicators, *columns[last:]),
        outcomes=tuple(columns[last:]),
        reference={**design.reference, **first},
        clusters=clusters,
        labels=labels,
        products=kept,
        before=before[order],
        n=n,
        units=counts,
        periods=periods,
        patterns=units[0].num_rows,
        rows=counted.rows,
        used=counted.used,
        missing=counted.missing,
        note=note(
            "datasets.unit_pass",
            rows=counted.rows,
            used=counted.used,
            units=int(counts.sum()),
            patterns=units[0].num_rows,
            clusters=len(clusters),
            mib=kept.nbytes / _MIB,
        ),
    )


def _clusters(query: PanelQuery, table: pa.Table) -> tuple[np.ndarray, tuple[str, ...]]:
    values, labels = _cluster_of(query, table)
    return np.unique(values), labels


def _cluster_of(query: PanelQuery, table: pa.Table) -> tuple[np.ndarray, tuple[str, ...]]:
    name = query.panel.clusters
    if name is None:
        return np.zeros(table.num_rows), ()
    column = query.snapshot.column(name)
    values, labels = keys_of([column], table, known_labels(query.snapshot))
    return values[name], labels.get(name, ())


def _of_rows(
    query: PanelQuery,
    clusters: np.ndarray,
    periods: Sequence[str],
    moments: tuple[pa.Table, Mapping[tuple[int, int], ExactSum]],
) -> tuple[np.ndarray, np.ndarray]:
    """Sum the products of columns and indicators of periods over all rows of each cluster."""
    table, sums = moments
    cluster = np.searchsorted(clusters, _cluster_of(query, table)[0])
    size, length = len(query.columns), len(periods)
    products = np.zeros((clusters.size, size + length, size + length))
    n = np.zeros(clusters.size)
    found = {place: item.unscale(table[f"p{place[0]}_{place[1]}"]) for place, item in sums.items()}
    places = {code: place for place, code in enumerate(periods)}
    period = size + np.array([places[code] for code in table["period"].to_pylist()], dtype=int)
    np.add.at(n, cluster, found[0, 0])
    products[cluster, period, period] = found[0, 0]
    for i in range(size):
        products[cluster, i, period] = products[cluster, period, i] = found[i + 1, 0]
        for j in range(i + 1):
            np.add.at(products[:, i, j], cluster, found[i + 1, j + 1])
            products[:, j, i] = products[:, i, j]
    return products, n


def _take_units(
    query: PanelQuery,
    clusters: np.ndarray,
    products: np.ndarray,
    units: tuple[pa.Table, UnitSums],
) -> np.ndarray:
    """Take off what the means of the units explain; give the units of each cluster."""
    table, sums = units
    size, counts = len(query.columns), np.zeros(clusters.size)
    cluster = np.searchsorted(clusters, _cluster_of(query, table)[0])
    patterns = [int(code) for code in table["pattern"].to_pylist()]
    order = np.array(
        sorted(range(len(patterns)), key=lambda row: (cluster[row], patterns[row])), dtype=np.intp
    )
    length = products.shape[1] - size
    bits = np.array(
        [[patterns[row] >> place & 1 for place in range(length)] for row in order], dtype=np.float64
    ).reshape(-1, length)
    share = 1.0 / bits.sum(axis=1)
    weight = table["units"].to_numpy().astype(np.float64)[order]
    first = np.empty((order.size, size))
    second = np.empty((order.size, size, size))
    for i, item in sums.first.items():
        first[:, i] = item.unscale(table[f"a{i}"])[order]
    for (i, j), item in sums.second.items():
        second[:, i, j] = second[:, j, i] = item.unscale(table[f"u{i}_{j}"])[order]
    edges = np.searchsorted(cluster[order], np.arange(clusters.size + 1))
    for place in range(clusters.size):  # einsum without BLAS: the same bits on any machine load
        mine = slice(edges[place], edges[place + 1])
        group, marks, part = products[place], bits[mine], share[mine]
        crossed = np.einsum("r,ri,rt->it", part, first[mine], marks)
        group[:size, :size] -= np.einsum("r,rij->ij", part, second[mine])
        group[:size, size:] -= crossed
        group[size:, :size] -= crossed.T
        group[size:, size:] -= np.einsum("r,rt,rs->ts", part * weight[mine], marks, marks)
        counts[place] = weight[mine].sum()
    return counts
