"""Writing in one language: sentences from the catalogue, texts by users, numbers and dates."""

import datetime as dt
import math
import re
import string
from collections.abc import Iterable

import attrs

from biotoop.engine.core.formats import euros, number, percent
from biotoop.engine.core.messages import Language, Note, chosen, sentences
from biotoop.engine.core.periods import Period
from biotoop.engine.core.quantities import rounded_euros
from biotoop.engine.core.texts import Text
from biotoop.engine.reports.decimals import shared_decimals
from biotoop.engine.reports.inline import Prose, Run

_ALMOST = 0.005
_LOOSE = re.compile(r"(?<=€) (?=[\d\u2212-])|(?<=\d) (?=%)")
Part = str | int | float | Text | Note | Prose


@attrs.frozen
class Pen:
    """Writes what a report says in one language.

    Attributes
    ----------
    language
        "nl" or "en". A user's text that is not written in it keeps its own language, marked, so
        that a screen reader pronounces it well.
    """

    language: Language

    def word(self, code: str) -> str:
        """Give a word or sentence of the catalogue that has no places to fill in."""
        return sentences(self.language)[code]

    def say(self, code: str, /, **parts: Part) -> Prose:
        """Write a sentence of the catalogue; what is filled in keeps its own language.

        Parameters
        ----------
        code
            Code in this room's part of the catalogue.
        **parts
            What is filled in; a whole number above one thousand gets its separators.
        """
        runs: list[Run] = []
        for literal, field, choice, _ in string.Formatter().parse(self.word(f"reports.{code}")):
            if literal:
                runs.append(Run(text=literal))
            if field is not None and choice:
                shown = "".join(run.text for run in self.part(parts[field]))
                runs.append(Run(text=chosen(choice, parts[field], shown)))
            elif field is not None:
                runs.extend(self.part(parts[field]))
        return joined(runs)

    def plain(self, code: str, /, **parts: Part) -> str:
        """Write a sentence of the catalogue as plain text."""
        return "".join(run.text for run in self.say(code, **parts))

    def part(self, part: Part) -> Prose:
        """Write one part, whatever it is."""
        if isinstance(part, Text):
            return self.text(part)
        if isinstance(part, Note):
            return self.note(part)
        if isinstance(part, tuple):
            return part
        if isinstance(part, str):
            return (Run(text=unbroken(part)),)
        return (Run(text=number(part, self.language)),)

    def text(self, text: Text | None) -> Prose:
        """Write a text by a user; marked when it is not in the language of the report."""
        if text is None:
            return (Run(text="-"),)
        other: Language = "en" if self.language == "nl" else "nl"
        lang = other if text.falls_back(self.language) else None
        return (Run(text=unbroken(text.get(self.language)), lang=lang),)

    def note(self, note: Note) -> Prose:
        """Write a sentence that came with the findings."""
        return (Run(text=unbroken(note.text(self.language))),)

    def read(self, words: Text | Note | None) -> str | None:
        """Give the bare words of a text or sentence; None when there is none."""
        if words is None:
            return None
        return words.get(self.language) if isinstance(words, Text) else words.text(self.language)

    def number(self, value: float | None, digits: int | None = None) -> str:
        """Write a number; nothing known is "-"."""
        return "-" if value is None else number(value, self.language, digits)

    def count(self, value: int) -> str:
        """Write a count."""
        return number(value, self.language, 0)

    def euros(self, value: float | None) -> str:
        """Write an amount: to the nearest hundred from a thousand on, as the first page does."""
        if value is None:
            return "-"
        return euros(rounded_euros(value).amount, self.language)

    def shown(self, value: int, *, hidden: bool) -> str:
        """Write a count, or that readers may not see it."""
        return self.word("reports.hidden_short") if hidden else self.count(value)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """Write a share (0 to 1) as a percentage."""
        return "-" if share is None else percent(share, self.language, digits)

    def chance(self, share: float | None) -> str:
        """Write a probability from draws; none of them is ever certain."""
        if share is None:
            return "-"
        if share >= 1 - _ALMOST:
            return self.plain("chance_above", share=self.percent(1 - 2 * _ALMOST))
        if share < _ALMOST:
            return self.plain("chance_below", share=self.percent(2 * _ALMOST))
        return self.percent(share)

    def date(self, day: dt.date | None) -> str:
        """Write a day: 3 maart 2026, 3 March 2026."""
        if day is None:
            return "-"
        return f"{day.day} {self.word(f'reports.month.{day.month}')} {day.year}"

    def month(self, day: dt.date) -> str:
        """Write a month, short enough for an axis: mrt 2026, Mar 2026."""
        return f"{self.word(f'reports.month_short.{day.month}')} {day.year}"

    def interval(self, low: float | None, high: float | None, digits: int) -> str:
        """Write the two ends of an interval: "-2,6 tot -1,6"."""
        if low is None or high is None:
            return self.word("reports.no_interval")
        return self.interval_of(self.number(low, digits), self.number(high, digits))

    def interval_of(self, low: str, high: str) -> str:
        """Write the two ends of an interval, each as it is already written."""
        return self.plain("interval", low=low, high=high)

    def band(self, value: float, low: float | None, high: float | None) -> str:
        """Write a number with its interval, all three with as many decimals."""
        digits = shared_decimals(value, low, high)
        shown = self.number(value, digits)
        return f"{shown} ({self.interval(low, high, digits)})"

    def euro_band(self, value: float, low: float, high: float) -> str:
        """Write an amount with its band."""
        return f"{self.euros(value)} ({self.euro_interval(low, high)})"

    def euro_interval(self, low: float, high: float) -> str:
        """Write the two ends of a band in euros."""
        return self.interval_of(self.euros(low), self.euros(high))

    def give_or_take(self, amount: float, error: float) -> str:
        """Write an amount in euros with its standard error; what is certain has none."""
        if not error:
            return self.euros(amount)
        return self.plain("give_or_take", amount=self.euros(amount), error=self.euros(error))

    def period(self, period: Period) -> str:
        """Write a period."""
        return self.plain("period", start=self.date(period.start), end=self.date(period.end))

    def times(self, ratio: float) -> str:
        """Write a ratio of odds with the figures that the sentence on K has: "7,79", "40,1"."""
        return self.number(ratio)

    def weight(self, log_ratio: float, *, counts: bool = True) -> str:
        """Say what a piece of evidence weighs, and for which side; nan is not shown to readers."""
        if math.isnan(log_ratio):
            return self.word("reports.hidden_short")
        if not counts:
            return self.word("reports.weight_none")
        ratio = math.exp(abs(log_ratio))
        if round(ratio, 1) == 1.0:
            return self.word("reports.weight_neutral")
        return self.plain(
            "weight_for" if log_ratio > 0 else "weight_against", ratio=self.times(ratio)
        )

    def listing(self, parts: Iterable[str]) -> str:
        """Write words in a row: "a, b en c"."""
        words = list(parts)
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.word('reports.and')} {words[-1]}"


def listed(pen: Pen, parts: Iterable[Prose]) -> Prose:
    """Write stretches in a row, each in its own language: "a, b en c"."""
    *rest, last = parts
    if not rest:
        return last
    return glued(glued(*rest, between=", "), pen.word("reports.and"), last)


def unbroken(text: str) -> str:
    """Keep euro and amount on one line, and a number with its percent sign."""
    return _LOOSE.sub("\u00a0", text)


def joined(runs: Iterable[Run]) -> Prose:
    """Join neighbours of one language and style."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last is not None and (last.lang, last.style) == (run.lang, run.style):
            found[-1] = attrs.evolve(last, text=last.text + run.text)
        elif run.text:
            found.append(run)
    return tuple(found)


def glued(*parts: Prose | str, between: str = " ") -> Prose:
    """Put stretches behind each other; empty ones fall out."""
    runs: list[Run] = []
    for part in parts:
        prose = (Run(text=part),) if isinstance(part, str) else part
        if any(run.text for run in prose):
            runs.extend([*([Run(text=between)] if runs else []), *prose])
    return joined(runs)


def strong(prose: Prose | str) -> Prose:
    """Set a stretch in bold."""
    runs = (Run(text=prose),) if isinstance(prose, str) else prose
    return tuple(attrs.evolve(run, style="strong") for run in runs)


def code(text: str) -> Prose:
    """Set an identifier or hash in the letter for codes."""
    return (Run(text=text, style="code"),)


def plain_text(prose: Prose) -> str:
    """Give the words without language and style."""
    return "".join(run.text for run in prose)
