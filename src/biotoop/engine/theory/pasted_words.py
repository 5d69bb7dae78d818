"""The words above columns and for kinds that a pasted text may use."""

import tomllib
from functools import cache
from importlib import resources

from biotoop.engine.theory.model import Horizon, LinkKind, NodeKind


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    file = resources.files("biotoop.engine.theory") / "pasted_words.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _meanings(group: str) -> dict[str, str]:
    return {said: name for name, words in _data()[group].items() for said in words}


def folded(text: str) -> str:
    """Make a text comparable: one kind of space, no capitals, no full stop at the end."""
    return " ".join(text.split()).casefold().strip(" .:;,*")


def column_of(header: str) -> str | None:
    """Tell which column a header names; None when it is not known."""
    return _meanings("columns").get(folded(header))


def kind_of(said: str) -> NodeKind | None:
    """Tell which kind of node a word names; None when it is not known."""
    found = _meanings("kinds").get(folded(said))
    return None if found is None else NodeKind(found)


def link_kind_of(said: str) -> LinkKind | None:
    """Tell which kind of link a word names; None when it is not known."""
    found = _meanings("links").get(folded(said))
    return None if found is None else LinkKind(found)


def horizon_of(said: str) -> Horizon | None:
    """Tell which horizon a text names, also inside "3 tot 6 maanden"; None when it is not known."""
    named = _meanings("horizons")
    found = {named[word] for word in folded(said).split() if word in named}
    return Horizon(found.pop()) if len(found) == 1 else None
