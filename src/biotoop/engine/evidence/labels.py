"""Words of the catalogue in both languages, to travel inside other sentences and into findings."""

from enum import StrEnum
from functools import cache

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.texts import Text


def in_both(said: Note) -> Text:
    """Say a note in Dutch and in English."""
    return Text(nl=said.text("nl"), en=said.text("en"))


@cache
def phrase(code: str) -> Text:
    """Give a word or phrase of the catalogue that has no places to fill in."""
    return in_both(note(code))


def word_of(group: str, value: StrEnum) -> Text:
    """Give the word for an enum value: ``word_of("evidence.method", method)``."""
    return phrase(f"{group}.{value.value}")
