"""Exact compression: rows that are the same in the grouping columns become one cell.

Everything that a regression on the grouping columns needs, with any error that is computed
from residuals within those columns, follows from counts, sums and sums of squares per cell
(Wong et al. 2021, arXiv:2102.11297, from memory). Nothing is approximated.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
import pyarrow as pa

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.cell_query import CellQuery, centre_of
from biotoop.engine.datasets.counted_estimate import WORTH_IT, Way, choice_of
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.fixed_point import ExactSum
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.row_selection import RowCount, RowFilter, count_rows, usable
from biotoop.engine.datasets.snapshots import Snapshot

_MIB = 1 << 20


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
            f" {query.group_by} LIMIT {session.most_cells + 1}",
            condition.params,
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
    choice = choice_of(counted.used, int(n.size))
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
            f"datasets.compressed_{choice.path}",
            rows=counted.rows,
            used=counted.used,
            cells=int(n.size),
            limit=WORTH_IT,
            mib=_memory(query, n.size) / _MIB,
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
