"""Widths of letters in Atkinson Hyperlegible Next: text is fitted without a font library.

``letter_widths.json`` holds the advance of every letter of the regular and bold files that the
package ships, in thousandths of the type size. Kerning is left out: it makes lines a little
narrower than they are counted here. The test ``test_typeface`` measures the files again and says
how to write the table anew.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

FAMILY = "Atkinson Hyperlegible Next"
ASCENT = 0.984
CAP_HEIGHT = 0.668
Weight = Literal["regular", "bold"]
_WIDEST = 1.0


@cache
def letter_widths(weight: Weight) -> Mapping[str, float]:
    """Give the width of each letter, as a part of the type size."""
    file = resources.files("biotoop.engine.theory") / "letter_widths.json"
    table = json.loads(file.read_text("utf-8"))
    return {
        letter: width / table["units"]
        for letter, width in zip(table["letters"], table[weight], strict=True)
    }


def text_width(text: str, size: float, weight: Weight = "regular") -> float:
    """Measure a line of text.

    Parameters
    ----------
    text
        The line.
    size
        Size of the type, in any unit.
    weight
        Weight of the type.

    Returns
    -------
    float
        Width in the unit of ``size``. A letter that the typeface lacks counts as a full square,
        because another typeface will stand in for it.
    """
    widths = letter_widths(weight)
    return size * sum(widths.get(letter, _WIDEST) for letter in text)
