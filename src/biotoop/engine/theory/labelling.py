"""Room for labels: on their arrow, clear of boxes, of each other and of other arrows."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from biotoop.engine.theory.curves import Chain, at, sample
from biotoop.engine.theory.picture import Box, Slot

_PLACES = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_ROUNDS = 4
_MOST_OFFERS = 80
_ON_BOX = 1e4
_ON_LABEL = 200.0
_ON_HEAD = 60.0
_HEAD = 12.0
_ON_ARROW = 6.0
_ON_SHORT = 100.0
_OFF_MIDDLE = 90.0
_ABOVE = 2.0
_ASIDE = 5.0
_CLEAR = 2.0
_OVERHANG = 14.0

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Size = tuple[float, float]
Offer = tuple[float, tuple[Slot, ...]]
"""What a place costs, labels of others not yet counted, and the room that it takes."""
Points = NDArray[np.float64]


def place_labels(
    chains: Mapping[str, Chain],
    sizes: Mapping[str, Size],
    boxes: Sequence[Box],
    *,
    words: Size | None = None,
) -> dict[str, tuple[Slot, ...]]:
    """Find room for the label of every arrow, and for the words that go with it.

    Parameters
    ----------
    chains
        The arrows, by code.
    sizes
        Width and height of each label, by code.
    boxes
        What labels must not touch.
    words
        Width and height of the words next to each label; None for labels alone.

    Returns
    -------
    dict
        For each arrow, its label, and its words if there are any: where they cover no box, few
        others and little of any other arrow, near the middle of one of the curves where there is
        a choice.
    """
    owners, points = _points(chains)
    walls = _walls([(b.x, b.y, b.right, b.bottom) for b in boxes])
    heads = _walls([_head(chain) for chain in chains.values()])
    offers = {}
    for index, (code, chain) in enumerate(chains.items()):
        found = [
            (cost + _ON_HEAD * sum(_touching(slot, heads) for slot in slots), slots)
            for along, label in _along(chain, sizes[code], points[owners != index], walls)
            for cost, slots in _with_words(along, label, words, points, walls)
        ]
        offers[code] = sorted(found, key=lambda offer: offer[0])[:_MOST_OFFERS]
    return _choose(offers)


def _head(chain: Chain) -> Rectangle:
    """Give the room of an arrowhead, which ends at the end of its arrow."""
    (x, y), (back, over) = chain[-1], chain[-2]
    width, height = (_HEAD, _HEAD / 2) if abs(x - back) >= abs(y - over) else (_HEAD / 2, _HEAD)
    return x - width, y - height, x + width, y + height


def _points(chains: Mapping[str, Chain]) -> tuple[NDArray[np.int64], Points]:
    """Give points along all arrows, with the number of the arrow that each belongs to."""
    samples = [np.zeros((0, 2)), *(sample(chain) for chain in chains.values())]
    owners = [np.full(len(points), index - 1) for index, points in enumerate(samples)]
    return np.concatenate(owners), np.concatenate(samples)


def _along(
    chain: Chain, size: Size, others: Points, walls: NDArray[np.float64]
) -> Iterator[tuple[float, Slot]]:
    """Give the places for a label on its arrow."""
    for curve in range((len(chain) - 1) // 3):
        length = float(np.hypot(*np.subtract(chain[3 * curve + 3], chain[3 * curve])))
        tight = _ON_SHORT * max(0.0, 1 - length / size[1])
        for t in _PLACES:
            x, y = at(chain, curve, t)
            slot = Slot(x=x, y=y, width=size[0], height=size[1])
            cost = tight + _OFF_MIDDLE * abs(t - 0.5) + _ON_ARROW * _covered(slot, others)
            yield cost + _ON_BOX * _touching(slot, walls), slot


def _with_words(
    cost: float, label: Slot, size: Size | None, points: Points, walls: NDArray[np.float64]
) -> Iterator[Offer]:
    if size is None:
        yield cost, (label,)
        return
    for extra, slot in _near(label, size):
        over = _ON_ARROW * _covered(slot, points) + _ON_BOX * _touching(slot, walls)
        yield cost + extra + over, (label, slot)


def _near(label: Slot, size: Size) -> Iterator[tuple[float, Slot]]:
    """Give the places for words above and below a label, the most natural first."""
    rise = (label.height + size[1]) / 2 + 2
    aside = size[0] / 2 - _OVERHANG
    for shift in (0.0, aside, -aside):
        for drop in (rise, -rise):
            slot = Slot(x=label.x + shift, y=label.y + drop, width=size[0], height=size[1])
            yield (_ASIDE if shift else 0.0) + (_ABOVE if drop < 0 else 0.0), slot


def _choose(offers: Mapping[str, list[Offer]]) -> dict[str, tuple[Slot, ...]]:
    """Choose for each the cheapest place, again and again while the choices of others change."""
    chosen = {code: min(found, key=lambda offer: offer[0])[1] for code, found in offers.items()}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for code, found in offers.items():
            rest = (slot for other, slots in chosen.items() if other != code for slot in slots)
            taken = _walls([_rectangle(slot) for slot in rest])
            costs = [
                cost + _ON_LABEL * sum(_touching(slot, taken) for slot in slots)
                for cost, slots in found
            ]
            chosen[code] = found[int(np.argmin(costs))][1]
        if chosen == before:
            break
    return chosen


def _walls(rectangles: list[Rectangle]) -> NDArray[np.float64]:
    return np.array(rectangles, dtype=float).reshape(-1, 4)


def _rectangle(slot: Slot) -> Rectangle:
    half_width, half_height = slot.width / 2 + _CLEAR, slot.height / 2 + _CLEAR
    return slot.x - half_width, slot.y - half_height, slot.x + half_width, slot.y + half_height


def _covered(slot: Slot, points: Points) -> float:
    """Count the points of arrows under a label."""
    left, top, right, bottom = _rectangle(slot)
    x, y = points[:, 0], points[:, 1]
    return float(np.sum((x > left) & (x < right) & (y > top) & (y < bottom)))


def _touching(slot: Slot, walls: NDArray[np.float64]) -> float:
    """Count the rectangles that a label overlaps."""
    left, top, right, bottom = _rectangle(slot)
    overlap = (
        (walls[:, 0] < right) & (walls[:, 2] > left)
        & (walls[:, 1] < bottom) & (walls[:, 3] > top)
    )  # fmt: skip
    return float(np.sum(overlap))
