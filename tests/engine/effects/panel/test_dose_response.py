"""Dose-response: equal to changes by level, and to pyfixest on the columns of the line."""

import numpy as np
import pandas as pd
import pyfixest as pf
import pytest
from scipy.interpolate import CubicSpline

from biotoop.engine.effects.panel import dose_response
from biotoop.engine.effects.panel.dose_basis import Spline
from biotoop.engine.effects.refusals import Refused

FORMULA = "y ~ hours | person + month"
pytestmark = pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas


def drawn(people=600, months=4, areas=30, *, start=2, seed=4, before=0.0):
    """People of whom some get hours of support from one month on; it helps less and less."""
    rng = np.random.default_rng(seed)
    person, month = np.divmod(np.arange(people * months), months)
    area = rng.integers(areas, size=people)[person]
    later = np.where(rng.random(people) < 0.4, 0.0, rng.gamma(2.0, 3.0, people))[person]
    hours = later * (month >= start)
    y = rng.normal(size=people)[person] - 0.6 * np.sqrt(hours) + 0.1 * month
    y += before * later * (month >= start - 1) + rng.normal(size=person.size)
    return pd.DataFrame(
        {
            "person": person,
            "month": month,
            "area": area,
            "hours": hours,
            "age": rng.normal(50, 9, person.size),
            "weight": rng.uniform(0.5, 2.0, person.size),
            "y": y,
        }
    )


@pytest.fixture(scope="module")
def table():
    return drawn()


@pytest.fixture(scope="module")
def found(table):
    return dose_response(FORMULA, table, cluster="area")


@pytest.mark.parametrize("weights", [None, "weight"])
def test_the_line_equals_pyfixest_on_its_columns(table, weights):
    found = dose_response(
        "y ~ hours + log(age) | person + month", table, cluster="area", weights=weights
    )
    columns = found.basis.values(table["hours"].to_numpy()) * (
        table["hours"].to_numpy()[:, None] > 0
    )
    wide = table.assign(**{f"b{i}": columns[:, i] for i in range(4)}, la=np.log(table["age"]))

    theirs = pf.feols(
        "y ~ b0 + b1 + b2 + b3 + la | person + month",
        wide,
        vcov={"CRV1": "area"},
        weights=weights,
        fixef_tol=1e-13,
    )

    at = found.basis.values(np.array(found.at))
    covariance = theirs._vcov[:4, :4]  # noqa: SLF001 - it has no public name
    values = at @ theirs.coef().to_numpy()[:4]
    assert [item.value for item in found.curve] == pytest.approx(values, rel=1e-7)
    assert [item.se for item in found.curve] == pytest.approx(
        np.sqrt(np.einsum("mi,ij,mj->m", at, covariance, at)), rel=1e-7
    )


def test_by_level_it_is_the_change_at_that_level_less_the_change_without():
    table = drawn(months=2, start=1)
    found = dose_response(FORMULA, table, cluster="person", levels=(3, 8))

    change = table.groupby("person")["y"].agg(lambda y: y.iloc[1] - y.iloc[0])
    hours = table.groupby("person")["hours"].max()
    level = pd.cut(hours, [-1, 0, 3, 8, np.inf], labels=False)
    means = change.groupby(level).mean()
    assert [item.value for item in found.curve] == pytest.approx(
        [means[place] - means[0] for place in (1, 2, 3)], rel=1e-10
    )
    assert found.average.value == pytest.approx(change[level > 0].mean() - means[0], rel=1e-10)
    assert found.no_matter_how_much.df == (2.0, 599.0)
    assert list(found.tidy()["slope"].to_pylist()) == [None, None, None]


def test_the_columns_span_the_natural_cubic_splines_and_slopes_are_their_derivatives():
    knots = (1.0, 2.5, 4.0, 9.0)
    line = Spline(dose="hours", knots=knots)
    natural = CubicSpline(knots, [0.3, -1.0, 2.0, 0.5], bc_type="natural")
    inside, outside = np.linspace(1, 9, 50), np.array([0.1, 0.5, 12.0])

    weights = np.linalg.lstsq(line.values(inside), natural(inside), rcond=None)[0]
    assert line.values(inside) @ weights == pytest.approx(natural(inside), abs=1e-9)
    bends = line.slopes(outside) @ weights
    assert bends[:2] == pytest.approx(float(natural(1.0, 1)), abs=1e-9)
    step = (line.values(inside + 1e-6) - line.values(inside - 1e-6)) / 2e-6
    assert line.slopes(inside) == pytest.approx(step, abs=1e-7)


def test_it_finds_the_truth_and_says_which_figures_hold_at_once(table, found):
    truth = -0.6 * np.sqrt(np.array(found.at))

    assert np.all((found.band[:, 0] < truth) & (truth < found.band[:, 1]))
    assert np.all(found.band[:, 0] < [item.low for item in found.curve])
    own = table["hours"][table["hours"] > 0].to_numpy()
    line = found.basis.values(own) @ found.coefficients
    assert found.average.value == pytest.approx(line.mean(), rel=1e-9)
    slopes = found.basis.slopes(own) @ found.coefficients
    assert found.slope.value == pytest.approx(slopes.mean(), rel=1e-9)
    assert found.no_effect.p < 0.001
    assert found.no_matter_how_much.p < 0.001


def test_a_difference_before_the_start_is_seen(found):
    moved = dose_response(FORMULA, drawn(before=0.3), cluster="area")

    assert found.before.p > 0.05
    assert moved.before.p < 1e-6
    assert any(
        "less than 0.1 % of cases if there were none" in item.text("en")
        for item in moved.assumptions
    )


def test_months_written_as_texts_are_tried_before_only_when_they_sort_in_time(table):
    texts = table.assign(month=[str(9 + month) for month in table["month"]])

    found = dose_response(FORMULA, texts, cluster="area", knots=3)

    assert found.before is None
    assert "do not sort" in found.text("en")


def test_what_the_dose_does_over_time_is_counted_and_told(table):
    changed = table.assign(
        hours=np.select(
            [(table.person < 9) & (table.month == 3), (table.person > 590) & (table.month == 1)],
            [0.0, 2.0],
            table["hours"],
        )
    )

    found = dose_response(FORMULA, changed, cluster="area", where=[])

    codes = {item.code.rpartition(".")[2] for item in found.warnings}
    assert {"changing", "stopping", "staggered"} <= codes
    assert found.figures.starts == 2


@pytest.mark.parametrize(
    ("change", "asked", "code"),
    [
        ({"hours": -1.0}, {}, "dose_negative"),
        ({"hours": 0.0}, {}, "dose_none"),
        ({"hours": 2.0}, {}, "dose_all"),
        ({}, {"knots": 9}, "dose_knots"),
        ({}, {"levels": (4, 2)}, "dose_levels"),
        ({}, {"error": "cr2"}, "dose_error"),
        ({}, {"cluster": None}, "no_clusters"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(table, change, asked, code):
    with pytest.raises(Refused) as refused:
        dose_response(FORMULA, table.assign(**change), **({"cluster": "area"} | asked))

    assert refused.value.why.code == f"panel.refused.{code}"


def test_too_few_doses_for_a_line_and_a_dose_twice_are_refused(table):
    few = table.assign(hours=np.where(table["hours"] > 0, 2.0, 0.0))

    with pytest.raises(Refused, match="too few different values"):
        dose_response(FORMULA, few, cluster="area")
    with pytest.raises(Refused, match="only once"):
        dose_response("y ~ hours * age | person + month", table, cluster="area")


def test_it_prints_in_both_languages_and_draws_line_and_band(found):
    shown = found._repr_html_()

    assert shown.count("<polygon") == 2
    assert "Must hold" in str(found)
    assert "Moet gelden" in found.text("nl")
    assert found.tidy().num_rows == len(found.at)
