"""The backend behind ``django_tasks``: our own table, with leases."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string
from django.utils.timezone import now
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from biotoop.web.shared.actions.jobs import enqueue
from biotoop.web.shared.enums import JobState
from biotoop.web.shared.models import Job

STATUS = {
    JobState.WAITING: TaskResultStatus.READY,
    JobState.RUNNING: TaskResultStatus.RUNNING,
    JobState.DONE: TaskResultStatus.SUCCESSFUL,
    JobState.DEAD: TaskResultStatus.FAILED,
}


class TableBackend(BaseTaskBackend):
    """Puts tasks on the table of jobs, within the caller's transaction."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:  # noqa: ANN401 - the interface
        """Put a task on the table."""
        return as_result(put(task, args, kwargs))

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Tell how a task stands."""
        try:
            return as_result(Job.objects.get(id=result_id))
        except (Job.DoesNotExist, ValidationError) as failure:
            raise TaskResultDoesNotExist(result_id) from failure


def enqueue_once(task: Task[Any, Any], key: str, **kwargs: Any) -> TaskResult[Any]:  # noqa: ANN401 - any JSON
    """Put a task on the table unless one with this key is there already."""
    return as_result(put(task, (), kwargs, key=key))


def put(task: Task[Any, Any], args: Any, kwargs: Any, key: str | None = None) -> Job:  # noqa: ANN401 - any JSON
    """Make the row."""
    task.get_backend().validate_task(task)
    arguments = normalize_json({"args": args, "kwargs": kwargs})
    after: datetime = task.run_after or now()
    return enqueue(task.module_path, arguments, key=key, priority=task.priority, run_after=after)


def as_result(job: Job) -> TaskResult[Any]:
    """Show a job in the words of ``django_tasks``."""
    state = JobState(job.state)
    errors = [TaskError(exception_class_path=job.error, traceback="")] if job.error else []
    result: TaskResult[Any] = TaskResult(
        task=import_string(job.task),
        id=str(job.id),
        status=STATUS[state],
        enqueued_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.started_at,
        args=job.arguments["args"],
        kwargs=job.arguments["kwargs"],
        backend="default",
        errors=errors,
        worker_ids=job.workers,
    )
    object.__setattr__(result, "_return_value", job.result)
    return result
