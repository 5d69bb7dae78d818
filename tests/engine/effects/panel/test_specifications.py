"""Every choice of covariates from stored products equals a regression of its own."""

import itertools

import pytest

from biotoop.engine.effects.panel import fixed_effects
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

FORMULA = "lonely ~ reached + hours + C(work) + weight | person + month"


@pytest.fixture(scope="module")
def table():
    return panel(lost=0.2)


@pytest.fixture(scope="module")
def found(table):
    return fixed_effects(FORMULA, table, cluster="area")


def test_each_choice_equals_a_regression_of_its_own(table, found):
    curve = found.specification_curve()

    written = {"hours": "hours", "work": "C(work)", "weight": "weight"}
    assert len(curve.choices) == 8
    for choice, estimate in zip(curve.choices, curve.estimates, strict=True):
        terms = " + ".join(["reached", *(written[name] for name in choice)])
        own = fixed_effects(f"lonely ~ {terms} | person + month", table, cluster="area").effect
        assert estimate.value == pytest.approx(own.value, rel=1e-9)
        assert estimate.se == pytest.approx(own.se, rel=1e-9)
        assert estimate.low == pytest.approx(own.low, rel=1e-9)


def test_the_curve_runs_from_low_to_high_and_counts(found):
    curve = found.specification_curve()

    values = [item.value for item in curve.estimates]
    assert values == sorted(values)
    assert curve.excludes_zero == sum(item.high < 0 for item in curve.estimates)
    assert values[0] <= curve.median <= values[-1]
    assert curve.tidy().num_rows == 8


def test_only_what_can_be_argued_about_is_left_out(found):
    curve = found.specification_curve(["work"])

    assert set(curve.choices) == {(), ("work",)}


def test_a_long_curve_shows_its_ends_in_both_languages(table):
    made = table.assign(**{f"z{place}": table["hours"] ** (place + 2) for place in range(4)})
    terms = " + ".join(f"z{place}" for place in range(4))
    curve = fixed_effects(
        f"lonely ~ reached + {terms} | person + month", made, cluster="area"
    ).specification_curve()

    for language, said in itertools.product(("nl", "en"), ("16", "..", "z0")):
        assert said in curve.text(language)
    assert len(curve.text("en").splitlines()) == 15
    assert curve._repr_html_().startswith("<table>")


def test_what_cannot_be_chosen_is_refused(table, found):
    plain = fixed_effects("lonely ~ reached | person + month", table, cluster="area")
    calls = [
        (plain.specification_curve, "curve"),
        (lambda: found.specification_curve(["age"]), "no_term"),
    ]

    for call, code in calls:
        with pytest.raises(Refused) as refusal:
            call()
        assert refusal.value.why.code == f"panel.refused.{code}"
