"""Work that waits for a worker, and the workers."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.timezone import now

from biotoop.web.shared.enums import JobState


class Worker(models.Model):
    """One worker process; a row that is long unseen belongs to a process that is gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    started_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class Job(models.Model):
    """One task with its arguments; whoever holds the lease may store what comes of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200)
    arguments = models.JSONField()
    key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - no key is no key
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    run_after = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    workers = models.JSONField(default=list)
    created_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "run_after"], name="job_waiting"),
            models.Index(fields=["state", "lease_until"], name="job_leased"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="job_lease_only_while_running",
                condition=models.Q(state="running", lease__isnull=False, lease_until__isnull=False)
                | (~models.Q(state="running") & models.Q(lease_until__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"
