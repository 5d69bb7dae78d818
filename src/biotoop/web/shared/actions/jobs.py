"""Give work out, keep it alive, and store what comes of it exactly once."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now

from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import Job, Worker
from biotoop.web.shared.queries import abandoned_jobs, waiting_jobs

MOST_ATTEMPTS = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
Telling = Callable[[Job], None]
GIVEN_UP: dict[str, Telling] = {}  # by task: what must be told when a job of it is given up
log = logging.getLogger("biotoop.worker")


class LeaseLost(Exception):
    """Another worker has taken this job over; nothing may be stored any more."""


@attrs.frozen
class Lease:
    """The right to store what comes of one job."""

    job: UUID
    token: UUID

    def rows(self) -> QuerySet[Job]:
        """Find the job, as long as the lease holds."""
        return Job.objects.filter(id=self.job, lease=self.token, state=JobState.RUNNING)


HELD: ContextVar[Lease] = ContextVar("lease of the job that runs in this thread")


def enqueue(task: str, arguments: dict[str, Any], *, key: str | None = None, **options: Any) -> Job:  # noqa: ANN401 - fields of Job
    """Put a job on the table, in the caller's transaction; the same key is put there once."""
    if key is None:
        return Job.objects.create(task=task, arguments=arguments, **options)
    fields = {"task": task, "arguments": arguments, **options}
    return Job.objects.get_or_create(key=key, defaults=fields)[0]


def claim(worker: Worker) -> Job | None:
    """Take the next job, with a lease that no one else has."""
    if not waiting_jobs(now()).exists():
        return None
    with transaction.atomic():
        job = waiting_jobs(now()).select_for_update(skip_locked=True).first()
        if job is not None:
            job.state, job.lease, job.lease_until = JobState.RUNNING, uuid4(), lease_end()
            job.attempts += 1
            job.started_at = job.started_at or now()
            job.workers = [*job.workers, str(worker.id)]
            job.save()
        return job


def lease_end() -> datetime:
    """Tell until when a lease given now holds."""
    return now() + timedelta(seconds=settings.LEASE_SECONDS)


def beat(worker: Worker, lease: Lease | None) -> bool:
    """Show that the worker lives; tell whether the lease that it works under still holds."""
    if not Worker.objects.filter(id=worker.id).update(seen_at=now()):
        worker.save(force_insert=True)
    return lease is None or lease.rows().update(lease_until=lease_end()) == 1


@contextmanager
def effect() -> Iterator[None]:
    """Store the outcome of a job: its rows and the end of the job land together, or not at all.

    A task computes first, without a transaction, and then writes within ``with effect():``. When
    the lease was lost meanwhile, nothing is written and LeaseLost says so.
    """
    lease = HELD.get()
    with transaction.atomic(durable=True):
        if lease.rows().select_for_update().first() is None:
            raise LeaseLost
        yield
        finish(lease)


def finish(lease: Lease) -> bool:
    """Close the job as done, if the lease still holds."""
    return end(lease.rows(), JobState.DONE)


def end(rows: QuerySet[Job], state: JobState, error: str = "") -> bool:
    """Close a job; its lease token stays, so that the result of this very run can be added."""
    fields = {"state": state, "finished_at": now(), "lease_until": None, "error": error}
    return rows.update(**fields) == 1


def keep_result(lease: Lease, result: Any) -> None:  # noqa: ANN401 - any JSON
    """Add what the task gave back to the job that this run closed."""
    done = Job.objects.filter(id=lease.job, lease=lease.token, state=JobState.DONE)
    done.update(result=result)


def fail(lease: Lease, failure: BaseException) -> None:
    """Let the job wait for another attempt, longer each time, or give it up."""
    kind = f"{type(failure).__module__}.{type(failure).__qualname__}"
    with transaction.atomic():
        job = lease.rows().select_for_update().first()
        if job is not None:
            again_or_never(job, kind, wait(job.attempts))


def wait(attempts: int) -> timedelta:
    """Tell how long a job rests after so many attempts."""
    seconds = FIRST_WAIT.total_seconds() * 2 ** (attempts - 1)
    return min(timedelta(seconds=seconds), LONGEST_WAIT)


def again_or_never(job: Job, error: str, rest: timedelta) -> None:
    """Put a job back, or declare it dead when it had its attempts."""
    if job.attempts >= MOST_ATTEMPTS:
        give_up(job, error)
        return
    job.state, job.lease, job.lease_until = JobState.WAITING, None, None
    job.run_after, job.error = now() + rest, error
    job.save()


def give_up(job: Job, error: str) -> None:
    """Declare a job dead, and let what waits for it know in the same transaction.

    What goes wrong in the telling is logged: the other jobs of the workplace go on.
    """
    end(Job.objects.filter(id=job.id), JobState.DEAD, error)
    if (tell := GIVEN_UP.get(job.task)) is None:
        return
    try:
        with transaction.atomic():
            tell(job)
    except Exception:
        log.exception("job %s was given up, and nobody could be told", job.id)


def when_given_up(task: str, tell: Telling) -> None:
    """Say what must be told when a job of this task is given up."""
    GIVEN_UP[task] = tell


def retake() -> int:
    """Put back the jobs of workers that are gone; tell how many."""
    if not abandoned_jobs(now()).exists():
        return 0
    with transaction.atomic():
        jobs = list(abandoned_jobs(now()).select_for_update(skip_locked=True))
        for job in jobs:
            rest = timedelta(0) if job.attempts == 1 else wait(job.attempts)
            again_or_never(job, "the worker is gone", rest)
        return len(jobs)


def revive(job: Job) -> bool:
    """Give a dead job its attempts back."""
    fields = {"state": JobState.WAITING, "attempts": 0, "lease": None, "finished_at": None}
    return Job.objects.filter(id=job.id, state=JobState.DEAD).update(**fields, run_after=now()) == 1


def forget_workers() -> None:
    """Take away workers that were not seen for a day."""
    Worker.objects.filter(seen_at__lt=now() - timedelta(days=1)).delete()
