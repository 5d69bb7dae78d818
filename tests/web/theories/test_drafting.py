"""People write one draft together, and nobody's words get lost."""

from uuid import UUID, uuid4

import pytest

from biotoop.web.shared.models import AuditEntry
from biotoop.web.theories.actions.drafting import (
    Stale,
    adding_link,
    adding_node,
    changing_link,
    changing_node,
    dropping_node,
    moving_node,
    relinking,
    save,
    undo,
    writing_canvas,
)
from biotoop.web.theories.bridge.editing import CannotEdit, LinkWords, NodeWords, item_of
from biotoop.web.theories.models import Link, Node, Theory

pytestmark = pytest.mark.django_db
WORDS = NodeWords(kind="outcome", label="Bewoners lenen gereedschap uit")


def content(theory: Theory) -> dict:
    theory.draft.refresh_from_db()
    return theory.draft.content


def by_code(theory: Theory, part: str, code: str) -> dict:
    return next(item for item in content(theory)[part] if item["code"] == code)


def identity(theory: Theory, code: str) -> UUID:
    part = "nodes" if code.startswith("N") else "links"
    return UUID(by_code(theory, part, code)["id"])


def test_each_change_is_an_edition_with_who_and_what(theory, owner):
    draft = save(theory, adding_node(WORDS), by=owner, seen=1)

    assert draft.edition == 2
    kept = draft.editions.get(edition=2)
    assert (kept.by, kept.act) == (owner.pk, "node_added")
    assert AuditEntry.objects.filter(action="theory_node_added", object_id=theory.pk).exists()


def test_a_code_is_never_given_out_again(theory, owner):
    save(theory, adding_node(WORDS), by=owner, seen=1)
    added = identity(theory, "N12")
    save(theory, dropping_node(added), by=owner, seen=2)

    save(theory, adding_node(WORDS), by=owner, seen=3)

    assert Node.objects.filter(theory=theory, code="N12").get().pk == added
    assert item_of(content(theory), identity(theory, "N13"))["label"] == WORDS.label


def test_two_people_who_write_in_different_places_both_keep_their_words(theory, owner, colleague):
    save(theory, changing_node(identity(theory, "N5"), WORDS), by=owner, seen=1)
    step = LinkWords(if_="a", then="b", because="c")

    save(theory, changing_link(identity(theory, "S1"), step), by=colleague, seen=1)

    assert by_code(theory, "nodes", "N5")["label"] == WORDS.label
    assert by_code(theory, "links", "S1")["because"] == "c"


def test_who_rewrites_what_another_rewrote_gets_both_texts(theory, owner, colleague):
    node = identity(theory, "N5")
    save(theory, changing_node(node, WORDS), by=owner, seen=1)
    mine = NodeWords(kind="outcome", label="Bewoners zeggen elkaar gedag")

    with pytest.raises(Stale) as refused:
        save(theory, changing_node(node, mine), by=colleague, seen=1)

    assert refused.value.theirs["label"] == WORDS.label
    assert refused.value.draft.edition == 2
    save(theory, changing_node(node, mine), by=colleague, seen=refused.value.draft.edition)
    assert by_code(theory, "nodes", "N5")["label"] == mine.label
    assert item_of(theory.draft.editions.get(edition=2).content, node)["label"] == WORDS.label


def test_who_takes_out_what_another_just_rewrote_is_asked_first(theory, owner, colleague):
    node = identity(theory, "N5")
    save(theory, changing_node(node, WORDS), by=owner, seen=1)

    with pytest.raises(Stale):
        save(theory, dropping_node(node), by=colleague, seen=1)


def test_the_canvas_is_one_thing_to_rewrite(theory, owner, colleague):
    save(theory, writing_canvas({"vraagstuk": "eenzaamheid"}), by=owner, seen=1)

    with pytest.raises(Stale):
        save(theory, writing_canvas({"vraagstuk": "geld"}), by=colleague, seen=1)


def test_an_edition_that_is_no_longer_kept_is_no_licence_to_overwrite(theory, owner):
    save(theory, adding_node(WORDS), by=owner, seen=1)

    with pytest.raises(Stale):
        save(theory, changing_node(identity(theory, "N1"), WORDS), by=owner, seen=99)


def test_taking_out_a_node_takes_its_steps_and_undo_brings_both_back(theory, owner):
    save(theory, moving_node(identity(theory, "N5"), up=False), by=owner, seen=1)
    before = content(theory)
    save(theory, dropping_node(identity(theory, "N5")), by=owner, seen=2)
    assert {"S4", "S5", "S6"}.isdisjoint(item["code"] for item in content(theory)["links"])

    undo(theory, 3, by=owner)

    assert content(theory) == before


def test_undo_also_works_when_others_went_on_elsewhere(theory, owner, colleague):
    save(theory, adding_node(WORDS), by=owner, seen=1)
    save(theory, dropping_node(identity(theory, "N5")), by=owner, seen=2)
    save(theory, changing_node(identity(theory, "N1"), WORDS), by=colleague, seen=3)

    undo(theory, 3, by=owner)

    assert by_code(theory, "nodes", "N5")
    assert by_code(theory, "nodes", "N1")["label"] == WORDS.label
    assert {"S4", "S5", "S6"} <= {item["code"] for item in content(theory)["links"]}


def test_undo_does_not_overwrite_what_was_changed_since(theory, owner, colleague):
    node = identity(theory, "N5")
    save(theory, adding_node(WORDS), by=owner, seen=1)
    save(theory, changing_node(node, WORDS), by=owner, seen=2)
    save(
        theory, changing_node(node, NodeWords(kind="outcome", label="Anders")), by=colleague, seen=3
    )

    with pytest.raises(Stale):
        undo(theory, 3, by=owner)


def test_undo_of_an_addition_that_is_in_use_is_refused(theory, owner, colleague):
    save(theory, moving_node(identity(theory, "N5"), up=False), by=owner, seen=1)
    save(theory, adding_node(WORDS), by=owner, seen=2)
    ends = (identity(theory, "N5"), identity(theory, "N12"))
    save(theory, adding_link(ends, LinkWords(if_="a", then="b", because="c")), by=colleague, seen=3)

    with pytest.raises(CannotEdit, match="in_use"):
        undo(theory, 3, by=owner)


def test_other_ends_make_another_step_that_replaces_the_first(theory, owner):
    first = identity(theory, "S5")
    ends = (identity(theory, "N5"), identity(theory, "N9"))

    save(
        theory, relinking(first, ends, LinkWords(if_="a", then="b", because="c")), by=owner, seen=1
    )

    new = by_code(theory, "links", "S11")
    assert new["replaces"] == str(first)
    assert Link.objects.get(pk=new["id"]).replaces_id == first


@pytest.mark.parametrize(
    ("ends", "reason"), [(("N1", "N1"), "to_itself"), (("N1", "N3"), "exists")]
)
def test_a_step_that_cannot_be_is_refused_in_words(theory, owner, ends, reason):
    found = tuple(identity(theory, code) for code in ends)

    with pytest.raises(CannotEdit, match=reason):
        save(theory, adding_link(found, LinkWords()), by=owner, seen=1)


def test_what_is_gone_cannot_be_changed(theory, owner):
    with pytest.raises(CannotEdit, match="gone"):
        save(theory, changing_node(uuid4(), WORDS), by=owner, seen=1)


def test_an_assumption_that_stays_keeps_its_code(theory, owner):
    step = identity(theory, "S1")
    was = by_code(theory, "links", "S1")["assumptions"]
    texts = [was[1]["text"], "een derde"]

    words = LinkWords(if_="a", then="b", because="c", assumptions=texts)
    save(theory, changing_link(step, words), by=owner, seen=1)

    now = by_code(theory, "links", "S1")["assumptions"]
    assert now == [was[1], {"code": "A1", "text": "een derde"}]
