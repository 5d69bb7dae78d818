"""Whether the theory failed or the delivery, held against what was delivered."""

import datetime as dt

import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import Conclusion, ConclusionJudgement
from biotoop.engine.plausibility.delivery import conclude_delivery
from biotoop.engine.theory.model import Amount, Delivery
from engine.plausibility.cases import link, node, theory


def chosen(conclusion):
    return ConclusionJudgement(
        conclusion=conclusion, assessor="A", date=dt.date(2026, 2, 1), reason=Text.of("gezien")
    )


def conclude(conclusion=None, *, intended=True, **delivery):
    made = None if intended == "nothing" else Delivery(as_intended=intended, **delivery)
    on = theory(link("S1", "I1", "U1"), nodes=(node("I1", delivery=made),))
    return conclude_delivery(on, None if conclusion is None else chosen(conclusion))


def codes(found):
    return [each.code.removeprefix("plausibility.delivery.") for each in found.warnings]


def test_planned_stands_beside_delivered():
    found = conclude(
        reach=Amount(planned=200, delivered=150),
        dose=Amount(planned=10),
    )

    (only,) = found.interventions
    assert (only.node, only.reached, only.received) == ("I1", 0.75, None)


def test_without_anything_written_down_nothing_is_known():
    found = conclude(intended="nothing")

    assert (found.interventions[0].reached, found.interventions[0].delivery) == (None, None)


def test_nothing_planned_gives_no_share():
    found = conclude(reach=Amount(planned=0, delivered=3))

    assert found.interventions[0].reached is None


def test_a_conclusion_must_be_chosen():
    found = conclude()

    assert (found.conclusion, found.chosen, codes(found)) == (
        Conclusion.UNKNOWN,
        False,
        ["not_chosen"],
    )


@pytest.mark.parametrize(
    ("conclusion", "intended", "told"),
    [
        (Conclusion.THEORY_FAILED, True, []),
        (Conclusion.THEORY_FAILED, False, ["not_as_intended"]),
        (Conclusion.THEORY_FAILED, None, ["unknown"]),
        (Conclusion.THEORY_FAILED, "nothing", ["unknown"]),
        (Conclusion.BOTH_HELD, False, ["not_as_intended"]),
        (Conclusion.DELIVERY_FAILED, False, []),
        (Conclusion.DELIVERY_FAILED, None, []),
        (Conclusion.DELIVERY_FAILED, True, ["as_intended"]),
        (Conclusion.BOTH_FAILED, True, ["as_intended"]),
        (Conclusion.UNKNOWN, None, []),
    ],
)
def test_a_choice_that_does_not_fit_the_delivery_is_told(conclusion, intended, told):
    found = conclude(conclusion, intended=intended)

    assert (found.conclusion, codes(found)) == (conclusion, told)
    assert (found.assessor, found.date) == ("A", "2026-02-01")
