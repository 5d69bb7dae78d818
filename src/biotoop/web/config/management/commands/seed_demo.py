"""Fill an empty workplace with the invented world of the demo."""

import threading
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.analyses.enums import ACTIVE
from biotoop.web.analyses.models import Run
from biotoop.web.config.demo.seeding import CannotSeed, seed
from biotoop.web.shared.actions.working import Work
from biotoop.web.shared.models import Worker

CHECKOUT = Path(__file__).resolve().parents[6]
WHY = {
    "mode": (
        "De demo-inhoud komt alleen in de demostand: zet BIOTOOP_MODE op demo.\n"
        "The demo content goes into demo mode only: set BIOTOOP_MODE to demo."
    ),
    "occupied": (
        "In deze database staat al iets anders. Er is niets veranderd. Geef BIOTOOP_DATA of "
        "DATABASE_URL een lege plek.\n"
        "This database holds something else. Nothing was changed. Point BIOTOOP_DATA or "
        "DATABASE_URL to an empty place."
    ),
    "no_example": (
        "De voorbeeldstudie ontbreekt. Wijs hem aan met --example MAP.\n"
        "The example study is not there. Point to it with --example FOLDER."
    ),
}


def work_off_runs() -> None:
    """Be the worker until the run that was asked for is ready: nobody serves yet.

    What else waits (letters, reports in the other language) is for the worker of the workplace.
    """
    work = Work(Worker.objects.create())
    beats = threading.Thread(target=work.keep_alive, name="heartbeat", daemon=True)
    beats.start()
    try:
        while Run.objects.filter(state__in=ACTIVE).exists() and work.run_one():
            pass
    finally:
        work.over.set()
        beats.join(timeout=5)
        Worker.objects.filter(id=work.worker.id).delete()


class Command(BaseCommand):
    help = "Fills an empty workplace in demo mode with the invented world."

    def add_arguments(self, parser: CommandParser) -> None:
        usual = CHECKOUT / "examples" / "ontmoeten"
        parser.add_argument("--example", type=Path, default=usual, help="folder of the study")

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        began = time.monotonic()
        try:
            is_new = seed(options["example"])
        except CannotSeed as refused:
            raise CommandError(WHY[refused.reason], returncode=2) from refused
        if is_new:
            work_off_runs()
            took = time.monotonic() - began
            self.stdout.write(f"De verzonnen wereld staat klaar ({took:.0f} s). / It is ready.")
        else:
            self.stdout.write("De verzonnen wereld was er al; alles bleef zoals het was.")
