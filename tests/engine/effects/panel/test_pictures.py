"""Pictures of results: figures where they belong, in words too, in both languages."""

import re
from xml.etree import ElementTree as ET

import pytest

from biotoop.engine.effects.panel import callaway_santanna, fixed_effects, multiple_testing
from engine.effects.panel.panels import panel

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def table():
    return panel()


@pytest.fixture(scope="module")
def found(table):
    return fixed_effects("lonely ~ reached + hours | person + month", table, cluster="area")


def drawn(picture):
    return ET.fromstring(picture)  # noqa: S314 - we wrote it ourselves


def test_the_dots_lie_in_proportion_to_the_estimates_and_the_line_at_zero(found):
    picture = drawn(found.picture())

    dots = [float(dot.get("cx")) for dot in picture.iter(f"{SVG}circle")]
    zero = next(
        float(x.get("x1")) for x in picture.iter(f"{SVG}line") if x.get("x1") == x.get("x2")
    )
    effects = [item.value for item in found.terms.values()]
    assert (dots[0] - zero) / (dots[1] - zero) == pytest.approx(effects[0] / effects[1], rel=0.05)


def test_who_cannot_see_it_reads_the_figures_in_their_own_language(found):
    english, dutch = (drawn(found.picture(code)).findtext(f"{SVG}desc") for code in ("en", "nl"))

    assert re.search(r"reached −0\.\d+ \(−0\.\d+ to ", english)
    assert re.search(r"reached −0,\d+ \(−0,\d+ tot ", dutch)


def test_an_event_study_has_a_hollow_dot_for_each_period_before_the_start(table):
    found = callaway_santanna("lonely ~ reached | person + month", table, cluster="area")

    dots = list(drawn(found.picture()).iter(f"{SVG}circle"))

    hollow = [dot for dot in dots if dot.get("fill") == "none"]
    assert len(dots) == len(found.events)
    assert len(hollow) == sum(since < 0 for since in found.events)


def test_a_curve_and_many_tests_are_drawn_and_a_notebook_shows_table_and_picture(found):
    curve = found.specification_curve()
    many = multiple_testing({"<a>": found, "b": found}, seed=1, draws=19)

    for result in (found, curve, many):
        shown = result._repr_html_()
        assert shown.index("</table>") < shown.index("<svg")
        assert drawn(result.picture()).find(f"{SVG}title") is not None
    assert "&lt;a&gt;" in many.picture()
