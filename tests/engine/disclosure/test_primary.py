"""Cells that must be hidden for their own sake."""

import numpy as np
import pytest

from biotoop.engine.disclosure.linking import link
from biotoop.engine.disclosure.policy import SurveyPolicy
from biotoop.engine.disclosure.primary import Ground, Requirement, requirements
from biotoop.engine.disclosure.protection import protect
from biotoop.engine.disclosure.tables import Amounts, Dimension, Table

AREA = Dimension(name="area", categories=("A", "B", "C"))
SAID = Dimension(name="said", categories=("yes", "no"), answer=True)


def costs(sums, largest, second, counts=(20, 20, 20)):
    amounts = Amounts(sums=sums, largest=largest, second=second)
    return Table(
        name="costs", dimensions=(AREA,), counts=np.array(counts), measure="euros",
        amounts=amounts,
    )  # fmt: skip


def grounds(*tables, policy=None):
    system = link(tables)
    return {
        (str(system.keys[item.place]), item.ground)
        for item in requirements(system, policy or SurveyPolicy())
    }


def test_an_amount_of_which_one_brings_more_than_half_is_hidden():
    table = costs([100.0, 100, 100], [51.0, 20, 20], [5.0, 20, 20])

    assert grounds(table) == {("euros: area=A", Ground.DOMINANCE)}


def test_an_amount_of_which_two_bring_more_than_85_percent_is_hidden():
    table = costs([100.0, 100, 100], [45.0, 20, 20], [41.0, 20, 20])

    assert grounds(table) == {("euros: area=A", Ground.DOMINANCE)}


def test_exactly_half_and_exactly_85_percent_may_be_shown():
    table = costs([100.0, 100, 100], [50.0, 20, 20], [35.0, 20, 20])

    assert grounds(table) == set()


def test_a_hidden_amount_leaves_open_that_nobody_dominates():
    table = costs([100.0, 90, 80], [70.0, 20, 20], [5.0, 20, 20])

    found = protect([table], SurveyPolicy())

    (cell,) = found.attack.cells
    assert cell.safe
    assert cell.high >= 70 / 0.5
    assert found.tables[0].value(area="A") is None
    assert found.tables[0].value() == 270


def test_an_amount_of_few_people_stays_wide():
    table = costs([100.0, 90, 80], [20.0, 20, 20], [5.0, 20, 20], counts=(6, 20, 20))

    found = protect([table], SurveyPolicy())

    (cell,) = found.attack.cells
    assert cell.ground is Ground.FEW_PEOPLE
    assert cell.low <= 0.5 * cell.high


def test_a_group_that_almost_wholly_says_yes_is_hidden():
    table = Table(
        name="t", dimensions=(AREA, SAID), counts=np.array([[190, 10], [60, 40], [50, 50]])
    )

    found = grounds(table)

    assert ("people: area=A, said=yes", Ground.GROUP) in found
    assert ("people: area=A, said=no", Ground.GROUP) in found
    assert not any("area=B" in name or "area=C" in name for name, _ in found)


def test_a_reader_cannot_conclude_that_almost_everybody_said_yes():
    table = Table(
        name="t", dimensions=(AREA, SAID), counts=np.array([[190, 10], [60, 40], [50, 50]])
    )

    found = protect([table], SurveyPolicy())

    cell = next(c for c in found.attack.cells if str(c.key) == "people: area=A, said=yes")
    assert cell.low <= 0.9 * 200
    assert found.attack.is_safe


def test_the_same_answers_to_a_question_that_is_not_sensitive_may_be_shown():
    open_ = Dimension(name="said", categories=("yes", "no"))
    table = Table(
        name="t", dimensions=(AREA, open_), counts=np.array([[190, 10], [60, 40], [50, 50]])
    )

    assert grounds(table) == set()


def test_a_category_that_cannot_occur_needs_no_hiding_in_its_group():
    counts = np.array([[190, 0], [60, 40], [50, 50]])
    never = np.array([[False, True], [False, False], [False, False]])
    table = Table(name="t", dimensions=(AREA, SAID), counts=counts, impossible=never)

    assert grounds(table) == {("people: area=A, said=yes", Ground.GROUP)}


def test_the_rest_of_an_amount_is_judged_by_its_people():
    whole = costs([100.0, 90, 80], [20.0, 20, 20], [5.0, 20, 20])
    part = Table(
        name="part", dimensions=(AREA,), counts=np.array([14, 20, 20]), measure="euros",
        amounts=Amounts(sums=[70.0, 90, 80], largest=[20.0, 20, 20], second=[5.0, 20, 20]),
        population=(("help", "yes"),),
    )  # fmt: skip

    found = grounds(whole, part)

    assert {ground for _, ground in found} == {Ground.DIFFERENCE}
    assert sorted(name.split(":")[0] for name, _ in found) == ["rest of euros"] * 2


@pytest.mark.parametrize(
    ("requirement", "low", "high", "met"),
    [
        (Requirement(place=0, ground=Ground.FEW_PEOPLE, width=10), 0, 10, True),
        (Requirement(place=0, ground=Ground.FEW_PEOPLE, width=10), 1, 10, False),
        (Requirement(place=0, ground=Ground.GROUP, at_most=18), 19, 30, False),
        (Requirement(place=0, ground=Ground.DOMINANCE, at_least=140), 0, 139, False),
        (Requirement(place=0, ground=Ground.FEW_PEOPLE, share=0.5), 60, 100, False),
        (Requirement(place=0, ground=Ground.FEW_PEOPLE, share=0.5), 50, 100, True),
        (Requirement(place=0, ground=Ground.FEW_PEOPLE, share=0.5), 50, np.inf, True),
    ],
)
def test_a_requirement_holds_for_an_interval(requirement, low, high, met):
    assert requirement.is_met(low, high) is met
