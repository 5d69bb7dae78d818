"""What process-tracing tests weigh (Van Evera's four kinds, with stated probabilities)."""

import math
from collections.abc import Iterable

from biotoop.engine.core.messages import note
from biotoop.engine.evidence.labels import word_of
from biotoop.engine.evidence.model import Family, Test
from biotoop.engine.plausibility.pool import effective_number
from biotoop.engine.plausibility.scheme_model import Scheme, TestRules
from biotoop.engine.plausibility.voices import pool_items
from biotoop.engine.plausibility.weights import GroupKind, GroupWeight, ItemWeight, TestWeight


def log_ratio_of(p: float, p_not: float, *, found: bool, most: float) -> float:
    """Give ln of p / p' if found and of (1 - p) / (1 - p') if not, within the bound."""
    above, below = (p, p_not) if found else (1 - p, 1 - p_not)
    bound = math.log(most)
    if above == below:
        return 0.0
    if above <= 0:
        return -bound
    if below <= 0:
        return bound
    return max(-bound, min(bound, math.log(above / below)))


def weigh_test(test: Test, rules: TestRules) -> TestWeight:
    """Weigh one test; one that was not registered before looking weighs no more than a straw."""
    usual = rules.of(test.test)
    own = test.p is not None and test.p_not is not None
    p, p_not = (test.p, test.p_not) if own else (usual.p, usual.p_not)
    counts = test.searched and test.found is not None
    held = test.registered is None
    log_ratio = 0.0
    if counts:
        found = bool(test.found)
        free = log_ratio_of(p or 0.0, p_not or 0.0, found=found, most=rules.most)
        log_ratio = _within_straw(free, rules) if held else free
        held = held and log_ratio != free
    return TestWeight(
        id=test.id,
        kind=test.test,
        hypothesis=test.hypothesis,
        rival=test.rival,
        expected=test.expected,
        expected_rival=test.expected_rival,
        seen=test.seen,
        source=test.source,
        registered=test.registered,
        found=test.found,
        p=p or 0.0,
        p_not=p_not or 0.0,
        ratio=math.exp(log_ratio),
        log_ratio=log_ratio,
        counts=counts,
        held_to_straw=counts and held,
    )


def _within_straw(log_ratio: float, rules: TestRules) -> float:
    straw = rules.straw
    highest = log_ratio_of(straw.p, straw.p_not, found=True, most=rules.most)
    lowest = log_ratio_of(straw.p, straw.p_not, found=False, most=rules.most)
    return max(lowest, min(highest, log_ratio))


def weigh_tests(
    tests: Iterable[Test], scheme: Scheme
) -> tuple[tuple[TestWeight, ...], tuple[GroupWeight, ...]]:
    """Weigh the tests of one target and pool them by source and kind of test."""
    ordered = sorted(tests, key=lambda test: test.id)
    weights = [weigh_test(test, scheme.tests) for test in ordered]
    found: dict[tuple[Family, str], list[tuple[Test, TestWeight]]] = {}
    for test, weight in zip(ordered, weights, strict=True):
        if weight.counts:
            name = test.group or f"{test.source}/{test.test.value}"
            found.setdefault((test.family, name), []).append((test, weight))
    groups = [_group(family, name, found[family, name], scheme) for family, name in sorted(found)]
    return tuple(weights), tuple(groups)


def _group(
    family: Family, name: str, members: list[tuple[Test, TestWeight]], scheme: Scheme
) -> GroupWeight:
    rho = scheme.correlations.tests
    items = [
        ItemWeight(item=weight.id, people=0, log_ratio=weight.log_ratio, counts=True)
        for _, weight in members
    ]
    log_ratio, items = pool_items(items, rho)
    first = members[0][0]
    return GroupWeight(
        key=f"{GroupKind.TESTS.value}/{family.value}/{name}",
        label=note(
            "plausibility.group.tests",
            source=first.source,
            kind=word_of("evidence.test", first.test),
        ),
        kind=GroupKind.TESTS,
        family=family,
        rho=rho,
        n=len(items),
        n_eff=effective_number(len(items), rho),
        log_ratio=log_ratio,
        items=tuple(items),
    )
