"""Intervals hold the truth as often as they say, by simulation with fixed seeds.

The default suite runs a small part; ``-m slow`` runs 2,000 repetitions of each.
"""

import numpy as np
import pytest
from bench.effects_coverage import (
    METHODS,
    TRUTH,
    chosen_people,
    coverage,
    markdown,
    rows,
    table,
    teams,
)

from biotoop.engine.effects.estimating import repeated_difference
from biotoop.engine.effects.plan import IntervalMethod
from biotoop.engine.effects.regression import difference_in_means

KNOWN_LOW = {
    "difference in means, CR1, whole teams",
    "difference in means, CR1, people within teams",
}


@pytest.mark.parametrize("name", METHODS)
def test_intervals_of_a_hundred_people_hold_the_truth(name):
    found = coverage(name, 100, METHODS[name], lambda rng: chosen_people(rng, 100), 60, 1)

    assert found.share >= 0.85
    assert found.refused == 0


def test_intervals_over_twelve_teams_hold_the_truth():
    def compare(sample):
        return difference_in_means(sample, interval=IntervalMethod.CR2)

    found = coverage("CR2", 12, compare, lambda rng: teams(rng, 12, within=False), 100, 3)

    assert found.share >= 0.89


@pytest.mark.slow
def test_every_interval_holds_the_truth_in_2000_repetitions():
    found = [item for item in table() if item.case not in KNOWN_LOW]

    off = {(item.case, item.size): item.share for item in found if not 0.925 <= item.share <= 0.985}
    assert off == {}
    assert all(item.refused <= 0.05 * 2000 for item in found)
    assert markdown(found).count("\n") == 2 + len({item.case for item in found})


@pytest.mark.slow
def test_repeated_samples_hold_the_truth_in_2000_repetitions():
    def quarters(rng):
        place = rng.integers(0, 4, 160)
        treated, later = place % 2 == 1, place > 1
        y = treated + 0.3 * later + TRUTH * (treated & later) + rng.normal(size=160)
        return rows(y, treated, np.column_stack([later * 1.0, later * 0.0]))

    def compare(sample):
        later = sample.X[:, 0] == 1
        return repeated_difference(sample, later, interval=IntervalMethod.HC2)

    found = coverage("repeated", 160, compare, quarters, 2000, 8)

    assert 0.94 <= found.share <= 0.965
