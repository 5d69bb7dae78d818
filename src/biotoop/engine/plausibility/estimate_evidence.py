"""An effect estimate as evidence: all that the scheme needs to know of a design and its result."""

import math
from typing import Any

import attrs
from attrs import validators

from biotoop.engine.core.messages import Note


def _finite(_: object, field: "attrs.Attribute[Any]", value: float) -> None:
    if not math.isfinite(value):
        message = f"{field.name} must be a number, not {value}"
        raise ValueError(message)


def _positive(_: object, field: "attrs.Attribute[Any]", value: float | None) -> None:
    if value is not None and not (math.isfinite(value) and value > 0):
        message = f"{field.name} must be a number above 0, not {value}"
        raise ValueError(message)


@attrs.frozen(kw_only=True)
class EstimateEvidence:
    """One standardised effect on a link or on a route as a whole.

    Attributes
    ----------
    id
        Code of the estimate, unique among the estimates.
    target
        Code of a link (S1), or what was varied and what was measured (N1>N9).
    effect
        Standardised effect d; + is the intended direction.
    se
        Standard error of d.
    level
        Design level, 1 (after only) to 5 (randomised).
    comparison
        Whether there is a comparison group, or an equivalent from design.
    group
        Name of the people behind it: estimates on the same people form one group.
    primary
        Whether it is the primary outcome of its plan.
    registered
        Whether plan, outcome and delta were registered beforehand.
    delta
        Smallest effect that matters; None for that of the scheme.
    manipulated
        Whether the design itself varied the start of the link; None: only if that is an
        intervention.
    areas, comparison_areas
        Number of areas with and without, where whole areas were compared.
    label
        The estimate in words.
    text_hash
        Hash of the text of the target that it was made for.
    """

    id: str
    target: str
    effect: float = attrs.field(validator=_finite)
    se: float = attrs.field(validator=_positive)
    level: int = attrs.field(validator=[validators.ge(1), validators.le(5)])
    comparison: bool
    group: str
    primary: bool = False
    registered: bool = False
    delta: float | None = attrs.field(default=None, validator=_positive)
    manipulated: bool | None = None
    areas: int | None = attrs.field(default=None, validator=_positive)
    comparison_areas: int | None = attrs.field(default=None, validator=_positive)
    label: Note | None = None
    text_hash: str | None = None

    @property
    def one_against_one(self) -> bool:
        """Whether one area is compared with one area, so that no cause can be told apart."""
        return self.areas == 1 and self.comparison_areas == 1

    @property
    def registered_primary(self) -> bool:
        """Whether it is the primary outcome of a plan that was registered beforehand."""
        return self.primary and self.registered
