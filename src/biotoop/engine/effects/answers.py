"""What every estimator gives back: a number, its error, and the weights it stood on."""

import attrs

from biotoop.engine.core.messages import Note
from biotoop.engine.effects.arrays import Mask, Vector
from biotoop.engine.effects.robust import StandardError


@attrs.frozen(kw_only=True, eq=False)
class Answer:
    """An effect in units of the outcome, before it is dressed for readers.

    Attributes
    ----------
    value
        The effect.
    error
        Its standard error, by name.
    method
        How it was estimated.
    used
        Cells that took part, shape (c,).
    weights
        Weight of one row of each cell, 0 where it took no part, shape (c,); None when the
        method has no weights of people.
    propensity
        Estimated chance to be reached, shape (c,); None where none was estimated.
    warnings
        What a reader must know before using it.
    """

    value: float
    error: StandardError
    method: Note
    used: Mask
    weights: Vector | None = None
    propensity: Vector | None = None
    warnings: tuple[Note, ...] = ()
