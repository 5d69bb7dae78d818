"""Write the draft together: each change is one edition, and nobody's words get lost."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import attrs
from django.db import transaction
from django.utils.timezone import now

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.audit import record
from biotoop.web.theories.actions.parts import Codes, keep_parts
from biotoop.web.theories.actions.theories import PURPOSE
from biotoop.web.theories.bridge import editing
from biotoop.web.theories.bridge.documents import Plain
from biotoop.web.theories.enums import Act
from biotoop.web.theories.models import Draft, DraftEdition, Theory

CANVAS = "canvas"
Change = Callable[[Plain, Codes], Plain]
Items = dict[str, Plain]


class Stale(Exception):
    """Somebody else changed the same thing since it was shown; both texts are here."""

    def __init__(self, *, item: UUID | None, theirs: Plain | None, draft: Draft) -> None:
        self.item, self.theirs, self.draft = item, theirs, draft
        super().__init__("the draft was changed by somebody else")


@attrs.frozen(kw_only=True)
class Edit:
    """A change to a draft: what it does, and which node, step or canvas it rewrites."""

    act: Act
    change: Change
    item: UUID | None = None
    rewrites: tuple[str, ...] = ()


@transaction.atomic
def save(theory: Theory, edit: Edit, *, by: User, seen: int) -> Draft:
    """Make a change in the draft that the person saw.

    Changes by others in other places are no hindrance; whoever rewrites what another rewrote
    since is refused, with both texts.

    Raises
    ------
    Stale
        The same node, step or canvas was changed since the edition that was seen.
    CannotEdit
        The change does not fit the draft as it is now.
    """
    draft = Draft.objects.select_for_update().get(theory=theory)
    if seen != draft.edition:
        refuse_overwriting(draft, edit, seen)
    content = edit.change(editing.copied(draft.content), Codes(theory))
    return write(draft, theory, content, edit, by)


def refuse_overwriting(draft: Draft, edit: Edit, seen: int) -> None:
    """Find out whether what is rewritten is still as the person saw it."""
    before = draft.editions.filter(edition=seen).first()
    then = items_of(before.content if before else {})
    there = items_of(draft.content)
    for key in edit.rewrites:
        if before is None or then.get(key) != there.get(key):
            item = None if key == CANVAS else UUID(key)
            raise Stale(item=item, theirs=there.get(key), draft=draft)


def items_of(content: Mapping[str, Any]) -> Items:
    """Give nodes and steps by identity, and the canvas."""
    parts = (*content.get("nodes", ()), *content.get("links", ()))
    return {**{item["id"]: item for item in parts}, CANVAS: content.get("canvas", {})}


def write(draft: Draft, theory: Theory, content: Plain, edit: Edit, by: User) -> Draft:
    """Store the draft as its next edition."""
    keep_parts(theory, content)
    draft.content, draft.edition, draft.changed_by = content, draft.edition + 1, by.pk
    draft.save()
    DraftEdition.objects.create(
        draft=draft, edition=draft.edition, content=content, act=edit.act, item=edit.item,
        by=by.pk, at=now(),
    )  # fmt: skip
    record(
        action=f"theory_{edit.act}", purpose=PURPOSE, actor=by.pk,
        object_kind="theory", object_id=theory.pk,
    )  # fmt: skip
    return draft


@transaction.atomic
def undo(theory: Theory, edition: int, *, by: User) -> Draft:
    """Take one edition back, also when others went on since, as long as they left it alone.

    Raises
    ------
    Stale
        What was changed then was changed again since.
    CannotEdit
        That edition is not kept, or what it added is in use now.
    """
    draft = Draft.objects.select_for_update().get(theory=theory)
    kept = {row.edition: row for row in draft.editions.filter(edition__in=(edition - 1, edition))}
    if len(kept) < 2:
        raise editing.CannotEdit("not_kept")
    before, after = kept[edition - 1].content, kept[edition].content
    edit = Edit(act=Act.UNDONE, change=lambda content, _: content, item=kept[edition].item)
    if edition == draft.edition:
        return write(draft, theory, before, edit, by)
    return write(draft, theory, taken_back(draft, before, after), edit, by)


def taken_back(draft: Draft, before: Plain, after: Plain) -> Plain:
    """Turn back what one edition changed, in the draft as it is now."""
    was, became, there = items_of(before), items_of(after), items_of(draft.content)
    content = editing.copied(draft.content)
    keys = [key for key in {**was, **became} if was.get(key) != became.get(key)]
    if not keys:
        raise editing.CannotEdit("only_order")
    for key in sorted(keys, key=lambda key: "from" in (was.get(key) or became.get(key) or {})):
        if there.get(key) != became.get(key):
            item = None if key == CANVAS else UUID(key)
            raise Stale(item=item, theirs=there.get(key), draft=draft)
        content = restored(content, key, was.get(key))
    return content


def restored(content: Plain, key: str, was: Plain | None) -> Plain:
    """Put one thing as it was: there with its old words, or not there."""
    if key == CANVAS:
        return {**content, CANVAS: was or {}}
    if was is not None:
        return editing.put_back(content, was, "links" if "from" in was else "nodes")
    identity = UUID(key)
    item = editing.item_of(content, identity) or {}
    if "from" in item:
        return editing.drop_link(content, identity)
    if any(item["code"] in (link["from"], link["to"]) for link in content["links"]):
        raise editing.CannotEdit("in_use")
    return editing.drop_node(content, identity)


def adding_node(words: editing.NodeWords) -> Edit:
    """Add a node."""
    made = uuid4()

    def change(content: Plain, codes: Codes) -> Plain:
        return editing.add_node(content, words, node_id=made, code=codes.node())

    return Edit(act=Act.NODE_ADDED, change=change, item=made)


def changing_node(node: UUID, words: editing.NodeWords) -> Edit:
    """Write a node anew."""
    return Edit(
        act=Act.NODE_CHANGED, item=node, rewrites=(str(node),),
        change=lambda content, _: editing.change_node(content, node, words),
    )  # fmt: skip


def moving_node(node: UUID, *, up: bool) -> Edit:
    """Move a node within its column."""
    return Edit(
        act=Act.NODE_MOVED, item=node,
        change=lambda content, _: editing.move_node(content, node, up=up),
    )  # fmt: skip


def dropping_node(node: UUID) -> Edit:
    """Take a node out, with the steps that touch it."""
    return Edit(
        act=Act.NODE_DROPPED, item=node, rewrites=(str(node),),
        change=lambda content, _: editing.drop_node(content, node),
    )  # fmt: skip


def adding_link(ends: tuple[UUID, UUID], words: editing.LinkWords) -> Edit:
    """Add a step between two nodes."""
    made = uuid4()

    def change(content: Plain, codes: Codes) -> Plain:
        return editing.add_link(content, ends, words, link_id=made, code=codes.link())

    return Edit(act=Act.LINK_ADDED, change=change, item=made)


def changing_link(link: UUID, words: editing.LinkWords) -> Edit:
    """Write a step anew; its ends stay."""
    return Edit(
        act=Act.LINK_CHANGED, item=link, rewrites=(str(link),),
        change=lambda content, _: editing.change_link(content, link, words),
    )  # fmt: skip


def relinking(link: UUID, ends: tuple[UUID, UUID], words: editing.LinkWords) -> Edit:
    """Give a step other ends: that is another step, which takes its place."""
    made = uuid4()

    def change(content: Plain, codes: Codes) -> Plain:
        without = editing.drop_link(content, link)
        return editing.add_link(
            without, ends, words, link_id=made, code=codes.link(), replaces=link
        )

    return Edit(act=Act.LINK_CHANGED, change=change, item=made, rewrites=(str(link),))


def dropping_link(link: UUID) -> Edit:
    """Take a step out."""
    return Edit(
        act=Act.LINK_DROPPED, item=link, rewrites=(str(link),),
        change=lambda content, _: editing.drop_link(content, link),
    )  # fmt: skip


def writing_canvas(fields: Mapping[str, str]) -> Edit:
    """Write the canvas anew."""
    return Edit(
        act=Act.CANVAS_CHANGED, rewrites=(CANVAS,),
        change=lambda content, _: editing.set_canvas(content, fields),
    )  # fmt: skip


def taking_over(content: Plain, act: Act, *, own_codes: bool = False) -> Edit:
    """Put other content in the place of the whole draft; the canvas is filled, not emptied.

    With ``own_codes`` nodes and steps keep the codes that they come with; otherwise they get the
    next ones that were never given out.
    """

    def change(now_there: Plain, codes: Codes) -> Plain:
        taken = content if own_codes else editing.recoded(content, codes.node, codes.link)
        return {**taken, CANVAS: {**now_there.get(CANVAS, {}), **content.get(CANVAS, {})}}

    return Edit(act=act, change=change)
