"""Panels with a known effect, and whether the interval of an estimator holds it."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.messages import note
from biotoop.engine.datasets.store import CohortSums, UnitTable
from biotoop.engine.effects.panel.bootstraps import wild_bootstrap
from biotoop.engine.effects.panel.cluster_errors import Errors, PanelError, panel_errors
from biotoop.engine.effects.panel.cohorts import Control, cells_of, pulls_of
from biotoop.engine.effects.panel.dose_basis import SHARES, Spline
from biotoop.engine.effects.panel.doubly_robust import doubly_robust
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.panel.summaries import overall

TRUTH, PERIODS, START, DRAWS = -0.5, 4, 2, 199
PER_HOUR, DRIFT = -0.25, 0.3
Array = np.ndarray


@attrs.frozen(kw_only=True, eq=False)
class Panel:
    """A drawn panel, shape (units, periods); ``there`` tells which rows are left.

    ``base`` is the outcome had nobody been reached. Outcomes with more x rise more quickly in
    ``with_trend``, and more hours do more in ``with_dose``.
    """

    base: Array
    d: Array
    there: Array
    cluster: Array
    x: Array
    hours: Array

    @property
    def y(self) -> Array:
        """The outcome when being reached does the same for everybody."""
        return self.base + TRUTH * self.d

    @property
    def with_trend(self) -> Array:
        """The outcome when the trend follows x as well."""
        return self.y + DRIFT * self.x[:, None] * np.arange(PERIODS)

    @property
    def with_dose(self) -> Array:
        """The outcome when each hour does the same."""
        return self.base + PER_HOUR * self.hours[:, None] * self.d


def draw(
    rng: np.random.Generator, n: int, clusters: int, outcome: str, lost: float, leaving: str
) -> Panel:
    """Draw units in clusters of unequal size; those who are lost miss the last period."""
    cluster = in_clusters(rng, n, clusters)
    started = (rng.permutation(clusters) % 2 == 0)[cluster]
    d = (started[:, None] & (np.arange(PERIODS) >= START)).astype(float)
    noise = drawn_noise(rng, outcome, (n, PERIODS))
    shocks = rng.normal(0, 0.3, (clusters, PERIODS))[cluster]
    base = rng.normal(size=(n, 1)) + 0.1 * np.arange(PERIODS) + shocks + noise
    there = np.ones((n, PERIODS), dtype=bool)
    there[rng.random(n) < chance_to_leave(lost, leaving, started, noise[:, -1]), -1] = False
    return Panel(
        base=base,
        d=d,
        there=there,
        cluster=cluster,
        x=rng.normal(size=n) + 0.5 * started,
        hours=0.5 + rng.gamma(2.0, 1.0, n),
    )


def in_clusters(rng: np.random.Generator, n: int, clusters: int) -> Array:
    """Put people in clusters of unequal size, at least one in each."""
    shares = rng.dirichlet(np.full(clusters, 4.0))
    return np.sort(np.append(np.arange(clusters), rng.choice(clusters, n - clusters, p=shares)))


def drawn_noise(rng: np.random.Generator, outcome: str, shape: tuple[int, ...]) -> Array:
    """Draw noise with mean 0 and standard deviation 1."""
    return rng.gamma(1.0, 1.0, shape) - 1.0 if outcome == "skewed" else rng.normal(size=shape)


def chance_to_leave(lost: float, leaving: str, reached: Array, noise: Array) -> Array:
    """Give each the same chance, or one that follows side and outcome."""
    if leaving == "by chance":
        return np.full(len(reached), lost)
    return lost + lost * np.where(reached, 1.0, -1.0) * np.tanh(noise)


def solved(panel: Panel, y: Array | None = None, columns: Array | None = None) -> Solved:
    """Solve the regression with effects of units and periods, as the store does."""
    there, y = panel.there.astype(float), panel.y if y is None else y
    columns = panel.d[..., None] if columns is None else columns
    times = np.broadcast_to(np.eye(PERIODS)[:, 1:], (*y.shape, PERIODS - 1))
    z = np.concatenate([times, columns, y[..., None]], axis=2)
    mean = np.einsum("utp,ut->up", z, there) / there.sum(axis=1)[:, None]
    apart = (z - mean[:, None, :]) * there[..., None]
    own = np.matmul(apart.transpose(0, 2, 1), apart)
    products = np.add.reduceat(own, np.flatnonzero(np.diff(panel.cluster, prepend=-1)), axis=0)
    A, b = products[:, :-1, :-1], products[:, :-1, -1]
    bread = np.linalg.inv(A.sum(axis=0))
    beta, squares = bread @ b.sum(axis=0), float(products[:, -1, -1].sum())
    width = columns.shape[2]
    return Solved(
        names=("t1", "t2", "t3", *(f"d{place}" for place in range(width))),
        terms=np.arange(PERIODS - 1, PERIODS - 1 + width),
        dropped=(),
        coefficients=beta,
        bread=(bread + bread.T) / 2,
        A=A,
        b=b,
        left_over=squares - float(b.sum(axis=0) @ beta),
        squares=squares,
        before=np.diag(products.sum(axis=0)),
        n=float(there.sum()),
        units=float(len(there)),
        periods=PERIODS,
    )


@lru_cache(maxsize=8)
def two_way(panel: Panel, outcome: str) -> Solved:
    """Solve with the treatment; all errors stand on the same solution."""
    return solved(panel, getattr(panel, outcome))


@lru_cache(maxsize=2)
def by_dose(panel: Panel) -> tuple[Spline, Array, Solved]:
    """Solve with the columns of a smooth line; give the line, the doses there are, the solution."""
    shown = (panel.d > 0) & panel.there
    doses = np.broadcast_to(panel.hours[:, None], panel.d.shape)[shown]
    spline = Spline(dose="hours", knots=tuple(np.quantile(doses, SHARES[4]).tolist()))
    columns = spline.values(panel.hours)[:, None, :] * panel.d[..., None]
    return spline, doses, solved(panel, panel.with_dose, columns)


@lru_cache(maxsize=4)
def errors_of(fit: Solved, kind: PanelError) -> Errors:
    """Give the errors of a solution."""
    return panel_errors(fit, kind, "cluster", weighted=False)


def cohorts(panel: Panel) -> CohortSums:
    """Sum outcomes by cohort, of units that are there in all periods."""
    whole = panel.there.all(axis=1)
    y, place = panel.y[whole], (panel.d[whole, -1] == 0).astype(int)
    groups = int(panel.cluster.max()) + 1
    n, sums = np.zeros((groups, 2, 1)), np.zeros((groups, 2, 1, PERIODS))
    np.add.at(n, (panel.cluster[whole], place, 0), 1.0)
    np.add.at(sums, (panel.cluster[whole], place, 0), y)
    total, mean = n.sum(axis=0), sums.sum(axis=0) / n.sum(axis=0)[..., None]
    apart = y - mean[place, 0]
    products = np.stack([np.einsum("us,ut->st", *[apart[place == c]] * 2) for c in (0, 1)])
    return CohortSums(
        periods=("1", "2", "3", "4"), cohorts=np.array([START, PERIODS]), cells=("",), n=total,
        sums=sums.sum(axis=0), products=products[:, None], cluster_n=n, cluster_sums=sums,
        centre=0.0, incomplete=0, always=0, falls=0, rows=y.size, used=y.size, missing={},
        note=note("panel.shown.term"),
    )  # fmt: skip


def units(panel: Panel) -> UnitTable:
    """Give the units that are there in all periods, with x, one by one."""
    whole = panel.there.all(axis=1)
    y, place = panel.with_trend[whole], (panel.d[whole, -1] == 0).astype(int)
    return UnitTable(
        periods=("1", "2", "3", "4"), cohorts=np.array([START, PERIODS]), cohort=place, y=y,
        x=panel.x[whole][:, None], names=("x",), weight=np.ones(len(y)),
        cluster=panel.cluster[whole], incomplete=0, always=0, falls=0, rows=y.size, used=y.size,
        missing={}, note=note("panel.shown.term"),
    )  # fmt: skip


def within(value: float, se: float, truth: float, df: float = np.inf) -> bool:
    """Tell whether a 95 % interval holds the truth."""
    if not np.isfinite(value + se):
        raise ArithmeticError("an interval that is no interval")
    point = scipy.special.ndtri(0.975) if df == np.inf else scipy.special.stdtrit(df, 0.975)
    return bool(abs(value - truth) <= float(point) * se)


def _two_way(kind: PanelError, outcome: str = "y") -> Callable[[Panel, int], bool]:
    def holds(panel: Panel, _seed: int) -> bool:
        fit = two_way(panel, outcome)
        errors = errors_of(fit, kind)
        return within(float(fit.coefficients[3]), float(errors.se[0]), TRUTH, float(errors.df[0]))

    return holds


def _wild(panel: Panel, seed: int) -> bool:
    tested = wild_bootstrap(
        two_way(panel, "y"), "d0", "cluster", seed=seed, draws=DRAWS, value=TRUTH, bounds=False
    )
    return tested.p >= 0.05


def _staggered(*, clustered: bool) -> Callable[[Panel, int], bool]:
    def holds(panel: Panel, _seed: int) -> bool:
        sums = cohorts(panel)
        cells = cells_of(sums, anticipation=0, universal=False)
        found = overall(sums, *pulls_of(sums, cells, Control.NEVER, anticipation=0)).pulls
        se = float(np.sqrt(found.covariance(clustered=clustered)[0, 0]))
        return within(float(found.values[0]), se, TRUTH)

    return holds


def _robust(panel: Panel, _seed: int) -> bool:
    table = units(panel)
    cells = [c for c in cells_of(table, anticipation=0, universal=False) if c.since >= 0]
    found = overall(table, *doubly_robust(table, cells, Control.NEVER, anticipation=0)).pulls
    se = float(np.sqrt(found.covariance(clustered=True)[0, 0]))
    return within(float(found.values[0]), se, TRUTH)


def _dose(kind: PanelError, *, slope: bool) -> Callable[[Panel, int], bool]:
    def holds(panel: Panel, _seed: int) -> bool:
        spline, doses, fit = by_dose(panel)
        errors = errors_of(fit, kind)
        weights = (spline.slopes(doses) if slope else spline.values(doses)).mean(axis=0)
        truth = PER_HOUR if slope else PER_HOUR * float(doses.mean())
        se = float(np.sqrt(weights @ errors.covariance @ weights))
        value = float(weights @ fit.coefficients[fit.terms])
        return within(value, se, truth, float(errors.df[0]))

    return holds


@attrs.frozen(kw_only=True)
class Way:
    """An estimator, and whether it is meant to hold at all, and with few clusters."""

    holds: Callable[..., bool]
    meant: bool = True
    with_few: bool = True


WAYS: Mapping[str, Way] = {
    "two-way fixed effects, CR1": Way(holds=_two_way(PanelError.CR1), with_few=False),
    "two-way fixed effects, CR2": Way(holds=_two_way(PanelError.CR2)),
    "two-way fixed effects, CR3": Way(holds=_two_way(PanelError.CR3)),
    "two-way fixed effects, wild bootstrap": Way(holds=_wild),
    "two-way fixed effects, trends follow a covariate that is left out, CR2": Way(
        holds=_two_way(PanelError.CR2, "with_trend"), meant=False
    ),
    "Callaway-Sant'Anna, by cluster": Way(holds=_staggered(clustered=True), with_few=False),
    "Callaway-Sant'Anna, by unit, with shocks by cluster": Way(
        holds=_staggered(clustered=False), meant=False
    ),
    "Callaway-Sant'Anna, doubly robust, by cluster": Way(holds=_robust, with_few=False),
    "dose-response, average, CR1": Way(holds=_dose(PanelError.CR1, slope=False), with_few=False),
    "dose-response, average, CR3": Way(holds=_dose(PanelError.CR3, slope=False)),
    "dose-response, one hour more, CR3": Way(holds=_dose(PanelError.CR3, slope=True)),
}
