"""A row for each unit: outcomes over time, start, covariates and weight, held in memory.

For estimators that weigh units by covariates that are no cells. Memory grows with the number of
units, not with the number of rows: 8 bytes for each period and covariate.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.data_engine import DataEngine, DuckEngine, Session
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.panel_pass import PanelPass
from biotoop.engine.datasets.row_selection import RowFilter
from biotoop.engine.datasets.snapshots import Snapshot
from biotoop.engine.datasets.unit_blocks import Block, OutOfOrder, Panel, blocks
from biotoop.engine.datasets.unit_starts import rows_of_units, started, starts_asked

_MIB = 1 << 20
_STILL = 1e-10


@attrs.frozen(kw_only=True, eq=False)
class UnitTable:
    """Units that are there in all periods and did not start in the first.

    Attributes
    ----------
    periods
        Codes of the periods, in order.
    cohorts
        Places of the periods in which units start, and the number of periods for never.
    cohort
        Place in ``cohorts`` of each unit, shape (n,).
    y
        Outcomes, shape (n, T).
    x, names
        Covariates in the first period, shape (n, k), and their names.
    weight
        Weight in the first period, with mean 1; 1 without weights.
    cluster
        Place of the cluster of each unit.
    incomplete, always, falls
        As in ``CohortSums``.
    rows, used, missing, note
        As in ``Cells``.
    """

    periods: tuple[str, ...]
    cohorts: np.ndarray
    cohort: np.ndarray
    y: np.ndarray
    x: np.ndarray
    names: tuple[str, ...]
    weight: np.ndarray
    cluster: np.ndarray
    incomplete: int
    always: int
    falls: int
    rows: int
    used: int
    missing: Mapping[str, int]
    note: Note

    @property
    def n(self) -> np.ndarray:
        """Units of each cohort, shape (C, 1)."""
        return np.bincount(self.cohort, minlength=self.cohorts.size).astype(np.float64)[:, None]

    @property
    def sizes(self) -> np.ndarray:
        """Sum of the weights of each cohort."""
        return np.bincount(self.cohort, weights=self.weight, minlength=self.cohorts.size)

    @property
    def cluster_n(self) -> np.ndarray:
        """Units of each cluster and cohort, shape (G, C, 1)."""
        clusters = int(self.cluster.max(initial=0)) + 1
        size = self.cohorts.size
        found = np.bincount(self.cluster * size + self.cohort, minlength=clusters * size)
        return found.reshape(clusters, size, 1).astype(np.float64)

    @property
    def still(self) -> bool:
        """Whether the outcome never changes within units."""
        apart = np.add.reduce((self.y - self.y.mean(axis=1, keepdims=True)) ** 2, axis=None)
        return bool(apart <= _STILL * np.add.reduce(self.y**2, axis=None))


@attrs.define(eq=False)
class _Held:
    found: PanelPass
    starts: np.ndarray | None
    parts: list[tuple[np.ndarray, ...]] = attrs.field(factory=list)
    incomplete: int = 0
    always: int = 0
    falls: int = 0

    def add(self, block: Block) -> None:
        found, length = self.found, max(len(self.found.periods.labels), 1)
        full = block.sizes == length
        self.incomplete += int(np.sum(~full))
        cohort, falls = started(found, self.starts, block, np.flatnonzero(full))
        self.falls += falls
        kept = cohort > 0
        self.always += int(np.sum(~kept))
        units, cohort = np.flatnonzero(full)[kept], cohort[kept]
        if not units.size:
            return
        outcome = found.columns[-1]
        y = outcome.values(block.columns[outcome.name])[0][rows_of_units(block, units, length)]
        ordered = np.empty_like(y)
        ordered[:, block.period[block.starts[units[0]] :][:length]] = y
        first = block.starts[units]
        terms = [
            np.asarray(term, dtype=np.float64)[first]
            for column in found.columns[1:-1]
            for term in column.values(block.columns[column.name])
        ]
        weight = np.ones(units.size)
        if found.weights is not None:
            weight = found.weights.values(block.columns[found.weights.name])[0][first]
        x = np.column_stack(terms) if terms else np.empty((units.size, 0))
        self.parts.append((cohort, ordered, x, weight, block.cluster[units]))


def unit_table(  # noqa: PLR0913 - what is read, all by keyword
    snapshot: Snapshot,
    panel: Panel,
    *,
    outcome: str,
    treatment: str,
    covariates: Sequence[str],
    weights: str | None = None,
    categories: Sequence[str] = (),
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
) -> UnitTable:
    """Read a row for each unit, in the order of units; see ``cohort_pass`` for what each is.

    Raises
    ------
    InvalidData
        As ``unit_pass``; or the period in which a unit starts changes.
    TooManyCells
        A category has too many codes.
    """
    with (engine or DuckEngine()).open() as session:
        found = PanelPass.of(
            session,
            snapshot,
            panel,
            x=(treatment, *dict.fromkeys(covariates)),
            outcomes=(outcome,),
            where=where,
            weights=weights,
            categories=categories,
        )
        held = _read(session, found, starts_asked(found, snapshot))
    return _told(found, held)


def _read(session: Session, found: PanelPass, starts: np.ndarray | None) -> _Held:
    """Read whole units; sorted first when they do not lie in order."""
    for sort in (False, True):
        held = _Held(found=found, starts=starts)
        try:
            for block in blocks(
                session,
                found.reading,
                periods=found.periods.values,
                clusters=found.clusters.values,
                sort=sort,
            ):
                held.add(block)
        except OutOfOrder:
            continue
        return held
    reason = note("datasets.reason.no_order", unit=found.reading.panel.unit)
    raise InvalidData(file=found.reading.file, reason=reason)


def _told(found: PanelPass, held: _Held) -> UnitTable:
    names = tuple(term for column in found.columns[1:-1] for term in column.terms)
    length = max(len(found.periods.labels), 1)
    empty = (
        np.empty(0, dtype=np.int64),
        np.empty((0, length)),
        np.empty((0, len(names))),
        np.empty(0),
        np.empty(0, dtype=np.int64),
    )
    start, y, x, weight, cluster = (
        np.concatenate([none, *(part[place] for part in held.parts)])
        for place, none in enumerate(empty)
    )
    cohorts, cohort = np.unique(start, return_inverse=True)
    return UnitTable(
        periods=found.periods.labels,
        cohorts=cohorts,
        cohort=cohort.reshape(-1),
        y=y,
        x=x,
        names=names,
        weight=weight / weight.mean() if weight.size else weight,
        cluster=cluster,
        incomplete=held.incomplete,
        always=held.always,
        falls=held.falls,
        rows=found.counted.rows,
        used=found.counted.used,
        missing=found.counted.missing,
        note=note(
            "panel.unit_table",
            rows=found.counted.rows,
            used=found.counted.used,
            units=int(start.size),
            columns=length + len(names),
            mib=(y.nbytes + x.nbytes) / _MIB,
        ),
    )
