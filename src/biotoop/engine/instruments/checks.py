"""What must hold inside an instrument file beyond its schema."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.instruments.model import (
    CutOffs,
    Instrument,
    LicenceClass,
    Scale,
    ScoringRule,
)
from biotoop.engine.instruments.points import point_limits

_BY_USER = (ScoringRule.CONVERTED, ScoringRule.TARIFF)
_MEANS = (ScoringRule.MEAN, ScoringRule.RESCALED)
_CLOSE = 1e-9


def check_instrument(instrument: Instrument) -> tuple[Problem, ...]:
    """Give every fault inside an instrument: references, ranges, bands, licence."""
    found = [*_items(instrument), *_licence(instrument)]
    found.extend(_twice((scale.id for scale in instrument.scales), "scales"))
    for number, scale in enumerate(instrument.scales):
        found.extend(_scale(instrument, scale, number))
    return tuple(found)


def _twice(keys: Iterable[str], *where: str | int) -> Iterator[Problem]:
    for key, count in Counter(keys).items():
        if count > 1:
            yield problem("instruments.double_key", *where, key=key)


def _items(instrument: Instrument) -> Iterator[Problem]:
    yield from _twice((item.id for item in instrument.items), "items")
    for number, item in enumerate(instrument.items):
        if item.min >= item.max:
            yield problem("instruments.empty_range", "items", number, item=item.id)


def _licence(instrument: Instrument) -> Iterator[Problem]:
    licence = instrument.licence
    if licence.kind == LicenceClass.FREE or licence.confirmed is not None:
        return
    for number, item in enumerate(instrument.items):
        if item.text is not None:
            yield problem(
                "instruments.text_without_licence", "items", number, "text",
                item=item.id, instrument=instrument.code,
            )  # fmt: skip


def _scale(instrument: Instrument, scale: Scale, number: int) -> Iterator[Problem]:
    where = ("scales", number)
    references = [*_references(instrument, scale, number), *_parts(instrument, scale, number)]
    yield from references
    if scale.missing.max_missing >= len(scale.items):
        yield problem("instruments.all_missing", *where, "missing", scale=scale.id)
    if scale.rule in _MEANS and scale.missing.max_missing and not scale.missing.prorate:
        yield problem("instruments.mean_prorates", *where, "missing", scale=scale.id)
    if not references:
        yield from _range(instrument, scale, number)
    for place, cuts in enumerate(scale.cutoffs):
        yield from _bands(scale, cuts, number, place)


def _references(instrument: Instrument, scale: Scale, number: int) -> Iterator[Problem]:
    known = {item.id for item in instrument.items}
    used = [("items", scale.items, known), ("reversed", scale.reversed, set(scale.items))]
    left = set(scale.items) - set(scale.reversed)
    used.extend(("points", rule.items, left) for rule in scale.points)
    for field_name, keys, allowed in used:
        for key in keys:
            if key not in allowed:
                shown = tuple(item.id for item in instrument.items if item.id in allowed)
                yield problem(
                    "instruments.unknown_item", "scales", number, field_name,
                    item=key, scale=scale.id, allowed=shown,
                )  # fmt: skip
    yield from _twice(scale.items, "scales", number, "items")


def _parts(instrument: Instrument, scale: Scale, number: int) -> Iterator[Problem]:
    """See that a sum of scales adds up simple scales that share no item and leave none out."""
    if not scale.parts:
        return
    simple = {part.id: part for part in instrument.scales if not part.parts}
    unknown = [key for key in scale.parts if key not in simple]
    for key in unknown:
        yield problem(
            "instruments.unknown_part", "scales", number, "parts",
            part=key, scale=scale.id, allowed=tuple(simple),
        )  # fmt: skip
    together = [item for key in scale.parts if key in simple for item in simple[key].items]
    turned = [item for key in scale.parts if key in simple for item in simple[key].reversed]
    same = sorted(together) == sorted(scale.items) and sorted(turned) == sorted(scale.reversed)
    if not unknown and not same:
        yield problem("instruments.parts_differ", "scales", number, "parts", scale=scale.id)


def _range(instrument: Instrument, scale: Scale, number: int) -> Iterator[Problem]:
    where = ("scales", number)
    if scale.low is None or scale.high is None:
        if scale.rule not in _BY_USER:
            yield problem("instruments.range_missing", *where, scale=scale.id)
        return
    if scale.rule in (ScoringRule.SUM, ScoringRule.MEAN):
        least, most = point_limits(instrument, scale)
        size = len(scale.items) if scale.rule == ScoringRule.SUM else 1
        if abs(least * size - scale.low) > _CLOSE or abs(most * size - scale.high) > _CLOSE:
            yield problem(
                "instruments.range_differs", *where,
                scale=scale.id, low=least * size, high=most * size,
            )  # fmt: skip


def _bands(scale: Scale, cuts: CutOffs, number: int, place: int) -> Iterator[Problem]:
    where = ("scales", number, "cutoffs", place)
    yield from _twice((band.code for band in cuts.bands), *where)
    starts = [band.low for band in cuts.bands]
    rising = all(lower < upper for lower, upper in pairwise(starts))
    if not rising or (scale.high is not None and starts[-1] > scale.high):
        yield problem("instruments.bands_out_of_order", *where, scale=scale.id, cutoffs=cuts.code)
    if scale.low is not None and starts[0] != scale.low:
        yield problem("instruments.bands_leave_gap", *where, scale=scale.id, low=scale.low)
    codes = tuple(band.code for band in cuts.bands)
    if cuts.border is not None and cuts.border not in codes[1:]:
        yield problem("instruments.unknown_border", *where, given=cuts.border, allowed=codes[1:])
