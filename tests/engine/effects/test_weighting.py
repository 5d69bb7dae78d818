"""Weighting and balancing: closed forms, and every standard error against how the answer moves."""

import attrs
import numpy as np
import pytest

from biotoop.engine.effects.entropy_balancing import GAP, balance, entropy_balancing
from biotoop.engine.effects.inverse_probability import inverse_probability
from biotoop.engine.effects.matching import coarsened_exact_matching
from biotoop.engine.effects.plan import Estimand
from biotoop.engine.effects.propensity import fit_propensity
from biotoop.engine.effects.refusals import Refused
from engine.effects.folding import fold


def weigh(sample, estimand):
    return inverse_probability(sample, estimand=estimand)


def even_out(sample, estimand):
    return entropy_balancing(sample, estimand=estimand)


def match(sample, estimand):
    covariates = tuple(sample.columns)
    return coarsened_exact_matching(sample, covariates=covariates, coarsening=(), estimand=estimand)


METHODS = [weigh, even_out, match]
CASES = [
    *((method, estimand) for method in METHODS for estimand in (Estimand.ATT, Estimand.ATE)),
    (weigh, Estimand.OVERLAP),
]


@pytest.fixture(scope="module")
def visitors():
    """People who come to a centre or not; who lives alone comes more often, and is lonelier."""
    rng = np.random.default_rng(11)
    alone = (rng.random(160) < 0.5).astype(float)
    age = np.round(rng.normal(0, 1, 160) * 2) / 2
    treated = (rng.random(160) < 0.25 + 0.35 * alone).astype(float)
    y = 1.0 + alone + 0.5 * age + treated * (0.5 + 0.5 * alone) + rng.normal(0, 1, 160)
    return {"y": y, "treated": treated, "alone": alone, "age": age}


def sample_of(visitors, *covariates, clusters=None):
    chosen = {name: visitors[name] for name in covariates}
    return fold(visitors["y"], visitors["treated"], chosen, clusters)


@pytest.mark.parametrize(("method", "estimand"), CASES)
def test_with_one_trait_every_method_gives_the_mean_of_the_differences_per_trait(
    visitors, method, estimand
):
    y, treated, alone = visitors["y"], visitors["treated"] == 1, visitors["alone"]
    about = np.where(treated, 1.0, estimand is not Estimand.ATT)
    if estimand is Estimand.OVERLAP:
        chance = np.array([treated[alone == k].mean() for k in (0, 1)])[alone.astype(int)]
        about = chance * (1 - chance)
    gaps = [y[treated & (alone == k)].mean() - y[~treated & (alone == k)].mean() for k in (0, 1)]
    shares = [np.average(alone == k, weights=about) for k in (0, 1)]

    found = method(sample_of(visitors, "alone"), estimand)

    assert found.value == pytest.approx(np.dot(shares, gaps), abs=1e-9)


@pytest.mark.parametrize(("method", "estimand"), [case for case in CASES if case[0] is not match])
def test_the_error_is_how_far_each_person_moves_the_answer(visitors, method, estimand):
    rows, step = 40, 1e-5
    some = {name: values[:rows] for name, values in visitors.items()}
    sample = sample_of(some, "alone", "age", clusters=np.arange(rows))

    def answer(person, weight):
        n = sample.n + weight * (np.arange(rows) == person)
        return method(attrs.evolve(sample, n=n), estimand).value

    moved = np.array([answer(i, step) - answer(i, -step) for i in range(rows)]) / (2 * step)

    found = method(sample, estimand)

    assert found.error.se**2 == pytest.approx(rows / (rows - 1) * np.sum(moved**2), rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_folding_people_into_cells_changes_neither_answer_nor_error(visitors, method):
    apart = np.linspace(0, 1e-13, 160)
    folded = sample_of(visitors, "alone")
    rows = fold(
        visitors["y"], visitors["treated"], {"alone": visitors["alone"]}, clusters=np.arange(160)
    )
    rows = attrs.evolve(rows, clusters=None, mean=rows.mean + apart)

    together, alone = method(folded, Estimand.ATT), method(rows, Estimand.ATT)

    assert len(folded.n) == 4
    assert together.value == pytest.approx(alone.value, rel=1e-10)
    assert together.error.se == pytest.approx(alone.error.se, rel=1e-10)


def test_balanced_means_are_equal_to_ten_digits(visitors):
    sample = sample_of(visitors, "alone", "age")
    others = ~sample.treated
    target = sample.n[sample.treated] @ sample.X[sample.treated] / sample.n[sample.treated].sum()

    weights = balance(sample.X[others], sample.n[others], target)

    share = sample.n[others] * weights / sample.n[others].sum()
    assert share @ sample.X[others] == pytest.approx(target, abs=GAP)
    assert share.sum() == pytest.approx(1.0)
    assert weights.min() > 0


def test_balancing_weights_are_an_exponential_of_the_traits(visitors):
    sample = sample_of(visitors, "alone", "age")
    others = ~sample.treated

    weights = entropy_balancing(sample, estimand=Estimand.ATT).weights[others]

    X = np.column_stack([np.ones(others.sum()), sample.X[others]])
    left = np.linalg.lstsq(X, np.log(weights), rcond=None)[1]
    assert left == pytest.approx(0.0, abs=1e-18)


def test_means_outside_what_weights_can_reach_are_refused_and_named():
    y = np.arange(8.0)
    treated = np.array([1, 1, 0, 0, 0, 0, 0, 0])
    age = np.array([80.0, 82.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0])
    alone = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0])

    with pytest.raises(Refused) as refusal:
        entropy_balancing(fold(y, treated, {"age": age, "alone": alone}), estimand=Estimand.ATT)

    assert refusal.value.why.code == "effects.refused.cannot_balance"
    assert refusal.value.why.params["terms"] == ("age",)


def test_a_trait_that_the_comparison_lacks_is_refused_and_named():
    y, treated = np.arange(6.0), np.array([1, 1, 1, 0, 0, 0])
    refugee = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])

    with pytest.raises(Refused) as refusal:
        entropy_balancing(fold(y, treated, {"refugee": refugee}), estimand=Estimand.ATT)

    assert refusal.value.why.params["terms"] == ("refugee",)


@pytest.mark.parametrize("trait", [[1, 1, 1, 0, 0, 0], [1, 1, 0, 0, 0, 0]])
def test_people_who_could_only_be_on_one_side_are_told_by_the_trait(trait):
    treated = np.array([1, 1, 1, 0, 0, 0])
    covariates = {"referred": np.array(trait, float), "age": np.array([3.0, 5, 4, 4, 5, 3])}

    with pytest.raises(Refused) as refusal:
        inverse_probability(fold(np.arange(6.0), treated, covariates), estimand=Estimand.ATT)

    assert refusal.value.why.code == "effects.refused.separation"
    assert "referred" in refusal.value.why.params["terms"]


def test_very_small_chances_are_no_separation():
    rng = np.random.default_rng(3)
    x = np.linspace(-9, 3, 4000)
    treated = rng.random(4000) < 1 / (1 + np.exp(-1.5 * x))

    fitted = fit_propensity(x[:, None], n=np.ones(4000), treated=treated, names=("x",))

    assert fitted.chance.min() < 1e-5
    assert fitted.chance.sum() == pytest.approx(treated.sum(), abs=1e-6)


def test_trimming_leaves_out_and_counts_people_and_fits_anew(visitors):
    sample = sample_of(visitors, "alone", "age")
    first = fit_propensity(sample.X, n=sample.n, treated=sample.treated, names=sample.names)
    inside = (first.chance >= 0.3) & (first.chance <= 0.7)

    found = inverse_probability(sample, estimand=Estimand.ATT, trim=0.3)
    alone = inverse_probability(sample.take(inside), estimand=Estimand.ATT)

    assert found.value == pytest.approx(alone.value)
    assert found.error.se == pytest.approx(alone.error.se)
    assert found.warnings[0].params["n"] == sample.count(~inside) > 0
    assert not found.weights[~inside].any()


def test_trimming_that_leaves_nobody_is_refused(visitors):
    with pytest.raises(Refused) as refusal:
        inverse_probability(sample_of(visitors, "alone"), estimand=Estimand.ATT, trim=0.4999)

    assert refusal.value.why.code == "effects.refused.trimmed_empty"


@pytest.mark.parametrize("method", METHODS)
def test_clusters_are_named_in_the_error(visitors, method):
    clusters = np.arange(160) % 8

    found = method(sample_of(visitors, "alone", clusters=clusters), Estimand.ATT)

    assert found.error.df == 7
    assert found.error.convention.params["clusters"] == 8


@pytest.mark.parametrize("method", METHODS)
def test_a_single_cluster_is_refused(visitors, method):
    with pytest.raises(Refused) as refusal:
        method(sample_of(visitors, "alone", clusters=np.zeros(160)), Estimand.ATT)

    assert refusal.value.why.code == "effects.refused.one_cluster"
