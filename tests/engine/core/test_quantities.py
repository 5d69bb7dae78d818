"""One rule for rounding an amount, wherever it is written."""

import pytest

from biotoop.engine.core.quantities import Euro, rounded_euros


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (123_456.0, 123_500.0),
        (-98_765.0, -98_800.0),
        (1_000.0, 1_000.0),
        (999.4, 999.0),
        (-0.4, 0.0),
        (1_049.99, 1_000.0),
    ],
)
def test_an_amount_is_given_to_the_hundred_from_a_thousand_on(amount, shown):
    assert rounded_euros(amount) == Euro(shown)
