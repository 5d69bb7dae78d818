"""Take in data files: held against the codebook first, and never written over."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import attrs
from django.core.files.base import File
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from biotoop.web.accounts.models import User
from biotoop.web.organisations.models import Organisation
from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.records import Refused, noted
from biotoop.web.studies.actions.documents import Unreadable
from biotoop.web.studies.actions.telling import DATA, tell_team
from biotoop.web.studies.bridge.data import DataReading, DatasetWords, datasets_in, read_data
from biotoop.web.studies.enums import DocumentName
from biotoop.web.studies.models import Snapshot, Study
from biotoop.web.theories.bridge.documents import LanguageCode

Upload: TypeAlias = "File[bytes]"


@attrs.frozen(kw_only=True)
class Delivery:
    """A file that came in: which data it holds, of which day and moment, and who answers for it.

    Without a controller the organisation of the study answers.
    """

    dataset: str
    upload: Upload
    taken_on: date
    wave: str = ""
    controller: Organisation | None = None


def datasets_of(study: Study, language: LanguageCode) -> tuple[DatasetWords, ...]:
    """List the data files that the codebook of a study describes."""
    document = study.documents.filter(name=DocumentName.CODEBOOK).first()
    return datasets_in(document.text, language) if document else ()


def take(study: Study, delivery: Delivery, *, by: User, language: LanguageCode) -> Snapshot:
    """Keep a data file as the snapshot that counts from now on; the one before it stays.

    Raises
    ------
    Refused
        The codebook does not describe it, or it is no file that can be kept.
    Unreadable
        The file and its codebook do not agree; each fault has its line.
    """
    document = study.documents.filter(name=DocumentName.CODEBOOK).first()
    known = {each.id: each for each in datasets_of(study, language)}
    wanted = known.get(delivery.dataset)
    if document is None or wanted is None:
        raise Refused(_("Describe this file in the codebook first."))
    refuse_other_kind(wanted, delivery)
    with on_disk(delivery.upload, Path(wanted.file).suffix) as path:
        reading = read_data(path, document.text, wanted.id, language)
    if not reading.sound:
        raise Unreadable(*reading.faults)
    return keep(study, wanted, delivery, reading, by)


def refuse_other_kind(wanted: DatasetWords, delivery: Delivery) -> None:
    """Refuse a file of another kind than the codebook says."""
    ending = Path(delivery.upload.name or "").suffix.lower()
    if ending != Path(wanted.file).suffix.lower():
        text = _("The codebook calls this %(file)s; the file that you sent ends in “%(ending)s”.")
        raise Refused(text % {"file": wanted.file, "ending": ending or "-"})
    if delivery.wave and delivery.wave not in {code for code, _label in wanted.waves}:
        raise Refused(_("The codebook knows no such moment of measuring."))


@contextmanager
def on_disk(upload: Upload, suffix: str) -> Iterator[Path]:
    """Put an upload in a file of its own, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="biotoop-upload-") as folder:
        path = Path(folder) / f"upload{suffix.lower()}"
        with path.open("wb") as there:
            for chunk in upload.chunks():
                there.write(chunk)
        upload.seek(0)
        yield path


def keep(
    study: Study, wanted: DatasetWords, delivery: Delivery, reading: DataReading, by: User
) -> Snapshot:
    """Store the file, and let it take the place of the one before it."""
    made = Snapshot(id=uuid4(), study=study, name=f"data/{wanted.file}", dataset=wanted.id)
    try:
        made.file = files.keep(made, delivery.upload, actor=by.pk)
    except files.FileRefused as refusal:
        raise Refused(why_refused(refusal)) from refusal
    made.controller = delivery.controller or study.organisation
    made.sha256 = made.file.sha256
    made.rows, made.columns, made.by = reading.rows, reading.columns, by.pk
    made.wave, made.taken_on = delivery.wave, delivery.taken_on
    with transaction.atomic():
        Study.objects.select_for_update().get(pk=study.pk)
        before = Snapshot.objects.filter(
            study=study, name=made.name, superseded_at=None, archived_at=None
        ).first()
        if before is not None:
            refuse_other_controller(before, made)
            before.superseded_at = now()
            before.save(update_fields=["superseded_at"])
        made.supersedes = before
        made.save(force_insert=True)
        noted(made, "snapshot_taken", by.pk, "data")
        tell_team(study, DATA, by=by)
    return made


def refuse_other_controller(before: Snapshot, made: Snapshot) -> None:
    """Refuse a file that would take the place of one for which another organisation answers."""
    if before.controller_id != made.controller_id:
        text = _(
            "%(organisation)s answers for the file that stands here. Describe yours in the "
            "codebook under a name of its own."
        )
        raise Refused(text % {"organisation": before.controller})


def why_refused(refusal: files.FileRefused) -> str:
    """Say why a file cannot be kept."""
    return {
        "empty": _("This file is empty."),
        "too_big": _("This file is too large to keep here."),
        "wrong_type": _("The content of this file is not what its name says."),
    }[refusal.reason]


def path_of(snapshot: Snapshot) -> Path:
    """Tell where the content of a snapshot lies."""
    return files.place_of(snapshot.sha256)
