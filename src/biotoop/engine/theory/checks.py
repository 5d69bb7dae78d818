"""What makes a theory of change unsound: faults that stop publishing and running."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

from biotoop.engine.core.messages import note
from biotoop.engine.core.problems import Problem, problem
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.graph import circles, reach, successors
from biotoop.engine.theory.model import Link, LinkKind, Node, NodeKind, TheoryOfChange
from biotoop.engine.theory.wording import content_words

LEVEL = {
    NodeKind.INTERVENTION: 0,
    NodeKind.RESULT: 1,
    NodeKind.OUTCOME: 2,
    NodeKind.IMPACT: 3,
}
_SENTENCE = (("if_", "if"), ("then", "then"), ("because", "because"))


def check_theory(theory: TheoryOfChange) -> tuple[Problem, ...]:
    """Hold a theory of change against its invariants.

    Parameters
    ----------
    theory
        The theory of change, also when it is still a draft.

    Returns
    -------
    tuple of Problem
        Every fault, as an error with its path inside the document, such as
        ``("links", 3, "then")``; empty when the theory is sound.
    """
    rules: tuple[Callable[[TheoryOfChange], Iterator[Problem]], ...] = (
        _double_identities,
        _double_codes,
        _double_codes_in_links,
        _empty_texts,
        _ends,
        _levels,
        _double_links,
        _circles,
        _unreachable,
        _because_repeats_then,
        _replaces_itself,
    )
    return tuple(fault for rule in rules for fault in rule(theory))


def _parts(theory: TheoryOfChange) -> tuple[tuple[str, Sequence[Node | Link]], ...]:
    return (("nodes", theory.nodes), ("links", theory.links))


def _double_identities(theory: TheoryOfChange) -> Iterator[Problem]:
    seen: dict[UUID, str] = {theory.id: "theory"}
    for part, items in _parts(theory):
        for index, item in enumerate(items):
            if item.id in seen:
                first = seen[item.id]
                yield problem("theory.double_id", part, index, "id", item=item.code, first=first)
            seen.setdefault(item.id, item.code)


def _double_codes(theory: TheoryOfChange) -> Iterator[Problem]:
    """Evidence names nodes and links alike by code, so that one code has one bearer."""
    seen: set[str] = set()
    for part, items in _parts(theory):
        for index, item in enumerate(items):
            if item.code in seen:
                yield problem("theory.double_code", part, index, "code", item=item.code)
            seen.add(item.code)


def _double_codes_in_links(theory: TheoryOfChange) -> Iterator[Problem]:
    for index, link in enumerate(theory.links):
        for part in ("assumptions", "rivals"):
            seen: set[str] = set()
            for place, item in enumerate(getattr(link, part)):
                if item.code in seen:
                    where = ("links", index, part, place, "code")
                    yield problem(
                        "theory.double_code_in_link", *where, item=item.code, step=link.code
                    )
                seen.add(item.code)


def _is_empty(text: Text) -> bool:
    versions = [v for v in (text.plain, text.nl, text.en) if v is not None]
    return not versions or any(not version.strip() for version in versions)


def _empty_texts(theory: TheoryOfChange) -> Iterator[Problem]:
    for index, node in enumerate(theory.nodes):
        if _is_empty(node.label):
            yield problem("theory.empty_label", "nodes", index, "label", node=node.code)
    for index, link in enumerate(theory.links):
        for name, key in _SENTENCE:
            if _is_empty(getattr(link, name)):
                yield problem(f"theory.empty_{key}", "links", index, key, step=link.code)


def _ends(theory: TheoryOfChange) -> Iterator[Problem]:
    known = tuple(node.code for node in theory.nodes)
    for index, link in enumerate(theory.links):
        for key, end in (("from", link.from_), ("to", link.to)):
            if end not in known:
                yield problem(
                    "theory.unknown_end", "links", index, key,
                    step=link.code, end=end, allowed=known,
                )  # fmt: skip
        if link.from_ == link.to:
            yield problem("theory.self_link", "links", index, "to", step=link.code, end=link.to)


def _levels(theory: TheoryOfChange) -> Iterator[Problem]:
    kinds = {node.code: node.kind for node in theory.nodes}
    for index, link in enumerate(theory.links):
        if link.from_ not in kinds or link.to not in kinds or link.from_ == link.to:
            continue
        if link.kind != LinkKind.FEEDBACK:
            yield from _level_of(link, index, kinds[link.from_], kinds[link.to])


def _level_of(
    link: Link, index: int, start_kind: NodeKind, end_kind: NodeKind
) -> Iterator[Problem]:
    step, start, end = link.code, link.from_, link.to
    if start_kind == NodeKind.CONTEXT:
        if link.kind != LinkKind.CONDITION:
            code = "theory.context_must_be_condition"
            yield problem(code, "links", index, "kind", step=step, start=start)
    elif end_kind == NodeKind.CONTEXT:
        code = "theory.link_into_context"
        yield problem(code, "links", index, "to", step=step, start=start, end=end)
    elif LEVEL[end_kind] < LEVEL[start_kind]:
        yield problem(
            "theory.level_falls", "links", index, "to", step=step, start=start, end=end,
            start_kind=note(f"theory.kind.{start_kind}"), end_kind=note(f"theory.kind.{end_kind}"),
        )  # fmt: skip


def _double_links(theory: TheoryOfChange) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for index, link in enumerate(theory.links):
        ends = (link.from_, link.to)
        if ends in seen:
            yield problem(
                "theory.double_link", "links", index, "to",
                step=link.code, first=seen[ends], start=link.from_, end=link.to,
            )  # fmt: skip
        seen.setdefault(ends, link.code)


def _circles(theory: TheoryOfChange) -> Iterator[Problem]:
    links = [link for link in theory.links if link.kind != LinkKind.FEEDBACK]
    links = [link for link in links if link.from_ != link.to]
    for circle in circles(successors([node.code for node in theory.nodes], links)):
        closing = (circle[-2], circle[-1])
        where = [
            index for index, link in enumerate(theory.links)
            if (link.from_, link.to) == closing and link.kind != LinkKind.FEEDBACK
        ]  # fmt: skip
        yield problem("theory.circle", "links", where[0], path=" > ".join(circle))


def _unreachable(theory: TheoryOfChange) -> Iterator[Problem]:
    codes = [node.code for node in theory.nodes]
    causes = [link for link in theory.links if link.kind == LinkKind.CAUSE]
    starts = [node.code for node in theory.nodes if node.kind == NodeKind.INTERVENTION]
    reached = frozenset(reach(successors(codes, causes), starts))
    for index, node in enumerate(theory.nodes):
        if node.kind in (NodeKind.OUTCOME, NodeKind.IMPACT) and node.code not in reached:
            yield problem("theory.unreachable", "nodes", index, node=node.code, label=node.label)


def _because_repeats_then(theory: TheoryOfChange) -> Iterator[Problem]:
    for index, link in enumerate(theory.links):
        for language in ("nl", "en"):
            then = content_words(link.then.get(language))
            because = content_words(link.because.get(language))
            if because and set(because) <= set(then):
                yield problem("theory.because_repeats", "links", index, "because", step=link.code)
                break


def _replaces_itself(theory: TheoryOfChange) -> Iterator[Problem]:
    for index, link in enumerate(theory.links):
        if link.replaces == link.id:
            yield problem("theory.replaces_itself", "links", index, "replaces", step=link.code)
