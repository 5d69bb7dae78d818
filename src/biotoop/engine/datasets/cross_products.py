"""Sums of products per cluster: what a linear regression needs when rows do not repeat.

With continuous covariates nearly every row is a cell of its own. A linear regression and its
cluster-robust error need only X'X, X'y and y'y, per cluster: these are exact and small however
many rows there are.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.cell_query import require_keys, require_numeric
from biotoop.engine.datasets.column_figures import as_double
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session, quoted
from biotoop.engine.datasets.design_terms import Terms, terms_of
from biotoop.engine.datasets.errors import InvalidData, TooManyCells
from biotoop.engine.datasets.fixed_point import ExactSum, exact_sum
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.row_selection import RowFilter, Selection, count_rows, usable
from biotoop.engine.datasets.snapshots import Snapshot, SnapshotColumn

_MIB = 1 << 20


@attrs.frozen(kw_only=True)
class CrossProducts:
    """Products of the columns of a design, summed within each cluster.

    With ``z`` the row ``(1, x - centre, indicators, y - centre)`` of length P, ``products[g]``
    is the sum of ``weight * z z'`` over the rows of cluster ``g``. Taking a centre off changes
    no slope of a regression with a constant, and keeps digits.

    Attributes
    ----------
    names
        Names of the P columns: "1", then x (indicators as ``column=code``, the first code is the
        reference), then the outcomes.
    centre
        What was taken off each column, shape (P,).
    outcomes
        Names of the outcomes, the last of ``names``.
    reference
        For each category its code without an indicator.
    clusters
        Value of each cluster: numbers, or places in ``labels``; one cluster 0 without clusters.
    labels
        Labels of the clusters when they are words.
    n
        Rows per cluster.
    products
        Sums of products, shape (clusters, P, P), symmetric.
    rows, used, missing
        As in ``Cells``.
    note
        Rows, size and memory in words.
    """

    names: tuple[str, ...]
    centre: np.ndarray
    outcomes: tuple[str, ...]
    reference: Mapping[str, str]
    clusters: np.ndarray
    labels: tuple[str, ...]
    n: np.ndarray
    products: np.ndarray
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


def cross_products(
    snapshot: Snapshot,
    *,
    x: Sequence[str],
    outcomes: Sequence[str],
    clusters: str | None = None,
    where: Sequence[RowFilter] = (),
    weights: str | None = None,
    engine: DataEngine | None = None,
) -> CrossProducts:
    """Sum the products of columns within clusters, in one pass inside the data engine.

    Parameters
    ----------
    snapshot
        The table.
    x
        Covariates: numbers enter as they are, categories as indicators. Rows with one of the
        columns missing are left out and counted.
    outcomes
        Columns of numbers.
    clusters
        Column with the clusters; None takes all rows together.
    where
        Filters; a row takes part when it passes all.
    weights
        Column of weights, none negative.
    engine
        The data engine; DuckDB when not given. The bits do not depend on its threads.

    Raises
    ------
    UnknownColumn, NotNumeric, InvalidData, TooManyCells
        A column is not there, cannot be used, or there are too many clusters to hold.
    """
    outcome_names = tuple(dict.fromkeys(outcomes))
    x = tuple(dict.fromkeys(x))
    extra = tuple(name for name in (clusters, weights) if name is not None)
    needed = (*x, *outcome_names, *extra)
    with (engine or DuckEngine()).open() as session:
        condition = usable(snapshot, needed, where)
        counted = count_rows(session, snapshot, needed, where)
        design = terms_of(session, snapshot, x, outcome_names, condition)
        sums = _sums(session, snapshot, design, weights)
        table, group = _fetch(session, snapshot, sums, clusters, design.bound_to(condition))
    values, labels = _clusters(snapshot, group, table)
    order = np.argsort(values, kind="stable")
    products = _matrix(table, sums, len(design.terms))[order]
    return CrossProducts(
        names=tuple(term.name for term in design.terms),
        centre=np.array([term.centre for term in design.terms]),
        outcomes=outcome_names,
        reference=design.reference,
        clusters=values[order],
        labels=labels,
        n=table["n"].to_numpy().astype(np.float64)[order],
        products=products,
        rows=counted.rows,
        used=counted.used,
        missing=counted.missing,
        note=note(
            "datasets.cross_products",
            rows=counted.rows,
            used=counted.used,
            clusters=len(values),
            columns=len(design.terms),
            mib=products.nbytes / _MIB,
        ),
    )


def _sums(
    session: Session, snapshot: Snapshot, design: Terms, weights: str | None
) -> dict[tuple[int, int], ExactSum]:
    """Write the sum of every product, lower triangle."""
    factor, heaviest = "", 1.0
    if weights is not None:
        column = require_numeric(snapshot, [weights])[0]
        if (column.minimum or 0.0) < 0:
            raise InvalidData(
                file=snapshot.path.name, reason=note("datasets.reason.negative", column=weights)
            )
        factor, heaviest = f"{as_double(column)} * ", column.maximum or 0.0
    return {
        (i, j): exact_sum(
            session,
            f"{factor}{left.sql} * {right.sql}",
            bound=heaviest * left.reach * right.reach,
            usual=heaviest * left.usual * right.usual,
        )
        for i, left in enumerate(design.terms)
        for j, right in enumerate(design.terms[: i + 1])
    }


def _fetch(
    session: Session,
    snapshot: Snapshot,
    sums: Mapping[tuple[int, int], ExactSum],
    clusters: str | None,
    condition: Selection,
) -> tuple[pa.Table, tuple[SnapshotColumn, ...]]:
    group = () if clusters is None else require_keys(snapshot, [clusters])
    keys = [f"{quoted(column.name)} AS k0" for column in group]
    totals = [f"{item.as_double} AS p{i}_{j}" for (i, j), item in sums.items()]
    grouping = f"GROUP BY {quoted(group[0].name)}" if group else "HAVING count(*) > 0"
    table = session.table(
        f"SELECT {', '.join([*keys, 'count(*) AS n', *totals])}"
        f" FROM {session.rows_of(snapshot.path)} WHERE {condition.sql} {grouping}"
        f" LIMIT {session.most_cells // len(sums) + 1}",
        condition.params,
    )
    if table.num_rows > session.most_cells // len(sums):
        raise TooManyCells(most=session.most_cells // len(sums), columns=(str(clusters),))
    return table, group


def _clusters(
    snapshot: Snapshot, group: tuple[SnapshotColumn, ...], table: pa.Table
) -> tuple[np.ndarray, tuple[str, ...]]:
    if not group:
        return np.zeros(table.num_rows), ()
    values, labels = keys_of(group, table, known_labels(snapshot))
    return values[group[0].name], labels.get(group[0].name, ())


def _matrix(table: pa.Table, sums: Mapping[tuple[int, int], ExactSum], size: int) -> np.ndarray:
    products = np.empty((table.num_rows, size, size))
    for (i, j), item in sums.items():
        products[:, i, j] = products[:, j, i] = item.unscale(table[f"p{i}_{j}"])
    return products
