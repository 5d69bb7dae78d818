"""The table of letter widths against the font files, and text fitted to a width.

When a font file changes: ``PYTHONPATH=src:tests python tests/engine/theory/test_typeface.py``
writes ``letter_widths.json`` anew.
"""

import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from biotoop.engine.theory.typeface import letter_widths, text_width

ROOM = Path(__file__).parents[3] / "src" / "biotoop" / "engine"
TABLE = ROOM / "theory" / "letter_widths.json"


def measured() -> dict:
    """Measure the font files."""
    found = {}
    for weight in ("regular", "bold"):
        name = f"AtkinsonHyperlegibleNext-{weight.title()}.ttf"
        font = TTFont(ROOM / "reports" / "fonts" / name)
        advances, letters = font["hmtx"], font.getBestCmap()
        found["units"] = font["head"].unitsPerEm
        found["letters"] = "".join(chr(code) for code in sorted(letters))
        found[weight] = [advances[letters[code]][0] for code in sorted(letters)]
    return found


def test_the_table_holds_the_widths_of_the_font_files_that_are_shipped():
    assert json.loads(TABLE.read_text("utf-8")) == measured()


def test_a_line_is_as_wide_as_its_letters():
    widths = letter_widths("regular")

    assert text_width("buurt", 20) == pytest.approx(20 * sum(widths[letter] for letter in "buurt"))
    assert text_width("", 20) == 0


def test_bold_is_wider_and_width_grows_with_size():
    assert text_width("aannemelijk", 14, "bold") > text_width("aannemelijk", 14)
    assert text_width("aannemelijk", 28) == pytest.approx(2 * text_width("aannemelijk", 14))


def test_a_letter_that_the_typeface_lacks_counts_as_a_full_square():
    assert text_width("→", 12) == 12


if __name__ == "__main__":
    TABLE.write_text(json.dumps(measured(), ensure_ascii=False) + "\n", "utf-8")
