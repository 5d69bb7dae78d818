"""How strong something unmeasured must be: at that strength nothing is left of the effect."""

import numpy as np
import pytest

from biotoop.engine.effects.panel import fixed_effects
from biotoop.engine.effects.panel.hidden import _left
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

FORMULA = "lonely ~ reached + hours | person + month"


@pytest.fixture(scope="module")
def found():
    return fixed_effects(FORMULA, panel(people=400), cluster="area")


def freedom(fit):
    return fit.n - fit.units - len(fit.names)


def test_partial_r2_is_the_variation_that_goes_without_the_effect(found):
    without = fixed_effects("lonely ~ hours | person + month", panel(people=400), cluster="area")

    gained = 1 - found.fit.left_over / without.fit.left_over

    assert found.sensitivity().partial_r2 == pytest.approx(gained, rel=1e-9)


def test_at_the_robustness_value_nothing_is_left(found):
    strength = found.sensitivity().robustness

    left = _left(found.fit, found.fit.place("reached"), freedom(found.fit), 1.0, (strength,) * 2)

    assert left.value == pytest.approx(0.0, abs=1e-12)


def test_the_interval_needs_less_than_the_effect(found):
    hidden = found.sensitivity()

    assert 0.0 < hidden.robustness_interval < hidden.robustness < 1.0
    assert hidden.e_value > 1.0
    assert f"{100 * hidden.robustness:.0f}"[0] in str(hidden)


def test_a_benchmark_of_greater_strength_leaves_less(found):
    bounds = found.sensitivity(benchmark="hours").bounds

    sizes = [abs(found.effect.value), *(abs(bound.value) for bound in bounds)]
    assert [bound.strength for bound in bounds] == [1.0, 2.0, 3.0]
    assert np.all(np.diff(sizes) < 0)


def test_a_benchmark_that_is_no_covariate_is_refused(found):
    with pytest.raises(Refused, match="hours"):
        found.sensitivity(benchmark="age")
