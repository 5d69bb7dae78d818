"""From one version to the next: what is found, what is told, and which evidence asks for more."""

from uuid import NAMESPACE_OID, uuid5

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import (
    Amount,
    Assumption,
    Delivery,
    Horizon,
    NodeKind,
    TheoryOfChange,
)
from biotoop.engine.theory.review import ReviewReason, evidence_to_review
from biotoop.engine.theory.telling import Mark, tell, word_changes
from biotoop.engine.theory.versions import (
    Change,
    ChangedAfterPublishing,
    diff,
    hold_to_published,
    version_hash,
)
from engine.theory.examples import demo, link, node, theory

OLD = theory("I1 R1 U1 M1", "I1>R1 R1>U1 U1>M1")


def changed_node(which: str, base: TheoryOfChange = OLD, **parts) -> TheoryOfChange:
    nodes = (attrs.evolve(n, **parts) if n.code == which else n for n in base.nodes)
    return attrs.evolve(base, nodes=tuple(nodes))


def changed_link(code: str, base: TheoryOfChange = OLD, **parts) -> TheoryOfChange:
    links = (attrs.evolve(s, **parts) if s.code == code else s for s in base.links)
    return attrs.evolve(base, links=tuple(links))


def parts_of(changes) -> list[tuple]:
    return [(c.part, c.item, c.old and str(c.old), c.new and str(c.new)) for c in changes]


@pytest.mark.parametrize("programme", ["p1", "p2", "p3", "p4"])
def test_a_version_does_not_differ_from_itself(programme):
    found = diff(demo(programme), demo(programme))

    assert found.is_empty
    assert tell(found, "nl") == ("Er is niets veranderd.",)


def test_another_order_is_no_change():
    shuffled = attrs.evolve(OLD, nodes=OLD.nodes[::-1], links=OLD.links[::-1])

    assert diff(OLD, shuffled).is_empty


def test_nodes_that_came_went_and_changed_are_found_by_identity():
    new = changed_node("U1", label=Text.of("Bewoners slapen beter"), kind=NodeKind.RESULT)
    new = attrs.evolve(new, nodes=(*new.nodes[:3], node("U2", "Bewoners lachen vaker")))

    found = diff(OLD, new)

    assert [n.code for n in found.added_nodes] == ["U2"]
    assert [n.code for n in found.dropped_nodes] == ["M1"]
    assert parts_of(found.changed_nodes[0].changes) == [
        ("kind", None, "uitkomst", "resultaat"),
        ("label", None, "Mensen zien U1", "Bewoners slapen beter"),
    ]


def test_a_new_code_for_a_node_is_a_change_of_the_node_and_not_of_its_links():
    renamed = changed_node("U1", code="U9")
    renamed = changed_link("S2", changed_link("S3", renamed, from_="U9"), to="U9")

    found = diff(OLD, renamed)

    assert parts_of(found.changed_nodes[0].changes) == [("code", None, "U1", "U9")]
    assert (found.changed_links, found.relinked) == ((), ())


def test_a_link_with_other_words_keeps_its_place():
    assumptions = (
        Assumption(code="A1", text=Text.of("er is genoeg tijd")),
        Assumption(code="A2", text=Text.of("er is vervoer")),
    )
    new = changed_link(
        "S2", then=Text.of("slapen zij beter"), assumptions=assumptions, rivals=(),
        conditions=(Text.of("in de winter"),), horizon=Horizon.MONTHS,
    )  # fmt: skip

    (found,) = diff(OLD, new).changed_links

    assert parts_of(found.changes) == [
        ("then", None, "verandert U1 voor hen", "slapen zij beter"),
        ("horizon", None, None, "maanden"),
        ("assumption", "A1", "er is tijd", "er is genoeg tijd"),
        ("assumption", "A2", None, "er is vervoer"),
        ("condition", None, None, "in de winter"),
        ("rival", "R1", "het weer", None),
    ]


def test_a_link_that_replaces_another_is_told_as_one_change():
    successor = attrs.evolve(link("S9", "R1", "M1"), replaces=OLD.links[1].id)
    new = attrs.evolve(OLD, links=(OLD.links[0], successor, OLD.links[2]))

    found = diff(OLD, new)

    (moved,) = found.relinked
    assert (moved.old.code, moved.new.code, moved.kept_id) == ("S2", "S9", False)
    assert (found.added_links, found.dropped_links) == ((), ())
    assert "in de plaats van stap S2" in tell(found, "nl")[0]


def test_other_ends_under_the_same_identity_are_noticed():
    found = diff(OLD, changed_link("S2", to="M1"))

    (moved,) = found.relinked
    assert (moved.kept_id, found.changed_links) == (True, ())
    assert "evidence for the old one says nothing about the new one" in tell(found, "en")[0]


def test_a_link_beside_the_one_it_says_to_replace_is_simply_new():
    beside = attrs.evolve(link("S9", "R1", "M1"), replaces=OLD.links[1].id)

    found = diff(OLD, attrs.evolve(OLD, links=(*OLD.links, beside)))

    assert [s.code for s in found.added_links] == ["S9"]
    assert found.relinked == ()


def test_links_that_came_and_went_are_told_with_the_words_of_their_ends():
    new = attrs.evolve(OLD, links=(OLD.links[0], OLD.links[2], link("S9", "I1", "U1")))

    added, dropped = tell(diff(OLD, new), "nl")

    assert added.startswith('Nieuwe stap S9, van "Mensen zien I1" naar "Mensen zien U1": ')
    assert added.endswith(
        ": als mensen I1 meemaken, dan verandert U1 voor hen, omdat S9 hen helpt."
    )
    assert dropped == 'Vervallen stap S2, van "Mensen zien R1" naar "Mensen zien U1".'


def test_a_councillor_reads_what_it_says_now_and_what_it_said_first():
    new = changed_node("M1", label=Text.of("Minder zorg in de wijk."))
    new = changed_link("S1", new, then=Text.of("komen zij vaker"), horizon=Horizon.WEEKS)

    first, second, third = tell(diff(OLD, new), "nl")

    assert first.startswith(
        'Impact M1 ("Mensen zien M1"): de tekst is nu "Minder zorg in de wijk".'
    )
    assert first.endswith('Eerst stond er "Mensen zien M1".')
    assert second.startswith('Stap S1, van "Mensen zien I1" naar "Mensen zien R1": de DAN is nu ')
    assert second.endswith('"komen zij vaker". Eerst stond er "verandert R1 voor hen".')
    assert third == 'Ook bij stap S1: nu staat erbij hoelang het duurt: "weken".'


def test_a_text_that_changed_in_the_other_language_is_told_with_both_texts():
    link = OLD.links[0]
    then = Text(nl="zij komen vaker", en="they come more often")
    before = attrs.evolve(OLD, links=(attrs.evolve(link, then=then), *OLD.links[1:]))
    other = attrs.evolve(then, nl="zij blijven komen")
    after = attrs.evolve(OLD, links=(attrs.evolve(link, then=other), *OLD.links[1:]))

    (english,) = tell(diff(before, after), "en")
    (dutch,) = tell(diff(before, after), "nl")

    assert "the THEN changed only in Dutch" in english
    assert 'now "zij blijven komen". It was "zij komen vaker".' in english
    assert "they come" not in english
    assert 'de DAN is nu "zij blijven komen". Eerst stond er "zij komen vaker".' in dutch


def test_a_translation_that_came_is_told_as_such():
    node = OLD.nodes[0]
    label = Text(nl="samen koken")
    before = attrs.evolve(OLD, nodes=(attrs.evolve(node, label=label), *OLD.nodes[1:]))
    both = attrs.evolve(label, en="cooking together")
    after = attrs.evolve(OLD, nodes=(attrs.evolve(node, label=both), *OLD.nodes[1:]))

    (dutch,) = tell(diff(before, after), "nl")

    assert 'staat er nu ook in het Engels: "cooking together".' in dutch


def test_delivery_and_the_theory_itself_are_compared_too():
    reach = Amount(planned=40, delivered=31, unit=Text(nl="mensen", en="people"))
    new = changed_node("I1", delivery=Delivery(reach=reach, as_intended=False))
    new = attrs.evolve(new, title=Text.of("Nieuw"), canvas={"doelgroep": Text.of("ouderen")})

    found = diff(OLD, new)

    assert parts_of(found.changes) == [
        ("title", None, "Een proef", "Nieuw"), ("canvas", "doelgroep", None, "ouderen"),
    ]  # fmt: skip
    assert parts_of(found.changed_nodes[0].changes) == [
        ("reach_planned", None, None, "40 mensen"),
        ("reach_delivered", None, None, "31 mensen"),
        ("as_intended", None, None, "nee"),
    ]
    assert any("31 people" in sentence for sentence in tell(found, "en"))


def test_everything_that_can_change_can_be_told_in_both_languages():
    everything = attrs.evolve(
        demo("p3"), id=OLD.id, invented=True, programme=Text.of("P"), place=Text.of("Q")
    )
    there, back = diff(OLD, everything), diff(everything, OLD)

    for found in (there, back):
        dutch, english = tell(found, "nl"), tell(found, "en")
        assert len(dutch) == len(english) > len(everything.nodes)
        assert not set(dutch) & set(english)


def test_words_that_changed_are_marked_and_give_back_both_texts():
    change = Change(part="then", old=Text.of("melden zij zorgen eerder"),
                    new=Text.of("melden zij hun zorgen vroeg"))  # fmt: skip

    pieces = word_changes(change, "nl")

    assert "".join(p.text for p in pieces if p.mark != Mark.ADDED) == str(change.old)
    assert "".join(p.text for p in pieces if p.mark != Mark.DROPPED) == str(change.new)
    assert [p.text for p in pieces if p.mark == Mark.ADDED] == ["hun ", "vroeg"]
    assert [p.text for p in pieces if p.mark == Mark.DROPPED] == ["eerder"]


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_pieces_always_join_to_the_texts_they_come_from(old, new):
    pieces = word_changes(Change(part="label", old=Text.of(old), new=Text.of(new)), "en")

    assert "".join(p.text for p in pieces if p.mark != Mark.ADDED) == old
    assert "".join(p.text for p in pieces if p.mark != Mark.DROPPED) == new


def test_a_text_that_came_or_went_is_marked_whole():
    pieces = word_changes(Change(part="whose", old=None, new=Text.of("voor buren")), "nl")

    assert [(p.mark, p.text) for p in pieces] == [(Mark.ADDED, "voor buren")]


def judged(version: TheoryOfChange) -> dict:
    return {item.id: {item.text_hash} for item in (*version.nodes, *version.links)}


def test_evidence_on_words_that_changed_asks_for_another_judgement():
    new = changed_link("S2", changed_node("U1", label=Text.of("Iets anders")), because=Text.of("x"))

    reviews = evidence_to_review(diff(OLD, new), judged(OLD))

    assert [(r.code, r.reason) for r in reviews] == [
        ("U1", ReviewReason.TEXT_CHANGED), ("S2", ReviewReason.TEXT_CHANGED),
    ]  # fmt: skip
    assert reviews[1].judged == (OLD.links[1].text_hash,)
    assert reviews[1].now == new.links[1].text_hash


def test_white_space_assumptions_and_targets_without_evidence_ask_for_nothing():
    spaced = Text.of("  mensen   R1 meemaken ")
    new = changed_link("S2", if_=spaced, assumptions=())
    changed = changed_link("S3", new, then=Text.of("niets"))

    assert evidence_to_review(diff(OLD, new), judged(OLD)) == ()
    assert evidence_to_review(diff(OLD, changed), {OLD.links[0].id: {"x"}})[0].code == "S1"
    assert evidence_to_review(diff(OLD, changed), {OLD.links[2].id: set()}) == ()


def test_evidence_on_a_link_that_was_replaced_or_dropped_is_not_carried_over_in_silence():
    successor = attrs.evolve(link("S9", "R1", "M1"), replaces=OLD.links[1].id)
    new = attrs.evolve(OLD, links=(OLD.links[0], successor))

    reviews = evidence_to_review(diff(OLD, new), judged(OLD))

    assert [(r.code, r.reason, r.successor, r.now) for r in reviews] == [
        ("S2", ReviewReason.REPLACED, "S9", None), ("S3", ReviewReason.DROPPED, None, None),
    ]  # fmt: skip


def test_moving_the_ends_of_a_link_asks_for_judgement_even_if_its_words_stayed():
    (review,) = evidence_to_review(diff(OLD, changed_link("S2", to="M1")), judged(OLD))

    assert (review.reason, review.successor) == (ReviewReason.REPLACED, "S2")


def test_evidence_on_something_in_neither_version_is_refused():
    with pytest.raises(KeyError):
        evidence_to_review(diff(OLD, OLD), {uuid5(NAMESPACE_OID, "elsewhere"): {"x"}})


def test_a_published_version_is_held_to_its_word():
    published = version_hash(OLD)

    hold_to_published(from_plain(to_plain(OLD), TheoryOfChange), published)
    with pytest.raises(ChangedAfterPublishing) as refusal:
        hold_to_published(changed_link("S1", horizon=Horizon.YEARS), published)
    assert refusal.value.params == {"version": "1"}


def test_the_hash_of_a_version_sees_every_part_of_it():
    versions = [
        OLD, changed_node("U1", whose=Text.of("x")), changed_link("S1", conditions=(Text.of("y"),)),
        attrs.evolve(OLD, invented=True), attrs.evolve(OLD, nodes=OLD.nodes[::-1]),
    ]  # fmt: skip

    assert len({version_hash(version) for version in versions}) == 5
