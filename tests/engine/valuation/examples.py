"""Valuations for the tests: the four invented programmes, and small ones made to measure."""

from functools import cache
from pathlib import Path

from biotoop.engine.core.documents import read_document
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.valuation.model import (
    Cost,
    Discounting,
    Item,
    Party,
    Price,
    PriceKind,
    Timing,
    Valuation,
)
from biotoop.engine.valuation.ranges import Range, Shape
from engine.theory.examples import theory

DEMO = Path(__file__).parent / "demo"
SMALL: TheoryOfChange = theory("I1 R1 U1 U2 M1", "I1>R1 R1>U1 U1>M1 R1>U2")
L1, L2, L3, L4 = (link.code for link in SMALL.links)
WHY = Text.of("verzonnen")


@cache
def demo(programme: str) -> Valuation:
    """Read one of the invented programmes, "p1" to "p4"."""
    document = read_document(DEMO / f"{programme}.yaml", Valuation, file=programme)
    assert document.problems == ()
    return document.value


def three(low: float, mid: float, high: float, **parts) -> Range:
    """Make a range by P5, P50 and P95."""
    return Range(low=low, mid=mid, high=high, **parts)


def sure(value: float) -> Range:
    """Make a certain number."""
    return Range(distribution=Shape.FIXED, value=value, because=WHY)


def normal(mean: float, sd: float, **parts) -> Range:
    """Make a normal number."""
    return Range(distribution=Shape.NORMAL, mean=mean, sd=sd, **parts)


def item(name: str, **parts) -> Item:
    """Make an item of which all is certain unless said: 10 units of 100 euros, all ours."""
    price = {"amount": sure(100), "price_year": 2025, "kind": PriceKind.MARGINAL, "source": WHY}
    price |= {key: parts.pop(key) for key in ("amount", "price_year", "index", "kind",
                                              "realisation", "source") if key in parts}  # fmt: skip
    given = {
        "label": Text.of(name), "payer": "gemeente", "via": (L1,), "quantity": sure(10),
        "unit": Text.of("stuk"), "deadweight": sure(0), "attribution_own": sure(1),
        "displacement": sure(0), "node": None,
    }  # fmt: skip
    return Item(id=name, price=Price(**price), **{**given, **parts})


def cost(name: str, amount: Range, **parts) -> Cost:
    """Make a cost."""
    given = {"label": Text.of(name), "payer": "gemeente", "price_year": 2025, "source": WHY}
    return Cost(id=name, amount=amount, **{**given, **parts})


def valuation(*items: Item, costs: tuple[Cost, ...] = (), **parts) -> Valuation:
    """Make a valuation by two parties, at the start of the year, with nothing left to argue."""
    given = {
        "price_year": 2025, "base_year": 2025, "situation_without": WHY,
        "no_negative_effects": WHY,
        "parties": tuple(Party(code=c, label=Text.of(c)) for c in ("gemeente", "rijk", "bewoners")),
        "discounting": Discounting(timing=Timing.START_OF_YEAR),
    }  # fmt: skip
    return Valuation(items=items, costs=costs, **{**given, **parts})
