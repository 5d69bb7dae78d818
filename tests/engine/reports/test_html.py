"""One HTML file that opens offline, reads aloud in order, and runs nothing that a user wrote."""

import re
from importlib import resources
from itertools import pairwise

import attrs
import pytest

from biotoop.engine.core.texts import Text
from biotoop.engine.reports.charts.drawing import drawn
from biotoop.engine.reports.html import html_of, render_html
from biotoop.engine.reports.inline import Run
from biotoop.engine.reports.pen import Pen
from engine.reports.reading import Page


@pytest.fixture(scope="module")
def html(dutch):
    return html_of(dutch)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def luminance(colour: str) -> float:
    """Give the relative luminance of #rrggbb (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Give the contrast between two colours (WCAG 2.2)."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_file_names_no_address_outside_itself(html, page):
    without_letters = re.sub(r"base64,[A-Za-z0-9+/=]+", "", html)
    addresses = set(re.findall(r"(?:https?:)?//[a-z][\w.-]+", without_letters))

    assert addresses <= {"http://www.w3.org"}
    assert page.all("script") == page.all("link") == page.all("img") == []
    assert all(link["href"].startswith("#") for link in page.all("a"))


def test_letters_and_style_travel_inside_the_file(html):
    assert html.count("data:font/woff2;base64,") == 4
    assert "prefers-color-scheme: dark" in html


def test_the_page_says_its_language_and_every_link_leads_somewhere(page):
    names = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]

    assert page.all("html")[0]["lang"] == "nl"
    assert len(names) == len(set(names))
    assert {link["href"][1:] for link in page.all("a")} <= set(names)
    assert page.all("a")[0]["class"] == "skip"


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_headers_for_rows_and_columns(page):
    tables = len(page.all("table"))

    assert len(page.all("caption")) == tables > 30
    assert {head["scope"] for head in page.all("th")} == {"row", "col"}


def test_every_drawing_has_words_for_who_cannot_see_it(page):
    drawings = [element for element in page.all("div") if element.get("role") == "img"]

    assert len(drawings) >= 11
    assert all(len(drawing["aria-label"]) > 40 for drawing in drawings)


def test_evidence_against_stands_outside_everything_that_folds(page):
    around = [
        parents for _, attributes, parents in page.elements
        if attributes.get("class") == "side against"
    ]  # fmt: skip

    assert len(around) >= 4
    assert all("details" not in parents for parents in around)


def test_invented_findings_say_so_on_screen_and_in_print(html, page):
    assert page.all("body")[0]["data-watermark"] == "verzonnen"
    assert "body[data-watermark]::after" in html
    assert "Gebruik de cijfers in dit verslag niet als bewijs" in html


def test_words_of_a_user_are_never_run(dutch):
    nasty = (Run(text="<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"),)
    masthead = attrs.evolve(dutch.masthead, title=nasty, question=nasty)
    fact = attrs.evolve(dutch.masthead.facts[0], value=nasty)
    masthead = attrs.evolve(masthead, facts=(fact,))

    found = Page(html_of(attrs.evolve(dutch, masthead=masthead)))

    assert found.all("script") == found.all("img") == []
    assert not any("onerror" in attributes for _, attributes, _ in found.elements)
    assert "<script>alert(1)</script>" in "".join(found.text)


def test_an_untranslated_text_is_marked_with_its_own_language(english):
    question = Pen("en").text(Text(nl="Helpt samen eten?"))
    report = attrs.evolve(english, masthead=attrs.evolve(english.masthead, question=question))

    assert '<span lang="nl">Helpt samen eten?</span>' in html_of(report)


def test_a_minus_never_parts_from_its_euros(html):
    assert '<span class="amount">−€\u00a066.100</span>' in html


def test_the_same_findings_give_the_same_bytes(full, html):
    drawn.cache_clear()

    assert render_html(full, "nl") == html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_are_readable_on_their_ground_in_light_and_dark(html, theme):
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", html)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0 if theme == "light" else 1]))

    for ink in ("ink", "soft", "green", "care", "against"):
        for ground in ("paper", "card"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    assert contrast(colours["care"], colours["care-tint"]) >= 4.5


def test_every_drawing_has_a_name_or_is_hidden_beside_a_word(html):
    bare = re.sub(r'<div class="drawing[^>]*role="img" aria-label="[^"]+">\s*<svg.*?</svg>', "",
                  html, flags=re.DOTALL)  # fmt: skip
    left = re.findall(r"<svg[^>]*>", bare)

    assert len(re.findall(r"<svg", html)) > len(left) > 0
    assert all('aria-hidden="true"' in opening for opening in left)


def test_a_drawing_wider_than_a_phone_says_that_it_scrolls(html):
    wide, hints = html.count('<div class="scroll"'), html.count('<p class="scroll-hint">')

    assert wide == hints > 0
    assert "schuif opzij om alles te zien" in html


def test_chapters_carry_their_number_in_the_contents_too(html, dutch):
    for chapter in dutch.chapters[1:]:
        entry = f'<a href="#{chapter.anchor}"><span class="number">{chapter.number}</span> '
        assert entry in html


def test_no_word_of_the_printed_answer_is_set_under_eight_and_a_half_points():
    sheet = resources.files("biotoop.engine.reports") / "templates" / "print.css"
    sizes = re.findall(r"font-size: ([\d.]+)pt", sheet.read_text("utf-8"))

    assert len(sizes) > 10
    assert [size for size in sizes if float(size) < 8.5] == []
