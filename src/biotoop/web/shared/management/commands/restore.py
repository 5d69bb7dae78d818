"""Make an empty workplace what an archive holds."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.shared.actions.archiving import ArchiveRefused, restore


class Command(BaseCommand):
    help = "Fills an empty workplace from an archive, and brings it up to this version."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        try:
            manifest = restore(options["archive"])
        except ArchiveRefused as refused:
            listed = "".join(f"\n  - {reason}" for reason in refused.reasons)
            message = f"Nothing was restored:{listed}"
            raise CommandError(message) from refused
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Restored: {len(manifest['files'])} files, made {manifest['made_at']}.")
