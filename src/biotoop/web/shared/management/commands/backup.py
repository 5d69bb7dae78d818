"""Write an archive of the workplace."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.shared.actions.archiving import ArchiveRefused, back_up
from biotoop.web.shared.actions.dumps import DumpFailed


class Command(BaseCommand):
    help = "Writes database and media files to one archive, while people work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, help="the zip to write; it may not be there yet")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        try:
            manifest = back_up(options["archive"])
        except (ArchiveRefused, DumpFailed) as refused:
            raise CommandError(str(refused)) from refused
        size = sum(file["size"] for file in manifest["files"].values())
        self.stdout.write(f"Written: {len(manifest['files'])} files, {size} bytes.")
        self.stdout.write("The secret key is not in the archive; keep it elsewhere.")
