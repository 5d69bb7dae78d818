"""How far grouping would compress, counted before anything is chosen."""

from collections.abc import Sequence
from typing import Literal

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, quoted
from biotoop.engine.datasets.row_selection import RowFilter, usable
from biotoop.engine.datasets.snapshots import Snapshot

Way = Literal["cells", "cross_products"]
WORTH_IT = 0.6


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
    return choice_of(int(found["n"] or 0), int(found["cells"]))


def choice_of(rows: int, cells: int) -> CountedEstimate:
    """Choose the way for so many rows and cells."""
    path: Way = "cells" if cells < WORTH_IT * rows else "cross_products"
    said = note(f"datasets.choice_{path}", rows=rows, cells=cells, limit=WORTH_IT)
    return CountedEstimate(rows=rows, cells=cells, path=path, note=said)
