"""From K and the floors to a grade."""

from math import log

import attrs
import pytest

from biotoop.engine.evidence.model import Certainty, Family, Grade
from biotoop.engine.plausibility.grading import (
    Circumstances,
    Facts,
    Share,
    crossed,
    gather,
    grade_of,
    nearest_to_open,
    weakest,
)
from biotoop.engine.plausibility.link_result import Border
from engine.plausibility.cases import SCHEME

BEST = Circumstances(
    respondents=8, comparison=False, log_harm=None, certainty=Certainty.MODERATE, rival=True
)
TWO = (Family.SELF_REPORT, Family.OBSERVATION)


def facts(k, *, groups=2, n_eff=2.0, families=TWO, supporting=None, **given):
    return Facts(
        log_k=log(k),
        groups=groups,
        n_eff=n_eff,
        weights=dict.fromkeys(families, 0.0),
        families=families,
        supporting=families if supporting is None else supporting,
        given=attrs.evolve(BEST, **given),
    )


def grade(k, **parts):
    return grade_of(facts(k, **parts), SCHEME)


@pytest.mark.parametrize(
    ("k", "expected"),
    [
        (1000, Grade.VERY_PLAUSIBLE),
        (20, Grade.VERY_PLAUSIBLE),
        (19.9, Grade.PLAUSIBLE),
        (3, Grade.PLAUSIBLE),
        (2.99, Grade.OPEN),
        (0.34, Grade.OPEN),
        (1 / 3, Grade.DISPUTED),
        (1 / 20, Grade.DISPUTED),
        (0.0499, Grade.CONTRADICTED),
    ],
)
def test_the_rows_of_the_scheme(k, expected):
    assert grade(k) is expected


@pytest.mark.parametrize(
    ("border", "inside"),
    [(20, Grade.VERY_PLAUSIBLE), (3, Grade.PLAUSIBLE), (1 / 20, Grade.DISPUTED)],
)
def test_a_border_is_reached_within_the_tolerance(border, inside):
    assert grade(border * (1 - 5e-10)) is inside


def test_one_third_is_disputed_within_the_tolerance():
    assert grade((1 / 3) * (1 + 5e-10)) is Grade.DISPUTED
    assert grade((1 / 3) * (1 + 5e-9)) is Grade.OPEN


@pytest.mark.parametrize(
    "parts",
    [
        {"certainty": Certainty.LOW},
        {"certainty": None},
        {"rival": False},
        {"supporting": TWO[:1], "comparison": True},
    ],
)
def test_very_plausible_asks_for_families_certainty_and_a_rival(parts):
    assert grade(50, **parts) is Grade.PLAUSIBLE


@pytest.mark.parametrize("parts", [{"respondents": 7}, {"supporting": TWO[:1]}])
def test_plausible_asks_for_two_families_and_eight_people(parts):
    assert grade(5, **parts) is Grade.OPEN


def test_high_k_without_any_condition_stays_open():
    assert grade(100, supporting=TWO[:1]) is Grade.OPEN


def test_very_plausible_needs_no_eight_people():
    assert grade(25, respondents=3) is Grade.VERY_PLAUSIBLE


def test_one_comparison_is_enough_for_plausible():
    effect = {"families": (Family.EFFECT_DESIGN,), "groups": 1, "n_eff": 1.0, "respondents": 0}

    assert grade(5, **effect, comparison=True) is Grade.PLAUSIBLE


def test_a_family_that_contradicts_does_not_help_to_carry():
    shares = [
        Share(family=Family.SELF_REPORT, log_ratio=2.0, n_eff=3),
        Share(family=Family.OBSERVATION, log_ratio=-0.2, n_eff=3),
    ]

    found = gather(shares, BEST, SCHEME)

    assert found.supporting == (Family.SELF_REPORT,)
    assert grade_of(found, SCHEME) is Grade.OPEN


def test_literature_is_no_second_family():
    shares = [
        Share(family=Family.SELF_REPORT, log_ratio=2.0, n_eff=3),
        Share(family=Family.LITERATURE, log_ratio=1.0, n_eff=1),
    ]

    assert grade_of(gather(shares, BEST, SCHEME), SCHEME) is Grade.OPEN


@pytest.mark.parametrize("parts", [{"groups": 1}, {"n_eff": 1.99}])
@pytest.mark.parametrize("k", [0.001, 1, 100])
def test_one_group_or_hardly_two_answers_is_too_little(k, parts):
    assert grade(k, **parts) is Grade.TOO_LITTLE


def test_a_comparison_satisfies_both_floors_of_enough():
    assert grade(0.04, groups=1, n_eff=1.0, comparison=True) is Grade.CONTRADICTED


@pytest.mark.parametrize(
    ("k", "harm", "expected"),
    [
        (1 / 3, 3, Grade.ADVERSE),
        (0.001, 3, Grade.ADVERSE),
        (1 / 3, 2.9, Grade.DISPUTED),
        (0.5, 20, Grade.OPEN),
    ],
)
def test_harm_asks_for_low_k_and_a_ratio_of_three(k, harm, expected):
    assert grade(k, log_harm=log(harm)) is expected


def test_too_little_comes_before_harm():
    assert grade(0.1, groups=1, log_harm=log(20)) is Grade.TOO_LITTLE


def test_self_report_alone_stays_open():
    assert grade(100, families=(Family.SELF_REPORT,), comparison=True) is Grade.OPEN


def test_families_pool_their_groups_and_add_up():
    shares = [
        Share(family=Family.SELF_REPORT, log_ratio=0.9, n_eff=2),
        Share(family=Family.SELF_REPORT, log_ratio=0.9, n_eff=2),
        Share(family=Family.EFFECT_DESIGN, log_ratio=0.7, n_eff=1),
        Share(family=Family.EFFECT_DESIGN, log_ratio=0.7, n_eff=1),
    ]

    found = gather(shares, BEST, SCHEME)

    assert found.log_k == pytest.approx(1.8 / 1.6 + 1.4 / 1.2)
    assert (found.groups, found.n_eff) == (4, 6)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (1, 2.9, ()),
        (1, 3, (Border.PLAUSIBLE,)),
        (25, 1, (Border.PLAUSIBLE, Border.VERY_PLAUSIBLE)),
        (0.04, 0.5, (Border.CONTRADICTED, Border.DISPUTED)),
    ],
)
def test_borders_between_two_values_of_k(one, other, expected):
    assert crossed(log(one), log(other), SCHEME.grades) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Grade.PLAUSIBLE, Grade.OPEN, Grade.OPEN),
        (Grade.CONTRADICTED, Grade.DISPUTED, Grade.DISPUTED),
        (Grade.PLAUSIBLE, Grade.TOO_LITTLE, Grade.TOO_LITTLE),
        (Grade.OPEN, Grade.TOO_LITTLE, Grade.OPEN),
        (Grade.PLAUSIBLE, Grade.DISPUTED, Grade.DISPUTED),
        (Grade.ADVERSE, Grade.CONTRADICTED, Grade.CONTRADICTED),
    ],
)
def test_the_grade_nearest_to_open(one, other, expected):
    assert nearest_to_open(one, other) is expected
    assert nearest_to_open(other, one) is expected


def test_a_chain_is_as_strong_as_its_weakest_step():
    assert weakest([Grade.PLAUSIBLE, Grade.DISPUTED, Grade.VERY_PLAUSIBLE]) is Grade.DISPUTED
    assert weakest([Grade.CONTRADICTED, Grade.ADVERSE]) is Grade.ADVERSE


@pytest.mark.parametrize("grades", [[], [Grade.PLAUSIBLE, Grade.TOO_LITTLE]])
def test_with_a_step_unassessed_nothing_can_be_said(grades):
    assert weakest(grades) is None
