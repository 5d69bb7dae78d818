"""Theories, their versions, the grades of their steps, and the draft."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from biotoop.engine.core.schema import field
from biotoop.web.theories.enums import Visibility


@attrs.frozen(kw_only=True)
class Theory:
    """The reasoning of a programme."""

    id: UUID = field("Id.")
    edition: int = field("Counts the changes of what stands above it.")
    changed_at: dt.datetime = field("Last changed.")
    programme: UUID = field("Id of the programme.")
    title: str = field("Title.")
    place: str = field("Place for which it is written.", minLength=0)
    language: str = field("Written in.", enum=["nl", "en"])
    visibility: str = field("Who may read what is published.", enum=Visibility.values)
    invented: bool = field("The content is invented.")
    variant_of: UUID | None = field("Id of the theory that it is a variant of.")
    latest: int | None = field("Number of the last published version.")


@attrs.frozen(kw_only=True)
class VersionLine:
    """A version in the list."""

    id: UUID = field("Id.")
    theory: UUID = field("Id of the theory.")
    number: int = field("Number.")
    text_hash: str = field("Hash of the whole text.")
    note: str = field("What changed, and why.", minLength=0)
    published_at: dt.datetime = field("When it was published.")


@attrs.frozen(kw_only=True)
class StepGrade:
    """What the evidence says of one step, as readers may see it; the last judgement counts."""

    link: UUID = field("Id of the step.")
    run: UUID = field("Id of the run that judged it.")
    grade: str = field("Grade of the evidence scheme.")
    scheme: str = field("Version of the scheme.", minLength=0)
    sensitive: bool = field("A small change in the evidence changes the grade.")
    certainty: str = field("How certain that is, when somebody judged it.", minLength=0)
    override: str = field("Another grade by an assessor.", minLength=0)
    people_for: int | None = field("People who support it; nothing when that is not shown.")
    people_against: int | None = field("People against it; nothing when that is not shown.")
    evidence_until: dt.datetime = field("Evidence until this moment.")
    text_hash: str = field("Hash of the text that was judged.", minLength=0)


@attrs.frozen(kw_only=True)
class Version:
    """A version as it was published, with the grades of its steps."""

    id: UUID = field("Id.")
    theory: UUID = field("Id of the theory.")
    number: int = field("Number.")
    text_hash: str = field("Hash of the whole text.")
    note: str = field("What changed, and why.", minLength=0)
    published_at: dt.datetime = field("When it was published.")
    document: Mapping[str, Any] = field("The theory as theory.yaml of a study folder holds it.")
    grades: tuple[StepGrade, ...] = field("Grades, for the steps that were judged.")


@attrs.frozen(kw_only=True)
class Draft:
    """The text that is being worked on."""

    theory: UUID = field("Id of the theory.")
    edition: int = field("Counts the changes; send it with what you write.")
    changed_at: dt.datetime = field("Last changed.")
    content: Mapping[str, Any] = field("Canvas, nodes and links, as in theory.yaml.")


@attrs.frozen(kw_only=True)
class KeptDraft:
    """A draft in which you wrote something."""

    theory: UUID = field("Id of the theory.")
    edition: int = field("The edition from now on.")
    changed: UUID | None = field("Id of the node or step that you wrote.")
