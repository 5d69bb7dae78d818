"""What is computed once and read by every part of the result: draws, flows, present values."""

import attrs
import numpy as np

from biotoop.engine.valuation.bands import band
from biotoop.engine.valuation.discounting import Rates
from biotoop.engine.valuation.draws import Draws
from biotoop.engine.valuation.flows import (
    Flows,
    Weights,
    flows,
    present_values,
    total,
)
from biotoop.engine.valuation.inputs import Model
from biotoop.engine.valuation.quantile_fit import FloatArray
from biotoop.engine.valuation.result import Band


@attrs.frozen(kw_only=True, eq=False)
class Outlook:
    """A model with its draws, and the same at the middle of every input.

    Attributes
    ----------
    money, mid_money
        Flows by draw, and for the single row of middle values.
    present, mid_present
        Present values, shape (draws, posts) and (1, posts).
    """

    model: Model
    rates: Rates
    draws: Draws
    money: Flows
    mid_money: Flows
    present: FloatArray
    mid_present: FloatArray

    def sum_up(self, weight: FloatArray) -> Band:
        """Summarise posts added up by weight, shape (posts,)."""
        mid = float(total(self.mid_present, weight)[0])
        return band(total(self.present, weight), mid, self.draws.scrambles)

    def by_draw(self, weight: FloatArray) -> FloatArray:
        """Add up posts by weight for each draw, shape (draws,)."""
        return total(self.present, weight)


def outlook(model: Model, rates: Rates, draws: Draws) -> Outlook:
    """Compute flows and present values once."""
    money = flows(model, draws.values)
    mid_money = flows(model, middle(model))
    return Outlook(
        model=model,
        rates=rates,
        draws=draws,
        money=money,
        mid_money=mid_money,
        present=present_values(model.posts, money, rates),
        mid_present=present_values(model.posts, mid_money, rates),
    )


def middle(model: Model) -> FloatArray:
    """Give the middle value (P50) of every input, shape (1, inputs)."""
    return np.array([[item.distribution.mid for item in model.inputs]], dtype=np.float64)


def net_of(model: Model, rates: Rates, values: FloatArray, weight: Weights) -> FloatArray:
    """Give the net present value for rows of input values, shape (rows,)."""
    present = present_values(model.posts, flows(model, values), rates)
    return total(present, weight.net)
