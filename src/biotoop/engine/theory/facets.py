"""The parts of a node, link or theory that a reader compares between versions, all as texts."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from biotoop.engine.core.formats import number
from biotoop.engine.core.messages import Language, word
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import Amount, Delivery, Link, Node, TheoryOfChange

Facets = Mapping[tuple[str, str | None], Text]
"""Text by part and item; the item tells several of one part apart."""


def node_facets(node: Node) -> Facets:
    """Give what a reader sees of a node."""
    found: dict[tuple[str, str | None], Text | None] = {
        ("code", None): Text.of(node.code),
        ("kind", None): _named("theory.kind", node.kind),
        ("label", None): node.label,
        ("whose", None): node.whose,
        ("policy_goal", None): node.policy_goal,
    }
    for part, text in _of_delivery(node.delivery or Delivery()):
        found[part, None] = text
    return {key: text for key, text in found.items() if text is not None}


def link_facets(link: Link) -> Facets:
    """Give what a reader sees of a link, its ends apart."""
    found: dict[tuple[str, str | None], Text | None] = {
        ("code", None): Text.of(link.code),
        ("link_kind", None): _named("theory.link_kind", link.kind),
        ("if", None): link.if_,
        ("then", None): link.then,
        ("because", None): link.because,
        ("horizon", None): _named("theory.horizon", link.horizon) if link.horizon else None,
    }
    found |= {("assumption", item.code): item.text for item in link.assumptions}
    found |= {("rival", item.code): item.text for item in link.rivals}
    found |= {("condition", str(text)): text for text in link.conditions}
    return {key: text for key, text in found.items() if text is not None}


def theory_facets(theory: TheoryOfChange) -> Facets:
    """Give what a reader sees of a theory beside its nodes and links."""
    found: dict[tuple[str, str | None], Text | None] = {
        ("title", None): theory.title,
        ("programme", None): theory.programme,
        ("place", None): theory.place,
        ("invented", None): _named("theory.yes_no", "yes") if theory.invented else None,
    }
    found |= {("canvas", name): text for name, text in theory.canvas.items()}
    return {key: text for key, text in found.items() if text is not None}


def _named(group: str, value: StrEnum | str) -> Text:
    return Text(nl=word(group, value, "nl"), en=word(group, value, "en"))


def _of_delivery(delivery: Delivery) -> Iterator[tuple[str, Text | None]]:
    for part, amount in (("reach", delivery.reach), ("dose", delivery.dose)):
        given = amount or Amount()
        yield f"{part}_planned", _amount(given.planned, given.unit)
        yield f"{part}_delivered", _amount(given.delivered, given.unit)
    yield "quality", delivery.quality
    known = delivery.as_intended
    yield (
        "as_intended",
        None if known is None else _named("theory.yes_no", "yes" if known else "no"),
    )


def _amount(value: float | None, unit: Text | None) -> Text | None:
    if value is None:
        return None

    def said(language: Language) -> str:
        return f"{number(value, language)} {unit.get(language) if unit else ''}".strip()

    return Text(nl=said("nl"), en=said("en"))
