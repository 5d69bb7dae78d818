"""Which evidence asks for another judgement after a theory changed."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from uuid import UUID

import attrs

from biotoop.engine.core.ids import still_says
from biotoop.engine.theory.model import Link, Node, TheoryOfChange
from biotoop.engine.theory.versions import TheoryDiff


class ReviewReason(StrEnum):
    """Why evidence asks for another judgement."""

    TEXT_CHANGED = "text_changed"
    REPLACED = "replaced"
    DROPPED = "dropped"


@attrs.frozen(kw_only=True)
class Review:
    """Evidence on one node or link that judged other words than those of the new version.

    Attributes
    ----------
    id, code
        Identity and code of the target; the code as in the new version, where it is still there.
    reason
        Why: the text changed, another link took its place, or it was dropped.
    judged
        Hashes that evidence judged and that no longer fit, in sorted order.
    now
        Hash of the words as they are now; None when the target was replaced or dropped.
    successor
        Code of the link that took its place; None otherwise.
    """

    id: UUID
    code: str
    reason: ReviewReason
    judged: tuple[str, ...]
    now: str | None = None
    successor: str | None = None


def evidence_to_review(
    found: TheoryDiff, hashes: Mapping[UUID, Collection[str]]
) -> tuple[Review, ...]:
    """Find the targets whose evidence judged other words than those of the new version.

    Parameters
    ----------
    found
        The difference between the version that was judged and the new one.
    hashes
        For each node or link with evidence, by identity: the text hashes that its evidence judged
        (``Node.text_hash``, ``Link.text_hash``).

    Returns
    -------
    tuple of Review
        In document order of the new version, then of the old one.

    Raises
    ------
    KeyError
        A target exists in neither version.
    """
    now, was = _targets(found.new), _targets(found.old)
    for target in hashes:
        if target not in now and target not in was:
            raise KeyError(target)
    moved = {item.old.id: item.new.code for item in found.relinked}
    every = dict.fromkeys((*now, *was))
    reviews = (
        _review(was.get(key), now.get(key), moved.get(key), tuple(sorted(hashes[key])))
        for key in every
        if hashes.get(key)
    )
    return tuple(review for review in reviews if review is not None)


def _targets(theory: TheoryOfChange) -> dict[UUID, Node | Link]:
    found: dict[UUID, Node | Link] = {node.id: node for node in theory.nodes}
    found.update({link.id: link for link in theory.links})
    return found


def _review(
    was: Node | Link | None,
    now: Node | Link | None,
    successor: str | None,
    judged: tuple[str, ...],
) -> Review | None:
    target = now or was
    if target is None:
        return None
    reason, text_hash = ReviewReason.DROPPED, None
    if successor is not None:
        reason = ReviewReason.REPLACED
    elif now is not None:
        reason, text_hash = ReviewReason.TEXT_CHANGED, now.text_hash
        judged = tuple(item for item in judged if not still_says(item, now.text_hash))
    if not judged:
        return None
    return Review(
        id=target.id, code=target.code, reason=reason, judged=judged, now=text_hash,
        successor=successor,
    )  # fmt: skip
