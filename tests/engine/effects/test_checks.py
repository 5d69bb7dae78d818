"""What an effect rests on is looked at, in words with the figures."""

import attrs
import numpy as np
import pytest

from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note
from biotoop.engine.effects.balance import balance_rows, lot_p_value
from biotoop.engine.effects.checking import between, worst
from biotoop.engine.effects.diagnostics import CheckName, Verdict
from biotoop.engine.effects.placebos import judged
from biotoop.engine.effects.plan import Adjustment, Estimand, IntervalMethod
from engine.effects.folding import fold
from engine.effects.studies import measures, panel, people, plan, run, stored, way

HELD, DOUBTFUL, FAILED = Verdict.HELD, Verdict.DOUBTFUL, Verdict.FAILED
ADJUSTED = {"adjustment": Adjustment.ENTROPY_BALANCING, "covariates": ("alone", "earlier")}


def check(finding, name):
    """Give one check of a finding."""
    (found,) = [item for item in finding.checks if item.name is name]
    return found


def test_the_worst_verdict_counts():
    assert worst([HELD, Verdict.CANNOT_KNOW, FAILED, DOUBTFUL]) is FAILED
    assert worst([]) is Verdict.CANNOT_KNOW
    assert [between(x, 0.1, 0.25) for x in (0.1, 0.2, 0.3)] == [HELD, DOUBTFUL, FAILED]


def placebo(low, high):
    return Estimate(value=(low + high) / 2, low=low, high=high, n=50, method=note("effects.x"))


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.05, 0.1, HELD),
        (0.02, 0.12, DOUBTFUL),
        (-0.4, 0.4, DOUBTFUL),
        (0.15, 0.4, FAILED),
        (-0.3, -0.2, FAILED),
    ],
)
def test_a_placebo_holds_only_when_the_data_can_tell(low, high, verdict):
    assert judged(placebo(low, high), 0.1) is verdict


def test_a_placebo_without_a_number_cannot_be_known():
    assert judged(None, 0.1) is Verdict.CANNOT_KNOW


def test_balance_is_in_standard_deviations_and_shown_before_and_after():
    treated = np.array([1, 1, 1, 0, 0, 0, 0])
    age = np.array([3.0, 5, 7, 1, 3, 5, 7])
    weights = np.array([1.0, 1, 1, 0, 1, 1, 1])
    sample = attrs.evolve(fold(np.arange(7.0), treated, {"age": age}))
    order = [
        int(np.flatnonzero((treated == t) & (age == a))[0])
        for t, a in zip(sample.treated, sample.columns["age"], strict=True)
    ]

    (row,) = balance_rows(sample, weights[order])

    sd = np.sqrt((age[:3].var() + age[3:].var()) / 2)
    assert row.difference == pytest.approx((5 - 4) / sd)
    assert row.adjusted_difference == pytest.approx(0.0, abs=1e-12)
    assert row.variance_ratio == pytest.approx(age[:3].var() / age[3:].var())
    assert row.verdict is HELD


def test_every_category_but_one_of_two_has_its_own_row():
    columns = {"area": np.array([0.0, 1, 2, 0, 1, 2]), "alone": np.array([0.0, 1, 0, 1, 0, 1])}
    labels = {"area": ("a", "b", "c"), "alone": ("nee", "ja")}
    sample = fold(np.arange(6.0), np.array([0, 1, 0, 1, 0, 1]), columns, categories=labels)

    rows = balance_rows(sample, None)

    assert [row.covariate for row in rows] == ["area=a", "area=b", "area=c", "alone=ja"]


def test_a_trait_that_all_on_one_side_share_lies_infinitely_far():
    sample = fold(np.arange(4.0), np.array([1, 1, 0, 0]), {"own": np.array([1.0, 1, 0, 0])})

    (row,) = balance_rows(sample, None)

    assert (row.difference, row.variance_ratio, row.verdict) == (np.inf, None, FAILED)


def test_a_fair_lot_gives_every_p_value_as_often():
    rng = np.random.default_rng(8)
    values = [
        lot_p_value(
            fold(
                rng.normal(size=80),
                rng.permutation(80) < 30,
                {"a": np.round(rng.normal(size=80), 1), "b": rng.integers(0, 2, 80) * 1.0},
            )
        )
        for _ in range(300)
    ]

    assert np.mean(np.array(values) < 0.05) == pytest.approx(0.05, abs=0.03)
    assert np.mean(values) == pytest.approx(0.5, abs=0.05)


def test_a_lot_that_was_not_fair_lowers_an_experiment(tmp_path):
    snapshot = stored(people(2000), tmp_path, key=("age",))

    found = run(snapshot, plan("experiment", covariates=("alone",))).primary

    assert check(found, CheckName.BALANCE).verdict is FAILED
    assert found.level == 3


def with_teams(rows=400, count=6):
    data = people(rows)
    data["team"] = np.array([f"t{i % count}" for i in range(rows)], dtype=object)
    return data


def test_few_teams_are_told_with_their_degrees_of_freedom(tmp_path):
    snapshot = stored(with_teams(), tmp_path, key=("age",))

    found = run(snapshot, plan("experiment", clusters="team", covariates=("age",))).primary

    few = check(found, CheckName.FEW_CLUSTERS)
    assert few.verdict is DOUBTFUL
    assert few.found.params["clusters"] == 6
    assert few.found.params["df"] == pytest.approx(found.estimate.df)
    assert check(found, CheckName.BALANCE).found.code == "effects.check.balance"
    assert found.groups[0].clusters == 6


def test_one_team_against_many_runs_and_names_its_error(tmp_path):
    data = with_teams(count=12)
    data["reached"] = (data["team"] == "t3").astype(float)
    snapshot = stored(data, tmp_path, key=("age",))

    found = run(snapshot, plan("comparison", clusters="team")).primary

    assert found.estimate.interval.code == "effects.convention.lone_area"
    assert found.estimate.df == 10


def test_weights_that_lean_on_few_people_are_told(tmp_path):
    found = run(stored(people(60), tmp_path, key=("age",)), plan("comparison", **ADJUSTED)).primary

    heavy = check(found, CheckName.WEIGHTS)
    assert heavy.found.params["largest"] == pytest.approx(100 * found.weights.largest_share)
    assert found.weights.treated_effective_n == pytest.approx(found.groups[0].n)
    assert found.weights.comparison_effective_n < found.groups[1].n


def test_balancing_where_chances_are_zero_fails_on_overlap(tmp_path):
    data = people()
    data["referred"] = np.where(data["reached"] == 1, 0.0, (np.arange(400) % 7 == 0) * 1.0)
    changes = {**ADJUSTED, "covariates": ("alone", "referred")}

    found = run(stored(data, tmp_path, key=("age",)), plan("comparison", **changes)).primary

    overlap = check(found, CheckName.OVERLAP)
    assert (overlap.verdict, overlap.found.code) == (FAILED, "effects.refused.separation")
    assert found.level == 2


def test_a_regression_that_must_stretch_is_lowered(tmp_path):
    data = people()
    data["income"] = 20 * data["reached"] + np.arange(400) % 9
    changes = {"adjustment": Adjustment.REGRESSION, "covariates": ("income",)}

    found = run(stored(data, tmp_path, key=("age",)), plan("comparison", **changes)).primary

    assert check(found, CheckName.EXTRAPOLATION).verdict is FAILED
    assert found.level == 2


def test_a_placebo_that_cannot_run_says_why(tmp_path):
    changes = {**ADJUSTED, "covariates": ("earlier",), "placebo_outcomes": ("earlier", "planet")}

    found = run(stored(people(), tmp_path, key=("age",)), plan("comparison", **changes)).primary

    first, second = found.placebos
    assert (first.estimate, first.verdict) == (None, Verdict.CANNOT_KNOW)
    assert first.found.params["reason"].code == "effects.refused.no_covariates"
    assert second.found.params["reason"].code == "datasets.unknown_column"
    assert found.level == 3


def test_what_was_not_measured_is_sized_by_an_e_value(tmp_path):
    found = run(stored(people(), tmp_path, key=("age",)), plan("comparison", **ADJUSTED)).primary

    hidden = check(found, CheckName.HIDDEN_DIFFERENCES)
    ratio = np.exp(0.91 * found.standardised.value)
    assert hidden.verdict is Verdict.CANNOT_KNOW
    assert hidden.found.params["e_value"] == pytest.approx(ratio + np.sqrt(ratio * (ratio - 1)))


def test_earlier_waves_of_other_people_are_looked_at_too(tmp_path):
    waves = ("w0", "w1", "w2")
    data = panel(800, waves=waves)
    stacked = plan("difference_in_differences", before="w1", after="w2", same_people=False)

    found = run(stored(data, tmp_path, waves=waves), stacked).primary

    trend = check(found, CheckName.PARALLEL_TRENDS)
    y, reached = data["loneliness"], data["reached"] == 1
    means = {
        (side, wave): y[(reached == side) & (data["wave"] == wave)].mean()
        for side in (True, False)
        for wave in ("w0", "w1")
    }
    moved = (means[True, "w1"] - means[True, "w0"]) - (means[False, "w1"] - means[False, "w0"])
    sd = y[~reached & (data["wave"] == "w0")].std(ddof=1)
    assert trend.found.params["name"] == "w0"
    assert trend.found.params["value"] == pytest.approx(-moved / sd, rel=5e-3)


def test_waves_may_be_numbers(tmp_path):
    data = panel()
    data["wave"] = np.where(data["wave"] == "w0", 1975.0, 1978.0)
    snapshot = stored(data, tmp_path, waves=("1975", "1978"))
    ways = (way("lost", design=None),)

    found = run(
        snapshot, plan("pre_post", before="1975", after="1978", treatment=None, specifications=ways)
    ).primary
    wrong = run(snapshot, plan("pre_post", before="w0", after="1978", treatment=None)).primary

    assert found.estimate.n == 300
    assert wrong.refusal.code == "effects.refused.no_such_wave"


def test_one_area_over_two_waves_of_other_people_is_set_against_many(tmp_path):
    data = panel(240)
    area = np.array([f"a{(i % 240) % 12}" for i in range(480)], dtype=object)
    data |= {"area": area, "reached": (area == "a0").astype(float)}
    changes = {"before": "w0", "after": "w1", "same_people": False, "clusters": "area"}

    found = run(
        stored(data, tmp_path, waves=("w0", "w1")), plan("difference_in_differences", **changes)
    ).primary

    y, last = data["loneliness"], data["wave"] == "w1"
    moved = np.array(
        [
            y[(area == name) & last].mean() - y[(area == name) & ~last].mean()
            for name in sorted(set(area))
        ]
    )
    lone = sorted(set(area)).index("a0")
    others = np.delete(moved, lone)
    assert found.estimate.value == pytest.approx(moved[lone] - others.mean())
    assert found.estimate.se == pytest.approx(others.std(ddof=1) * np.sqrt(12 / 11))


def test_an_unadjusted_regression_of_everyone_keeps_its_estimand(tmp_path):
    the_plan = plan(
        "comparison",
        adjustment=Adjustment.INTERACTED_REGRESSION,
        estimand=Estimand.ATE,
        covariates=("alone",),
        interval=IntervalMethod.HC3,
    )

    found = run(stored(people(), tmp_path, key=("age",)), the_plan, measures(sd=1.0)).primary

    assert found.estimand is Estimand.ATE
    assert found.estimate.interval.params["own"].code == "effects.convention.hc3"


@pytest.mark.parametrize(("asked", "warned"), [(None, 0), (IntervalMethod.HC1, 1)])
def test_an_error_that_does_not_go_with_weights_is_replaced_aloud(tmp_path, asked, warned):
    the_plan = plan("comparison", interval=asked, **ADJUSTED)

    found = run(stored(people(), tmp_path, key=("age",)), the_plan).primary

    said = [item for item in found.estimate.warnings if item.code == "effects.warning.own_error"]
    assert len(said) == warned
    assert found.groups[1].effective_n == pytest.approx(found.weights.comparison_effective_n)
