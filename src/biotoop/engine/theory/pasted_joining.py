"""Tying names together: one node for each text, steps between codes, and what is unsure asked."""

import re
from collections.abc import Iterator, Sequence

import attrs

from biotoop.engine.core.messages import note
from biotoop.engine.core.problems import Problem
from biotoop.engine.theory.model import CODE, LinkKind, NodeKind
from biotoop.engine.theory.pasted import Pasted, PastedLink, PastedNode
from biotoop.engine.theory.pasted_asking import ask_kinds, ask_same
from biotoop.engine.theory.pasted_parts import Answers, Parts, RawLink, RawNode, at_row
from biotoop.engine.theory.pasted_words import folded

_LOOKS_LIKE_CODE = re.compile(r"^[A-Za-z]{1,3}[-.]?\d{1,3}$")
_LONGEST = 300


@attrs.define
class _Book:
    """Nodes by their folded text; codes and other spellings lead to the same key."""

    nodes: dict[str, RawNode] = attrs.field(factory=dict)
    by_code: dict[str, str] = attrs.field(factory=dict)
    same: dict[str, str] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)

    def add(self, raw: RawNode) -> None:
        key, code = folded(raw.label), raw.code.casefold()
        if code and self.by_code.setdefault(code, key) != key:
            self.problems.append(at_row(raw.row, "double_code", said=raw.code))
            return
        known = self.nodes.setdefault(key, raw)
        if known.kind and raw.kind and known.kind != raw.kind:
            self.problems.append(
                at_row(
                    raw.row, "two_kinds", label=raw.label, first=note(f"theory.kind.{known.kind}"),
                    then=note(f"theory.kind.{raw.kind}"), first_row=known.row,
                )
            )  # fmt: skip
        self.nodes[key] = attrs.evolve(
            known, kind=known.kind or raw.kind, code=known.code or raw.code,
            whose=known.whose or raw.whose,
        )  # fmt: skip

    def find(self, said: str, row: int) -> str | None:
        """Give the key of what a step names; a text that is not a node yet becomes one."""
        key = self.by_code.get(said.casefold(), folded(said))
        if key not in self.nodes and key not in self.same:
            if _LOOKS_LIKE_CODE.match(said):
                self.problems.append(at_row(row, "unknown_code", said=said))
                return None
            self.nodes[key] = RawNode(row=row, label=said)
        return key


def join(parts: Parts, answers: Answers) -> Pasted:
    """Tie the names in what was read together.

    Parameters
    ----------
    parts
        What the reader of a table or outline found.
    answers
        Answers given so far.
    """
    book = _Book()
    for raw in parts.nodes:
        book.add(raw)
    ends = [
        (raw, book.find(raw.start, raw.row), book.find(raw.end, raw.row)) for raw in parts.links
    ]
    asked_same, book.same = ask_same(book.nodes, answers)
    book.nodes = {key: raw for key, raw in book.nodes.items() if key not in book.same}
    codes = _codes(book)
    links = _links(ends, book, codes)
    known = [(raw, codes[key]) for key, raw in book.nodes.items()]
    asked_kinds, kinds = ask_kinds(known, links, answers)
    nodes = tuple(_node(raw, code, kinds[code]) for raw, code in known if code in kinds)
    left = {node.code for node in nodes}
    return Pasted(
        shape=parts.shape,
        nodes=nodes,
        links=tuple(link for link in links if link.from_ in left and link.to in left),
        questions=(*parts.questions, *asked_same, *asked_kinds),
        problems=(*parts.problems, *book.problems, *_too_long(book, parts.links)),
    )


def _node(raw: RawNode, code: str, kind: NodeKind | None) -> PastedNode:
    return PastedNode(row=raw.row, code=code, kind=kind, label=raw.label, whose=raw.whose)


def _codes(book: _Book) -> dict[str, str]:
    """Give every node a code: the one that was written, else the next free number."""
    found: dict[str, str] = {}
    for key, raw in book.nodes.items():
        if raw.code and re.match(CODE, raw.code):
            found[key] = raw.code
        elif raw.code:
            book.problems.append(at_row(raw.row, "wrong_code", said=raw.code))
    free = _free("N", set(found.values()))
    return {key: found.get(key) or next(free) for key in book.nodes}


def _free(letter: str, taken: set[str]) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if f"{letter}{number}" not in taken:
            yield f"{letter}{number}"


def _links(
    ends: Sequence[tuple[RawLink, str | None, str | None]], book: _Book, codes: dict[str, str]
) -> list[PastedLink]:
    written = [raw.code for raw, _, _ in ends if re.match(CODE, raw.code)]
    free = _free("S", {*written, *codes.values()})
    found: dict[tuple[str, str], PastedLink] = {}
    used = set(codes.values())
    for raw, start, end in ends:
        if start is None or end is None:
            continue
        from_, to = codes[book.same.get(start, start)], codes[book.same.get(end, end)]
        if from_ == to:
            book.problems.append(at_row(raw.row, "to_itself", said=raw.start))
        elif (from_, to) in found:
            first = found[from_, to].row
            book.problems.append(
                at_row(raw.row, "double_link", first=first, start=raw.start, end=raw.end)
            )
        elif raw.code in used:
            book.problems.append(at_row(raw.row, "double_code", said=raw.code))
        else:
            code = raw.code if raw.code in written else next(free)
            used.add(code)
            found[from_, to] = _link(raw, code, from_, to)
    return list(found.values())


def _link(raw: RawLink, code: str, from_: str, to: str) -> PastedLink:
    return PastedLink(
        row=raw.row, code=code, from_=from_, to=to, kind=LinkKind(raw.kind), if_=raw.if_,
        then=raw.then, because=raw.because, assumptions=raw.assumptions, rivals=raw.rivals,
        conditions=raw.conditions, horizon=raw.horizon,
    )  # fmt: skip


def _too_long(book: _Book, links: Sequence[RawLink]) -> Iterator[Problem]:
    """Refuse whole paragraphs: most likely the wrong column was copied."""
    texts = [(raw.row, raw.label) for raw in book.nodes.values()]
    texts += [(raw.row, text) for raw in links for text in (raw.if_, raw.then, raw.because)]
    for row, text in texts:
        if len(text) > _LONGEST:
            yield at_row(row, "long_text", start=text[:40], count=len(text), most=_LONGEST)
