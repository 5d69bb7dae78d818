"""How K moves when a group is left out, or when all weights are tempered."""

from math import exp

import pytest

from biotoop.engine.evidence.model import Stance
from biotoop.engine.plausibility.result import Border
from engine.plausibility.cases import claim, estimate, judge, publication, tried, voices

ROUNDS = [*voices("a", 10), *voices("b", 10, round="round2")]


def test_each_group_is_left_out_once_and_everything_is_tempered():
    found = judge(*ROUNDS, estimate(), publication(), tried())

    groups = [row.group for row in found.sensitivity.rows]
    assert sorted(groups[:-1]) == sorted(
        group.key for family in found.families for group in family.groups
    )
    assert groups[-1] is None


def test_leaving_a_group_out_gives_the_k_of_the_rest():
    found = judge(*ROUNDS).sensitivity
    alone = judge(*voices("a", 10))

    assert found.rows[1].log_k == pytest.approx(alone.log_k)
    assert found.rows[1].label.text("nl") == "interview, ronde round2 (De Wilg)"


def test_tempering_takes_three_quarters_of_every_weight():
    found = judge(*ROUNDS)

    assert found.sensitivity.rows[-1].k == pytest.approx(found.k**0.75)
    assert found.sensitivity.rows[-1].label.text("nl") == "alles getemperd met 0,75"


def test_the_range_of_k_spans_all_changes():
    found = judge(*ROUNDS, *voices("c", 4, round="round3", stance=Stance.CONTRADICTS))
    ks = [found.k, *(row.k for row in found.sensitivity.rows)]

    assert (found.sensitivity.k_low, found.sensitivity.k_high) == (min(ks), max(ks))


def test_a_grade_that_hangs_on_one_group_is_sensitive():
    found = judge(*ROUNDS)

    assert found.k > 3 > exp(found.sensitivity.rows[1].log_k)
    assert found.sensitivity.sensitive
    assert found.sensitivity.borders == (Border.PLAUSIBLE,)


def test_borders_are_crossed_by_k_alone_and_not_by_floors():
    found = judge(claim("c1"), claim("c2", round="round2"))

    assert not found.sensitivity.sensitive


def test_without_evidence_there_is_nothing_to_change():
    found = judge().sensitivity

    assert (found.rows, found.sensitive, found.k_low, found.k_high) == ((), False, 1, 1)
