"""Terms, areas, power, sensitivity and the standard deviation, each against a closed form."""

import math

import numpy as np
import pytest

from biotoop.engine.core.errors import InvalidValue
from biotoop.engine.effects.areas import lone_area, lone_side
from biotoop.engine.effects.plan import Adjustment
from biotoop.engine.effects.power import (
    Asked,
    before_and_after,
    smallest_difference,
    two_groups,
)
from biotoop.engine.effects.refusals import Refused
from biotoop.engine.effects.sensitivity import e_value, e_value_of_difference, robustness_value
from biotoop.engine.effects.standardising import hedges, interval
from biotoop.engine.effects.terms import columns_of, expand
from engine.effects.folding import fold


def test_terms_name_their_columns_once():
    assert columns_of(("age", "age^2", "re74==0", "educ:re74")) == ("age", "re74", "educ")


def test_powers_products_equalities_and_categories_become_columns():
    columns = {"age": np.array([1.0, 2, 3]), "area": np.array([0.0, 1, 2])}

    X, names = expand(columns, {"area": ("a", "b", "c")}, ("age^2", "area", "age:area", "age==2"))

    assert names == ("age^2", "area=b", "area=c", "age:area=b", "age:area=c", "age==2")
    assert X.T.tolist() == [[1, 4, 9], [0, 1, 0], [0, 0, 1], [0, 2, 0], [0, 0, 3], [0, 1, 0]]


def test_an_equality_on_a_category_goes_by_its_label():
    X, names = expand({"area": np.array([0.0, 1])}, {"area": ("a", "b")}, ("area==b", "area==z"))

    assert (X.T.tolist(), names) == ([[0, 1], [0, 0]], ("area==b", "area==z"))


@pytest.mark.parametrize("term", ["age^1", "log(age)", "age==", "age:", "re74==x"])
def test_a_term_that_nobody_can_read_is_refused(term):
    with pytest.raises(Refused) as refusal:
        expand({"age": np.ones(2), "re74": np.ones(2)}, {}, (term,))

    assert refusal.value.why.code == "effects.refused.term"


def one_area_against(others, *, treated=1):
    areas = np.repeat(np.arange(others + treated), 5)
    reached = (areas < treated).astype(int)
    y = areas * 1.0 + np.tile(np.arange(5.0), others + treated)
    return fold(y, reached, clusters=areas)


def test_one_area_against_one_area_is_refused_in_the_words_of_the_scheme():
    with pytest.raises(Refused) as refusal:
        lone_side(one_area_against(1), Adjustment.NONE)

    said = refusal.value.why.text("nl")
    assert said.startswith("Eén wijk tegen één wijk: verschil te zien, oorzaak niet te scheiden")


@pytest.mark.parametrize(("others", "adjustment"), [(9, "none"), (12, "regression")])
def test_one_area_needs_ten_others_and_no_adjustment(others, adjustment):
    with pytest.raises(Refused) as refusal:
        lone_side(one_area_against(others), Adjustment(adjustment))

    assert refusal.value.why.code == "effects.refused.one_area"


def test_one_area_against_twelve_is_judged_by_how_areas_differ():
    sample = one_area_against(12)
    means = np.arange(1.0, 13) + 2

    found = lone_area(sample)

    assert lone_side(sample, Adjustment.NONE)
    assert found.value == pytest.approx(2 - means.mean())
    assert found.error.se == pytest.approx(means.std(ddof=1) * math.sqrt(13 / 12))
    assert found.error.df == 11


def test_support_within_areas_needs_no_such_rule():
    sample = fold(np.arange(4.0), np.array([0, 1, 0, 1]), clusters=np.array([0, 0, 1, 1]))

    assert not lone_side(sample, Adjustment.NONE)


def test_an_area_without_people_in_one_wave_is_refused():
    sample = one_area_against(10)
    later = sample.clusters > 0

    with pytest.raises(Refused) as refusal:
        lone_area(sample, later)

    assert refusal.value.why.code == "effects.refused.empty_area"


def test_sixty_three_people_a_group_see_half_a_standard_deviation():
    needed = two_groups(difference=0.5, sd=1.0, asked=Asked(attrition=0.3))

    assert needed.complete == math.ceil(2 * ((1.959964 + 0.841621) / 0.5) ** 2) == 63
    assert needed.approached == 90


def test_clusters_and_one_group_follow_the_formulas():
    teams = Asked(attrition=0.0, cluster_size=20, icc=0.05)
    plain = before_and_after(difference=2.0, sd_change=6.0, asked=Asked(attrition=0.0))
    clustered = before_and_after(difference=2.0, sd_change=6.0, asked=teams)
    assert plain.complete == 71
    assert clustered.complete == 138
    assert clustered.design_effect == pytest.approx(1.95)


def test_the_smallest_difference_is_the_inverse_of_the_sample_size():
    seen = smallest_difference(n=100, sd=2.0)

    assert two_groups(difference=seen, sd=2.0, asked=Asked(attrition=0.0)).complete == 100


def ask(difference=0.5, **shares):
    return two_groups(difference=difference, sd=1.0, asked=Asked(**shares))


@pytest.mark.parametrize("wrong", [{"difference": 0.0}, {"power": 1.0}, {"attrition": 1.0}])
def test_a_power_question_without_an_answer_is_refused(wrong):
    with pytest.raises(InvalidValue):
        ask(**wrong)


def test_e_values_are_those_of_vanderweele_and_ding():
    assert e_value(3.9) == pytest.approx(7.26, abs=5e-3)  # their example
    assert e_value(0.8) == pytest.approx(1.25 + math.sqrt(1.25 * 0.25))
    assert e_value_of_difference(0.5) == pytest.approx(e_value(math.exp(0.455)))
    with pytest.raises(ValueError, match="above 0"):
        e_value(0.0)


def test_the_robustness_value_is_that_of_cinelli_and_hazlett():
    # Darfur: estimate 0.097232, se 0.023257, df 783 gives 13.9 % (their table 1)
    assert robustness_value(0.097232 / 0.023257, 783) == pytest.approx(0.139, abs=5e-4)
    assert robustness_value(0.0, 100) == 0.0


def test_hedges_factor_takes_the_bias_out_of_one_over_a_standard_deviation():
    rng = np.random.default_rng(0)
    inverse = 1 / rng.normal(size=(200_000, 8)).std(axis=1, ddof=1)

    assert hedges(7.0) * inverse.mean() == pytest.approx(1.0, abs=3e-3)
    assert hedges(7.0) == pytest.approx(1 - 3 / (4 * 7 - 1), abs=1e-3)
    assert hedges(1.0) == 1.0


def test_intervals_are_by_t_or_normal():
    assert interval(0.0, 1.0, None)[1] == pytest.approx(1.959964, abs=1e-6)
    assert interval(0.0, 1.0, 5.0)[1] == pytest.approx(2.570582, abs=1e-6)
