"""Versions of a theory: what was added, changed, dropped or joined otherwise between two of them.

Nodes and links are followed by their identity (UUID), so that a new code or another order is no
change of meaning. The sentences for readers stand in ``telling``.
"""

from collections.abc import Iterator, Mapping
from typing import TypeVar
from uuid import UUID

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.facets import Facets, link_facets, node_facets, theory_facets
from biotoop.engine.theory.model import Link, Node, TheoryOfChange

Item = TypeVar("Item", Node, Link)


class ChangedAfterPublishing(EngineError):
    """A published version is no longer what was published. Parameters: version."""

    code = "theory.changed_after_publishing"


@attrs.frozen(kw_only=True)
class Change:
    """One part of a node, link or theory that reads otherwise.

    Attributes
    ----------
    part
        What changed: "label", "kind", "if", "then", "because", "assumption", "canvas" and so on;
        the words on screen stand in the catalogue under ``theory.diff.part``.
    item
        Code of the assumption or rival, or name of the canvas field; None for other parts.
    old, new
        The text before and after; None when there was, or is, nothing.
    """

    part: str
    item: str | None = None
    old: Text | None
    new: Text | None


@attrs.frozen(kw_only=True)
class ChangedNode:
    """A node that stayed but reads otherwise."""

    old: Node
    new: Node
    changes: tuple[Change, ...]


@attrs.frozen(kw_only=True)
class ChangedLink:
    """A link that stayed, between the same nodes, but reads otherwise."""

    old: Link
    new: Link
    changes: tuple[Change, ...]


@attrs.frozen(kw_only=True)
class Relinked:
    """A link that took the place of another one: its ends changed.

    Attributes
    ----------
    old, new
        The link before and after.
    changes
        What else reads otherwise.
    kept_id
        True when the ends changed under the same identity. That should have been a new link with
        ``replaces``, because evidence on the old step says nothing about the new one.
    """

    old: Link
    new: Link
    changes: tuple[Change, ...]
    kept_id: bool


@attrs.frozen(kw_only=True)
class TheoryDiff:
    """What changed between two versions; each list is in document order.

    Attributes
    ----------
    old, new
        The two versions.
    changes
        Changes of the theory itself: title, programme, place, canvas.
    added_nodes, dropped_nodes, changed_nodes
        Nodes that came, went or read otherwise.
    added_links, dropped_links, changed_links, relinked
        Links that came, went, read otherwise or took the place of another.
    """

    old: TheoryOfChange
    new: TheoryOfChange
    changes: tuple[Change, ...]
    added_nodes: tuple[Node, ...]
    dropped_nodes: tuple[Node, ...]
    changed_nodes: tuple[ChangedNode, ...]
    added_links: tuple[Link, ...]
    dropped_links: tuple[Link, ...]
    changed_links: tuple[ChangedLink, ...]
    relinked: tuple[Relinked, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed that a reader would notice."""
        parts = (
            self.changes, self.added_nodes, self.dropped_nodes, self.changed_nodes,
            self.added_links, self.dropped_links, self.changed_links, self.relinked,
        )  # fmt: skip
        return not any(parts)


def diff(old: TheoryOfChange, new: TheoryOfChange) -> TheoryDiff:
    """Find what changed from one version of a theory to the next."""
    old_nodes, new_nodes = _by_id(old.nodes), _by_id(new.nodes)
    old_links, new_links = _by_id(old.links), _by_id(new.links)
    relinked = tuple(_relinked(old, new))
    moved_old = {item.old.id for item in relinked}
    moved_new = {item.new.id for item in relinked}
    return TheoryDiff(
        old=old,
        new=new,
        changes=_changes(theory_facets(old), theory_facets(new)),
        added_nodes=tuple(n for n in new.nodes if n.id not in old_nodes),
        dropped_nodes=tuple(n for n in old.nodes if n.id not in new_nodes),
        changed_nodes=tuple(_changed_nodes(old_nodes, new.nodes)),
        added_links=tuple(
            link for link in new.links if link.id not in old_links and link.id not in moved_new
        ),
        dropped_links=tuple(
            link for link in old.links if link.id not in new_links and link.id not in moved_old
        ),
        changed_links=tuple(
            item for item in _changed_links(old_links, new.links) if item.old.id not in moved_old
        ),
        relinked=relinked,
    )


def _by_id(items: tuple[Item, ...]) -> dict[UUID, Item]:
    return {item.id: item for item in items}


def _changes(old: Facets, new: Facets) -> tuple[Change, ...]:
    keys = dict.fromkeys((*new, *old))
    return tuple(
        Change(part=part, item=None if part == "condition" else item, old=before, new=after)
        for part, item in keys
        if (before := old.get((part, item))) != (after := new.get((part, item)))
    )


def _changed_nodes(old: Mapping[UUID, Node], new: tuple[Node, ...]) -> Iterator[ChangedNode]:
    for node in new:
        before = old.get(node.id)
        changes = () if before is None else _changes(node_facets(before), node_facets(node))
        if before is not None and changes:
            yield ChangedNode(old=before, new=node, changes=changes)


def _changed_links(old: Mapping[UUID, Link], new: tuple[Link, ...]) -> Iterator[ChangedLink]:
    for link in new:
        before = old.get(link.id)
        changes = () if before is None else _changes(link_facets(before), link_facets(link))
        if before is not None and changes:
            yield ChangedLink(old=before, new=link, changes=changes)


def _relinked(old: TheoryOfChange, new: TheoryOfChange) -> Iterator[Relinked]:
    """Give new links in the place of old ones: by ``replaces``, or by other ends."""
    before = _by_id(old.links)
    kept = _by_id(new.links)
    for link in new.links:
        same = before.get(link.id)
        if same is not None and _ends(same, old) != _ends(link, new):
            yield _relink(same, link, kept_id=True)
        elif same is None and link.replaces in before and link.replaces not in kept:
            yield _relink(before[link.replaces], link, kept_id=False)


def _relink(old: Link, new: Link, *, kept_id: bool) -> Relinked:
    changes = _changes(link_facets(old), link_facets(new))
    changes = tuple(change for change in changes if change.part != "code")
    return Relinked(old=old, new=new, changes=changes, kept_id=kept_id)


def _ends(link: Link, theory: TheoryOfChange) -> tuple[UUID | str, UUID | str]:
    """Give the ends by identity of the nodes, so that a new code is no new end."""
    ids: dict[str, UUID] = {node.code: node.id for node in theory.nodes}
    return ids.get(link.from_, link.from_), ids.get(link.to, link.to)


def version_hash(theory: TheoryOfChange) -> str:
    """Hash the whole content of a version, so that a published one can be held to its word."""
    return content_hash(to_plain(theory))


def hold_to_published(theory: TheoryOfChange, published_hash: str) -> None:
    """Make sure that a published version is still what was published.

    Parameters
    ----------
    theory
        The version as it is now.
    published_hash
        Its ``version_hash`` at the time of publishing.

    Raises
    ------
    ChangedAfterPublishing
        The content differs.
    """
    if version_hash(theory) != published_hash:
        raise ChangedAfterPublishing(version=theory.version)
