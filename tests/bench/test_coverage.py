"""The coverage table: drawn panels and people are estimated as the store estimates their rows."""

import attrs
import numpy as np
import pandas as pd
import pytest
from bench.coverage import CHANCE, CHOSEN, LEAVING, Cell, markdown, read, rounds, written
from bench.tools import drawn_panels, drawn_people

from biotoop.engine.effects.comparing import compare
from biotoop.engine.effects.panel import callaway_santanna, dose_response, fixed_effects
from biotoop.engine.effects.regression import regression_adjusted


@pytest.fixture(scope="module")
def drawn():
    return drawn_panels.draw(np.random.default_rng(4), 120, 10, "skewed", 0.3, CHANCE)


def as_rows(panel, outcome="y"):
    unit, period = np.nonzero(panel.there)
    return {
        "unit": unit,
        "period": period + 1,
        "area": panel.cluster[unit],
        "d": panel.d[unit, period].astype(int),
        "x": panel.x[unit],
        "hours": panel.hours[unit] * panel.d[unit, period],
        "y": getattr(panel, outcome)[unit, period],
    }


def test_a_drawn_panel_gives_what_the_store_gives_on_its_rows(drawn):
    stored = fixed_effects("y ~ d | unit + period", as_rows(drawn), cluster="area")

    fit = drawn_panels.two_way(drawn, "y")

    errors = drawn_panels.errors_of(fit, drawn_panels.PanelError.CR1)
    assert fit.coefficients[3] == pytest.approx(stored.effect.value, rel=1e-9)
    assert errors.se[0] == pytest.approx(stored.effect.se, rel=1e-9)


def test_its_cohorts_are_those_of_the_store(drawn):
    sums = drawn_panels.cohorts(drawn)
    stored = callaway_santanna("y ~ d | unit + period", as_rows(drawn), cluster="area")

    assert sums.n.sum() == stored.effect.n
    change = (sums.sums / sums.n[..., None])[:, 0]
    moved = [change[place, 2:] - change[place, 1] for place in (0, 1)]
    assert np.mean(moved[0] - moved[1]) == pytest.approx(stored.effect.value, rel=1e-9)


def test_its_doses_and_doubly_robust_effects_are_those_of_the_store(drawn, monkeypatch):
    told = []
    monkeypatch.setattr(
        drawn_panels, "within", lambda value, se, *_: told.append((value, se)) or True
    )
    for name in ("Callaway-Sant'Anna, doubly robust, by cluster", "dose-response, average, CR1"):
        drawn_panels.WAYS[name].holds(drawn, 0)

    starts = callaway_santanna(
        "y ~ d + x | unit + period",
        as_rows(drawn, "with_trend"),
        cluster="area",
        adjust="doubly_robust",
    ).effect
    doses = dose_response(
        "y ~ hours | unit + period", as_rows(drawn, "with_dose"), cluster="area"
    ).average
    expected = [(item.value, item.se) for item in (starts, doses)]
    assert np.array(told) == pytest.approx(np.array(expected), rel=1e-7)


def test_drawn_people_give_what_the_store_gives_on_their_rows():
    rng = np.random.default_rng(5)
    X, cluster = rng.integers(0, 3, (90, 2)).astype(float), rng.integers(8, size=90)
    treated, y = rng.random(90) < 0.5, rng.normal(size=90)
    rows = pd.DataFrame({"x": X[:, 0], "z": X[:, 1], "reached": treated.astype(int)})

    found = drawn_people.folded(y, treated, X, cluster)
    stored = compare(
        "y ~ reached + x + z", rows.assign(y=y, area=cluster), error="cr2", cluster="area"
    )

    own = regression_adjusted(found, interval=drawn_people.CR2)
    assert own.value == pytest.approx(stored.effect.value, rel=1e-9)
    assert own.error.se == pytest.approx(stored.effect.se, rel=1e-9)


def test_leaving_by_side_and_outcome_follows_both_and_is_as_frequent():
    reached, noise = np.repeat([True, False], 4000), np.random.default_rng(1).normal(size=8000)

    chance = drawn_panels.chance_to_leave(0.3, CHOSEN, reached, noise)

    assert chance.mean() == pytest.approx(0.3, abs=0.01)
    assert np.corrcoef(chance[reached], noise[reached])[0, 1] > 0.9
    assert np.corrcoef(chance[~reached], noise[~reached])[0, 1] < -0.9


def test_the_small_grid_goes_on_where_it_stopped_and_is_near_its_aim(tmp_path):
    whole, begun, file = {}, {}, tmp_path / "cells.json"
    for _ in rounds(whole, 16, small=True):
        pass
    for _ in rounds(begun, 8, small=True):
        pass
    file.write_text(written(begun.values()), "utf-8")
    again = read(file)
    for _ in rounds(again, 16, small=True):
        pass

    assert again == whole
    names = {*drawn_panels.WAYS, *drawn_people.WAYS}
    assert len(whole) == 2 * len(LEAVING) * len(names)
    assert {cell.tried for cell in whole.values()} == {16, 4}
    meant = [cell for cell in whole.values() if cell.meant]
    assert sum(cell.held for cell in meant) > 0.85 * sum(cell.intervals for cell in meant)
    assert not any(cell.meant for cell in whole.values() if cell.leaving == CHOSEN)
    assert "| 12 clusters |" in markdown(whole.values())


def test_shares_where_an_estimator_is_not_meant_to_hold_stand_in_brackets():
    cell = Cell(
        estimator="a", n=40, clusters=6, outcome="normal", lost=0.0, leaving=CHANCE, meant=True,
        held=90, intervals=100, refused=0,
    )  # fmt: skip

    table = markdown([cell, attrs.evolve(cell, leaving=CHOSEN, meant=False, held=70)])

    assert "| a | 90.0-90.0 | (70.0-70.0) | 0.0 % |" in table
