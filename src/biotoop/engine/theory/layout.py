"""The layered drawing of a theory: columns by kind, few crossings, arrows clear of boxes.

The same theory always gives the same numbers, whatever the grades: a picture does not move when
evidence comes in.
"""

from collections.abc import Mapping, Sequence

from biotoop.engine.core.errors import InvalidTheory
from biotoop.engine.core.messages import Language, note
from biotoop.engine.theory.banding import with_context
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.curves import Chain
from biotoop.engine.theory.framing import Framing, frame_layers, order_of
from biotoop.engine.theory.labelling import place_labels
from biotoop.engine.theory.layering import Layers, assign_layers
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.theory.ordering import count_crossings
from biotoop.engine.theory.picture import Arrow, Box, Column, Drawing, Labels, Measures, Slot
from biotoop.engine.theory.routing import around_path, beside_path, forward_path
from biotoop.engine.theory.typeface import text_width
from biotoop.engine.theory.typesetting import wrap

_UNDRAWABLE = ("theory.double_code", "theory.unknown_end", "theory.self_link")
_WORDS = {"gap": 122.0, "row_gap": 30.0, "passing_gap": 24.0}
_LABEL_PADDING = 12.0


def lay_out(
    theory: TheoryOfChange,
    *,
    language: Language,
    labels: Labels = "codes",
    all_kinds: bool = False,
) -> Drawing:
    """Find places for everything in the drawing of a theory.

    Parameters
    ----------
    theory
        The theory of change; a draft with faults is drawn as far as it goes.
    language
        Language of the texts in the boxes.
    labels
        "codes" keeps room for codes on the arrows; "words" keeps room for a code with the words
        of a grade, and makes the drawing wider.
    all_kinds
        Whether kinds without nodes get an empty column, as an editor needs.

    Returns
    -------
    Drawing
        All places, rounded to a tenth of a pixel.

    Raises
    ------
    InvalidTheory
        Two nodes or links have the same code, or a link has an end that is not there: then there
        is nothing to draw.
    """
    _refuse_undrawable(theory)
    measures = Measures(**_WORDS) if labels == "words" else Measures()
    texts = {node.code: node.label.get(language) for node in theory.nodes}

    def set_text(code: str, width: float) -> tuple[str, ...]:
        return wrap(texts[code], width - 2 * measures.padding_x, measures.type_size, language)

    layers = assign_layers(theory, all_kinds=all_kinds)
    order = order_of(layers)
    lines = {code: set_text(code, measures.box_width) for code in texts}
    framed = with_context(frame_layers(layers, order, lines, measures), layers, set_text, measures)
    chains = _chains(theory, layers, framed)
    slots = _slots(chains, labels, tuple(framed.boxes.values()), measures)
    return Drawing(
        language=language,
        labels=labels,
        width=_rounded(framed.width),
        height=_rounded(framed.height),
        measures=measures,
        columns=tuple(_column(column) for column in framed.columns),
        band=None if framed.band is None else _column(framed.band),
        boxes=tuple(_box(framed.boxes[node.code]) for node in theory.nodes),
        arrows=_arrows(theory, layers, chains, slots),
        crossings=count_crossings(order, layers.edges),
    )


def _refuse_undrawable(theory: TheoryOfChange) -> None:
    faults = [fault for fault in check_theory(theory) if fault.note.code in _UNDRAWABLE]
    if faults:
        raise InvalidTheory(
            reason=note("theory.not_drawable", faults=tuple(f.note for f in faults))
        )


def _slots(
    chains: Mapping[str, Chain], labels: Labels, boxes: Sequence[Box], measures: Measures
) -> dict[str, tuple[Slot, ...]]:
    sizes = {
        code: (
            text_width(code, measures.label_size, "bold") + _LABEL_PADDING,
            measures.label_height,
        )
        for code in chains
    }
    words = (measures.words_width, measures.words_height) if labels == "words" else None
    return place_labels(chains, sizes, boxes, words=words)


def _chains(theory: TheoryOfChange, layers: Layers, framed: Framing) -> dict[str, Chain]:
    around = {link.code for link in layers.around}
    beside = {link.code for link in layers.beside}
    found: dict[str, Chain] = {}
    for link in theory.links:
        if link.code in beside:
            chain = beside_path(link, layers, framed.frame, framed.heights, framed.doors)
        elif link.code in around:
            chain = around_path(link, layers, framed.frame, framed.heights)
        else:
            chain = forward_path(link, layers, framed.frame, framed.heights, framed.middles)
        found[link.code] = chain
    return found


def _arrows(
    theory: TheoryOfChange,
    layers: Layers,
    chains: Mapping[str, Chain],
    slots: Mapping[str, tuple[Slot, ...]],
) -> tuple[Arrow, ...]:
    around = {link.code for link in layers.around}
    return tuple(
        Arrow(
            code=link.code,
            from_=link.from_,
            to=link.to,
            kind=link.kind,
            goes_around=link.code in around,
            points=tuple((_rounded(x), _rounded(y)) for x, y in chains[link.code]),
            label=_slot(slots[link.code][0]),
            words=_slot(slots[link.code][1]) if len(slots[link.code]) > 1 else None,
        )
        for link in theory.links
    )


def _rounded(value: float) -> float:
    return round(float(value), 1) + 0.0


def _slot(slot: Slot) -> Slot:
    return Slot(
        x=_rounded(slot.x), y=_rounded(slot.y), width=_rounded(slot.width),
        height=_rounded(slot.height),
    )  # fmt: skip


def _box(box: Box) -> Box:
    return Box(
        code=box.code, kind=box.kind, x=_rounded(box.x), y=_rounded(box.y),
        width=_rounded(box.width), height=_rounded(box.height), lines=box.lines,
    )  # fmt: skip


def _column(column: Column) -> Column:
    return Column(
        kind=column.kind, x=_rounded(column.x), y=_rounded(column.y),
        width=_rounded(column.width), height=_rounded(column.height), count=column.count,
    )  # fmt: skip
