"""From a document and a decision to what it is worth to find out, against closed forms."""

import math

import attrs
import numpy as np
import pytest
from scipy import special, stats

from biotoop.engine.core.errors import InvalidValuation
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note
from biotoop.engine.valuation.decision import Decision, Option, StudyCost
from biotoop.engine.valuation.distributions import Support, distribution_of
from biotoop.engine.valuation.model import FromEstimate, SharedFactor
from biotoop.engine.valuation.value import value
from biotoop.engine.valuation.voi_result import ValueOfInformation, VoiRow
from engine.valuation.examples import (
    L1,
    L2,
    L3,
    SMALL,
    WHY,
    cost,
    item,
    normal,
    sure,
    three,
    valuation,
)

GO = Option(id="go", label=WHY)
WITHOUT = Option(id="without", label=WHY, without=True)
APART = SharedFactor(on=False, because=WHY)
DECISION = Decision(question=WHY, options=(WITHOUT, GO), people=50, population=200, years=3)


def loss(mean: float, sd: float) -> float:
    """Give the expected gain of knowing a normal difference before choosing."""
    away = abs(mean)
    return float(sd * stats.norm.pdf(away / sd) - away * stats.norm.cdf(-away / sd))


def informed(given, decision=DECISION, **parts) -> ValueOfInformation:
    return value(given, theory=SMALL, seed=4, decision=decision, **parts).information


def row(rows: tuple[VoiRow, ...], name: str) -> VoiRow:
    return next(part for part in rows if part.name == name)


# Net value 100 (q_a + q_b + q_c) - 2400: mean 100, deviations 500, 300 and 200 euros.
LINEAR = (
    item("a", quantity=normal(10, 5), via=(L1,)),
    item("b", quantity=normal(10, 3), via=(L1, L2)),
    item("c", quantity=normal(5, 2), via=(L3,)),
)
COSTS = (cost("pay", sure(2400)),)


def test_without_a_shared_factor_every_set_is_worth_its_own_normal_loss():
    found = informed(valuation(*LINEAR, costs=COSTS, shared_factor=APART))
    expected = {
        "a.quantity": 500, "b.quantity": 300, "c.quantity": 200,
        L1: math.hypot(500, 300), L2: 300, L3: 200,
    }  # fmt: skip
    rows = {part.name: part for part in (*found.inputs, *found.links)}

    for name, spread in expected.items():
        own = rows[name]
        assert own.programme == pytest.approx(loss(100, spread), abs=4 * own.error + 0.01)
    everything = found.everything
    assert everything.programme == pytest.approx(
        loss(100, math.hypot(500, 300, 200)), abs=4 * everything.error
    )
    assert rows[L1].inputs == ("a.quantity", "b.quantity")


def test_with_a_shared_factor_knowing_one_input_tells_of_the_others():
    """E[net | q_a] moves by 500 + rho (300 + 200) for a standard deviation of q_a."""
    shared = SharedFactor(correlation=0.4)
    found = informed(valuation(*LINEAR, costs=COSTS, shared_factor=shared))
    one = row(found.inputs, "a.quantity")

    assert one.programme == pytest.approx(loss(100, 500 + 0.4 * 500), abs=4 * one.error)


def test_with_a_shared_factor_a_group_is_worth_the_spread_of_its_conditional_mean():
    """Spread^2 = c' R^-1 c, c the covariance of net with the scores of the group."""
    rho, spreads = 0.4, np.array([500, 300, 200])
    correlation = np.full((3, 3), rho) + (1 - rho) * np.eye(3)
    c = correlation[:2] @ spreads
    spread = math.sqrt(c @ np.linalg.solve(correlation[:2, :2], c))

    found = informed(valuation(*LINEAR, costs=COSTS, shared_factor=SharedFactor(correlation=rho)))
    group = row(found.links, L1)

    assert group.programme == pytest.approx(loss(100, spread), abs=4 * group.error)


PRODUCT = item(
    "a", via=(L1,), quantity=three(5, 10, 40), amount=three(50, 100, 300),
    deadweight=three(0.1, 0.3, 0.8), attribution_own=three(0.2, 0.5, 0.7),
)  # fmt: skip
OTHER = item("b", via=(L2,), quantity=three(1, 4, 8))


def simulated(mean_of_other: float, cost_: float) -> float:
    """EVPPI of the product by a million plain draws: its conditional mean is known."""
    rng = np.random.default_rng(7)
    ranges = (
        (PRODUCT.quantity, Support.AMOUNT),
        (PRODUCT.price.amount, Support.AMOUNT),
        (PRODUCT.deadweight, Support.SHARE),
        (PRODUCT.attribution_own, Support.SHARE),
    )
    q, p, d, a = (
        distribution_of(given, support).quantile(rng.normal(size=1_000_000))
        for given, support in ranges
    )
    gain = q * p * (1 - d) * a + mean_of_other - cost_
    return float(np.maximum(gain, 0).mean() - max(gain.mean(), 0))


def test_a_group_of_four_that_multiply_is_worth_what_a_large_simulation_says():
    given = valuation(PRODUCT, OTHER, costs=(cost("pay", sure(1100)),), shared_factor=APART)
    group = row(informed(given).links, L1)
    other = 100 * distribution_of(OTHER.quantity, Support.AMOUNT).mean

    assert group.programme == pytest.approx(simulated(other, 1100), rel=0.015)
    assert group.lower <= group.programme <= group.upper


def with_shared_factor(rho: float, other: float) -> tuple[float, float]:
    """EVPPI of the product and mean net value, inputs tied by a factor, by a million Sobol points.

    Given the scores of the three inputs that share the factor, the score of the other item's
    quantity is normal: its mean follows by quadrature.
    """
    score = special.ndtri(stats.qmc.Sobol(5, rng=np.random.default_rng(5)).random(2**19) + 2.0**-31)
    hope = np.array([1, -1, 1])
    tied = math.sqrt(rho) * hope * score[:, [0]] + math.sqrt(1 - rho) * score[:, 1:4]
    q, d, a = (
        distribution_of(given, support).quantile(tied[:, k])
        for k, (given, support) in enumerate(
            ((PRODUCT.quantity, Support.AMOUNT), (PRODUCT.deadweight, Support.SHARE),
             (PRODUCT.attribution_own, Support.SHARE)))
    )  # fmt: skip
    p = distribution_of(PRODUCT.price.amount, Support.AMOUNT).quantile(score[:, 4])
    v = 1 / (1 + 3 * rho / (1 - rho))
    mean = v * math.sqrt(rho) / (1 - rho) * (tied * hope).sum(axis=1)
    nodes, weights = np.polynomial.hermite_e.hermegauss(24)
    rest = distribution_of(OTHER.quantity, Support.AMOUNT).quantile
    spread = math.sqrt(1 - rho + rho * v)
    told = sum(
        weight * rest(math.sqrt(rho) * mean + spread * node)
        for node, weight in zip(nodes, weights / weights.sum(), strict=True)
    )
    gain = q * p * (1 - d) * a + 100 * told - other
    return float(np.maximum(gain, 0).mean() - max(gain.mean(), 0)), float(gain.mean())


@pytest.mark.slow
@pytest.mark.parametrize("paid", [700, 1100, 1900])
def test_a_product_tied_to_another_item_is_worth_what_a_large_simulation_says(paid):
    tied = SharedFactor(correlation=0.5)
    given = valuation(PRODUCT, OTHER, costs=(cost("pay", sure(paid)),), shared_factor=tied)
    found = informed(given, draws=65_536)
    truth, mean = with_shared_factor(0.5, paid)
    group = row(found.links, L1)

    assert found.options[1].net == pytest.approx(mean, abs=4 * found.options[1].net_error)
    assert group.programme == pytest.approx(truth, abs=4 * group.error + 0.005 * truth)
    assert group.error < 0.01 * truth


def test_no_decision_means_no_value_of_information():
    found = value(valuation(*LINEAR, costs=COSTS), theory=SMALL, seed=4, draws=1_024)

    assert found.information is None


def test_worth_is_told_for_each_person_and_for_all_who_follow():
    decision = attrs.evolve(DECISION, implement=0.6)
    found = informed(valuation(*LINEAR, costs=COSTS), decision, draws=1_024)
    years = 200 * 0.6 * (1 + 1 / 1.0225 + 1 / 1.0225**2)

    assert found.person_years == pytest.approx(years)
    for part in (found.everything, *found.inputs, *found.links):
        assert part.person == pytest.approx(part.programme / 50)
        assert part.population == pytest.approx(part.person * years)
        assert part.population_error == pytest.approx(part.error / 50 * years)


def test_options_are_ranked_by_their_mean_with_their_chance_of_being_best():
    half = Option(id="half", label=WHY, items=("a",), effect_scale=2, costs=(), cost_scale=1)
    decision = attrs.evolve(DECISION, options=(WITHOUT, GO, half))
    found = informed(valuation(*LINEAR, costs=COSTS, shared_factor=APART), decision)
    without, go, scaled = found.options

    assert (without.net, without.net_error) == (0, 0)
    assert go.net == pytest.approx(100, abs=4 * go.net_error)
    assert scaled.net == pytest.approx(2000, abs=4 * scaled.net_error)
    assert found.best == "half"
    assert without.chance_best + go.chance_best + scaled.chance_best == pytest.approx(1)


def test_the_payer_who_decides_sees_only_its_own_purse():
    items = (LINEAR[0], attrs.evolve(LINEAR[1], payer="rijk"))
    given = valuation(*items, costs=(cost("pay", sure(1000)),), shared_factor=APART)
    found = informed(given, attrs.evolve(DECISION, payer="rijk"))

    assert [part.name for part in found.inputs] == ["b.quantity"]
    assert found.options[1].net == pytest.approx(1000, abs=1)
    assert found.payer == "rijk"


@pytest.mark.parametrize(
    ("price", "verdict"),
    [(None, "no_price"), (5.0, "worth"), (1e6, "not_worth"), ("same", "even")],
)
def test_a_verdict_sets_the_worth_against_the_price_of_finding_out(price, verdict):
    given = valuation(*LINEAR, costs=COSTS)
    first = row(informed(given, draws=1_024).links, L1)
    cost_ = first.population if price == "same" else price
    asked = attrs.evolve(DECISION, study_cost=cost_)
    found = row(informed(given, asked, draws=1_024).links, L1)

    assert found.verdict.code == f"valuation.verdict_{verdict}"
    assert found.net == (None if price is None else pytest.approx(found.population - cost_))
    assert "€" in found.verdict.text("nl")


def test_when_nothing_can_change_the_choice_no_research_is_worth_it():
    found = informed(valuation(*LINEAR, costs=(cost("pay", sure(90_000)),)), draws=1_024)

    assert found.everything.programme == 0
    assert {part.verdict.code for part in found.links} == {"valuation.verdict_no_change"}
    assert found.best == "without"


def test_a_choice_that_the_draws_cannot_settle_is_told():
    close = valuation(*LINEAR, costs=(cost("pay", sure(2500)),))
    found = value(close, theory=SMALL, seed=2, draws=1_024, decision=DECISION).information

    assert [part.code for part in found.warnings] == ["valuation.choice_on_same_draws"]
    assert informed(valuation(*LINEAR, costs=COSTS)).warnings == ()


def test_the_cheapest_study_that_covers_a_link_sets_its_price():
    studies = (
        StudyCost(links=(L1, L2), label=WHY, cost=900),
        StudyCost(links=(L2,), label=WHY, cost=400),
    )
    decision = attrs.evolve(DECISION, study_cost=50, studies=studies)
    found = informed(valuation(*LINEAR, costs=COSTS), decision, draws=1_024)

    assert {part.name: part.study_cost for part in found.links} == {L1: 900, L2: 400, L3: 50}


def test_a_link_whose_worth_lies_in_the_combination_is_named():
    """Effect and units per effect both centred on nil: each alone has a conditional mean of nil."""
    trap = attrs.evolve(
        MEASURED,
        quantity=FromEstimate(estimate="E1", people=sure(10), units_per_effect=normal(0, 1)),
    )
    found = value(
        valuation(trap, item("b", via=(L2,), quantity=normal(0, 2)), shared_factor=APART),
        theory=SMALL, seed=4, estimates={"E1": attrs.evolve(EFFECT, value=0.0)},
        compared=("E1",), decision=DECISION,
    ).information  # fmt: skip

    assert found.interactions == (L1,)
    assert row(found.links, L1).programme == pytest.approx(10 * 0.1 * 100 / math.pi, rel=0.05)


def test_a_number_may_hang_on_other_links_than_its_item():
    own = item("a", quantity=normal(10, 5, via=(L2,)), via=(L1,), deadweight=three(0.1, 0.2, 0.3))
    found = informed(valuation(own, costs=(cost("pay", sure(800)),)), draws=1_024)

    assert {part.name: part.inputs for part in found.links} == {
        L1: ("a.deadweight",), L2: ("a.quantity",),
    }  # fmt: skip


MEASURED = item(
    "a", quantity=FromEstimate(estimate="E1", people=sure(80), lower_is_better=True,
                               units_per_effect=sure(0.5)),
    deadweight="in_estimate", attribution_own="in_estimate", via=(L1,),
)  # fmt: skip
EFFECT = Estimate(value=-0.4, se=0.1, n=120, method=note("core.engine_error"))


def test_an_estimate_carries_its_uncertainty_to_euros():
    found = value(
        valuation(MEASURED, costs=COSTS), theory=SMALL, seed=4,
        estimates={"E1": EFFECT}, compared=("E1",), decision=DECISION,
    )  # fmt: skip

    assert found.benefits.mid == pytest.approx(0.4 * 80 * 0.5 * 100)
    assert found.benefits.p95 == pytest.approx((0.4 + 0.1 * 1.6449) * 4000, rel=0.002)
    assert found.inputs[0].id == "estimate.E1"
    assert found.inputs[0].p50 == -0.4
    assert row(found.information.links, L1).programme == pytest.approx(
        loss(-800, 400), abs=4 * found.information.everything.error
    )


def test_an_estimate_behind_two_items_is_drawn_once_and_hangs_on_both_links():
    second = attrs.evolve(MEASURED, id="b", via=(L2,))
    found = value(
        valuation(MEASURED, second), theory=SMALL, seed=4, draws=1_024,
        estimates={"E1": EFFECT}, compared=("E1",),
    )  # fmt: skip

    assert [(part.id, part.posts, part.links) for part in found.inputs] == [
        ("estimate.E1", ("a", "b"), (L1, L2))
    ]
    assert found.net.p95 == pytest.approx(2 * found.posts[0].value.p95)


def test_an_estimate_without_uncertainty_does_not_go_to_euros():
    bare = attrs.evolve(EFFECT, se=None)

    with pytest.raises(InvalidValuation, match="no standard error"):
        value(valuation(MEASURED), theory=SMALL, seed=4, estimates={"E1": bare}, compared=("E1",))
