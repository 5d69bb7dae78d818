"""Randomisation inference: what chance alone would have shown, had others been reached.

Fisher 1935; with clusters and an error by cluster MacKinnon & Webb 2020 (doi
10.1016/j.jeconom.2020.04.024, from memory). What is assigned again are whole clusters, with their
path over time; within strata when it was done so.
"""

import math
from collections.abc import Mapping

import attrs
import numpy as np
import scipy.special

from biotoop.engine.core.messages import Language, Note, note
from biotoop.engine.core.quantities import Fixed
from biotoop.engine.datasets.store import WithinProducts
from biotoop.engine.effects.arrays import Vector
from biotoop.engine.effects.panel.assignments import (
    cluster_names,
    count_of,
    drawn_orders,
    every_order,
    strata_of,
)
from biotoop.engine.effects.panel.cluster_errors import require_clusters
from biotoop.engine.effects.panel.inversion import REJECTED, TIE, bound
from biotoop.engine.effects.panel.permuted import Assigned, assigned, paths_of
from biotoop.engine.effects.panel.solved import Solved
from biotoop.engine.effects.refusals import Refused

DRAWS = 1999
_STATISTICS = ("t", "estimate")


@attrs.frozen(kw_only=True, eq=False)
class Randomisation:
    """A test by assigning again, with the interval of effects that it does not reject.

    Attributes
    ----------
    term, value, statistic
        What was assigned, the effect that was tested (the same for everybody), and by what.
    observed
        Size of the statistic as observed.
    draws
        Sizes of the statistic under the other assignments, shape (B,).
    assignments
        Number of different assignments that there could have been.
    exact
        Whether all of them were used; else so many were drawn.
    p, p_low, p_high
        Share of assignments at least as far out; with the 99 % bounds of what drawing leaves
        unsure (Clopper & Pearson 1934), equal to ``p`` when exact.
    low, high
        Effects that are not rejected at 5 %; infinite when no bound was found.
    method
        What was done, in words.
    """

    term: str
    value: float
    statistic: str
    observed: float
    draws: Vector
    assignments: int
    exact: bool
    p: float
    p_low: float
    p_high: float
    low: float
    high: float
    method: Note

    def text(self, language: Language = "en") -> str:
        """Write what was found."""
        said = note(
            f"panel.shown.randomised_{'exact' if self.exact else 'drawn'}",
            term=self.term,
            value=self.value,
            p=Fixed(self.p, 3),
            p_low=Fixed(self.p_low, 3),
            p_high=Fixed(self.p_high, 3),
            low=Fixed(self.low, self._digits),
            high=Fixed(self.high, self._digits),
        )
        lines = [said.text(language), self.method.text(language)]
        if 1.0 / self.assignments > REJECTED:
            few = note("panel.warning.few_assignments", assignments=self.assignments)
            lines.append(few.text(language))
        return "\n".join(lines)

    @property
    def _digits(self) -> int:
        """Decimals that show two figures of the width of the interval."""
        wide = self.high - self.low
        if not 0.0 < wide < math.inf:
            return 3
        return min(max(1 - math.floor(math.log10(wide)), 0), 6)

    def __str__(self) -> str:
        """Write what was found in English."""
        return self.text("en")

    __repr__ = __str__


@attrs.frozen(kw_only=True)
class Lots:
    """How clusters are assigned again.

    Attributes
    ----------
    seed
        For drawing.
    draws
        Most assignments.
    value
        The effect to test, the same for everybody.
    statistic
        "t" (by the CR1 error) or "estimate".
    strata
        Stratum of each cluster by its name, where lots were drawn within strata.
    """

    seed: int
    draws: int = DRAWS
    value: float = 0.0
    statistic: str = "t"
    strata: Mapping[str, str] | None = None


def randomise(
    found: WithinProducts, fit: Solved, term: str, cluster: str | None, lots: Lots
) -> Randomisation:
    """Test an effect by assigning clusters again.

    All different assignments are used when there are at most ``draws`` of them; else so many are
    drawn, the observed one counts as one more, and the bounds of p say what that leaves unsure.

    Parameters
    ----------
    found, fit, term, cluster
        The sums, the regression, what was assigned, and to which clusters.
    lots
        How they are assigned again.

    Raises
    ------
    Refused
        There are no clusters, clusters were not reached as a whole, one misses a period, or a
        cluster has no stratum.
    """
    require_clusters(fit, "randomisation", cluster)
    if lots.statistic not in _STATISTICS:
        raise Refused("panel.refused.statistic", statistic=lots.statistic, allowed=_STATISTICS)
    fit.place(term)
    paths = paths_of(found, term, str(cluster))
    groups = strata_of(cluster_names(found), lots.strata)
    total = count_of(paths.of_cluster, groups)
    exact = total <= lots.draws
    others = (
        np.array(list(every_order(paths.of_cluster, groups)))
        if exact
        else drawn_orders(paths.of_cluster, groups, lots.draws, lots.seed)
    )
    both = assigned(found, fit, term, paths, np.vstack([paths.of_cluster, others]))
    test = _Test(lots=both, studentised=lots.statistic == "t", exact=exact)
    method = note(
        f"panel.method.randomised_{'exact' if exact else 'drawn'}",
        clusters=fit.clusters,
        cluster=str(cluster),
        strata=len(groups),
        draws=len(others),
        statistic=lots.statistic,
        seed=lots.seed,
    )
    return _result(term, lots, test, total, method)


def _result(term: str, lots: Lots, test: "_Test", total: int, method: Note) -> Randomisation:
    estimate, step, sizes = float(test.lots.top[0][0]), test.step, test.sizes(lots.value)
    p_low, p_high = test.unsure(lots.value)
    return Randomisation(
        term=term,
        value=lots.value,
        statistic=lots.statistic,
        observed=float(sizes[0]),
        draws=sizes[1:],
        assignments=total,
        exact=test.exact,
        p=test.p(lots.value),
        p_low=p_low,
        p_high=p_high,
        low=bound(test.p, estimate, -step, REJECTED),
        high=bound(test.p, estimate, step, REJECTED),
        method=method,
    )


@attrs.frozen(kw_only=True, eq=False)
class _Test:
    """p as a function of the tested effect; the first assignment is the observed one."""

    lots: Assigned
    studentised: bool
    exact: bool

    def sizes(self, tested: float) -> Vector:
        return self.lots.statistics(tested, studentised=self.studentised)

    def out(self, tested: float) -> tuple[int, int]:
        """Count the other assignments at least as far out, and all of them."""
        sizes = self.sizes(tested)
        return int(np.sum(sizes[1:] >= sizes[0] * (1.0 - TIE))), len(sizes) - 1

    def p(self, tested: float) -> float:
        out, count = self.out(tested)
        return out / count if self.exact else (out + 1) / (count + 1)

    def unsure(self, tested: float) -> tuple[float, float]:
        """Give the 99 % bounds of the share that all assignments would have given."""
        if self.exact:
            return self.p(tested), self.p(tested)
        out, count = self.out(tested)
        low = scipy.special.betaincinv(out, count - out + 1, 0.005) if out else 0.0
        high = scipy.special.betaincinv(out + 1, count - out, 0.995) if out < count else 1.0
        return float(low), float(high)

    @property
    def step(self) -> float:
        return float(np.sqrt(np.sum(self.lots.parts[0][0] ** 2)))
