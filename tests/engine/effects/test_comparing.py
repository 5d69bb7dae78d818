"""One call compares people: equal to rows in statsmodels and pyfixest, and to published figures."""

import attrs
import numpy as np
import pandas as pd
import pyfixest as pf
import pytest
import statsmodels.formula.api as smf

from biotoop.engine.effects.augmented import doubly_robust
from biotoop.engine.effects.comparing import compare
from biotoop.engine.effects.plan import Estimand
from biotoop.engine.effects.refusals import Refused

FORMULA = "y ~ reached + age * hours + C(work) + I(age^2)"
pytestmark = pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(7)
    n = 900
    age, work = rng.integers(20, 60, n), rng.choice(["full", "none", "part"], n)
    hours = rng.integers(0, 6, n).astype(float)
    chance = 1 / (1 + np.exp(-0.05 * (age - 40) - 0.3 * (work == "none")))
    reached = (rng.random(n) < chance).astype(int)
    town = rng.integers(30, size=n)
    y = 0.04 * age - 0.5 * reached + 0.1 * hours + 0.3 * rng.normal(size=30)[town]
    y += rng.normal(size=n)
    columns = {"reached": reached, "age": age, "hours": hours, "work": work, "town": town, "y": y}
    return pd.DataFrame(columns)


@pytest.mark.parametrize("error", ["classical", "hc1", "hc2", "hc3"])
def test_a_regression_equals_statsmodels_on_the_rows(table, error):
    found = compare(FORMULA, table, error=error)

    theirs = smf.ols(FORMULA.replace("^", "**"), table).fit()
    if error != "classical":
        theirs = theirs.get_robustcov_results(error.upper())
    place = list(theirs.model.exog_names).index("reached")
    expected = (np.asarray(theirs.params)[place], np.asarray(theirs.bse)[place])
    assert (found.effect.value, found.effect.se) == pytest.approx(expected, rel=1e-9)


def test_the_error_by_cluster_equals_pyfixest(table):
    found = compare(FORMULA, table, error="cr1", cluster="town")

    theirs = pf.feols(FORMULA.replace("^", "**"), table, vcov={"CRV1": "town"})
    assert found.effect.se == pytest.approx(theirs.se()["reached"], rel=1e-9)


def test_weighting_and_balancing_equal_what_the_rows_say(table):
    weighted = compare("y ~ reached + age + C(work)", table, adjust="inverse_probability")
    balanced = compare("y ~ reached + age + C(work)", table, adjust="entropy_balancing")

    fit = smf.logit("reached ~ age + C(work)", table).fit(disp=0, tol=1e-12)
    odds = np.where(table["reached"], 0.0, fit.predict() / (1 - fit.predict()))
    mine = table["y"][table["reached"] == 1].mean()
    expected = mine - np.average(table["y"], weights=odds)
    assert weighted.effect.value == pytest.approx(expected, rel=1e-8)
    gaps = balanced.balance_table()["adjusted_difference"].to_pylist()
    assert max(map(abs, gaps)) < 1e-9
    assert [item.effect.value == item.raw.value for item in (weighted, balanced)] == [False, False]


@pytest.mark.parametrize("estimand", ["att", "ate"])
def test_doubly_robust_moves_with_each_person_as_its_error_says(table, estimand):
    decades = table.assign(age=table["age"] // 10)
    formula = "y ~ reached + age + C(work)"
    found = compare(formula, decades, adjust="doubly_robust", estimand=estimand)
    sample, place, step = found.sample, Estimand(estimand), 1e-5
    squares = 0.0
    for cell in range(len(sample.n)):
        one = np.eye(len(sample.n))[cell]
        by_count, by_mean = (
            [
                doubly_robust(
                    attrs.evolve(sample, **{name: old + sign * step * one}), estimand=place
                )
                for sign in (1, -1)
            ]
            for name, old in (("n", sample.n), ("mean", sample.mean))
        )
        at_mean = (by_count[0].value - by_count[1].value) / (2 * step)
        slope = (by_mean[0].value - by_mean[1].value) / (2 * step) / sample.n[cell]
        squares += at_mean**2 * sample.n[cell] + slope**2 * sample.within[cell]

    factor = sample.rows / (sample.rows - 2 * (sample.X.shape[1] + 1) - 1)
    assert found.effect.se == pytest.approx(np.sqrt(squares * factor), rel=1e-5)


def test_doubly_robust_equals_its_formula_on_the_rows(table):
    found = compare("y ~ reached + age + C(work)", table, adjust="doubly_robust", estimand="ate")

    logit = smf.logit("reached ~ age + C(work)", table).fit(disp=0, tol=1e-12)
    chance, reached = logit.predict(), table["reached"].to_numpy()
    sides = [
        smf.ols("y ~ age + C(work)", table[reached == side]).fit().predict(table) for side in (0, 1)
    ]
    parts = sides[1] - sides[0] + reached * (table["y"] - sides[1]) / chance
    parts -= (1 - reached) * (table["y"] - sides[0]) / (1 - chance)
    assert found.effect.value == pytest.approx(parts.mean(), rel=1e-8)


def test_matching_takes_cut_points_and_everyone_can_be_the_question(table):
    formula = "y ~ reached + age + C(work)"
    att = compare(formula, table, adjust="coarsened_exact_matching", cuts={"age": (30, 40, 50)})
    ate = compare(
        formula,
        table,
        adjust="coarsened_exact_matching",
        cuts={"age": (30, 40, 50)},
        estimand="ate",
    )

    groups = table.assign(cell=pd.cut(table["age"], [0, 30, 40, 50, 99]))
    means = groups.groupby(["cell", "work", "reached"], observed=True)["y"].mean().unstack()
    sizes = groups.groupby(["cell", "work", "reached"], observed=True).size().unstack()
    apart = means[1] - means[0]
    assert att.effect.value == pytest.approx(np.average(apart, weights=sizes[1]), rel=1e-9)
    assert ate.effect.value == pytest.approx(np.average(apart, weights=sizes.sum(axis=1)), rel=1e-9)


def test_it_prints_draws_and_gives_tables(table):
    found = compare("y ~ reached + age", table, adjust="interacted_regression")

    assert "Must hold" in str(found)
    assert "zonder correctie" in found.text("nl")
    assert found._repr_html_().index("</table>") < found._repr_html_().index("<svg")
    assert found.tidy()["estimate"].to_pylist() == [found.effect.value, found.raw.value]


def test_clusters_that_are_named_are_allowed_for_in_every_line(table):
    found = compare("y ~ reached + age", table, cluster="town")
    alone = compare("y ~ reached + age", table)

    assert found.effect.se != pytest.approx(alone.effect.se, rel=0.01)
    assert found.raw.se != pytest.approx(alone.raw.se, rel=0.01)
    assert all("CR1" in line for line in found.tidy()["convention"].to_pylist())


def test_a_covariate_that_is_the_same_for_everybody_on_one_side_is_named(table):
    club = (table["age"] - table["age"].mean()).where(table["reached"] == 1, 0.0)
    table = table.assign(club=club)

    with pytest.raises(Refused) as refused:
        compare("y ~ reached + hours + club", table, adjust="doubly_robust")

    assert refused.value.why.code == "effects.refused.alike_on_a_side"


@pytest.mark.parametrize(
    ("formula", "asked", "code"),
    [
        ("y ~ reached + age", {"error": "hc2", "cluster": "town"}, "compare_clusters"),
        ("y", {}, "comparison"),
        ("y ~ age + reached", {}, "sides"),
        ("y ~ reached + log(age)", {}, "columns_only"),
        ("y ~ reached", {"adjust": "regression"}, "compare_covariates"),
        ("y ~ reached + age", {"adjust": "magic"}, "compare_choice"),
        ("y ~ reached + age", {"estimand": "atx"}, "compare_choice"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_do(table, formula, asked, code):
    with pytest.raises(Refused) as refused:
        compare(formula, table, **asked)

    assert refused.value.why.code == f"panel.refused.{code}"
