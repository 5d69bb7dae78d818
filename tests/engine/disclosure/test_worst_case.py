"""A mean with its spread tells how much one person can have brought, at the most."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.disclosure.figures import CloseFigure, MeanFigure, Rule, largest_parts
from biotoop.engine.disclosure.policy import DisclosurePolicy

POLICY = DisclosurePolicy()


@given(amounts=st.lists(st.floats(0.5, 1e4), min_size=3, max_size=30))
def test_nobody_brought_more_than_the_worst_case_that_fits_mean_and_spread(amounts):
    values = np.sort(np.array(amounts))
    one, two = largest_parts(len(values), float(values.mean()), float(values.std(ddof=1)))

    total = values.sum()
    assert values[-1] / total <= one + 1e-9
    assert values[-2:].sum() / total <= two + 1e-9


@pytest.mark.parametrize("n", [3, 10, 40])
def test_the_worst_case_is_reached(n):
    lone = np.array([1.0] * (n - 1) + [50.0])
    pair = np.array([1.0] * (n - 2) + [50.0] * 2)

    one, _ = largest_parts(n, float(lone.mean()), float(lone.std(ddof=1)))
    _, two = largest_parts(n, float(pair.mean()), float(pair.std(ddof=1)))

    assert one == pytest.approx(50 / lone.sum())
    assert two == pytest.approx(100 / pair.sum())


def test_a_sum_that_one_person_may_have_brought_alone_is_refused():
    one, two = largest_parts(12, 1000.0, 3000.0)

    rule, _ = MeanFigure(
        id="m", n=12, spread=3000.0, largest_share=one, two_largest_share=two
    ).refusal(POLICY)

    assert rule is Rule.DOMINANCE
    assert largest_parts(12, 0.0, 1.0) is None
    assert largest_parts(2, 5.0, 1.0) is None


@pytest.mark.parametrize(
    ("n", "others", "refused"), [(100, (103,), True), (100, (110,), False), (100, (100,), False)]
)
def test_figures_on_almost_the_same_people_are_not_shown_together(n, others, refused):
    found = CloseFigure(id="c", n=n, others=others).refusal(POLICY)

    assert (found is not None) == refused
