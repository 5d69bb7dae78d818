"""Reliable change: closed forms, direction, borders and honest words."""

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.errors import TooFewCases
from biotoop.engine.core.estimates import Estimate
from biotoop.engine.core.messages import note, sentences
from biotoop.engine.instruments.change import (
    ChangeBasis,
    ChangeClass,
    change_basis,
    reliable_change,
)
from biotoop.engine.instruments.faults import NoReliability, NoSpread
from biotoop.engine.instruments.importance import (
    important_change,
    important_difference,
    wilson,
)
from biotoop.engine.instruments.loading import instrument
from biotoop.engine.instruments.model import Better

WHO = instrument("WHO5").scale("total")
DJG = instrument("DJG6").scale("total")
GAD = instrument("GAD7").scale("total")
BASIS = ChangeBasis(
    sd=10.0, sd_source=note("instruments.sd_own"),
    reliability=0.82, reliability_source=note("instruments.r_own", n=100),
)  # fmt: skip
OWN = Estimate(value=0.8, low=0.7, high=0.9, n=120, method=note("instruments.omega", items=5))


def test_the_index_is_the_change_over_the_error_of_a_difference():
    # SEM = 10 * sqrt(.18) = 4.2426; SEM * sqrt(2) = 6; margin = 1.959964 * 6
    found = reliable_change(WHO, [40.0], [55.0], BASIS)

    assert found.index[0] == pytest.approx(2.5)
    assert found.margin == pytest.approx(11.759784)
    assert BASIS.sem == pytest.approx(4.242641)


@pytest.mark.parametrize(
    ("scale", "before", "after", "kind"),
    [
        (WHO, 40, 56, "recovered"),  # past 50
        (WHO, 60, 76, "forward"),
        (WHO, 30, 46, "forward"),
        (WHO, 40, 51, "unchanged"),  # past the border, but within error
        (WHO, 60, 40, "backward"),
        (GAD, 20, 4, "recovered"),  # lower is better, border at 10
        (GAD, 2, 20, "backward"),
    ],
)
def test_each_change_falls_in_the_class_of_its_size_direction_and_border(
    scale, before, after, kind
):
    found = reliable_change(scale, [before], [after], BASIS)

    assert found.count(ChangeClass(kind)) == 1
    assert sum(share.count for share in found.shares) == 1


def test_where_neither_way_is_better_changes_are_higher_or_lower():
    scale = attrs.evolve(WHO, better=Better.NEITHER)

    found = reliable_change(scale, [40, 40, 40], [60, 20, 41], BASIS)

    counts = {share.kind.value: share.count for share in found.shares}
    assert counts == {"unchanged": 1, "higher": 1, "lower": 1}


def test_people_with_one_score_only_are_left_out_and_counted():
    found = reliable_change(WHO, [40, np.nan, 30], [60, 50, np.nan], BASIS)

    assert (found.n, found.missing) == (1, 2)
    assert found.place.tolist()[1:] == [-1, -1]
    assert all(share.share.n == 1 for share in found.shares)


def test_without_anyone_there_are_no_shares():
    assert reliable_change(WHO, [np.nan], [1.0], BASIS).shares == ()


@given(
    before=st.lists(st.integers(0, 25), min_size=1, max_size=30),
    seed=st.integers(0, 1000),
)
def test_turning_scale_and_scores_around_keeps_forward_forward(before, seed):
    first = 4.0 * np.array(before)
    second = 4.0 * np.random.default_rng(seed).integers(0, 26, len(before))
    up = attrs.evolve(WHO, cutoffs=())
    down = attrs.evolve(up, better=Better.LOWER)

    straight = reliable_change(up, first, second, BASIS)
    turned = reliable_change(down, 100 - first, 100 - second, BASIS)

    assert [s.count for s in straight.shares] == [s.count for s in turned.shares]
    assert sum(share.count for share in straight.shares) == straight.n


def test_measurement_error_alone_is_called_reliable_in_one_of_twenty():
    rng = np.random.default_rng(5)
    true = rng.normal(50, 10 * np.sqrt(0.82), 20_000)
    noise = 10 * np.sqrt(0.18)
    before, after = (true + rng.normal(0, noise, 20_000) for _ in range(2))

    found = reliable_change(WHO, before, after, BASIS)

    assert found.n - found.count(ChangeClass.UNCHANGED) == pytest.approx(1000, abs=93)  # 3 sd


def test_published_agreement_comes_first_and_both_sources_are_told():
    basis = change_basis(WHO, [40, 50, 60.0], OWN)

    assert basis.reliability == 0.81
    assert basis.sd == pytest.approx(10)
    assert "Health Qual Life" in basis.reliability_source.text("en")
    assert basis.sd_source.text("nl") == "spreiding: nulmeting van deze mensen"


def test_a_norm_with_a_spread_gives_the_spread():
    scale = instrument("KIDSCREEN10").scale("total")

    basis = change_basis(scale, [1.0, 2.0, 3.0])

    assert (basis.sd, basis.reliability) == (10, 0.72)
    assert basis.sd_source.code == "instruments.sd_norm"


def test_own_reliability_serves_where_nothing_is_published_and_its_interval_is_used():
    basis = change_basis(GAD, [2, 8, 14.0], OWN)

    found = reliable_change(GAD, [10.0, 10, 10], [1.0, 6, 10], basis)

    assert basis.reliability == 0.8
    assert basis.reliability_source.params == {"n": 120}
    # margins 1.96 * 6 * sqrt(2 * (1 - r)): 9.1 at .7 and 5.3 at .9, so -9 passes the second only
    assert found.reliable_low == 0
    assert found.reliable_high == pytest.approx(1 / 3)


def test_own_figures_can_be_put_first():
    basis = change_basis(WHO, [40, 50, 60.0], OWN, prefer_own=True)

    assert basis.reliability == 0.8


def test_without_any_reliability_there_is_no_reliable_change():
    with pytest.raises(NoReliability, match="no reliability is published"):
        change_basis(GAD, [1, 2, 3.0])


def test_a_baseline_of_two_people_or_of_equals_gives_no_spread():
    with pytest.raises(TooFewCases):
        change_basis(WHO, [1.0, 2.0], OWN)
    with pytest.raises(NoSpread):
        change_basis(WHO, [5.0, 5.0, 5.0, np.nan], OWN)


@pytest.mark.parametrize(
    ("scale", "value", "distribution"),
    [
        (WHO, 10, False),
        (instrument("PHQ9").scale("total"), 5, True),
        (instrument("SWEMWBS").scale("total"), 3, True),
        (DJG, 1.0, True),
    ],
)
def test_a_published_difference_comes_before_half_a_deviation(scale, value, distribution):
    found = important_difference(scale, [1, 3, 5.0])

    assert found.value == value
    assert found.distribution_based is distribution


def test_the_share_with_a_difference_that_matters_counts_the_good_way_only():
    difference = important_difference(GAD, [0.0])

    found = important_change(GAD, [10, 10, 10, np.nan], [6, 14, 7, 1], difference)

    assert (found.value, found.n, found.missing) == (pytest.approx(1 / 3), 3, 1)
    assert found.warnings[0].code == "instruments.no_comparison"


def test_half_a_deviation_is_marked_as_resting_on_the_spread():
    difference = important_difference(DJG, [1, 3, 5.0])
    neither = attrs.evolve(DJG, better=Better.NEITHER)

    found = important_change(neither, [1, 2, 3.0], [3, 1, 3.0], difference)

    assert found.value == pytest.approx(2 / 3)
    assert found.warnings[1].code == "instruments.distribution_based"


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Newcombe (1998, Stat Med 17, 857-872), table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
     (1, 29, 0.0061, 0.1718)],
)  # fmt: skip
def test_the_score_interval_meets_the_published_table(count, n, low, high):
    found = wilson(count, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nobody_is_refused():
    with pytest.raises(TooFewCases):
        wilson(0, 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_class_claims_that_people_improved_without_a_comparison(language):
    words = [sentences(language)[f"instruments.change.{kind.value}"] for kind in ChangeClass]

    assert not any("verbeterd" in word or "improved" in word for word in words)
    found = reliable_change(WHO, [40.0], [60.0], BASIS)
    assert found.notes[0].code == "instruments.no_comparison"
