"""Ranks, the order within them, and heights, against closed forms and brute force."""

import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biotoop.engine.theory.framing import order_of
from biotoop.engine.theory.layering import Edge, assign_layers, is_waypoint, waypoint
from biotoop.engine.theory.model import LinkKind, NodeKind
from biotoop.engine.theory.ordering import count_crossings, fewest_crossings
from biotoop.engine.theory.placing import nearest_in_order
from engine.theory.examples import crowded, demo, theory


def edges(*gaps: str) -> tuple[tuple[Edge, ...], ...]:
    return tuple(
        tuple(Edge(link="S", start=pair[0], end=pair[1]) for pair in gap.split()) for gap in gaps
    )


def test_each_kind_has_its_column_and_links_within_a_kind_ask_for_more():
    layers = assign_layers(demo("p4"))

    assert [(kind, rank) for kind, rank in zip(layers.kinds, layers.ranks, strict=True)] == [
        (NodeKind.INTERVENTION, ("N1", "N2", "N3")),
        (NodeKind.RESULT, ("N4", "S3@1", "S6@1")),
        (NodeKind.RESULT, ("N5", "S6@2")),
        (NodeKind.OUTCOME, ("N6", "N7", "N8")),
        (NodeKind.IMPACT, ("N9",)),
        (NodeKind.IMPACT, ("N10",)),
    ]
    assert layers.context == ("N11",)
    assert [link.code for link in layers.beside] == ["S11"]


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_every_forward_link_leads_to_a_later_rank_by_pieces_of_one_rank(programme):
    layers = assign_layers(demo(programme))
    rank = layers.rank_of()

    for link in layers.forward:
        pieces = [edge for gap in layers.edges for edge in gap if edge.link == link.code]
        assert len(pieces) == rank[link.to] - rank[link.from_] > 0
    for place, gap in enumerate(layers.edges):
        assert all((rank[e.start], rank[e.end]) == (place, place + 1) for e in gap)


def test_feedback_circles_and_falling_links_go_around():
    layers = assign_layers(theory("I1 R1 R2 U1", "I1>R1 R1>R2 R2>R1 R2>U1 U1>I1 U1~R1"))

    assert [link.code for link in layers.around] == ["S3", "S5", "S6"]
    assert [len(rank) for rank in layers.ranks] == [1, 1, 1, 1]


def test_a_node_with_more_ahead_than_behind_moves_toward_what_it_leads_to():
    layers = assign_layers(theory("I1 I2 I3 R1 R2", "I1>I2 I3>R1 I3>R2"))

    assert layers.ranks[0] == ("I1",)
    assert set(layers.ranks[1]) == {"I2", "I3"}


def test_an_editor_gets_a_column_for_kinds_without_nodes():
    layers = assign_layers(theory("I1"), all_kinds=True)

    assert layers.ranks == (("I1",), (), (), ())
    assert assign_layers(theory("I1")).ranks == (("I1",),)


def test_a_waypoint_is_no_node_code():
    assert is_waypoint(waypoint("S3", 2))
    assert not is_waypoint("S3")


def test_crossings_of_the_complete_graph_on_two_rows_follow_the_closed_form():
    for n, m in [(2, 2), (3, 3), (4, 5), (6, 3)]:
        left, right = tuple(f"a{i}" for i in range(n)), tuple(f"b{i}" for i in range(m))
        gap = tuple(Edge(link="S", start=a, end=b) for a in left for b in right)

        assert count_crossings((left, right), [gap]) == n * (n - 1) * m * (m - 1) // 4


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=14))
def test_crossings_are_the_pairs_that_lie_the_other_way_round(pairs):
    rows = (tuple("abcdef"), tuple("uvwxyz"))
    gap = tuple(Edge(link="S", start=rows[0][i], end=rows[1][j]) for i, j in sorted(pairs))

    brute = sum((a - c) * (b - d) < 0 for (a, b), (c, d) in itertools.combinations(pairs, 2))

    assert count_crossings(rows, [gap]) == brute


def test_a_knot_that_can_be_undone_is_undone():
    order = (tuple("abc"), tuple("xyz"))

    assert count_crossings(order, edges("az by cx")) == 3
    found = fewest_crossings(order, edges("az by cx"))
    assert count_crossings(found, edges("az by cx")) == 0


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_the_programmes_are_drawn_without_crossings(programme):
    layers = assign_layers(demo(programme))

    assert count_crossings(order_of(layers), layers.edges) == 0


@settings(max_examples=30)
@given(st.data())
def test_a_shuffled_tree_is_untangled(data):
    ranks, gaps = [["r0n0"]], []
    for depth in range(1, 4):
        above = ranks[-1]
        fathers = data.draw(st.lists(st.sampled_from(above), min_size=1, max_size=6))
        ranks.append([f"r{depth}n{place}" for place in range(len(fathers))])
        gap = zip(fathers, ranks[-1], strict=True)
        gaps.append(tuple(Edge(link="S", start=a, end=b) for a, b in gap))
    shuffled = tuple(tuple(data.draw(st.permutations(rank))) for rank in ranks)

    assert count_crossings(fewest_crossings(shuffled, gaps), gaps) == 0


@settings(max_examples=30)
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
def test_the_order_found_is_as_good_as_the_best_of_all_and_never_worse_than_the_first(pairs):
    rows = (tuple("abcde"), tuple("vwxyz"))
    gap = [tuple(Edge(link="S", start=rows[0][i], end=rows[1][j]) for i, j in sorted(pairs))]

    found = count_crossings(fewest_crossings(rows, gap), gap)
    best = min(count_crossings((rows[0], p), gap) for p in itertools.permutations(rows[1]))

    assert found <= best <= count_crossings(rows, gap)


def test_the_crowded_theory_has_far_fewer_crossings_than_as_written():
    layers = assign_layers(crowded())

    assert count_crossings(layers.ranks, layers.edges) == 84
    assert count_crossings(order_of(layers), layers.edges) <= 30


def test_what_must_stay_last_stays_last():
    order = (("a", "b", "low"), ("x", "y"))
    gap = edges("ay bx")[0] + (Edge(link="S", start="low", end="x"),)

    found = fewest_crossings(order, [gap], last=frozenset({"low"}))

    assert found[0][-1] == "low"
    assert count_crossings(found, [gap]) <= count_crossings(order, [gap])


def test_another_order_of_links_or_kind_as_text_gives_the_same_ranks():
    base = demo("p2")
    plain = attrs.evolve(
        base, links=tuple(attrs.evolve(s, kind=LinkKind(s.kind)) for s in base.links)
    )

    assert assign_layers(plain).ranks == assign_layers(base).ranks


@given(
    st.lists(st.tuples(st.floats(-100, 100), st.floats(0.5, 5)), min_size=1, max_size=9),
    st.floats(0, 20),
)
def test_heights_are_those_of_isotonic_regression(pulls, distance):
    """Closed form: max over starts of the min over ends of the weighted means between them."""
    wanted, weights = zip(*pulls, strict=True)
    n = len(pulls)
    shifted = [w - i * distance for i, w in enumerate(wanted)]

    def mean(j, k):
        total = sum(weights[j : k + 1])
        return (
            sum(s * w for s, w in zip(shifted[j : k + 1], weights[j : k + 1], strict=True)) / total
        )

    expected = [
        max(min(mean(j, k) for k in range(i, n)) for j in range(i + 1)) + i * distance
        for i in range(n)
    ]

    assert nearest_in_order(wanted, weights, [distance] * (n - 1)) == pytest.approx(
        expected, abs=1e-6
    )


def test_bounds_hold_for_the_first_and_the_last():
    found = nearest_in_order([-50, 0, 90], [1, 1, 1], [10, 10], low=0, high=40)

    assert found == (0, 10, 40)
