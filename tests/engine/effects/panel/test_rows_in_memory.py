"""Several sets of effects: means taken off rows in turn equal products and pyfixest."""

import numpy as np
import pandas as pd
import pyfixest as pf
import pytest

from biotoop.engine.datasets.projections import Groups, absorb, without_singles
from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.panel import fixed_effects, multiple_testing
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel

TWO = "lonely ~ reached + hours + C(work) | person + month"
THREE = "lonely ~ reached + hours | person + month + worker"


@pytest.fixture(scope="module", params=[0.0, 0.25], ids=["balanced", "with gaps"])
def table(request):
    rng = np.random.default_rng(8)
    made = panel(lost=request.param)
    return made.assign(worker=rng.integers(30, size=len(made)))


@pytest.mark.parametrize("cluster", ["area", "person"])
@pytest.mark.parametrize("weights", [None, "weight"])
def test_rows_and_products_are_equal_to_nine_digits(table, cluster, weights):
    rows, products = (
        fixed_effects(TWO, table, cluster=cluster, weights=weights, way=way)
        for way in ("rows", "products")
    )

    assert list(rows.terms) == list(products.terms)
    for name, expected in products.terms.items():
        assert rows.terms[name].value == pytest.approx(expected.value, rel=1e-9)
        assert rows.terms[name].se == pytest.approx(expected.se, rel=1e-9)
        assert rows.terms[name].df == expected.df
    assert rows.effect.n == products.effect.n
    assert rows.within_r2 is not None


def test_the_classical_error_is_the_same_too(table):
    rows, products = (
        fixed_effects(TWO, table, error="classical", way=way) for way in ("rows", "products")
    )

    assert rows.effect.se == pytest.approx(products.effect.se, rel=1e-9)
    assert rows.effect.df == products.effect.df


@pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas
@pytest.mark.parametrize("cluster", ["area", "person", "worker"])
@pytest.mark.parametrize("weights", [None, "weight"])
def test_three_sets_of_effects_equal_pyfixest(table, cluster, weights):
    found = fixed_effects(THREE, table, cluster=cluster, weights=weights)

    expected = pf.feols(THREE, table, vcov={"CRV1": cluster}, weights=weights, fixef_tol=1e-13)
    for name in ("reached", "hours"):
        assert found.terms[name].value == pytest.approx(expected.coef()[name], rel=5e-9)
        assert found.terms[name].se == pytest.approx(expected.se()[name], rel=5e-9)
    assert found.effect.n == expected._N  # noqa: SLF001 - it has no public name


def test_one_set_of_effects_is_a_regression_off_the_means(table):
    found = fixed_effects("lonely ~ hours | person", table, cluster="area")

    apart = table[["lonely", "hours"]] - table.groupby("person")[["lonely", "hours"]].transform(
        "mean"
    )
    expected = (apart["lonely"] * apart["hours"]).sum() / (apart["hours"] ** 2).sum()
    assert found.effect.value == pytest.approx(expected, rel=1e-11)


def test_effects_written_out_are_taken_off_entirely():
    rng = np.random.default_rng(3)
    codes = [rng.integers(size, size=300) for size in (40, 25, 7)]
    z, weights = rng.normal(size=300), rng.uniform(0.2, 3.0, 300)
    D = np.hstack([np.eye(code.max() + 1)[code] for code in codes])
    root = np.sqrt(weights)[:, None]
    expected = z - D @ np.linalg.lstsq(D * root, z * root[:, 0], rcond=None)[0]

    found = absorb(z, [Groups.of(code, weights) for code in codes], tolerance=1e-13)

    assert found.settled
    assert found.left == pytest.approx(expected, abs=1e-11)


def test_a_chain_that_hangs_together_by_single_rows_still_comes_to_rest():
    links = np.arange(400)
    first, second = np.repeat(links, 2)[:-1], np.repeat(links, 2)[1:]
    z = np.random.default_rng(1).normal(size=first.size)

    found = absorb(z, [Groups.of(first, None), Groups.of(second, None)], tolerance=1e-11)

    assert found.settled
    assert np.abs(found.left).max() < 1e-6  # a tree of groups explains every row


def test_rows_alone_in_their_group_fall_out_one_after_the_other():
    first, second = np.array([0, 0, 1, 1, 2]), np.array([0, 0, 0, 1, 1])

    assert without_singles([first, second]).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize(
    ("change", "way", "words"),
    [
        ({}, "count", "holds no rows, as month has at most 6 values"),
        ({}, "rows", "as you asked"),
        ({"month": lambda t: t["month"] * 1000 + t["person"] % 90}, "count", "> 400"),
    ],
)
def test_the_way_is_chosen_by_a_count_and_told(change, way, words):
    table = panel().assign(**change)

    found = fixed_effects("lonely ~ hours | person + month", table, cluster="area", way=way)

    assert words in found.text("en")
    assert "MiB" in found.text("nl")


@pytest.mark.filterwarnings("ignore")
def test_people_and_employers_beyond_what_products_hold_equal_pyfixest():
    rng = np.random.default_rng(5)
    rows = 6000
    person, employer = rng.integers(1500, size=rows), rng.integers(450, size=rows)
    hours = rng.normal(size=rows) + 0.01 * person
    y = 0.5 * hours + rng.normal(size=1500)[person] + rng.normal(size=450)[employer]
    table = pd.DataFrame(
        {"person": person, "employer": employer, "hours": hours, "y": y + rng.normal(size=rows)}
    )
    formula = "y ~ hours | person + employer"

    found = fixed_effects(formula, table, cluster="employer")

    expected = pf.feols(formula, table, vcov={"CRV1": "employer"}, fixef_tol=1e-13)
    assert found.effect.value == pytest.approx(expected.coef()["hours"], rel=1e-8)
    assert found.effect.se == pytest.approx(expected.se()["hours"], rel=1e-8)
    assert "rows in memory" in found.text("en")


def test_the_same_bits_for_any_threads(table):
    one, two = (
        fixed_effects(THREE, table, cluster="area", engine=DuckEngine(threads=threads))
        for threads in (1, 2)
    )

    assert one.tidy().equals(two.tidy())


@pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas
@pytest.mark.parametrize("weights", [None, "weight"])
def test_an_error_in_which_each_row_has_its_own_spread_equals_pyfixest(table, weights):
    found = fixed_effects(THREE, table, error="hc1", weights=weights)

    expected = pf.feols(THREE, table, vcov="hetero", weights=weights, fixef_tol=1e-13)
    errors = [item.se for item in found.terms.values()]
    assert errors == pytest.approx(expected.se().tolist(), rel=1e-9)


@pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas
def test_the_jackknife_equals_estimating_again_without_each_cluster(table):
    found = fixed_effects(THREE, table, cluster="area", error="cr3", weights="weight")

    def estimated(rows):
        return pf.feols(THREE, rows, weights="weight", fixef_tol=1e-13).coef().to_numpy()

    areas = table["area"].unique()
    apart = np.array([estimated(table[table["area"] != area]) for area in areas]) - estimated(table)
    expected = np.sqrt((len(areas) - 1) / len(areas) * np.sum(apart**2, axis=0))
    assert [item.se for item in found.terms.values()] == pytest.approx(expected, rel=1e-7)


def test_the_jackknife_of_rows_equals_that_of_products_where_both_can(table):
    rows, products = (
        fixed_effects(TWO, table, cluster="area", error="cr3", way=way)
        for way in ("rows", "products")
    )

    assert rows.tidy()["std_error"].to_pylist() == pytest.approx(
        products.tidy()["std_error"].to_pylist(), rel=1e-8
    )


def test_products_that_hold_no_rows_say_where_each_row_can_have_its_own_spread(table):
    with pytest.raises(Refused, match='way="rows"'):
        fixed_effects(TWO, table, error="hc1")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"error": "cr2"}, "rows_cr2"),
        ({"error": "cr3", "cluster": "person"}, "rows_cr3"),
        ({"way": "fast"}, "way"),
        ({"way": "products"}, "products_hold"),
        ({"cluster": None}, "no_clusters"),
    ],
)
def test_what_rows_cannot_do_is_refused_with_what_to_do(table, asked, code):
    with pytest.raises(Refused) as refusal:
        fixed_effects(THREE, table, **{"cluster": "area", **asked})

    assert refusal.value.why.code == f"panel.refused.{code}"


def test_what_draws_from_stored_products_says_that_there_are_none(table):
    found = fixed_effects(THREE, table, cluster="area")
    calls = [
        lambda: found.bootstrap(seed=1),
        lambda: found.randomisation(seed=1),
        lambda: multiple_testing({"a": found, "b": found}, seed=1),
    ]

    for call in calls:
        with pytest.raises(Refused) as refusal:
            call()
        assert refusal.value.why.code == "panel.refused.rows_only"
    assert found.sensitivity(benchmark="hours").robustness > 0


@pytest.mark.parametrize("weights", [None, "weight"])
def test_turning_clusters_around_carries_over_effects_that_lie_across_them(table, weights):
    few = table.assign(worker=table["worker"] % 6)
    written = "lonely ~ reached + hours + C(worker) | person + month"
    asked = {"cluster": "area", "weights": weights}

    rows = fixed_effects(THREE, few, **asked, keep_rows=True).wild_bootstrap(seed=1)
    products = fixed_effects(written, few, **asked, way="products").wild_bootstrap(seed=1)

    assert rows.p == products.p
    assert (rows.t, rows.low, rows.high) == pytest.approx(
        (products.t, products.low, products.high), rel=1e-8
    )


def test_rows_that_were_let_go_and_many_clusters_have_no_wild_bootstrap(table):
    let_go = fixed_effects(THREE, table, cluster="area")
    many = fixed_effects(THREE, table, cluster="person", keep_rows=True)

    for found, code in ((let_go, "rows_let_go"), (many, "rows_wild")):
        with pytest.raises(Refused) as refusal:
            found.wild_bootstrap(seed=1)
        assert refusal.value.why.code == f"panel.refused.{code}"


def test_every_choice_of_covariates_of_rows_is_what_a_regression_with_it_says(table):
    curve = fixed_effects(THREE, table, cluster="area").specification_curve()

    chosen = dict(zip(curve.choices, curve.estimates, strict=True))
    for choice in ((), ("hours",)):
        formula = " + ".join(("lonely ~ reached", *choice)) + " | person + month + worker"
        alone = fixed_effects(formula, table, cluster="area").effect
        assert chosen[choice].value == pytest.approx(alone.value, rel=1e-9)
        assert chosen[choice].se == pytest.approx(alone.se, rel=1e-9)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lonely": np.nan}, "nobody_left"),
        ({"lonely": 2.0}, "constant_outcome"),
        ({"reached": 1}, "absorbed"),
        ({"area": 1}, "one_cluster"),
        ({"area": lambda t: t["person"] % 2}, "two_clusters"),
        ({"lonely": lambda t: t["reached"] + t["hours"]}, "exact"),
        ({"person": lambda t: np.arange(len(t))}, "never_twice"),
    ],
)
def test_bad_input_is_refused_as_with_products(table, change, code):
    with pytest.raises(Refused) as refusal:
        fixed_effects(THREE, table.assign(**change), cluster="area")

    assert refusal.value.why.code == f"panel.refused.{code}"
