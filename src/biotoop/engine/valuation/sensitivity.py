"""One input at a time: the tornado on net value, and the value at which the net turns."""

import math

import numpy as np
from scipy.optimize import brentq

from biotoop.engine.valuation.discounting import Rates
from biotoop.engine.valuation.distributions import BOUNDS
from biotoop.engine.valuation.flows import Weights
from biotoop.engine.valuation.inputs import DROP_OFF, Input, Model
from biotoop.engine.valuation.outlook import middle, net_of
from biotoop.engine.valuation.quantile_fit import OUTER
from biotoop.engine.valuation.result import BreakEven, TornadoRow

SHARED = "shared_factor"
_STEPS = 129
_FLAT = 1e-12


def tornado(
    model: Model, rates: Rates, weight: Weights, correlation: float
) -> tuple[TornadoRow, ...]:
    """Set each input to P5 and P95, all others in the middle; widest bar first.

    One more row, ``shared_factor``, moves every input that shares the factor of the programme
    along with it: the factor at its P5 and P95, each input at its median given that.
    """
    base = middle(model)
    ends = [(item.distribution.p5, item.distribution.p95) for item in model.inputs]
    rows = np.repeat(base, 2 * len(ends), axis=0)
    for place, (low, high) in enumerate(ends):
        rows[2 * place, place], rows[2 * place + 1, place] = low, high
    net = net_of(model, rates, rows, weight)
    found = [
        TornadoRow(
            input=item.id, at_p5=low, at_p95=high,
            net_at_p5=float(net[2 * place]), net_at_p95=float(net[2 * place + 1]),
        )
        for place, (item, (low, high)) in enumerate(zip(model.inputs, ends, strict=True))
    ]  # fmt: skip
    if correlation > 0 and any(item.hope for item in model.inputs):
        found.append(_shared_row(model, rates, weight, correlation))
    return tuple(sorted(found, key=lambda row: -row.swing))


def _shared_row(model: Model, rates: Rates, weight: Weights, correlation: float) -> TornadoRow:
    rows = np.repeat(middle(model), 2, axis=0)
    for place, item in enumerate(model.inputs):
        if item.hope:
            reach = item.hope * math.sqrt(correlation) * OUTER
            rows[:, place] = item.distribution.at(-reach), item.distribution.at(reach)
    net = net_of(model, rates, rows, weight)
    return TornadoRow(
        input=SHARED, at_p5=-OUTER, at_p95=OUTER,
        net_at_p5=float(net[0]), net_at_p95=float(net[1]),
    )  # fmt: skip


def break_evens(model: Model, rates: Rates, weight: Weights) -> tuple[BreakEven, ...]:
    """Find for each input the value at which the net value is nil, the others in the middle.

    The net value is a straight line in every input but the drop-off, so that two points give the
    answer exactly; for a drop-off the polynomial is searched for its root nearest to the middle.
    """
    return tuple(
        _break_even(model, rates, weight, place, item) for place, item in enumerate(model.inputs)
    )


def _break_even(model: Model, rates: Rates, weight: Weights, place: int, item: Input) -> BreakEven:
    now = item.distribution.mid
    found = (
        _root(model, rates, weight, place, now)
        if item.kind == DROP_OFF
        else _straight(model, rates, weight, place, item)
    )
    least, most = BOUNDS[item.distribution.support]
    if found is None or not least <= found <= most:
        return BreakEven(input=item.id, now=now, value=None, chance_beyond=0.0)
    below = item.distribution.chance_below(found)
    return BreakEven(
        input=item.id, now=now, value=found, chance_beyond=below if found < now else 1 - below
    )


def _straight(model: Model, rates: Rates, weight: Weights, place: int, item: Input) -> float | None:
    low, high = item.distribution.p5, item.distribution.p95
    rows = np.repeat(middle(model), 2, axis=0)
    rows[:, place] = low, high
    at_low, at_high = (float(x) for x in net_of(model, rates, rows, weight))
    slope = at_high - at_low
    if abs(slope) <= _FLAT * (abs(at_low) + abs(at_high)):
        return None
    return low - at_low * (high - low) / slope


def _root(model: Model, rates: Rates, weight: Weights, place: int, now: float) -> float | None:
    def net(share: float) -> float:
        row = middle(model)
        row[0, place] = share
        return float(net_of(model, rates, row, weight)[0])

    grid = np.linspace(0.0, 1.0, _STEPS)
    rows = np.repeat(middle(model), _STEPS, axis=0)
    rows[:, place] = grid
    values = net_of(model, rates, rows, weight)
    turns = np.flatnonzero(np.sign(values[:-1]) * np.sign(values[1:]) <= 0)
    roots = [float(brentq(net, grid[t], grid[t + 1], xtol=1e-14)) for t in turns]
    return min(roots, key=lambda root: abs(root - now)) if roots else None
