"""Runs are computed, and their reports written, by the worker."""

from uuid import UUID

from django_tasks import task

from biotoop.web.analyses.actions import asking, running
from biotoop.web.shared.actions.jobs import when_given_up


@task
def compute(run: str) -> None:
    """Compute one run."""
    running.compute(UUID(run))


@task
def write_rest(run: str) -> None:
    """Write the reports of one run, and its pages in the other language."""
    running.write_rest(UUID(run))


when_given_up(asking.COMPUTE, asking.let_go)
