"""Run the workplace: the web server, and a worker beside it."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.config.processes import ATTENDED, Troupe, is_free, server_command


class Command(BaseCommand):
    help = "Brings database and static files up to date, then runs web server and worker."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--threads", type=int, default=2, help="requests at once per process")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")
        parser.add_argument("--no-migrate", action="store_true", help="the database is up to date")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        host, port = options["host"], options["port"]
        if not is_free(host, port):
            message = (
                f"Poort {port} is al in gebruik; kies een andere met --port.\n"
                f"Port {port} is taken; choose another one with --port."
            )
            raise CommandError(message, returncode=3)
        if not settings.IN_PRODUCTION:  # links in letters lead here, unless somebody said otherwise
            os.environ.setdefault("BIOTOOP_ADDRESS", f"http://{host}:{port}")
        self.prepare(migrate=not options["no_migrate"])
        count = {"workers": options["workers"], "threads": options["threads"]}
        commands = [server_command(host, port, **count)]
        if not options["no_worker"]:
            commands.append([*ATTENDED, "django", "work"])
        self.stdout.write(f"De werkplaats / the workplace: http://{host}:{port}/")
        self.stdout.flush()
        code = Troupe().run(commands)
        if code:
            message = "A part of the workplace stopped by itself; the log above says why."
            raise CommandError(message)
        self.stdout.write("De werkplaats is gestopt. / The workplace has stopped.")

    def prepare(self, *, migrate: bool) -> None:
        """Bring database and static files up to date."""
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        if migrate:
            call_command("migrate", interactive=False, verbosity=0)
        call_command(
            "collectstatic",
            interactive=False,
            verbosity=0,
            ignore_patterns=["*.ttf", "*.md", "*.txt"],
        )
