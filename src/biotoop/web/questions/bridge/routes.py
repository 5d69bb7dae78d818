"""How much rests on each step: the ways from what is done to what people should notice."""

from collections.abc import Mapping
from typing import Any

from biotoop.engine.theory.model import LinkKind
from biotoop.engine.valuation.agenda import routes_by_link
from biotoop.web.theories.bridge.documents import published


def routes_of(content: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Give the codes of the steps with the number of ways through them, the most first."""
    theory = published(content)
    ways = routes_by_link(theory)
    steps = [link.code for link in theory.links if link.kind is not LinkKind.FEEDBACK]
    return sorted(((code, ways[code]) for code in steps), key=lambda pair: -pair[1])
