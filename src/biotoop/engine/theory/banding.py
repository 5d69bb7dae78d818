"""The context: a band under the columns, with what else must hold for the steps to work."""

from collections.abc import Callable, Mapping

import attrs

from biotoop.engine.theory.framing import MARGIN, Framing
from biotoop.engine.theory.layering import Layers
from biotoop.engine.theory.model import NodeKind
from biotoop.engine.theory.picture import Box, Column, Measures, Point
from biotoop.engine.theory.placing import nearest_in_order
from biotoop.engine.theory.routing import doors_of

_BETWEEN = 18.0
_NARROWEST = 120.0


def with_context(
    whole: Framing,
    layers: Layers,
    set_text: Callable[[str, float], tuple[str, ...]],
    measures: Measures,
) -> Framing:
    """Add the band of the context under the columns; without context nothing changes.

    Parameters
    ----------
    whole
        The columns and their boxes.
    layers
        The ranks and links.
    set_text
        Sets the text of a node in lines of a width.
    measures
        The sizes to draw with.
    """
    if not layers.context:
        return whole
    low, high = _room(whole.width, measures)
    lacking = len(layers.context) * (_NARROWEST + _BETWEEN) - _BETWEEN - (high - low)
    width = whole.width + max(lacking, 0.0)
    boxes = _boxes(whole, layers, set_text, measures, width)
    doors = doors_of(layers, {**whole.boxes, **boxes}, whole.frame.tracks)
    floors = _floors(layers, whole, doors, measures)
    top = whole.height + measures.track * (len(set(floors.values())) + 1)
    head = top + measures.column_padding
    boxes = {code: attrs.evolve(box, y=head) for code, box in boxes.items()}
    tallest = max(measures.header, *(box.height for box in boxes.values()))
    band = Column(
        kind=NodeKind.CONTEXT, x=MARGIN, y=top, width=width - 2 * MARGIN, count=len(boxes),
        height=head - top + tallest + measures.column_padding,
    )  # fmt: skip
    return attrs.evolve(
        whole,
        frame=attrs.evolve(whole.frame, floors=floors),
        boxes={**whole.boxes, **boxes},
        band=band,
        doors={key: (x, head) for key, (x, _) in doors.items()},
        width=width,
        height=band.y + band.height + MARGIN,
    )


def _boxes(
    whole: Framing,
    layers: Layers,
    set_text: Callable[[str, float], tuple[str, ...]],
    measures: Measures,
    width: float,
) -> dict[str, Box]:
    """Put context boxes side by side, each as near as can be under what it conditions."""
    low, high = _room(width, measures)
    size = min(measures.context_width, (high - low + _BETWEEN) / len(layers.context) - _BETWEEN)
    wanted = {code: _wanted(code, layers, whole) for code in layers.context}
    row = sorted(layers.context, key=wanted.__getitem__)
    middles = nearest_in_order(
        [wanted[code] for code in row],
        [1.0] * len(row),
        [size + _BETWEEN] * (len(row) - 1),
        low=low + size / 2,
        high=high - size / 2,
    )
    return {
        code: _box(code, middle - size / 2, size, set_text, measures)
        for code, middle in zip(row, middles, strict=True)
    }


def _room(width: float, measures: Measures) -> tuple[float, float]:
    """Give the left and right end of the room for boxes, beside the heading of the band."""
    padding = MARGIN + measures.column_padding
    return padding + measures.box_width + measures.column_padding, width - padding


def _box(
    code: str,
    x: float,
    size: float,
    set_text: Callable[[str, float], tuple[str, ...]],
    measures: Measures,
) -> Box:
    lines = set_text(code, size)
    height = len(lines) * measures.line_height + 2 * measures.padding_y
    return Box(code=code, kind=NodeKind.CONTEXT, x=x, y=0.0, width=size, height=height, lines=lines)


def _wanted(code: str, layers: Layers, whole: Framing) -> float:
    """Give the x under which a context box would like to stand."""
    found = []
    for link in layers.beside:
        if link.from_ == code and link.to in whole.boxes:
            found.append(whole.frame.tracks[link.code, "arrive"])
        elif link.to == code and link.from_ in whole.boxes:
            found.append(whole.frame.tracks[link.code, "leave"])
    return sum(found) / len(found) if found else whole.width / 2


def _floors(
    layers: Layers, whole: Framing, doors: Mapping[tuple[str, str], Point], measures: Measures
) -> dict[str, float]:
    """Give every link of the context the height at which it runs level under the columns.

    Links that go straight up need no height of their own and share the first.
    """
    found: dict[str, float] = {}
    bends = 0
    for link in layers.beside:
        ends = [doors[link.code, n][0] for n in (link.from_, link.to) if (link.code, n) in doors]
        ends += [
            whole.frame.tracks[link.code, reach]
            for reach in ("arrive", "leave")
            if (link.code, reach) in whole.frame.tracks
        ]
        is_level = max(ends) - min(ends) > 1.0
        found[link.code] = whole.height + measures.track * (bends + 1)
        bends += is_level
    return found
