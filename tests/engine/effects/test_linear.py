"""Least squares on cells is least squares on rows, and says what it cannot tell apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.plan import IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import regression_adjusted
from engine.effects.folding import fold

SMALL = st.floats(-100, 100, allow_nan=False).map(lambda value: round(value, 3))


@settings(max_examples=40)
@given(
    y=arrays.arrays(float, 24, elements=SMALL),
    x=arrays.arrays(np.int64, 24, elements=st.integers(0, 3)),
)
def test_folding_rows_into_cells_changes_nothing(y, x):
    treated = np.arange(24) % 2
    whole = np.column_stack([np.ones(24), treated, x])
    beta = np.linalg.lstsq(whole, y, rcond=None)[0]

    sample = fold(y, treated, {"x": x.astype(float)})
    X = np.column_stack([np.ones(len(sample.n)), sample.treated, sample.X])
    fit = least_squares(X, n=sample.n, mean=sample.mean, within=sample.within)

    full = np.zeros(3)
    full[fit.kept] = fit.coefficients
    assert X @ full == pytest.approx(X @ beta, abs=1e-8)
    assert fit.residual_squares.sum() == pytest.approx(np.sum((y - whole @ beta) ** 2), abs=1e-6)


def test_a_covariate_that_repeats_others_is_dropped_and_named():
    rng = np.random.default_rng(1)
    age = rng.integers(20, 60, 50).astype(float)
    treated = rng.integers(0, 2, 50)
    y = treated + rng.normal(size=50)

    with_copy = regression_adjusted(
        fold(y, treated, {"age": age, "months": 12 * age}), interval=IntervalMethod.HC1
    )
    without = regression_adjusted(fold(y, treated, {"age": age}), interval=IntervalMethod.HC1)

    assert with_copy.value == pytest.approx(without.value)
    assert with_copy.error.se == pytest.approx(without.error.se)
    assert with_copy.warnings[0].params["terms"] == ("months",)


def test_a_covariate_that_tells_who_was_reached_is_refused():
    treated = np.array([0, 1, 0, 1, 1, 0])
    sample = fold(np.arange(6.0), treated, {"office": treated * 1.0})
    X = np.column_stack([np.ones(len(sample.n)), sample.X, sample.treated])
    fit = least_squares(X, n=sample.n, mean=sample.mean, within=sample.within)

    with pytest.raises(Refused) as refusal:
        fit.contrast(np.array([0.0, 0.0, 1.0]))

    assert refusal.value.why.code == "effects.refused.not_identified"
    assert "covariate" in str(refusal.value)


def test_more_unknowns_than_people_is_refused():
    with pytest.raises(Refused) as refusal:
        least_squares(np.eye(3), n=np.ones(3), mean=np.arange(3.0), within=np.zeros(3))

    assert refusal.value.why.code == "effects.refused.too_few_rows"
