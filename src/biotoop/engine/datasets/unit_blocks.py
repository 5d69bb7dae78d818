"""The rows of a panel, read once in the order of units and periods, whole units at a time."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.data_engine import Params, Session, quoted
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.limbs import MOST_ROWS

BLOCK = MOST_ROWS // 2
_READ = 1 << 16


@attrs.frozen(kw_only=True)
class Panel:
    """Which columns make a table a panel.

    Attributes
    ----------
    unit, period
        Columns that name the unit and the moment; together they name a row once.
    clusters
        Column with the clusters, each unit in one; None takes all units together.
    """

    unit: str
    period: str
    clusters: str | None = None


class OutOfOrder(Exception):
    """The rows do not lie in the order of units and periods."""


@attrs.frozen(kw_only=True)
class Reading:
    """What is read of each row.

    Attributes
    ----------
    source
        FROM item and WHERE.
    params
        Parameters of the condition.
    panel
        The columns with unit, period and cluster.
    columns
        Other columns: their SQL by name.
    path
        The file.
    whole
        Whether all rows take part, and all columns as they are stored.
    """

    source: str
    params: Params
    panel: Panel
    columns: Mapping[str, str]
    path: Path
    whole: bool

    @property
    def file(self) -> str:
        """Name for messages."""
        return self.path.name

    @property
    def names(self) -> list[str]:
        """What the parts of a row are called."""
        cluster = [] if self.panel.clusters is None else ["g"]
        return ["u", "t", *cluster, *(f"x{place}" for place in range(len(self.columns)))]

    def batches(self, session: Session, *, sort: bool) -> Iterator[pa.RecordBatch]:
        """Read the rows; straight from the file when all take part as they lie there."""
        panel = self.panel
        if self.whole and not sort:
            cluster = [] if panel.clusters is None else [panel.clusters]
            stored = [panel.unit, panel.period, *cluster, *self.columns]
            lying = session.stored(self.path, stored, rows=_READ)
            if lying is not None:
                for batch in lying:
                    yield batch.rename_columns(self.names)
                return
        yield from session.batches(self.sql(sort=sort), self.params, rows=_READ)

    def sql(self, *, sort: bool) -> str:
        """Write the query; sorted by the data engine when the rows do not lie in order."""
        unit, period = quoted(self.panel.unit), quoted(self.panel.period)
        cluster = [] if self.panel.clusters is None else [f"{quoted(self.panel.clusters)} AS g"]
        others = [f"{sql} AS x{place}" for place, sql in enumerate(self.columns.values())]
        chosen = ", ".join([f"{unit} AS u", f"{period} AS t", *cluster, *others])
        order = f" ORDER BY {unit}, {period}" if sort else ""
        return f"SELECT {chosen} FROM {self.source}{order}"


@attrs.frozen(kw_only=True, eq=False)
class Block:
    """Some whole units.

    Attributes
    ----------
    starts
        Number of the first row of each unit, shape (units,).
    sizes
        Rows of each unit, shape (units,).
    period
        Place of the period of each row, shape (rows,).
    cluster
        Place of the cluster of each unit, shape (units,).
    columns
        The other columns by name.
    """

    starts: np.ndarray
    sizes: np.ndarray
    period: np.ndarray
    cluster: np.ndarray
    columns: Mapping[str, pa.Array]


def blocks(
    session: Session,
    reading: Reading,
    *,
    periods: pa.Array,
    clusters: pa.Array | None,
    sort: bool,
) -> Iterator[Block]:
    """Give all rows, some whole units at a time.

    Raises
    ------
    OutOfOrder
        A unit or period comes before one that should have come later.
    InvalidData
        A unit has two rows in a period, or stands in two clusters.
    """
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in reading.batches(session, sort=sort):
        waiting.append(batch)
        count += batch.num_rows
        if count >= BLOCK:
            table = _together(waiting)
            edge = _last_start(table)
            if edge:
                yield _block(table.slice(0, edge), reading, periods, clusters)
                table = table.slice(edge)
            waiting, count = [table], table.num_rows
    if count:
        yield _block(_together(waiting), reading, periods, clusters)


def _together(waiting: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    return waiting[0] if len(waiting) == 1 else pa.concat_batches(waiting)


def _last_start(table: pa.RecordBatch) -> int:
    """Find where the last unit starts; 0 when there is one unit only."""
    units = table["u"]
    last = units[-1]
    others = pc.not_equal(units, last).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(others)
    return int(places[-1]) + 1 if places.size else 0


def _block(
    table: pa.RecordBatch, reading: Reading, periods: pa.Array, clusters: pa.Array | None
) -> Block:
    units, moments = table["u"], table["t"]
    rows = table.num_rows
    new = np.ones(rows, dtype=bool)
    if rows > 1:
        new[1:] = _compared(pc.not_equal, units)
        _check_order(units, moments, new, reading)
    starts = np.flatnonzero(new)
    period = pc.index_in(moments, value_set=periods).to_numpy()
    return Block(
        starts=starts,
        sizes=np.diff(np.append(starts, rows)),
        period=period,
        cluster=_clusters(table, new, starts, clusters, reading),
        columns={name: table[f"x{place}"] for place, name in enumerate(reading.columns)},
    )


def _compared(compare: "pc.Function", values: pa.Array) -> np.ndarray:
    found = compare(values.slice(1), values.slice(0, len(values) - 1))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _check_order(units: pa.Array, moments: pa.Array, new: np.ndarray, reading: Reading) -> None:
    inside, name = ~new[1:], reading.panel
    if bool(np.any(inside & _compared(pc.equal, moments))):
        reason = note("datasets.reason.twice", unit=name.unit, period=name.period)
        raise InvalidData(file=reading.file, reason=reason)
    if not bool(np.all(_compared(pc.greater, units) | (inside & _compared(pc.greater, moments)))):
        raise OutOfOrder


def _clusters(
    table: pa.RecordBatch,
    new: np.ndarray,
    starts: np.ndarray,
    clusters: pa.Array | None,
    reading: Reading,
) -> np.ndarray:
    if clusters is None:
        return np.zeros(starts.size, dtype=np.int64)
    values, name = table["g"], reading.panel
    if bool(np.any(~new[1:] & _compared(pc.not_equal, values))):
        reason = note("datasets.reason.moves", unit=name.unit, column=name.clusters)
        raise InvalidData(file=reading.file, reason=reason)
    first = values.take(pa.array(starts))
    return np.asarray(pc.index_in(first, value_set=clusters).to_numpy(), dtype=np.int64)
