"""The distributions behind intervals, against their tables and against scipy.stats."""

import numpy as np
import pytest
from scipy import stats

from biotoop.engine.core.distributions import (
    chi_square_tail,
    f_quantiles,
    normal_quantile,
    t_quantile,
)


def test_quantiles_are_those_of_the_printed_tables():
    assert normal_quantile(0.975) == pytest.approx(1.959964, abs=5e-7)
    assert t_quantile(0.975, 10) == pytest.approx(2.228, abs=5e-4)
    assert chi_square_tail(3.841459, 1) == pytest.approx(0.05, abs=5e-8)
    assert f_quantiles(np.array([0.95]), 3, 20)[0] == pytest.approx(3.10, abs=5e-3)


@pytest.mark.parametrize("df", [1, 2.5, 7, 40, 1e3, 1e6])
def test_student_quantiles_agree_with_scipy_stats(df):
    for probability in (0.5, 0.9, 0.975, 0.9995):
        expected = stats.t.ppf(probability, df)
        assert t_quantile(probability, df) == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_a_statistic_a_hair_below_zero_is_certain_to_be_exceeded():
    assert chi_square_tail(-1e-18, 3) == chi_square_tail(0.0, 3) == 1.0
    assert np.isnan(chi_square_tail(1.0, 0))


def test_tails_and_f_quantiles_agree_with_scipy_stats():
    assert chi_square_tail(11.3, 4) == pytest.approx(stats.chi2.sf(11.3, 4), rel=1e-12)
    tails = np.array([0.025, 0.975])
    assert f_quantiles(tails, 99, 396) == pytest.approx(stats.f.ppf(tails, 99, 396), rel=1e-12)
