"""The reference page says what the catalogue files say."""

from pathlib import Path

import pytest

from biotoop.engine.instruments.loading import shipped
from engine.instruments.reference_page import overview, scale_row

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "instruments.md").read_text("utf-8")


@pytest.mark.parametrize("code", sorted(shipped()))
def test_the_page_has_a_row_for_the_instrument_and_for_each_scale(code):
    found = shipped()[code]

    rows = [overview(found), *(scale_row(found, scale) for scale in found.scales)]

    assert [row for row in rows if row not in PAGE.splitlines()] == []


def test_the_page_has_no_row_for_what_is_not_there():
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]

    assert len(rows) == sum(1 + len(found.scales) for found in shipped().values())
