"""Money of each post: first-year value, value by year, present value, and whose it is."""

from collections.abc import Sequence

import attrs
import numpy as np

from biotoop.engine.valuation.discounting import Rates, discount_factors
from biotoop.engine.valuation.inputs import Model, Post
from biotoop.engine.valuation.model import SOCIETY, Direction
from biotoop.engine.valuation.quantile_fit import FloatArray


@attrs.frozen(kw_only=True, eq=False)
class Flows:
    """Value of each post by draw, before discounting.

    Attributes
    ----------
    first
        First-year value, shape (draws, posts).
    keep
        Share kept from one year to the next, same shape.
    """

    first: FloatArray
    keep: FloatArray


def flows(model: Model, values: FloatArray) -> Flows:
    """Compute the first-year value of every post.

    First-year value = quantity x price x (1 - deadweight) x own attribution (or 1 - that of
    others) x (1 - displacement); each input that is certain is in ``Post.factor``.

    Parameters
    ----------
    model
        Posts and inputs.
    values
        Values of the inputs, shape (draws, inputs).
    """
    column = model.columns
    first = np.empty((values.shape[0], len(model.posts)))
    keep = np.ones_like(first)
    for place, post in enumerate(model.posts):
        amount = np.full(values.shape[0], post.factor)
        for term in post.terms:
            x = values[:, column[term.input]]
            amount *= 1 - x if term.subtracted else x
        first[:, place] = amount
        keep[:, place] = post.keep
        if post.drop_off is not None:
            keep[:, place] = 1 - values[:, column[post.drop_off]]
    return Flows(first=first, keep=keep)


def present_values(
    posts: Sequence[Post], money: Flows, rates: Rates, longest: int | None = None
) -> FloatArray:
    """Discount each post: first x sum over j of factor_j keep^j, by Horner's scheme.

    Parameters
    ----------
    posts
        The posts, in the order of the columns.
    money
        Their flows.
    rates
        Rates and timing.
    longest
        No effect counts beyond this many years after its start; None counts all.

    Returns
    -------
    array, shape (draws, posts)
        Euros in the base year.
    """
    found = np.empty_like(money.first)
    for place, post in enumerate(posts):
        years = post.years if longest is None or post.programme else min(post.years, longest)
        rate = rates.costs if post.programme else rates.items
        sum_ = np.zeros(money.first.shape[0])
        for factor in discount_factors(rate, rates.timing, post.first, years)[::-1]:
            sum_ = sum_ * money.keep[:, place] + factor
        found[:, place] = money.first[:, place] * sum_
    return found


def in_year(posts: Sequence[Post], money: Flows, year: int) -> FloatArray:
    """Give the money of one year (1 is the base year), undiscounted, shape (draws, posts)."""
    found = np.zeros_like(money.first)
    for place, post in enumerate(posts):
        age = year - post.first
        if 0 <= age < post.years:
            found[:, place] = money.first[:, place] * money.keep[:, place] ** age
    return found


@attrs.frozen(kw_only=True, eq=False)
class Weights:
    """Part of each post that is a benefit or a cost for one party, shape (posts,) each."""

    benefit: FloatArray
    cost: FloatArray

    @property
    def net(self) -> FloatArray:
        """Benefit minus cost."""
        return self.benefit - self.cost


def weights(posts: Sequence[Post], party: str, *, cash: bool = False) -> Weights:
    """Give the part of each post that counts for a party.

    For society a transfer counts for nothing: what one pays the other gets. Wellbeing and unpaid
    effort never count; neither does a post with ``adds_to_total`` false.

    Parameters
    ----------
    posts
        The posts.
    party
        Code of a party, or ``society``.
    cash
        Count only what goes in or out of a budget.
    """
    benefit, cost = np.zeros(len(posts)), np.zeros(len(posts))
    for place, post in enumerate(posts):
        if not post.counted or (cash and not post.cash):
            continue
        share = 1.0 if party == SOCIETY else dict(post.payers).get(party, 0.0)
        if post.direction is Direction.BENEFIT:
            benefit[place] = share
        elif post.direction is Direction.COST:
            cost[place] = share
        elif post.direction is Direction.TRANSFER and party != SOCIETY:
            cost[place] = share
            benefit[place] = float(post.beneficiary == party)
    return Weights(benefit=benefit, cost=cost)


def total(values: FloatArray, weight: FloatArray) -> FloatArray:
    """Add up posts by weight, shape (draws,); in a fixed order, whatever the threads."""
    found = np.zeros(values.shape[0])
    for place in np.flatnonzero(weight):
        found += weight[place] * values[:, place]
    return found
