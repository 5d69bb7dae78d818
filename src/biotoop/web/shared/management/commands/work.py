"""Run jobs until stopped."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.models import Worker


class Command(BaseCommand):
    help = "Runs the jobs that wait, until stopped with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--until-empty", action="store_true", help="stop when nothing waits")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        work = Work(Worker.objects.create())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: work.stop.set())
        beats = threading.Thread(target=work.keep_alive, name="heartbeat", daemon=True)
        beats.start()
        self.stdout.write("The worker waits for jobs.")
        self.stdout.flush()
        try:
            work.run_all(until_empty=options["until_empty"])
        finally:
            work.over.set()
            beats.join(timeout=5)
            Worker.objects.filter(id=work.worker.id).delete()
