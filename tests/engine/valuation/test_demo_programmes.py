"""The four invented programmes give the figures that were computed by hand beforehand.

Definition: every input at its middle value; money at the start of the year, so that the base year
counts in full; 2.25 %; benefits are the items in money (no unpaid hours, no wellbeing); costs are
all costs, unpaid care included; the ratio is benefits_to_costs.
"""

import pytest

from biotoop.engine.valuation.model import RatioKind
from biotoop.engine.valuation.value import value
from engine.theory.examples import demo as theory_of
from engine.valuation.examples import demo


@pytest.mark.parametrize(
    ("programme", "benefits", "costs", "ratio"),
    [
        ("p1", 65_668, 115_000, 0.571),
        ("p2", 94_137, 220_000, 0.428),
        ("p3", 149_937, 300_000, 0.500),
        ("p4", 88_095, 194_000, 0.454),
    ],
)
def test_middle_values_are_those_computed_by_hand(programme, benefits, costs, ratio):
    found = value(demo(programme), theory=theory_of(programme), seed=1, draws=1_024)
    shown = next(r for r in found.ratios if r.kind is RatioKind.BENEFITS_TO_COSTS)

    assert round(found.benefits.mid) == benefits
    assert found.costs.mid == pytest.approx(costs, abs=1e-6)
    assert round(shown.mid, 3) == ratio
    assert found.headline_value == found.net.mean > found.net.mid
    assert found.illustrative
    assert found.invented


def test_wellbeing_and_unpaid_hours_stand_apart_from_the_total():
    found = value(demo("p2"), theory=theory_of("p2"), seed=1, draws=1_024)

    assert [row.id for row in found.apart] == ["welbevinden"]
    assert found.apart[0].value.mid == pytest.approx(40 * 10_000 * 0.6 * 0.4)
    assert sum(row.value.mid for row in found.posts if not row.programme) == pytest.approx(
        found.benefits.mid
    )
