"""Routes, counted against closed forms and against walking the graph by hand."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.errors import InvalidTheory
from biotoop.engine.theory.paths import (
    Route,
    TooManyRoutes,
    ancestors,
    conditions_on,
    descendants,
    routes,
    routes_through,
)
from engine.theory.examples import demo, theory

DIAMOND = theory("I1 R1 R2 U1 M1 C1", "I1>R1 I1>R2 R1>U1 R2>U1 U1>M1 C1?R2 M1~R1")


def ladder(layers: int, width: int):
    """Every node of a layer leads to every node of the next: width ** layers routes."""
    names = [[f"R{i}x{j}" for j in range(width)] for i in range(layers)]
    nodes = ["I1", *(name for layer in names for name in layer), "M1"]
    arrows = [f"I1>{name}" for name in names[0]] + [f"{name}>M1" for name in names[-1]]
    for left, right in itertools.pairwise(names):
        arrows += [f"{a}>{b}" for a in left for b in right]
    return theory(" ".join(nodes), " ".join(arrows))


def test_a_diamond_has_two_routes_to_its_outcome_and_two_to_its_impact():
    assert [str(route) for route in routes(DIAMOND)] == [
        "I1 > R1 > U1",
        "I1 > R1 > U1 > M1",
        "I1 > R2 > U1",
        "I1 > R2 > U1 > M1",
    ]


def test_a_route_names_its_links_and_its_ends():
    first = routes(DIAMOND)[0]

    assert (first.links, first.start, first.end) == (("S1", "S3"), "I1", "U1")


def test_routes_can_start_and_end_at_a_chosen_node():
    assert [str(r) for r in routes(DIAMOND, start="R2", end="M1")] == ["R2 > U1 > M1"]


def test_conditions_and_feedback_are_no_part_of_a_route():
    used = {code for route in routes(DIAMOND) for code in route.links}

    assert used == {"S1", "S2", "S3", "S4", "S5"}


@pytest.mark.parametrize(("layers", "width"), [(1, 1), (3, 2), (4, 3), (2, 7)])
def test_a_ladder_has_as_many_routes_as_the_closed_form_says(layers, width):
    assert len(routes(ladder(layers, width))) == width**layers


def test_too_many_routes_are_refused_with_their_number_before_any_is_listed():
    with pytest.raises(TooManyRoutes) as refusal:
        routes(ladder(40, 3))

    assert refusal.value.params == {"count": 3**40, "most": 10_000}
    assert "10000" in refusal.value.note.text("nl")


def test_the_routes_through_a_link_are_those_of_all_routes_that_use_it():
    for code in ("S1", "S4", "S5"):
        expected = {route for route in routes(DIAMOND) if code in route.links}
        assert set(routes_through(DIAMOND, code)) == expected


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_every_link_of_a_programme_lies_on_the_routes_that_name_it(programme):
    whole = demo(programme)
    every = routes(whole)

    for link in whole.links:
        assert set(routes_through(whole, link.code)) == {r for r in every if link.code in r.links}


def test_a_condition_lies_on_no_route_but_the_routes_through_its_node_depend_on_it():
    assert routes_through(DIAMOND, "S6") == ()
    upper, *_, lower = routes(DIAMOND)
    assert conditions_on(DIAMOND, upper) == ()
    assert [link.code for link in conditions_on(DIAMOND, lower)] == ["S6"]


def test_routes_through_one_link_are_bounded_too():
    whole = ladder(3, 3)

    assert len(routes_through(whole, "S1")) == 9
    with pytest.raises(TooManyRoutes):
        routes_through(whole, "S1", most=8)


def test_ancestors_and_descendants_come_nearest_first():
    assert ancestors(DIAMOND, "U1") == ("R1", "R2", "I1")
    assert descendants(DIAMOND, "I1") == ("R1", "R2", "U1", "M1")
    assert descendants(DIAMOND, "C1") == ()


def test_an_unknown_node_or_link_is_refused():
    with pytest.raises(KeyError):
        routes(DIAMOND, start="N9")
    with pytest.raises(KeyError):
        ancestors(DIAMOND, "N9")
    with pytest.raises(KeyError):
        descendants(DIAMOND, "N9")
    with pytest.raises(KeyError):
        routes_through(DIAMOND, "S99")


def test_a_circle_is_refused_by_name():
    with pytest.raises(InvalidTheory, match="R1 > R2 > R1"):
        routes(theory("I1 R1 R2 U1", "I1>R1 R1>R2 R2>R1 R2>U1"))


def test_a_route_has_one_link_fewer_than_nodes():
    with pytest.raises(ValueError, match="joined by 1 link"):
        Route(nodes=("A", "B"), links=())


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_the_number_of_routes_is_that_of_the_powers_of_the_matrix(pairs):
    names = ["I1", *(f"R{i}" for i in range(1, 7)), "M1"]
    forward = sorted((a, b) for a, b in pairs if a < b)
    graph = theory(" ".join(names), " ".join(f"{names[a]}>{names[b]}" for a, b in forward))
    matrix = np.zeros((8, 8), dtype=int)
    for a, b in forward:
        matrix[a, b] = 1

    walks = sum(np.linalg.matrix_power(matrix, k)[0, 7] for k in range(1, 8))

    assert len(routes(graph)) == walks


def test_the_counts_of_the_ladder_agree_with_the_binomial_of_a_grid():
    cells = [(i, j) for i in range(4) for j in range(4)]
    name = {cell: f"R{cell[0]}{cell[1]}" for cell in cells}
    name[0, 0], name[3, 3] = "I1", "M1"
    arrows = [f"{name[i, j]}>{name[i + 1, j]}" for i, j in cells if i < 3]
    arrows += [f"{name[i, j]}>{name[i, j + 1]}" for i, j in cells if j < 3]

    grid = theory(" ".join(name.values()), " ".join(arrows))

    assert len(routes(grid)) == math.comb(6, 3)
