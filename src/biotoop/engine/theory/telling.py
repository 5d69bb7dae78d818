"""The difference between two versions, told in sentences that a councillor can read."""

import difflib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

import attrs

from biotoop.engine.core.messages import Language, Note, note
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import Link, Node, TheoryOfChange
from biotoop.engine.theory.versions import Change, ChangedNode, Relinked, TheoryDiff

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_ITEMS = ("assumption", "rival", "condition")


class Mark(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    DROPPED = "dropped"


@attrs.frozen(kw_only=True)
class Piece:
    """A run of words with what happened to it, spaces and all."""

    mark: Mark
    text: str


def word_changes(change: Change, language: Language) -> tuple[Piece, ...]:
    """Compare the text before and after word by word.

    Parameters
    ----------
    change
        The change.
    language
        The version of both texts that is compared.

    Returns
    -------
    tuple of Piece
        Joined without what was added they give the old text; without what was dropped, the new.
    """
    before = _TOKEN.findall(change.old.get(language) if change.old else "")
    after = _TOKEN.findall(change.new.get(language) if change.new else "")
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        old, new = "".join(before[start:end]), "".join(after[new_start:new_end])
        if old == new:
            pieces.append(Piece(mark=Mark.SAME, text=old))
            continue
        marked = ((Mark.DROPPED, old), (Mark.ADDED, new))
        pieces.extend(Piece(mark=mark, text=text) for mark, text in marked if text)
    return tuple(pieces)


def tell(diff: TheoryDiff, language: Language) -> tuple[str, ...]:
    """Tell what changed, one sentence or two for each change.

    The order is: the theory itself, nodes, links; within these what is new, what changed and what
    was dropped.

    Parameters
    ----------
    diff
        What changed.
    language
        Language of the sentences, and of the texts that they quote.
    """
    if diff.is_empty:
        return (note("theory.diff.nothing").text(language),)
    told = (sentence.text(language) for sentence in _sentences(diff, language))
    return tuple(sentence[0].upper() + sentence[1:] for sentence in told)


def _sentences(diff: TheoryDiff, language: Language) -> Iterator[Note]:
    whole = note("theory.diff.whole")
    yield from _of_changes(diff.changes, whole, whole, language)
    for node in diff.added_nodes:
        yield note("theory.diff.node_added", **_node(node))
    for changed in diff.changed_nodes:
        yield from _of_node(changed, language)
    for node in diff.dropped_nodes:
        yield note("theory.diff.node_dropped", **_node(node))
    for link in diff.added_links:
        yield _of_added_link(link, diff.new)
    for moved in diff.relinked:
        yield from _of_relinked(moved, diff, language)
    for item in diff.changed_links:
        first = note("theory.diff.link", step=item.new.code, **_ends(item.new, diff.new))
        again = note("theory.diff.link_again", step=item.new.code)
        yield from _of_changes(item.changes, first, again, language)
    for link in diff.dropped_links:
        yield note("theory.diff.link_dropped", step=link.code, **_ends(link, diff.old))


def _node(node: Node) -> dict[str, Text | Note | str]:
    return {
        "kind": note(f"theory.kind.{node.kind}"),
        "node": node.code,
        "label": _quoted(node.label),
    }


def _of_node(changed: ChangedNode, language: Language) -> Iterator[Note]:
    first = note("theory.diff.node", **_node(changed.old))
    again = note("theory.diff.node_again", node=changed.new.code)
    yield from _of_changes(changed.changes, first, again, language)


def _of_added_link(link: Link, theory: TheoryOfChange) -> Note:
    return note(
        "theory.diff.link_added", step=link.code, if_=_quoted(link.if_), then=_quoted(link.then),
        because=_quoted(link.because), **_ends(link, theory),
    )  # fmt: skip


def _of_relinked(moved: Relinked, diff: TheoryDiff, language: Language) -> Iterator[Note]:
    was, now = _ends(moved.old, diff.old), _ends(moved.new, diff.new)
    yield note(
        "theory.diff.link_moved" if moved.kept_id else "theory.diff.link_replaced",
        step=moved.new.code, old_step=moved.old.code, old_start=was["start"], old_end=was["end"],
        **now,
    )  # fmt: skip
    again = note("theory.diff.link_again", step=moved.new.code)
    yield from _of_changes(moved.changes, again, again, language)


def _ends(link: Link, theory: TheoryOfChange) -> dict[str, Text]:
    labels = {node.code: _quoted(node.label) for node in theory.nodes}
    return {
        "start": labels.get(link.from_, Text.of(link.from_)),
        "end": labels.get(link.to, Text.of(link.to)),
    }


def _of_changes(
    changes: Iterable[Change], first: Note, again: Note, language: Language
) -> Iterator[Note]:
    what = first
    for change in changes:
        yield from _of_change(change, what, language)
        what = again


def _of_change(change: Change, what: Note, language: Language) -> Iterator[Note]:
    happened = "added" if change.old is None else "dropped" if change.new is None else "changed"
    group = "item" if change.part in _ITEMS else "part"
    part = note(f"theory.diff.{group}s.{change.part}", **_named(change))
    if change.old and change.new and change.old.get(language) == change.new.get(language):
        yield from _of_other_language(change.old, change.new, what, part)
        return
    yield note(
        f"theory.diff.{group}_{happened}", what=what, part=part, old=_quoted(change.old),
        new=_quoted(change.new),
    )  # fmt: skip


def _of_other_language(old: Text, new: Text, what: Note, part: Note) -> Iterator[Note]:
    """Tell that a text reads as it did for this reader, and otherwise in another language."""
    for name in ("nl", "en", "plain"):
        was, now = getattr(old, name), getattr(new, name)
        if was == now:
            continue
        happened = "added" if was is None else "dropped" if now is None else "changed"
        yield note(
            f"theory.diff.language_{happened}", what=what, part=part,
            language=note(f"theory.diff.language.{name}"),
            old=_quoted(Text.of(was or "")), new=_quoted(Text.of(now or "")),
        )  # fmt: skip


def _named(change: Change) -> dict[str, str | None]:
    return {"name": change.item} if change.part == "canvas" else {}


def _quoted(text: Text | None) -> Text:
    """Take the full stop off, so that the text can stand within quotes in a sentence."""
    if text is None:
        return Text.of("")
    parts = {name: getattr(text, name) for name in ("plain", "nl", "en")}
    return Text(**{k: v if v is None else v.strip().rstrip(".") for k, v in parts.items()})
