"""The invariants of a theory of change, each broken on purpose."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.documents import parse_document
from biotoop.engine.core.problems import Severity
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.checks import check_theory
from biotoop.engine.theory.model import Assumption, NodeKind, Rival, TheoryOfChange
from engine.theory.examples import DEMO, demo, link, node, theory


def found(checked: TheoryOfChange) -> list[tuple]:
    return [(item.note.code.removeprefix("theory."), item.where) for item in check_theory(checked)]


def with_links(base: TheoryOfChange, *links) -> TheoryOfChange:
    return attrs.evolve(base, links=(*base.links, *links))


SOUND = theory("I1 R1 U1 M1 C1", "I1>R1 R1>U1 U1>M1 C1?U1 M1~I1")


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_the_invented_programmes_are_sound(programme):
    assert check_theory(demo(programme)) == ()


def test_a_theory_with_conditions_and_feedback_is_sound():
    assert found(SOUND) == []


def test_nodes_and_links_do_not_share_an_identity():
    twin = attrs.evolve(node("U2"), id=SOUND.links[0].id)
    broken = attrs.evolve(SOUND, nodes=(*SOUND.nodes, twin))
    broken = with_links(broken, link("S9", "R1", "U2"))

    assert found(broken) == [("double_id", ("links", 0, "id"))]


def test_evidence_can_tell_nodes_and_links_apart_by_code():
    broken = with_links(SOUND, link("I1", "I1", "U1"))
    broken = attrs.evolve(
        broken, links=(*broken.links[:-1], attrs.evolve(broken.links[-1], id=demo("p1").id))
    )

    assert found(broken) == [("double_code", ("links", 5, "code"))]


def test_assumptions_and_rivals_have_their_own_code_within_a_link():
    assumptions = (
        Assumption(code="A1", text=Text.of("a")),
        Assumption(code="A1", text=Text.of("b")),
    )
    rivals = (Rival(code="R1", text=Text.of("a")), Rival(code="R1", text=Text.of("b")))
    broken = with_links(SOUND, link("S9", "I1", "U1", assumptions=assumptions, rivals=rivals))

    assert found(broken) == [
        ("double_code_in_link", ("links", 5, "assumptions", 1, "code")),
        ("double_code_in_link", ("links", 5, "rivals", 1, "code")),
    ]


@pytest.mark.parametrize(("part", "key"), [("if_", "if"), ("then", "then"), ("because", "because")])
def test_a_step_needs_its_if_then_and_because(part, key):
    broken = with_links(SOUND, link("S9", "I1", "U1", **{part: "  "}))

    assert found(broken) == [(f"empty_{key}", ("links", 5, key))]


def test_a_node_needs_words_in_every_language_it_is_written_in():
    blank = attrs.evolve(SOUND.nodes[0], label=Text(nl="Buurthuis is open", en=" "))
    broken = attrs.evolve(SOUND, nodes=(blank, *SOUND.nodes[1:]))

    assert found(broken) == [("empty_label", ("nodes", 0, "label"))]


def test_a_link_names_nodes_that_exist():
    broken = with_links(SOUND, link("S9", "I1", "U7"))

    assert found(broken) == [("unknown_end", ("links", 5, "to"))]
    assert "I1, R1, U1, M1, C1" in check_theory(broken)[0].text("nl")


def test_a_link_to_itself_is_told_once_and_not_as_a_circle():
    assert found(with_links(SOUND, link("S9", "U1", "U1"))) == [("self_link", ("links", 5, "to"))]


def test_a_circle_is_named_with_its_nodes():
    broken = theory("I1 R1 U1 U2 U3", "I1>R1 R1>U1 U1>U2 U2>U3 U3>U1")

    (fault,) = check_theory(broken)

    assert (fault.note.code, fault.where) == ("theory.circle", ("links", 4))
    assert "U1 > U2 > U3 > U1" in fault.text("nl")


def test_every_separate_circle_is_told_and_feedback_makes_none():
    broken = theory("I1 R1 R2 U1 U2", "I1>R1 R1>R2 R2>R1 R2>U1 U1>U2 U2?U1 U2~I1")

    assert found(broken) == [("circle", ("links", 2)), ("circle", ("links", 5))]


def test_the_level_never_falls_and_the_message_names_both_levels():
    broken = theory("I1 R1 U1 M1", "I1>R1 R1>U1 U1>M1 M1>R1")

    faults = {fault.note.code: fault for fault in check_theory(broken)}

    assert set(faults) == {"theory.level_falls", "theory.circle"}
    assert faults["theory.level_falls"].where == ("links", 3, "to")
    assert "M1 (impact)" in faults["theory.level_falls"].text("nl")
    assert "R1 (result)" in faults["theory.level_falls"].text("en")


def test_context_is_only_ever_a_condition():
    broken = theory("I1 U1 C1", "I1>U1 C1>U1 U1>C1")

    assert ("context_must_be_condition", ("links", 1, "kind")) in found(broken)
    assert ("link_into_context", ("links", 2, "to")) in found(broken)


@pytest.mark.parametrize("arrow", ["C1?R1", "C1?C2", "U1~C1"])
def test_context_may_condition_anything_and_hear_feedback(arrow):
    assert found(theory("I1 R1 U1 C1 C2", f"I1>R1 R1>U1 {arrow}")) == []


def test_an_outcome_that_only_a_condition_leads_to_is_out_of_reach():
    broken = theory("I1 U1 U2 M1 C1", "I1>U1 C1?U2 U2>M1")

    assert found(broken) == [("unreachable", ("nodes", 2)), ("unreachable", ("nodes", 3))]


def test_two_steps_between_the_same_ends_are_one_too_many():
    broken = with_links(SOUND, link("S9", "R1", "U1"))

    assert found(broken) == [("double_link", ("links", 5, "to"))]


@pytest.mark.parametrize(
    ("then", "because", "repeats"),
    [
        ("voelen zij zich minder eenzaam", "zij minder eenzaam zijn", True),
        ("voelen zij zich minder eenzaam", "iemand hen mist", False),
        ("they feel less lonely", "they are less lonely", True),
        ("vragen zij eerder hulp", "zij hulp durven vragen", False),
        ("vragen zij eerder hulp", "het zo is", False),
    ],
)
def test_the_because_does_not_say_the_then_once_more(then, because, repeats):
    broken = with_links(SOUND, link("S9", "I1", "U1", then=then, because=because))

    assert found(broken) == ([("because_repeats", ("links", 5, "because"))] if repeats else [])


def test_a_link_cannot_replace_itself():
    itself = attrs.evolve(link("S9", "I1", "U1"), replaces=link("S9", "I1", "U1").id)

    assert found(with_links(SOUND, itself)) == [("replaces_itself", ("links", 5, "replaces"))]


def test_every_fault_is_an_error_with_words_in_both_languages():
    broken = theory("I1 R1 U1 M1 C1", "I1>R1 R1>U1 U1>R1 M1>U1 C1>U1 R1>Z9 U1>U1 I1>R1 U1>C1")
    broken = with_links(broken, link("S1", "I1", "M1", if_=" ", then=" ", because=" "))

    faults = check_theory(broken)

    assert len({fault.note.code for fault in faults}) >= 10
    assert {fault.severity for fault in faults} == {Severity.ERROR}
    assert all(fault.text("nl") != fault.text("en") for fault in faults)


def test_a_fault_finds_its_line_in_the_file():
    source = (DEMO / "p1.yaml").read_text("utf-8").replace("to: N6", "to: N66", 1)

    document = parse_document(source, TheoryOfChange, file="theory.yaml")
    (unknown,) = document.placed(check_theory(document.value)[:1])

    assert source.splitlines()[unknown.line - 1].strip() == "to: N66"


@given(st.permutations(list(range(5))), st.sampled_from(["p1", "p2", "p3", "p4"]))
def test_the_order_of_nodes_and_links_does_not_change_what_is_sound(order, programme):
    base = demo(programme)
    nodes = tuple(base.nodes[i] for i in order) + base.nodes[5:]
    links = tuple(base.links[i] for i in order) + base.links[5:]

    assert check_theory(attrs.evolve(base, nodes=nodes, links=links)) == ()


def test_removing_the_interventions_leaves_every_outcome_out_of_reach():
    base = demo("p3")
    kept = {n.code for n in base.nodes if n.kind != NodeKind.INTERVENTION}
    broken = attrs.evolve(
        base,
        nodes=tuple(n for n in base.nodes if n.code in kept),
        links=tuple(s for s in base.links if {s.from_, s.to} <= kept),
    )

    wanted = [n.code for n in broken.nodes if n.kind in (NodeKind.OUTCOME, NodeKind.IMPACT)]

    assert [fault.note.params["node"] for fault in check_theory(broken)] == wanted
