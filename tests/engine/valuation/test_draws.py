"""The draws: the right distributions, tied together as asked, and an error that is honest."""

import numpy as np
import pytest
from scipy import stats

from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.bands import band, chance_positive, mean_and_error
from biotoop.engine.valuation.distributions import Support, distribution_of
from biotoop.engine.valuation.draws import SCRAMBLES, draw
from biotoop.engine.valuation.inputs import Input
from biotoop.engine.valuation.ranges import Range, Shape
from engine.valuation.examples import normal, three


def one(name: str, given: Range, hope: int = 0, support: Support = Support.ANY) -> Input:
    return Input(
        id=name, label=Text.of(name), kind="quantity", posts=("p",), links=(), hope=hope,
        distribution=distribution_of(given, support), source=None,
    )  # fmt: skip


NORMALS = tuple(one(f"x{k}", normal(0, 1), hope) for k, hope in enumerate((1, -1, 0, 1)))


def test_draws_are_rounded_up_to_scrambles_of_a_power_of_two():
    found = draw(NORMALS, seed=1, draws=10_000, correlation=0.5)

    assert found.count == 16_384
    assert found.scrambles == SCRAMBLES == 16
    assert draw(NORMALS, seed=1, draws=1, correlation=0.5).count == 1_024


def test_inputs_that_share_the_factor_are_correlated_as_asked():
    found = draw(NORMALS, seed=3, draws=16_384, correlation=0.36)
    expected = np.eye(4)
    for i, j, r in ((0, 1, -0.36), (0, 3, 0.36), (1, 3, -0.36)):
        expected[i, j] = expected[j, i] = r

    assert np.corrcoef(found.scores.T) == pytest.approx(expected, abs=0.005)
    assert found.scores.std(axis=0) == pytest.approx(np.ones(4), abs=0.005)


def test_the_shared_factor_leaves_every_single_distribution_as_it_was():
    inputs = (one("q", three(8, 22, 36), 1, Support.AMOUNT), one("d", three(0.2, 0.3, 0.6), -1,
                                                                 Support.SHARE))  # fmt: skip
    found = draw(inputs, seed=5, draws=16_384, correlation=0.8).values

    assert np.quantile(found[:, 0], (0.05, 0.5, 0.95)) == pytest.approx((8, 22, 36), rel=0.01)
    assert np.quantile(found[:, 1], (0.05, 0.5, 0.95)) == pytest.approx((0.2, 0.3, 0.6), rel=0.01)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    first, again, other = (draw(NORMALS, seed=s, draws=2_048, correlation=0.5) for s in (7, 7, 8))

    assert first.values.tobytes() == again.values.tobytes()
    assert not np.array_equal(first.values, other.values)


def product_of(seed: int) -> tuple[float, float]:
    """Mean and stated error of a product of two lognormals; the true mean is 6."""
    inputs = tuple(
        one(name, Range(distribution=Shape.LOGNORMAL, mean=mean, sd=mean), 0, Support.AMOUNT)
        for name, mean in (("q", 2.0), ("p", 3.0))
    )
    found = draw(inputs, seed=seed, draws=4_096, correlation=0.0)
    return mean_and_error(found.values.prod(axis=1), found.scrambles)


def test_the_stated_error_of_the_mean_is_the_error_that_is_made():
    """40 seeds: the errors made, over the errors stated, have root mean square 1 within 0.3."""
    misses = np.array([(mean - 6) / error for mean, error in map(product_of, range(40))])

    assert np.sqrt(np.mean(misses**2)) == pytest.approx(1, abs=0.3)


def test_the_error_is_far_below_that_of_plain_random_draws():
    mean, error = product_of(1)
    plain = np.sqrt(36 * (2 * 2 - 1)) / np.sqrt(4_096)

    assert mean == pytest.approx(6, abs=4 * error)
    assert error < plain / 2


def test_a_band_and_a_chance_match_the_normal_distribution():
    found = draw((one("x", normal(1, 2)),), seed=2, draws=16_384, correlation=0.0)
    values = found.values[:, 0]
    made, positive = band(values, 1.0, found.scrambles), chance_positive(values, found.scrambles)

    assert made.mean == pytest.approx(1, abs=0.001)
    assert (made.p5, made.p50, made.p95) == pytest.approx(stats.norm(1, 2).ppf([0.05, 0.5, 0.95]),
                                                          abs=0.01)  # fmt: skip
    assert positive.value == pytest.approx(stats.norm.cdf(0.5), abs=4 * positive.error + 1e-4)
