"""A plan runs as written, all its specifications beside it, and what cannot run says why."""

import numpy as np
import pytest

from biotoop.engine.effects.diagnostics import CheckName, Role, Verdict
from biotoop.engine.effects.plan import Adjustment, Coarsening, Estimand, IntervalMethod
from engine.effects.studies import TEXT, measures, people, plan, run, stored, way


@pytest.fixture(scope="module")
def neighbourhood(tmp_path_factory):
    return stored(people(), tmp_path_factory.mktemp("data"), key=("age",))


def code(finding):
    return None if finding.refusal is None else finding.refusal.code


def verdicts(finding):
    return {check.name: check.verdict for check in finding.checks}


def difference(data):
    y, reached = data["loneliness"], data["reached"] == 1
    return y[reached].mean() - y[~reached].mean()


def test_an_experiment_is_the_difference_in_means_with_neymans_error(neighbourhood):
    data = people()
    y, reached = data["loneliness"], data["reached"] == 1

    found = run(neighbourhood, plan("experiment")).primary

    assert found.estimate.value == pytest.approx(difference(data))
    spread = y[reached].var(ddof=1) / reached.sum() + y[~reached].var(ddof=1) / (~reached).sum()
    assert found.estimate.se == pytest.approx(np.sqrt(spread))
    assert found.estimate.interval.code == "effects.convention.hc2_satterthwaite"
    assert (found.level, str(found.estimate.unit), found.estimate.n) == (5, "punten", 400)


def test_less_loneliness_is_a_positive_standardised_effect(neighbourhood):
    data = people()
    sd = data["loneliness"][data["reached"] == 0].std(ddof=1)

    found = run(neighbourhood, plan("experiment")).primary

    assert found.standardised.value == pytest.approx(-found.estimate.value / sd, rel=5e-3)
    assert found.standardised.low < found.standardised.value < found.standardised.high
    assert found.standardised.se > found.estimate.se / sd * 0.99


def test_a_norm_is_taken_as_the_known_standard_deviation(neighbourhood):
    found = run(neighbourhood, plan("experiment"), measures(sd=2.0)).primary

    assert found.standardised.value == pytest.approx(-found.estimate.value / 2)
    assert found.standardised.se == pytest.approx(found.estimate.se / 2)
    assert found.standardised.interval.code == "effects.convention.delta_norm"


def test_groups_are_shown_as_they_are_in_the_data(neighbourhood):
    data = people()

    treated, comparison = run(neighbourhood, plan("experiment")).primary.groups

    assert (treated.role, treated.code) == (Role.TREATED, "1")
    assert treated.n + comparison.n == 400
    assert comparison.mean == pytest.approx(data["loneliness"][data["reached"] == 0].mean())
    assert comparison.sd == pytest.approx(data["loneliness"][data["reached"] == 0].std(ddof=1))


ADJUSTED = [item for item in Adjustment if item is not Adjustment.NONE]


@pytest.mark.parametrize("adjustment", ADJUSTED)
def test_every_adjustment_finds_the_effect_that_was_put_in(neighbourhood, adjustment):
    cuts = (
        Coarsening(column="earlier", cuts=(2.0, 2.5, 3.0, 3.5, 4.0)),
        Coarsening(column="age", cuts=(50.0,)),
    )
    the_plan = plan(
        "comparison", adjustment=adjustment, covariates=("alone", "age", "earlier"), coarsening=cuts
    )

    found = run(neighbourhood, the_plan).primary

    assert found.refusal is None
    assert abs(found.estimate.value - -0.8) < 2.5 * found.estimate.se
    assert found.estimate.se < 0.2
    assert found.adjustment is adjustment


FAILING = {
    "nobody": ({"comparison": "7"}, "empty_side"),
    "elsewhere": ({"dataset": "abroad"}, "no_dataset"),
    "clustered": ({"interval": IntervalMethod.CR2}, "no_clusters"),
    "odd": ({"covariates": ("log(age)",)}, "term"),
    "shared": ({"estimand": Estimand.OVERLAP}, "overlap_only"),
}


def test_specifications_are_all_shown_failures_too(neighbourhood):
    ways = (
        way("raw", adjustment=Adjustment.NONE),
        *(way(name, **changes) for name, (changes, _) in FAILING.items()),
        way("trimmed", adjustment=Adjustment.INVERSE_PROBABILITY, trim=0.2),
        way("everyone", adjustment=Adjustment.ENTROPY_BALANCING, estimand=Estimand.ATE),
        way("both", adjustment=Adjustment.INVERSE_PROBABILITY, estimand=Estimand.OVERLAP),
    )
    covariates = ("alone", "earlier")
    the_plan = plan(
        "comparison", adjustment=Adjustment.REGRESSION, specifications=ways, covariates=covariates
    )

    found = run(neighbourhood, the_plan)

    refused = [f"effects.refused.{why}" for _, why in FAILING.values()]
    assert [code(item) for item in found.specifications] == [None, *refused, None, None, None]
    assert (found.curve.run, found.curve.refused) == (5, 5)
    assert [point.specification for point in found.curve.points][-5:] == list(FAILING)


def test_the_curve_counts_who_agrees_with_the_plan(neighbourhood):
    ways = (way("raw", adjustment=Adjustment.NONE), way("same"))
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.REGRESSION,
        specifications=ways,
        covariates=("alone", "earlier"),
    )

    curve = run(neighbourhood, the_plan).curve

    values = [point.value for point in curve.points]
    assert values == sorted(values)
    assert (curve.lowest, curve.median, curve.highest) == tuple(values)
    assert (curve.same_sign, curve.excludes_zero) == (3, 3 - sum(p.high > 0 for p in curve.points))


def test_placebos_leave_out_the_covariates_that_hold_them(neighbourhood):
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.REGRESSION,
        placebo_outcomes=("earlier",),
        covariates=("alone", "age", "earlier", "earlier^2"),
    )
    data = people()
    X = np.column_stack([np.ones(400), data["reached"], data["alone"], data["age"]])
    expected = np.linalg.lstsq(X, data["earlier"], rcond=None)[0][1]

    (placebo,) = run(neighbourhood, the_plan).primary.placebos

    assert placebo.estimate.value == pytest.approx(expected)
    assert placebo.verdict in (Verdict.HELD, Verdict.DOUBTFUL)


def test_a_comparison_of_unlike_people_without_adjustment_is_lowered(neighbourhood):
    found = run(neighbourhood, plan("comparison", covariates=("alone",))).primary

    assert verdicts(found)[CheckName.BALANCE] is Verdict.FAILED
    assert found.level == 2
    assert found.level_reasons[-1].code == "effects.level.lowered"


def test_adjustment_with_a_placebo_that_held_is_level_four(tmp_path):
    snapshot = stored(people(rows=4000, seed=21), tmp_path, key=("age",))
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.ENTROPY_BALANCING,
        covariates=("alone", "age", "earlier"),
        placebo_outcomes=("earlier",),
    )

    found = run(snapshot, the_plan).primary

    assert set(verdicts(found).values()) == {Verdict.HELD, Verdict.CANNOT_KNOW}
    assert found.level == 4


def test_the_plan_may_argue_for_a_lower_level_only(neighbourhood):
    lower = run(neighbourhood, plan("experiment", level=3, level_reason=TEXT)).primary
    higher = run(neighbourhood, plan("comparison", level=5, level_reason=TEXT)).primary

    assert lower.level == 3
    assert higher.level == 2  # nobody could look whether the groups are alike
