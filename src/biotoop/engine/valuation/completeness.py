"""Which inputs are filled, argued to be nil, or missing; a ratio waits until none is missing."""

from collections.abc import Iterator

from biotoop.engine.core.texts import Text
from biotoop.engine.valuation.model import Direction, Item, Valuation
from biotoop.engine.valuation.ranges import Range, Shape
from biotoop.engine.valuation.result import CompletenessRow, State

WHOLE = "valuation"


def completeness(valuation: Valuation) -> tuple[CompletenessRow, ...]:
    """Give the state of every input that must be filled or argued."""
    rows = [row for item in valuation.items for row in _item(item)]
    rows += [
        _row(cost.id, "source", filled=cost.source is not None, reason=None)
        for cost in valuation.costs
    ]
    return (*rows, *_whole(valuation))


def _item(item: Item) -> Iterator[CompletenessRow]:
    own = item.attribution_own if item.attribution_own is not None else item.attribution_others
    yield _correction(item, "deadweight", item.deadweight)
    yield _correction(item, "attribution", own)
    yield _correction(item, "displacement", item.displacement)
    if item.years > 1:
        yield _correction(item, "drop_off", item.drop_off)
    yield _row(item.id, "source", filled=item.price.source is not None, reason=None)
    yield _row(item.id, "via", filled=bool(item.via), reason=None)


def _correction(item: Item, field: str, given: Range | str | None) -> CompletenessRow:
    if isinstance(given, Range) and given.distribution is Shape.FIXED:
        return CompletenessRow(post=item.id, field=field, state=State.ARGUED, reason=given.because)
    return _row(item.id, field, filled=given is not None, reason=None)


def _row(post: str, field: str, *, filled: bool, reason: Text | None) -> CompletenessRow:
    if filled:
        return CompletenessRow(post=post, field=field, state=State.FILLED)
    state = State.MISSING if reason is None else State.ARGUED
    return CompletenessRow(post=post, field=field, state=state, reason=reason)


def _whole(valuation: Valuation) -> Iterator[CompletenessRow]:
    burden = any(item.direction is Direction.COST for item in valuation.items)
    burden = burden or any(change.negative for change in valuation.not_in_money)
    yield _row(WHOLE, "situation_without", filled=valuation.situation_without is not None,
               reason=None)  # fmt: skip
    yield _row(WHOLE, "negative_effects", filled=burden, reason=valuation.no_negative_effects)
    yield _row(WHOLE, "costs", filled=bool(valuation.costs), reason=None)
    yield _row(WHOLE, "not_in_money", filled=bool(valuation.not_in_money), reason=None)
