"""Doubly robust effects of staggered starts equal csdid: weighted, by cluster, not yet started."""

import json
from pathlib import Path

import numpy as np
import pytest

from biotoop.engine.effects.panel import callaway_santanna
from biotoop.engine.effects.refusals import Refused
from reference.staggered_oracle import adjusted

STORED = json.loads((Path(__file__).parents[3] / "reference" / "staggered.json").read_text("utf-8"))
FORMULA = "y ~ start + age + C(kind) | unit + period"
AREAS = 24
CASES = {
    "csdid_adjusted": {"cluster": "unit"},
    "csdid_adjusted_weighted": {"cluster": "unit", "weights": "weight"},
    "csdid_adjusted_not_yet": {"cluster": "unit", "weights": "weight", "control": "not_yet"},
    "csdid_adjusted_by_area": {"cluster": "area", "weights": "weight"},
}


@pytest.fixture(scope="module")
def table():
    return adjusted()


def estimated(table, **asked):
    return callaway_santanna(
        asked.pop("formula", FORMULA),
        table,
        adjust="doubly_robust",
        **({"cluster": "unit"} | asked),
    )


@pytest.mark.parametrize("case", CASES)
def test_effects_and_errors_equal_csdid(table, case):
    found = estimated(table, **CASES[case])

    # csdid leaves the factor G/(G-1) out
    factor = np.sqrt(AREAS / (AREAS - 1)) if case.endswith("by_area") else 1.0
    value, se = STORED[case]["overall"]
    assert found.effect.value == pytest.approx(value, rel=1e-9)
    assert found.effect.se == pytest.approx(se * factor, rel=1e-9)
    for since, (effect, error) in STORED[case]["events"].items():
        assert found.events[int(since)].value == pytest.approx(effect, rel=1e-8)
        assert found.events[int(since)].se == pytest.approx(error * factor, rel=1e-8)


def test_with_indicators_only_it_equals_holding_people_equal_in_cells(table):
    models = estimated(table, formula="y ~ start + C(kind) | unit + period", cluster="area")

    cells = callaway_santanna("y ~ start + kind | unit + period", table, cluster="area")
    for one, other in zip(models.cell_effects, cells.cell_effects, strict=True):
        assert (one.value, one.se) == pytest.approx((other.value, other.se), rel=1e-9)
    assert models.effect.se == pytest.approx(cells.effect.se, rel=1e-9)
    assert models.cohort_effect.se == pytest.approx(cells.cohort_effect.se, rel=1e-9)


def test_a_weight_of_two_counts_as_two_and_one_for_all_as_none(table):
    chosen = table["unit"] % 3 == 0
    weighted = table | {"heavy": np.where(chosen, 2.0, 1.0)}
    twice = {name: np.concatenate([v, v[chosen]]) for name, v in table.items()}
    twice["unit"] = np.concatenate([table["unit"], table["unit"][chosen] + 1000])
    alike = table | {"heavy": np.full(table["unit"].size, 3.0)}

    plain, counted = estimated(table), estimated(twice)
    for one, other in zip(estimated(weighted, weights="heavy").cell_effects,
                          counted.cell_effects, strict=True):  # fmt: skip
        assert one.value == pytest.approx(other.value, rel=1e-9)
    assert abs(counted.effect.value - plain.effect.value) > 1e-3
    assert estimated(alike, weights="heavy").tidy().equals(plain.tidy())


def test_the_order_of_the_rows_changes_no_bit_and_the_result_says_that_units_were_held(table):
    order = np.random.default_rng(2).permutation(table["unit"].size)

    found = estimated(table)
    shuffled = estimated({name: values[order] for name, values in table.items()})

    assert found.tidy().equals(shuffled.tidy())
    assert "a row for each of 600 units" in str(found)


def test_products_and_logarithms_may_stand_among_the_covariates(table):
    grown = table | {"years": np.exp(table["age"])}

    found = estimated(grown, formula="y ~ start + log(years) + C(kind) | unit + period")

    assert found.effect.value == pytest.approx(estimated(table).effect.value, rel=1e-9)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"adjust": "both"}, "panel.refused.adjust"),
        ({"adjust": "cells", "weights": "weight"}, "panel.refused.cells_weighted"),
        ({"adjust": "cells"}, "panel.refused.many_cells"),
        ({"formula": "y ~ start + sure | unit + period"}, "effects.refused.separation"),
        ({"formula": "y ~ start + near | unit + period"}, "panel.refused.too_sure"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_do(table, asked, code):
    unit = table["unit"]
    rng = np.random.default_rng(3)
    odd = np.where(rng.random(600) < 0.005, 9.0, 0.0)[unit]
    changed = table | {
        "sure": (table["start"] > 0) * 1.0,
        "near": 4.0 * (table["start"] == 3) + odd + rng.normal(size=600)[unit],
    }
    chosen = {"cluster": "unit", "adjust": "doubly_robust", "formula": FORMULA} | asked

    with pytest.raises(Refused) as refused:
        callaway_santanna(chosen.pop("formula"), changed, **chosen)

    assert refused.value.why.code == code
