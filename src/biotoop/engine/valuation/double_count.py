"""Pairs of items that may be the same euro."""

from collections.abc import Iterator

from biotoop.engine.core.messages import Note, note
from biotoop.engine.core.problems import Problem, Severity
from biotoop.engine.theory.graph import reach, successors
from biotoop.engine.theory.model import LinkKind, TheoryOfChange
from biotoop.engine.valuation.inputs import payers_of
from biotoop.engine.valuation.model import Direction, Item, Valuation


def double_counts(valuation: Valuation, theory: TheoryOfChange) -> tuple[Note, ...]:
    """Give a sentence for every pair of counted benefits that may be the same euro.

    A pair is suspect when both are about the same node and share a payer, or when one node leads
    to the other: an outcome and its consequence then both carry a price. A reason in
    ``distinct_from`` of either settles it.
    """
    return tuple(fault.note for fault in check_double_counts(valuation, theory))


def check_double_counts(valuation: Valuation, theory: TheoryOfChange) -> Iterator[Problem]:
    """Give the pairs as warnings, at the later of the two items."""
    causes = [link for link in theory.links if link.kind is LinkKind.CAUSE]
    graph = successors([node.code for node in theory.nodes], causes)
    counted = [
        (place, item)
        for place, item in enumerate(valuation.items)
        if item.counted and item.direction is Direction.BENEFIT and item.node is not None
    ]
    for number, (place, second) in enumerate(counted):
        for _, first in counted[:number]:
            if first.id in second.distinct_from or second.id in first.distinct_from:
                continue
            sentence = _suspicion(first, second, graph)
            if sentence is not None:
                where = ("items", place, "node")
                yield Problem(note=sentence, where=where, severity=Severity.WARNING)


def _suspicion(first: Item, second: Item, graph: dict[str, tuple[str, ...]]) -> Note | None:
    start, end = first.node or "", second.node or ""
    said = {"first": first.id, "second": second.id}
    if start == end:
        payers = {code for code, _ in payers_of(first)}
        both = tuple(code for code, _ in payers_of(second) if code in payers)
        return note("valuation.double_same", **said, node=start, payers=both) if both else None
    if end in reach(graph, [start]):
        return note("valuation.double_path", **said, early=start, late=end)
    if start in reach(graph, [end]):
        return note("valuation.double_path", **said, early=end, late=start)
    return None
