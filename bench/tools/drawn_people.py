"""People with a known effect, at one moment, and whether the interval of an estimator holds it."""

from collections.abc import Callable, Mapping

import numpy as np

from bench.tools.drawn_panels import TRUTH, Way, chance_to_leave, drawn_noise, in_clusters, within
from biotoop.engine.effects.answers import Answer
from biotoop.engine.effects.augmented import doubly_robust
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    regression_adjusted,
)
from biotoop.engine.effects.sample import Sample

ATT, ATE, OVERLAP = Estimand.ATT, Estimand.ATE, Estimand.OVERLAP
HC2, CR2 = IntervalMethod.HC2, IntervalMethod.CR2


def draw(
    rng: np.random.Generator, n: int, clusters: int, outcome: str, lost: float, leaving: str
) -> Sample:
    """Draw people in clusters, reached more often when x and z are high and in some clusters."""
    cluster = in_clusters(rng, n, clusters)
    x = np.clip(np.round(1.5 * rng.normal(size=n)), -2, 2) / 1.5
    z = (rng.random(n) < 0.4).astype(float)
    often = rng.normal(0, 0.7, clusters)[cluster]
    treated = rng.random(n) < 1 / (1 + np.exp(0.4 - 0.7 * x - 0.5 * z - often))
    noise = drawn_noise(rng, outcome, (n,))
    shocks = rng.normal(0, 0.3, clusters)[cluster]
    y = 1 + 0.7 * x + 0.5 * z + TRUTH * treated + shocks + noise
    left = rng.random(n) >= chance_to_leave(lost, leaving, treated, noise)
    return folded(y[left], treated[left], np.column_stack([x, z])[left], cluster[left])


def folded(y: np.ndarray, treated: np.ndarray, X: np.ndarray, cluster: np.ndarray) -> Sample:
    """Fold rows into cells of side, covariates and cluster, as the store does."""
    keys = np.column_stack([cluster, treated, X])
    cells, place = np.unique(keys, axis=0, return_inverse=True)
    place = place.reshape(-1)
    n = np.bincount(place).astype(float)
    mean = np.bincount(place, weights=y) / n
    squares = np.bincount(place, weights=(y - mean[place]) ** 2)
    codes = np.unique(cells[:, 0], return_inverse=True)[1].reshape(-1).astype(np.int64)
    return Sample(
        n=n, mean=mean, within=squares, treated=cells[:, 1] == 1.0, X=cells[:, 2:],
        names=("x", "z"), clusters=codes, columns={"x": cells[:, 2], "z": cells[:, 3]},
    )  # fmt: skip


def _of(method: Callable[[Sample], Answer]) -> Callable[[Sample, int], bool]:
    def holds(sample: Sample, _seed: int) -> bool:
        found = method(sample)
        return within(found.value, found.error.se, TRUTH, float(found.error.df))

    return holds


WAYS: Mapping[str, Way] = {
    "difference in means without adjustment, CR2": Way(
        holds=_of(lambda s: difference_in_means(s, interval=CR2)), meant=False
    ),
    "regression, CR2": Way(holds=_of(lambda s: regression_adjusted(s, interval=CR2))),
    "regression, HC2, clusters left out": Way(
        holds=_of(lambda s: regression_adjusted(s, interval=HC2)), meant=False
    ),
    "interacted regression, ATT, CR2": Way(
        holds=_of(lambda s: interacted_regression(s, estimand=ATT, interval=CR2))
    ),
    "inverse probability, ATT, by cluster": Way(
        holds=_of(lambda s: inverse_probability(s, estimand=ATT)), with_few=False
    ),
    "inverse probability, ATE, by cluster": Way(
        holds=_of(lambda s: inverse_probability(s, estimand=ATE)), with_few=False
    ),
    "inverse probability, overlap, by cluster": Way(
        holds=_of(lambda s: inverse_probability(s, estimand=OVERLAP)), with_few=False
    ),
    "entropy balancing, ATT, by cluster": Way(
        holds=_of(lambda s: entropy_balancing(s, estimand=ATT)), with_few=False
    ),
    "doubly robust, ATT, by cluster": Way(
        holds=_of(lambda s: doubly_robust(s, estimand=ATT)), with_few=False
    ),
    "coarsened exact matching, ATT, by cluster": Way(
        holds=_of(
            lambda s: coarsened_exact_matching(
                s, covariates=("x", "z"), coarsening=(), estimand=ATT
            )
        ),
        with_few=False,
    ),
}
