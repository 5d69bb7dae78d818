"""What the tables of this app are asked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import attrs
from django.conf import settings
from django.db.models import Model, QuerySet

from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import AuditEntry, AuditSeal, Job, StoredFile, Worker


@attrs.frozen(kw_only=True)
class Outcome:
    """Something that anybody may read and that came of a record, and what builds on it."""

    kind: str
    title: str
    address: str
    builds_on_it: tuple["Outcome", ...] = ()


# What apps on one floor tell of each other's records, by their number only.
CAME_OF: list[Callable[[UUID], Iterable[Outcome]]] = []


def came_of(key: UUID) -> list[Outcome]:
    """List what came of a record, whichever app keeps it; public things only."""
    return [outcome for told in CAME_OF for outcome in told(key)]


def waiting_jobs(at: datetime) -> QuerySet[Job]:
    """Jobs that a worker may take, the most urgent and then the oldest first."""
    waiting = Job.objects.filter(state=JobState.WAITING, run_after__lte=at)
    return waiting.order_by("-priority", "run_after", "created_at", "id")


def abandoned_jobs(at: datetime) -> QuerySet[Job]:
    """Jobs whose worker let the lease run out."""
    return Job.objects.filter(state=JobState.RUNNING, lease_until__lt=at).order_by("lease_until")


def living_workers(at: datetime) -> QuerySet[Worker]:
    """Workers that were seen within the time of a lease."""
    return Worker.objects.filter(seen_at__gte=at - timedelta(seconds=settings.LEASE_SECONDS))


def last_seal() -> AuditSeal | None:
    """Give the youngest seal."""
    return AuditSeal.objects.order_by("-id").first()


def entries_after(last: int) -> QuerySet[AuditEntry]:
    """Give the entries with a number above this one, oldest first."""
    return AuditEntry.objects.filter(id__gt=last).order_by("id")


def files_of_each(records: Sequence[Model]) -> dict[UUID, list[StoredFile]]:
    """Give the files with each of some records of one model, in one query."""
    found: dict[UUID, list[StoredFile]] = {record.pk: [] for record in records}
    if records:
        label = records[0]._meta.label
        rows = StoredFile.objects.filter(owner_kind=label, owner_id__in=list(found))
        for row in rows.filter(removed_at=None).order_by("created_at", "id"):
            found[row.owner_id].append(row)
    return found


def files_of(record: Model) -> QuerySet[StoredFile]:
    """Give the files with a record, oldest first."""
    return files_with(record.pk, label=record._meta.label)


def files_with(record: UUID, *, label: str) -> QuerySet[StoredFile]:
    """Give the files with the record of this kind that has this id."""
    mine = StoredFile.objects.filter(owner_kind=label, owner_id=record)
    return mine.filter(removed_at=None).order_by("created_at", "id")
