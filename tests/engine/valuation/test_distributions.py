"""Named distributions and effect estimates, held against scipy's own."""

import math

import numpy as np
import pytest
from scipy import stats

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note
from biotoop.engine.valuation.distributions import (
    Support,
    distribution_of,
    distribution_of_estimate,
    spread_of,
)
from biotoop.engine.valuation.ranges import Range, Shape
from engine.valuation.examples import sure

Z = np.linspace(-4, 4, 33)
U = stats.norm.cdf(Z)
E15 = math.exp(1.5)


@pytest.mark.parametrize(
    ("given", "reference"),
    [
        (Range(distribution=Shape.NORMAL, mean=3, sd=2), stats.norm(3, 2)),
        (Range(distribution=Shape.UNIFORM, least=2, most=5), stats.uniform(2, 3)),
        (
            Range(distribution=Shape.TRIANGULAR, least=1, mode=2, most=7),
            stats.triang(1 / 6, 1, 6),
        ),
        (Range(distribution=Shape.GAMMA, mean=6, sd=3), stats.gamma(4, scale=1.5)),
        (
            Range(distribution=Shape.BETA, mean=0.25, sd=math.sqrt(0.25 * 0.75 / 13)),
            stats.beta(3, 9),
        ),
        (
            Range(distribution=Shape.LOGNORMAL, mean=E15, sd=E15 * math.sqrt(math.e - 1)),
            stats.lognorm(1, scale=math.e),
        ),
    ],
    ids=lambda part: getattr(part, "distribution", None),
)  # fmt: skip
def test_a_named_distribution_is_the_one_of_the_textbook(given, reference):
    made = distribution_of(given, Support.ANY)

    assert made.quantile(Z) == pytest.approx(reference.ppf(U), rel=1e-7)
    assert made.mean == pytest.approx(reference.mean(), rel=1e-6)
    assert made.mid == pytest.approx(reference.median(), rel=1e-9)
    assert made.p95 == pytest.approx(reference.ppf(0.95), rel=1e-9)
    assert made.chance_below(reference.ppf(0.3)) == pytest.approx(0.3, abs=1e-9)


def test_a_certain_number_does_not_vary():
    made = distribution_of(sure(0.4), Support.SHARE)

    assert made.certain == made.mean == made.mid == made.p5 == 0.4
    assert made.chance_below(0.39) == 0
    assert made.chance_below(0.4) == 1


def estimate(**parts) -> Estimate:
    return Estimate(n=40, method=note("core.engine_error"), **parts)


def test_an_estimate_with_degrees_of_freedom_is_drawn_from_student_t():
    made = distribution_of_estimate(estimate(value=-2.1, se=0.5, df=9))

    assert made.quantile(Z) == pytest.approx(stats.t(9, -2.1, 0.5).ppf(U), rel=1e-8)
    assert made.mid == -2.1


def test_an_estimate_without_them_is_drawn_from_the_normal():
    made = distribution_of_estimate(estimate(value=1.0, se=0.25))

    assert made.quantile(Z) == pytest.approx(1 + 0.25 * Z)


@pytest.mark.parametrize("df", [None, 7])
def test_a_standard_error_is_read_back_from_the_interval(df):
    reach = 0.3 * (stats.norm.ppf(0.95) if df is None else stats.t(df).ppf(0.95))
    given = estimate(value=1.0, low=1 - reach, high=1 + reach, level=0.9, df=df)

    assert spread_of(given) == pytest.approx(0.3, rel=1e-9)


def test_an_estimate_without_error_or_interval_has_no_spread():
    assert math.isnan(spread_of(estimate(value=1.0)))
