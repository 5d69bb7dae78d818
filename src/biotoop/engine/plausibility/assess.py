"""The evidence scheme applied to a whole theory of change: the one way in."""

from collections.abc import Iterable, Iterator

from biotoop.engine.core.messages import Note, note
from biotoop.engine.evidence.bundling import life_values
from biotoop.engine.evidence.model import Claim, Judgements, LiteratureItem, Test
from biotoop.engine.evidence.targets import Target, Targets
from biotoop.engine.plausibility.delivery import conclude_delivery
from biotoop.engine.plausibility.estimate_evidence import EstimateEvidence
from biotoop.engine.plausibility.links import assess_target
from biotoop.engine.plausibility.nodes import assess_node, proposed_nodes
from biotoop.engine.plausibility.records import find_target, in_place, sort_records
from biotoop.engine.plausibility.result import LinkAssessment, Plausibility
from biotoop.engine.plausibility.routes import assess_routes
from biotoop.engine.plausibility.scheme_model import Scheme
from biotoop.engine.theory.model import TheoryOfChange

MOST_ROUTES = 2000


def assess(
    theory: TheoryOfChange,
    *,
    claims: Iterable[Claim] = (),
    tests: Iterable[Test] = (),
    literature: Iterable[LiteratureItem] = (),
    estimates: Iterable[EstimateEvidence] = (),
    judgements: Judgements | None = None,
    scheme: Scheme,
    most_routes: int = MOST_ROUTES,
) -> Plausibility:
    """Say for every link, node and route how well all evidence fits "this works here".

    The result depends on nothing but the arguments, and not on the order of the records.

    Parameters
    ----------
    theory
        The theory of change.
    claims, tests, literature
        The evidence, free of the faults that ``evidence.reading`` tells.
    estimates
        Standardised effects.
    judgements
        Certainty, overrides, conditions and conclusion; of several on one target the latest holds.
    scheme
        The convention.
    most_routes
        Up to how many routes to list by their links; of more, only the number is told.

    Raises
    ------
    InvalidValue
        A record names a target that the theory does not have, a stance that does not fit it, or
        a code that another record has as well.
    InvalidTheory
        The causal links run in a circle.
    """
    said = tuple(claims)
    judged = Judgements() if judgements is None else judgements
    targets = Targets(theory)
    records = sort_records(targets, said, tests, literature, estimates, judged)
    lives, scheme_hash = life_values(said), scheme.hash

    def judge(target: Target) -> LinkAssessment:
        placed = in_place(records.of(target), theory, targets)
        return assess_target(placed, scheme, scheme_hash=scheme_hash, known_lives=lives)

    def target_of(code: str) -> Target:
        return find_target(code, code, targets)

    links = tuple(judge(target_of(link.code)) for link in theory.links)
    routes = assess_routes(
        theory,
        grades={link.target: link.grade for link in links},
        conditions={each.node: each.status for each in judged.conditions},
        whole=records.routes,
        most=most_routes,
    )
    nodes = [target_of(node.code) for node in theory.nodes]
    return Plausibility(
        scheme_version=scheme.version,
        scheme_hash=scheme_hash,
        scheme_reason=scheme.reason,
        theory_version=theory.version,
        links=links,
        nodes=tuple(assess_node(node, records.of(node).claims, lives) for node in nodes),
        routes=routes.listed,
        routes_as_whole=tuple(judge(target_of(code)) for code in records.routes),
        routes_not_listed=routes.not_listed,
        proposed_nodes=proposed_nodes(said, lambda code: target_of(code).code, scheme.proposals),
        delivery=conclude_delivery(theory, judged.conclusion),
        warnings=tuple(_warnings(scheme, routes.not_listed, most_routes)),
    )


def _warnings(scheme: Scheme, not_listed: int, most: int) -> Iterator[Note]:
    if scheme.reason is not None:
        yield note("plausibility.warning.own_scheme", version=scheme.version, reason=scheme.reason)
    if not_listed:
        yield note("plausibility.warning.routes_not_listed", count=not_listed, most=most)
