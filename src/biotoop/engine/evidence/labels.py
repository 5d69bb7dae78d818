"""The word of the catalogue for an enum value, to travel inside other sentences."""

from enum import StrEnum

from biotoop.engine.core.messages import Note


def word_of(group: str, value: StrEnum) -> Note:
    """Give the word for an enum value: ``word_of("evidence.method", method)``."""
    return Note(code=f"{group}.{value.value}")
