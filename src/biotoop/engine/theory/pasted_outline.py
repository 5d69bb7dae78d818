"""Reading a pasted outline: bullets under headings, arrows, and sentences "als .. dan .. omdat"."""

import re
from collections.abc import Iterator
from itertools import pairwise

import attrs

from biotoop.engine.core.problems import Problem
from biotoop.engine.theory.model import NodeKind
from biotoop.engine.theory.pasted import LEAVE_OUT, Shape
from biotoop.engine.theory.pasted_parts import (
    Answers,
    Parts,
    RawLink,
    RawNode,
    answer_to,
    as_label,
    at_row,
    choice,
    items_in,
    said_in,
)
from biotoop.engine.theory.pasted_words import column_of, kind_of

_BULLET = re.compile(r"^(?:[-*•–—·▪◦‣]|o(?=\s)|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+")
_ARROW = re.compile(r"\s*(?:-+>|=+>|→|⇒|➔|➜)\s*")
_SENTENCE = re.compile(
    r"^(?:als|if)\s+(?P<if>.+?)[,;]?\s+(?:dan|then)\s+(?P<then>.+?)"
    r"(?:[,;]?\s+(?:omdat|because)\s+(?P<because>.+))?$",
    re.IGNORECASE,
)
_NAMED = re.compile(r"^(?P<name>[^:]{2,30}):\s*(?P<text>.+)$")
_TAB = 4
_OF_STEPS = ("because", "assumptions", "rivals", "conditions")


@attrs.frozen(kw_only=True)
class Line:
    """A line without its bullet."""

    row: int
    depth: int
    text: str


@attrs.define(kw_only=True)
class _Reading:
    """What was found up to here."""

    kind: NodeKind | None = None
    nodes: list[RawNode] = attrs.field(factory=list)
    links: list[RawLink] = attrs.field(factory=list)
    nested: list[tuple[Line, str]] = attrs.field(factory=list)
    parents: list[tuple[int, str]] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)


def read_outline(text: str, answers: Answers) -> Parts:
    """Read an outline; whether an item under another follows from it is asked."""
    reading = _Reading()
    for line in _lines(text):
        _read(line, reading)
    question = choice("nested", ("leads_to", LEAVE_OUT)) if reading.nested else None
    answer = None if question is None else answer_to(question, answers)
    links = list(reading.links)
    if answer == "leads_to":
        links += [
            RawLink(row=line.row, start=parent, end=line.text) for line, parent in reading.nested
        ]
    return Parts(
        shape=Shape.OUTLINE,
        nodes=tuple(reading.nodes),
        links=tuple(links),
        questions=(question,) if question is not None and answer is None else (),
        problems=tuple(reading.problems),
    )


def _lines(text: str) -> Iterator[Line]:
    for row, line in enumerate(text.splitlines(), 1):
        stripped = line.expandtabs(_TAB)
        body = stripped.strip()
        if body:
            depth = len(stripped) - len(stripped.lstrip())
            yield Line(row=row, depth=depth, text=_BULLET.sub("", body).strip())


def _read(line: Line, reading: _Reading) -> None:
    kind = kind_of(line.text)
    sentence = _SENTENCE.match(line.text)
    if kind is not None:
        reading.kind, reading.parents = kind, []
    elif sentence:
        _read_sentence(line, sentence, reading)
    elif _ARROW.search(line.text):
        _read_arrows(line, reading)
    elif not _read_named(line, reading):
        _read_item(line, reading)


def _read_sentence(line: Line, found: re.Match[str], reading: _Reading) -> None:
    if_, then = (said_in(name, found.group(name)) for name in ("if", "then"))
    reading.links.append(
        RawLink(
            row=line.row, start=as_label(if_), end=as_label(then), if_=if_, then=then,
            because=said_in("because", found.group("because") or ""),
        )
    )  # fmt: skip


def _read_arrows(line: Line, reading: _Reading) -> None:
    ends = [part.strip() for part in _ARROW.split(line.text)]
    if not all(ends):
        reading.problems.append(at_row(line.row, "loose_arrow"))
    ends = [end for end in ends if end]
    reading.links.extend(
        RawLink(row=line.row, start=start, end=end) for start, end in pairwise(ends)
    )


def _read_named(line: Line, reading: _Reading) -> bool:
    """Read "Aanname: ..." and the like, which belongs to the step above it."""
    found = _NAMED.match(line.text)
    column = column_of(found.group("name")) if found else None
    if found is None or column is None:
        kind = kind_of(found.group("name")) if found else None
        if found is not None and kind is not None:
            reading.nodes.append(RawNode(row=line.row, label=found.group("text"), kind=kind))
        return kind is not None
    if column not in _OF_STEPS:
        return False
    if reading.links:
        reading.links[-1] = _with_part(reading.links[-1], column, found.group("text"))
    else:
        reading.problems.append(at_row(line.row, "belongs_to_no_step", said=found.group("name")))
    return True


def _with_part(step: RawLink, column: str, text: str) -> RawLink:
    match column:
        case "because":
            return attrs.evolve(step, because=said_in("because", text))
        case "assumptions":
            return attrs.evolve(step, assumptions=(*step.assumptions, *items_in(text)))
        case "rivals":
            return attrs.evolve(step, rivals=(*step.rivals, *items_in(text)))
        case _:
            return attrs.evolve(step, conditions=(*step.conditions, *items_in(text)))


def _read_item(line: Line, reading: _Reading) -> None:
    while reading.parents and reading.parents[-1][0] >= line.depth:
        reading.parents.pop()
    if reading.parents:
        reading.nested.append((line, reading.parents[-1][1]))
    kind = None if reading.parents else reading.kind
    reading.nodes.append(RawNode(row=line.row, label=line.text, kind=kind))
    reading.parents.append((line.depth, line.text))
