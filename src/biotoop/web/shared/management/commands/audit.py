"""Seal the audit trail, and see whether it is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from biotoop.web.shared.actions import audit


class Command(BaseCommand):
    help = "Seals the audit trail (seal) or checks every seal (verify)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=["seal", "verify"])
        parser.add_argument(
            "--head", help="a digest that you wrote down elsewhere; it must be there"
        )

    def handle(self, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        if options["verb"] == "seal":
            mark = audit.seal()
            self.stdout.write(
                f"Sealed: {mark.count} entries, {mark.digest}" if mark else "Nothing new."
            )
            return
        verdict = audit.verify(options["head"])
        if verdict.faults:
            listed = "".join(f"\n  - {fault}" for fault in verdict.faults)
            message = f"The audit trail was tampered with:{listed}"
            raise CommandError(message)
        self.stdout.write(
            f"Whole: {verdict.sealed} entries sealed, {verdict.unsealed} not yet sealed.\n"
            f"Head: {verdict.head} (keep it elsewhere, and give it with --head next time)"
        )
