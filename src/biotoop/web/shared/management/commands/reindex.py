"""Make what can be found anew."""

from typing import Any

from django.core.management.base import BaseCommand

from biotoop.web.shared.actions import finding


class Command(BaseCommand):
    help = "Makes the table of what can be found anew, from the records themselves."

    def handle(self, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        self.stdout.write(f"Found anew: {finding.index_all()} records.")
