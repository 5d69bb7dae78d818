"""What a pasted text leaves open about its nodes: their level, and whether two are the same."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from biotoop.engine.core.ids import text_hash
from biotoop.engine.core.messages import note
from biotoop.engine.theory.model import LinkKind, NodeKind
from biotoop.engine.theory.pasted import LEAVE_OUT, Option, PastedLink, Question
from biotoop.engine.theory.pasted_parts import Answers, RawNode, answer_to

_ALIKE = 0.86
_LEVELS = (NodeKind.INTERVENTION, NodeKind.RESULT, NodeKind.OUTCOME, NodeKind.IMPACT)


def ask_same(
    nodes: Mapping[str, RawNode], answers: Answers
) -> tuple[list[Question], dict[str, str]]:
    """Ask of texts that are nearly alike whether they are one node.

    Returns
    -------
    questions
        What is still asked.
    same
        The key of the first for each that was said to be the same.
    """
    asked: list[Question] = []
    same: dict[str, str] = {}
    for first, second in _alike(nodes):
        question = _same_question(nodes[first], nodes[second])
        answer = answer_to(question, answers)
        if answer is None:
            asked.append(question)
        elif answer == "yes":
            same[second] = same.get(first, first)
    return asked, same


def _alike(nodes: Mapping[str, RawNode]) -> Iterator[tuple[str, str]]:
    for first, second in combinations(nodes, 2):
        if nodes[first].code and nodes[second].code:
            continue  # whoever gave both a code told them apart
        matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
        ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # cheapest first
        if all(ratio() > _ALIKE for ratio in ratios):
            yield first, second


def _same_question(first: RawNode, second: RawNode) -> Question:
    return Question(
        key=f"same:{text_hash(first.label)}:{text_hash(second.label)}",
        note=note("theory.paste.ask.same.question", first=first.label, second=second.label),
        options=tuple(
            Option(value=value, label=note(f"theory.paste.ask.same.{value}"))
            for value in ("yes", "no")
        ),
        row=second.row,
    )


def ask_kinds(
    nodes: Sequence[tuple[RawNode, str]], links: Sequence[PastedLink], answers: Answers
) -> tuple[list[Question], dict[str, NodeKind | None]]:
    """Ask the level of every node that the text does not tell.

    Returns
    -------
    questions
        What is still asked.
    kinds
        Kind by code, None while it is asked; nodes that are left out are not in it.
    """
    asked: list[Question] = []
    kinds: dict[str, NodeKind | None] = {}
    depths = _depths([code for _, code in nodes], links)
    options = tuple(
        Option(value=str(kind), label=note(f"theory.paste.kind.{kind}"))
        for kind in (*_LEVELS, NodeKind.CONTEXT, LEAVE_OUT)
    )
    for raw, code in nodes:
        kinds[code] = raw.kind
        if raw.kind is not None:
            continue
        question = Question(
            key=f"kind:{text_hash(raw.label)}",
            note=note("theory.paste.ask.kind.question", label=raw.label),
            options=options,
            suggested=_likely(code, links, depths),
            row=raw.row,
        )
        answer = answer_to(question, answers)
        if answer == LEAVE_OUT:
            del kinds[code]
        elif answer is None:
            asked.append(question)
        else:
            kinds[code] = NodeKind(answer)
    return asked, kinds


def _depths(codes: Sequence[str], links: Sequence[PastedLink]) -> dict[str, int]:
    """Give the longest way to each node, as far as there is no circle."""
    depths = dict.fromkeys(codes, 0)
    for _ in codes:
        before = dict(depths)
        for link in links:
            if link.kind != LinkKind.FEEDBACK:
                deeper = min(depths[link.from_] + 1, len(codes))
                depths[link.to] = max(depths[link.to], deeper)
        if depths == before:
            break
    return depths


def _likely(code: str, links: Sequence[PastedLink], depths: Mapping[str, int]) -> str | None:
    """Suggest a level by the place in the chain; a node without any step gets no suggestion."""
    touching = [link for link in links if code in (link.from_, link.to)]
    if not touching:
        return None
    if all(link.kind == LinkKind.CONDITION and link.from_ == code for link in touching):
        return str(NodeKind.CONTEXT)
    is_end = not any(link.from_ == code for link in touching)
    depth = min(depths[code], len(_LEVELS) - 1)
    return str(_LEVELS[depth] if is_end or depth < len(_LEVELS) - 1 else NodeKind.OUTCOME)
