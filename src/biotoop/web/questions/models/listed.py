"""Several words of one kind in one column, so that every database can look for one of them."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise


def listed(words: Iterable[str]) -> str:
    """Write words as one text, each between commas."""
    found = sorted(set(words))
    return f",{','.join(found)}," if found else ""


def words_in(text: str) -> list[str]:
    """Read the words back."""
    return [word for word in text.split(",") if word]


def labels(text: str, kind: type[models.TextChoices]) -> list[str | Promise]:
    """Give the words as people read them."""
    known = dict(kind.choices)
    return [known[word] for word in words_in(text) if word in known]
