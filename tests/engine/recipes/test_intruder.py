"""Somebody who adds, subtracts and solves figures of one edition finds no handful of people."""

import itertools

import attrs
import pytest

from biotoop.engine.core.messages import Note
from biotoop.engine.recipes.checking import check_folder
from biotoop.engine.recipes.deciding import decided_on
from biotoop.engine.recipes.editions import readers_edition
from biotoop.engine.recipes.figures_shown import Desk, effects_for_readers, measure_for_readers
from biotoop.engine.recipes.running import run_study
from engine.recipes.conftest import EXAMPLES

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    store = tmp_path_factory.mktemp("store")
    return run_study(check_folder(EXAMPLES / "ontmoeten", store=store))


def left_over(edition):
    """Give how many people are in a moment, and not in the groups of a column together."""
    moments = {item.id: [one.mean.n for one in item.moments] for item in edition.measures}
    for item in edition.effects:
        parts = [part for part in item.subgroups if part.groups and part.subgroup]
        for _, same in itertools.groupby(parts, key=lambda part: part.subgroup.column):
            people = sum(group.n for part in same for group in part.groups)
            yield from (people - n for n in moments[item.primary.outcome])


def test_groups_added_up_are_never_a_few_people_less_than_a_moment(team):
    """Of two residents without a baseline the scores followed: 2 and 3."""
    assert any(0 < abs(people) < 10 for people in left_over(team))
    assert not any(0 < abs(people) < 10 for people in left_over(readers_edition(team)))


def test_few_people_who_were_not_matched_are_not_told(team):
    """Means of the matched beside those of all, and the number that was used, would tell them."""
    (item,) = [item for item in team.effects if item.plan == "step"]
    (matched,) = [one for one in item.specifications if one.specification == "matched"]
    used = sum(group.n for group in matched.groups) - 2
    few = attrs.evolve(matched.weights, unused_treated=2, unused_comparison=0,
                       treated_effective_n=164.0)  # fmt: skip
    made = attrs.evolve(matched, weights=few, estimate=attrs.evolve(matched.estimate, n=used))
    desk = Desk(decided=decided_on(team), codebook=team.codebook)

    (shown,) = effects_for_readers(desk, attrs.evolve(item, specifications=(made,))).specifications

    assert shown.estimate.n % 5 == 0
    assert shown.estimate.n != used
    assert shown.weights.treated_effective_n % 5 == 0
    assert shown.balance
    assert all(row.adjusted_treated_mean is None for row in shown.balance)
    said = [one.found for one in shown.checks if one.found.code == "effects.check.weights"]
    assert all(one.params["treated"] % 5 == 0 for one in said)


def test_how_many_left_one_item_open_is_not_told(team):
    (measure,) = [item for item in team.measures if item.id == "loneliness"]
    first, *others = measure.moments
    remark = Note(code="instruments.partly_answered", params={"count": 2})
    alpha = attrs.evolve(first.alpha, n=first.mean.n - 2, missing=2)
    first = attrs.evolve(first, alpha=alpha, remarks=(remark,))
    desk = Desk(decided=decided_on(team), codebook=team.codebook)

    shown = measure_for_readers(desk, attrs.evolve(measure, moments=(first, *others))).moments[0]

    assert shown.remarks[0].params["count"] % 5 == 0
    for told in (shown.alpha, shown.omega):
        assert told.n % 5 == 0
        assert (told.value, told.low) == (round(told.value, 2), round(told.low, 2))


def test_of_few_who_spoke_it_is_not_told_who_they_are_or_are_not(team):
    """Two visitors of one place followed from the rows, and from who was missing."""
    edition = readers_edition(team)
    few = [link.bundle for link in edition.plausibility.links if link.bundle.counts.hidden]
    before = {link.target: link.bundle for link in team.plausibility.links}

    assert few
    for bundle in few:
        assert before[bundle.target].for_whom
        assert before[bundle.target].not_heard
        assert (bundle.for_whom, bundle.not_heard) == ((), ())
    assert any(link.bundle.not_heard for link in edition.plausibility.links)


def test_differences_of_characteristics_are_told_in_short(team):
    """A mean and a spread in full solve a characteristic of three values."""
    edition = readers_edition(team)
    rows = [row for item in edition.effects for one in item.findings for row in one.balance]
    notes = [c.found for item in edition.effects for one in item.findings for c in one.checks]

    assert rows
    assert all(row.difference == round(row.difference, 2) for row in rows)
    told = [n.params["difference"] for n in notes if "difference" in n.params]
    assert told
    assert all(value == round(value, 2) for value in told)
