"""Take a table of claims: every fault is told by row, and it is kept whole or not at all."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import attrs
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.interviews.actions.claims import (
    ClaimWords,
    Desk,
    Words,
    faults_of_words,
    heard_by_others,
    words_of_taken,
    write,
)
from biotoop.web.interviews.bridge.claims import ClaimsReading, read_claims
from biotoop.web.interviews.bridge.masking import look_through
from biotoop.web.interviews.enums import Quality
from biotoop.web.interviews.models import Claim, Round
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions.editions import Reasons
from biotoop.web.studies.bridge.documents import Fault
from biotoop.web.studies.models import Study
from biotoop.web.theories.bridge.documents import LanguageCode

MOST_ROWS = 5_000
QUALITIES = {float(choice.value): choice.value for choice in Quality}
_TEXTS = (
    "target", "stance", "respondent", "life_age", "life_place", "life_role", "asked",
    "interviewer", "rival", "rival_relation", "rival_share", "condition", "coder_relation",
    "family", "proposes", "coder", "text_hash",
)  # fmt: skip
_OF_ROUND = ("round", "method", "organisation", "asked_by")


@attrs.frozen(kw_only=True)
class ReadClaim:
    """A row that can be kept."""

    line: int
    code: str
    said: ClaimWords
    of_round: Mapping[str, str]


@attrs.frozen(kw_only=True)
class Preview:
    """What would be kept, and every fault; nothing is kept while one of them stops it."""

    rows: tuple[ReadClaim, ...]
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether all of it can be kept."""
        return bool(self.rows) and not any(fault.stops for fault in self.faults)


@attrs.frozen(kw_only=True)
class Table:
    """What somebody sent: the table, the round that it is of, and what to do with its words.

    Without a round, the rounds that it names are those of the controller.
    """

    text: str
    held: Round | None = None
    masked: bool = False
    is_read: bool = False
    controller: Organisation | None = None

    @property
    def answers(self) -> UUID | None:
        """Who answers for rounds of this table; nobody named is the organisation of the study."""
        return self.held.controller_id if self.held else getattr(self.controller, "pk", None)


def look(study: Study, table: Table, language: LanguageCode) -> Preview:
    """Look a table through without keeping anything."""
    if study.version is None:
        raise Refused(_("Choose a published version of the theory first."))
    usual = usual_of(table.held) if table.held else {}
    reading = read_claims(table.text, study.version.content, language, usual=usual)
    rows = tuple(read_rows(reading, table, study.language))
    return Preview(
        rows=rows,
        faults=(*reading.faults, *own_faults(study, reading, rows), *mixed(study, table, rows)),
    )


def usual_of(held: Round) -> dict[str, str]:
    """Give what a round sets for all its claims."""
    return {
        "method": held.method,
        "round": held.code,
        "organisation": held.organisation,
        "asked_by": held.asked_by,
        "asked": held.asked,
    }


def read_rows(reading: ClaimsReading, table: Table, language: str) -> Iterator[ReadClaim]:
    """Make claims of the rows without a fault."""
    for plain, line in zip(reading.rows, reading.lines, strict=True):
        yield ReadClaim(
            line=line,
            code="" if reading.numbered else plain["id"],
            said=said_in(plain, table, language),
            of_round={name: plain[name] for name in _OF_ROUND},
        )


def said_in(plain: Mapping[str, Any], table: Table, language: str) -> ClaimWords:
    """Make a claim of a row of claims.csv."""
    text = plain.get("quote") or ""
    written = plain.get("language")
    words = Words(
        text=look_through(text).masked if table.masked else text,
        language=written if written in ("nl", "en") else language,
        consent=bool(plain.get("quote_consent")),
        is_read=table.is_read,
        read_by=plain.get("quote_approved_by") or "",
    )
    return ClaimWords(
        **{name: plain.get(name) or "" for name in _TEXTS},
        count=plain["count"],
        searched=plain["searched"],
        explicit=plain["explicit"],
        importance=plain.get("importance"),
        quality=QUALITIES[float(plain["quality"])],
        words=words,
    )


def own_faults(
    study: Study, reading: ClaimsReading, rows: tuple[ReadClaim, ...]
) -> Iterator[Fault]:
    """Find what the engine does not know of: codes that are taken, and words that tell who."""
    if len(rows) > MOST_ROWS:
        yield fault(None, _("At most %(most)s rows at a time.") % {"most": MOST_ROWS})
    if not reading.rows and not reading.faults:
        yield fault(None, _("There are no claims in this table."))
    codes = {row.code for row in rows if row.code}
    taken = set(Claim.objects.filter(study=study, code__in=codes).values_list("code", flat=True))
    for row in rows:
        if row.code in taken:
            yield fault(row.line, _("There is a claim %(code)s already.") % {"code": row.code})
        for text in faults_of_words(row.said.words):
            yield fault(row.line, text)
        yield from unfit(row)


def mixed(study: Study, table: Table, rows: tuple[ReadClaim, ...]) -> Iterator[Fault]:
    """Find codes under which another organisation heard somebody: they are of other people."""
    codes = {row.said.respondent for row in rows if row.said.respondent}
    there = Claim.objects.filter(study=study, respondent__code__in=codes)
    others = heard_by_others(table.answers or study.organisation_id, there)
    taken = set(others.values_list("respondent__code", flat=True))
    for row in rows:
        if row.said.respondent in taken:
            yield fault(row.line, words_of_taken(row.said.respondent))


def unfit(row: ReadClaim) -> Iterator[Fault]:
    """Find texts that are longer than they may be, and codes that are no codes."""
    fields = attrs.asdict(row.said, recurse=False)
    made = Claim(code=row.code or "u1", **{n: fields[n] for n in fields if n not in NOT_COLUMNS})
    try:
        made.clean_fields(exclude=["study", "round", "target_kind", "respondent", "proposal"])
    except ValidationError as wrong:
        for messages in wrong.message_dict.values():
            yield fault(row.line, " ".join(messages))


NOT_COLUMNS = frozenset({"words", "respondent", "proposes"})


def fault(line: int | None, text: str) -> Fault:
    """Make a fault of a row."""
    return Fault(file="", line=line, text=text, stops=True)


def take(study: Study, table: Table, language: LanguageCode, *, by: User) -> int:
    """Keep a table of claims, whole; give how many there were.

    Raises
    ------
    Refused
        There is a fault in it; nothing was kept.
    """
    preview = look(study, table, language)
    if not preview.sound:
        raise Reasons(*(each.text for each in preview.faults if each.stops))
    with transaction.atomic():
        return keep(Desk.of(study, by), preview.rows, table.answers)


def keep(desk: Desk, rows: tuple[ReadClaim, ...], answers: UUID | None = None) -> int:
    """Write rows that were looked through, at one desk."""
    held: dict[tuple[str, ...], Round] = {}
    for row in rows:
        key = tuple(row.of_round[name] for name in _OF_ROUND)
        if key not in held:
            held[key] = round_of(desk, row, answers or desk.study.organisation_id)
        write(desk, held[key], row.said, row.code)
    noted(desk.study, "claims_imported", desk.by.pk, "evidence")
    return len(rows)


def round_of(desk: Desk, row: ReadClaim, answers: UUID) -> Round:
    """Give the round of a row, of the one who answers for it; a new one is made."""
    code, method, organisation, asked_by = (row.of_round[name] for name in _OF_ROUND)
    found = Round.objects.filter(
        study=desk.study, code=code, method=method, organisation=organisation,
        asked_by=asked_by, controller=answers, archived_at=None,
    ).first()  # fmt: skip
    if found is not None:
        return found
    made = Round(
        study=desk.study, code=code, method=method, organisation=organisation,
        asked_by=asked_by, asked=row.said.asked or "asked", controller_id=answers,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as wrong:
        raise Reasons(*wrong.messages) from wrong
    made.save()
    return made
