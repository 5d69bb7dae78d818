"""Three quantiles in, a distribution out that goes exactly through them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from biotoop.engine.valuation.distributions import Support, distribution_of
from biotoop.engine.valuation.quantile_fit import OUTER, skewness
from engine.valuation.examples import three

Z = np.array([-OUTER, 0.0, OUTER])
WIDE = np.linspace(-6, 6, 401)


@st.composite
def quantiles(draw, middle, arm, back):
    """Draw a middle and two arms of 1 to 30 at most, on the scale on which they are fitted."""
    mid, short = draw(middle), draw(arm)
    long = short * draw(st.floats(1, 30))
    below, above = draw(st.permutations((short, long)))
    return back(mid - below), back(mid), back(mid + above)


SHARES = quantiles(st.floats(-1, 1), st.floats(0.01, 0.1), lambda x: float(stats.norm.cdf(x)))
AMOUNTS = quantiles(st.floats(0, 12), st.floats(0.001, 0.2), math.exp)
NUMBERS = quantiles(st.floats(-1e4, 1e4), st.floats(0.01, 1e3), float)


@given(SHARES)
def test_a_share_meets_its_quantiles_and_stays_a_share(asked):
    made = distribution_of(three(*asked), Support.SHARE).quantile

    assert made(Z) == pytest.approx(asked, rel=1e-9)
    assert np.all((made(WIDE) >= 0) & (made(WIDE) <= 1))
    assert np.all(np.diff(made(WIDE)) >= 0)


@given(AMOUNTS)
def test_an_amount_meets_its_quantiles_and_stays_above_nil(asked):
    made = distribution_of(three(*asked), Support.AMOUNT).quantile

    assert made(Z) == pytest.approx(asked, rel=1e-9)
    assert np.all(made(WIDE) > 0)
    assert np.all(np.diff(made(WIDE)) >= 0)


@given(NUMBERS)
def test_a_number_that_may_be_negative_meets_its_quantiles(asked):
    made = distribution_of(three(*asked), Support.ANY).quantile

    assert made(Z) == pytest.approx(asked, rel=1e-9, abs=1e-6)
    assert np.all(np.diff(made(WIDE)) >= 0)


def test_symmetric_quantiles_give_the_normal_distribution():
    made = distribution_of(three(-2.0, 1.0, 4.0), Support.ANY)

    assert made.quantile(WIDE) == pytest.approx(1 + 3 / OUTER * WIDE, abs=1e-12)


def test_quantiles_at_equal_ratios_give_the_lognormal_distribution():
    made = distribution_of(three(10.0, 20.0, 40.0), Support.AMOUNT)
    sigma = math.log(2) / OUTER

    assert made.quantile(WIDE) == pytest.approx(20 * np.exp(sigma * WIDE), rel=1e-12)
    assert made.mean == pytest.approx(20 * math.exp(sigma**2 / 2), rel=1e-9)


def test_symmetric_shares_give_the_probit_normal_distribution():
    made = distribution_of(three(0.2, 0.5, 0.8), Support.SHARE)
    spread = stats.norm.ppf(0.8) / OUTER

    assert made.quantile(WIDE) == pytest.approx(stats.norm.cdf(spread * WIDE), rel=1e-9)
    assert made.mean == pytest.approx(0.5, abs=1e-9)


def test_a_quantile_on_the_border_leaves_five_per_cent_there():
    share = distribution_of(three(0.0, 0.1, 0.5), Support.SHARE)
    amount = distribution_of(three(0.0, 3.0, 9.0), Support.AMOUNT)

    assert share.quantile(Z) == pytest.approx([0.0, 0.1, 0.5], abs=1e-12)
    assert share.quantile(np.array([-3.0, 8.0])).tolist() == [0.0, 1.0]
    assert amount.quantile(np.array([-3.0, 0.0])) == pytest.approx([0.0, 3.0])
    assert amount.chance_below(0.0) == pytest.approx(0.05, abs=1e-9)


def test_skewness_counts_the_arms():
    assert skewness(0, 1, 2) == 1
    assert skewness(0, 1, 10) == skewness(0, 9, 10) == 5


def test_the_mean_of_a_skew_share_is_that_of_a_large_sample():
    made = distribution_of(three(0.05, 0.2, 0.7), Support.SHARE)
    sample = made.quantile(stats.norm.ppf((np.arange(1_000_000) + 0.5) / 1_000_000))

    assert made.mean == pytest.approx(sample.mean(), rel=1e-6)
    assert made.p5, made.p95 == (0.05, 0.7)
