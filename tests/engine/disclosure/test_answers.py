"""What a mean and a spread tell of an outcome with few values."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.disclosure.answers import AnswersFigure, answers_told
from biotoop.engine.disclosure.policy import DisclosurePolicy, SurveyPolicy

POLICY = DisclosurePolicy()
CODES = [
    (0.0, 10.0),
    (-1.0, 1.0),
    (3.0, 7.0),
    (1.0, 2.0),
    (0.25, 0.75),
    (1.0, 3.0, 4.0),
    (-2.0, 0.5, 10.0),
]


def moments(counts, values):
    """Give n, mean and standard deviation of people who gave these answers."""
    answers = np.repeat(np.array(values), counts)
    sd = float(answers.std(ddof=1)) if len(answers) > 1 else math.nan
    return len(answers), float(answers.mean()), sd


@given(data=st.data(), values=st.sampled_from(CODES))
def test_two_or_three_answers_are_solved_whatever_their_codes(data, values):
    counts = data.draw(st.lists(st.integers(0, 5000), min_size=len(values), max_size=len(values)))
    counts[0] += 2
    n, mean, sd = moments(counts, values)

    assert answers_told(mean, sd, n, values) == tuple(counts)


def test_a_mean_of_other_people_than_were_counted_is_no_count_and_is_refused():
    n, mean, sd = moments([20, 17], (0.0, 1.0))

    assert answers_told(mean, sd, n + 5, (0.0, 1.0)) is None
    asked = AnswersFigure(id="m", n=n + 5, mean=mean, sd=sd, values=(0.0, 1.0))
    assert asked.refusal(POLICY) is not None


def ways(counts, values, *, spread):
    """Try every way in which as many people can have given these answers."""
    n = sum(counts)
    square = [v * v for v in values]
    wanted = [np.dot(counts, values), *([np.dot(counts, square)] if spread else [])]
    for found in itertools.product(range(n + 1), repeat=len(values) - 1):
        last = n - sum(found)
        each = (*found, last)
        told = [np.dot(each, values), *([np.dot(each, square)] if spread else [])]
        if last >= 0 and np.allclose(told, wanted):
            yield each


@pytest.mark.parametrize("spread", [True, False])
@pytest.mark.parametrize("values", [(0.0, 1.0, 2.0), (1.0, 2.0, 3.0, 4.0), (0.0, 1.0, 10.0, 100.0)])
@pytest.mark.parametrize("seed", range(6))
def test_a_mean_is_refused_when_all_ways_agree_that_few_gave_an_answer(values, seed, spread):
    """Every way is written out; the rule is that of the smallest cell and of the largest share."""
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(26, rng.dirichlet(np.full(len(values), 0.7)))
    n, mean, sd = moments(counts, values)
    policy = DisclosurePolicy(survey=SurveyPolicy(minimum_cell=5))
    asked = AnswersFigure(id="m", n=n, mean=mean, sd=sd if spread else None, values=values)

    lows, highs = (
        end(list(ways(counts, values, spread=spread)), axis=0) for end in (np.min, np.max)
    )
    surely = any(
        (high < 5 and (low >= 1 or high == 0)) or low > 0.9 * n
        for low, high in zip(lows, highs, strict=True)
    )
    assert (asked.refusal(policy) is not None) == surely


def test_a_scale_of_which_many_ways_fit_the_mean_is_shown():
    n, mean, sd = moments([40, 60, 70, 50, 30], (1.0, 2.0, 3.0, 4.0, 5.0))

    assert (
        AnswersFigure(id="m", n=n, mean=mean, sd=sd, values=(1, 2, 3, 4, 5)).refusal(POLICY) is None
    )
