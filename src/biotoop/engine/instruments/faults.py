"""What can be wrong with answers or with an instrument file."""

from typing import ClassVar

from biotoop.engine.core.errors import UnscorableResponses
from biotoop.engine.core.messages import Param
from biotoop.engine.core.problems import Problem


class FaultyAnswers(UnscorableResponses):
    """Answers lie outside what the items allow. Parameters: instrument, count, first.

    Attributes
    ----------
    problems
        One fault for each item that is wrong.
    """

    code: ClassVar[str] = "instruments.faulty_answers"

    def __init__(self, *, problems: tuple[Problem, ...], **params: Param) -> None:
        super().__init__(**params)
        self.problems = problems


class ConversionNeeded(UnscorableResponses):
    """A scale needs a table that the licence keeps with the user. Parameters: instrument, scale."""

    code: ClassVar[str] = "instruments.conversion_needed"


class WrongConversion(UnscorableResponses):
    """A conversion table is of another scale or kind. Parameters: instrument, scale, given."""

    code: ClassVar[str] = "instruments.wrong_conversion"


class UnknownCutOffs(UnscorableResponses):
    """A scale has no cut-offs by this name. Parameters: scale, given, allowed."""

    code: ClassVar[str] = "instruments.unknown_cutoffs"


class NoSpread(UnscorableResponses):
    """Everybody gave the same answers, so agreement has no meaning. Parameters: what."""

    code: ClassVar[str] = "instruments.no_spread"


class UnknownInstrument(UnscorableResponses):
    """The catalogue has no such instrument. Parameters: given, allowed."""

    code: ClassVar[str] = "instruments.unknown_instrument"


class NoReliability(UnscorableResponses):
    """Neither a published nor an own reliability is known. Parameters: scale."""

    code: ClassVar[str] = "instruments.no_reliability"
