"""Formulas of R: products, powers and logarithms become columns; pyfixest finds the same."""

import numpy as np
import pyfixest as pf
import pytest

from biotoop.engine.datasets.errors import InvalidData, NotNumeric
from biotoop.engine.effects.panel import callaway_santanna, fixed_effects
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

EIGHT_DIGITS = 5e-9
BEHIND = " | person + month"
pytestmark = pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas


@pytest.fixture(scope="module")
def table():
    return panel(lost=0.1)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("lonely ~ reached * hours", "lonely ~ reached * hours"),
        ("lonely ~ reached*C(work) + I(hours**2)", "lonely ~ reached*C(work) + I(hours**2)"),
        ("log(hours) ~ reached + reached:work", "np.log(hours) ~ reached + reached:C(work)"),
        ("lonely ~ hours:work + reached", "lonely ~ hours:C(work) + reached"),
    ],
)
def test_products_powers_and_logarithms_equal_pyfixest(table, ours, theirs):
    found = fixed_effects(ours + BEHIND, table, cluster="area")

    expected = pf.feols(theirs + BEHIND, table, vcov={"CRV1": "area"}, fixef_tol=1e-13)
    for pair in (
        ("estimate", sorted(expected.coef())),
        ("std_error", sorted(expected.se())),
    ):
        assert sorted(found.tidy()[pair[0]].to_pylist()) == pytest.approx(pair[1], rel=1e-8)


def test_a_product_has_the_names_of_its_factors_and_keeps_the_one_in_question_first(table):
    found = fixed_effects("lonely ~ reached*C(work)" + BEHIND, table, cluster="area")

    assert list(found.terms) == [
        "reached",
        "work=none",
        "work=part",
        "reached:work=none",
        "reached:work=part",
    ]


def test_where_a_logarithm_does_not_exist_the_row_is_missing_and_counted(table):
    holed = table.assign(hours=np.where(table.index < 40, 0.0, table["hours"]))

    found = fixed_effects("lonely ~ log(hours)" + BEHIND, holed, cluster="area")

    assert found.effect.missing == 40


@pytest.mark.parametrize("part", ["hours^2", "I(hours^x)", "sin(hours)", "reached ** hours", ""])
def test_what_cannot_be_read_is_named(table, part):
    with pytest.raises(Refused) as refused:
        fixed_effects(f"lonely ~ reached + {part}" + BEHIND, table, cluster="area")

    assert refused.value.why.code == "panel.refused.formula"


def test_words_cannot_be_multiplied_or_raised(table):
    with pytest.raises(NotNumeric):
        fixed_effects("lonely ~ reached + log(work)" + BEHIND, table, cluster="area")


def test_a_column_that_already_has_the_name_of_a_product_is_refused(table):
    twice = table.assign(**{"reached:hours": 1.0})

    with pytest.raises(InvalidData):
        fixed_effects("lonely ~ reached*hours" + BEHIND, twice, cluster="area")


def test_covariates_that_are_cells_are_columns_only(table):
    with pytest.raises(Refused) as refused:
        callaway_santanna("lonely ~ reached + log(hours)" + BEHIND, table, cluster="area")

    assert refused.value.why.code == "panel.refused.columns_only"
