"""Value of information against closed forms.

With two options, one of them worth nil and the other normal with mean m and standard deviation s,
EVPI = s phi(m/s) - |m| Phi(-|m|/s) (unit normal loss); for a linear model EVPPI of a set is the
same with the standard deviation of that set alone.
"""

import math
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from biotoop.engine.valuation.basis import bins, products, spline
from biotoop.engine.valuation.evppi import evpi, evppi, ordered
from biotoop.engine.valuation.fitted_worth import Worth

BLOCKS = 16
SPREADS = (1.0, 0.5, 0.2)


def loss(mean: float, sd: float) -> float:
    """Give the expected gain of knowing a normal difference before choosing."""
    away = abs(mean)
    return float(sd * stats.norm.pdf(away / sd) - away * stats.norm.cdf(-away / sd))


def normals(count: int, seed: int, points: int = 1_024) -> np.ndarray:
    """Independent scrambles of normal scores, shape (16 x points, count)."""
    parts = [
        stats.qmc.Sobol(count, rng=np.random.default_rng([seed, b])).random(points)
        for b in range(BLOCKS)
    ]
    return special.ndtri(np.concatenate(parts) + 2.0**-31)


def against_nil(gain: np.ndarray) -> np.ndarray:
    return np.column_stack([np.zeros(len(gain)), gain])


@pytest.mark.parametrize("mean", [-1.0, 0.0, 0.5])
def test_everything_in_a_normal_decision_is_worth_the_normal_loss(mean):
    net = against_nil(mean + normals(3, 1) @ SPREADS)
    found = evpi(net, BLOCKS)

    assert found.value == pytest.approx(loss(mean, math.hypot(*SPREADS)), abs=4 * found.error)
    assert found.error < 0.001
    assert found.lower == found.value <= found.upper


@pytest.mark.parametrize("mean", [-1.0, 0.0, 0.5])
@pytest.mark.parametrize("known", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_a_set_in_a_linear_decision_is_worth_the_loss_of_its_own_spread(mean, known):
    scores = normals(3, 2)
    found = evppi(scores[:, known], against_nil(mean + scores @ SPREADS), blocks=BLOCKS)
    expected = loss(mean, math.hypot(*(SPREADS[k] for k in known)))

    assert found.value == pytest.approx(expected, abs=4 * found.error + 3e-5)
    assert found.error < 0.001
    assert found.lower <= found.value <= found.upper


@pytest.mark.parametrize("known", [(0,), (0, 1)])
def test_the_value_alone_is_the_value_with_its_spread(known):
    scores = normals(3, 2)
    net = against_nil(0.5 + scores @ SPREADS)
    whole = evppi(scores[:, known], net, blocks=BLOCKS)
    quick = evppi(scores[:, known], net, blocks=BLOCKS, spread=False)

    assert quick.value == quick.lower == quick.upper == whole.value
    assert math.isnan(quick.error)


def test_what_does_not_enter_is_worth_nothing():
    scores = normals(3, 3)
    found = evppi(scores[:, [2]], against_nil(scores[:, 0] + 0.5), blocks=BLOCKS)
    still = evppi(np.ones((len(scores), 1)), against_nil(scores[:, 0]), blocks=BLOCKS)

    assert found.value == pytest.approx(0, abs=1e-3)
    assert still == Worth(value=0.0, error=0.0, lower=0.0, upper=0.0)


def test_the_trap_of_x_times_y_is_seen_in_the_pair_and_in_neither_alone():
    """E max(0, x y) = 1 / pi for two independent standard normals; alone, each is worth nil."""
    scores = normals(2, 4)
    net = against_nil(scores[:, 0] * scores[:, 1])
    x, y = (evppi(scores[:, [k]], net, blocks=BLOCKS) for k in (0, 1))
    both = evppi(scores, net, blocks=BLOCKS)

    assert x.value < 0.003
    assert y.value < 0.003
    assert both.value == pytest.approx(1 / math.pi, abs=4 * both.error)


def test_a_product_of_three_is_worth_what_a_large_simulation_says():
    scores = normals(4, 5)
    factors = np.exp(0.4 * scores[:, :3])
    net = against_nil(factors.prod(axis=1) - 1.2 + scores[:, 3])
    found = evppi(factors, net, blocks=BLOCKS)
    large = np.random.default_rng(1).normal(size=(2_000_000, 3))
    gain = np.exp(0.4 * large.sum(axis=1)) - 1.2

    expected = np.maximum(gain, 0).mean() - max(math.exp(0.24) - 1.2, 0)
    assert found.value == pytest.approx(expected, rel=0.015)


def test_a_kinked_curve_is_followed_by_the_spline():
    """E[gain | x] = |x| - 1: EVPPI = E max(0, |x| - 1) = 2 loss(1, 1), for the mean is below 0."""
    scores = normals(2, 6)
    net = against_nil(np.abs(scores[:, 0]) - 1 + scores[:, 1])
    found = evppi(scores[:, [0]], net, blocks=BLOCKS)

    assert found.value == pytest.approx(2 * loss(1.0, 1.0), abs=4 * found.error + 1e-3)


def test_three_options_are_weighed_together():
    """E max(0, X, Y) = 1 / sqrt(2 pi) + 1 / (2 sqrt(pi)) for independent standard normals."""
    scores = normals(3, 7)
    net = np.column_stack([np.zeros(len(scores)), scores[:, 0], scores[:, 1] + scores[:, 2]])
    found = evppi(scores[:, :2], net, blocks=BLOCKS)
    expected = 1 / math.sqrt(2 * math.pi) + 1 / (2 * math.sqrt(math.pi))

    assert found.value == pytest.approx(expected, abs=4 * found.error)
    assert found.value <= evpi(net, BLOCKS).value


def miss(seed: int, mean: float, spread: float) -> float:
    """Error made over error stated for one input, from plain random draws."""
    scores = np.random.default_rng(seed).normal(size=(4_096, 2))
    net = against_nil(mean + scores @ (spread, 1.0))
    found = evppi(scores[:, [0]], net, blocks=BLOCKS)
    return (found.value - loss(mean, spread)) / found.error


@pytest.mark.parametrize(("mean", "spread"), [(0.3, 0.6), (-0.2, 1.0)])
def test_the_stated_error_is_the_error_that_is_made(mean, spread):
    """60 seeds: the sampled mean is in the error, so that errors stated and made agree."""
    misses = np.array([miss(seed, mean, spread) for seed in range(60)])

    assert np.sqrt(np.mean(misses**2)) == pytest.approx(1, abs=0.3)
    assert abs(np.mean(misses)) < 0.5


def test_deciding_on_held_out_draws_lies_below_and_the_plug_in_above_on_average():
    truth = loss(0.5, 0.4)
    found = [
        evppi(scores[:, [0]], against_nil(0.5 + scores @ (0.4, 3.0)), blocks=BLOCKS)
        for scores in (np.random.default_rng(s).normal(size=(2_048, 2)) for s in range(60))
    ]

    assert np.mean([worth.lower for worth in found]) < truth
    assert np.mean([worth.upper for worth in found]) > truth


def test_a_column_that_does_not_vary_adds_nothing_to_a_set():
    scores = normals(2, 9)
    net = against_nil(scores @ (1.0, 0.5))
    alone = evppi(scores[:, [0]], net, blocks=BLOCKS)
    idle = evppi(np.column_stack([scores[:, 0], np.ones(len(scores))]), net, blocks=BLOCKS)

    assert idle.value == pytest.approx(alone.value, abs=3e-4)


def test_choosing_on_the_same_draws_is_told_when_two_options_are_close():
    scores = np.random.default_rng(2).normal(size=(1_024, 2))
    close, far = evpi(scores, BLOCKS), evpi(scores + np.array([0.0, 3.0]), BLOCKS)

    assert close.upper - close.value > 0.1 * close.error
    assert far.upper - far.value < 1e-6


def worth(value: float, error: float = 0.1) -> Worth:
    return Worth(value=value, error=error, lower=value - 1, upper=value)


def test_a_set_is_lifted_to_its_largest_part_and_cut_off_at_everything():
    found = ordered(
        {("a", "b"): worth(2.0), ("a",): worth(3.0, 0.3), ("b",): worth(9.0), ("c",): worth(1.0)},
        worth(5.0, 0.5),
    )

    assert found["b",].value == 5.0
    assert found["b",].error == 0.5
    assert found["a", "b"].value == 5.0
    assert [names for names in found if found[names].lifted] == [("b",), ("a", "b")]
    assert found["c",] == worth(1.0)


@given(st.dictionaries(st.frozensets(st.sampled_from("abcd"), min_size=1), st.floats(0, 10)))
def test_after_the_repair_the_order_always_holds(values):
    sets = {tuple(sorted(names)): worth(value) for names, value in values.items()}
    found = ordered(sets, worth(6.0))

    for names, own in found.items():
        parts = [found[part].value for part in found if set(part) <= set(names)]
        assert max(parts) == own.value <= 6.0
        assert own.upper >= own.value >= own.lower


def test_bins_are_fine_in_the_tails_and_keep_equal_values_together():
    many = bins(np.random.default_rng(1).permutation(10_000).astype(float), 100)
    few = bins(np.array([3.0, 1.0, 3.0, 2.0]), 100)
    count = np.bincount(many.place)

    assert count.sum() == 10_000
    assert count[[0, -1]].max() < 5 < count[len(count) // 2]
    assert np.all(np.diff(many.centre) > 0)
    assert few.place.tolist() == [2, 0, 2, 1]
    assert few.centre.tolist() == [1.0, 2.0, 3.0]


def test_a_straight_line_is_not_penalised_and_a_curve_is():
    x = np.linspace(-1, 4, 200)
    made = spline(x, x, 6)
    design = np.column_stack([np.ones(200), made.columns])
    straight, curved = (np.linalg.lstsq(design, y, rcond=None)[0][1:] for y in (3 * x, x**2))

    assert straight @ made.penalty @ straight == pytest.approx(0, abs=1e-9)
    assert curved @ made.penalty @ curved > 1
    assert design @ np.linalg.lstsq(design, x**3, rcond=None)[0] == pytest.approx(x**3)


@pytest.mark.parametrize(("columns", "expected"), [(1, 0), (2, 1), (4, 11), (6, 15), (9, 0)])
def test_products_are_taken_as_far_as_the_draws_can_carry(columns, expected):
    assert products(np.ones((5, columns))).shape == (5, expected)


@pytest.mark.slow
def test_fourteen_inputs_on_ten_thousand_draws_take_a_third_of_a_second():
    """Median of five runs; loaded machines are given three times that."""
    scores = normals(14, 8, points=1_024)
    net = against_nil(scores @ np.linspace(0.1, 1, 14))
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        for k in range(14):
            evppi(scores[:, [k]], net, blocks=BLOCKS)
        seconds.append(time.perf_counter() - start)

    assert sorted(seconds)[2] < 0.9
