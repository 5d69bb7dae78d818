"""Intervals hold the truth as often as they say, by simulation with a fixed seed.

The default suite runs a small part; ``-m slow`` runs 2,000 repetitions of each.
"""

import numpy as np
import pytest
import scipy.stats

from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.estimating import repeated_difference
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import (
    difference_in_means,
    interacted_regression,
    mean_change,
    regression_adjusted,
)
from biotoop.engine.effects.sample import Sample

ATT, ATE = Estimand.ATT, Estimand.ATE
HC2, CR2 = IntervalMethod.HC2, IntervalMethod.CR2
TRUTH = 0.5
ONE_BY_ONE = {
    "regression": lambda s: regression_adjusted(s, interval=HC2),
    "interacted_att": lambda s: interacted_regression(s, estimand=ATT, interval=HC2),
    "interacted_ate": lambda s: interacted_regression(s, estimand=ATE, interval=HC2),
    "weighting_att": lambda s: inverse_probability(s, estimand=ATT),
    "weighting_ate": lambda s: inverse_probability(s, estimand=ATE),
    "balancing_att": lambda s: entropy_balancing(s, estimand=ATT),
    "balancing_ate": lambda s: entropy_balancing(s, estimand=ATE),
    "matching_att": lambda s: coarsened_exact_matching(
        s, covariates=("x", "z"), coarsening=(), estimand=ATT
    ),
}


def rows(y, treated, X=None, clusters=None):
    """Make a sample of cells with one row."""
    X = np.empty((len(y), 0)) if X is None else X
    return Sample(
        n=np.ones(len(y)), mean=y, within=np.zeros(len(y)), treated=treated, X=X,
        names=("x", "z")[: X.shape[1]], clusters=clusters,
        columns=dict(zip("xz", X.T, strict=False)),
    )  # fmt: skip


def chosen_people(rng, n):
    """People who were reached more often when x and z are high; skewed outcomes."""
    x = np.clip(np.round(rng.normal(size=n) * 1.5), -2, 2) / 1.5
    z = (rng.random(n) < 0.4).astype(float)
    treated = rng.random(n) < 1 / (1 + np.exp(0.7 - 0.7 * x - 0.5 * z))
    noise = (1 + 0.3 * treated) * (rng.gamma(2, 1, n) - 2) / np.sqrt(2)
    return rows(1 + x + 0.5 * z + TRUTH * treated + noise, treated, np.column_stack([x, z]))


def coverage(method, draw, repetitions, *seed):
    """Give the share of intervals that hold the truth; refusals are left out."""
    held = []
    for repetition in range(repetitions):
        try:
            found = method(draw(np.random.default_rng([*seed, repetition])))
        except Refused:
            continue
        reach = scipy.stats.t.ppf(0.975, found.error.df) * found.error.se
        held.append(abs(found.value - TRUTH) <= reach)
    assert len(held) > 0.95 * repetitions
    return np.mean(held)


@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_intervals_of_a_hundred_people_hold_the_truth(name):
    share = coverage(ONE_BY_ONE[name], lambda rng: chosen_people(rng, 100), 60, 1)

    assert share >= 0.87


@pytest.mark.slow
@pytest.mark.parametrize("n", [40, 100, 400])
@pytest.mark.parametrize("name", ONE_BY_ONE)
def test_intervals_hold_the_truth_in_2000_repetitions(name, n):
    share = coverage(ONE_BY_ONE[name], lambda rng: chosen_people(rng, n), 2000, n)

    assert 0.925 <= share <= 0.985


def teams(rng, count, *, within):
    """Teams of unequal size; support goes to whole teams, or to people within them."""
    sizes = rng.integers(4, 30, count)
    team = np.repeat(np.arange(count), sizes)
    sides = rng.permutation(count) % 2 == 0
    treated = rng.random(len(team)) < 0.5 if within else sides[team]
    y = TRUTH * treated + rng.normal(0, 0.5, count)[team] + rng.normal(size=len(team))
    return rows(y, treated, clusters=team)


def compare_teams(sample):
    return difference_in_means(sample, interval=CR2)


def test_intervals_over_twelve_teams_hold_the_truth():
    share = coverage(compare_teams, lambda rng: teams(rng, 12, within=False), 100, 3)

    assert 0.89 <= share <= 0.99


@pytest.mark.slow
@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("count", [6, 12, 40])
def test_bias_reduced_intervals_hold_the_truth_with_few_teams(count, within):
    share = coverage(compare_teams, lambda rng: teams(rng, count, within=within), 2000, count)

    assert 0.93 <= share <= 0.985


@pytest.mark.slow
def test_changes_and_repeated_samples_hold_the_truth_in_2000_repetitions():
    def change(rng):
        return rows(TRUTH + rng.gamma(2, 1, 40) - 2, np.ones(40, dtype=bool))

    def quarters(rng):
        place = rng.integers(0, 4, 160)
        treated, later = place % 2 == 1, place > 1
        y = treated + 0.3 * later + TRUTH * (treated & later) + rng.normal(size=160)
        return rows(y, treated, np.column_stack([later * 1.0, later * 0.0]))

    def compare(sample):
        return repeated_difference(sample, sample.X[:, 0] == 1, interval=HC2)

    changes = coverage(lambda s: mean_change(s, interval=HC2), change, 2000, 7)

    assert 0.925 <= changes <= 0.96
    assert 0.94 <= coverage(compare, quarters, 2000, 8) <= 0.965
