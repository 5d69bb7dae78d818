"""Files that were put away are forgotten after a month."""

from django_tasks import task

from biotoop.web.shared.actions import files
from biotoop.web.shared.actions.schedule import daily


@task
def purge(day: str) -> int:  # noqa: ARG001 - each daily task gets the day
    """Forget what was put away a month ago."""
    return files.purge()


daily("biotoop.web.shared.tasks.files.purge")
