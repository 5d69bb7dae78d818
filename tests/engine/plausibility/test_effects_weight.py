"""What effect estimates weigh: one for each group of people, by design level, within bounds."""

from math import log

import pytest

from biotoop.engine.plausibility.effects_weight import weigh_estimates
from engine.plausibility.cases import SCHEME, estimate


def weigh(*estimates, unmanipulated=False):
    return weigh_estimates(estimates, SCHEME, unmanipulated=unmanipulated)


def codes(weight):
    return [each.code.removeprefix("plausibility.estimate.") for each in weight.notes]


def test_a_comparison_weighs_its_bayes_factor():
    (weight,), (group,) = weigh(estimate())

    assert weight.ratio == pytest.approx(7.7879, abs=5e-5)
    assert weight.harm_ratio == pytest.approx(0.05)
    assert group.log_ratio == weight.log_ratio
    assert (group.n_eff, weight.comparison, weight.notes) == (1, True, ())


def test_no_estimate_weighs_more_than_twenty():
    (weight,), _ = weigh(estimate(level=5))

    assert weight.log_ratio == pytest.approx(log(20))


def test_harm_is_bounded_as_well():
    (weight,), _ = weigh(estimate(effect=-0.5, se=0.05, level=5))

    assert weight.log_harm == pytest.approx(log(20))
    assert weight.log_ratio == pytest.approx(-log(20))


@pytest.mark.parametrize(("level", "comparison"), [(2, True), (3, False)])
def test_only_a_comparison_of_level_three_counts_as_one(level, comparison):
    (weight,), _ = weigh(estimate(level=level, comparison=comparison))

    assert not weight.comparison


def test_of_the_same_people_the_registered_primary_outcome_counts():
    good = estimate("e1", group="people", primary=False, effect=0.9)
    main = estimate("e2", group="people", effect=0.2)

    weights, (group,) = weigh(good, main)

    assert [(each.id, each.counts) for each in weights] == [("e1", False), ("e2", True)]
    assert group.items[0].item == "e2"
    assert codes(weights[0]) == ["shown_only"]


@pytest.mark.parametrize("parts", [{"registered": False}, {"primary": False}, {}])
def test_without_exactly_one_registered_primary_the_least_favourable_counts(parts):
    good = estimate("e1", group="people", effect=0.9, **parts)
    poor = estimate("e2", group="people", effect=0.1, **parts)

    weights, groups = weigh(good, poor)

    assert [each.item for each in groups[0].items] == ["e2"]
    assert weights[1].counts
    assert codes(weights[1])[-1] == "no_primary"


def test_estimates_on_other_people_are_other_groups():
    _, groups = weigh(estimate("e1"), estimate("e2"))

    assert len(groups) == 2


def test_an_estimate_that_was_not_registered_says_so():
    (weight,), _ = weigh(estimate(registered=False))

    assert weight.counts
    assert codes(weight) == ["not_registered"]


def test_delta_is_that_of_the_plan_when_it_was_registered():
    (weight,), _ = weigh(estimate(delta=0.2))

    assert weight.delta == 0.2
    assert weight.ratio < 7.7


def test_a_delta_that_was_chosen_afterwards_is_not_used():
    (weight,), _ = weigh(estimate(delta=0.01, registered=False))

    assert weight.delta == 0.1
    assert codes(weight) == ["not_registered", "delta"]


def test_one_area_against_one_area_is_refused_as_a_cause():
    (weight,), groups = weigh(estimate(areas=1, comparison_areas=1))

    assert groups == ()
    assert (weight.refused, weight.counts, weight.comparison) == (True, False, False)
    assert weight.notes[0].text("nl") == (
        "e1: één wijk tegen één wijk: verschil te zien, oorzaak niet te scheiden. "
        "Zoek 10 of meer wijken om mee te vergelijken."
    )


def test_one_area_against_more_counts_with_a_warning():
    (weight,), groups = weigh(estimate(areas=1, comparison_areas=4))

    assert len(groups) == 1
    assert codes(weight) == ["one_area"]


def test_a_refused_estimate_does_not_stand_for_its_people():
    refused = estimate("e1", group="people", areas=1, comparison_areas=1)

    weights, (group,) = weigh(refused, estimate("e2", group="people", primary=False))

    assert group.items[0].item == "e2"
    assert [each.counts for each in weights] == [False, True]


def test_a_link_that_nobody_manipulated_counts_as_before_after():
    (weight,), _ = weigh(estimate(level=4), unmanipulated=True)

    assert (weight.level, weight.level_used, weight.comparison) == (4, 2, False)
    assert codes(weight) == ["level"]


def test_a_design_that_varied_the_start_itself_keeps_its_level():
    (weight,), _ = weigh(estimate(level=4, manipulated=True), unmanipulated=True)

    assert weight.level_used == 4
    assert weight.mediation is None


def test_mediation_shows_how_much_hidden_cause_it_bears():
    (weight,), _ = weigh(estimate(effect=0.4), unmanipulated=True)

    ratios = [row.ratio for row in weight.mediation.rows]
    left = estimate(effect=0.4 - weight.mediation.tipping_bias)
    (bare,), _ = weigh(left, unmanipulated=True)

    assert ratios == sorted(ratios, reverse=True)
    assert [row.bias for row in weight.mediation.rows] == [0.05, 0.10, 0.20, 0.30]
    assert bare.log_ratio == pytest.approx(0, abs=1e-12)
    assert "standaardafwijking" in weight.mediation.note.text("nl")


def test_mediation_says_when_there_is_no_support_to_lose():
    (weight,), _ = weigh(estimate(effect=-0.4), unmanipulated=True)

    assert weight.mediation.tipping_bias < 0
    assert weight.mediation.note.code == "plausibility.estimate.no_support"


@pytest.mark.parametrize(
    "parts",
    [{"se": 0.0}, {"effect": float("nan")}, {"level": 6}, {"level": 0}, {"delta": -0.1}],
)
def test_an_estimate_without_sense_cannot_be_made(parts):
    with pytest.raises(ValueError, match=next(iter(parts))):
        estimate(**parts)
