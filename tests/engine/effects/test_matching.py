"""Coarsened exact matching: who is alike, who falls out, and the error."""

import numpy as np
import pytest

from biotoop.engine.effects.matching import coarsened_exact_matching, stratify
from biotoop.engine.effects.plan import Coarsening, Estimand
from biotoop.engine.effects.refusals import Refused
from engine.effects.folding import fold


def test_cut_points_are_upper_bounds_of_classes():
    age = np.array([18.0, 19.0, 24.0, 25.0, 60.0])
    sample = fold(np.arange(5.0), np.zeros(5), {"age": age})

    strata, said = stratify(sample, ("age",), (Coarsening(column="age", cuts=(19.0, 24.0)),))

    assert strata.tolist() == [0, 0, 1, 2, 2]
    assert said == ()


def test_a_column_without_cut_points_is_cut_by_the_rule_of_sturges_and_says_so():
    income = np.linspace(0, 63, 64)
    sample = fold(income, np.zeros(64), {"income": income})

    strata, said = stratify(sample, ("income",), ())

    assert strata.max() + 1 == 7  # log2(64) + 1
    assert np.bincount(strata).tolist() == [10, 9, 9, 9, 9, 9, 9]
    assert said[0].params == {"column": "income", "classes": 7}


def test_few_values_are_matched_exactly():
    sample = fold(np.arange(6.0), np.zeros(6), {"rooms": np.array([1.0, 2, 3, 1, 2, 3])})

    strata, _ = stratify(sample, ("rooms",), ())

    assert len(np.unique(strata)) == 3


def test_those_without_anyone_alike_fall_out_and_are_counted():
    y = np.array([10.0, 12.0, 3.0, 5.0, 99.0, -50.0])
    treated = np.array([1, 1, 0, 0, 1, 0])
    area = np.array([1.0, 1.0, 1.0, 1.0, 2.0, 3.0])

    found = coarsened_exact_matching(
        fold(y, treated, {"area": area}),
        covariates=("area",),
        coarsening=(),
        estimand=Estimand.ATT,
    )

    assert found.value == pytest.approx(11.0 - 4.0)
    assert found.warnings[0].params == {"reached": 1, "others": 1}


def test_with_many_people_per_class_the_error_is_that_of_post_stratification():
    rng = np.random.default_rng(5)
    area = np.repeat([0.0, 1.0], 400)
    treated = np.tile([0, 1], 400)
    y = area + treated * (1 + area) + rng.normal(size=800)
    within = [y[(treated == t) & (area == a)] for t in (0, 1) for a in (0, 1)]
    drawn = (
        0.5
        * 0.5
        / 400
        * (within[3].mean() - within[1].mean() - within[2].mean() + within[0].mean()) ** 2
    )
    spread = 0.25 * sum(part.var(ddof=1) / 200 for part in within)

    found = coarsened_exact_matching(
        fold(y, treated, {"area": area}),
        covariates=("area",),
        coarsening=(),
        estimand=Estimand.ATT,
    )

    assert found.error.se == pytest.approx(np.sqrt(spread + drawn), rel=2e-3)


def test_a_person_alone_in_a_class_gets_the_usual_spread():
    y = np.array([1.0, 3.0, 2.0, 4.0, 8.0, 5.0])
    treated = np.array([1, 1, 0, 0, 1, 0])
    area = np.array([1.0, 1.0, 1.0, 1.0, 2.0, 2.0])

    found = coarsened_exact_matching(
        fold(y, treated, {"area": area}),
        covariates=("area",),
        coarsening=(),
        estimand=Estimand.ATT,
    )

    gaps, sizes, sd = np.array([-1.0, 3.0]), np.array([2.0, 1.0]), np.sqrt(2.0)
    value = sizes @ gaps / 3
    # reached: residual over sqrt(1 - 1/2), and what their class adds; the lone one gets sd
    reached = [
        (-np.sqrt(2) + gaps[0] - value),
        (np.sqrt(2) + gaps[0] - value),
        sd + gaps[1] - value,
    ]
    others = [np.sqrt(2), -np.sqrt(2), sd]
    assert found.error.se == pytest.approx(np.sqrt(np.sum(np.square([*reached, *others]))) / 3)


def test_nobody_alike_is_refused():
    sample = fold(np.arange(4.0), np.array([1, 1, 0, 0]), {"area": np.array([1.0, 2, 3, 4])})

    with pytest.raises(Refused) as refusal:
        coarsened_exact_matching(sample, covariates=("area",), coarsening=(), estimand=Estimand.ATT)

    assert refusal.value.why.code == "effects.refused.no_match"
