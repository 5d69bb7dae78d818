"""Beside rounded counts no figure tells the exact number of people."""

import math

import attrs
import pytest

from biotoop.engine.core.distributions import t_quantile
from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.freezing import findings_json
from biotoop.engine.recipes.people_tables import name_of
from biotoop.engine.recipes.rounded_shown import unit_of
from biotoop.engine.recipes.running import run_study
from engine.recipes.attacker import everything
from engine.recipes.conftest import EXAMPLES

BASE = 5


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    found = run_study(check_folder(EXAMPLES / "ontmoeten", store=store))
    rules = attrs.evolve(found.study.disclosure, survey=SurveyPolicy(rounding=BASE))
    return attrs.evolve(found, study=attrs.evolve(found.study, disclosure=rules))


@pytest.fixture(scope="module")
def open_data(team):
    return readers_edition(team)


def people_that_fit(n, mean, sd, half, step):
    """Give every number of people that fits a rounded n, a mean in whole steps, and an interval."""
    found = set()
    for people in range(n - BASE // 2, n + (BASE - 1) // 2 + 1):
        unit = unit_of(sd / math.sqrt(people), people, BASE)
        total = round(mean * people / step) * step
        if abs(total / people - mean) > unit / 2 + 1e-9:
            continue
        reach = t_quantile(0.975, people - 1) / math.sqrt(people)
        widths = [(sd + side * unit / 2) * reach for side in (-1, 1)]
        if half is None or widths[0] - unit <= half <= widths[1] + unit:
            found.add(people)
    return found


def test_every_number_of_people_that_rounds_to_what_is_shown_fits_the_means(open_data):
    """These measures count in whole steps; a mean in full fits one number of people only."""
    whole = {"loneliness", "visits"}
    analyses, moments = everything(open_data)
    sides = [group for one in analyses for group in one.groups if one.outcome in whole]
    asked = [(group.n, group.mean, group.sd, None) for group in sides]
    asked += [(one.mean.n, one.mean.value, one.sd, (one.mean.high - one.mean.low) / 2)
              for measure, one in moments if measure.id in whole]  # fmt: skip

    assert len(asked) > 4
    for figures in asked:
        assert len(people_that_fit(*figures, 1)) == BASE


def test_no_figure_of_people_stands_in_full_in_the_file(team, open_data):
    text = findings_json(open_data).decode()
    analyses, moments = everything(team)
    told = [one.mean for _, one in moments]
    told += [e for one in analyses for e in (one.estimate, one.standardised) if e is not None]
    figures = [v for e in told for v in (e.value, e.se, e.low, e.high, e.df)]
    figures += [one.sd for _, one in moments]
    for one in analyses:
        figures += [v for g in one.groups for v in (g.mean, g.sd, g.mean_before, g.effective_n)]
        figures += [
            v for r in one.balance for v in (r.treated_mean, r.comparison_mean, r.difference)
        ]

    long = {repr(v) for v in figures if isinstance(v, float) and len(repr(v)) > 8}
    assert len(long) > 100
    assert {v for v in long if v in text} == set()


def test_what_is_shown_stays_near_what_was_found(team, open_data):
    """Rounding costs at most half of the standard error where 30 people or more stand behind it."""
    found = {name_of(one): one.estimate for one in everything(team)[0] if one.estimate is not None}
    shown = {name_of(one): one.estimate for one in everything(open_data)[0]}
    seen = [(found[name], one) for name, one in shown.items() if one is not None]

    assert seen
    for was, now in seen:
        assert abs(was.value - now.value) <= 0.5 * was.se
        assert now.low < now.value < now.high
        assert now.se is None
        assert now.df is None


def test_euros_and_weights_that_hold_the_effects_in_full_stay_with_the_team(open_data):
    assert open_data.valuation is None
    assert all(link.estimates == () for link in open_data.plausibility.links)
