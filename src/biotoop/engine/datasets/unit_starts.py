"""When units start, as a column says it: 0 until then and 1 from then on, or the period itself."""

import numpy as np

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.panel_columns import PanelColumn
from biotoop.engine.datasets.panel_pass import PanelPass
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Block


def starts_asked(found: PanelPass, snapshot: Snapshot) -> np.ndarray | None:
    """Give the periods as numbers when the treatment says when; None when it is 0 or 1."""
    if found.columns[0].switch or not snapshot.column(found.columns[0].name).numeric:
        return None
    try:
        starts = np.array([float(code) for code in found.periods.labels])
    except ValueError:
        starts = np.empty(0)
    if starts.size != len(found.periods.labels) or bool(np.any(np.diff(starts) <= 0)):
        reason = note(
            "datasets.reason.no_start",
            period=found.reading.panel.period,
            column=found.columns[0].name,
        )
        raise InvalidData(file=found.reading.file, reason=reason)
    return starts


def started(
    found: PanelPass, starts: np.ndarray | None, block: Block, units: np.ndarray
) -> tuple[np.ndarray, int]:
    """Give the place of the first period with treatment of whole units, and how many stop.

    The number of periods stands for never.
    """
    column, length = found.columns[0], max(len(found.periods.labels), 1)
    if starts is not None:
        return _told(found, column, block, units, starts), 0
    rows = rows_of_units(block, units, length)
    there = column.values(block.columns[column.name])[0][rows] + column.centre > 0.0
    if units.size and not found.shape.in_order:
        there = there[:, np.argsort(block.period[rows[0]])]
    falls = int(np.sum(np.any(there[:, :-1] & ~there[:, 1:], axis=1)))
    return np.where(there.any(axis=1), there.argmax(axis=1), length), falls


def _told(
    found: PanelPass, column: PanelColumn, block: Block, units: np.ndarray, starts: np.ndarray
) -> np.ndarray:
    """Read when a unit starts; 0 or after the last period is never."""
    values = np.asarray(block.columns[column.name].to_numpy(), dtype=np.float64)
    inside = np.ones(values.size, dtype=bool)
    inside[block.starts] = False
    if bool(np.any(inside[1:] & (values[1:] != values[:-1]))):
        reason = note(
            "datasets.reason.start_changes", unit=found.reading.panel.unit, column=column.name
        )
        raise InvalidData(file=found.reading.file, reason=reason)
    start = values[block.starts[units]]
    place = np.searchsorted(starts, start)
    return np.where(start == 0.0, max(len(found.periods.labels), 1), place)


def rows_of_units(block: Block, units: np.ndarray, length: int) -> np.ndarray:
    """Give the rows of units that are there in all periods, shape (units, periods)."""
    return np.asarray(block.starts[units][:, None] + np.arange(length))
