"""The coverage of panel estimators: drawn panels are solved as the store solves them."""

import numpy as np
import pytest
from bench.coverage import STAGGERED, cohorts, draw, grid, markdown, solved

from biotoop.engine.effects.panel import callaway_santanna, fixed_effects
from biotoop.engine.effects.panel.cluster_errors import PanelError, panel_errors


@pytest.fixture(scope="module")
def drawn():
    return draw(np.random.default_rng(4), 120, 10, "skewed", 0.3)


def as_rows(panel):
    unit, period = np.nonzero(panel.there)
    return {
        "unit": unit,
        "period": period + 1,
        "area": panel.cluster[unit],
        "d": panel.d[unit, period].astype(int),
        "y": panel.y[unit, period],
    }


def test_a_drawn_panel_gives_what_the_store_gives_on_its_rows(drawn):
    stored = fixed_effects("y ~ d | unit + period", as_rows(drawn), cluster="area")

    fit = solved(drawn)

    errors = panel_errors(fit, PanelError.CR1, "area", weighted=False)
    assert fit.coefficients[3] == pytest.approx(stored.effect.value, rel=1e-9)
    assert errors.se[0] == pytest.approx(stored.effect.se, rel=1e-9)


def test_its_cohorts_are_those_of_the_store(drawn):
    sums = cohorts(drawn)
    stored = callaway_santanna("y ~ d | unit + period", as_rows(drawn), cluster="area")

    assert sums.n.sum() == stored.effect.n
    change = (sums.sums / sums.n[..., None])[:, 0]
    moved = [change[place, 2:] - change[place, 1] for place in (0, 1)]
    assert np.mean(moved[0] - moved[1]) == pytest.approx(stored.effect.value, rel=1e-9)


def test_the_small_grid_is_the_same_each_time_and_near_its_aim():
    cells, again = (list(grid(20, small=True)) for _ in range(2))

    assert cells == again
    assert {cell.estimator for cell in cells} >= {STAGGERED}
    assert all(cell.share >= 0.7 for cell in cells)
    assert "| 12 |" in markdown(cells)
