"""Labels are broken so that they fit, and nothing of them is lost."""

from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.reports.charts.wrapping import wrapped
from biotoop.engine.theory.typeface import text_width

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40), min_size=1)


@given(WORDS, st.integers(80, 320))
def test_every_line_fits_and_every_letter_stays(words, width):
    lines = wrapped(" ".join(words), width, 13, "nl")

    assert all(text_width(line, 13) <= width for line in lines)
    assert "".join(lines).replace(" ", "").replace("-", "") == "".join(words)


def test_a_long_dutch_word_is_broken_between_its_parts():
    assert wrapped("gemeenschapsvoorzieningenondersteuning", 200, 13, "nl")[0].endswith("-")


def test_a_line_break_stays_and_a_hard_space_is_kept():
    assert wrapped("€\u00a012.300\n(laag)", 300, 13, "nl") == ("€\u00a012.300", "(laag)")


def test_a_soft_hyphen_is_used_and_not_shown():
    assert wrapped("wijk\u00adcentrum", 60, 13, "nl") == ("wijk-", "centrum")
