"""Mask what identifies people in free text: a first pass, which a person must approve.

Found by pattern: e-mail and web addresses, phone numbers, bank accounts, citizen service numbers
(checked by the eleven test), postcodes, street addresses, dates, common first names, and names
after a title or after "my name is" or the like. Names that are given beforehand are always masked.
Other words with a capital inside a sentence are not masked but pointed out. No pattern finds every
name, so a text is released only after somebody read it.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources

import attrs

_MONTH = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_STREET = (
    "straat|laan|weg|plein|hof|kade|singel|gracht|dijk|pad|dreef|steeg|plantsoen|burg|markt|"
    "ring|park|baan|brink|erf|hoek|meent|oever|poort|wal|street|road|avenue|lane|square"
)
_NAME = r"(?:(?:van|de|der|den|ten|ter|el|al|bin|ben)\s+){0,3}[A-ZÀ-Þ][\w'’-]+"
_NAMES = rf"{_NAME}(?:\s+{_NAME}){{0,3}}"


class Kind(StrEnum):
    """What a masked stretch of text is."""

    NAME = "name"
    EMAIL = "email"
    WEB = "web"
    PHONE = "phone"
    BANK = "bank"
    CITIZEN_NUMBER = "citizen_number"
    ADDRESS = "address"
    DATE = "date"


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Kind.WEB, re.compile(r"(?:https?://|www\.)\S+|(?<!\w)@\w{3,}")),
    (Kind.BANK, re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{4}(?:\s?\d){10}\b")),
    (Kind.DATE, re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b")),
    (Kind.DATE, re.compile(rf"\b\d{{1,2}}\s+(?:{_MONTH})(?:\s+\d{{4}})?\b", re.IGNORECASE)),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?:\+31|0031|0)(?:[\s.-]?\(?\d\)?){9}(?!\d)")),
    (Kind.ADDRESS, re.compile(r"\b\d{4}\s?[A-Z]{2}\b")),
    (
        Kind.ADDRESS,
        re.compile(
            rf"\b[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*){{0,3}}?\s?(?:{_STREET})\s+\d+\s?[a-zA-Z]?\b"
        ),
    ),
    (
        Kind.NAME,
        re.compile(
            r"\b(?:[Mm]eneer|[Mm]evrouw|[Mm]evr\.?|[Dd]hr\.?|[Dd]r\.|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|"
            rf"[Zz]uster|[Bb]roeder|[Oo]om|[Tt]ante)\s+({_NAMES})"
        ),
    ),
    (
        Kind.NAME,
        re.compile(
            r"\b(?:[Ii]k heet|[Mm]ijn naam is|[Ii]k ben|[Mm]y name is|[Ii] am|[Ii]'m|genaamd|"
            r"[Mm]ijn (?:man|vrouw|zoon|dochter|broer|zus|buurman|buurvrouw|moeder|vader)|"
            rf"[Oo]nze (?:zoon|dochter)|[Mm]y (?:husband|wife|son|daughter))\s+({_NAMES})"
        ),
    ),
)  # fmt: skip
_DIGITS = re.compile(r"(?<![\w-])\d(?:[ .]?\d){7,8}(?!\w)")
_WORD = re.compile(r"\b[A-ZÀ-Þ][\w’-]+\b")
_CAPITAL = re.compile(r"(?<=[\w,;:)'’\"-]\s)[A-ZÀ-Þ][a-zà-þ][\w'’-]+")


@attrs.frozen(kw_only=True)
class Span:
    """A stretch of the original text.

    Attributes
    ----------
    kind
        What it is.
    start, end
        Places in the original text, counted in code points.
    text
        The original words; they stay with the team.
    """

    kind: Kind
    start: int
    end: int
    text: str


@attrs.frozen(kw_only=True)
class MaskResult:
    """A text with what identifies people masked.

    Attributes
    ----------
    text
        The masked text, such as "I told [name] about it".
    masked
        What was masked.
    doubtful
        Words that may be names and were left standing, for the reader who approves.
    approved_by
        Who read and approved the masked text; None until then.
    """

    text: str
    masked: tuple[Span, ...]
    doubtful: tuple[Span, ...]
    approved_by: str | None = None

    @property
    def is_approved(self) -> bool:
        """Whether somebody read and approved the text."""
        return self.approved_by is not None

    def approve(self, who: str, *, text: str | None = None) -> "MaskResult":
        """Record that somebody read the text, with their last corrections.

        Parameters
        ----------
        who
            Who approves.
        text
            The corrected text, when the pass missed or spoiled something.
        """
        return attrs.evolve(self, approved_by=who, text=self.text if text is None else text)


def is_citizen_number(digits: str) -> bool:
    """Tell whether digits pass the eleven test of a Dutch citizen service number (BSN).

    Nine digits (eight get a leading zero) with weights 9, 8, .. 2, -1 sum to a multiple of 11.
    """
    padded = digits.zfill(9)
    if len(padded) != 9 or not padded.isdecimal() or int(padded) == 0:
        return False
    total = sum(int(d) * w for d, w in zip(padded, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return total % 11 == 0


@cache
def _words(file: str) -> frozenset[str]:
    """Give the words of a list that comes with the engine."""
    text = (resources.files("biotoop.engine.disclosure") / file).read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


def _ordinary() -> frozenset[str]:
    """Give words that carry a capital without naming a person."""
    return _words("capitalised.txt")


def mask(text: str, *, names: Sequence[str] = ()) -> MaskResult:
    """Mask what identifies people; a person must still approve the result.

    Parameters
    ----------
    text
        What somebody said or wrote.
    names
        Names known beforehand, such as those of the respondent, family and staff.
    """
    spans = _without_overlap(sorted(_spans(text, names), key=lambda s: (s.start, -s.end)))
    parts, place = [], 0
    for span in spans:
        parts += [text[place : span.start], f"[{span.kind.value}]"]
        place = span.end
    parts.append(text[place:])
    doubtful = tuple(
        found
        for found in _doubts(text)
        if not any(s.start < found.end and found.start < s.end for s in spans)
    )
    return MaskResult(text="".join(parts), masked=tuple(spans), doubtful=doubtful)


def _spans(text: str, names: Sequence[str]) -> Iterator[Span]:
    for name in names:
        if name.strip():
            whole = re.compile(rf"(?<!\w){re.escape(name.strip())}(?!\w)", re.IGNORECASE)
            yield from (_span(Kind.NAME, found, 0) for found in whole.finditer(text))
    for found in _WORD.finditer(text):
        if found.group() in _words("first_names.txt"):
            yield _span(Kind.NAME, found, 0)
    for found in _DIGITS.finditer(text):
        if is_citizen_number(re.sub(r"\D", "", found.group())):
            yield _span(Kind.CITIZEN_NUMBER, found, 0)
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            if kind != Kind.NAME or found.group(group) not in _ordinary():
                yield _span(kind, found, group)


def _span(kind: Kind, found: re.Match[str], group: int) -> Span:
    return Span(kind=kind, start=found.start(group), end=found.end(group), text=found.group(group))


def _without_overlap(spans: Sequence[Span]) -> list[Span]:
    """Join spans that touch the same words; the first kind names the whole."""
    kept: list[Span] = []
    for span in spans:
        if kept and span.start < kept[-1].end:
            last = kept[-1]
            if span.end > last.end:
                longer = last.text + span.text[last.end - span.start :]
                kept[-1] = attrs.evolve(last, end=span.end, text=longer)
        else:
            kept.append(span)
    return kept


def _doubts(text: str) -> Iterator[Span]:
    """Give words with a capital inside a sentence, and long numbers that fail the eleven test."""
    for found in _CAPITAL.finditer(text):
        if found.group() not in _ordinary():
            yield _span(Kind.NAME, found, 0)
    for found in _DIGITS.finditer(text):
        yield _span(Kind.CITIZEN_NUMBER, found, 0)
