"""What the readers of tables and outlines hand on, before names are tied together."""

import re
from collections.abc import Mapping

import attrs

from biotoop.engine.core.messages import Param, note
from biotoop.engine.core.problems import Problem, Severity
from biotoop.engine.theory.model import Horizon, LinkKind, NodeKind
from biotoop.engine.theory.pasted import Option, Question, Shape

Answers = Mapping[str, str]
_LEADS = {
    "if": re.compile(r"^(als|if)\s+", re.IGNORECASE),
    "then": re.compile(r"^(dan|then)\s+", re.IGNORECASE),
    "because": re.compile(r"^(omdat|because)\s+", re.IGNORECASE),
}


@attrs.frozen(kw_only=True)
class RawNode:
    """A node as it is named somewhere."""

    row: int
    label: str
    code: str = ""
    kind: NodeKind | None = None
    whose: str = ""
    given_up: bool = False


@attrs.frozen(kw_only=True)
class RawLink:
    """A step between two names: codes, or the texts of nodes."""

    row: int
    start: str
    end: str
    code: str = ""
    kind: LinkKind = LinkKind.CAUSE
    if_: str = ""
    then: str = ""
    because: str = ""
    assumptions: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    horizon: Horizon | None = None


@attrs.frozen(kw_only=True)
class Parts:
    """What was read, with what must still be asked and what is wrong."""

    shape: Shape
    nodes: tuple[RawNode, ...] = ()
    links: tuple[RawLink, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()


def at_row(row: int, code: str, severity: Severity = Severity.ERROR, **params: Param) -> Problem:
    """Make a fault of one row, or a remark."""
    return Problem(
        note=note(f"theory.paste.{code}", row=row, **params), severity=severity, line=row
    )


def choice(
    key: str,
    values: tuple[str, ...],
    *,
    suggested: str | None = None,
    row: int | None = None,
    **params: Param,
) -> Question:
    """Make a question about the layout; texts stand under ``theory.paste.ask``."""
    name = key.partition(":")[0]
    return Question(
        key=key,
        note=note(f"theory.paste.ask.{name}.question", **params),
        options=tuple(
            Option(value=value, label=note(f"theory.paste.ask.{name}.{value}")) for value in values
        ),
        suggested=suggested,
        row=row,
    )  # fmt: skip


def answer_to(question: Question, answers: Answers) -> str | None:
    """Give the answer to a question; one that is not among the options is none."""
    given = answers.get(question.key)
    return given if given in [option.value for option in question.options] else None


def said_in(part: str, text: str) -> str:
    """Take the word if, then or because off the front of a text, and the full stop off its end."""
    return _LEADS[part].sub("", text.strip()).strip().rstrip(".").strip()


def as_label(text: str) -> str:
    """Make the text of a node out of a part of a sentence."""
    text = text.strip().rstrip(".").strip()
    return text[:1].upper() + text[1:]


def items_in(cell: str) -> tuple[str, ...]:
    """Split a cell with several items: one on a line, or with semicolons between."""
    found = (part.strip(" \t-•*.") for part in re.split(r"[;\n]", cell))
    return tuple(part for part in found if part)


def remark(row: int, code: str, **params: Param) -> Problem:
    """Make a remark about one row, which stops nothing."""
    return at_row(row, code, Severity.WARNING, **params)
