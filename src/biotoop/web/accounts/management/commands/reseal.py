"""Encrypt secrets with the key of today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from biotoop.web.accounts.actions.resealing import reseal_all


class Command(BaseCommand):
    help = "Encrypts second factors and waiting letters anew, with the key of today."

    def handle(self, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        found = reseal_all()
        self.stdout.write(f"Encrypted anew: {found.done}.")
        if found.with_paper_codes:
            self.stdout.write(
                f"{found.with_paper_codes} people have codes on paper; codes made under the old "
                "key stop working with it. Ask them to make new ones on the page of their account."
            )
        if found.lost:
            message = (
                f"No key opens {found.lost} of them. If another old key exists, give it in "
                "BIOTOOP_SECRET_KEY_OLD and run this again; else those people set up anew."
            )
            raise CommandError(message)
