"""The theory and its evidence as tables: nodes, steps, what each piece weighs, routes."""

import math
from collections.abc import Iterator

from biotoop.engine.evidence.bundle import StanceCounts
from biotoop.engine.plausibility.link_result import LinkAssessment
from biotoop.engine.plausibility.node_result import Recognition
from biotoop.engine.recipes.findings import Findings
from biotoop.engine.reports.pen import Pen
from biotoop.engine.reports.tables.model import DataTable, Value, data_table

_STANCES = ("supports", "contradicts", "nuances", "not_mentioned")
_STEPS = """target target_kind link_kind from to if then because grade computed_grade override k
log_k k_low k_high sensitive n_eff respondents supports contradicts nuances not_mentioned certainty
harm_ratio not_heard changed_text"""
_GROUPS = "target group family item_kind rho items n_eff_group log_ratio"
_ESTIMATES = """target plan d d_se level level_used comparison smallest_effect ratio log_ratio
harm_ratio counts"""
_TESTS = """target test test_kind found p p_not ratio log_ratio counts held_to_straw hypothesis
rival expected expected_rival seen source registered"""
_LITERATURE = "target publication source d d_se tau_het level transferability ratio log_ratio"
_FOR_WHOM = "target life life_value supports contradicts nuances not_mentioned conditions"
_QUOTES = "claim target stance words age place life_role method consent"
_NODES = """node node_kind label whose policy_goal recognised people not_recognised means_other
does_not_count median_rank ranked"""
_ROUTES = "route from to steps grade weakest unassessed conditional conditions"


def evidence_tables(findings: Findings, pen: Pen) -> tuple[DataTable, ...]:
    """Give nodes, steps and routes with the evidence that was weighed."""
    found = findings.plausibility
    targets = (*found.links, *found.routes_as_whole)
    return (
        data_table("nodes", _NODES, _nodes(findings, pen)),
        data_table("steps", _STEPS, (_step(item, findings, pen) for item in targets)),
        data_table("evidence_groups", _GROUPS, _groups(targets, pen)),
        data_table("evidence_estimates", _ESTIMATES, _estimates(targets)),
        data_table("evidence_tests", _TESTS, _tests(targets, pen)),
        data_table("evidence_literature", _LITERATURE, _literature(targets, pen)),
        data_table("for_whom", _FOR_WHOM, _for_whom(targets)),
        data_table("routes", _ROUTES, _routes(findings)),
        data_table("quotes", _QUOTES, _quotes(findings)),
    )


def _count(counts: StanceCounts | Recognition, name: str) -> int | None:
    """Give a count of people; None where readers may not see it: never nil for hidden."""
    value: int = getattr(counts, name)
    return None if name in counts.hidden else value


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _nodes(findings: Findings, pen: Pen) -> Iterator[tuple[Value, ...]]:
    heard = {node.node: node.all for node in findings.plausibility.nodes}
    for node in findings.theory.nodes:
        counts = heard.get(node.code)
        told: tuple[Value, ...] = (None,) * 7
        if counts is not None:
            hidden = bool(counts.hidden)
            told = (
                _count(counts, "recognised"), None if hidden else counts.people,
                _count(counts, "not_recognised"), _count(counts, "means_other"),
                _count(counts, "does_not_count"), counts.median_rank,
                None if hidden else counts.ranked,
            )  # fmt: skip
        yield (
            node.code, node.kind.value, pen.read(node.label), pen.read(node.whose),
            pen.read(node.policy_goal), *told,
        )  # fmt: skip


def _step(item: LinkAssessment, findings: Findings, pen: Pen) -> tuple[Value, ...]:
    judged, counts, moved = item.certainty.judgement, item.bundle.counts, item.sensitivity
    certainty = None if judged is None or judged.overall is None else judged.overall.value
    return (
        item.target, item.kind.value, *_words(item, findings, pen), item.grade.value,
        item.computed.value, None if item.override is None else item.override.grade.value, item.k,
        item.log_k, moved.k_low, moved.k_high, moved.sensitive, _known(item.n_eff),
        None if counts.hidden else item.bundle.respondents,
        *(_count(counts, name) for name in _STANCES), certainty, _known(item.harm),
        "; ".join(one.value for one in item.bundle.not_heard), " ".join(item.changed_text),
    )  # fmt: skip


def _words(item: LinkAssessment, findings: Findings, pen: Pen) -> tuple[Value, ...]:
    link = next((one for one in findings.theory.links if one.code == item.target), None)
    if link is None:
        first, _, last = item.target.partition(">")
        return (None, first, last, None, None, None)
    texts = (pen.read(link.if_), pen.read(link.then), pen.read(link.because))
    return (link.kind.value, link.from_, link.to, *texts)


def _groups(targets: tuple[LinkAssessment, ...], pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in targets:
        for family in item.families:
            for group in family.groups:
                yield (
                    item.target, pen.read(group.label), group.family.value, group.kind.value,
                    group.rho, None if math.isnan(group.n_eff) else group.n,
                    _known(group.n_eff), _known(group.log_ratio),
                )  # fmt: skip


def _estimates(targets: tuple[LinkAssessment, ...]) -> Iterator[tuple[Value, ...]]:
    for item in targets:
        for one in item.estimates:
            yield (
                item.target, one.id, one.effect, one.se, one.level, one.level_used, one.comparison,
                one.delta, one.ratio, one.log_ratio, one.harm_ratio, one.counts,
            )  # fmt: skip


def _tests(targets: tuple[LinkAssessment, ...], pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in targets:
        for one in item.tests:
            yield (
                item.target, one.id, one.kind.value, one.found, one.p, one.p_not, one.ratio,
                one.log_ratio, one.counts, one.held_to_straw, pen.read(one.hypothesis),
                pen.read(one.rival), pen.read(one.expected), pen.read(one.expected_rival),
                pen.read(one.seen), one.source, one.registered,
            )  # fmt: skip


def _literature(targets: tuple[LinkAssessment, ...], pen: Pen) -> Iterator[tuple[Value, ...]]:
    for item in targets:
        for one in item.literature:
            yield (
                item.target, one.id, pen.read(one.source), one.effect, one.se, one.tau_het,
                one.level, one.transferability, one.ratio, one.log_ratio,
            )  # fmt: skip


def _for_whom(targets: tuple[LinkAssessment, ...]) -> Iterator[tuple[Value, ...]]:
    for item in targets:
        for one in item.bundle.for_whom:
            yield (
                item.target, one.life.value, one.value,
                *(_count(one.counts, name) for name in _STANCES), "; ".join(one.conditions),
            )  # fmt: skip


def _quotes(findings: Findings) -> Iterator[tuple[Value, ...]]:
    for one in findings.quotes:
        yield (
            one.claim, one.target, one.stance.value, one.text, one.age, one.place, one.role,
            one.method.value, one.consent,
        )  # fmt: skip


def _routes(findings: Findings) -> Iterator[tuple[Value, ...]]:
    for route in findings.plausibility.routes:
        conditions = (
            f"{one.node}: {'unknown' if one.status is None else one.status.value}"
            for one in route.conditions
        )
        yield (
            route.code, route.from_, route.to, " ".join(route.links),
            None if route.grade is None else route.grade.value, " ".join(route.weakest),
            " ".join(route.unassessed), route.conditional, "; ".join(conditions),
        )  # fmt: skip
