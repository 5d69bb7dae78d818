"""Plans over waves: the same people paired, other people stacked, and what the waves refuse."""

import attrs
import numpy as np
import pytest

from biotoop.engine.effects.diagnostics import CheckName, Verdict
from biotoop.engine.effects.plan import Adjustment
from engine.effects.studies import panel, plan, run, stored, way


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    return stored(panel(), tmp_path_factory.mktemp("data"), waves=("w0", "w1"))


def code(finding):
    return None if finding.refusal is None else finding.refusal.code


def verdicts(finding):
    return {check.name: check.verdict for check in finding.checks}


def test_before_and_after_is_the_paired_change_and_level_two(followed):
    data = panel()
    change = data["loneliness"][300:] - data["loneliness"][:300]

    found = run(followed, plan("pre_post", before="w0", after="w1", treatment=None)).primary

    assert found.estimate.value == pytest.approx(change.mean())
    assert found.estimate.se == pytest.approx(change.std(ddof=1) / np.sqrt(300))
    assert found.level == 2
    assert verdicts(found)[CheckName.OTHER_CAUSES] is Verdict.CANNOT_KNOW
    (group,) = found.groups
    assert group.mean_before == pytest.approx(data["loneliness"][:300].mean())
    assert group.mean == pytest.approx(data["loneliness"][300:].mean())
    sd = data["loneliness"][:300].std(ddof=1)
    assert found.standardised.value == pytest.approx(-change.mean() / sd, rel=5e-3)


def test_difference_in_differences_of_the_same_people_compares_changes(followed):
    data = panel()
    change, reached = data["loneliness"][300:] - data["loneliness"][:300], data["reached"][:300]

    the_plan = plan(
        "difference_in_differences",
        before="w0",
        after="w1",
        covariates=("age",),
        specifications=(way("regression", adjustment=Adjustment.REGRESSION),),
    )
    found = run(followed, the_plan)

    gap = change[reached == 1].mean() - change[reached == 0].mean()
    assert found.primary.estimate.value == pytest.approx(gap)
    assert found.specifications[0].estimate.value == pytest.approx(gap, abs=0.05)
    assert found.primary.level == 3
    assert verdicts(found.primary)[CheckName.PARALLEL_TRENDS] is Verdict.CANNOT_KNOW


def test_earlier_waves_show_whether_both_groups_moved_alike(tmp_path):
    waves = ("w0", "w1", "w2")
    even = stored(panel(1200, waves=waves), tmp_path, waves=waves)
    data = panel(1200, waves=waves)
    data["loneliness"] += 0.6 * data["reached"] * (data["wave"] == "w1")
    uneven = stored(data, tmp_path, waves=waves)
    the_plan = plan("difference_in_differences", before="w1", after="w2")

    held, failed = run(even, the_plan).primary, run(uneven, the_plan).primary

    assert verdicts(held)[CheckName.PARALLEL_TRENDS] is Verdict.HELD
    assert verdicts(failed)[CheckName.PARALLEL_TRENDS] is Verdict.FAILED
    assert (held.level, failed.level) == (3, 2)


@pytest.fixture(scope="module")
def others(tmp_path_factory):
    return stored(panel(), tmp_path_factory.mktemp("data"), waves=("w0", "w1"))


OTHERS = {"before": "w0", "after": "w1", "same_people": False}


def quarters(data):
    y, later, reached = data["loneliness"], data["wave"] == "w1", data["reached"] == 1
    return [y[(reached == side) & (later == wave)] for side in (1, 0) for wave in (1, 0)]


def test_waves_with_other_people_give_the_interaction_of_wave_and_side(others):
    cells = quarters(panel())
    means = [cell.mean() for cell in cells]

    found = run(others, plan("difference_in_differences", **OTHERS)).primary

    spread = sum(cell.var(ddof=1) / len(cell) for cell in cells)
    assert found.estimate.value == pytest.approx(means[0] - means[1] - means[2] + means[3])
    assert found.estimate.se == pytest.approx(np.sqrt(spread))
    assert [group.mean_before for group in found.groups] == pytest.approx([means[1], means[3]])


def test_waves_with_other_people_can_be_adjusted_by_regression_only(others):
    ways = (
        way("raw"),
        way("regression", adjustment=Adjustment.REGRESSION, covariates=("age",)),
        way("weights", adjustment=Adjustment.ENTROPY_BALANCING, covariates=("age",)),
    )

    found = run(others, plan("difference_in_differences", specifications=ways, **OTHERS))

    raw, regression, weights = found.specifications
    assert regression.estimate.value == pytest.approx(raw.estimate.value, abs=0.1)
    assert code(weights) == "effects.refused.not_for_other_people"


def test_before_and_after_with_other_people_compares_two_samples(tmp_path):
    data = panel()
    snapshot = stored(data, tmp_path, waves=("w0", "w1"))

    found = run(
        snapshot, plan("pre_post", before="w0", after="w1", same_people=False, treatment=None)
    ).primary

    before, last = data["loneliness"][:300], data["loneliness"][300:]
    assert found.estimate.value == pytest.approx(last.mean() - before.mean())
    assert found.level == 2


def test_people_lost_between_waves_count_as_missing(tmp_path):
    data = panel()
    stays = (data["wave"] == "w0") | (np.arange(600) % 4 != 0)
    snapshot = stored(
        {name: values[stays] for name, values in data.items()}, tmp_path, waves=("w0", "w1")
    )

    found = run(snapshot, plan("pre_post", before="w0", after="w1", treatment=None)).primary

    assert (found.estimate.n, found.missing) == (225, 75)


@pytest.mark.parametrize(("changes", "refused"), [
    ({"design": "experiment", "treatment": None}, "no_treatment"),
    ({"design": "difference_in_differences"}, "no_waves"),
    ({"design": "pre_post", "before": "w0", "after": "w9"}, "no_such_wave"),
    ({"design": "pre_post", "before": "w0", "after": "w1", "adjustment": Adjustment.REGRESSION,
      "covariates": ("age",)}, "adjusted_change"),
    ({"design": "comparison", "adjustment": Adjustment.REGRESSION, "after": "w1"}, "no_covariates"),
    ({"design": "comparison", "outcome": "unknown"}, "no_measure"),
])  # fmt: skip
def test_what_a_plan_lacks_is_named(followed, changes, refused):
    settings = {"design": "experiment", **changes}
    the_plan = attrs.evolve(plan(settings.pop("design")), **settings)

    assert code(run(followed, the_plan).primary) == f"effects.refused.{refused}"


def test_the_same_person_twice_in_a_wave_is_refused(tmp_path):
    data = panel()
    data["person"][1] = "p0"

    found = run(
        stored(data, tmp_path, waves=("w0", "w1")),
        plan("pre_post", before="w0", after="w1", treatment=None),
    ).primary

    assert found.refusal.code == "effects.refused.twice"
    assert found.refusal.params["rows"] == 1


def test_support_that_began_before_the_wave_before_is_refused(tmp_path):
    data = panel()
    data["reached"] = np.where(
        (np.arange(600) >= 300) & (np.arange(600) % 4 == 0), 1.0, data["reached"]
    )

    found = run(
        stored(data, tmp_path, waves=("w0", "w1")),
        plan("difference_in_differences", before="w0", after="w1"),
    ).primary

    assert found.refusal.code == "effects.refused.already_reached"


def test_a_grant_given_between_the_waves_takes_the_side_of_the_wave_after(tmp_path):
    data = panel()
    fixed = run(
        stored(data, tmp_path, waves=("w0", "w1")),
        plan("difference_in_differences", before="w0", after="w1"),
    ).primary
    data["reached"] = np.where(data["wave"] == "w0", 0.0, data["reached"])

    given = run(
        stored(data, tmp_path, waves=("w0", "w1")),
        plan("difference_in_differences", before="w0", after="w1"),
    ).primary

    assert given.estimate.value == pytest.approx(fixed.estimate.value)


def test_before_and_after_takes_only_the_reached_when_the_plan_says_who_they_are(followed):
    data = panel()
    reached = data["reached"][:300] == 1
    change = (data["loneliness"][300:] - data["loneliness"][:300])[reached]

    found = run(followed, plan("pre_post", before="w0", after="w1")).primary

    assert found.estimate.value == pytest.approx(change.mean())
    assert found.estimate.n == reached.sum()
