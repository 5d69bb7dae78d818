"""Bayes factors for "larger than what matters", against published figures and integrals."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from biotoop.engine.plausibility.bayes_factor import bayes_factors

BIAS = {1: 0.40, 2: 0.25, 3: 0.15, 4: 0.10, 5: 0.03}


def factors(effect, se, level):
    found = bayes_factors(effect, se**2 + BIAS[level] ** 2, delta=0.1, tau=0.3)
    return np.exp(found.log_ratio), np.exp(found.log_harm)


@pytest.mark.parametrize(
    ("effect", "se", "level", "expected"),
    [
        (0.35, 0.12, 3, 7.7879),
        (0.35, 0.12, 5, 40.1261),
        (0.02, 0.005, 3, 0.6176),
        (0.02, 0.005, 5, 0.0069),
        (-0.30, 0.10, 4, 0.0059),
    ],
)
def test_the_published_figures_for_benefit(effect, se, level, expected):
    assert factors(effect, se, level)[0] == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("effect", "se", "level", "expected"),
    [(0.35, 0.12, 3, 0.0272), (-0.30, 0.10, 4, 11.6531)],
)
def test_the_published_figures_for_harm(effect, se, level, expected):
    assert factors(effect, se, level)[1] == pytest.approx(expected, abs=5e-5)


def test_the_factor_is_the_ratio_of_averaged_likelihoods_above_and_below_delta():
    d, s2, delta, tau = 0.22, 0.02, 0.1, 0.3

    def averaged(low, high):
        joint = quad(lambda x: norm.pdf(d, x, s2**0.5) * norm.pdf(x, 0, tau), low, high)[0]
        return joint / (norm.cdf(high, 0, tau) - norm.cdf(low, 0, tau))

    expected = averaged(delta, 3) / averaged(-3, delta)
    found = bayes_factors(d, s2, delta=delta, tau=tau)

    assert np.exp(found.log_ratio) == pytest.approx(expected, rel=1e-6)


def test_harm_mirrors_benefit():
    one = bayes_factors(0.4, 0.03, delta=0.1, tau=0.3)
    other = bayes_factors(-0.4, 0.03, delta=0.1, tau=0.3)

    assert one.log_ratio == pytest.approx(other.log_harm)


def test_a_very_precise_estimate_stays_a_finite_number():
    found = bayes_factors([50.0, -50.0], 1e-6, delta=0.1, tau=0.3)

    assert np.isfinite(found.log_ratio).all()
    assert found.log_ratio[0] > 1000 > -1000 > found.log_ratio[1]


def test_a_hopelessly_wide_estimate_says_nothing():
    found = bayes_factors(0.35, 1e9, delta=0.1, tau=0.3)

    assert found.log_ratio == pytest.approx(0, abs=1e-6)
