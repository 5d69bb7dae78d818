"""The drawing as numbers: nothing overlaps, no arrow runs through a box, nothing moves."""

import itertools
import math
from functools import cache

import attrs
import numpy as np
import pytest

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.errors import InvalidTheory
from biotoop.engine.core.ids import canonical_json
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.curves import at, level_curve, rounded, sample, straight
from biotoop.engine.theory.layout import lay_out
from biotoop.engine.theory.model import LinkKind, NodeKind
from biotoop.engine.theory.picture import Box, Drawing, Slot
from biotoop.engine.theory.typeface import text_width
from engine.theory.examples import crowded, demo, link, theory

ODD = theory(
    "I1 R1 R2 U1 U2 M1 C1 C2 C3 C4 C5",
    "I1>R1 R1>R2 R2>U1 U1>M1 U2>U1 C1?I1 C2?I1 C3?R1 C4?M1 C5?C4 C5?U2 M1~R1 U1~U2 U1>R2 M1~C3 "
    "I1>M1 I1>U1 M1~I1",
)
CASES = {name: demo(name) for name in ("p1", "p2", "p3", "p4")} | {
    "crowded": crowded(),
    "odd": ODD,
    "one step": theory("I1 U1", "I1>U1"),
    "loose nodes": theory("I1 I2 R1 U1 M1 C1"),
    "context only": theory("C1 C2", "C1?C2"),
}


@cache
def drawn(name: str, labels: str) -> Drawing:
    return lay_out(CASES[name], language="nl", labels=labels)


every_drawing = pytest.mark.parametrize(
    ("name", "labels"), list(itertools.product(CASES, ("codes", "words")))
)


def overlap(a, b, slack=0.0) -> bool:
    return (
        a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack
    )


def edges(item: Box | Slot) -> tuple[float, float, float, float]:
    if isinstance(item, Box):
        return item.x, item.y, item.right, item.bottom
    half_width, half_height = item.width / 2, item.height / 2
    return item.x - half_width, item.y - half_height, item.x + half_width, item.y + half_height


@every_drawing
def test_no_two_boxes_overlap(name, labels):
    drawing = drawn(name, labels)
    for one, other in itertools.combinations(drawing.boxes, 2):
        assert not overlap(edges(one), edges(other)), (one.code, other.code)


@every_drawing
def test_no_arrow_runs_through_a_box(name, labels):
    drawing = drawn(name, labels)
    for arrow in drawing.arrows:
        points = sample(arrow.points, 60)
        for box in drawing.boxes:
            inside = (
                (points[:, 0] > box.x + 1) & (points[:, 0] < box.right - 1)
                & (points[:, 1] > box.y + 1) & (points[:, 1] < box.bottom - 1)
            )  # fmt: skip
            assert not inside.any(), (arrow.code, box.code)


@every_drawing
def test_every_arrow_starts_and_ends_at_the_edge_of_its_own_boxes(name, labels):
    drawing = drawn(name, labels)
    for arrow in drawing.arrows:
        for point, code in ((arrow.points[0], arrow.from_), (arrow.points[-1], arrow.to)):
            left, top, right, bottom = edges(drawing.box(code))
            x, y = point
            at_side = min(abs(x - left), abs(x - right)) < 0.2 and top < y < bottom
            at_top = abs(y - top) < 0.2 and left < x < right
            assert at_side or at_top, (arrow.code, code)


@every_drawing
def test_arrows_fan_out_over_the_side_of_a_box(name, labels):
    drawing = drawn(name, labels)
    ends = [arrow.points[place] for arrow in drawing.arrows for place in (0, -1)]

    for one, other in itertools.combinations(ends, 2):
        assert math.dist(one, other) > 8


@every_drawing
def test_labels_cover_no_box_and_lie_on_their_own_arrow(name, labels):
    drawing = drawn(name, labels)
    for arrow in drawing.arrows:
        points = sample(arrow.points, 60)
        away = np.min(np.hypot(points[:, 0] - arrow.label.x, points[:, 1] - arrow.label.y))
        assert away < 6
        for slot in filter(None, (arrow.label, arrow.words)):
            assert not any(overlap(edges(slot), edges(box)) for box in drawing.boxes), arrow.code


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
@pytest.mark.parametrize("labels", ["codes", "words"])
def test_no_two_labels_of_a_programme_overlap(programme, labels):
    drawing = drawn(programme, labels)
    slots = [s for a in drawing.arrows for s in (a.label, a.words) if s is not None]

    for one, other in itertools.combinations(slots, 2):
        assert not overlap(edges(one), edges(other))


@every_drawing
def test_everything_lies_within_the_drawing_and_text_within_its_box(name, labels):
    drawing = drawn(name, labels)
    measures = drawing.measures
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.height
        assert len(box.lines) * measures.line_height <= box.height
        for line in box.lines:
            assert text_width(line, measures.type_size) <= box.width - 2 * measures.padding_x
    for arrow in drawing.arrows:
        points = sample(arrow.points)
        assert points.min() >= 0
        assert (points <= (drawing.width, drawing.height)).all()


@every_drawing
def test_every_box_stands_in_the_column_of_its_kind(name, labels):
    drawing = drawn(name, labels)
    columns = {column.kind: column for column in drawing.columns}
    if drawing.band is not None:
        columns[drawing.band.kind] = drawing.band
    for box in drawing.boxes:
        column = columns[box.kind]
        assert column.x < box.x
        assert box.right < column.x + column.width
        assert column.y < box.y
        assert box.bottom < column.y + column.height
    assert sum(column.count for column in columns.values()) == len(drawing.boxes)


def test_columns_run_from_what_is_done_to_what_society_gains():
    drawing = drawn("p3", "codes")

    kinds = [column.kind for column in sorted(drawing.columns, key=lambda column: column.x)]

    assert kinds == [
        NodeKind.INTERVENTION, NodeKind.RESULT, NodeKind.OUTCOME, NodeKind.IMPACT
    ]  # fmt: skip
    assert drawing.band.y > max(column.y + column.height for column in drawing.columns)


def test_only_arrows_that_lead_back_go_around():
    drawing = drawn("odd", "codes")

    around = {arrow.code for arrow in drawing.arrows if arrow.goes_around}

    assert around == {"S12", "S13", "S14", "S18"}
    assert all(
        arrow.points[-1][0] > arrow.points[0][0]
        for arrow in drawing.arrows
        if not arrow.goes_around and arrow.code not in {"S10", "S15"} and arrow.from_[0] != "C"
    )


def test_the_same_theory_gives_the_same_bytes_and_grades_have_no_say():
    again = lay_out(crowded(), language="nl")

    assert canonical_json(to_plain(drawn("crowded", "codes"))) == canonical_json(to_plain(again))


def test_a_drawing_survives_its_journey_through_json():
    drawing = drawn("p2", "words")

    assert from_plain(to_plain(drawing), Drawing) == drawing


def test_a_box_or_arrow_is_found_by_its_code():
    drawing = drawn("p1", "codes")

    assert drawing.box("N5").lines == ("Bewoners", "kennen meer", "buren bij naam")
    assert drawing.arrow("S10").kind == LinkKind.CONDITION
    for find in (drawing.box, drawing.arrow):
        with pytest.raises(KeyError):
            find("X9")


def test_the_texts_of_the_language_asked_for_are_set():
    both = attrs.evolve(
        theory("I1"), nodes=(attrs.evolve(theory("I1").nodes[0], label=Text(nl="Nee", en="No")),)
    )

    assert lay_out(both, language="en").boxes[0].lines == ("No",)


def test_an_editor_gets_all_columns_of_an_empty_start():
    drawing = lay_out(theory("I1"), language="nl", all_kinds=True)

    assert [column.count for column in drawing.columns] == [1, 0, 0, 0]


def test_what_cannot_be_drawn_is_refused_with_every_reason():
    broken = theory("I1 I1 U1", "I1>U9")
    broken = attrs.evolve(broken, links=(*broken.links, link("S7", "U1", "U1")))

    with pytest.raises(InvalidTheory) as refusal:
        lay_out(broken, language="nl")

    said = refusal.value.note.text("nl")
    assert "I1" in said
    assert "U9" in said
    assert "S7" in said


def test_long_arrows_pass_a_rank_level_between_the_boxes():
    drawing = drawn("p4", "codes")
    arrow = drawing.arrow("S6")

    heights = {y for _, y in arrow.points}

    assert len(heights) == 1


def test_a_level_curve_leaves_and_arrives_level():
    chain = ((0.0, 0.0), *level_curve((0.0, 0.0), (80.0, 40.0)))
    points = sample(chain, 400)

    slopes = np.diff(points[:, 1]) / np.diff(points[:, 0])

    assert slopes[0] == pytest.approx(0, abs=0.02)
    assert slopes[-1] == pytest.approx(0, abs=0.02)
    assert at(chain, 0, 0.5) == pytest.approx((40.0, 20.0))


def test_a_rounded_corner_is_a_quarter_of_a_circle():
    chain = rounded([(0, 0), (100, 0), (100, 100)], 20)
    points = sample(chain, 50)
    corner = points[(points[:, 0] > 80) & (points[:, 1] < 20)]

    radii = np.hypot(corner[:, 0] - 80, corner[:, 1] - 20)

    assert radii == pytest.approx(20, rel=3e-4)


def test_corners_between_short_pieces_take_what_room_there_is():
    chain = rounded([(0, 0), (6, 0), (6, 0), (6, 100)], 20)

    assert sample(chain)[:, 0].max() == pytest.approx(6)
    assert chain[0] == (0, 0)
    assert chain[-1] == (6, 100)


def test_a_straight_piece_is_walked_at_even_speed():
    chain = ((0.0, 0.0), *straight((0.0, 0.0), (90.0, 30.0)))

    assert sample(chain, 3) == pytest.approx(np.array([(0, 0), (30, 10), (60, 20), (90, 30)]))
