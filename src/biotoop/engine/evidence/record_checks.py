"""What a schema cannot say of tests, literature and judgements."""

from collections.abc import Iterable, Iterator

from biotoop.engine.core.problems import Problem, problem, warning
from biotoop.engine.evidence.claim_checks import unknown_target
from biotoop.engine.evidence.model import (
    CertaintyJudgement,
    Judgements,
    Literature,
    LiteratureItem,
    Test,
    TestKind,
    Tests,
)
from biotoop.engine.evidence.targets import TargetKind, Targets
from biotoop.engine.theory.model import NodeKind


def check_tests(tests: Tests, targets: Targets | None) -> Iterator[Problem]:
    """Give every fault of meaning in the tests, each with its path in the document."""
    yield from _doubles("tests", [test.id for test in tests.tests])
    for index, test in enumerate(tests.tests):
        where = ("tests", index)
        yield from _target_faults(test, targets, *where)
        if (test.p is None) != (test.p_not is None):
            yield problem("evidence.half_a_test", *where, id=test.id)
        if test.p is not None and test.p_not is not None and test.p <= test.p_not:
            yield warning("evidence.test_points_away", *where, id=test.id)
        if test.found is not None and not test.searched:
            yield problem("evidence.found_but_not_searched", *where, "searched", id=test.id)
        if test.registered is None and test.test is not TestKind.STRAW:
            yield warning("evidence.test_not_registered", *where, id=test.id)


def check_literature(literature: Literature, targets: Targets | None) -> Iterator[Problem]:
    """Give every fault of meaning in the literature, each with its path in the document."""
    yield from _doubles("items", [item.id for item in literature.items])
    for index, item in enumerate(literature.items):
        yield from _target_faults(item, targets, "items", index)


def check_judgements(judgements: Judgements, targets: Targets | None) -> Iterator[Problem]:
    """Give every fault of meaning in the judgements, each with its path in the document."""
    for index, judgement in enumerate(judgements.certainty):
        yield from _judged(judgement.target, targets, "certainty", index)
        yield from _component_faults(judgement, "certainty", index)
    for index, override in enumerate(judgements.overrides):
        yield from _judged(override.target, targets, "overrides", index)
    for index, condition in enumerate(judgements.conditions):
        node = None if targets is None else targets.nodes.get(condition.node)
        if targets is not None and (node is None or node.kind is not NodeKind.CONTEXT):
            yield problem(
                "evidence.not_a_condition",
                "conditions",
                index,
                "node",
                node=condition.node,
                allowed=tuple(n.code for n in targets.nodes.values() if n.kind is NodeKind.CONTEXT),
            )


def _doubles(part: str, ids: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, code in enumerate(ids):
        if code in seen:
            yield problem("evidence.double_record", part, index, "id", id=code)
        seen.add(code)


def _target_faults(
    record: Test | LiteratureItem, targets: Targets | None, *where: str | int
) -> Iterator[Problem]:
    if targets is None:
        return
    target = targets.find(record.target)
    if target is None:
        yield unknown_target(record.id, record.target, targets, *where, "target")
    elif target.kind is TargetKind.NODE:
        yield problem(
            "evidence.record_on_node", *where, "target", id=record.id, target=record.target
        )
    elif target.has_changed(record.text_hash):
        yield warning("evidence.changed_text", *where, "text_hash", target=target.code, count=1)


def _judged(code: str, targets: Targets | None, *where: str | int) -> Iterator[Problem]:
    if targets is None:
        return
    target = targets.find(code)
    if target is None:
        yield unknown_target(str(where[0]), code, targets, *where, "target")
    elif target.kind is TargetKind.NODE:
        yield problem("evidence.record_on_node", *where, "target", id=str(where[0]), target=code)


def _component_faults(judgement: CertaintyJudgement, *where: str | int) -> Iterator[Problem]:
    names = [part.component.value for part in judgement.components]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield problem(
            "evidence.double_component", *where, "components", target=judgement.target, name=name
        )
