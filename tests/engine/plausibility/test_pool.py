"""The pool: a weak supporting voice never dilutes, evidence against always counts."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.plausibility.pool import effective_number, pool, pool_kept, pool_rows

SUPPORT, CONTRADICT = log(0.70 / 0.50), log(0.20 / 0.40)
OWN_SUPPORT = log(0.80 / 0.70)
RATIOS = st.lists(st.floats(-3, 3, allow_nan=False), min_size=1, max_size=12)
RHO = st.sampled_from([0.0, 0.2, 0.3, 0.6, 0.8, 1.0])


def test_ten_correlated_answers_are_worth_less_than_three():
    assert effective_number(10, 0.3) == pytest.approx(2.7027, abs=5e-5)
    assert effective_number(0, 0.3) == 0


def test_ten_independent_interviews_that_all_support():
    weight = pool([SUPPORT] * 10, 0.3)

    assert weight == pytest.approx(0.909384, abs=5e-7)
    assert exp(weight) == pytest.approx(2.483, abs=5e-4)


def test_ten_of_the_own_organisation_that_all_support():
    assert exp(pool([OWN_SUPPORT] * 10, 0.3)) == pytest.approx(1.435, abs=5e-4)


def test_twenty_support_and_two_contradict():
    weight = pool([SUPPORT] * 20 + [CONTRADICT] * 2, 0.3)

    assert weight == pytest.approx(0.731938, abs=5e-7)


def test_nobody_weighs_nothing():
    assert pool([], 0.3) == 0


def test_one_voice_weighs_what_it_says():
    assert pool([SUPPORT], 0.6) == SUPPORT


def test_a_nuance_counts_as_an_answer_that_says_nothing():
    assert pool([1.0, 0.0], 0.3) == pytest.approx(1 / 1.3)


def test_a_weak_supporter_beside_a_strong_one_is_kept_out():
    weight, kept = pool_kept([2.5, 0.1], 0.6)

    assert (weight, kept) == (2.5, 1)


def test_equal_weights_on_both_sides_say_nothing():
    assert pool([0.5, -0.5], 0.3) == 0


def test_documents_of_one_register_weigh_as_the_strongest_of_them():
    assert pool([0.4, 0.9, 0.2], 1.0) == 0.9


@given(RATIOS, RHO, st.floats(0.001, 3))
def test_one_more_supporter_never_lowers_the_weight(ratios, rho, supporter):
    assert pool([*ratios, supporter], rho) >= pool(ratios, rho) - 1e-12


@given(RATIOS, RHO, st.floats(0, 3, allow_nan=False), st.integers(0, 11))
def test_a_stronger_answer_never_lowers_the_weight(ratios, rho, more, place):
    raised = list(ratios)
    raised[place % len(ratios)] += more

    assert pool(raised, rho) >= pool(ratios, rho) - 1e-12


@given(RATIOS, RHO)
def test_turning_every_answer_around_turns_the_weight_around(ratios, rho):
    assert pool([-one for one in ratios], rho) == pytest.approx(-pool(ratios, rho), abs=1e-12)


@given(st.permutations([0.9, 0.3, 0.0, -0.2, -1.1, 0.31, 0.7]), RHO)
def test_the_order_of_answers_does_not_matter(ratios, rho):
    assert pool(ratios, rho) == pool(sorted(ratios), rho)


@given(RATIOS, RHO)
def test_the_weight_never_exceeds_what_independent_answers_would_give(ratios, rho):
    most = sum(one for one in ratios if one > 0), sum(one for one in ratios if one < 0)

    assert most[1] - 1e-12 <= pool(ratios, rho) <= most[0] + 1e-12


@given(st.lists(st.lists(st.floats(-3, 3), min_size=5, max_size=5), min_size=1, max_size=6), RHO)
def test_many_sets_at_once_weigh_as_each_alone(sets, rho):
    together = pool_rows(np.array(sets), rho)

    assert together == pytest.approx([pool(one, rho) for one in sets], abs=1e-12)
