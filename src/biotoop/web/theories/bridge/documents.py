"""Theories as plain data in the database, and as values of the engine."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

import attrs

from biotoop.engine.core.convert import from_plain, to_plain
from biotoop.engine.core.ids import content_hash
from biotoop.engine.core.texts import Text
from biotoop.engine.theory.model import TheoryOfChange
from biotoop.engine.theory.picture import Drawing
from biotoop.engine.theory.versions import version_hash

Plain = dict[str, Any]
LanguageCode = Literal["nl", "en"]
__all__ = ["TheoryOfChange"]  # a value that other rooms carry, and never make
EMPTY: Plain = {"canvas": {}, "nodes": [], "links": []}


@attrs.frozen(kw_only=True)
class Heading:
    """What the workplace knows of a theory beside its content."""

    id: UUID
    title: str
    version: str
    programme: str = ""
    place: str = ""
    invented: bool = False


def as_theory(content: Mapping[str, Any], heading: Heading) -> TheoryOfChange:
    """Make a value out of the content of a draft and what stands above it."""
    theory = from_plain(
        {**EMPTY, **content, "id": str(heading.id), "title": heading.title}, TheoryOfChange
    )
    return attrs.evolve(
        theory,
        version=heading.version,
        programme=Text.of(heading.programme) if heading.programme else None,
        place=Text.of(heading.place) if heading.place else None,
        invented=heading.invented,
    )


def published(content: Mapping[str, Any]) -> TheoryOfChange:
    """Make a value out of a published version."""
    return from_plain(dict(content), TheoryOfChange)


def whole_of(theory: TheoryOfChange) -> Plain:
    """Write a theory as plain data, without what is not there."""
    plain: Plain = pruned(to_plain(theory))
    return plain


def content_of(theory: TheoryOfChange) -> Plain:
    """Write canvas, nodes and links only: what a draft keeps."""
    whole = whole_of(theory)
    return {key: whole.get(key, empty) for key, empty in EMPTY.items()}


def pruned(value: Any) -> Any:  # noqa: ANN401 - plain data of any form
    """Leave out what is not there; an empty text stays, for it is still to be written."""
    if isinstance(value, Mapping):
        return {key: pruned(part) for key, part in value.items() if part is not None and part != ()}
    if isinstance(value, list | tuple):
        return [pruned(part) for part in value]
    return str(value) if isinstance(value, StrEnum) else value


def whole_of_drawing(drawing: Drawing) -> Plain:
    """Write a drawing as plain data, for the browser."""
    plain: Plain = to_plain(drawing)
    return plain


def hash_of(theory: TheoryOfChange) -> str:
    """Hash the whole content of a version."""
    return version_hash(theory)


def hash_of_content(content: Mapping[str, Any]) -> str:
    """Hash the content of a draft, so that an approval holds for exactly that text."""
    return content_hash(dict(content))


def text_of(value: object, language: LanguageCode) -> str:
    """Give the words of a plain text, in one language where there are two."""
    if isinstance(value, Mapping):
        return Text(**{key: value.get(key) for key in ("plain", "nl", "en")}).get(language)
    return str(value or "")
