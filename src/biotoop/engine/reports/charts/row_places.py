"""Where rows stand: their heights follow from their labels, so that nothing can overlap."""

from collections.abc import Sequence

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.charts.drawing import LINE, SIZE, Spec
from biotoop.engine.reports.charts.wrapping import wrapped


@attrs.frozen(kw_only=True)
class IntervalRow:
    """One row.

    Attributes
    ----------
    label
        What it is.
    shown
        The figures in words, at the right.
    value, low, high
        Middle and ends; None draws no mark, so that a failure keeps its row.
    tick
        A second, smaller mark, such as the middle value beside the mean.
    strong
        Whether it is the row that counts most: filled, and in bold.
    filled_to
        For a tornado: bar from ``low`` to here in grey and from here to ``high`` in green.
    """

    label: str
    shown: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tick: float | None = None
    strong: bool = False
    filled_to: float | None = None


@attrs.frozen(kw_only=True)
class Layout:
    """Widths in pixels, and whether labels stand above their intervals."""

    label: int
    plot: int
    shown: int
    above: bool


WIDE = Layout(label=215, plot=290, shown=190, above=False)
NARROW = Layout(label=300, plot=300, shown=300, above=True)
GAP = 14


def place_rows(
    rows: Sequence[IntervalRow], *, phone: bool, language: Language
) -> tuple[list[Spec], int]:
    """Give every row its place.

    Parameters
    ----------
    rows
        The rows, from above.
    phone
        Whether labels stand above their intervals, or else beside them.
    language
        By whose rules long words are broken.

    Returns
    -------
    tuple
        Plain data for each row, with the height of its interval (``y``) and of the first line of
        its label and figures (``text_y``, ``shown_y``), and the height of all, in pixels.
    """
    layout = NARROW if phone else WIDE
    placed: list[Spec] = []
    top = 0.0
    for row in rows:
        lines = wrapped(row.label, layout.label - GAP, SIZE, language)
        shown = wrapped(row.shown, layout.shown, SIZE, language)
        plain = {key: part for key, part in attrs.asdict(row).items() if part is not None}
        if layout.above:
            text = top + LINE / 2
            shown_y = text + len(lines) * LINE
            y = shown_y + len(shown) * LINE + 4
            bottom = y + 22 if row.low is not None or row.value is not None else y + 2
        else:
            size = max(len(lines), len(shown), 1) * LINE + 12
            y = top + size / 2
            text = y - (len(lines) - 1) * LINE / 2
            shown_y = y - (len(shown) - 1) * LINE / 2
            bottom = top + size
        placed.append(
            {
                **plain,
                "y": y,
                "text_y": text,
                "shown_y": shown_y,
                "label": "\n".join(lines),
                "shown": "\n".join(shown),
            }
        )
        top = bottom
    return placed, int(top) + 4
