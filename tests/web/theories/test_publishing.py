"""Somebody else reads, and what is published is whole and stays."""

from uuid import UUID

import pytest

from biotoop.web.theories.actions.drafting import (
    adding_node,
    changing_link,
    changing_node,
    save,
)
from biotoop.web.theories.actions.publishing import (
    CannotPublish,
    Publication,
    ask_review,
    decide,
    publish,
)
from biotoop.web.theories.bridge.documents import published
from biotoop.web.theories.bridge.editing import LinkWords, NodeWords
from biotoop.web.theories.bridge.reading import difference
from biotoop.web.theories.enums import ReviewState
from biotoop.web.theories.models import Node, Theory

pytestmark = pytest.mark.django_db


def fresh(theory: Theory) -> Theory:
    return Theory.objects.select_related("programme", "draft", "latest").get(pk=theory.pk)


def read_and_publish(theory, owner, colleague, note=""):
    theory = fresh(theory)
    decide(ask_review(theory, "", by=owner), ReviewState.APPROVED, "Helder", by=colleague)
    return publish(
        theory, Publication(note=note), by=owner, seen=theory.draft.edition, language="nl"
    )


def test_a_sound_draft_that_another_read_becomes_version_one(theory, owner, colleague):
    version = read_and_publish(theory, owner, colleague, "eerste")

    assert (version.number, version.read_by_name, version.alone) == (1, "Bas", "")
    assert fresh(theory).latest == version
    assert published(version.content).title.get("nl") == theory.title
    assert Node.objects.get(theory=theory, code="N5").label == "Bewoners kennen meer buren bij naam"


def test_a_draft_that_breaks_an_invariant_is_refused_with_the_reasons(theory, owner):
    step = UUID(theory.draft.content["links"][0]["id"])
    save(theory, changing_link(step, LinkWords(if_="a", then="b", because="")), by=owner, seen=1)
    loose = NodeWords(kind="outcome", label="Bewoners lachen vaker")
    save(theory, adding_node(loose), by=owner, seen=2)

    with pytest.raises(CannotPublish) as refused:
        publish(fresh(theory), Publication(alone="x"), by=owner, seen=3, language="nl")

    assert refused.value.reason == "faults"
    assert {item.code for item in refused.value.findings} == {
        "theory.empty_because", "theory.unreachable",
    }  # fmt: skip
    assert fresh(theory).latest is None


def test_nobody_reads_their_own_draft(theory, owner):
    review = ask_review(fresh(theory), "", by=owner)

    with pytest.raises(CannotPublish, match="own_draft"):
        decide(review, ReviewState.APPROVED, "", by=owner)


def test_an_approval_holds_for_that_text_only(theory, owner, colleague):
    decide(ask_review(fresh(theory), "", by=owner), ReviewState.APPROVED, "", by=colleague)
    node = UUID(theory.draft.content["nodes"][0]["id"])
    words = NodeWords(kind="intervention", label="Opbouwwerker staat elke dag bij de school")
    save(theory, changing_node(node, words), by=owner, seen=1)

    with pytest.raises(CannotPublish, match="not_read"):
        publish(fresh(theory), Publication(), by=owner, seen=2, language="nl")


def test_publishing_alone_needs_a_reason_that_stays_to_be_read(theory, owner):
    version = publish(
        fresh(theory), Publication(alone="niemand anders beschikbaar"), by=owner, seen=1,
        language="nl",
    )  # fmt: skip

    assert version.alone == "niemand anders beschikbaar"


def test_a_draft_that_changed_since_it_was_shown_is_not_published(theory, owner):
    with pytest.raises(CannotPublish, match="changed"):
        publish(fresh(theory), Publication(alone="x"), by=owner, seen=7, language="nl")


def test_the_same_text_is_not_published_twice(theory, owner, colleague):
    read_and_publish(theory, owner, colleague)

    with pytest.raises(CannotPublish, match="nothing_new"):
        read_and_publish(theory, owner, colleague)


def test_the_difference_between_two_versions_reads_word_by_word(theory, owner, colleague):
    first = read_and_publish(theory, owner, colleague)
    node = UUID(theory.draft.content["nodes"][4]["id"])
    words = NodeWords(kind="outcome", label="Bewoners kennen veel meer buren bij naam")
    save(theory, changing_node(node, words), by=owner, seen=1)
    second = read_and_publish(theory, owner, colleague)

    told = difference(published(first.content), published(second.content), "nl")

    assert [(item.happened, item.code) for item in told.items] == [("changed", "N5")]
    pieces = told.items[0].changes[0].pieces
    assert "".join(p.text for p in pieces if p.mark == "added").strip() == "veel"
    assert len(told.sentences) == 1
