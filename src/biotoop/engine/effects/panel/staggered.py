"""Groups that start at different moments: Callaway & Sant'Anna, one call."""

from collections.abc import Callable, Sequence

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.errors import TooManyCells
from biotoop.engine.datasets.store import (
    CohortSums,
    DataEngine,
    Panel,
    RowFilter,
    UnitTable,
    cohort_pass,
    unit_table,
)
from biotoop.engine.effects.panel.cohorts import (
    Adjust,
    Cell,
    Control,
    Moves,
    cells_of,
    pulls_of,
)
from biotoop.engine.effects.panel.doubly_robust import doubly_robust
from biotoop.engine.effects.panel.formulas import (
    Formula,
    parse_formula,
    require_columns,
    require_two,
)
from biotoop.engine.effects.panel.prepared import Prepared, prepared
from biotoop.engine.effects.panel.solved import holed_columns
from biotoop.engine.effects.panel.staggered_result import PreTrend, Staggered
from biotoop.engine.effects.panel.summaries import (
    Summary,
    by_cohort,
    by_event,
    by_period,
    mean_by_size,
    mean_of,
    overall,
)
from biotoop.engine.effects.panel.table_in import Data, as_snapshot, engine_for
from biotoop.engine.effects.refusals import Refused

_LEVEL = 0.95
_FEW_CLUSTERS = 20
_FEW_UNITS = 5
_SINGULAR = 1e-10


def callaway_santanna(  # noqa: PLR0913 - the choices of a design, all by keyword
    formula: str,
    data: Data,
    *,
    cluster: str | None = None,
    control: str = "never",
    universal: bool = False,
    anticipation: int = 0,
    adjust: str = "cells",
    weights: str | None = None,
    where: Sequence[RowFilter] = (),
    engine: DataEngine | None = None,
    clock: Callable[[], float] | None = None,
) -> Staggered:
    """Estimate effects of something that groups start at different moments, and do not stop.

    Parameters
    ----------
    formula
        ``"hours ~ reached | person + month"``. The first covariate says who was reached: 0 until
        a unit starts and 1 from then on; or the period in which it starts, with 0 for never. More
        covariates (with few values, as in the first period) are held equal: units are compared
        with units that have the same.
    data
        A snapshot, a Parquet file, a data frame or arrays by name.
    cluster
        Column with the clusters of the error; must be named, and may be the unit.
    control
        "never": compare with units that never start; "not_yet": also with those that start later.
    universal
        Compare periods before the start with the last of them; else each with the one before.
    anticipation
        Periods before the start in which there may be an effect already.
    adjust
        "cells": covariates with few values are held equal. "doubly_robust": covariates of any
        kind (numbers, products, logarithms; as in the first period) enter a logit of who starts
        and a regression of the change (Sant'Anna & Zhao 2020); units are held in memory.
    weights
        Column of weights above zero, as in the first period; with ``adjust="doubly_robust"``.
    where
        Filters.
    engine
        The data engine; DuckDB when not given. The result does not depend on its threads.
    clock
        Gives seconds, such as ``time.perf_counter``; the result then says what it took.

    Returns
    -------
    Staggered
        Prints itself; ``tidy()`` and ``event_study()`` give tables.

    Raises
    ------
    Refused
        These data cannot answer this question in this way; the text says why and what to do.
    InvalidData, UnknownColumn, NotNumeric, TooManyCells
        The table cannot be used so.
    """
    begin = None if clock is None else clock()
    asked, kind = parse_formula(formula), _control(control)
    require_two(asked)
    way = _adjustment(adjust, asked, weights)
    if cluster is None:
        raise Refused("panel.refused.no_clusters", method="callaway_santanna")
    kept, engine = None if cluster == asked.unit else cluster, engine_for(data, engine)
    beside = (*asked.effects, *(name for name in (kept, weights) if name is not None))
    with (
        as_snapshot(data, engine) as snapshot,
        prepared(asked, snapshot, beside=beside, where=where, engine=engine) as design,
    ):
        panel = Panel(unit=asked.unit, period=asked.period, clusters=kept)
        sums = _units_of(design, panel, way, weights, where, engine)
    _require(sums, asked, cluster)
    cells = cells_of(sums, anticipation=anticipation, universal=universal)
    pulls: Moves
    if isinstance(sums, UnitTable):
        cells, pulls = doubly_robust(sums, cells, kind, anticipation=anticipation)
    else:
        cells, pulls = pulls_of(sums, cells, kind, anticipation=anticipation)
    work = _Work(sums=sums, clustered=kept is not None, control=kind, cluster=cluster)
    found = work.result(design.outcome, cells, pulls, universal=universal)
    return found if clock is None else attrs.evolve(found, seconds=clock() - (begin or 0.0))


def _adjustment(adjust: str, asked: Formula, weights: str | None) -> Adjust:
    try:
        found = Adjust(adjust)
    except ValueError:
        allowed = tuple(item.value for item in Adjust)
        raise Refused("panel.refused.adjust", adjust=adjust, allowed=allowed) from None
    if found is Adjust.CELLS:
        require_columns(asked)
        if weights is not None:
            raise Refused("panel.refused.cells_weighted")
    return found


def _units_of(
    design: Prepared,
    panel: Panel,
    way: Adjust,
    weights: str | None,
    where: Sequence[RowFilter],
    engine: DataEngine | None,
) -> CohortSums | UnitTable:
    """Read the units as sums by cell, or one by one."""
    if way is Adjust.DOUBLY_ROBUST:
        return unit_table(
            design.snapshot,
            panel,
            outcome=design.outcome,
            treatment=design.x[0],
            covariates=design.x[1:],
            weights=weights,
            categories=design.categories,
            where=where,
            engine=engine,
        )
    try:
        return cohort_pass(
            design.snapshot,
            panel,
            outcome=design.outcome,
            treatment=design.x[0],
            covariates=design.x[1:],
            where=where,
            engine=engine,
        )
    except TooManyCells as error:
        lost = tuple(name for name in design.x[1:] if name in str(error.params["columns"]))
        if not lost:
            raise
        raise Refused("panel.refused.many_cells", covariates=lost) from error


def _control(control: str) -> Control:
    try:
        return Control(control)
    except ValueError:
        allowed = tuple(item.value for item in Control)
        raise Refused("panel.refused.control", control=control, allowed=allowed) from None


def _require(sums: CohortSums | UnitTable, asked: Formula, cluster: str) -> None:
    term = asked.x[0]
    if not sums.used:
        raise Refused(
            "panel.refused.nobody_left", rows=sums.rows, missing=holed_columns(sums.missing)
        )
    if sums.falls:
        raise Refused("panel.refused.stops", term=term, units=sums.falls)
    if not sums.n.sum():
        raise Refused("panel.refused.nobody_whole", units=sums.incomplete, always=sums.always)
    if (sums.cohorts >= len(sums.periods)).all():
        raise Refused("panel.refused.nobody_starts", term=term)
    if sums.still:
        raise Refused("panel.refused.constant_outcome", outcome=asked.outcome.name)
    places = np.sum(sums.cluster_n.sum(axis=(1, 2)) > 0)
    if sums.n.sum() and places == 1 and cluster != asked.unit:
        raise Refused("panel.refused.one_cluster", cluster=cluster)
    if len(sums.cluster_n) > 1 and places == 2:
        raise Refused("panel.refused.two_clusters", cluster=cluster)


def uneven(periods: Sequence[str]) -> bool:
    """Tell whether periods that are numbers lie at different distances."""
    try:
        apart = np.diff([float(period) for period in periods])
    except ValueError:
        return False
    return bool(np.ptp(apart) > 1e-9 * np.max(np.abs(apart))) if apart.size else False


@attrs.frozen(kw_only=True, eq=False)
class _Work:
    sums: CohortSums | UnitTable
    clustered: bool
    control: Control
    cluster: str

    @property
    def groups(self) -> int:
        """Clusters, or units when these are the clusters."""
        if not self.clustered:
            return int(self.sums.n.sum())
        return int(np.sum(self.sums.cluster_n.sum(axis=(1, 2)) > 0))

    @property
    def convention(self) -> Note:
        if self.clustered:
            return note(
                "panel.convention.staggered_cluster", cluster=self.cluster, clusters=self.groups
            )
        return note("panel.convention.staggered_unit", units=self.groups)

    def result(
        self, outcome: str, cells: tuple[Cell, ...], pulls: Moves, *, universal: bool
    ) -> Staggered:
        """Put the figures together."""
        sums = self.sums
        events, cohorts = by_event(sums, cells, pulls), by_cohort(cells, pulls)
        periods = by_period(sums, cells, pulls)
        spread = events.pulls.covariance(clustered=self.clustered)
        after = np.array([key >= 0 for key in events.keys])
        names = sums.periods
        return Staggered(
            outcome=outcome,
            cluster=self.cluster,
            control=self.control,
            universal=universal,
            effect=self.estimates(overall(sums, cells, pulls).pulls)[0],
            event_effect=self.estimates(mean_of(events, after))[0],
            cohort_effect=self.estimates(mean_by_size(sums, cohorts))[0],
            cells=tuple((names[cell.start], names[cell.period]) for cell in cells),
            cell_effects=self.estimates(pulls),
            events=dict(zip(events.keys, self.estimates(events.pulls), strict=True)),
            event_covariance=spread,
            cohorts=self._named(cohorts, [names[sums.cohorts[key]] for key in cohorts.keys]),
            periods=self._named(periods, [names[key] for key in periods.keys]),
            pre_trend=self._pre_trend(events, spread),
            warnings=self._warnings(cells),
            engine=sums.note,
        )

    def _named(self, summary: Summary, names: Sequence[str]) -> dict[str, Estimate]:
        return dict(zip(names, self.estimates(summary.pulls), strict=True))

    def estimates(self, pulls: Moves) -> tuple[Estimate, ...]:
        """Give figures with their errors, one at a time: memory grows with their number only."""
        found = []
        for place, value in enumerate(pulls.values.tolist()):
            one = pulls.one(place)
            se = float(np.sqrt(one.covariance(clustered=self.clustered)[0, 0]))
            reach = float(scipy.special.ndtri((1 + _LEVEL) / 2)) * se
            found.append(
                Estimate(
                    value=value,
                    se=se,
                    low=value - reach,
                    high=value + reach,
                    n=int(self.sums.n.sum()),
                    missing=self.sums.incomplete,
                    method=note(f"panel.method.staggered_{self.control.value}"),
                    interval=self.convention,
                )
            )
        return tuple(found)

    def _pre_trend(self, events: Summary, spread: np.ndarray) -> PreTrend | None:
        """Test all figures before the start together: Wald, chi-square."""
        before = [place for place, key in enumerate(events.keys) if key < 0]
        if not before:
            return None
        values, V = events.pulls.values[before], spread[np.ix_(before, before)]
        scale = 1.0 / np.sqrt(np.diag(V)) if np.all(np.diag(V) > 0) else np.ones(len(before))
        correlation = V * scale[:, None] * scale
        roots, vectors = np.linalg.eigh(correlation)
        kept = roots > _SINGULAR * roots.max()
        turned = vectors.T @ (values * scale)
        statistic = float(np.sum(turned[kept] ** 2 / roots[kept]))
        df = int(kept.sum())
        return PreTrend(statistic=statistic, df=df, p=float(scipy.special.chdtrc(df, statistic)))

    def _warnings(self, cells: tuple[Cell, ...]) -> tuple[Note, ...]:
        sums, found = self.sums, []
        if sums.incomplete:
            found.append(note("panel.warning.incomplete", units=sums.incomplete))
        if sums.always:
            found.append(note("panel.warning.always", units=sums.always))
        started = sums.cohorts < len(sums.periods)
        small = sums.n.sum(axis=1)[started]
        if (small < _FEW_UNITS).any():
            found.append(
                note("panel.warning.small_cohorts", cohorts=int((small < _FEW_UNITS).sum()))
            )
        lost = {int(p) for p in np.flatnonzero(started)} - {cell.cohort for cell in cells}
        if lost:
            names = tuple(sums.periods[sums.cohorts[place]] for place in sorted(lost))
            found.append(note("panel.warning.lost_cohorts", cohorts=names))
        if uneven(sums.periods):
            found.append(note("panel.warning.uneven", periods=sums.periods[:12]))
        if self.clustered and self.groups < _FEW_CLUSTERS:
            found.append(note("panel.warning.few_groups", clusters=self.groups))
        return tuple(found)
