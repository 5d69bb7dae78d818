"""Ways through the theory, their conditions, and whether the theory or the delivery failed."""

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text
from biotoop.engine.evidence.model import Conclusion, ConditionStatus, Grade
from biotoop.engine.theory.model import Delivery


@attrs.frozen(kw_only=True)
class ConditionView:
    """A condition on a route: its context node, the node it bears on, and its status if judged."""

    node: str
    bears_on: str
    link: str
    status: ConditionStatus | None


@attrs.frozen(kw_only=True)
class RouteAssessment:
    """One way through the theory from an intervention to an outcome or impact.

    Attributes
    ----------
    code
        First and last node: ``N1>N9``.
    from_, to
        First and last node.
    nodes, links
        The way, in order.
    grade
        Grade of the weakest step; None when a step is unassessed ("niet te zeggen").
    weakest
        The steps with that grade.
    unassessed
        Steps without a grade.
    conditional
        Whether a condition on the way is not met.
    conditions
        All conditions on the way.
    own
        Target code of evidence on the route as a whole, None without; see
        ``Plausibility.routes_as_whole``.
    sentence
        The route in words.
    """

    code: str
    from_: str
    to: str
    nodes: tuple[str, ...]
    links: tuple[str, ...]
    grade: Grade | None
    weakest: tuple[str, ...]
    unassessed: tuple[str, ...]
    conditional: bool
    conditions: tuple[ConditionView, ...]
    own: str | None
    sentence: Note


@attrs.frozen(kw_only=True)
class InterventionDelivery:
    """How one intervention was planned and delivered; None where it is not written down."""

    node: str
    delivery: Delivery | None
    reached: float | None
    received: float | None


@attrs.frozen(kw_only=True)
class DeliveryConclusion:
    """Whether the theory failed, the delivery, both or neither (Weiss 1997).

    Attributes
    ----------
    interventions
        Planned and delivered; ``reached`` and ``received`` are delivered over planned for reach
        and dose.
    conclusion
        The choice of the assessor; unknown when nobody chose.
    chosen
        Whether somebody chose.
    assessor, date, reason
        Who, when and why; empty when nobody chose.
    warnings
        Where the choice does not fit what is written about delivery.
    """

    interventions: tuple[InterventionDelivery, ...]
    conclusion: Conclusion
    chosen: bool
    assessor: str | None
    date: str | None
    reason: Text | None
    warnings: tuple[Note, ...]
