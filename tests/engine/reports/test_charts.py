"""Drawings say what the figures say, in the order of time, and never run into each other."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.reports.charts.drawing import draw, drawn
from biotoop.engine.reports.charts.euro_scale import euro_scale
from biotoop.engine.reports.charts.row_places import IntervalRow, place_rows
from biotoop.engine.reports.charts.rows import Axis, draw_rows
from biotoop.engine.reports.charts.two_groups import GroupLine, draw_groups
from biotoop.engine.reports.charts.waves import WavePanel, WavePoint, draw_waves
from biotoop.engine.reports.pen import Pen

ROWS = (
    IntervalRow(label="Eenzaamheid", shown="€ 120.000\n(laag)", value=0.3, low=0.1, high=0.5),
    IntervalRow(label="Niet te schatten", shown="geen getal"),
)


def texts(svg: str) -> list[str]:
    """Give the texts of a drawing."""
    return re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg)


def test_numbers_on_an_axis_are_written_in_the_language_of_the_report():
    dutch, _ = draw_rows(ROWS, Axis(title="verschil"), "nl")
    english, _ = draw_rows(ROWS, Axis(title="difference"), "en")

    assert "0,2" in texts(dutch.svg)
    assert "0.2" in texts(english.svg)


def test_shortening_coordinates_leaves_figures_in_words_alone():
    wide, narrow = draw_rows(ROWS, Axis(title="euro"), "nl")

    assert "€ 120.000" in texts(wide.svg)
    assert "€ 120.000" in texts(narrow.svg)


def test_an_axis_to_a_hundred_is_not_written_as_a_power_of_ten():
    rows = [IntervalRow(label="a", shown="", low=0, high=150)]

    wide, _ = draw_rows(rows, Axis(title="", thick=True), "nl")

    assert {"100", "150"} <= set(texts(wide.svg))


def test_a_failure_keeps_its_row_without_a_mark():
    wide, _ = draw_rows(ROWS, Axis(title=""), "nl")

    assert "Niet te schatten" in texts(wide.svg)
    assert len(re.findall(r"<path [^>]*fill=\"#ffffff\"", wide.svg)) == 1


def test_a_drawing_is_the_same_at_every_call_and_carries_no_roles():
    first = draw_rows(ROWS, Axis(title=""), "nl")[0].svg
    drawn.cache_clear()
    second = draw_rows(ROWS, Axis(title=""), "nl")[0].svg

    assert first == second
    assert "aria-" not in first
    assert "role=" not in first


LABELS = st.lists(st.text("abcdefg hij", min_size=1, max_size=120), min_size=1, max_size=12)


@given(LABELS, st.booleans())
def test_rows_never_overlap_however_long_their_labels(labels, phone):
    rows = [IntervalRow(label=label, shown="1 (0 tot 2)", value=1, low=0, high=2)
            for label in labels]  # fmt: skip

    placed, height = place_rows(rows, phone=phone, language="nl")

    tops = [row["text_y"] - 8 for row in placed]
    ends = [row["text_y"] + 16 * row["label"].count("\n") + 8 for row in placed]
    assert all(end <= top for end, top in zip(ends, tops[1:], strict=False))
    assert ends[-1] <= height


@pytest.mark.parametrize(
    ("amount", "divisor", "unit"),
    [(900, 1, "euro's"), (25_000, 1e3, "duizenden"), (3e6, 1e6, "miljoenen")],
)
def test_euros_on_an_axis_stay_short(amount, divisor, unit):
    scale = euro_scale(Pen("nl"), [-1.0, amount], 2025)

    assert scale.divisor == divisor
    assert unit in scale.title
    assert scale.row(IntervalRow(label="", shown="", low=0, high=amount)).high == amount / divisor


def point(day: dt.date, value: float) -> WavePoint:
    """Make a moment."""
    return WavePoint(date=day, label=f"{day:%b}\n{day.year}", shown=str(value), value=value,
                     low=None, high=None)  # fmt: skip


DAYS = st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), min_size=2, max_size=4,
                unique=True)  # fmt: skip


@pytest.mark.slow
@given(DAYS)
def test_moments_stand_in_the_order_of_observation_however_they_come(days):
    points = tuple(point(day, float(number)) for number, day in enumerate(days))

    shuffled, _ = draw_waves([WavePanel(title="maat", points=points)], "nl")
    ordered = tuple(sorted(points, key=lambda one: one.date))

    assert shuffled == draw_waves([WavePanel(title="maat", points=ordered)], "nl")[0]


def test_the_line_between_two_moments_is_straight_and_follows_the_dates():
    days = (dt.date(2026, 1, 1), dt.date(2025, 1, 1), dt.date(2025, 7, 2))
    points = tuple(point(day, float(number)) for number, day in enumerate(days))

    wide, _ = draw_waves([WavePanel(title="maat", points=points)], "nl")
    paths = re.findall(r' d="(M[^"]+)" stroke="#0b6b55"', wide.svg)
    line = next(path for path in paths if path.count("L") == len(days) - 1)

    xs = [float(part.split(",")[0]) for part in re.split("[ML]", line)[1:]]
    assert xs == sorted(xs)
    assert (xs[1] - xs[0]) / (xs[2] - xs[0]) == pytest.approx(182 / 365, abs=0.01)


def test_a_description_reaches_nothing_outside_itself():
    with pytest.raises(ValueError, match="External data url not allowed"):
        draw({"data": {"url": "https://example.org/a.csv"}, "mark": "bar",
              "encoding": {"x": {"field": "a"}}}, "nl")  # fmt: skip


@pytest.mark.parametrize("before", [(42.9, 43.8), (43.8, 42.9)])
def test_means_of_two_groups_whose_lines_cross_stand_apart(before):
    ends, names = (52.6, 47.6), ("a", "b")
    lines = tuple(
        GroupLine(name=name, before=start, after=end, shown=(f"{start}", f"{end}"), reached=True)
        for name, start, end in zip(names, before, ends, strict=True)
    )
    for picture in draw_groups(lines, ("voor", "na"), "nl"):
        found = re.findall(r"translate\([\d.-]+,([\d.]+)\)[^>]*bold[^>]*>([\d.]+)<", picture.svg)
        heights = {shown: float(height) for height, shown in found}

        assert heights["42.9"] - heights["43.8"] > 13  # letters of 12 points, the higher mean above
