"""Laws that scoring keeps for any answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from biotoop.engine.instruments.loading import shipped
from biotoop.engine.instruments.model import ScoringRule
from biotoop.engine.instruments.points import item_points
from biotoop.engine.instruments.scoring import score

BY_USER = (ScoringRule.CONVERTED, ScoringRule.TARIFF)
SCALES = [
    (code, scale.id)
    for code, found in shipped().items()
    for scale in found.scales
    if scale.rule not in BY_USER
]


def answers(code, seed, n=40, missing=0.15):
    """Draw allowed answers for every item, some of them missing."""
    rng = np.random.default_rng(seed)
    columns = {}
    for item in shipped()[code].items:
        drawn = rng.integers(int(item.min), int(item.max) + 1, n).astype(float)
        columns[item.id] = np.where(rng.random(n) < missing, np.nan, drawn)
    return columns


@pytest.mark.parametrize(("code", "key"), SCALES)
@settings(max_examples=8)
@given(seed=st.integers(0, 2**32))
def test_scores_stay_in_range_and_everybody_is_counted_once(code, key, seed):
    found, scale = shipped()[code], shipped()[code].scale(key)

    result = score(found, scale, answers(code, seed))

    present = result.values[~np.isnan(result.values)]
    assert ((present >= scale.low - 1e-9) & (present <= scale.high + 1e-9)).all()
    assert result.scored + result.too_many_missing + result.outside_table == result.n == 40
    assert (result.band[np.isnan(result.values)] == -1).all()


@pytest.mark.parametrize(("code", "key"), SCALES)
def test_the_ends_of_the_range_are_reached(code, key):
    found, scale = shipped()[code], shipped()[code].scale(key)
    every = {item.id: np.array([item.min, item.max]) for item in found.items}
    points = {k: item_points(found, scale, every)[:, n] for n, k in enumerate(scale.items)}
    least = {k: [every[k][np.argmin(points[k])]] for k in scale.items}
    most = {k: [every[k][np.argmax(points[k])]] for k in scale.items}

    assert score(found, scale, least).values[0] == pytest.approx(scale.low)
    assert score(found, scale, most).values[0] == pytest.approx(scale.high)


@given(order=st.permutations(range(40)), seed=st.integers(0, 1000))
def test_the_order_of_people_does_not_matter(order, seed):
    found = shipped()["DJG6"]
    columns = answers("DJG6", seed)
    shuffled = {key: column[list(order)] for key, column in columns.items()}

    straight = score(found, found.scale("total"), columns)
    mixed = score(found, found.scale("total"), shuffled)

    assert np.array_equal(straight.values[list(order)], mixed.values, equal_nan=True)


@given(given_=arrays(np.float64, (6, 5), elements=st.sampled_from([0.0, 1, 2, 3, 4, 5])))
def test_a_higher_answer_never_gives_less_wellbeing(given_):
    found = shipped()["WHO5"]
    names = found.scale("total").items
    raised = np.minimum(given_ + 1, 5)

    before = score(found, found.scale("total"), dict(zip(names, given_.T, strict=True)))
    after = score(found, found.scale("total"), dict(zip(names, raised.T, strict=True)))

    assert (after.values >= before.values).all()
