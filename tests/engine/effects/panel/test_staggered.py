"""Callaway & Sant'Anna from sums by cohort equals diff-diff and csdid on the rows."""

import json
from pathlib import Path

import numpy as np
import pytest

from biotoop.engine.datasets.errors import InvalidData
from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.panel import callaway_santanna
from biotoop.engine.effects.refusals import Refused
from reference.staggered_oracle import panel

STORED = json.loads((Path(__file__).parents[3] / "reference" / "staggered.json").read_text("utf-8"))
FORMULA = "y ~ start | unit + period"
CASES = {
    "never": (FORMULA, {"cluster": "unit"}),
    "not_yet": (FORMULA, {"cluster": "unit", "control": "not_yet"}),
    "never_by_area": (FORMULA, {"cluster": "area"}),
    "never_by_kind": ("y ~ start + kind | unit + period", {"cluster": "unit"}),
}


@pytest.fixture(scope="module")
def table():
    return panel()


@pytest.mark.parametrize("case", CASES)
def test_effects_and_errors_equal_diff_diff(table, case):
    formula, asked = CASES[case]
    stored = STORED[case]

    found = callaway_santanna(formula, table, **asked)

    assert (found.effect.value, found.effect.se) == pytest.approx(stored["overall"], rel=1e-10)
    for since, expected in stored["events"].items():
        event = found.events[int(since)]
        assert (event.value, event.se) == pytest.approx(expected, rel=1e-9)
    for cell, effect in zip(found.cells, found.cell_effects, strict=True):
        assert (effect.value, effect.se) == pytest.approx(stored["cells"][",".join(cell)], rel=1e-9)
    assert len(found.cells) == len(stored["cells"])


@pytest.mark.parametrize("case", ["never", "not_yet"])
def test_the_overall_effect_equals_csdid(table, case):
    formula, asked = CASES[case]

    found = callaway_santanna(formula, table, **asked)

    assert (found.effect.value, found.effect.se) == pytest.approx(
        STORED[f"csdid_{case}"]["overall"], rel=1e-10
    )


def test_the_error_by_area_differs_from_csdid_by_the_factor_that_it_names(table):
    found = callaway_santanna(FORMULA, table, cluster="area")

    theirs = STORED["csdid_never_by_area"]["overall"][1]
    assert found.effect.se == pytest.approx(theirs * np.sqrt(24 / 23), rel=1e-10)
    assert "G/(G-1)" in found.effect.interval.text("en")


def test_zero_and_one_or_the_moment_of_the_start_say_the_same(table):
    reached = ((table["start"] > 0) & (table["period"] >= table["start"])) * 1
    by_status = callaway_santanna(
        "y ~ reached | unit + period", {**table, "reached": reached}, cluster="area"
    )
    by_start = callaway_santanna(FORMULA, table, cluster="area")

    assert by_status.event_study().equals(by_start.event_study())


def test_the_same_bits_for_any_threads_and_any_order_of_rows(table):
    order = np.random.default_rng(1).permutation(table["unit"].size)
    shuffled = {name: values[order] for name, values in table.items()}

    made = [
        callaway_santanna(FORMULA, data, cluster="area", engine=DuckEngine(threads=threads))
        for data, threads in ((table, 1), (shuffled, 3))
    ]

    assert made[0].tidy().equals(made[1].tidy())
    assert made[0].event_covariance.tobytes() == made[1].event_covariance.tobytes()


def test_a_universal_base_adds_up_the_moves_before_the_start(table):
    moves = callaway_santanna(FORMULA, table, cluster="unit")
    since = callaway_santanna(FORMULA, table, cluster="unit", universal=True)

    move = dict(zip(moves.cells, moves.cell_effects, strict=True))
    level = dict(zip(since.cells, since.cell_effects, strict=True))
    total = sum(move["7", str(period)].value for period in range(3, 7))
    assert level["7", "2"].value == pytest.approx(-total)
    assert level["7", "8"].value == pytest.approx(move["7", "8"].value)


def test_the_test_of_what_came_before_is_a_wald_test_by_hand(table):
    found = callaway_santanna(FORMULA, table, cluster="area")

    before = [place for place, since in enumerate(found.events) if since < 0]
    values = np.array([item.value for item in found.events.values()])[before]
    V = found.event_covariance[np.ix_(before, before)]
    assert found.pre_trend.statistic == pytest.approx(values @ np.linalg.solve(V, values))
    assert found.pre_trend.df == len(before)


def test_trends_that_were_not_parallel_widen_the_interval_up_to_the_breakdown(table):
    found = callaway_santanna(FORMULA, table, cluster="unit")
    none, one = found.honest(0.0), found.honest(1.0)
    edge = found.honest(found.breakdown())

    assert one.low < none.low < found.events[0].value < none.high < one.high
    assert max(edge.low, -edge.high) == pytest.approx(0.0, abs=1e-12)
    assert found.honest(1.0, since=2).high - found.honest(1.0, since=2).low > one.high - one.low


def test_units_that_miss_a_period_or_started_before_are_left_out_and_named(table):
    kept = ~((table["unit"] < 7) & (table["period"] == 4))
    early = np.where(table["unit"] % 50 == 9, 1, table["start"])
    data = {name: values[kept] for name, values in {**table, "start": early}.items()}

    found = callaway_santanna(FORMULA, data, cluster="unit")

    whole = (data["unit"] >= 7) & (early[kept] != 1)
    rest = {name: values[whole] for name, values in data.items()}
    expected = callaway_santanna(FORMULA, rest, cluster="unit").effect
    assert found.effect.value == pytest.approx(expected.value, rel=1e-12)
    assert found.effect.se == pytest.approx(expected.se, rel=1e-12)
    assert {item.code for item in found.warnings} == {
        "panel.warning.incomplete",
        "panel.warning.always",
    }


@pytest.mark.parametrize(
    ("change", "asked", "code"),
    [
        ({}, {"cluster": None}, "panel.refused.no_clusters"),
        ({}, {"control": "later"}, "panel.refused.control"),
        ({"start": 0}, {}, "panel.refused.nobody_starts"),
        ({"start": 5}, {}, "panel.refused.no_never"),
        ({"start": 5}, {"control": "not_yet"}, "panel.refused.no_not_yet"),
        ({"start": 1}, {}, "panel.refused.nobody_whole"),
        ({"y": 2.0}, {}, "panel.refused.constant_outcome"),
        ({"y": np.nan}, {}, "panel.refused.nobody_left"),
        ({"area": 1}, {"cluster": "area"}, "panel.refused.one_cluster"),
    ],
)
def test_a_panel_that_cannot_answer_is_refused_with_what_to_do(table, change, asked, code):
    size = table["unit"].size
    data = table | {name: np.full(size, value) for name, value in change.items()}

    with pytest.raises(Refused) as refusal:
        callaway_santanna(FORMULA, data, **({"cluster": "unit"} | asked))

    assert refusal.value.why.code == code


def test_support_that_stops_again_is_refused(table):
    reached = (table["period"] == 4) & (table["unit"] % 3 == 0)

    with pytest.raises(Refused, match="fixed_effects") as refusal:
        callaway_santanna(
            "y ~ reached | unit + period", {**table, "reached": reached * 1}, cluster="unit"
        )

    assert refusal.value.why.code == "panel.refused.stops"


def test_people_without_anyone_alike_are_refused_by_the_name_of_their_cell(table):
    kind = np.where((table["kind"] == 2) & (table["start"] == 0), 1, table["kind"])

    with pytest.raises(Refused, match="kind=2") as refusal:
        callaway_santanna(
            "y ~ start + kind | unit + period", {**table, "kind": kind}, cluster="unit"
        )

    assert refusal.value.why.code == "panel.refused.no_overlap"


def test_a_start_that_changes_over_time_is_refused(table):
    start = np.where(table["period"] == 8, 5, table["start"])

    with pytest.raises(InvalidData, match="start"):
        callaway_santanna(FORMULA, {**table, "start": start}, cluster="unit")


def test_the_result_reads_well_in_both_languages(table):
    found = callaway_santanna(FORMULA, table, cluster="area", clock=iter([1.0, 3.5]).__next__)

    assert "since +0" in str(found)
    assert "sinds +0" in found.text("nl")
    assert "2.5 seconds" in str(found)
    assert "<table>" in found._repr_html_()
