"""Whether the theory failed, the delivery, both or neither (Weiss 1997)."""

from collections.abc import Iterator

from biotoop.engine.core.messages import Note, note
from biotoop.engine.evidence.model import Conclusion, ConclusionJudgement
from biotoop.engine.plausibility.route_result import DeliveryConclusion, InterventionDelivery
from biotoop.engine.theory.model import Amount, Node, NodeKind, TheoryOfChange

_THEORY_TESTED = (Conclusion.THEORY_FAILED, Conclusion.BOTH_HELD)
_DELIVERY_BLAMED = (Conclusion.DELIVERY_FAILED, Conclusion.BOTH_FAILED)


def conclude_delivery(
    theory: TheoryOfChange, chosen: ConclusionJudgement | None
) -> DeliveryConclusion:
    """Set planned beside delivered, and hold the conclusion against it.

    The choice is the assessor's. A warning says where it does not fit: a theory is tested only
    where every intervention was delivered as intended.

    Parameters
    ----------
    theory
        The theory of change.
    chosen
        The conclusion of the assessor; None when nobody chose, which reads as unknown.
    """
    interventions = [node for node in theory.nodes if node.kind is NodeKind.INTERVENTION]
    conclusion = Conclusion.UNKNOWN if chosen is None else chosen.conclusion
    return DeliveryConclusion(
        interventions=tuple(_delivered(node) for node in interventions),
        conclusion=conclusion,
        chosen=chosen is not None,
        assessor=None if chosen is None else chosen.assessor,
        date=None if chosen is None else chosen.date.isoformat(),
        reason=None if chosen is None else chosen.reason,
        warnings=tuple(_warnings(interventions, chosen)),
    )


def _delivered(node: Node) -> InterventionDelivery:
    delivery = node.delivery
    return InterventionDelivery(
        node=node.code,
        delivery=delivery,
        reached=None if delivery is None else _share(delivery.reach),
        received=None if delivery is None else _share(delivery.dose),
    )


def _share(amount: Amount | None) -> float | None:
    if amount is None or amount.delivered is None or not amount.planned:
        return None
    return amount.delivered / amount.planned


def _warnings(interventions: list[Node], chosen: ConclusionJudgement | None) -> Iterator[Note]:
    if chosen is None:
        yield note("plausibility.delivery.not_chosen")
        return
    state = {
        node.code: None if node.delivery is None else node.delivery.as_intended
        for node in interventions
    }
    unknown = tuple(code for code, intended in state.items() if intended is None)
    failed = tuple(code for code, intended in state.items() if intended is False)
    if chosen.conclusion in _THEORY_TESTED and unknown:
        yield note("plausibility.delivery.unknown", nodes=unknown)
    if chosen.conclusion in _THEORY_TESTED and failed:
        yield note("plausibility.delivery.not_as_intended", nodes=failed)
    if chosen.conclusion in _DELIVERY_BLAMED and not failed and not unknown:
        yield note("plausibility.delivery.as_intended")
