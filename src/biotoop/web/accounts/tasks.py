"""What the worker does for accounts."""

from datetime import date

from django_tasks import task

from biotoop.web.accounts.actions import notices, passwords
from biotoop.web.shared.actions.schedule import daily


@task
def send_reset_letter(sealed_email: str) -> None:
    """Write the letter with the link for a new password, if there is such a person."""
    passwords.write_letter(sealed_email)


@task
def send_digests(day: str) -> int:
    """Write the letters with news."""
    return notices.mail_digests(date.fromisoformat(day))


daily("biotoop.web.accounts.tasks.send_digests")
