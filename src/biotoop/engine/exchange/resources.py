"""What the world may know of something that was published: the value behind every export."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

import attrs

from biotoop.engine.core.messages import Language


class ResourceKind(StrEnum):
    """The kinds of what is published."""

    REPORT = "report"
    ADVICE = "advice"
    BOOK = "book"
    METHOD = "method"
    WORK_FORM = "work_form"
    MODULE = "module"
    DATASET = "dataset"
    THEORY = "theory"


class RelationKind(StrEnum):
    """How one published thing relates to another, in the words of DataCite."""

    DERIVED = "IsDerivedFrom"
    NEW_VERSION = "IsNewVersionOf"
    REFERENCES = "References"


@attrs.frozen(kw_only=True)
class Creator:
    """Who made it: a person as "family name, given name", or an organisation.

    Attributes
    ----------
    orcid
        Sixteen characters in groups of four, without an address; empty when there is none.
    """

    name: str
    is_person: bool = True
    affiliation: str = ""
    orcid: str = ""


@attrs.frozen(kw_only=True)
class Relation:
    """Another thing, by its address, and how this one relates to it."""

    kind: RelationKind
    address: str


@attrs.frozen(kw_only=True)
class Licence:
    """A licence by its identifier in the SPDX list, its name and its address."""

    id: str
    name: str
    address: str


@attrs.frozen(kw_only=True)
class Resource:
    """One published version of a knowledge product.

    Attributes
    ----------
    id
        Identity of the product, the same for all its versions.
    address
        The page about it that anybody may open.
    plain
        The plain-language edition.
    """

    id: UUID
    version: int
    kind: ResourceKind
    title: str
    language: Language
    summary: str
    plain: str
    creators: tuple[Creator, ...]
    publisher: str
    published: dt.date
    licence: Licence
    address: str
    doi: str = ""
    subjects: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    relations: tuple[Relation, ...] = ()
    is_invented: bool = False


KIND_WORDS = {
    ResourceKind.REPORT: "Report",
    ResourceKind.ADVICE: "Advice",
    ResourceKind.BOOK: "Book",
    ResourceKind.METHOD: "Method",
    ResourceKind.WORK_FORM: "Work form",
    ResourceKind.MODULE: "Education module",
    ResourceKind.DATASET: "Dataset",
    ResourceKind.THEORY: "Release of a theory of change",
}
INVENTED = "Invented content, made for a demonstration: not evidence."


def all_descriptions(resource: Resource) -> list[str]:
    """Give summary and plain edition; invented content says so first."""
    told = [resource.summary, resource.plain]
    return [*([INVENTED] if resource.is_invented else []), *(text for text in told if text)]
