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


def test_overlap_weights_equal_the_closed_form_and_leave_no_difference_in_means(table):
    found = compare(
        "y ~ reached + age + C(work)", table, adjust="inverse_probability", estimand="overlap"
    )

    chance = smf.logit("reached ~ age + C(work)", table).fit(disp=0, tol=1e-12).predict()
    reached = table["reached"].to_numpy()
    weight = np.where(reached, 1 - chance, chance)
    sides = [np.average(table["y"][reached == s], weights=weight[reached == s]) for s in (0, 1)]
    assert found.effect.value == pytest.approx(sides[1] - sides[0], rel=1e-8)
    # Li, Morgan & Zaslavsky 2018, theorem 3: with a logit the means agree exactly
    gaps = found.balance_table()["adjusted_difference"].to_pylist()
    assert max(map(abs, gaps)) < 1e-9
    assert "could have been on either side" in str(found)


WAYS = (
    {"error": "hc2"},
    {"error": "cr2", "cluster": "town"},
    {"adjust": "interacted_regression", "estimand": "ate"},
    {"adjust": "inverse_probability", "estimand": "overlap"},
    {"adjust": "inverse_probability", "estimand": "ate", "cluster": "town"},
    {"adjust": "entropy_balancing"},
    {"adjust": "doubly_robust"},
    {"adjust": "coarsened_exact_matching"},
)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_counts_are_the_same_as_rows_written_out(table, way):
    rng = np.random.default_rng(1)
    counted = table.assign(age=table["age"] // 10, seen=rng.integers(1, 4, len(table)))
    rows = counted.loc[counted.index.repeat(counted["seen"])]

    found = compare("y ~ reached + age + C(work)", counted, counts="seen", **way).effect
    written = compare("y ~ reached + age + C(work)", rows, **way).effect

    assert (found.value, found.se, found.df, found.n) == pytest.approx(
        (written.value, written.se, written.df, written.n), rel=1e-9
    )


@pytest.mark.parametrize("error", ["hc1", "hc2", "hc3"])
def test_a_weighted_regression_equals_statsmodels_on_the_rows(table, error):
    stands = table.assign(stands=np.random.default_rng(2).choice([0.5, 1, 3], len(table)))
    found = compare(FORMULA, stands, error=error, weights="stands").effect

    theirs = smf.wls(FORMULA.replace("^", "**"), stands, weights=stands["stands"]).fit(
        cov_type=error.upper()
    )
    assert (found.value, found.se) == pytest.approx(
        (theirs.params["reached"], theirs.bse["reached"]), rel=1e-9
    )
    assert found.n == len(table)


@pytest.mark.parametrize("way", [way for way in WAYS if "error" not in way], ids=str)
def test_weights_move_the_estimate_as_counts_do_and_one_person_stays_one(table, way):
    few = table.assign(age=table["age"] // 10, stands=1 + table["hours"].astype(int) % 3, one=1.0)
    by_town, formula = {**way, "cluster": "town"}, "y ~ reached + age + C(work)"

    found = compare(formula, few, weights="stands", **by_town).effect
    counted = compare(formula, few, counts="stands", **by_town).effect

    # who stands for three is in one town, so that the errors by town are the same too, but for
    # the rows in the factor of a regression
    rel = 0.01 if way["adjust"] == "interacted_regression" else 1e-9
    assert found.value == pytest.approx(counted.value, rel=1e-9)
    assert found.se == pytest.approx(counted.se, rel=rel)
    if "cluster" not in way:
        alone = [compare(formula, few, **{key: "stands"}, **way) for key in ("weights", "counts")]
        assert alone[0].effect.se > 1.1 * alone[1].effect.se
        equal, plain = (compare(formula, few, weights=name, **way).effect for name in ("one", None))
        assert (equal.value, equal.se) == pytest.approx((plain.value, plain.se), rel=1e-12)


def test_another_adjustment_of_the_same_people_is_what_a_call_of_its_own_says(table):
    formula = "y ~ reached + age + C(work)"
    found = compare(formula, table, adjust="entropy_balancing")
    again = found.again(adjust="inverse_probability", estimand="ate")
    errors = found.again(adjust="regression", error="hc3")

    alone = compare(formula, table, adjust="inverse_probability", estimand="ate")
    assert again.tidy() == alone.tidy()
    assert again.balance_table() == alone.balance_table()
    assert errors.tidy() == compare(formula, table, error="hc3").tidy()
    with pytest.raises(Refused, match="inverse_probability"):
        found.again(estimand="overlap")


def test_every_choice_of_covariates_is_what_a_comparison_with_it_says(table):
    formula = "y ~ reached + age + I(age^2) + hours + C(work)"
    found = compare(formula, table, adjust="entropy_balancing")
    curve = found.specification_curve()

    assert len(curve.choices) == 8
    chosen = dict(zip(curve.choices, curve.estimates, strict=True))
    assert chosen["age", "hours", "work"].value == pytest.approx(found.effect.value, rel=1e-12)
    assert chosen[()].value == pytest.approx(found.raw.value, rel=1e-12)
    without = compare("y ~ reached + hours + C(work)", table, adjust="entropy_balancing").effect
    mine = chosen["hours", "work"]
    assert (mine.value, mine.se) == pytest.approx((without.value, without.se), rel=1e-9)
    assert len(found.specification_curve(["age"]).choices) == 2
    assert "8 choices" in str(curve)
    with pytest.raises(Refused, match="town"):
        found.specification_curve(["town"])


def test_a_choice_that_cannot_be_answered_is_told_in_the_curve(table):
    sure = table.assign(sure=table["reached"] * 0.5)
    found = compare("y ~ reached + age + sure", sure, adjust="none")
    asked = attrs.evolve(found.asked, way="inverse_probability")

    curve = attrs.evolve(found, asked=asked).specification_curve()

    assert [choice for choice, _ in curve.refused] == [("sure",), ("age", "sure")]
    assert "Not answered, sure" in str(curve)
    assert "Niet beantwoord" in curve.text("nl")


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
        ("y ~ reached + age", {"weights": "nothing"}, "compare_weights"),
        ("y ~ reached + age", {"weights": "work"}, "compare_weights"),
        ("y ~ reached + age", {"weights": "hours", "error": "classical"}, "compare_classical"),
        ("y ~ reached + age", {"counts": "part"}, "compare_counts"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_what_to_do(table, formula, asked, code):
    table = table.assign(nothing=0.0, part=1.5)

    with pytest.raises(Refused) as refused:
        compare(formula, table, **asked)

    assert refused.value.why.code == f"panel.refused.{code}"


@pytest.mark.parametrize("adjust", ["regression", "entropy_balancing", "doubly_robust"])
def test_overlap_weights_go_with_inverse_probability_only(table, adjust):
    with pytest.raises(Refused, match="inverse_probability"):
        compare("y ~ reached + age", table, adjust=adjust, estimand="overlap")
