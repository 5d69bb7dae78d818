"""A drawing of a theory as numbers: what the report draws and what the browser edits.

Lengths are in pixels of a screen; x runs to the right and y runs down. ``core.convert.to_plain``
turns a drawing into JSON.
"""

from typing import Literal, NoReturn

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.theory.model import LinkKind, NodeKind

Point = tuple[float, float]
Labels = Literal["codes", "words"]


@attrs.frozen(kw_only=True)
class Measures:
    """Sizes that a drawing is made with.

    Attributes
    ----------
    type_size, line_height
        Size of the type in boxes, and distance between its lines.
    label_size, label_line
        The same for labels of arrows.
    box_width, context_width
        Width of boxes in columns, and of boxes in the context band.
    padding_x, padding_y
        Room between the edge of a box and its text.
    gap
        Width of the room for arrows between two ranks.
    row_gap, passing_gap
        Room between boxes above each other, and around an arrow that passes between them.
    column_padding
        Room between a box and the edge of its tinted column.
    header
        Height of the head of a column.
    track
        Distance between parallel arrows that run around.
    label_height
        Height of the label of an arrow.
    words_width, words_height
        Room that is kept for the words of a grade, next to the label.
    least_width
        Least width of the whole, so that title and legend fit.
    """

    type_size: float = 16
    line_height: float = 20
    label_size: float = 13.5
    label_line: float = 15
    box_width: float = 142
    context_width: float = 216
    padding_x: float = 12
    padding_y: float = 12
    gap: float = 84
    row_gap: float = 26
    passing_gap: float = 16
    column_padding: float = 14
    header: float = 58
    track: float = 10
    label_height: float = 21
    words_width: float = 102
    words_height: float = 31
    least_width: float = 380


@attrs.frozen(kw_only=True)
class Box:
    """A node as it stands in the drawing, its text in lines."""

    code: str
    kind: NodeKind
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Bottom edge."""
        return self.y + self.height


@attrs.frozen(kw_only=True)
class Slot:
    """Room for a label: its middle and its size."""

    x: float
    y: float
    width: float
    height: float


@attrs.frozen(kw_only=True)
class Arrow:
    """A link as it runs through the drawing.

    Attributes
    ----------
    code, from_, to, kind
        As in the link.
    goes_around
        True when it leads back, around the boxes.
    points
        A chain of cubic curves: the start, then two control points and an end for each curve.
    label
        Room for its code.
    words
        Room for the words of its grade, above or below the code; None where none was kept.
    """

    code: str
    from_: str
    to: str
    kind: LinkKind
    goes_around: bool
    points: tuple[Point, ...]
    label: Slot
    words: Slot | None = None


@attrs.frozen(kw_only=True)
class Column:
    """A tinted column, or the band of the context, with how many nodes stand in it."""

    kind: NodeKind
    x: float
    y: float
    width: float
    height: float
    count: int


@attrs.frozen(kw_only=True)
class Drawing:
    """Where everything stands.

    Attributes
    ----------
    language
        Language of the text in the boxes.
    labels
        Whether room was kept for codes or for words on the arrows.
    width, height
        Size of the whole.
    measures
        The sizes that it was made with.
    columns, band
        The tinted columns, and the band of the context when there is any.
    boxes, arrows
        Nodes and links, in document order.
    crossings
        Pairs of arrow pieces that cross between neighbouring ranks.
    """

    language: Language
    labels: Labels
    width: float
    height: float
    measures: Measures
    columns: tuple[Column, ...]
    band: Column | None
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    crossings: int

    def box(self, code: str) -> Box:
        """Give the box of a node.

        Raises
        ------
        KeyError
            No box has this code.
        """
        return next((b for b in self.boxes if b.code == code), None) or _missing(code)

    def arrow(self, code: str) -> Arrow:
        """Give the arrow of a link.

        Raises
        ------
        KeyError
            No arrow has this code.
        """
        return next((a for a in self.arrows if a.code == code), None) or _missing(code)


def _missing(code: str) -> NoReturn:
    raise KeyError(code)
