"""Write the documents of a study: kept only when they read without a fault."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.shared.actions.records import Stale, noted
from biotoop.web.studies.bridge.documents import Fault, read_text
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import Study, StudyDocument
from biotoop.web.theories.bridge.documents import LanguageCode, text_of

PURPOSE = "study"


class Unreadable(Exception):
    """The text has faults and was not kept; every fault has its line."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("the document has faults")


def save(
    study: Study, name: str, text: str, *, by: User, seen: int, language: LanguageCode
) -> StudyDocument:
    """Keep a document as somebody wrote it; ``seen`` is 0 for one that is new.

    Raises
    ------
    Unreadable
        It has a fault of notation or schema, or study.yaml is about another study.
    Stale
        Somebody else changed it since it was shown.
    """
    text = text.replace("\r\n", "\n").strip("\n") + "\n"
    reading = read_text(name, text, language)
    if reading.plain is None:
        raise Unreadable(*reading.faults)
    with transaction.atomic():
        document = opened(study, name, seen)
        if name == DocumentName.STUDY:
            take_over(study, reading.plain)
        document.text, document.changed_by = text, by.pk
        document.edition = seen + 1
        document.save()
        noted(document, "document_saved", by.pk, PURPOSE)
    return document


def opened(study: Study, name: str, seen: int) -> StudyDocument:
    """Give a document to write in, in the edition that the person saw."""
    there = StudyDocument.objects.select_for_update().filter(study=study, name=name).first()
    if there is None:
        return StudyDocument(study=study, name=name)
    if there.edition != seen:
        raise Stale(there, {})
    return there


@transaction.atomic
def drop(document: StudyDocument, *, by: User, seen: int) -> None:
    """Take a document out of a study; its text stands in the registrations that held it."""
    there = opened(document.study, document.name, seen)
    noted(there, "document_dropped", by.pk, PURPOSE)
    there.delete()


def take_over(study: Study, plain: Mapping[str, Any]) -> None:
    """Let the workplace know what study.yaml says now."""
    there = Study.objects.select_for_update().get(pk=study.pk)
    if UUID(plain["id"]) != there.pk:
        raise Unreadable(of_study(_("The id is that of this study and stays: %s.") % there.pk))
    language: LanguageCode = "en" if plain["languages"][0] == "en" else "nl"
    there.language = language
    there.title, there.question = (text_of(plain[key], language) for key in ("title", "question"))
    there.purpose, there.seed = plain["purpose"], plain["seed"]
    by_day = plain.get("publish_by")
    there.publish_by = date.fromisoformat(by_day) if by_day else None
    there.period_start = date.fromisoformat(plain["period"]["start"])
    there.period_end = date.fromisoformat(plain["period"]["end"])
    there.invented = plain["invented"]
    try:
        there.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as wrong:
        raise Unreadable(*map(of_study, wrong.messages)) from wrong
    there.edition += 1
    there.save()


def of_study(text: str) -> Fault:
    """Make a fault of study.yaml as a whole."""
    return Fault(file=DocumentName.STUDY, line=None, text=text, stops=True)
