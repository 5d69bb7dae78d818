"""Be a worker: take jobs one by one until told to stop."""

import logging
import threading
import time

import attrs
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.utils.module_loading import import_string
from django.utils.timezone import now

from biotoop.web.shared.actions import audit, jobs, schedule
from biotoop.web.shared.models import Job, Worker

log = logging.getLogger("biotoop.worker")
PAUSE = 0.5
SEAL_EVERY = 60.0


@attrs.define
class Work:
    """One worker process: its row, what it holds, and whether it should stop.

    After ``stop`` no new job is taken; the heart beats on until ``over``, for the last job.
    """

    worker: Worker
    stop: threading.Event = attrs.field(factory=threading.Event)
    over: threading.Event = attrs.field(factory=threading.Event)
    held: jobs.Lease | None = None

    def keep_alive(self) -> None:
        """Beat until all is over; in a thread of its own, with a connection of its own."""
        while not self.over.wait(settings.LEASE_SECONDS / 4):
            try:
                if not jobs.beat(self.worker, self.held):
                    log.warning("the lease of a job was lost; its outcome will not be stored")
            except (DatabaseError, InterfaceError):
                log.exception("no heartbeat")
                close_old_connections()
        connection.close()

    def run_all(self, *, until_empty: bool = False) -> None:
        """Take jobs until told to stop, or until there are none."""
        sealed = 0.0
        while not self.stop.is_set():
            try:
                jobs.retake()
                worked = self.run_one()
                if time.monotonic() - sealed > SEAL_EVERY:
                    sealed = time.monotonic()
                    tidy()
            except (DatabaseError, InterfaceError):
                log.exception("the database does not answer; trying again")
                worked = False
            close_old_connections()
            if not worked:
                if until_empty:
                    return
                self.stop.wait(PAUSE)

    def run_one(self) -> bool:
        """Take one job and run it; tell whether there was one."""
        job = jobs.claim(self.worker)
        if job is None or job.lease is None:
            return False
        self.held = jobs.Lease(job.id, job.lease)
        try:
            run(job, self.held)
        finally:
            self.held = None
        return True


def run(job: Job, lease: jobs.Lease) -> None:
    """Run a job outside any transaction; store how it ended, if the lease still holds."""
    marker = jobs.HELD.set(lease)
    log.info("job %s: %s, attempt %s", job.id, job.task, job.attempts)
    try:
        task = import_string(job.task)
        result = task.func(*job.arguments["args"], **job.arguments["kwargs"])
        jobs.finish(lease)
        jobs.keep_result(lease, result)
    except jobs.LeaseLost:
        log.warning("job %s: another worker has it; nothing was stored", job.id)
    except Exception as failure:
        log.exception("job %s failed", job.id)
        jobs.fail(lease, failure)
    finally:
        jobs.HELD.reset(marker)


def tidy() -> None:
    """Do what returns: seal the audit trail, put the work of the day out, forget old workers."""
    mark = audit.seal()
    if mark is not None:
        log.info("audit trail sealed up to %s: %s", mark.last, mark.digest)
    schedule.put_on_table(now())
    jobs.forget_workers()
