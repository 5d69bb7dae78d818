"""Alpha, omega and Spearman-Brown against published figures, other programs and exact models."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats
from statsmodels.multivariate.factor import Factor

from biotoop.engine.core.errors import TooFewCases
from biotoop.engine.instruments.coefficients import covariances, omegas, one_factor
from biotoop.engine.instruments.consistency import (
    cronbach_alpha,
    mcdonald_omega,
    spearman_brown,
)
from biotoop.engine.instruments.faults import NoSpread
from biotoop.engine.instruments.loading import instrument
from biotoop.engine.instruments.reliability import reliability

ORACLE = json.loads(
    (Path(__file__).parents[2] / "reference" / "reliability.json").read_text("utf-8")
)
CASES = {"five_items": (1, 120, 5), "two_items": (2, 60, 2), "eleven_items": (3, 400, 11)}


def answers(seed, n, k, lowest=1, highest=5):
    """Draw answers that share one trait, as tests/reference/reliability_oracle.py does."""
    generator = np.random.default_rng(seed)
    trait = generator.normal(size=(n, 1))
    noise = generator.normal(size=(n, k))
    return np.clip(np.round(3 + trait + noise), lowest, highest)


def exact(covariance, n=200):
    """Make points with exactly this covariance matrix."""
    k = len(covariance)
    raw = np.random.default_rng(0).normal(size=(n, k))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw.T))).T
    return white @ np.linalg.cholesky(covariance).T


@pytest.mark.parametrize("case", sorted(CASES))
def test_alpha_and_its_interval_equal_pingouin(case):
    found = cronbach_alpha(answers(*CASES[case]))

    assert found.value == pytest.approx(ORACLE[case]["alpha"], abs=1e-12)
    assert found.low == pytest.approx(ORACLE[case]["low"], abs=5e-4)  # stored to 3 decimals
    assert found.high == pytest.approx(ORACLE[case]["high"], abs=5e-4)


@pytest.mark.parametrize(
    ("alpha", "k", "n", "low", "high", "close"),
    [
        # statpsych manual, ci.cronbach, which takes n(k - 1) for the second degrees of freedom
        (0.85, 7, 89, 0.7971254, 0.8931436, 1e-4),
        # MRC CBU statistics wiki, R code by Chris Evans
        (0.913, 20, 873, 0.9044024, 0.9211588, 1e-7),
    ],
)
def test_the_interval_of_feldt_meets_published_figures(alpha, k, n, low, high, close):
    shared = alpha / (k - alpha * (k - 1))  # correlation that gives this alpha for equal items
    points = exact(np.full((k, k), shared) + (1 - shared) * np.eye(k), n)

    found = cronbach_alpha(points)

    assert found.value == pytest.approx(alpha, abs=1e-9)
    assert (found.low, found.high) == pytest.approx((low, high), abs=close)


def test_the_bootstrap_of_alpha_agrees_with_feldt_on_parallel_items():
    points = answers(5, 500, 6)

    feldt, drawn = cronbach_alpha(points), cronbach_alpha(points, seed=1)

    assert drawn.value == feldt.value
    assert (drawn.low, drawn.high) == pytest.approx((feldt.low, feldt.high), abs=0.02)
    assert drawn.interval.code == "instruments.bootstrap"


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    points = answers(5, 200, 4)

    first, again, other = (mcdonald_omega(points, seed=s, draws=200) for s in (1, 1, 2))

    assert first == again
    assert first.low != other.low


def test_omega_of_an_exact_one_factor_model_is_its_formula():
    loadings, unique = np.array([0.9, 1.4, 0.5, 1.1]), np.array([0.5, 1.0, 0.8, 0.3])
    points = exact(np.outer(loadings, loadings) + np.diag(unique))

    found = mcdonald_omega(points, seed=1, draws=50)

    formula = loadings.sum() ** 2 / (loadings.sum() ** 2 + unique.sum())
    assert found.value == pytest.approx(formula, abs=1e-6)
    assert cronbach_alpha(points).value < found.value  # unequal loadings: alpha is too low


def test_three_items_have_the_loadings_of_the_triad():
    r = np.array([[1, 0.56, 0.48], [0.56, 1, 0.42], [0.48, 0.42, 1]])  # .8, .7, .6

    loadings, held = one_factor(r[None])

    assert loadings[0] == pytest.approx([0.8, 0.7, 0.6], abs=1e-8)
    assert not held[0]


@pytest.mark.parametrize("case", ["five_items", "eleven_items"])
def test_omega_equals_the_principal_axis_fit_of_statsmodels(case):
    points = answers(*CASES[case])
    loadings = Factor(points, 1, method="pa").fit(maxiter=1000, tol=1e-10).loadings[:, 0]
    spread = points.std(axis=0, ddof=1)
    common = np.abs(loadings * spread).sum() ** 2

    mine = omegas(covariances(points, np.ones((1, len(points)))))[0]

    assert mine == pytest.approx(
        common / (common + (spread**2 * (1 - loadings**2)).sum()), abs=1e-6
    )


def test_equal_items_have_the_same_alpha_and_omega():
    points = exact(np.full((5, 5), 0.4) + 0.6 * np.eye(5))

    alpha, omega = cronbach_alpha(points).value, mcdonald_omega(points, seed=1, draws=20).value

    assert alpha == pytest.approx(5 * 0.4 / (1 + 4 * 0.4), abs=1e-9)
    assert omega == pytest.approx(alpha, abs=1e-9)


def test_two_items_follow_spearman_brown_with_the_interval_of_fisher():
    points = exact(np.array([[1.0, 0.6], [0.6, 1.0]]), n=103)

    found = spearman_brown(points)

    ends = np.tanh(np.arctanh(0.6) + np.array([-1, 1]) * stats.norm.ppf(0.975) / 10)
    assert found.value == pytest.approx(0.75)
    assert (found.low, found.high) == pytest.approx(tuple(2 * ends / (1 + ends)))
    assert cronbach_alpha(points).value == pytest.approx(found.value)


def test_feldts_interval_covers_the_true_alpha_as_often_as_it_says():
    rng = np.random.default_rng(11)
    true = 4 * 0.5 / (1 + 3 * 0.5)
    hits = 0
    for _ in range(400):
        points = rng.normal(size=(60, 1)) + rng.normal(size=(60, 4))
        found = cronbach_alpha(points)
        hits += found.low <= true <= found.high

    assert 0.92 <= hits / 400 <= 0.98  # 95 % aimed at; 2.7 simulation errors wide


def test_people_with_a_missing_answer_are_left_out_and_counted():
    points = answers(4, 100, 4)
    points[:7, 2] = np.nan

    found = cronbach_alpha(points)

    assert (found.n, found.missing) == (93, 7)
    assert found.value == cronbach_alpha(points[7:]).value


def test_an_item_that_runs_against_the_others_is_pointed_out():
    points = answers(6, 200, 5)
    points[:, 0] = 6 - points[:, 0]

    codes = [warning.code for warning in mcdonald_omega(points, seed=1, draws=20).warnings]

    assert "instruments.negative_loading" in codes


def test_a_loading_that_would_pass_one_is_held_and_said():
    r = np.array([[1, 0.8, 0.8], [0.8, 1, 0.4], [0.8, 0.4, 1.0]])  # the triad asks for 1.26

    found = mcdonald_omega(exact(r), seed=1, draws=20)

    assert "instruments.heywood" in [warning.code for warning in found.warnings]
    assert 0 < found.value < 1


@pytest.mark.parametrize("n", [49, 50, 99, 100])
def test_reliability_is_reported_from_fifty_people_and_steady_from_a_hundred(n):
    who = instrument("WHO5")
    columns = dict(zip([i.id for i in who.items], answers(8, n, 5, 0).T, strict=True))

    found = reliability(who, who.scale("total"), columns, seed=3, draws=50)

    codes = {entry.code for entry in found.notes}
    assert (found.omega is None) == (found.alpha is None) == (n < 50)
    assert ("instruments.too_few_to_report" in codes) == (n < 50)
    assert ("instruments.few_to_report" in codes) == (50 <= n < 100)


def test_the_floors_for_groups_and_for_individuals_are_judged_by_omega():
    who = instrument("WHO5")
    columns = dict(zip([i.id for i in who.items], answers(8, 300, 5, 0).T, strict=True))

    found = reliability(who, who.scale("total"), columns, seed=3, draws=50)

    assert found.best is found.omega
    assert (found.good_for_groups, found.good_for_individuals) == (True, False)
    assert "instruments.below_individual_floor" in {entry.code for entry in found.notes}


def test_answers_that_hang_together_closely_are_good_enough_for_one_person():
    who = instrument("WHO5")
    rng = np.random.default_rng(12)
    trait, noise = rng.normal(size=(150, 1)), rng.normal(size=(150, 5))
    drawn = np.clip(np.round(2.5 + 1.2 * trait + 0.3 * noise), 0, 5)
    columns = dict(zip([i.id for i in who.items], drawn.T, strict=True))

    found = reliability(who, who.scale("total"), columns, seed=3, draws=50)

    assert (found.good_for_groups, found.good_for_individuals, found.notes) == (True, True, ())


def test_answers_without_a_shared_trait_are_not_good_enough_for_groups():
    who = instrument("WHO5")
    noise = np.random.default_rng(9).integers(0, 6, (200, 5))
    columns = dict(zip([i.id for i in who.items], noise.T, strict=True))

    found = reliability(who, who.scale("total"), columns, seed=3, draws=50)

    assert found.good_for_groups is False
    assert "instruments.below_group_floor" in {entry.code for entry in found.notes}


def test_yes_or_no_points_are_marked_as_too_few_answers_for_correlations():
    djg = instrument("DJG6")
    lonely = np.clip(answers(10, 150, 6) - 2, 1, 3)
    columns = dict(zip(djg.scale("total").items, lonely.T, strict=True))

    found = reliability(djg, djg.scale("total"), columns, seed=3, draws=50)

    assert found.alpha.warnings[0].params == {"fewest": 2}


def test_an_item_on_which_all_agree_leaves_alpha_only():
    who = instrument("WHO5")
    drawn = answers(8, 80, 5, 0)
    drawn[:, 4] = 3
    columns = dict(zip([i.id for i in who.items], drawn.T, strict=True))

    found = reliability(who, who.scale("total"), columns, seed=3, draws=50)

    assert found.omega is None
    assert found.best is found.alpha
    assert "instruments.item_without_spread" in {entry.code for entry in found.notes}


def test_one_question_has_no_internal_consistency():
    ladder = instrument("CANTRIL")

    found = reliability(ladder, ladder.scale("total"), {"cantril": np.arange(11)}, seed=1)

    assert found.best is None
    assert found.good_for_groups is None
    assert [entry.code for entry in found.notes] == ["instruments.one_item"]


@pytest.mark.parametrize(
    ("estimate", "shape"),
    [
        (cronbach_alpha, (2, 4)),
        (cronbach_alpha, (10, 1)),
        (lambda points: mcdonald_omega(points, seed=1), (10, 2)),
        (spearman_brown, (10, 3)),
        (spearman_brown, (3, 2)),
    ],
)
def test_too_few_people_or_items_are_refused(estimate, shape):
    with pytest.raises(TooFewCases):
        estimate(np.arange(np.prod(shape), dtype=float).reshape(shape))


@pytest.mark.parametrize(
    ("estimate", "points"),
    [
        (cronbach_alpha, np.ones((10, 3))),
        (lambda points: mcdonald_omega(points, seed=1),
         np.column_stack([np.arange(9), np.arange(9), np.ones(9)])),
        (spearman_brown, np.column_stack([np.arange(9), np.ones(9)])),
    ],
)  # fmt: skip
def test_answers_without_spread_are_refused(estimate, points):
    with pytest.raises(NoSpread):
        estimate(points)
