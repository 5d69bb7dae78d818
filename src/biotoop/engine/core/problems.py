"""Faults in what users write, each with its place, so that all can be told at once."""

from collections.abc import Iterable
from enum import StrEnum

import attrs

from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.messages import Language, Note, Param


class Severity(StrEnum):
    """Whether a fault stops the work or asks for attention."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen(kw_only=True)
class Problem:
    """One fault: what is wrong, where, what was allowed, what to do.

    Attributes
    ----------
    note
        The sentence.
    where
        Path inside the document, such as ``("links", 3, "then")``.
    severity
        An error stops the work; a warning does not.
    file
        File relative to the study folder; filled in by who knows it.
    line
        Line in that file, counted from 1; filled in by who knows it.
    """

    note: Note
    where: tuple[str | int, ...] = ()
    severity: Severity = Severity.ERROR
    file: str | None = None
    line: int | None = None

    def text(self, language: Language) -> str:
        """Give place and sentence in one line."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        return f"{place}: {self.note.text(language)}" if place else self.note.text(language)


def problem(
    code: str, *where: str | int, severity: Severity = Severity.ERROR, **params: Param
) -> Problem:
    """Make a fault: ``problem("theory.cycle", "links", 3, path="N1 > N2 > N1")``."""
    return Problem(note=Note(code=code, params=params), where=where, severity=severity)


def warning(code: str, *where: str | int, **params: Param) -> Problem:
    """Make a fault that asks for attention without stopping the work."""
    return problem(code, *where, severity=Severity.WARNING, **params)


def problem_of(refusal: EngineError, *where: str | int) -> Problem:
    """Turn a refusal of the engine into a fault at a place."""
    return Problem(note=refusal.note, where=where)


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep the faults that stop the work."""
    return tuple(item for item in problems if item.severity is Severity.ERROR)
