"""One document of a study: read, held against its schema, and changed at its top level."""

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any
from uuid import UUID

import attrs
import yaml

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.documents import Document, parse_document
from biotoop.engine.core.problems import Problem, Severity
from biotoop.engine.evidence.model import Judgements, Literature, Tests
from biotoop.engine.recipes.folder import DOCUMENTS, JUDGEMENTS, LITERATURE, STUDY, TESTS
from biotoop.web.theories.bridge.documents import LanguageCode, pruned

CLASSES: Mapping[str, type] = {
    **DOCUMENTS,
    JUDGEMENTS: Judgements,
    TESTS: Tests,
    LITERATURE: Literature,
}
_TOP_KEY = re.compile(r"^([A-Za-z_]\w*)\s*:")
_WIDTH = 100


@attrs.frozen(kw_only=True)
class Fault:
    """One fault in a document, in the reader's language; one that does not stop is advice."""

    file: str
    line: int | None
    text: str
    stops: bool


@attrs.frozen(kw_only=True)
class DocumentReading:
    """What came of reading a document: plain data, and every fault."""

    plain: Mapping[str, Any] | None
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether the document can be kept."""
        return self.plain is not None


def told(problem: Problem, language: LanguageCode) -> Fault:
    """Tell a fault to a reader."""
    return Fault(
        file=problem.file or "",
        line=problem.line,
        text=problem.note.text(language),
        stops=problem.severity is Severity.ERROR,
    )


def read_text(name: str, text: str, language: LanguageCode) -> DocumentReading:
    """Read one document of a study folder by its name."""
    document: Document[Any] = parse_document(text, CLASSES[name], file=name)
    faults = tuple(told(problem, language) for problem in document.problems)
    plain = (
        None if document.value is None else json.loads(json.dumps(pruned(to_plain(document.value))))
    )
    return DocumentReading(plain=plain, faults=faults)


def bare(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Let plain data hold only text, numbers, lists and keys: words of a choice become text."""
    made: dict[str, Any] = json.loads(json.dumps(dict(plain)))
    return made


def written(plain: Mapping[str, Any]) -> str:
    """Write plain data as a document."""
    return yaml.safe_dump(bare(plain), allow_unicode=True, sort_keys=False, width=_WIDTH)


def first_study(values: Mapping[str, Any]) -> str:
    """Write the first study.yaml of a study."""
    return written({"schema_version": 1, **pruned(values)})


def with_values(text: str, values: Mapping[str, Any]) -> str:
    """Change keys at the top of a document, and leave everything else as it was written.

    A value of ``None`` takes the key out. Comments around a key that stays are kept.
    """
    lines = text.splitlines(keepends=True)
    starts = [
        (place, found[1]) for place, line in enumerate(lines) if (found := _TOP_KEY.match(line))
    ]
    ends = [place for place, _ in starts[1:]] + [len(lines)]
    made, left = lines[: starts[0][0]] if starts else lines, dict(values)
    for (start, key), end in zip(starts, ends, strict=True):
        block = lines[start:end]
        if key not in left:
            made.extend(block)
            continue
        value = left.pop(key)
        made.extend([] if value is None else [written({key: value})])
        made.extend(_remarks_after(block))
    if made and not made[-1].endswith("\n"):
        made[-1] += "\n"
    made.extend(written({key: value}) for key, value in left.items() if value is not None)
    return "".join(made)


def _remarks_after(block: list[str]) -> list[str]:
    """Give the remarks and empty lines that stand before the next key."""
    place = len(block)
    while place > 1 and (not block[place - 1].strip() or block[place - 1].startswith("#")):
        place -= 1
    return block[place:]


def example(name: str, new_id: UUID) -> str:
    """Give an example of a document, to start from; nothing where there is none."""
    found = resources.files("biotoop.engine.recipes") / "starter" / name
    text = found.read_text("utf-8") if found.is_file() else ""
    return text.replace("<uuid-study>", str(new_id)) if name == STUDY else text
