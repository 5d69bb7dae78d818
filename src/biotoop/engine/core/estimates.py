"""A number that says how sure it is and what it rests on."""

import attrs
from attrs import validators

from biotoop.engine.core.messages import Note
from biotoop.engine.core.texts import Text

_BETWEEN_0_AND_1 = validators.and_(validators.gt(0.0), validators.lt(1.0))


@attrs.frozen(kw_only=True)
class Estimate:
    """An estimate with its uncertainty.

    Attributes
    ----------
    value
        Point estimate, in ``unit``.
    se
        Standard error in the same unit, or None where the method gives none.
    low, high
        Bounds of the interval at ``level``.
    level
        Coverage that the interval aims at, between 0 and 1.
    n
        Cases used.
    missing
        Cases left out because a value was missing.
    df
        Degrees of freedom behind the interval; None for a normal interval.
    unit
        Unit of the value, in the words of the codebook; None for a plain number.
    method
        How it was estimated.
    interval
        Name of the convention of standard error and interval.
    assumptions
        What must hold for the reading, with what was found.
    warnings
        What a reader must know before using it.
    """

    value: float
    se: float | None = None
    low: float | None = None
    high: float | None = None
    level: float = attrs.field(default=0.95, validator=_BETWEEN_0_AND_1)
    n: int = attrs.field(validator=validators.ge(0))
    missing: int = attrs.field(default=0, validator=validators.ge(0))
    df: float | None = None
    unit: Text | None = None
    method: Note
    interval: Note | None = None
    assumptions: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
