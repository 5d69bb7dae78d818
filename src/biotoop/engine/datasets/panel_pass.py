"""What one pass over a panel reads, and how its rows are handed over."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol, Self, TypeVar

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.cell_query import require_numeric
from biotoop.engine.datasets.data_engine import Session
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.group_keys import keys_of, known_labels
from biotoop.engine.datasets.panel_columns import (
    MOST_CODES,
    Levels,
    PanelColumn,
    columns_of,
    is_category,
    levels_of,
    number,
)
from biotoop.engine.datasets.panel_shape import Shape
from biotoop.engine.datasets.row_selection import (
    RowCount,
    RowFilter,
    count_rows,
    usable,
)
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Block, OutOfOrder, Panel, Reading, blocks

MOST_PERIODS = 400
MOST_CLUSTERS = 200_000
MOST_WORKERS = 2
MOST_APART = 1e12  # weights further apart leave too few digits of the lightest


@attrs.frozen(kw_only=True, eq=False)
class Clusters:
    """The clusters in order.

    Attributes
    ----------
    values
        As they stand in the table; None without clusters.
    numbers, labels
        Numbers, or places in the labels; one cluster 0 without clusters.
    """

    values: pa.Array | None
    numbers: np.ndarray
    labels: tuple[str, ...]

    @staticmethod
    def of(snapshot: Snapshot, panel: Panel, found: Levels | None) -> "Clusters":
        """Put the clusters in order."""
        name = panel.clusters
        if name is None or found is None:
            return Clusters(values=None, numbers=np.zeros(1), labels=())
        table = pa.table({"k0": found.values})
        numbers, labels = keys_of([snapshot.column(name)], table, known_labels(snapshot))
        order = np.argsort(numbers[name], kind="stable")
        return Clusters(
            values=found.values.take(pa.array(order)),
            numbers=numbers[name][order],
            labels=labels.get(name, ()),
        )


@attrs.frozen(kw_only=True, eq=False)
class PanelPass:
    """What one pass over a panel reads.

    Attributes
    ----------
    reading
        The query.
    columns, outcomes
        Its columns, outcomes last, and the names of these.
    weights
        The column of weights, or None.
    periods, clusters
        Their values, in order.
    counted
        Rows, used and missing.
    """

    reading: Reading
    columns: tuple[PanelColumn, ...]
    outcomes: tuple[str, ...]
    weights: PanelColumn | None
    periods: Levels
    clusters: Clusters
    counted: RowCount

    @staticmethod
    def of(
        session: Session,
        snapshot: Snapshot,
        panel: Panel,
        *,
        x: tuple[str, ...],
        outcomes: tuple[str, ...],
        where: Sequence[RowFilter],
        weights: str | None,
        categories: Sequence[str],
    ) -> "PanelPass":
        """Look the columns, periods and clusters up."""
        names = [panel.unit, panel.period, panel.clusters, weights]
        needed = (*x, *outcomes, *(name for name in names if name is not None))
        condition = usable(snapshot, needed, where)
        weighting = None if weights is None else weighting_of(snapshot, weights)
        indicators = [name for name in x if is_category(snapshot, name, categories)]
        asked = [(panel.period, MOST_PERIODS)]
        asked += [] if panel.clusters is None else [(panel.clusters, MOST_CLUSTERS)]
        asked += [(name, MOST_CODES) for name in indicators]
        found = levels_of(session, snapshot, asked, condition)
        levels = (found[panel.period], None if panel.clusters is None else found[panel.clusters])
        columns = (
            *columns_of(snapshot, x, {name: found[name] for name in indicators}),
            *(number(column) for column in require_numeric(snapshot, outcomes)),
        )
        read = (*columns, *([] if weighting is None else [weighting]))
        return PanelPass(
            reading=Reading(
                source=f"{session.rows_of(snapshot.path)} WHERE {condition.sql}",
                params=condition.params,
                panel=panel,
                columns={column.name: column.sql for column in read},
                path=snapshot.path,
                whole=condition.sql == "TRUE" and all(column.stored for column in read),
            ),
            columns=columns,
            outcomes=outcomes,
            weights=weighting,
            periods=levels[0],
            clusters=Clusters.of(snapshot, panel, levels[1]),
            counted=count_rows(session, snapshot, needed, where),
        )

    @property
    def shape(self) -> Shape:
        """The columns of the products."""
        return Shape(
            columns=self.columns,
            weights=self.weights,
            periods=max(len(self.periods.labels), 1),
            clusters=len(self.clusters.numbers),
            in_order=self._in_order,
        )

    @property
    def _in_order(self) -> bool:
        """Whether the rows of a unit lie in the order of the periods; "10" lies before "9"."""
        order = pc.array_sort_indices(self.periods.values).to_numpy()
        return bool(np.all(order == np.arange(order.size)))


def weighting_of(snapshot: Snapshot, name: str) -> PanelColumn:
    """Read a column of weights, all above 0."""
    column = require_numeric(snapshot, [name])[0]
    if (column.minimum or 0.0) <= 0.0:
        reason = note("datasets.reason.not_above_zero", column=name)
        raise InvalidData(file=snapshot.path.name, reason=reason)
    if (column.maximum or 0.0) > MOST_APART * (column.minimum or 0.0):
        reason = note("datasets.reason.weights_apart", column=name, times=f"{MOST_APART:.0e}")
        raise InvalidData(file=snapshot.path.name, reason=reason)
    return number(column, centred=False)


class Adding(Protocol):
    """What takes blocks of units, in any order."""

    def add(self, block: Block) -> None:
        """Take some units."""
        ...

    def merge(self, other: Self) -> None:
        """Take all that another took."""
        ...


Sums = TypeVar("Sums", bound=Adding)


def each_block(session: Session, found: PanelPass, start: Callable[[], Sums]) -> Sums:
    """Hand all rows over, some whole units at a time; rows in another order are sorted first.

    While one block is added up the next is read. Which thread adds which block makes no
    difference: what they add is exact.
    """
    for sort in (False, True):
        read = blocks(
            session,
            found.reading,
            periods=found.periods.values,
            clusters=found.clusters.values,
            sort=sort,
        )
        try:
            return _added(read, start, workers=max(min(session.threads, MOST_WORKERS), 1))
        except OutOfOrder:
            continue
    reason = note("datasets.reason.no_order", unit=found.reading.panel.unit)
    raise InvalidData(file=found.reading.file, reason=reason)


def _added(read: Iterator[Block], start: Callable[[], Sums], *, workers: int) -> Sums:
    """Add blocks in a few threads, each with sums of its own."""
    idle = [start() for _ in range(workers)]
    first = idle[0]
    with ThreadPoolExecutor(workers) as pool:
        busy: dict[Future[None], Sums] = {}
        for block in read:
            if not idle:
                _hand_back(busy, idle)
            sums = idle.pop()
            busy[pool.submit(sums.add, block)] = sums
        while busy:
            _hand_back(busy, idle)
    for other in idle:
        if other is not first:
            first.merge(other)
    return first


def _hand_back(busy: dict[Future[None], Sums], idle: list[Sums]) -> None:
    """Wait until a thread is done; what went wrong in it goes wrong here."""
    done, _ = wait(busy, return_when=FIRST_COMPLETED)
    for each in done:
        each.result()
        idle.append(busy.pop(each))
