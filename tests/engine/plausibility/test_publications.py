"""What literature weighs after transfer to this place."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.plausibility.bayes_factor import bayes_factors
from biotoop.engine.plausibility.publications import weigh_literature, weigh_publication
from engine.plausibility.cases import SCHEME, publication

MODEST = {"effect": 0.2, "se": 0.1, "tau_het": 0.1, "level": 4}


def test_the_spread_between_studies_adds_to_error_and_bias():
    weight = weigh_publication(publication(**MODEST), SCHEME)

    expected = bayes_factors(0.2, 0.1**2 + 0.1**2 + 0.1**2, delta=0.1, tau=0.3).log_ratio
    assert weight.log_ratio == pytest.approx(float(expected))


def test_transferability_multiplies_the_log():
    whole = weigh_publication(publication(**MODEST), SCHEME)
    half = weigh_publication(publication(**MODEST, transferability=0.5), SCHEME)

    assert half.log_ratio == pytest.approx(whole.log_ratio / 2)


@pytest.mark.parametrize(("effect", "expected"), [(0.6, 3), (-0.6, 1 / 3)])
def test_literature_never_weighs_more_than_three(effect, expected):
    assert weigh_publication(publication(effect=effect), SCHEME).ratio == pytest.approx(expected)


def test_the_factor_is_bounded_before_it_is_carried_over():
    weight = weigh_publication(publication(effect=2.0, transferability=0.25), SCHEME)

    assert weight.log_ratio == pytest.approx(0.25 * log(20))


@given(st.floats(-3, 3), st.floats(0.01, 2), st.floats(0, 1), st.floats(0, 1))
def test_no_publication_leaves_its_bounds(effect, se, tau_het, q):
    item = publication(effect=effect, se=se, tau_het=tau_het, transferability=q)

    assert 1 / 3 - 1e-12 <= exp(weigh_publication(item, SCHEME).log_ratio) <= 3 + 1e-12


def test_items_from_one_study_are_worth_one_item():
    _, (group,) = weigh_literature(
        [publication("l1", group="study"), publication("l2", group="study", **MODEST)], SCHEME
    )

    assert (group.n, group.n_eff, group.rho) == (2, 1, 1.0)
    assert group.log_ratio == pytest.approx(log(3))
    assert [item.counts for item in group.items] == [True, False]


def test_studies_of_their_own_are_groups_of_their_own():
    _, groups = weigh_literature([publication("l1"), publication("l2")], SCHEME)

    assert [group.label.text("en") for group in groups] == ["literature l1", "literature l2"]
