"""Who asked and who came is not kept longer than needed."""

from django_tasks import task

from biotoop.web.questions.actions.gathering import forget_people
from biotoop.web.questions.actions.stepping import forget_addresses
from biotoop.web.shared.actions.schedule import daily


@task
def forget(day: str) -> int:  # noqa: ARG001 - each daily task gets the day
    """Forget addresses of questions, and people of gatherings, that ended some months ago."""
    return forget_addresses() + forget_people()


daily("biotoop.web.questions.tasks.addresses.forget")
