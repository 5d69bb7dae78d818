"""Assigning areas again from the store equals doing it on the rows; few assignments are exact."""

import itertools

import numpy as np
import pandas as pd
import pytest
import scipy.stats

from biotoop.engine.effects.panel import fixed_effects
from biotoop.engine.effects.refusals import Refused
from engine.effects.panel.panels import panel, written_out

FORMULA = "lonely ~ reached + hours | person + month"


def whole(**asked):
    """Make a panel in which areas start as a whole."""
    return panel(people=60, **asked)


def by_hand(table, starts):
    """Give estimate and size of t when the areas had started in these months."""
    start = table["area"].map(dict(enumerate(starts)))
    other = table.assign(reached=((table["month"] - 1) >= start) * 1)
    X, y = written_out(other), other["lonely"].to_numpy()
    rest = np.linalg.lstsq(X[:, 1:], np.column_stack([X[:, 0], y]), rcond=None)[0]
    d = X[:, 0] - X[:, 1:] @ rest[:, 0]
    value = d @ y / (d @ d)
    left = y - X[:, 1:] @ rest[:, 1] - value * d
    scores = pd.Series(d * left).groupby(other["area"].to_numpy()).sum()
    return abs(value), abs(value) / np.sqrt(np.sum(scores**2)) * (d @ d)


@pytest.mark.parametrize("lost", [0.0, 0.15])
@pytest.mark.parametrize(("statistic", "place"), [("estimate", 0), ("t", 1)])
def test_every_assignment_of_areas_equals_a_regression_on_the_rows(statistic, place, lost):
    table = whole(areas=5, lost=lost)
    starts = np.resize([2, 4, 99], 5)
    found = fixed_effects(FORMULA, table, cluster="area")

    tested = found.randomisation(seed=1, statistic=statistic)

    every = sorted(by_hand(table, one)[place] for one in set(itertools.permutations(starts)))
    assert tested.exact
    assert tested.assignments == len(every) == 30
    assert np.sort(tested.draws) == pytest.approx(every, rel=1e-7)
    observed = by_hand(table, starts)[place]
    assert tested.observed == pytest.approx(observed, rel=1e-7)
    assert tested.p == np.mean(np.array(every) >= observed * (1 - 1e-9))


def two_moments(effect=1.0, areas=8):
    rng = np.random.default_rng(3)
    area, month = np.divmod(np.arange(2 * areas), 2)
    reached = (area < areas // 2) * month
    y = rng.normal(size=area.size) + effect * reached
    return pd.DataFrame(
        {"person": area, "month": month, "area": area, "reached": reached, "lonely": y}
    )


def test_two_moments_are_fishers_exact_permutation_test_of_changes():
    table = two_moments()
    change = table.groupby("area")["lonely"].diff().dropna().to_numpy()
    expected = scipy.stats.permutation_test(
        (change[:4], change[4:]),
        lambda a, b: abs(np.mean(a) - np.mean(b)),
        permutation_type="independent",
        n_resamples=np.inf,
        alternative="greater",
    )

    found = fixed_effects("lonely ~ reached | person + month", table, cluster="area")
    tested = found.randomisation(seed=1, statistic="estimate")

    assert tested.assignments == 70
    assert tested.p == pytest.approx(expected.pvalue)
    assert tested.p_low == tested.p == tested.p_high


def test_the_interval_ends_where_the_test_starts_to_reject():
    found = fixed_effects(FORMULA, whole(), cluster="area")

    tested = found.randomisation(seed=1, draws=999)

    inside, outside = (
        found.randomisation(seed=1, draws=999, value=tested.high + step * 1e-7).p
        for step in (-1, 1)
    )
    assert tested.low < found.effect.value < tested.high
    assert inside > 0.05 >= outside


def test_drawing_says_what_it_leaves_unsure_and_comes_near_the_exact_test():
    table = two_moments(0.8, areas=12)
    found = fixed_effects("lonely ~ reached | person + month", table, cluster="area")

    exact = found.randomisation(seed=1)
    drawn = found.randomisation(seed=1, draws=600)

    assert exact.exact
    assert not drawn.exact
    assert exact.assignments == drawn.assignments == 924
    assert drawn.p_low < exact.p < drawn.p_high
    assert drawn.p_high - drawn.p_low < 0.12


def test_lots_within_strata_stay_within_them():
    table = whole(areas=6)
    strata = {str(area): "north" if area < 3 else "south" for area in range(6)}
    found = fixed_effects(FORMULA, table, cluster="area")

    tested = found.randomisation(seed=1, strata=strata)

    assert tested.assignments == 36
    starts = np.resize([2, 4, 99], 6)
    within = [
        by_hand(table, [*north, *south])[1]
        for north in itertools.permutations(starts[:3])
        for south in itertools.permutations(starts[3:])
    ]
    assert np.sort(tested.draws) == pytest.approx(np.sort(within), rel=1e-7)


def test_the_same_seed_gives_the_same_draws():
    found = fixed_effects(FORMULA, whole(), cluster="area")

    first, again, other = (found.randomisation(seed=s, draws=200) for s in (4, 4, 5))

    assert np.array_equal(first.draws, again.draws)
    assert not np.array_equal(first.draws, other.draws)


def refusal(call, **asked):
    with pytest.raises(Refused) as found:
        call(**asked)
    assert len(found.value.why.text("nl")) > 50
    return found.value.why.code.rpartition(".")[2]


def test_people_reached_one_by_one_cannot_be_assigned_by_area():
    table = whole()
    table["reached"] = ((table["person"] % 2 == 0) & (table["month"] > 3)) * 1

    found = fixed_effects(FORMULA, table, cluster="area")

    assert refusal(found.randomisation, seed=1) == "not_whole"


def test_people_are_assigned_when_they_are_the_clusters_by_another_name():
    table = whole().assign(lot=lambda t: t["person"])
    table["reached"] = ((table["person"] % 2 == 0) & (table["month"] > 3)) * 1
    found = fixed_effects(FORMULA, table, cluster="lot")

    tested = found.randomisation(seed=1, draws=299)

    assert tested.assignments > 10**16
    assert tested.low < found.effect.value < tested.high


def test_what_cannot_be_assigned_again_is_refused_with_what_to_do():
    table = whole()
    found = fixed_effects(FORMULA, table, cluster="area")
    by_person = fixed_effects(FORMULA, table, cluster="person")
    holed = table[(table["area"] != 2) | (table["month"] != 3)]

    assert refusal(by_person.randomisation, seed=1) == "no_clusters"
    assert refusal(found.randomisation, seed=1, statistic="median") == "statistic"
    assert refusal(found.randomisation, seed=1, strata={"1": "north"}) == "no_stratum"
    lost = fixed_effects(FORMULA, holed, cluster="area")
    assert refusal(lost.randomisation, seed=1) == "path_unknown"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_with_three_areas_the_reader_hears_that_five_percent_cannot_be_reached(language):
    found = fixed_effects(FORMULA, whole(areas=3), cluster="area")

    tested = found.randomisation(seed=1)

    assert tested.assignments == 6
    assert tested.p >= 1 / 6
    assert (tested.low, tested.high) == (-np.inf, np.inf)
    assert "6" in tested.text(language).splitlines()[-1]


@pytest.mark.slow
def test_with_six_areas_the_test_rejects_no_more_often_than_it_says():
    rejected = 0
    for seed in range(150):
        table = panel(seed, people=30, areas=6).assign(
            lonely=lambda t: t["lonely"] + 0.5 * t["reached"]
        )
        found = fixed_effects(FORMULA, table, cluster="area")
        rejected += found.randomisation(seed=1).p <= 0.05

    assert rejected <= scipy.stats.binom.ppf(0.999, 150, 0.05)
