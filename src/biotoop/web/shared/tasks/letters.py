"""Letters are sent by the worker."""

from uuid import UUID

from django_tasks import task

from biotoop.web.shared.actions import mail


@task
def deliver(letter: str) -> None:
    """Send one letter."""
    mail.deliver(UUID(letter))
