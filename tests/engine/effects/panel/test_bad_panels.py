"""A panel that cannot answer is refused by name, with what to do; nothing is silently wrong."""

import numpy as np
import pytest

from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.effects.panel import callaway_santanna, fixed_effects
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

FORMULA = "lonely ~ reached + hours | person + month"


def changed(**columns):
    return panel().assign(**columns)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (changed(reached=0), "panel.refused.absorbed"),
        (changed(reached=1), "panel.refused.absorbed"),
        (changed(reached=lambda t: (t["month"] > 3) * 1), "panel.refused.absorbed"),
        (changed(reached=lambda t: (t["area"] > 6) * 1), "panel.refused.absorbed"),
        (changed(lonely=4.0), "panel.refused.constant_outcome"),
        (changed(lonely=lambda t: t["person"] * 0.1), "panel.refused.constant_outcome"),
        (changed(lonely=np.nan), "panel.refused.nobody_left"),
        (changed(lonely=lambda t: t["reached"] + 0.5 * t["hours"]), "panel.refused.exact"),
        (changed(area=1), "panel.refused.one_cluster"),
        (changed(area=lambda t: t["area"] % 2), "panel.refused.two_clusters"),
        (panel().query("month == 2"), "panel.refused.never_twice"),
    ],
)
def test_a_panel_that_cannot_answer_is_refused_with_what_to_do(table, code):
    with pytest.raises(Refused) as refusal:
        fixed_effects(FORMULA, table, cluster="area")

    assert refusal.value.why.code == code
    assert len(refusal.value.why.text("nl")) > 60


def test_a_person_twice_in_a_month_is_refused():
    table = panel()
    table.loc[7, "month"] = table.loc[8, "month"]

    with pytest.raises(InvalidData, match=r"person \+ month"):
        fixed_effects(FORMULA, table, cluster="area")


def test_a_person_in_two_areas_is_refused():
    with pytest.raises(InvalidData, match="area"):
        fixed_effects(FORMULA, changed(area=lambda t: t["month"] % 5), cluster="area")


def test_weights_that_are_not_above_zero_are_refused():
    with pytest.raises(InvalidData, match="weight"):
        fixed_effects(FORMULA, changed(weight=0.0), cluster="area", weights="weight")


def test_weights_of_which_the_lightest_would_vanish_are_refused():
    light = changed(weight=lambda t: np.where(t["person"] == t["person"][0], 1e-17, 1.0))

    with pytest.raises(InvalidData, match="max\\(weight\\)"):
        fixed_effects(FORMULA, light, cluster="area", weights="weight")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "panel.refused.no_clusters"),
        ({"cluster": "area", "error": "hc9"}, "panel.refused.error"),
        ({"cluster": "person", "error": "cr2"}, "panel.refused.units_cr1"),
        ({"cluster": "area", "error": "cr2", "weights": "weight"}, "effects.refused.cr2_weighted"),
    ],
)
def test_no_convention_is_chosen_silently(asked, code):
    with pytest.raises(Refused) as refusal:
        fixed_effects(FORMULA, panel(), **asked)

    assert refusal.value.why.code == code


@pytest.mark.parametrize(
    "formula",
    ["lonely", "lonely ~ reached", "lonely ~ sin(x) | person + month", "a b ~ c | person + month"],
)
def test_a_formula_that_cannot_be_read_shows_how_to_write_one(formula):
    with pytest.raises(Refused, match=r"\|") as refusal:
        fixed_effects(formula, panel(), cluster="area")

    assert refusal.value.why.code == "panel.refused.formula"


def test_groups_that_start_need_one_unit_and_one_period():
    for effects in ("person", "person + month + area", "person + person"):
        with pytest.raises(Refused) as refusal:
            callaway_santanna(f"lonely ~ reached | {effects}", panel(), cluster="area")
        assert refusal.value.why.code == "panel.refused.two_effects"


def test_cr3_and_draws_refuse_when_one_area_decides():
    table = changed(reached=lambda t: ((t["area"] == 3) & (t["month"] > 3)) * 1)

    with pytest.raises(Refused) as refusal:
        fixed_effects(FORMULA, table, cluster="area", error="cr3")

    assert refusal.value.why.code == "panel.refused.cluster_decides"


def codes_of(found):
    return {item.code.rpartition(".")[2] for item in found.warnings}


def test_what_a_reader_must_know_stands_with_the_result():
    table = panel(areas=8, lost=0.3)
    table = table.assign(again=table["hours"])
    last = table["month"] == 6
    table.loc[last, "reached"] = 0

    found = fixed_effects(
        "lonely ~ reached + hours + again | person + month", table, cluster="area"
    )

    assert codes_of(found) >= {"dropped", "falls", "gaps", "few_clusters"}
    assert found.fit.dropped == ("again",)


def test_support_in_one_area_only_is_said():
    table = changed(reached=lambda t: ((t["area"] == 3) & (t["month"] > 3)) * 1)

    found = fixed_effects(FORMULA, table, cluster="area")

    assert "one_changed" in codes_of(found)


def test_people_who_are_there_once_are_not_counted_and_named():
    table = panel()
    alone = table[(table["person"] >= 10) | (table["month"] == 2)]

    found = fixed_effects(FORMULA, alone, cluster="area")

    assert found.effect.n == len(alone) - 10
    assert "alone" in codes_of(found)


@pytest.mark.slow
def test_more_than_a_hundred_thousand_patterns_of_presence_are_still_exact():
    rng = np.random.default_rng(1)
    people, months = 110_000, 30
    person, month = np.divmod(np.arange(people * months), months)
    kept = rng.random(person.size) > 0.5
    person, month = person[kept], month[kept]
    reached = ((person % 40 < 20) & (month > 14)) * 1
    y = rng.normal(size=people)[person] + 0.1 * month - 0.5 * reached + rng.normal(size=len(month))
    data = {"person": person, "month": month, "area": person % 40, "reached": reached, "y": y}

    found = fixed_effects("y ~ reached | person + month", data, cluster="area")

    assert found.products.patterns is None
    assert "> 100,000" in found.text("en")
    assert found.effect.low < -0.5 < found.effect.high
