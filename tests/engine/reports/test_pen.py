"""What a report writes reads well in Dutch and English, and keeps the language of each text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.messages import note
from biotoop.engine.core.periods import Period
from biotoop.engine.core.quantities import in_step, rounded_euros
from biotoop.engine.core.texts import Text
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.inline import Run
from biotoop.engine.reports.pen import Pen, glued, plain_text, strong, unbroken

NL, EN = Pen("nl"), Pen("en")


def test_a_number_stands_with_its_interval_in_as_many_decimals():
    assert NL.band(-2.1, -2.634, -1.566) == "−2,10 (−2,63 tot −1,57)"
    assert EN.band(1794.34, 475.2, 3113.4) == "1,794 (475 to 3,113)"


def test_a_number_without_an_interval_says_so():
    assert NL.band(0.351, None, None) == "0,351 (geen interval te geven)"


def test_amounts_are_rounded_to_hundreds_as_on_the_first_page():
    assert NL.euros(25_347.0) == "€\u00a025.300"
    assert NL.euros(387.4) == "€\u00a0387"
    assert EN.euros(-66_149.0) == "−€66,100"
    assert NL.euros(None) == "-"


def test_an_amount_never_parts_from_its_euro_at_the_end_of_a_line():
    assert unbroken("van −€ 5 tot € −3 is 12 %") == "van −€\u00a05 tot €\u00a0−3 is 12\u00a0%"


@pytest.mark.parametrize(
    ("share", "shown"),
    [(1.0, "meer dan 99\u00a0%"), (0.0, "minder dan 1\u00a0%"), (0.561, "56\u00a0%"), (None, "-")],
)
def test_no_draw_makes_anything_certain(share, shown):
    assert NL.chance(share) == shown


def test_a_text_without_translation_keeps_its_own_language_inside_a_sentence():
    name = Text(nl="wijkcentrum")

    said = EN.say("theory.lead", title=name, version="2")

    assert Run(text="wijkcentrum", lang="nl") in said
    assert plain_text(said).startswith('"wijkcentrum", version 2.')


@pytest.mark.parametrize(
    ("log_ratio", "said"),
    [
        (2.0523, '7,79 keer zo goed bij "werkt"'),
        (-2.9957, '20 keer zo goed bij "werkt niet"'),
        (0.01, "zegt niets, voor noch tegen"),
    ],
)
def test_a_weight_names_the_side_that_it_speaks_for(log_ratio, said):
    assert NL.weight(log_ratio) == said


def test_evidence_that_does_not_count_says_so_whatever_it_weighs():
    assert NL.weight(3.0, counts=False) == "telt niet mee"


def test_dates_and_periods_are_written_out():
    period = Period(start=dt.date(2025, 1, 1), end=dt.date(2026, 6, 30))

    assert NL.period(period) == "1 januari 2025 tot en met 30 juni 2026"
    assert EN.date(dt.date(2026, 3, 3)) == "3 March 2026"
    assert NL.month(dt.date(2026, 3, 3)) == "mrt 2026"
    assert NL.date(None) == "-"


def test_words_in_a_row_end_with_and():
    assert NL.listing(["a", "b", "c"]) == "a, b en c"
    assert EN.listing(["a"]) == "a"
    assert EN.listing([]) == ""


def test_stretches_are_glued_with_their_style_and_without_the_empty_ones():
    said = glued("Let op:", (), strong("nu"), "", "hier")

    assert said == (Run(text="Let op: "), Run(text="nu", style="strong"), Run(text=" hier"))


NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(NUMBERS, st.floats(1e-4, 1e5))
def test_decimals_are_those_of_the_sentences_on_the_first_page(value, half):
    low, high = value - half, value + half

    assert shared_decimals(value, low, high) == in_step(value, low, high)[0].digits


@pytest.mark.parametrize("amount", [641.7, 1_251.0, -23_481.0, 8_765_432.1])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_note_and_a_table_give_the_same_amount(amount, language):
    told = note("valuation.shaky_mean", error=rounded_euros(amount)).text(language)

    assert Pen(language).euros(amount) in told


@pytest.mark.parametrize(("steps", "said"), [(1, "1 stap, naar"), (12, "12 stappen, naar")])
def test_one_step_and_more_steps_have_their_own_word(steps: int, said: str) -> None:
    assert Pen("nl").plain("tally", steps=steps).startswith(said)
