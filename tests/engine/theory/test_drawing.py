"""The picture: safe, accessible, readable without colour, and the same in list and drawing."""

import re
from xml.etree import ElementTree as ET

import attrs
import pytest
import vl_convert

from biotoop.engine.core.texts import Text
from biotoop.engine.theory import drawing as drawing_module
from biotoop.engine.theory.arrow_drawing import FADED, INK, stroke_of
from biotoop.engine.theory.description import describe
from biotoop.engine.theory.drawing import draw_svg
from biotoop.engine.theory.grade_marks import STROKES, GradeMark, grade_words, mark_of
from biotoop.engine.theory.layout import lay_out
from biotoop.engine.theory.legend import legend_entries
from biotoop.engine.theory.model import LinkKind
from biotoop.engine.theory.outline import phone_outline
from biotoop.engine.theory.paths import routes
from biotoop.engine.theory.svg import element, number
from engine.theory.examples import crowded, demo, theory

SVG = "{http://www.w3.org/2000/svg}"
GRADES = {
    "S1": GradeMark(value="plausible"),
    "S2": GradeMark(value="open", sensitive=True),
    "S3": GradeMark(value="very_plausible"),
    "S7": GradeMark(value="adverse"),
}


def draw(case, labels="codes", language="nl", **options) -> str:
    return draw_svg(case, places_of(case, labels, language), language=language, **options)


def places_of(case, labels, language):
    return lay_out(case, language=language, labels=labels)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def words_in(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ["#ffffff", *drawing_module._TINT.values()]  # noqa: SLF001 - the colours are the subject


def test_the_contrast_formula_gives_the_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_arrow_stands_out_from_its_ground(ground):
    for kind in LinkKind:
        for value in STROKES:
            assert contrast(stroke_of(kind, GradeMark(value=value)).colour, ground) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_text_can_be_read_on_its_ground(ground):
    for colour in (INK, drawing_module._MUTED):  # noqa: SLF001
        assert contrast(colour, ground) >= 4.5


def test_text_of_boxes_off_the_route_is_pale_but_readable():
    assert contrast(drawing_module._PALE, "#ffffff") >= 4.5  # noqa: SLF001


def test_grades_differ_in_thickness_or_dash_so_that_colour_is_not_needed():
    looks = [(stroke.width, stroke.dash) for stroke in STROKES.values()]

    assert len(set(looks)) == len(looks)
    same_dash = [s.width for s in STROKES.values() if not s.dash]
    assert min(abs(a - b) for a in same_dash for b in same_dash if a != b) >= 2


def test_better_grades_are_thicker():
    widths = [STROKES[value].width for value in ("very_plausible", "plausible", "open")]

    assert widths == sorted(widths, reverse=True)
    assert STROKES["too_little"].width < STROKES["open"].width


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_grade_has_words_and_an_arrow_without_grade_says_so(language):
    words = {grade_words(value, language) for value in STROKES}

    assert len(words) == len(STROKES)
    assert mark_of("S1", {}).words("nl") == "nog niet beoordeeld"


def test_an_unknown_grade_is_refused():
    with pytest.raises(ValueError, match="splendid"):
        GradeMark(value="splendid")


def test_an_override_shows_its_own_words():
    mark = GradeMark(value="open", label=Text(nl="open (oordeel van N.)", en="open (by N.)"))

    assert mark.words("nl") == "open (oordeel van N.)"
    assert "open (oordeel van N.): S1" in words_in(draw(demo("p1"), grades={"S1": mark}))


def test_the_picture_names_itself_for_people_who_cannot_see_it():
    root = parsed(draw(demo("p1"), grades=GRADES, title="Redeneerlijn buurt"))

    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Redeneerlijn buurt"
    assert "11 knopen en 10 stappen" in description.text
    assert "averechts 1, zeer aannemelijk 1, aannemelijk 1, nog open 1" in description.text


def test_the_description_counts_conditions_only_when_they_were_graded():
    places = places_of(demo("p1"), "codes", "en")

    assert describe(demo("p1"), places, {}, "en").count("not assessed yet 9") == 1
    graded = describe(demo("p1"), places, {"S10": GradeMark(value="open")}, "en")
    assert "still open 1, not assessed yet 9" in graded


def test_two_pictures_on_one_page_do_not_share_their_names():
    plain, lit = draw(demo("p1")), draw(demo("p1"), highlight=routes(demo("p1"))[0])
    same = draw(demo("p1"))

    names = [parsed(svg).find(f"{SVG}title").get("id") for svg in (plain, lit, same)]

    assert names[0] == names[2] != names[1]


@pytest.mark.parametrize("labels", ["codes", "words"])
def test_nothing_comes_from_outside_and_no_style_or_script_is_needed(labels):
    svg = draw(demo("p2"), labels, grades=GRADES)

    assert not re.search(r"<(script|style|image|use|foreignObject)|style=|href|url\(|on\w+=", svg)
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_a_file_that_must_stand_alone_carries_its_font():
    rule = '@font-face{font-family:"Atkinson Hyperlegible Next";src:url(data:font/woff2;base64,AA)}'

    assert parsed(draw(demo("p1"), font_css=rule)).find(f"{SVG}style").text == rule


def test_what_people_write_cannot_become_part_of_the_page():
    nasty = '<script>alert("x")</script> & \x0b</svg>'
    case = theory("I1 U1", "I1>U1")
    nodes = tuple(attrs.evolve(node, label=Text.of(nasty)) for node in case.nodes)
    svg = draw(attrs.evolve(case, nodes=nodes), title=nasty, highlight=None)

    assert "<script" not in svg
    assert "\x0b" not in svg
    assert 'alert("x")' in "".join("".join(words_in(svg)).split())


def test_every_label_and_every_word_of_a_box_stands_in_the_picture():
    words = words_in(draw(demo("p3"), grades=GRADES))

    for node in demo("p3").nodes:
        joined = "".join(node.label.get("nl").split())
        assert any("".join(w.split()).replace("-", "") == joined.replace("-", "") for w in words)
    assert {"S1", "S2*", "S3", "S11"} <= set(words)


def test_words_of_grades_stand_on_the_arrows_when_there_is_room():
    with_words = words_in(draw(demo("p1"), "words", grades=GRADES))
    with_codes = words_in(draw(demo("p1"), "codes", grades=GRADES))

    assert "aannemelijk" in with_words
    assert "aannemelijk" not in with_codes
    assert any(w.startswith("aannemelijk: ") for w in with_codes)


def test_the_legend_names_every_arrow_once_under_its_grade():
    entries = legend_entries(crowded(), GRADES, "nl")

    named = [code.rstrip("*") for entry in entries for code in entry.codes]

    assert sorted(named) == sorted(link.code for link in crowded().links)
    assert entries[0].words == "averechts"
    assert [entry.words for entry in entries][-2:] == ["voorwaarde", "werkt terug"]


def test_a_graded_condition_keeps_its_ring_and_gets_the_look_of_its_grade():
    graded = GradeMark(value="plausible")

    assert stroke_of(LinkKind.CONDITION, graded) == STROKES["plausible"]
    assert stroke_of(LinkKind.CONDITION, mark_of("S", {})) != STROKES["not_assessed"]
    entries = legend_entries(demo("p1"), {"S10": graded}, "nl")
    assert [(e.words, e.codes) for e in entries if e.kind == LinkKind.CONDITION] == [
        ("voorwaarde", ())
    ]


def test_sensitive_grades_carry_a_star_that_the_legend_explains():
    starred = words_in(draw(demo("p1"), grades=GRADES))
    plain = words_in(draw(demo("p1"), grades={"S1": GradeMark(value="open")}))

    assert any(word.startswith("* Gevoelig") for word in starred)
    assert not any("*" in word for word in plain)


def test_thick_arrows_lie_on_top_of_thin_ones():
    svg = draw(crowded(), grades=GRADES)
    shafts = [p for p in parsed(svg).iter(f"{SVG}path") if p.get("stroke-opacity") is None]
    widths = [float(p.get("stroke-width")) for p in shafts if p.get("fill") == "none"]

    arrows = widths[: widths.index(max(widths)) + 1]

    assert max(widths) == STROKES["very_plausible"].width
    assert [w for w in arrows if w != 2] == sorted(w for w in arrows if w != 2)


def test_a_route_lights_up_with_its_conditions_and_the_rest_goes_pale_but_stays():
    route = routes(demo("p1"))[0]
    svg = draw(demo("p1"), grades=GRADES, highlight=route)
    words = words_in(svg)

    labels = [word for word in words if re.fullmatch(r"S\d+\*?", word)]

    assert sorted(label.rstrip("*") for label in labels) == sorted([*route.links, "S10"])
    assert svg.count(f'stroke="{FADED}"') >= len(demo("p1").links) - len(labels)
    assert any("Woning" in word for word in words)


@pytest.mark.parametrize(("language", "said"), [("nl", "verzonnen"), ("en", "invented")])
def test_invented_content_says_so_twice_on_every_picture(language, said):
    invented = [word.casefold() for word in words_in(draw(demo("p1"), language=language))]
    real = words_in(draw(attrs.evolve(demo("p1"), invented=False), language=language))

    assert invented.count(said) == 2
    assert said not in [word.casefold() for word in real]


def test_a_long_title_is_set_in_lines_beside_the_mark():
    long = "Een lange titel die in zo'n smalle tekening nooit op een enkele regel zal passen"
    case = attrs.evolve(theory("I1 U1", "I1>U1"), invented=True)
    low, high = (parsed(draw(case, title=title)) for title in ("Kort", long))

    rows = [t for t in high.iter(f"{SVG}text") if t.get("font-size") == "22"]

    assert " ".join(row.text for row in rows) == long
    assert float(high.get("height")) > float(low.get("height"))


def test_a_legend_entry_with_many_codes_gets_rows_of_its_own():
    narrow = theory("I1 " + " ".join(f"U{i}" for i in range(40)),
                    " ".join(f"I1>U{i}" for i in range(40)))  # fmt: skip
    svg = draw(narrow)
    words = [w for w in words_in(svg) if w.startswith("nog niet beoordeeld")]

    assert words[0].count("S") == 40
    xs = [float(t.get("x")) for t in parsed(svg).iter(f"{SVG}tspan") if "S40" in (t.text or "")]
    assert len(xs) == 1


def test_places_for_another_language_are_refused():
    places = lay_out(demo("p1"), language="nl")

    with pytest.raises(ValueError, match="set in 'nl'"):
        draw_svg(demo("p1"), places, language="en")


def test_the_same_input_gives_the_same_bytes():
    case = demo("p3")
    again = draw_svg(
        case, lay_out(case, language="nl", labels="words"), language="nl", grades=GRADES
    )

    assert draw(case, "words", grades=GRADES) == again


@pytest.mark.parametrize("labels", ["codes", "words"])
def test_a_renderer_that_is_no_browser_draws_it(labels):
    picture = vl_convert.svg_to_png(draw(demo("p2"), labels, grades=GRADES), scale=0.3)

    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 8_000


def test_lengths_are_written_short():
    assert [number(v) for v in (1.0, 2.5, -0.001, 3.14159, 100)] == ["1", "2.5", "0", "3.14", "100"]
    assert element("rect", x=1.0, rx=None, stroke_width=2) == '<rect x="1" stroke-width="2"/>'


def test_the_outline_lists_every_link_from_both_its_ends():
    columns = phone_outline(crowded(), GRADES, "nl")
    entries = [entry for column in columns for entry in column.entries]

    for side in ("leads_to", "follows_from"):
        codes = [step.code for entry in entries for step in getattr(entry, side)]
        assert sorted(codes) == sorted(link.code for link in crowded().links)
    assert [column.count for column in columns] == [5, 6, 7, 4, 3]


def test_the_outline_says_in_words_what_the_drawing_shows():
    columns = phone_outline(demo("p1"), GRADES, "nl")

    first = columns[0].entries[0]
    (step,) = first.leads_to
    assert (columns[0].heading, columns[0].meaning) == ("Interventies", "wat we doen")
    assert (step.verb, step.node, step.words) == ("leidt tot", "N3", "aannemelijk")
    assert step.sentence.startswith("Als de opbouwwerker er elke week op vaste tijden is, dan ")
    assert first.follows_from == ()


def test_the_outline_gives_no_grade_to_a_condition_that_nobody_graded():
    context = phone_outline(demo("p1"), {}, "en")[-1].entries[0]

    (step,) = context.leads_to
    assert (step.verb, step.grade, step.words) == ("is a condition for", None, "")
    melden = next(
        e for c in phone_outline(demo("p1"), {}, "nl") for e in c.entries if e.code == "N6"
    )
    assert [s.verb for s in melden.follows_from] == ["volgt uit", "heeft als voorwaarde"]
    assert melden.follows_from[0].words == "nog niet beoordeeld"


def test_boxes_lead_to_their_pages_and_say_their_node():
    theory = demo("p1")
    node = theory.nodes[0]

    root = ET.fromstring(draw(theory, addresses={node.code: "/knoop/"}))  # noqa: S314 - we wrote it

    (found,) = root.iter(f"{SVG}a")
    assert found.get("href") == "/knoop/"
    assert found.get("aria-label") == f"{node.code}: {node.label.get('nl')}"
    assert found.find(f"{SVG}rect") is not None


def test_arrows_lead_to_their_pages_and_say_their_step():
    theory = demo("p1")
    addresses = {link.code: f"/stap/{link.code}/" for link in theory.links}

    root = ET.fromstring(draw(theory, addresses=addresses))  # noqa: S314 - we wrote it

    found = list(root.iter(f"{SVG}a"))
    assert [a.get("href") for a in found] == list(addresses.values())
    assert all(a.get("aria-label", "").startswith("S") for a in found)
    assert root.get("role") == "group"


def test_a_route_that_was_measured_as_a_whole_has_a_badge_on_its_end_and_a_row_of_words():
    case = demo("p1")
    first, last = case.nodes[0], case.nodes[-1]
    whole = {f"{first.code}>{last.code}": GradeMark(value="plausible", sensitive=True)}

    bare, drawn = draw(case), draw(case, grades=whole)

    said = "".join(parsed(drawn).itertext())
    assert said.count("W1*") == 3  # on the box, in the legend, and for who cannot see it
    assert "Gemeten over een hele weg" in said
    assert f'naar "{last.label.get("nl")}"' in said
    assert "W1" not in bare
