"""One tree of errors; each carries a stable code, its parameters and, where known, a place."""

from collections.abc import Mapping
from typing import ClassVar

from biotoop.engine.core.messages import Note, Param, render


class EngineError(Exception):
    """A refusal by the engine: what is wrong, where, what was allowed, what to do.

    Subclasses fix ``code``, the key of the sentence in the message catalogue.
    ``str(error)`` is the English sentence; ``error.note.text("nl")`` the Dutch one.
    """

    code: ClassVar[str] = "core.engine_error"

    def __init__(self, **params: Param) -> None:
        self.params: Mapping[str, Param] = params
        super().__init__(render(self.code, "en", params))

    @property
    def note(self) -> Note:
        """The refusal as a renderable note."""
        return Note(code=self.code, params=self.params)


class InvalidValue(EngineError):
    """A value breaks the rule of its field. Parameters: field, value, allowed."""

    code = "core.invalid_value"


class PeriodReversed(EngineError):
    """A period ends before it starts. Parameters: start, end."""

    code = "core.rule.period_reversed"


class UnreadableFile(EngineError):
    """A file cannot be read or parsed. Parameters: file, reason."""

    code = "core.unreadable_file"


class WrongPlace(EngineError):
    """A result would come to lie among the data of a study. Parameters: folder, part."""

    code = "recipes.wrong_place"


class AmongSources(EngineError):
    """A result would come to lie among the documents of a study. Parameters: folder, instead."""

    code = "recipes.among_sources"


class InvalidStudy(EngineError):
    """A study folder holds faults; they travel along as problems. Parameters: folder, count."""

    code = "core.invalid_study"


class InvalidTheory(EngineError):
    """A theory of change breaks an invariant. Parameters: reason."""

    code = "core.invalid_theory"


class UnscorableResponses(EngineError):
    """Responses cannot be scored with this instrument. Parameters: instrument, reason."""

    code = "core.unscorable_responses"


class DesignNotSupported(EngineError):
    """A design cannot answer its question with these data. Parameters: plan, reason."""

    code = "core.design_not_supported"


class TooFewCases(EngineError):
    """Too few cases for what is asked. Parameters: what, n, needed."""

    code = "core.too_few_cases"


class InvalidValuation(EngineError):
    """A valuation cannot be computed as written. Parameters: item, reason."""

    code = "core.invalid_valuation"


class DisclosureRefused(EngineError):
    """Releasing this would reveal too much. Parameters: what, reason."""

    code = "core.disclosure_refused"


class InvalidScheme(EngineError):
    """An evidence scheme file is not usable. Parameters: version, reason."""

    code = "core.invalid_scheme"
