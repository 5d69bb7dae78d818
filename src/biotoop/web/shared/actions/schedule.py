"""Work that returns every day: an app names its task, the worker puts it on the table once."""

from datetime import datetime, time

from django.utils.timezone import localtime

from biotoop.web.shared.actions import jobs

MORNING = time(6)
DAILY: set[str] = set()


def daily(task: str) -> None:
    """Ask for a task each morning; it gets the day, as ``day="2026-03-03"``."""
    DAILY.add(task)


def put_on_table(at: datetime) -> None:
    """Put today's work on the table, if it is not there yet."""
    here = localtime(at)
    if here.time() < MORNING:
        return
    day = here.date().isoformat()
    for task in sorted(DAILY):
        arguments = {"args": [], "kwargs": {"day": day}}
        jobs.enqueue(task, arguments, key=f"{task}:{day}")
