"""The writing rules, on the invented programmes and on sentences from practice."""

import attrs
import pytest

from biotoop.engine.core.problems import Severity
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.lint import lint_theory
from biotoop.engine.theory.model import Amount, Delivery, Horizon, TheoryOfChange
from biotoop.engine.theory.wording import singular, words_in
from engine.theory.examples import demo, link, node, theory

BASE = theory("I1 R1 U1 M1", "I1>R1 R1>U1 U1>M1")


def found(checked: TheoryOfChange, rule: str, language="nl") -> list[tuple]:
    code = f"theory.lint.{rule}"
    return [item.where for item in lint_theory(checked, language) if item.note.code == code]


def with_label(text: str | Text, code: str = "U1", **parts) -> TheoryOfChange:
    label = Text.of(text) if isinstance(text, str) else text
    nodes = (attrs.evolve(n, label=label, **parts) if n.code == code else n for n in BASE.nodes)
    return attrs.evolve(BASE, nodes=tuple(nodes))


def with_link(**parts) -> TheoryOfChange:
    return attrs.evolve(BASE, links=(link("S1", "I1", "R1", **parts),))


def test_the_programmes_hold_just_the_nine_steps_with_and_in_their_then():
    steps = [
        f"{programme} {demo(programme).links[where[1]].code}"
        for programme in ("p1", "p2", "p3", "p4")
        for where in found(demo(programme), "and_in_then")
    ]

    assert steps == [
        "p1 S1",
        "p1 S6",
        "p1 S9",
        "p2 S4",
        "p2 S5",
        "p2 S9",
        "p3 S7",
        "p4 S1",
        "p4 S4",
    ]


def test_the_programmes_hold_just_the_nodes_that_say_two_things():
    nodes = {
        programme: [demo(programme).nodes[w[1]].code for w in found(demo(programme), "one_verb")]
        for programme in ("p1", "p2", "p3", "p4")
    }

    assert nodes == {
        "p1": ["N3"], "p2": ["N4", "N6", "N10"], "p3": ["N8", "N12"], "p4": ["N4", "N6"]
    }  # fmt: skip


def test_the_programmes_hold_one_outcome_without_people():
    nodes = [
        (programme, demo(programme).nodes[where[1]].label.get("nl"))
        for programme in ("p1", "p2", "p3", "p4")
        for where in found(demo(programme), "outcome_who")
    ]

    assert nodes == [("p3", "Minder risicogedrag en overlast")]


@pytest.mark.parametrize(
    ("label", "is_double"),
    [
        ("Bewoners kennen de opbouwwerker en spreken hem aan", True),
        ("Jongeren blijven op school of vinden werk", True),
        ("Bezoekers komen vaker en zij helpen mee", True),
        ("Meer mensen doen mee; minder beroep op zorg", True),
        ("Bewoners voelen zich thuis en veilig in de buurt", False),
        ("Huisarts en wijkverpleging verwijzen naar de buurtkamer", False),
        ("Ouderen doen wekelijks mee aan eten of bewegen", False),
        ("Buurtkamer: samen eten en bewegen, 3 dagen per week", False),
        ("Bewoners hebben minder schulden en zorgen", False),
        ("Jongeren ontdekken waar ze goed in zijn", False),
        ("Mantelzorgers krijgen hulp bij koken en regelen", False),
        ("Steun en respijt voor mantelzorgers", False),
    ],
)
def test_a_node_says_one_thing(label, is_double):
    assert bool(found(with_label(label), "one_verb")) is is_double


@pytest.mark.parametrize(
    ("label", "whose", "is_told"),
    [
        ("Minder overlast in de wijk", None, True),
        ("Minder overlast in de wijk", "bewoners van Lindehof", False),
        ("Oud-deelnemers vinden werk", None, False),
        ("Statushouders leren de taal", None, False),
        ("Werkzoekenden krijgen vaker een gesprek", None, False),
    ],
)
def test_an_outcome_says_who_changes(label, whose, is_told):
    whose = None if whose is None else Text.of(whose)

    assert bool(found(with_label(label, whose=whose), "outcome_who")) is is_told


@pytest.mark.parametrize(
    ("label", "is_told"),
    [("Eenzaamheid ouderen", True), ("Minder eenzaamheid", False), ("Buren helpen elkaar", False)],
)
def test_an_outcome_says_what_changes(label, is_told):
    assert bool(found(with_label(label), "outcome_what")) is is_told


def test_the_rule_on_who_and_what_is_for_outcomes_only():
    assert found(with_label("Overlast in de wijk", "M1"), "outcome_who") == []


@pytest.mark.parametrize(
    ("then", "is_told"),
    [
        ("slapen zij beter en bewegen zij meer", True),
        ("komen er meer vrijwilligers en/of bezoekers", True),
        ("eten jong en oud samen", False),
        ("melden zij zorgen eerder", False),
        ("vinden zij een vriend", False),
    ],
)
def test_a_then_holds_one_change(then, is_told):
    assert bool(found(with_link(then=then), "and_in_then")) is is_told


@pytest.mark.parametrize(
    ("then", "is_told"),
    [
        ("draagt het programma bij aan welzijn", True),
        ("bevordert dit de gezondheid", True),
        ("faciliteren wij ontmoeting", True),
        ("zal dit bijdragen aan welzijn", True),
        ("draagt dit eraan bij dat 20 bewoners elkaar kennen", False),
        ("bevordert dit dat bewoners vaker bewegen", False),
        ("dragen bewoners zelf de tafels", False),
    ],
)
def test_vague_words_need_something_that_can_be_seen(then, is_told):
    assert bool(found(with_link(then=then), "vague")) is is_told


def test_a_vague_node_is_told_with_its_words():
    (finding,) = [
        item
        for item in lint_theory(with_label("Bewoners bevorderen cohesie"), "nl")
        if item.note.code == "theory.lint.vague"
    ]

    assert finding.where == ("nodes", 2, "label")
    assert '"bevorderen"' in finding.text("nl")


def test_thirty_words_are_allowed_and_thirty_one_are_not():
    ten = " ".join(["woord"] * 10)

    assert found(with_link(if_=ten, then=ten, because=ten), "too_long") == []
    assert found(with_link(if_=ten, then=ten, because=ten + " extra"), "too_long") == [
        ("links", 0, "if")
    ]
    assert found(with_label(" ".join(["woord"] * 31)), "too_long") == [("nodes", 2, "label")]


def test_a_step_names_an_assumption_a_rival_and_a_horizon():
    bare = with_link(assumptions=(), rivals=())
    whole = with_link(horizon=Horizon.MONTHS)

    for rule in ("no_assumption", "no_rival", "no_horizon"):
        assert found(bare, rule) == [("links", 0)]
        assert found(whole, rule) == []


def test_a_condition_needs_no_horizon_and_feedback_needs_nothing():
    checked = theory("I1 U1 C1", "C1?U1 U1~I1")

    assert found(checked, "no_horizon") == []
    bare = attrs.evolve(checked.links[1], assumptions=(), rivals=())
    checked = attrs.evolve(checked, links=(checked.links[0], bare))
    assert found(checked, "no_assumption") == found(checked, "no_rival") == []


def test_an_intervention_tells_what_of_its_delivery_is_missing():
    partly = Delivery(reach=Amount(planned=20), quality=Text.of("vaste begeleider"))
    checked = with_label("Spreekuur in de wijk", "I1", delivery=partly)

    (finding,) = [f for f in lint_theory(checked, "nl") if f.note.code.endswith("no_delivery")]

    assert finding.where == ("nodes", 0)
    assert "delivery`: dosis." in finding.text("nl")
    assert found(BASE, "no_delivery") == [("nodes", 0)]


def test_a_whole_delivery_is_enough():
    whole = Delivery(reach=Amount(), dose=Amount(), quality=Text.of("goed"))

    assert found(with_label("Spreekuur", "I1", delivery=whole), "no_delivery") == []


def test_five_core_outcomes_are_the_ceiling():
    five = theory("I1 U1 U2 U3 U4 U5")
    six = attrs.evolve(five, nodes=(*five.nodes, node("U6")))

    assert found(five, "many_outcomes") == []
    assert found(six, "many_outcomes") == [("nodes",)]


@pytest.mark.parametrize("field", ["ongewenste_effecten", "risks"])
def test_an_unwanted_effect_can_stand_in_the_canvas_or_in_a_text(field):
    in_canvas = attrs.evolve(BASE, canvas={field: Text.of("trekkers raken moe")})
    empty = attrs.evolve(BASE, canvas={field: Text.of(" ")})

    assert found(BASE, "no_unwanted_effect") == found(empty, "no_unwanted_effect") == [("nodes",)]
    assert found(in_canvas, "no_unwanted_effect") == []
    assert found(with_label("Trekkers raken overbelast"), "no_unwanted_effect") == []


@pytest.mark.parametrize(
    ("label", "rule", "is_told"),
    [
        ("Residents know the worker and speak to her", "one_verb", True),
        ("Residents feel safe and at home", "one_verb", False),
        ("Less nuisance in the area", "outcome_who", True),
        ("Residents promote cohesion", "vague", True),
    ],
)
def test_the_rules_hold_in_english(label, rule, is_told):
    assert bool(found(with_label(label), rule, "en")) is is_told


def test_a_text_that_exists_in_one_language_is_judged_by_the_rules_of_that_language():
    english_only = with_label(Text(en="Residents know the worker and speak to her"))

    assert found(english_only, "one_verb", "nl") == [("nodes", 2, "label")]


def test_every_finding_is_a_warning_with_words_in_both_languages():
    findings = lint_theory(demo("p2"), "nl")

    assert len({finding.note.code for finding in findings}) >= 5
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert all(finding.text("nl") != finding.text("en") for finding in findings)


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("spreken", "spreekt"), ("kennen", "kent"), ("voelen", "voelt"), ("geven", "geeft"),
        ("kiezen", "kiest"), ("melden", "meldt"), ("groeien", "groeit"), ("zetten", "zet"),
        ("gaan", "gaan"),
    ],
)  # fmt: skip
def test_dutch_singulars_follow_the_spelling(verb, form):
    assert singular(verb, "nl") == form


@pytest.mark.parametrize(("verb", "form"), [("know", "knows"), ("go", "goes")])
def test_english_singulars_follow_the_spelling(verb, form):
    assert singular(verb, "en") == form


def test_words_are_split_at_spaces_and_marks_but_not_within():
    assert words_in("Eén-op-één, 2,5 uur (taal)!") == ("eén-op-één", "2,5", "uur", "taal")
