"""Reading a pasted text."""

from collections.abc import Callable, Mapping
from itertools import count
from uuid import UUID

import attrs

from biotoop.engine.core.problems import Severity
from biotoop.engine.theory.pasted import Pasted
from biotoop.engine.theory.pasting import read_pasted
from biotoop.web.theories.bridge.documents import LanguageCode, Plain, content_of
from biotoop.web.theories.bridge.reading import picture


@attrs.frozen(kw_only=True)
class Asked:
    """A question with its answers, in the reader's language."""

    key: str
    text: str
    row: int | None
    suggested: str | None
    options: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class PastedReading:
    """What came of a pasted text, in the reader's language."""

    found: Pasted
    questions: tuple[Asked, ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def read(text: str, answers: Mapping[str, str], language: LanguageCode) -> PastedReading:
    """Read a pasted table or outline with the answers given so far."""
    found = read_pasted(text, answers)
    told = [(fault.severity, fault.note.text(language)) for fault in found.problems]
    return PastedReading(
        found=found,
        questions=tuple(
            Asked(
                key=question.key, text=question.note.text(language), row=question.row,
                suggested=question.suggested,
                options=tuple((o.value, o.label.text(language)) for o in question.options),
            )
            for question in found.questions
        ),
        faults=tuple(text for severity, text in told if severity is Severity.ERROR),
        remarks=tuple(text for severity, text in told if severity is Severity.WARNING),
    )  # fmt: skip


def content(found: Pasted, theory_id: UUID, new_id: Callable[[], UUID]) -> Plain:
    """Make the content of a draft of it."""
    return content_of(found.theory(title="-", theory_id=theory_id, new_id=new_id))


def preview(found: Pasted, title: str, language: LanguageCode) -> str | None:
    """Draw what was found, as soon as nothing is asked any more."""
    if not found.ready:
        return None
    numbers = count(1)
    theory = found.theory(
        title=title, theory_id=UUID(int=0), new_id=lambda: UUID(int=next(numbers))
    )
    return picture(theory, language)
