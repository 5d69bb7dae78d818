"""Exact compression: rows that are the same in the grouping columns become one cell.

Everything that a regression on the grouping columns needs, with any error that is computed
from residuals within those columns, follows from counts, sums and sums of squares per cell
(Wong et al. 2021, arXiv:2102.11297, from memory). Nothing is approximated.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.cell_query import CellQuery, centre_of
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, quoted
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.fixed_point import ExactSum
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.row_selection import RowCount, RowFilter, count_rows, usable
from biotoop.engine.datasets.snapshots import Snapshot

Way = Literal["cells", "cross_products"]
WORTH_IT = 0.6
_MIB = 1 << 20


@attrs.frozen(kw_only=True)
class CountedEstimate:
    """How far grouping would compress, counted, and the way that this makes best.

    Attributes
    ----------
    rows
        Rows that would be grouped.
    cells
        Cells that they would become.
    path
        "cells" when there are fewer than 0.6 cells per row, else "cross_products".
    note
        The choice in words.
    """

    rows: int
    cells: int
    path: Way
    note: Note

    @property
    def share(self) -> float:
        """Cells per row."""
        return self.cells / self.rows if self.rows else 1.0


@attrs.frozen(kw_only=True)
class SquaredWeights:
    """What robust errors of a weighted regression need beside the weighted sums.

    Attributes
    ----------
    total
        Sum of squared weights per cell.
    deviations
        Per outcome: sum of squared weight times (outcome - centre).
    squares
        Per outcome: sum of squared weight times (outcome - centre) squared.
    """

    total: np.ndarray
    deviations: Mapping[str, np.ndarray]
    squares: Mapping[str, np.ndarray]


@attrs.frozen(kw_only=True)
class Cells:
    """Rows that are equal in the grouping columns, as counts and sums.

    Cells with one row are data of persons: treat all of this as microdata.

    Attributes
    ----------
    by
        Value of each grouping column per cell: numbers as float64; categories, texts and dates
        as place in ``labels`` (int64). Cells are in the order of these columns, first one first.
    labels
        Labels of the categories that occur, in the order of the codebook, else sorted.
    n
        Rows per cell (float64).
    weight
        Sum of weights per cell; equal to ``n`` without weights.
    sums
        Per outcome: sum of weight times outcome.
    deviations
        Per outcome: sum of weight times (outcome - centre); keeps digits that ``sums`` loses.
    squares
        Per outcome: sum of weight times (outcome - centre) squared.
    centre
        Per outcome: the number that was taken off, near its mean.
    observed
        Per outcome: rows per cell in which it is present; equal to ``n`` unless rows without an
        outcome were kept.
    squared_weights
        Sums with squared weights; None without weights.
    rows, used
        Rows that the filters let through, and rows in the cells.
    missing
        Rows without a value per column; a row may count in several.
    path
        The way that the counted rule would choose for these columns.
    note
        Rows, cells, memory and choice in words.
    """

    by: Mapping[str, np.ndarray]
    labels: Mapping[str, tuple[str, ...]]
    n: np.ndarray
    weight: np.ndarray
    sums: Mapping[str, np.ndarray]
    deviations: Mapping[str, np.ndarray]
    squares: Mapping[str, np.ndarray]
    centre: Mapping[str, float]
    observed: Mapping[str, np.ndarray]
    squared_weights: SquaredWeights | None = None
    rows: int
    used: int
    missing: Mapping[str, int]
    path: Way
    note: Note

    @property
    def count(self) -> int:
        """Number of cells."""
        return int(self.n.size)


def counted_estimate(
    snapshot: Snapshot,
    by: Sequence[str],
    *,
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> CountedEstimate:
    """Count the cells that grouping would give, and choose the way.

    Grouping pays when there are fewer than 0.6 cells per row (the rule of the R package dbreg);
    else sums of products of the columns are smaller and as exact for linear regression.
    """
    with (engine or DuckEngine()).open() as session:
        chosen = usable(snapshot, by, where)
        keys = ", ".join(quoted(snapshot.column(name).name) for name in by)
        grouping = f"GROUP BY {keys}" if keys else "HAVING count(*) > 0"
        found = session.table(
            f"SELECT count(*) AS cells, sum(k) AS n FROM (SELECT count(*) AS k"
            f" FROM {session.rows_of(snapshot.path)} WHERE {chosen.sql} {grouping})",
            chosen.params,
        ).to_pylist()[0]
    return _choice(int(found["n"] or 0), int(found["cells"]))


def _choice(rows: int, cells: int) -> CountedEstimate:
    path: Way = "cells" if cells < WORTH_IT * rows else "cross_products"
    said = note(f"datasets.choice_{path}", rows=rows, cells=cells, limit=WORTH_IT)
    return CountedEstimate(rows=rows, cells=cells, path=path, note=said)


def compress(
    snapshot: Snapshot,
    *,
    by: Sequence[str],
    outcomes: Sequence[str],
    where: Sequence[RowFilter] = (),
    weights: str | None = None,
    keep_missing_outcome: bool = False,
    threads: int | None = None,
    engine: DataEngine | None = None,
) -> Cells:
    """Group the rows of a snapshot into cells, in one pass inside the data engine.

    Parameters
    ----------
    snapshot
        The table.
    by
        Columns that make the cells; rows with one of them missing are left out and counted.
    outcomes
        Columns of numbers (or categories whose codes are numbers) to sum.
    where
        Filters; a row takes part when it passes all.
    weights
        Column of weights, none negative; rows without a weight are left out.
    keep_missing_outcome
        Keep rows in which an outcome is missing: they count in ``n``, not in ``observed``.
    threads
        Threads of the default engine. The result has the same bits for any number.
    engine
        The data engine; DuckDB when not given.

    Returns
    -------
    Cells
        Sums exact to 2^-61 of the largest term per row.

    Raises
    ------
    UnknownColumn
        A column is not in the table.
    NotNumeric
        An outcome or the weights hold words.
    InvalidData
        A weight is negative, or a column is grouped by twice.
    TooManyCells
        There are more cells than the engine may hand over (5 million by default).
    """
    query = CellQuery.of(snapshot, by, outcomes, weights)
    wanted = tuple(column.name for column in query.outcomes)
    needed = (*by, *(() if keep_missing_outcome else wanted), *([weights] if weights else []))
    with (engine or DuckEngine(threads=threads)).open() as session:
        counted = count_rows(session, snapshot, needed, where, wanted=wanted)
        sums = query.sums(session)
        condition = usable(snapshot, needed, where)
        table = session.table(
            f"{query.select(sums)} FROM {session.rows_of(snapshot.path)} WHERE {condition.sql}"
            f" {query.group_by} LIMIT {session.most_cells + 1}", condition.params,
        )
        if table.num_rows > session.most_cells:
            raise TooManyCells(most=session.most_cells, columns=tuple(by))
    return _cells(query, sums, table, counted, known_labels(snapshot))


def _cells(
    query: CellQuery,
    sums: Mapping[str, ExactSum],
    table: pa.Table,
    counted: RowCount,
    known: Mapping[str, tuple[str, ...]],
) -> Cells:
    by, labels = keys_of(query.by, table, known)
    order = np.lexsort(tuple(reversed(by.values()))) if by else np.arange(table.num_rows)
    found = {name: item.unscale(table[name])[order] for name, item in sums.items()}
    n = table["n"].to_numpy().astype(np.float64)[order]
    weight = found.get("t1", n)
    names = [column.name for column in query.outcomes]
    centre = {column.name: centre_of(column) for column in query.outcomes}
    observed = {name: found.get(f"o1_{j}", weight) for j, name in enumerate(names)}
    deviations = {name: found[f"d1_{j}"] for j, name in enumerate(names)}
    choice = _choice(counted.used, int(n.size))
    return Cells(
        by={name: values[order] for name, values in by.items()},
        labels=labels,
        n=n,
        weight=weight,
        sums={name: deviations[name] + centre[name] * observed[name] for name in names},
        deviations=deviations,
        squares={name: found[f"s1_{j}"] for j, name in enumerate(names)},
        centre=centre,
        observed=observed,
        squared_weights=_squared(names, found),
        rows=counted.rows,
        used=counted.used,
        missing=counted.missing,
        path=choice.path,
        note=note(
            f"datasets.compressed_{choice.path}", rows=counted.rows, used=counted.used,
            cells=int(n.size), limit=WORTH_IT, mib=_memory(query, n.size) / _MIB,
        ),
    )


def _memory(query: CellQuery, cells: int) -> int:
    """Count the bytes of the arrays, eight for each number."""
    sums = len(query.outcomes)
    weighted = 0 if query.weights is None else 1 + 2 * sums
    return 8 * cells * (len(query.by) + 2 + 4 * sums + weighted)


def _squared(names: Sequence[str], found: Mapping[str, np.ndarray]) -> SquaredWeights | None:
    if "t2" not in found:
        return None
    return SquaredWeights(
        total=found["t2"],
        deviations={name: found[f"d2_{j}"] for j, name in enumerate(names)},
        squares={name: found[f"s2_{j}"] for j, name in enumerate(names)},
    )
