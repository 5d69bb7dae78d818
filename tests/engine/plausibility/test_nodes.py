"""Whether residents recognise the nodes, and which nodes they miss."""

from biotoop.engine.evidence.bundle import Life
from biotoop.engine.evidence.model import Method, Stance
from engine.plausibility.cases import claim, whole


def said(name, people, stance, **parts):
    return [claim(f"{name}{n}", target="U1", stance=stance, **parts) for n in range(people)]


def judged(*claims):
    (found,) = [each for each in whole(*claims).nodes if each.node == "U1"]
    return found


def missing(code, proposal, **parts):
    parts = {"target": "U1", **parts}
    return claim(code, stance=Stance.MISSING, proposes=proposal, **parts)


def test_recognition_is_told_in_people():
    found = judged(*said("a", 14, Stance.RECOGNISED), *said("b", 4, Stance.NOT_RECOGNISED))

    assert (found.all.recognised, found.all.people) == (14, 18)
    assert found.sentence.text("nl") == "Herkend door 14 van 18."
    assert found.not_recognised_by == ("b0", "b1", "b2", "b3")


def test_for_each_kind_of_people():
    found = judged(
        *said("a", 3, Stance.RECOGNISED, life_age="65+", life_role="bezoeker"),
        *said("b", 2, Stance.MEANS_OTHER, life_age="18-30"),
        *said("c", 1, Stance.DOES_NOT_COUNT, life_age="18-30"),
    )

    table = {(each.life, each.value): each for each in found.for_whom}
    assert list(table) == [(Life.AGE, "18-30"), (Life.AGE, "65+"), (Life.ROLE, "bezoeker")]
    young = table[Life.AGE, "18-30"]
    assert (young.recognised, young.means_other, young.does_not_count) == (0, 2, 1)


def test_importance_is_the_middle_rank():
    found = judged(
        *said("a", 2, Stance.RECOGNISED, importance=1),
        *said("b", 1, Stance.RECOGNISED, importance=4),
        *said("c", 1, Stance.RECOGNISED),
    )

    assert (found.all.ranked, found.all.median_rank) == (3, 1)


def test_someone_who_ranks_twice_has_one_rank():
    found = judged(
        claim("c1", target="U1", stance=Stance.RECOGNISED, respondent="p", importance=1),
        claim("c2", target="U1", stance=Stance.RECOGNISED, respondent="p", importance=4),
    )

    assert (found.all.people, found.all.ranked, found.all.median_rank) == (1, 1, 2.5)


def test_someone_who_says_both_does_not_count_as_recognising():
    found = judged(
        claim("c1", target="U1", stance=Stance.RECOGNISED, respondent="p"),
        claim("c2", target="U1", stance=Stance.MEANS_OTHER, respondent="p"),
    )

    assert (found.all.recognised, found.all.means_other, found.all.people) == (0, 1, 1)


def test_a_node_that_nobody_saw_says_so():
    assert judged().sentence.text("nl") == "Nog aan niemand voorgelegd."


def test_a_judgement_of_an_earlier_text_is_marked():
    assert judged(*said("a", 1, Stance.RECOGNISED, text_hash="0" * 16)).changed_text == ("a0",)


def test_three_people_from_two_sources_ask_for_a_decision():
    claims = [
        missing("c1", "Meer zelfvertrouwen"),
        missing("c2", "meer  zelfvertrouwen", round="round2", target="M1"),
        missing("c3", "Meer zelfvertrouwen", method=Method.OUTCOME_HARVESTING),
    ]

    (found,) = whole(*claims).proposed_nodes

    assert (found.proposal, found.people, found.sources) == ("Meer zelfvertrouwen", 3, 3)
    assert (found.near, found.claims, found.decide) == (("M1", "U1"), ("c1", "c2", "c3"), True)


def test_three_people_from_one_source_or_two_people_do_not():
    one_source = [missing(f"c{n}", "rust") for n in range(3)]
    two_people = [missing("d1", "moe"), missing("d2", "moe", round="round2")]

    found = whole(*one_source, *two_people).proposed_nodes

    assert [(each.proposal, each.people, each.decide) for each in found] == [
        ("rust", 3, False),
        ("moe", 2, False),
    ]


def test_a_proposal_is_no_verdict_on_the_node_it_is_near():
    assert judged(missing("c1", "rust")).all.people == 0
