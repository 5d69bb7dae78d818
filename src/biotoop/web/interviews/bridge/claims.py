"""Claims as rows of claims.csv: written, and read from what people paste or send."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from biotoop.engine.core.convert import to_plain
from biotoop.engine.core.csv_source import parse_rows
from biotoop.engine.core.messages import LANGUAGES, word
from biotoop.engine.core.schema import keys_of
from biotoop.engine.evidence.claim_checks import check_claims
from biotoop.engine.evidence.model import (
    Asked,
    AskedBy,
    Claim,
    CoderRelation,
    Method,
    RivalRelation,
    Stance,
)
from biotoop.engine.evidence.targets import Targets
from biotoop.engine.recipes.folder import CLAIMS
from biotoop.web.studies.bridge.documents import Fault, told
from biotoop.web.theories.bridge.documents import LanguageCode, published

KEYS = keys_of(Claim)
_WORDS = {
    "stance": ("evidence.stance", Stance),
    "method": ("evidence.method", Method),
    "asked": ("evidence.asked", Asked),
    "asked_by": ("evidence.asked_by", AskedBy),
    "rival_relation": ("evidence.rival_relation", RivalRelation),
    "coder_relation": ("evidence.coder_relation", CoderRelation),
}
_HEADINGS = {
    "code": "id", "uitspraak": "id", "stap": "target", "over": "target", "step": "target",
    "doel": "target", "about": "target", "standpunt": "stance", "citaat": "quote",
    "woorden": "quote", "words": "quote", "groep": "life_role", "group": "life_role",
    "rol": "life_role", "role": "life_role", "leeftijd": "life_age", "age": "life_age",
    "plaats": "life_place", "place": "life_place", "aantal": "count", "number": "count",
    "toestemming": "quote_consent", "consent": "quote_consent", "voorwaarde": "condition",
    "andere oorzaak": "rival", "other cause": "rival", "gewicht": "quality", "weight": "quality",
    "ontbreekt": "proposes", "missing": "proposes", "gevraagd": "asked", "ronde": "round",
    "werkwijze": "method", "organisatie": "organisation", "belang": "importance",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class ClaimsReading:
    """What came of a table of claims: rows as plain data with their lines, and every fault.

    ``numbered`` tells that the rows had no codes of their own.
    """

    rows: tuple[Mapping[str, Any], ...]
    lines: tuple[int, ...]
    numbered: bool
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether all of it can be taken."""
        return bool(self.rows) and not any(fault.stops for fault in self.faults)


def write_claims(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write claims.csv; cells that are not there stay empty."""
    made = io.StringIO()
    table = csv.DictWriter(made, fieldnames=KEYS, lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({key: cell(row[key]) for key in KEYS if row.get(key) is not None})
    return made.getvalue()


def cell(value: object) -> object:
    """Write a value as it stands in a csv file."""
    return str(value).lower() if isinstance(value, bool) else value


def read_claims(
    text: str,
    content: Mapping[str, Any],
    language: LanguageCode,
    *,
    usual: Mapping[str, str] | None = None,
) -> ClaimsReading:
    """Read a table of claims on one version of a theory.

    Parameters
    ----------
    text
        Comma, semicolon or tab between the cells; the first row names the columns, in the words
        of claims.csv or as they stand on screen.
    content
        The version of the theory.
    language
        Language of the faults.
    usual
        What holds for every row unless it says otherwise: those of a round.
    """
    written = in_file_words(text, usual or {})
    table = parse_rows(written, Claim, file=CLAIMS)
    faults = (*table.problems, *check_claims(table, Targets(published(content)), file=CLAIMS))
    return ClaimsReading(
        rows=tuple(to_plain(row) for row in table.rows),
        lines=table.lines,
        numbered="id" not in in_header(text),
        faults=tuple(told(fault, language) for fault in faults),
    )


def in_file_words(text: str, usual: Mapping[str, str]) -> str:
    """Write what people pasted with the column names and values of claims.csv.

    The lines stay where they were, so that a fault names the line that people see.
    """
    whole = text.replace("\r\n", "\n").strip("\n")
    first = whole.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(whole, newline=""), delimiter=delimiter_of(first)))
    header = [heading(name) for name in (rows[0] if rows else [])]
    added = [key for key in usual if key not in header]
    numbered = [] if "id" in header else ["id"]
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow([*header, *added, *numbered])
    for number, cells in enumerate(rows[1:], start=1):
        if not any(each.strip() for each in cells):
            table.writerow([])
            continue
        known = [value_of(name, each) for name, each in zip(header, cells, strict=False)]
        known += [each for each in cells[len(header) :] if each.strip()]
        known += [""] * (len(header) - len(known))
        table.writerow([*known, *(usual[key] for key in added), *(f"x{number}" for _ in numbered)])
    return made.getvalue()


def in_header(text: str) -> list[str]:
    """Give the columns that somebody named."""
    first = text.strip("\r\n").partition("\n")[0].rstrip("\r")
    return [heading(name) for name in next(csv.reader([first], delimiter=delimiter_of(first)), [])]


def delimiter_of(first: str) -> str:
    """Find out what stands between the cells."""
    return max("\t;,", key=first.count)


def heading(name: str) -> str:
    """Give the column that a heading stands for."""
    plain = " ".join(name.strip().casefold().split())
    return plain if plain in KEYS else _HEADINGS.get(plain, plain.replace(" ", "_"))


def value_of(column: str, written: str) -> str:
    """Give the value that a word on screen stands for."""
    plain = " ".join(written.strip().casefold().split())
    return values_by_word(column).get(plain, written) if column in _WORDS else written


@cache
def values_by_word(column: str) -> Mapping[str, str]:
    """Give the values of a column by their words in both languages."""
    group, kind = _WORDS[column]
    return {
        word(group, value.value, language).casefold(): value.value
        for language in LANGUAGES
        for value in kind
    }


def words_for(column: str, language: LanguageCode) -> Sequence[tuple[str, str]]:
    """Give the values of a column with their words."""
    group, kind = _WORDS[column]
    return [(value.value, word(group, value.value, language)) for value in kind]
