"""Documents by users: read, held against their schema, and turned into values.

Every fault is told, with its line; a document with an error gives no value at all.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs
import cattrs

from biotoop.engine.core.convert import from_plain
from biotoop.engine.core.errors import EngineError
from biotoop.engine.core.problems import Problem, errors_in, problem
from biotoop.engine.core.reasons import original
from biotoop.engine.core.salvage import FAR_DATES, on_one_day, salvage
from biotoop.engine.core.schema import key_of
from biotoop.engine.core.schema_faults import faults_of, name_of, validator_of
from biotoop.engine.core.text_files import read_text
from biotoop.engine.core.yaml_source import NOTHING, Where, YamlSource, parse_yaml

T = TypeVar("T")
_LARGEST_MIB = 64


@attrs.frozen(kw_only=True)
class Document(Generic[T]):
    """What came of reading a document.

    Attributes
    ----------
    value
        The value, or None when a fault stops it.
    rest
        The value, or what is left of it without the faulty parts: only to look for more faults.
    problems
        Every fault, with file and line.
    source
        The parsed text, for the lines of later findings.
    file
        Name shown to the user.
    """

    value: T | None
    rest: T | None
    problems: tuple[Problem, ...]
    source: YamlSource
    file: str

    def placed(self, faults: Iterator[Problem] | tuple[Problem, ...]) -> tuple[Problem, ...]:
        """Give faults found later their file and line."""
        return tuple(place(fault, self.file, self.source) for fault in faults)


def place(fault: Problem, file: str, source: YamlSource) -> Problem:
    """Give a fault its file and line."""
    line = fault.line if fault.line is not None else source.line(fault.where)
    return attrs.evolve(fault, file=fault.file or file, line=line)


def read_document(path: Path, cls: type[T], *, file: str) -> Document[T]:
    """Read a YAML document from a file.

    Parameters
    ----------
    path
        The file.
    cls
        The document class.
    file
        The name shown in messages, relative to the study folder.
    """
    text = read_text(path, most_mib=_LARGEST_MIB)
    if isinstance(text, Problem):
        fault = attrs.evolve(text, file=file)
        return Document(value=None, rest=None, problems=(fault,), source=NOTHING, file=file)
    return parse_document(text, cls, file=file)


def parse_document(text: str, cls: type[T], *, file: str) -> Document[T]:
    """Read a YAML document from text; see ``read_document``."""
    source = parse_yaml(text)
    faults = list(source.problems)
    value: T | None = None
    if source.value is None and not faults:
        faults = [problem("core.empty_document", document=file)]
    if not faults:
        faults = list(faults_of(source.value, cls))
    if not errors_in(faults):
        value, late = structure(source.value, cls)
        faults.extend(late)
    placed = tuple(sorted((place(fault, file, source) for fault in faults), key=_line))
    rest = _rest(source, cls) if value is None else value
    return Document(value=value, rest=rest, problems=placed, source=source, file=file)


def _rest(source: YamlSource, cls: type[T]) -> T | None:
    kind: Any = cls
    for day in FAR_DATES:
        sound = salvage(source.value, validator_of(kind), day=day)
        rest, late = structure(sound, cls) if sound is not None else (None, ())
        if late:  # rules of classes are about days: one day for all keeps them
            rest, _ = structure(on_one_day(sound, [fault.where for fault in late], day), cls)
        if rest is not None:
            return rest
    return None


def _line(fault: Problem) -> int:
    return fault.line or 0


def structure(data: object, cls: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """Turn data that fit their schema into a value; rules of the class come back as faults."""
    try:
        return from_plain(data, cls), ()
    except cattrs.BaseValidationError as group:
        return None, tuple(_unfold(group, ()))


def _unfold(group: BaseException, where: Where) -> Iterator[Problem]:
    if not isinstance(group, cattrs.BaseValidationError):
        reason = group.note if isinstance(group, EngineError) else original(str(group))
        yield problem("core.rule_of_class", *where, field=name_of(where), reason=reason)
        return
    for inner in group.exceptions:
        step: Where = ()
        for remark in getattr(inner, "__notes__", ()):
            if isinstance(remark, cattrs.AttributeValidationNote):
                step = (key_of(remark.name),)
            elif isinstance(remark, cattrs.IterableValidationNote):
                step = (remark.index,)
        yield from _unfold(inner, (*where, *step))
