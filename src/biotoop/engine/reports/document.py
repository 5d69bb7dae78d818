"""A whole report in one language: chapters of blocks under a masthead."""

import attrs

from biotoop.engine.core.messages import Language
from biotoop.engine.reports.blocks import Block, Fact
from biotoop.engine.reports.inline import Prose


@attrs.frozen(kw_only=True)
class Chapter:
    """A chapter: the answer has number 0 and is the first page."""

    number: int
    anchor: str
    title: str
    blocks: tuple[Block, ...]


@attrs.frozen(kw_only=True)
class Masthead:
    """What stands above the report and at the foot of every page.

    Attributes
    ----------
    title, question, author
        Of the study; the author is its organisation.
    edition
        For whose eyes.
    facts
        Organisation, place, period, plan.
    date
        ISO date in the properties of the document: of registration, else the end of the period.
    watermark
        "invented" in the language of the report, or None.
    """

    title: Prose
    question: Prose
    author: Prose
    edition: str
    facts: tuple[Fact, ...]
    date: str
    watermark: str | None


@attrs.frozen(kw_only=True)
class Report:
    """A whole report in one language."""

    language: Language
    masthead: Masthead
    chapters: tuple[Chapter, ...]
    words: dict[str, str]
