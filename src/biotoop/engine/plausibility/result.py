"""The outcome of the evidence scheme for a whole theory; all result classes by one name."""

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import Grade
from biotoop.engine.evidence.targets import TargetKind
from biotoop.engine.plausibility.link_result import (
    Border,
    CertaintyView,
    Hint,
    LinkAssessment,
    ProposedCondition,
    Reason,
    Rule,
    Sensitivity,
    SensitivityRow,
)
from biotoop.engine.plausibility.node_result import (
    NodeAssessment,
    ProposedNode,
    Recognition,
)
from biotoop.engine.plausibility.route_result import (
    ConditionView,
    DeliveryConclusion,
    InterventionDelivery,
    RouteAssessment,
)

__all__ = [
    "Border",
    "CertaintyView",
    "ConditionView",
    "DeliveryConclusion",
    "Hint",
    "InterventionDelivery",
    "LinkAssessment",
    "NodeAssessment",
    "Plausibility",
    "ProposedCondition",
    "ProposedNode",
    "Reason",
    "Recognition",
    "RouteAssessment",
    "Rule",
    "Sensitivity",
    "SensitivityRow",
    "TargetKind",
]


@attrs.frozen(kw_only=True)
class Plausibility:
    """The evidence scheme applied to a whole theory of change.

    Attributes
    ----------
    scheme_version, scheme_hash, scheme_reason
        The convention used; the reason when it is a programme's own version.
    theory_version
        Version of the theory.
    links
        Every link, in the order of the theory.
    nodes
        Every node, in the order of the theory.
    routes
        The routes by their links.
    routes_as_whole
        Evidence on routes as a whole, never copied onto links.
    routes_not_listed
        Routes beyond the number that is listed.
    proposed_nodes
        Nodes that people miss.
    delivery
        Theory or delivery.
    warnings
        What a reader must know first.
    """

    scheme_version: str
    scheme_hash: str
    scheme_reason: Text | None
    theory_version: str
    links: tuple[LinkAssessment, ...]
    nodes: tuple[NodeAssessment, ...]
    routes: tuple[RouteAssessment, ...]
    routes_as_whole: tuple[LinkAssessment, ...]
    routes_not_listed: int
    proposed_nodes: tuple[ProposedNode, ...]
    delivery: DeliveryConclusion
    warnings: tuple[Note, ...]

    def link(self, code: str) -> LinkAssessment:
        """Give the assessment of a link.

        Raises
        ------
        KeyError
            No link has this code.
        """
        for item in self.links:
            if item.target == code:
                return item
        raise KeyError(code)

    def grades(self) -> dict[str, Grade]:
        """Give the grade shown of every link, by code: what the drawing needs."""
        return {item.target: item.grade for item in self.links}
