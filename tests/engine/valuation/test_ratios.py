"""Ratios carry their name, and wait until the inputs are complete."""

import attrs
import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.completeness import completeness
from biotoop.engine.valuation.model import Direction, NotInMoney, RatioKind
from biotoop.engine.valuation.result import State
from biotoop.engine.valuation.value import value
from engine.valuation.examples import SMALL, cost, item, normal, sure, three, valuation

BESIDE = (NotInMoney(label=Text.of("trots"), words=(Text.of("Ik durf weer."),)),)
WHOLE = valuation(
    item("a", quantity=sure(30)),
    item("burden", direction=Direction.COST, quantity=sure(5), payer="bewoners"),
    costs=(cost("c", sure(1000)),),
    not_in_money=BESIDE,
)


def ratios(given) -> dict:
    found = value(given, theory=SMALL, seed=1, draws=1_024)
    return {part.kind: part for part in found.ratios}


def test_three_ratios_differ_by_what_is_divided_by_what():
    found = ratios(WHOLE)

    assert found[RatioKind.BENEFITS_TO_COSTS].of_means == pytest.approx(3000 / 1500)
    assert found[RatioKind.SROI].of_means == pytest.approx(2500 / 1000)
    assert found[RatioKind.NET_TO_INPUTS].mid == pytest.approx(1500 / 1000)
    assert all(part.shown for part in found.values())


def test_the_guide_of_sroi_is_followed_with_a_ratio_and_a_net_ratio_one_apart():
    found = ratios(WHOLE)
    sroi, net = found[RatioKind.SROI], found[RatioKind.NET_TO_INPUTS]

    assert sroi.of_means - net.of_means == pytest.approx(1)


def test_a_missing_correction_hides_every_ratio():
    first = attrs.evolve(WHOLE.items[0], displacement=None)
    found = ratios(attrs.evolve(WHOLE, items=(first, *WHOLE.items[1:])))

    assert not any(part.shown for part in found.values())


def test_without_costs_there_is_no_ratio_at_all():
    assert ratios(valuation(item("a"))) == {}


def test_a_denominator_that_can_be_nil_gives_no_quantiles():
    given = valuation(
        item("a"), item("b", direction=Direction.COST, quantity=normal(1, 2)), not_in_money=BESIDE
    )
    found = ratios(given)[RatioKind.BENEFITS_TO_COSTS]

    assert found.p5 != found.p5
    assert not found.shown


def test_completeness_tells_filled_from_argued_from_missing():
    given = valuation(
        item("a", deadweight=three(0.1, 0.2, 0.3), displacement=None, years=2, source=None, via=())
    )
    states = {(row.post, row.field): row.state for row in completeness(given)}

    assert states["a", "deadweight"] is State.FILLED
    assert states["a", "attribution"] is State.ARGUED
    assert {key for key, state in states.items() if state is State.MISSING} == {
        ("a", "displacement"), ("a", "drop_off"), ("a", "source"), ("a", "via"),
        ("valuation", "costs"), ("valuation", "not_in_money"),
    }  # fmt: skip
    assert states["valuation", "negative_effects"] is State.ARGUED
