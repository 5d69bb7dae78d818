"""Which way a regression goes: products within units, or rows in memory; by a count beforehand."""

from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Note, note
from biotoop.engine.datasets.store import MOST_PERIODS, RowPass, count_values
from biotoop.engine.effects.refusals import Refused


class Way(StrEnum):
    """How a regression is computed."""

    COUNT = "count"
    PRODUCTS = "products"
    ROWS = "rows"


@attrs.frozen(kw_only=True)
class Choice:
    """The way, and why, in words."""

    way: Way
    said: Note


def way_of(way: str) -> Way:
    """Read the way that was asked for.

    Raises
    ------
    Refused
        There is no such way.
    """
    try:
        return Way(way)
    except ValueError:
        allowed = tuple(item.value for item in Way)
        raise Refused("panel.refused.way", way=way, allowed=allowed) from None


def choose(asked: RowPass, way: Way) -> Choice:
    """Choose: products hold two sets of effects, of which the second has at most 400 values.

    Raises
    ------
    Refused
        Products were asked for and cannot hold the effects.
    """
    two = len(asked.effects) == 2
    values = count_values(asked, asked.effects[1], most=MOST_PERIODS) if two else 0
    fits = two and values <= MOST_PERIODS
    if way is Way.PRODUCTS and not fits:
        raise Refused("panel.refused.products_hold", effects=asked.effects, most=MOST_PERIODS)
    shown = f"> {MOST_PERIODS}" if values > MOST_PERIODS else values
    if way is Way.ROWS:
        return Choice(way=Way.ROWS, said=note("panel.choice.asked"))
    if fits:
        said = note("panel.choice.products", period=asked.effects[1], values=shown)
        return Choice(way=Way.PRODUCTS, said=said)
    if two:
        said = note("panel.choice.many", period=asked.effects[1], values=shown, most=MOST_PERIODS)
        return Choice(way=Way.ROWS, said=said)
    return Choice(way=Way.ROWS, said=note("panel.choice.sets", sets=len(asked.effects)))
