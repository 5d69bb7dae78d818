"""Bootstraps over clusters that never see a row again.

The pairs bootstrap draws clusters with replacement: its normal equations are sums of those of the
clusters. The wild bootstrap (WCR: restricted residuals, one sign for each cluster) needs the same
products (MacKinnon, Nielsen & Webb 2023, doi 10.1002/jae.2969, from memory).
"""

import attrs
import numpy as np

from biotoop.engine.core.messages import Note, note
from biotoop.engine.effects.arrays import Matrix, Vector
from biotoop.engine.effects.panel.cluster_errors import require_clusters, small_sample
from biotoop.engine.effects.panel.inversion import TIE, bound
from biotoop.engine.effects.panel.solved import COLLINEAR, Solved
from biotoop.engine.effects.refusals import Refused

DRAWS = 999
_FEW = 12
_WEBB = np.sqrt(np.array([1.5, 1.0, 0.5]))


@attrs.frozen(kw_only=True, eq=False)
class PairsBootstrap:
    """Estimates over draws of clusters.

    Attributes
    ----------
    term
        The covariate.
    draws
        Its estimates, shape (draws,), without those that failed.
    failed
        Draws in which the covariate could not be told apart.
    se, low, high
        Standard deviation of the draws, and the percentile interval.
    method
        What was done, in words.
    """

    term: str
    draws: Vector
    failed: int
    se: float
    low: float
    high: float
    method: Note


@attrs.frozen(kw_only=True)
class WildBootstrap:
    """A test and an interval by the wild cluster bootstrap.

    Attributes
    ----------
    term, value
        The covariate, and the effect that was tested.
    t
        The statistic with the CR1 error.
    p
        Share of draws whose statistic lies at least as far out.
    low, high
        Effects that would not be rejected; infinite when no bound was found.
    draws
        Draws, or all patterns of signs when these are fewer.
    method
        What was done, in words.
    """

    term: str
    value: float
    t: float
    p: float
    low: float
    high: float
    draws: int
    method: Note


def pairs_bootstrap(
    fit: Solved,
    term: str,
    cluster: str | None,
    *,
    seed: int,
    draws: int = DRAWS,
    level: float = 0.95,
) -> PairsBootstrap:
    """Draw clusters with replacement and estimate again, from their products.

    Raises
    ------
    Refused
        There are too few clusters, or more than half of the draws cannot tell the effect.
    """
    require_clusters(fit, "pairs bootstrap", cluster)
    place = fit.place(term)
    counts = np.random.default_rng(seed).multinomial(
        fit.clusters, np.full(fit.clusters, 1.0 / fit.clusters), size=draws
    )
    found, sound = _again(fit, counts.astype(np.float64), place)
    kept = found[sound]
    if 2 * len(kept) < draws:
        raise Refused("panel.refused.draws_fail", failed=draws - len(kept), draws=draws)
    low, high = np.quantile(kept, [(1 - level) / 2, (1 + level) / 2])
    return PairsBootstrap(
        term=term,
        draws=kept,
        failed=draws - len(kept),
        se=float(np.std(kept, ddof=1)),
        low=float(low),
        high=float(high),
        method=note("panel.method.pairs", clusters=fit.clusters, draws=draws, seed=seed),
    )


def _again(fit: Solved, counts: Matrix, place: int) -> tuple[Vector, Vector]:
    """Estimate with clusters counted so often; give the estimates and which are sound."""
    scale = 1.0 / np.sqrt(np.diag(fit.A.sum(axis=0)))
    size = len(scale)
    rows, columns = np.tril_indices(size)
    scaled = (fit.A * scale[:, None] * scale)[:, rows, columns]
    M = np.empty((len(counts), size, size))
    M[:, rows, columns] = M[:, columns, rows] = np.einsum("bg,gk->bk", counts, scaled)
    v = np.einsum("bg,gk->bk", counts, fit.b * scale)
    inverse = np.full((len(counts), size), np.nan)
    empty = np.flatnonzero(np.einsum("bii->bi", M).min(axis=1) <= COLLINEAR)
    M[empty] += np.eye(size) * (np.einsum("bii->bi", M[empty]) <= COLLINEAR)[:, None, :]
    unit = np.zeros((size, 1))
    unit[place] = 1.0
    try:
        inverse = np.linalg.solve(M, np.broadcast_to(unit, (len(M), size, 1)))[:, :, 0]
    except np.linalg.LinAlgError:
        for draw, matrix in enumerate(M):
            if np.linalg.matrix_rank(matrix) == size:
                inverse[draw] = np.linalg.solve(matrix, unit[:, 0])
    estimates = np.einsum("bk,bk->b", inverse, v) * scale[place]
    left = 1.0 / inverse[:, place]
    lost = np.isin(np.arange(len(M)), empty) & (
        np.einsum("bg,g->b", counts, fit.A[:, place, place]) * scale[place] ** 2 <= COLLINEAR
    )
    return estimates, np.isfinite(estimates) & (left > COLLINEAR) & ~lost


def wild_bootstrap(  # noqa: PLR0913 - the choices of a test, all by keyword
    fit: Solved,
    term: str,
    cluster: str | None,
    *,
    seed: int,
    draws: int = DRAWS,
    value: float = 0.0,
    level: float = 0.95,
    bounds: bool = True,
    spill: tuple[Matrix, Matrix] | None = None,
) -> WildBootstrap:
    """Test an effect by turning the residuals of whole clusters around.

    With few clusters all patterns of signs are used when there are at most so many as the draws;
    with fewer than 12 clusters and more patterns than draws Webb's six weights are drawn. Without
    ``bounds`` there is a test only, and the interval is infinite. ``spill`` tells how turning one
    cluster around reaches the scores of the others, where effects that were taken off lie across
    clusters; without it, it does not.

    Raises
    ------
    Refused
        There are too few clusters.
    """
    require_clusters(fit, "wild bootstrap", cluster)
    place = fit.place(term)
    V, kind = signs_of(fit.clusters, draws, seed)
    bend = Bend.of(fit, place, V, spill)
    every = kind == "every"

    def share(tested: float) -> float:
        return bend.share(tested, every=every)

    estimate = float(fit.coefficients[place])
    return WildBootstrap(
        term=term,
        value=value,
        t=(estimate - value) / bend.se,
        p=share(value),
        low=bound(share, estimate, -bend.se, 1 - level) if bounds else -float(np.inf),
        high=bound(share, estimate, bend.se, 1 - level) if bounds else float(np.inf),
        draws=len(V),
        method=note(f"panel.method.wild_{kind}", clusters=fit.clusters, draws=len(V), seed=seed),
    )


def signs_of(groups: int, draws: int, seed: int) -> tuple[Matrix, str]:
    """Give the weights of the clusters in each draw, shape (draws, G), and which were drawn."""
    if 2**groups <= draws + 1:
        codes = np.arange(2**groups)[:, None] >> np.arange(groups) & 1
        return np.asarray(1.0 - 2.0 * codes, np.float64), "every"
    rng = np.random.default_rng(seed)
    if groups < _FEW:
        webb = np.concatenate([_WEBB, -_WEBB])
        return np.asarray(webb[rng.integers(6, size=(draws, groups))], np.float64), "webb"
    signs = 1.0 - 2.0 * rng.integers(2, size=(draws, groups))
    return np.asarray(signs, np.float64), "rademacher"


@attrs.frozen(kw_only=True, eq=False)
class Bend:
    """Statistics of all draws as a function of the tested effect, linear in it throughout."""

    estimate: float
    se: float
    own: float
    top: tuple[Vector, Vector]
    parts: tuple[Matrix, Matrix]

    @staticmethod
    def of(
        fit: Solved, place: int, V: Matrix, spill: tuple[Matrix, Matrix] | None = None
    ) -> "Bend":
        """Turn the clusters of a regression around, with weights of shape (draws, G)."""
        pull = fit.bread[place]
        shift = pull / pull[place]  # the estimates move by this when the effect is held one lower
        q = np.einsum("gij,j->gi", fit.A, pull)
        tops, inner = [], []
        for part, scores in enumerate((fit.scores, np.einsum("gij,j->gi", fit.A, shift))):
            mine = np.einsum("gi,i->g", scores, pull)
            own_part = V * mine if spill is None else np.einsum("bh,gh->bg", V, spill[part])
            moved = np.einsum("bg,gi->bi", V, scores)
            moved = np.einsum("bi,ij->bj", moved, fit.bread)
            tops.append(moved[:, place])
            inner.append(own_part - np.einsum("bi,gi->bg", moved, q))
        own = float(np.sqrt(np.sum(np.einsum("gi,i->g", fit.scores, pull) ** 2)))
        return Bend(
            estimate=float(fit.coefficients[place]),
            se=own * float(np.sqrt(small_sample(fit, fit.clusters))),
            own=own,
            top=(tops[0], tops[1]),
            parts=(inner[0], inner[1]),
        )

    def statistics(self, tested: float) -> tuple[float, Vector]:
        """Give the statistic of an effect and those of the draws, all without sign or factor."""
        apart = self.estimate - tested
        top = np.abs(self.top[0] + apart * self.top[1])
        below = self.parts[0] + apart * self.parts[1]
        spread = np.sqrt(np.sum(below**2, axis=1))
        drawn = np.full(len(top), np.inf)
        np.divide(top, spread, out=drawn, where=spread > 0.0)
        return abs(apart) / self.own, drawn

    def share(self, tested: float, *, every: bool) -> float:
        """Give the share of draws at least as far out as the data."""
        far, drawn = self.statistics(tested)
        out = int(np.sum(drawn >= far * (1.0 - TIE)))
        return out / len(drawn) if every else (out + 1) / (len(drawn) + 1)
