"""Groups that start at different moments: Callaway & Sant'Anna, one call."""

from collections.abc import Callable, Sequence

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.store import CohortSums, DataEngine, Panel, RowFilter, cohort_pass
from biotoop.engine.effects.panel.cohorts import (
    Cell,
    Control,
    Pulls,
    cells_of,
    covariance,
    pulls_of,
)
from biotoop.engine.effects.panel.formulas import (
    Formula,
    parse_formula,
    require_columns,
    require_two,
)
from biotoop.engine.effects.panel.solved import COLLINEAR, holed_columns
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
    require_columns(asked)
    if cluster is None:
        raise Refused("panel.refused.no_clusters", method="callaway_santanna")
    kept, engine = None if cluster == asked.unit else cluster, engine_for(data, engine)
    with as_snapshot(data, engine) as snapshot:
        sums = cohort_pass(
            snapshot,
            Panel(unit=asked.unit, period=asked.period, clusters=kept),
            outcome=asked.outcome.name,
            treatment=asked.x[0],
            covariates=asked.x[1:],
            where=where,
            engine=engine,
        )
    _require(sums, asked, cluster)
    cells = cells_of(sums, anticipation=anticipation, universal=universal)
    cells, pulls = pulls_of(sums, cells, kind, anticipation=anticipation)
    work = _Work(sums=sums, clustered=kept is not None, control=kind, cluster=cluster)
    found = work.result(asked.outcome.name, cells, pulls, universal=universal)
    return found if clock is None else attrs.evolve(found, seconds=clock() - (begin or 0.0))


def _control(control: str) -> Control:
    try:
        return Control(control)
    except ValueError:
        allowed = tuple(item.value for item in Control)
        raise Refused("panel.refused.control", control=control, allowed=allowed) from None


def _require(sums: CohortSums, asked: Formula, cluster: str) -> None:
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
    if _still(sums):
        raise Refused("panel.refused.constant_outcome", outcome=asked.outcome.name)
    places = np.sum(sums.cluster_n.sum(axis=(1, 2)) > 0)
    if sums.n.sum() and places == 1 and cluster != asked.unit:
        raise Refused("panel.refused.one_cluster", cluster=cluster)
    if len(sums.cluster_n) > 1 and places == 2:
        raise Refused("panel.refused.two_clusters", cluster=cluster)


def _still(sums: CohortSums) -> bool:
    """Tell whether the outcome never changes within units."""
    square = np.einsum("cxtt->", sums.products)
    mean = sums.sums / np.maximum(sums.n, 1.0)[..., None]
    square += np.sum(sums.n[..., None] * mean**2)
    level = np.sum(sums.products, axis=(2, 3)) + sums.n * np.sum(mean, axis=2) ** 2
    return bool(square - np.sum(level) / len(sums.periods) <= COLLINEAR * square)


def uneven(periods: Sequence[str]) -> bool:
    """Tell whether periods that are numbers lie at different distances."""
    try:
        apart = np.diff([float(period) for period in periods])
    except ValueError:
        return False
    return bool(np.ptp(apart) > 1e-9 * np.max(np.abs(apart))) if apart.size else False


@attrs.frozen(kw_only=True, eq=False)
class _Work:
    sums: CohortSums
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
        self, outcome: str, cells: tuple[Cell, ...], pulls: Pulls, *, universal: bool
    ) -> Staggered:
        """Put the figures together."""
        sums = self.sums
        events, cohorts = by_event(sums, cells, pulls), by_cohort(cells, pulls)
        periods = by_period(sums, cells, pulls)
        spread = covariance(sums, events.pulls, clustered=self.clustered)
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

    def estimates(self, pulls: Pulls) -> tuple[Estimate, ...]:
        """Give figures with their errors, one at a time: memory grows with their number only."""
        found = []
        for place, value in enumerate(pulls.values.tolist()):
            one = Pulls(
                values=pulls.values[[place]],
                slope=pulls.slope[[place]],
                constant=pulls.constant[[place]],
            )
            se = float(np.sqrt(covariance(self.sums, one, clustered=self.clustered)[0, 0]))
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
