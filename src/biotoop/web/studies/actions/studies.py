"""Start a study, say what it is for, agree on its safeguards, and tell where it can be read."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import attrs
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions.editions import fresh, keep
from biotoop.web.studies.bridge.documents import first_study, read_text, with_values
from biotoop.web.studies.enums import DocumentName, Purpose, Safeguard, SafeguardState
from biotoop.web.studies.models import Cycle, Study, StudyDocument, StudySafeguard
from biotoop.web.theories.bridge.documents import text_of
from biotoop.web.theories.models import Theory, Version

PURPOSE = "study"


@attrs.frozen(kw_only=True)
class StudyWords:
    """What the workplace knows of a study, beside its documents."""

    title: str
    question: str
    organisation: Organisation
    period_start: date
    period_end: date
    purpose: str = Purpose.LEARN
    publish_by: date | None = None
    language: str = "nl"
    seed: int = 2026
    invented: bool = False
    cycle: Cycle | None = None
    version: Version | None = None


@transaction.atomic
def start(
    theory: Theory,
    words: StudyWords,
    *,
    by: User,
    identity: UUID | None = None,
    documents: Mapping[str, str] | None = None,
) -> Study:
    """Start a study, with its first document and the safeguards that it needs.

    A study that comes from a folder keeps its identity and its documents.
    """
    study = Study(id=identity or uuid4(), theory=theory, **attrs.asdict(words, recurse=False))
    study.save()
    texts = documents or {DocumentName.STUDY.value: first_study(values_of(study))}
    for name, text in texts.items():
        StudyDocument.objects.create(study=study, name=name, text=text, changed_by=by.pk)
    for kind in Safeguard:
        StudySafeguard.objects.create(study=study, kind=kind)
    noted(study, "study_started", by.pk, PURPOSE)
    return study


@transaction.atomic
def change(study: Study, words: StudyWords, *, by: User, seen: int) -> Study:
    """Change what the workplace knows of a study; study.yaml says the same from then on.

    Raises
    ------
    Refused
        A registered study would no longer account by the day that it promised.
    """
    there = fresh(study, seen)
    refuse_broken_promise(there, words)
    for name, value in attrs.asdict(words, recurse=False).items():
        setattr(there, name, value)
    keep(there, "study_changed", PURPOSE, by)
    write_along(there, by)
    return there


def refuse_broken_promise(study: Study, words: StudyWords) -> None:
    """Hold a registered study to its purpose, and to a day that is not later than promised."""
    if study.purpose != Purpose.ACCOUNT or not study.registrations.exists():
        return
    promised = study.publish_by
    if words.purpose != Purpose.ACCOUNT or (
        promised and words.publish_by and words.publish_by > promised
    ):
        text = _("This plan was registered to account for, public by %(day)s. That stays.")
        raise Refused(text % {"day": promised.isoformat() if promised else "-"})


def values_of(study: Study) -> dict[str, Any]:
    """Give what study.yaml and the workplace both say."""
    return {
        "id": str(study.pk),
        "title": study.title,
        "question": study.question,
        "purpose": str(study.purpose),
        "publish_by": study.publish_by.isoformat() if study.publish_by else None,
        "organisation": study.organisation.name,
        "period": {
            "start": study.period_start.isoformat(),
            "end": study.period_end.isoformat(),
        },
        "languages": [str(study.language)],
        "seed": study.seed,
        "invented": True if study.invented else None,
    }


def write_along(study: Study, by: User) -> None:
    """Write into study.yaml what changed beside it; the rest of the document stays as it is."""
    document = study.documents.select_for_update().get(name=DocumentName.STUDY)
    said = read_text(document.name, document.text, "nl").plain or {}
    changed = {
        key: value
        for key, value in values_of(study).items()
        if not says(said.get(key), value, study.language)
    }
    if changed:
        document.text = with_values(document.text, changed)
        document.changed_by = by.pk
        document.edition += 1
        document.save()


def says(said: object, value: object, language: str) -> bool:
    """Tell whether the document says this already, in one language or in both."""
    if isinstance(said, Mapping) and isinstance(value, str):
        return text_of(said, "en" if language == "en" else "nl") == value
    if isinstance(said, list) and isinstance(value, list):
        return said[:1] == value
    return said == value or (value is None and said is False)


@transaction.atomic
def settle(
    safeguard: StudySafeguard, state: str, explanation: str, *, by: User, seen: int
) -> StudySafeguard:
    """Say that a safeguard is agreed, or not needed, and why; or open it again."""
    there = fresh(safeguard, seen)
    is_open = state == SafeguardState.OPEN
    there.state, there.explanation = state, explanation.strip()
    there.decided_by = None if is_open else by.pk
    return keep(there, "safeguard_settled", "data protection", by)


@transaction.atomic
def publish(study: Study, on: date, where: str, *, by: User, seen: int) -> Study:
    """Say since when, and where, the result can be read."""
    there = fresh(study, seen)
    there.published_on, there.publication = on, where.strip()
    return keep(there, "study_published", PURPOSE, by)


@transaction.atomic
def put_away(study: Study, *, by: User) -> None:
    """Put a study away; nothing of it is lost, and a registered plan stays in sight."""
    study.archived_at = now()
    study.save(update_fields=["archived_at"])
    noted(study, "study_archived", by.pk, PURPOSE)


@transaction.atomic
def take_out(study: Study, *, by: User) -> None:
    """Take a study out of the archive."""
    study.archived_at = None
    study.save(update_fields=["archived_at"])
    noted(study, "study_restored", by.pk, PURPOSE)
