"""The table of bad input: each kind, in each estimator, is a named result or a named refusal."""

import numpy as np
import pandas as pd
import pytest

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import render
from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.effects.entropy_balancing import entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.panel import callaway_santanna, fixed_effects
from biotoop.engine.effects.plan import Estimand, IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import regression_adjusted
from engine.effects.folding import fold
from engine.effects.panel.panels import panel

FORMULA = "lonely ~ reached | person + month"
BOTH = pytest.mark.parametrize("design", [fixed_effects, callaway_santanna])


def changed(**columns):
    return panel(areas=12).assign(**columns)


def refused(call, *values, **asked):
    """Give the code of a refusal that says in both languages what is wrong and what to do."""
    with pytest.raises(EngineError) as found:
        call(*values, **asked)
    texts = [render(found.value.code, language, found.value.params) for language in ("nl", "en")]
    assert texts[0] != texts[1]
    assert all(len(text) > 70 for text in texts)
    why = found.value.why if isinstance(found.value, Refused) else found.value.params["reason"]
    return why.code.rpartition(".")[2]


def said(found):
    return {item.code.rpartition(".")[2] for item in found.warnings}


def side_by_side(both):
    """Make people who were reached or not; ``both``: with all kinds on both sides."""
    rng = np.random.default_rng(2)
    treated = np.repeat([1.0, 0.0], 60)
    kind = rng.integers(2, size=120).astype(float)
    kind = kind if both else np.where(treated > 0, 1.0, kind * 0)
    return fold(rng.normal(size=120), treated, {"kind": kind})


def weigh(sample):
    return inverse_probability(sample, estimand=Estimand.ATT)


def even_out(sample):
    return entropy_balancing(sample, estimand=Estimand.ATT)


def match(sample):
    return coarsened_exact_matching(
        sample, covariates=("kind",), coarsening=(), estimand=Estimand.ATT
    )


def regress(sample):
    return regression_adjusted(sample, interval=IntervalMethod.HC2)


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (weigh, "separation"),
        (even_out, "cannot_balance"),
        (match, "no_match"),
        (regress, "not_identified"),
    ],
)
def test_separation_and_no_overlap_of_people(method, code):
    assert refused(method, side_by_side(both=False)) == code
    assert np.isfinite(method(side_by_side(both=True)).value)


def test_no_overlap_of_those_who_start():
    table = changed(kind=lambda t: np.where(t["start"] == 2, "young", "old"))

    code = refused(
        callaway_santanna, "lonely ~ reached + kind | person + month", table, cluster="area"
    )

    assert code == "no_overlap"


@BOTH
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"area": 1}, "one_cluster"),
        ({"area": lambda t: t["area"] % 2}, "two_clusters"),
        ({"lonely": 4.0}, "constant_outcome"),
        ({"lonely": lambda t: t["person"] * 0.5}, "constant_outcome"),
        ({"lonely": np.nan}, "nobody_left"),
        ({"reached": np.nan}, "nobody_left"),
        ({"lonely": np.inf}, "too_far"),
    ],
)
def test_a_panel_that_cannot_answer(design, change, code):
    assert refused(design, FORMULA, changed(**change), cluster="area") == code


@BOTH
def test_all_missing_names_the_empty_column(design):
    with pytest.raises(Refused, match=r"lonely \(960\)"):
        design(FORMULA, changed(lonely=np.nan), cluster="area")


@BOTH
def test_duplicated_keys(design):
    table = changed()

    twice = pd.concat([table, table.iloc[[17]].assign(lonely=9.0)])

    assert refused(design, FORMULA, twice, cluster="area") == "twice"


@BOTH
def test_a_person_who_moves_to_another_area(design):
    table = changed(area=lambda t: np.where(t["month"] > 3, t["area"], t["area"] % 5))

    assert refused(design, FORMULA, table, cluster="area") == "moves"


def test_people_who_miss_a_month_are_counted_or_left_out_and_named():
    table = panel(areas=12, lost=0.1)

    kept, whole = (d(FORMULA, table, cluster="area") for d in (fixed_effects, callaway_santanna))

    assert "gaps" in said(kept)
    assert kept.effect.n == len(table)
    assert "incomplete" in said(whole)
    assert whole.effect.missing == (table.groupby("person").size() < 6).sum()


def test_months_that_nobody_has_are_named_as_since_counts_periods():
    table = changed(month=lambda t: t["month"] + 3 * (t["month"] > 4))

    found = callaway_santanna(FORMULA, table, cluster="person")

    assert "uneven" in said(found)
    assert "uneven" not in said(callaway_santanna(FORMULA, changed(), cluster="person"))
    assert "1, 2, 3, 4, 8, 9" in found.text("nl")


def test_support_that_switches_off():
    table = changed(reached=lambda t: t["reached"] * (t["month"] < 6))

    assert "falls" in said(fixed_effects(FORMULA, table, cluster="area"))
    assert refused(callaway_santanna, FORMULA, table, cluster="area") == "stops"


def test_a_start_that_changes_and_a_dose_are_not_taken_for_a_start():
    dose = changed(reached=lambda t: t["reached"] * t["hours"].round(1))

    assert refused(callaway_santanna, FORMULA, dose, cluster="area") == "start_changes"


def test_weights_that_are_missing_or_not_above_zero():
    for weight in (np.nan, 0.0, -1.0):
        table = changed(weight=weight)
        asked = {"cluster": "area", "weights": "weight"}
        assert refused(fixed_effects, FORMULA, table, **asked) == "not_above_zero"


def test_days_as_data_frames_keep_them_are_periods():
    days = pd.to_datetime("2026-01-01") + pd.to_timedelta(panel()["month"], unit="D")

    dated, plain = (
        callaway_santanna(FORMULA, table, cluster="person").effect.value
        for table in (panel().assign(month=days), panel())
    )

    assert dated == pytest.approx(plain, rel=1e-12)


def test_a_moment_of_the_day_is_no_period():
    hours = pd.to_datetime("2026-01-01 08:30") + pd.to_timedelta(panel()["month"], unit="h")

    with pytest.raises(InvalidData, match="month"):
        fixed_effects(FORMULA, panel().assign(month=hours), cluster="area")


@BOTH
def test_months_written_as_texts_keep_their_order(design):
    """As texts "10" comes before "9"; who starts in month 10 must not seem to stop in 9."""
    texts = panel(areas=12, lost=0.1).assign(month=lambda t: t["month"] + 5)

    found, plain = (
        design(FORMULA, table, cluster="area")
        for table in (texts.assign(month=lambda t: t["month"].map(str)), texts)
    )

    assert found.effect.value == pytest.approx(plain.effect.value, rel=1e-12)
    assert found.effect.se == pytest.approx(plain.effect.se, rel=1e-12)
    assert said(found) == said(plain)
