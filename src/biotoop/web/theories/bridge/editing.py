"""Changes to the content of a draft: pure, on plain data; what is wrong is refused in words."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any
from uuid import UUID

import attrs

from biotoop.engine.core.convert import from_plain
from biotoop.engine.theory.model import Horizon, Link, LinkKind, Node, NodeKind
from biotoop.web.theories.bridge.documents import EMPTY, Plain, pruned

KINDS = tuple(str(kind) for kind in NodeKind)
LINK_KINDS = tuple(str(kind) for kind in LinkKind)
HORIZONS = tuple(str(horizon) for horizon in Horizon)
_DELIVERY = ("reach", "dose")


class CannotEdit(Exception):
    """A change that does not fit the draft; ``reason`` names the sentence."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@attrs.frozen(kw_only=True)
class Amounts:
    """What was planned and delivered, with its unit."""

    planned: float | None = None
    delivered: float | None = None
    unit: str = ""


@attrs.frozen(kw_only=True)
class NodeWords:
    """Everything that people write about a node."""

    kind: str
    label: str
    whose: str = ""
    policy_goal: str = ""
    reach: Amounts = Amounts()
    dose: Amounts = Amounts()
    quality: str = ""
    as_intended: bool | None = None


@attrs.frozen(kw_only=True)
class LinkWords:
    """Everything that people write about a step."""

    kind: str = "cause"
    if_: str = ""
    then: str = ""
    because: str = ""
    assumptions: Sequence[str] = ()
    rivals: Sequence[str] = ()
    conditions: Sequence[str] = ()
    horizon: str = ""


def copied(content: Mapping[str, Any]) -> Plain:
    """Give a copy to change, with every part that a draft has."""
    return {**deepcopy(EMPTY), **deepcopy(dict(content))}


def place_of(content: Plain, part: str, identity: UUID) -> int:
    """Find a node or link by its identity."""
    for place, item in enumerate(content[part]):
        if item["id"] == str(identity):
            return place
    raise CannotEdit("gone")


def item_of(content: Mapping[str, Any], identity: UUID) -> Plain | None:
    """Give a node or link as it stands in a draft; None when it is not there."""
    for part in ("nodes", "links"):
        for item in content.get(part, ()):
            if item["id"] == str(identity):
                found: Plain = item
                return found
    return None


def add_node(content: Plain, words: NodeWords, *, node_id: UUID, code: str) -> Plain:
    """Add a node at the end of its column."""
    made = copied(content)
    made["nodes"].append(_node(words, {"id": str(node_id), "code": code}))
    return made


def change_node(content: Plain, node_id: UUID, words: NodeWords) -> Plain:
    """Write a node anew."""
    made = copied(content)
    place = place_of(made, "nodes", node_id)
    was = made["nodes"][place]
    made["nodes"][place] = _node(words, {"id": was["id"], "code": was["code"]})
    return made


def drop_node(content: Plain, node_id: UUID) -> Plain:
    """Take out a node, and the steps that touch it."""
    made = copied(content)
    gone = made["nodes"].pop(place_of(made, "nodes", node_id))
    made["links"] = [
        link for link in made["links"] if gone["code"] not in (link["from"], link["to"])
    ]
    return made


def move_node(content: Plain, node_id: UUID, *, up: bool) -> Plain:
    """Move a node one place up or down within its column."""
    made = copied(content)
    nodes = made["nodes"]
    place = place_of(made, "nodes", node_id)
    kind = nodes[place]["kind"]
    column = [index for index, node in enumerate(nodes) if node["kind"] == kind]
    there = column.index(place) + (-1 if up else 1)
    if not 0 <= there < len(column):
        raise CannotEdit("at_the_end")
    other = column[there]
    nodes[place], nodes[other] = nodes[other], nodes[place]
    return made


def add_link(
    content: Plain, ends: tuple[UUID, UUID], words: LinkWords, *, link_id: UUID, code: str,
    replaces: UUID | None = None,
) -> Plain:  # fmt: skip
    """Add a step between two nodes."""
    made = copied(content)
    start, end = (made["nodes"][place_of(made, "nodes", node)]["code"] for node in ends)
    if start == end:
        raise CannotEdit("to_itself")
    if any((link["from"], link["to"]) == (start, end) for link in made["links"]):
        raise CannotEdit("exists")
    head = {"id": str(link_id), "code": code, "from": start, "to": end}
    if replaces is not None:
        head["replaces"] = str(replaces)
    made["links"].append(_link(words, head))
    return made


def change_link(content: Plain, link_id: UUID, words: LinkWords) -> Plain:
    """Write the words of a step anew; its ends stay."""
    made = copied(content)
    place = place_of(made, "links", link_id)
    was = made["links"][place]
    head = {key: was[key] for key in ("id", "code", "from", "to", "replaces") if key in was}
    made["links"][place] = _link(words, head, was)
    return made


def drop_link(content: Plain, link_id: UUID) -> Plain:
    """Take out a step."""
    made = copied(content)
    made["links"].pop(place_of(made, "links", link_id))
    return made


def set_canvas(content: Plain, fields: Mapping[str, str]) -> Plain:
    """Write the canvas anew; a field without words is left out."""
    made = copied(content)
    made["canvas"] = {name: text.strip() for name, text in fields.items() if text.strip()}
    return made


def put_back(content: Plain, item: Plain, part: str) -> Plain:
    """Put a node or link as it was at an earlier time in the place of what is there now."""
    made = copied(content)
    known = {node["code"] for node in made["nodes"]}
    if part == "links" and not {item["from"], item["to"]} <= known:
        raise CannotEdit("ends_gone")
    for place, now in enumerate(made[part]):
        if now["id"] == item["id"]:
            made[part][place] = item
            return made
    made[part].append(item)
    return made


def recoded(
    content: Mapping[str, Any], node_code: Callable[[], str], link_code: Callable[[], str]
) -> Plain:
    """Give nodes and steps other codes, and let the steps follow."""
    made = copied(content)
    names = {node["code"]: node_code() for node in made["nodes"]}
    for node in made["nodes"]:
        node["code"] = names[node["code"]]
    for link in made["links"]:
        ends = {key: names[link[key]] for key in ("from", "to")}
        link.update(ends, code=link_code())
    return made


def _node(words: NodeWords, head: Plain) -> Plain:
    plain = {
        **head,
        "kind": words.kind,
        "label": words.label.strip(),
        "whose": words.whose.strip() or None,
        "policy_goal": words.policy_goal.strip() or None,
        "delivery": _delivery(words) if words.kind == NodeKind.INTERVENTION else None,
    }
    kept: Plain = pruned(plain)
    from_plain(kept, Node)
    return kept


def _delivery(words: NodeWords) -> Plain | None:
    amounts = {name: _amount(getattr(words, name)) for name in _DELIVERY}
    whole = {
        **amounts,
        "quality": words.quality.strip() or None,
        "as_intended": words.as_intended,
    }
    found: Plain = pruned(whole)
    return found or None


def _amount(amounts: Amounts) -> Plain | None:
    plain = {
        "planned": amounts.planned,
        "delivered": amounts.delivered,
        "unit": amounts.unit.strip() or None,
    }
    found: Plain = pruned(plain)
    return found or None


def _link(words: LinkWords, head: Plain, was: Mapping[str, Any] | None = None) -> Plain:
    was = was or {}
    plain = {
        **head,
        "kind": words.kind,
        "if": words.if_.strip(),
        "then": words.then.strip(),
        "because": words.because.strip(),
        "assumptions": _coded(words.assumptions, "A", was.get("assumptions", [])),
        "rivals": _coded(words.rivals, "R", was.get("rivals", [])),
        "conditions": [text.strip() for text in words.conditions if text.strip()],
        "horizon": words.horizon or None,
    }
    kept: Plain = pruned(plain)
    from_plain(kept, Link)
    return kept


def _coded(texts: Sequence[str], letter: str, was: Sequence[Plain]) -> list[Plain]:
    """Give items their codes: a text that stays keeps its own, a new one gets the next number."""
    codes = {item["text"]: item["code"] for item in was if isinstance(item["text"], str)}
    texts = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
    taken = {codes[text] for text in texts if text in codes}
    number, made = 0, []
    for text in texts:
        code = codes.get(text)
        while code is None:
            number += 1
            code = f"{letter}{number}" if f"{letter}{number}" not in taken else None
        taken.add(code)
        made.append({"code": code, "text": text})
    return made
