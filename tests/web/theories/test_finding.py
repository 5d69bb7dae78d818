"""Search finds what was published, for who may read it; drafts stay out of it."""

import pytest

from biotoop.web.organisations.queries import reader_of
from biotoop.web.shared.actions.finding import find
from biotoop.web.theories.actions.drafting import adding_node, save
from biotoop.web.theories.actions.publishing import Publication, publish
from biotoop.web.theories.bridge.editing import NodeWords
from biotoop.web.theories.models import Theory

pytestmark = pytest.mark.django_db


def titles(user, words: str) -> list[str]:
    return [entry.title for entry in find(reader_of(user), words)]


def test_words_of_a_version_are_found_and_those_of_a_draft_are_not(theory, owner, stranger):
    fresh = Theory.objects.select_related("programme", "draft", "latest").get(pk=theory.pk)
    publish(fresh, Publication(alone="proef"), by=owner, seen=1, language="nl")
    save(theory, adding_node(NodeWords(kind="outcome", label="Zeldzaamwoord")), by=owner, seen=1)

    assert titles(owner, "opbouwwerker") == [theory.title]
    assert titles(owner, "zeldzaamwoord") == []
    assert titles(stranger, "opbouwwerker") == []
