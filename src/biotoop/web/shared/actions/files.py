"""Keep files with records: checked by content, stored by content, given only to who may see them.

No virus scanner looks at them: an organisation that wants one puts it on the media folder.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import now

from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.file_types import media_type
from biotoop.web.shared.models import StoredFile

HOLDERS: set[str] = set()
# What an app asks before the files of a record change, by the label of the model: it raises
# Refused when the record stands still, in the transaction in which they would change.
MayChange = Callable[[UUID], None]
STANDS_STILL: dict[str, MayChange] = {}
KEPT_DAYS = 30
LONGEST_NAME = 200


class FileRefused(Exception):
    """The file is not kept; ``reason`` is a code: too_big, empty, or wrong_type."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def holds_files(model: type[Model], *, may_change: MayChange | None = None) -> type[Model]:
    """Say that files may be put with records of this model, and when not."""
    HOLDERS.add(model._meta.label)
    if may_change is not None:
        STANDS_STILL[model._meta.label] = may_change
    return model


def refuse_if_still(owner_kind: str, owner_id: UUID) -> None:
    """Refuse to change the files of a record whose app says so, in the caller's transaction."""
    if owner_kind in STANDS_STILL:
        STANDS_STILL[owner_kind](owner_id)


def holder_model(label: str) -> type[Model] | None:
    """Give the model with this label, if its records hold files."""
    return apps.get_model(label) if label in HOLDERS else None


def keep(holder: Model, upload: File, *, actor: UUID) -> StoredFile:  # type: ignore[type-arg]
    """Keep a file with a record; whether the actor may is asked before."""
    size = upload.size or 0
    if size == 0 or size > settings.FILE_BYTES:
        raise FileRefused("too_big" if size else "empty")
    name = cleaned_name(upload.name or "")
    kind = media_type(name, upload)
    if kind is None:
        raise FileRefused("wrong_type")
    digest = put_away(upload)
    with transaction.atomic():
        refuse_if_still(holder._meta.label, holder.pk)
        kept = StoredFile.objects.create(
            owner_kind=holder._meta.label,
            owner_id=holder.pk,
            name=name,
            media_type=kind,
            size=size,
            sha256=digest,
            made_by=actor,
        )
        note(kept, "file_added", actor)
    return kept


def cleaned_name(given: str) -> str:
    """Keep of a name what can stand in any folder."""
    name = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*').strip(". ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot else name[:LONGEST_NAME]


def put_away(upload: File) -> str:  # type: ignore[type-arg]
    """Store the content under its own hash; what is there already stays."""
    folder = settings.MEDIA_ROOT / "files"
    folder.mkdir(parents=True, exist_ok=True)
    running, unfinished = hashlib.sha256(), folder / f".{secrets.token_hex(8)}"
    try:
        with unfinished.open("wb") as file:
            for chunk in upload.chunks():
                running.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = place_of(running.hexdigest())
        target.parent.mkdir(exist_ok=True)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return running.hexdigest()


def place_of(digest: str) -> Path:
    """Tell where content lies; never under the folder of static files."""
    return Path(settings.MEDIA_ROOT) / "files" / digest[:2] / digest


def remove(file: StoredFile, *, actor: UUID) -> None:
    """Put a file away; it can come back for a month."""
    with transaction.atomic():
        refuse_if_still(file.owner_kind, file.owner_id)
        StoredFile.objects.filter(pk=file.pk, removed_at=None).update(removed_at=now())
        note(file, "file_removed", actor)


def restore(file: StoredFile, *, actor: UUID) -> None:
    """Bring a file back."""
    with transaction.atomic():
        refuse_if_still(file.owner_kind, file.owner_id)
        StoredFile.objects.filter(pk=file.pk).update(removed_at=None)
        note(file, "file_restored", actor)


def purge() -> int:
    """Forget files that were put away a month ago; tell how many."""
    old = StoredFile.objects.filter(removed_at__lt=now() - timedelta(days=KEPT_DAYS))
    gone = list(old)
    for file in gone:
        with transaction.atomic():
            file.delete()
            if not StoredFile.objects.filter(sha256=file.sha256).exists():
                place_of(file.sha256).unlink(missing_ok=True)
    return len(gone)


def note(file: StoredFile, action: str, actor: UUID | None) -> None:
    """Write it in the audit trail."""
    record(actor=actor, action=action, purpose="files", object_kind="file", object_id=file.pk)
