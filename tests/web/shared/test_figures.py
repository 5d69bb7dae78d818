"""Numbers, bands, euros and dates as readers write them."""

import datetime as dt

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.utils import translation
from django.utils.html import strip_tags

from biotoop.web.shared.templatetags import figures

SEEN = dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC)


def shown(template: str, language: str, **values) -> str:
    """Render a piece of template in a language, as a reader sees it."""
    with translation.override(language):
        made = engines["django"].from_string("{% load figures %}" + template).render(values)
    return strip_tags(made).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("template", "dutch", "english"),
    [
        ("{{ 1234.5|number:1 }}", "1.234,5", "1,234.5"),
        ("{{ -2|number }}", "−2", "−2"),
        ("{{ 12345|count }}", "12.345", "12,345"),
        ("{{ 0.864|percent }}", "86 %", "86%"),
        ("{% band -2.1 -2.6 -1.6 digits=1 %}", "−2,1 (−2,6 tot −1,6)", "−2.1 (−2.6 to −1.6)"),
        ("{% band 7 %}", "7 (zonder band)", "7 (no band)"),
        ("{% euros 115000 2025 %}", "€ 115.000 (prijspeil 2025)", "€115,000 (prices of 2025)"),
        ("{% euros 5 None %}", "€ 5 (zonder prijspeil)", "€5 (no price year)"),
        (
            "{% euros_band -49300 -71200 -20100 2025 %}",
            "−€ 49.300 (−€ 71.200 tot −€ 20.100) (prijspeil 2025)",
            "−€49,300 (−€71,200 to −€20,100) (prices of 2025)",
        ),
        ("{{ seen|day }}", "3 maart 2026", "3 March 2026"),
        ("{{ seen|moment }}", "3 maart 2026, 14.05", "3 March 2026, 14:05"),
        ("{% period seen seen %}", "3 maart 2026 – 3 maart 2026", "3 March 2026 – 3 March 2026"),
        ("{% period seen None %}", "vanaf 3 maart 2026", "from 3 March 2026"),
        ("{% period None seen %}", "tot en met 3 maart 2026", "until 3 March 2026"),
    ],
)
def test_a_reader_sees_figures_in_their_own_language(template, dutch, english):
    assert shown(template, "nl", seen=SEEN) == dutch
    assert shown(template, "en", seen=SEEN) == english


@pytest.mark.parametrize(
    "template",
    [
        "{{ 9|few }}",
        "{{ nothing|few }}",
        "{% band 0.5 0.1 0.9 n=9 least=10 %}",
        "{% band not_a_number %}",
        "{% euros_band nothing nothing nothing 2025 %}",
    ],
)
def test_what_rests_on_too_few_people_becomes_words(template):
    said = shown(template, "nl", nothing=None, not_a_number=float("nan"))

    assert said == "te weinig om iets te zeggen"


@pytest.mark.parametrize(
    "template", ["{{ nothing|number }}", "{{ nothing|day }}", "{{ nothing|percent }}"]
)
def test_what_is_not_there_says_so(template):
    assert shown(template, "nl", nothing=None) == "niet bekend"


def test_value_and_band_carry_the_same_decimals_as_their_width_bears():
    assert shown("{% band 0.083 0.021 0.142 %}", "nl") == "0,083 (0,021 tot 0,142)"
    assert shown("{% band 412.3 390.6 434.2 %}", "nl") == "412 (391 tot 434)"


def test_long_lists_show_the_ends_and_the_neighbours():
    assert figures.page_numbers(Paginator(range(400), 20), 9) == [1, None, 8, 9, 10, None, 20]
