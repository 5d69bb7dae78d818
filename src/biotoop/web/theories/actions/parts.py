"""The identity of nodes and steps: a code is given out once in a theory, and never again."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from biotoop.web.theories.bridge.documents import Plain
from biotoop.web.theories.models import Link, Node, Theory


class PartsClash(Exception):
    """Nodes or steps carry an identity or a code that belongs to another."""

    def __init__(self, clashes: list[tuple[str, str]]) -> None:
        self.clashes = clashes
        super().__init__(str(clashes))


class Codes:
    """The next free codes of a theory, counting what was ever given out."""

    def __init__(self, theory: Theory) -> None:
        self.theory = theory
        self.taken: set[str] | None = None

    def node(self) -> str:
        return self.next("N")

    def link(self) -> str:
        return self.next("S")

    def next(self, letter: str) -> str:
        if self.taken is None:
            self.taken = {*codes_of(self.theory.nodes.all()), *codes_of(self.theory.links.all())}
        number = 1
        while f"{letter}{number}" in self.taken:
            number += 1
        self.taken.add(f"{letter}{number}")
        return f"{letter}{number}"


def codes_of(rows: QuerySet[Any]) -> QuerySet[Any, str]:
    """Give the codes of parts."""
    return rows.values_list("code", flat=True)


def keep_parts(theory: Theory, content: Plain) -> None:
    """Keep a row for every node and step of a draft.

    Raises
    ------
    PartsClash
        A part has the identity of a part of another theory, or the code of another part.
    """
    nodes = {UUID(item["id"]): item for item in content.get("nodes", ())}
    links = {UUID(item["id"]): item for item in content.get("links", ())}
    known_nodes, known_links = parts_of(theory.nodes.all()), parts_of(theory.links.all())
    new_nodes = {key: item for key, item in nodes.items() if key not in known_nodes}
    new_links = {key: item for key, item in links.items() if key not in known_links}
    codes = {code: key for key, code in (*known_nodes.items(), *known_links.items())}
    clashes = [
        ("code", item["code"])
        for key, item in (*nodes.items(), *links.items())
        if codes.get(item["code"], key) != key
    ]
    known = {**known_nodes, **known_links}
    clashes += [
        ("renamed", f"{known[key]} > {item['code']}")
        for key, item in (*nodes.items(), *links.items())
        if known.get(key, item["code"]) != item["code"] and item["code"] not in codes
    ]
    clashes += elsewhere([*new_nodes, *new_links])
    if clashes:
        raise PartsClash(clashes)
    Node.objects.bulk_create(
        Node(id=key, theory=theory, code=item["code"]) for key, item in new_nodes.items()
    )
    Link.objects.bulk_create(
        Link(id=key, theory=theory, code=item["code"], replaces_id=replaced(item, known_links))
        for key, item in new_links.items()
    )


def parts_of(rows: QuerySet[Any]) -> dict[UUID, str]:
    """Give the codes of parts by identity."""
    return dict(rows.values_list("pk", "code"))


def replaced(item: Plain, known: dict[UUID, str]) -> UUID | None:
    """Give the step that a new one replaces, if that is one of the same theory."""
    earlier = UUID(item["replaces"]) if item.get("replaces") else None
    return earlier if earlier in known else None


def elsewhere(new: list[UUID]) -> list[tuple[str, str]]:
    """Find identities that are taken by parts of other theories, or of the other kind."""
    found: list[tuple[str, str]] = []
    for model in (Node, Link):
        rows = model.objects.filter(pk__in=new).values_list("code", flat=True)
        found += [("elsewhere", code) for code in rows]
    return found
