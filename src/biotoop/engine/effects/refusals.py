"""The refusals of this room: a design that cannot answer, said in words."""

from biotoop.engine.core.errors import DesignNotSupported
from biotoop.engine.core.messages import Note, Param, note


class Refused(DesignNotSupported):
    """These data cannot answer this question in this way.

    Parameters
    ----------
    why
        Code of the sentence in the catalogue, such as ``effects.refused.separation``.
    **params
        Values for that sentence.
    """

    code = "effects.refused_because"

    def __init__(self, why: str, **params: Param) -> None:
        self.why: Note = note(why, **params)
        super().__init__(reason=self.why)
