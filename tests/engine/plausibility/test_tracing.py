"""Process-tracing tests: what a find, and a failure to find, say."""

import datetime as dt

import pytest

from biotoop.engine.evidence.model import Family, TestKind
from biotoop.engine.plausibility.tracing import log_ratio_of, weigh_test, weigh_tests
from engine.plausibility.cases import SCHEME, tried

BEFORE = dt.date(2026, 1, 5)


def ratio(**parts):
    return weigh_test(tried(**{"registered": BEFORE, **parts}), SCHEME.tests).ratio


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (TestKind.STRAW, True, 1.5),
        (TestKind.STRAW, False, 0.4 / 0.6),
        (TestKind.NECESSARY, True, 1.9),
        (TestKind.NECESSARY, False, 0.1),
        (TestKind.STRONG, True, 10.0),
        (TestKind.STRONG, False, 0.70 / 0.97),
        (TestKind.BOTH, True, 9.0),
        (TestKind.BOTH, False, 1 / 9),
    ],
)
def test_registered_tests_weigh_by_their_probabilities(kind, found, expected):
    assert ratio(test=kind, found=found) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("p", "p_not", "found", "expected"),
    [(0.99, 0.01, True, 10), (0.99, 0.01, False, 0.1), (0.8, 0.2, True, 4), (0.8, 0.0, True, 10)],
)
def test_own_probabilities_stay_within_a_tenth_and_ten(p, p_not, found, expected):
    assert ratio(p=p, p_not=p_not, found=found) == pytest.approx(expected)


def test_a_certain_find_that_is_not_made_weighs_the_bound():
    assert log_ratio_of(1.0, 0.5, found=False, most=10) == pytest.approx(
        -log_ratio_of(0.5, 0.0, found=True, most=10)
    )


def test_a_find_that_is_as_likely_either_way_says_nothing():
    assert log_ratio_of(1.0, 1.0, found=False, most=10) == 0


@pytest.mark.parametrize(("found", "expected"), [(True, 1.5), (False, 2 / 3)])
def test_without_registration_a_test_weighs_no_more_than_a_straw(found, expected):
    weight = weigh_test(tried(test=TestKind.BOTH, found=found), SCHEME.tests)

    assert weight.ratio == pytest.approx(expected)
    assert weight.held_to_straw


def test_a_straw_needs_no_registration():
    weight = weigh_test(tried(test=TestKind.STRAW), SCHEME.tests)

    assert weight.ratio == pytest.approx(1.5)
    assert not weight.held_to_straw


@pytest.mark.parametrize("parts", [{"searched": False, "found": None}, {"found": None}])
def test_what_was_not_searched_for_does_not_count(parts):
    weights, groups = weigh_tests([tried(**parts)], SCHEME)

    assert not weights[0].counts
    assert groups == ()


def test_tests_on_one_source_and_of_one_kind_form_a_group():
    tests = [tried(f"t{n}", test=TestKind.STRAW, registered=BEFORE) for n in range(4)]

    _, (group,) = weigh_tests(tests, SCHEME)

    assert (group.rho, group.n, group.family) == (0.3, 4, Family.REGISTRATION)
    assert group.n_eff == pytest.approx(4 / 1.9)


def test_another_source_or_kind_or_family_is_another_group():
    tests = [
        tried("t1", test=TestKind.STRAW),
        tried("t2", test=TestKind.STRAW, source="dagboek"),
        tried("t3", test=TestKind.NECESSARY),
        tried("t4", test=TestKind.STRAW, family=Family.OBSERVATION),
        tried("t5", test=TestKind.STRAW, source="dagboek", group="bezoekerslijst/straw"),
    ]

    _, groups = weigh_tests(tests, SCHEME)

    assert [[item.item for item in group.items] for group in groups] == [
        ["t4"],
        ["t3"],
        ["t1", "t5"],
        ["t2"],
    ]


def test_the_label_names_source_and_kind():
    _, (group,) = weigh_tests([tried()], SCHEME)

    assert group.label.text("nl") == "toetsen op bezoekerslijst (sterke aanwijzing)"
