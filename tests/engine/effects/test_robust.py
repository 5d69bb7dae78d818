"""Every standard error, computed from cells, equals that of row-wise tools."""

import numpy as np
import pytest

from biotoop.engine.effects.linear import least_squares
from biotoop.engine.effects.plan import IntervalMethod
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.regression import difference_in_means, regression_adjusted
from biotoop.engine.effects.robust import standard_error
from engine.effects.dense import bell_mccaffrey, by_cluster, by_row
from engine.effects.folding import fold

ROW_KINDS = ["classical", "hc1", "hc2", "hc3"]
STATSMODELS = {"classical": "nonrobust", "hc1": "HC1", "hc2": "HC2", "hc3": "HC3"}


@pytest.fixture(scope="module")
def teams():
    """Twelve teams of unequal size; support is given within and between teams."""
    rng = np.random.default_rng(7)
    team = np.repeat(np.arange(12), rng.integers(5, 60, 12))
    age = rng.integers(2, 9, len(team)).astype(float)
    alone = rng.integers(0, 2, len(team)).astype(float)
    treated = (rng.random(len(team)) < 0.3 + 0.3 * (team % 2)).astype(float)
    y = 2 * treated + 0.4 * age - alone + rng.normal(0, 1, 12)[team] + rng.normal(0, age)
    return {"team": team, "age": age, "alone": alone, "treated": treated, "y": y}


def rows_of(teams):
    return np.column_stack(
        [np.ones(len(teams["y"])), teams["treated"], teams["age"], teams["alone"]]
    )


def sample_of(teams, *, clusters=True):
    covariates = {"age": teams["age"], "alone": teams["alone"]}
    return fold(teams["y"], teams["treated"], covariates, teams["team"] if clusters else None)


@pytest.mark.parametrize("kind", ROW_KINDS)
def test_errors_by_row_equal_whole_matrices_on_rows(teams, kind):
    expected = by_row(rows_of(teams), teams["y"], 1, kind)

    ours = regression_adjusted(sample_of(teams, clusters=False), interval=IntervalMethod(kind))

    assert ours.error.se == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("kind", ROW_KINDS)
def test_weighted_errors_by_row_equal_whole_matrices_on_rows(teams, kind):
    sample = sample_of(teams, clusters=False)
    X = np.column_stack([np.ones(len(sample.n)), sample.treated, sample.X])
    expected = by_row(rows_of(teams), teams["y"], 1, kind, 0.5 + teams["age"] / 4)

    fit = least_squares(
        X, n=sample.n, mean=sample.mean, within=sample.within, weights=0.5 + sample.X[:, 0] / 4
    )
    error = standard_error(fit, np.array([0.0, 1.0, 0.0, 0.0]), IntervalMethod(kind))

    assert error.se == pytest.approx(expected, rel=1e-10)


def test_errors_by_cluster_equal_whole_matrices_on_rows(teams):
    expected = by_cluster(rows_of(teams), teams["y"], teams["team"], 1)

    ours = regression_adjusted(sample_of(teams), interval=IntervalMethod.CR1)

    assert ours.error.se == pytest.approx(expected, rel=1e-10)
    assert ours.error.df == 11


@pytest.mark.slow
@pytest.mark.parametrize("kind", ROW_KINDS)
def test_errors_by_row_equal_those_of_statsmodels(teams, kind):
    from statsmodels.api import OLS  # noqa: PLC0415 - slow to import

    theirs = OLS(teams["y"], rows_of(teams)).fit(cov_type=STATSMODELS[kind])

    ours = regression_adjusted(sample_of(teams, clusters=False), interval=IntervalMethod(kind))

    assert ours.value == pytest.approx(theirs.params[1], rel=1e-10)
    assert ours.error.se == pytest.approx(theirs.bse[1], rel=1e-10)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_errors_by_cluster_equal_those_of_fixest(teams):
    import pandas as pd  # noqa: PLC0415 - slow to import
    import pyfixest  # noqa: PLC0415 - slow to import

    theirs = pyfixest.feols(
        "y ~ treated + age + alone", data=pd.DataFrame(teams), vcov={"CRV1": "team"}
    )

    ours = regression_adjusted(sample_of(teams), interval=IntervalMethod.CR1)

    assert ours.value == pytest.approx(theirs.coef()["treated"], rel=1e-10)
    assert ours.error.se == pytest.approx(theirs.se()["treated"], rel=1e-10)


def test_the_bias_reduced_error_equals_whole_matrices_on_rows(teams):
    se, df = bell_mccaffrey(rows_of(teams), teams["y"], teams["team"], 1)

    ours = regression_adjusted(sample_of(teams), interval=IntervalMethod.CR2)

    assert ours.error.se == pytest.approx(se, rel=1e-9)
    assert ours.error.df == pytest.approx(df, rel=1e-9)


def test_hc2_is_the_bias_reduced_error_with_every_row_its_own_cluster(teams):
    se, df = bell_mccaffrey(rows_of(teams), teams["y"], np.arange(len(teams["y"])), 1)

    ours = regression_adjusted(sample_of(teams, clusters=False), interval=IntervalMethod.HC2)

    assert ours.error.se == pytest.approx(se, rel=1e-9)
    assert ours.error.df == pytest.approx(df, rel=1e-9)


def test_clusters_with_a_category_of_their_own_count_as_in_whole_matrices(teams):
    own = (teams["team"] == 3).astype(float)
    X = np.column_stack([rows_of(teams), own])
    se, df = bell_mccaffrey(X, teams["y"], teams["team"], 1)
    covariates = {"age": teams["age"], "alone": teams["alone"], "own": own}
    sample = fold(teams["y"], teams["treated"], covariates, teams["team"])

    ours = regression_adjusted(sample, interval=IntervalMethod.CR2)

    assert ours.error.se == pytest.approx(se, rel=1e-9)
    assert ours.error.df == pytest.approx(df, rel=1e-9)


def test_hc2_of_two_groups_is_neymans_error_with_imbens_and_kolesars_degrees_of_freedom():
    y1, y0 = np.array([1.0, 4.0, 2.0, 9.0]), np.array([0.0, 1.0, 1.0, 2.0, 5.0, 3.0, 2.0])
    y = np.concatenate([y1, y0])
    n1, n0 = 4, 7

    ours = difference_in_means(fold(y, np.r_[np.ones(4), np.zeros(7)]), interval=IntervalMethod.HC2)

    assert ours.value == pytest.approx(y1.mean() - y0.mean())
    assert ours.error.se == pytest.approx(np.sqrt(y1.var(ddof=1) / n1 + y0.var(ddof=1) / n0))
    expected = (n1 + n0) ** 2 * (n1 - 1) * (n0 - 1) / (n1**2 * (n1 - 1) + n0**2 * (n0 - 1))
    assert ours.error.df == pytest.approx(expected)


def test_one_person_on_a_side_gives_no_error_and_says_so():
    sample = fold(np.array([1.0, 2.0, 4.0]), np.array([1, 0, 0]))

    with pytest.raises(Refused) as refusal:
        difference_in_means(sample, interval=IntervalMethod.HC2)

    assert refusal.value.why.code == "effects.refused.one_row_decides"


def test_one_person_alone_in_a_category_does_no_harm(teams):
    rare = np.zeros(len(teams["y"]))
    rare[5] = 1.0
    sample = fold(teams["y"], teams["treated"], {"rare": rare})
    without = fold(np.delete(teams["y"], 5), np.delete(teams["treated"], 5))

    ours = regression_adjusted(sample, interval=IntervalMethod.HC3)

    assert ours.value == pytest.approx(
        difference_in_means(without, interval=IntervalMethod.HC3).value
    )
    assert ours.error.se == pytest.approx(
        difference_in_means(without, interval=IntervalMethod.HC3).error.se
    )


@pytest.mark.parametrize(
    ("kind", "clusters", "code"),
    [
        ("cr1", None, "no_clusters"),
        ("cr2", np.zeros(6), "one_cluster"),
    ],
)
def test_cluster_errors_refuse_where_no_clusters_can_be_seen(kind, clusters, code):
    sample = fold(np.arange(6.0), np.array([1, 0, 1, 0, 1, 0]), clusters=clusters)

    with pytest.raises(Refused) as refusal:
        difference_in_means(sample, interval=IntervalMethod(kind))

    assert refusal.value.why.code == f"effects.refused.{code}"


def test_two_areas_leave_the_bias_reduced_error_without_degrees_of_freedom():
    sample = fold(
        np.array([1.0, 2.0, 3.0, 5.0]), np.array([1, 1, 0, 0]), clusters=np.array([0, 0, 1, 1])
    )

    with pytest.raises(Refused) as refusal:
        difference_in_means(sample, interval=IntervalMethod.CR2)

    assert refusal.value.why.code == "effects.refused.clusters_decide"


def test_bias_reduced_errors_of_weighted_regressions_are_refused_by_name():
    X = np.column_stack([np.ones(4), [0.0, 1.0, 0.0, 1.0]])
    fit = least_squares(
        X,
        n=np.ones(4),
        mean=np.arange(4.0),
        within=np.zeros(4),
        weights=np.array([1.0, 2.0, 1.0, 1.0]),
    )

    with pytest.raises(Refused) as refusal:
        standard_error(fit, np.array([0.0, 1.0]), IntervalMethod.CR2, np.array([0, 0, 1, 1]))

    assert refusal.value.why.code == "effects.refused.cr2_weighted"
