"""Tasks for the tests of the queue; each effect is an entry in the audit trail."""

import time
import uuid
from pathlib import Path

from django.db import connection
from django_tasks import task

from biotoop.web.shared.actions.audit import record
from biotoop.web.shared.actions.jobs import effect


@task
def count(number: int) -> int:
    """Compute, then store one effect."""
    assert not connection.in_atomic_block
    with effect():
        record(action="counted", purpose="test", object_id=uuid.UUID(int=number))
    return number + 1


@task
def count_slowly(number: int, started: str, release: str) -> None:
    """Say that it started, wait for the release, then store one effect."""
    with Path(started).open("a") as file:
        file.write("x")
    while not Path(release).exists():
        time.sleep(0.05)
    with effect():
        record(action="counted", purpose="test", object_id=uuid.UUID(int=number))


@task
def fall_over(number: int) -> None:
    """Store something and fall over before it is whole."""
    with effect():
        record(action="half", purpose="test", object_id=uuid.UUID(int=number))
        raise RuntimeError


@task
def only_look() -> str:
    """Do something without an effect in the database."""
    return "seen"
